"""Where: regions picked from short lists of the body, with their sides."""

from collections.abc import Iterator, Mapping

from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.questionnaire.given import Given, chosen, regions_of
from massage_cli.planning.questionnaire.question import Kind, Option, Question, Section, label_of, one
from massage_cli.planning.texts import spaced

AREAS: Mapping[str, tuple[str, ...]] = {
    "head-and-neck": ("head", "jaw", "neck"),
    "arm": ("shoulder", "upper-arm", "elbow", "forearm", "hand"),
    "trunk": ("chest", "upper-back", "lower-back", "abdomen"),
    "leg": ("hip", "thigh", "knee", "lower-leg", "ankle", "foot"),
}
"""The body in four parts, so that no list of regions is long."""


def place_questions(
    prefix: str, section: Section, title: str, given: Given, knowledge: Knowledge, *, near: tuple[str, ...], none: str = ""
) -> Iterator[Question]:
    """Where: the likely regions and the parts of the body; then the regions of each part; then the side of each paired one."""
    body = knowledge.body
    likely = tuple(Option(value=name, label=label_of(name)) for name in near if name != "whole-body")
    parts = tuple(Option(value=f"in-{area}", label=f"{label_of(area)} ...", wording=", ".join(map(spaced, AREAS[area]))) for area in AREAS)
    whole = Option(value="whole-body", label="Whole body")
    first = (whole, *likely, *parts) if "whole-body" in near else (*likely, *parts, whole)
    health = section is not Section.REASON
    yield Question(id=prefix, section=section, kind=Kind.MANY, title=title, options=first, none=none, health=health)
    for area, names in AREAS.items():
        if f"in-{area}" in chosen(given, prefix):
            options = tuple(Option(value=name, label=label_of(name)) for name in names)
            yield Question(
                id=f"{prefix}.{area}",
                section=section,
                kind=Kind.MANY,
                title=f"{title}: {spaced(area)}",
                options=options,
            )
    paired = {region.id for region in knowledge.regions if region.paired}
    for name in regions_of(prefix, given, body, sided=False):
        if name in paired:
            sides = ((name, "Both sides"), (f"left-{name}", "Left"), (f"right-{name}", "Right"))
            yield one(f"{prefix}.{name}", section, label_of(name), sides, health=health)
