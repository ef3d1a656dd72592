"""Whether the numbers of choosing and building a plan hold together."""

from collections.abc import Iterable, Iterator

from massage_cli.knowledge.check_references import missing
from massage_cli.knowledge.numbers import Numbers
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem
from massage_cli.knowledge.vocabulary import Certainty, Direction

_MOST_PAIN = 10
_BINARY_EXACT = 1024
"""Factors are compared as binary numbers, so each must be a whole number of 1024ths: halves and quarters are."""


def check_numbers(knowledge: Knowledge) -> Iterator[Problem]:
    """Problems of planning.toml: tables that do not rise or add up, factors that cannot be counted with exactly."""
    numbers = knowledge.numbers
    referred: dict[str, tuple[Iterable[str], Iterable[str], str]] = {
        "short-by-nature": (numbers.short_by_nature, knowledge.technique, "a technique"),
        "choosing.intensive-never-with": (numbers.choosing.intensive_never_with, knowledge.rule, "a rule"),
    }
    for path, (names, allowed, what) in referred.items():
        yield from missing("planning.toml", path, names, allowed, what=what)
    for path, message in (*_session_tables(numbers), *_scores(numbers), *_reviews(numbers)):
        yield Problem(file="planning.toml", path=path, message=message)


def _session_tables(numbers: Numbers) -> Iterator[tuple[str, str]]:
    for split in numbers.session_split:
        if split.assess + split.warm_up + split.main + split.integrate + split.close != split.minutes:
            yield "session-split", f"the parts of {split.minutes} minutes do not add up"
    lengths = [split.minutes for split in numbers.session_split]
    steps = [row.up_to for row in numbers.techniques_by_minutes]
    if not lengths or lengths != sorted(set(lengths)):
        yield "session-split", "the minutes do not rise"
    if not steps or steps != sorted(set(steps)):
        yield "techniques-by-minutes", "the minutes do not rise"
    for index, shares in enumerate(numbers.main_block_shares):
        if len(shares) != index + 1 or sum(shares) != 100:
            yield f"main-block-shares[{index}]", f"are not {index + 1} shares of 100 in all"
    if any(row.techniques > len(numbers.main_block_shares) for row in numbers.techniques_by_minutes):
        yield "techniques-by-minutes", "takes more techniques than there are shares for"


def _scores(numbers: Numbers) -> Iterator[tuple[str, str]]:
    if set(numbers.evidence_scores) != set(Certainty):
        yield "evidence-scores", "does not rate every certainty"
    if set(numbers.direction_factors) != set(Direction):
        yield "direction-factors", "does not rate every direction"
    for direction, factor in numbers.direction_factors.items():
        if not (factor * _BINARY_EXACT).is_integer():
            yield f"direction-factors.{direction}", "cannot be counted with exactly; use halves or quarters"
    if not numbers.calendar.default_weekdays:
        yield "calendar.default-weekdays", "is empty"


def _reviews(numbers: Numbers) -> Iterator[tuple[str, str]]:
    adaptation = numbers.adaptation
    for pain in range(adaptation.resolved_pain_max + 1, _MOST_PAIN + 1):
        bands = [band for band in adaptation.pain_mcid_by_baseline if band.from_ <= pain <= band.to]
        if len(bands) != 1:
            yield "adaptation.pain-mcid-by-baseline", f"names pain {pain} {len(bands)} times instead of once"
    both = sorted(set(adaptation.upkeep_phases) & set(adaptation.taper_phases))
    if both:
        yield "adaptation.taper-phases", f"'{both[0]}' is among the upkeep phases too"
    if adaptation.ease_hours > adaptation.worse_hours:
        yield "adaptation.ease-hours", "lies beyond worse-hours"
