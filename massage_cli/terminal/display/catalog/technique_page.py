"""The page of a technique: what it is, how well it is supported, who uses it, and what excludes it."""

from massage_cli.knowledge.catalog.relations import Exclusion, caps_below, exclusions_of, protocols_with
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.techniques import Technique
from massage_cli.knowledge.vocabulary import STOPPING
from massage_cli.planning.limits import NO_CAP
from massage_cli.planning.texts import counted, spaced
from massage_cli.terminal.display import words
from massage_cli.terminal.display.catalog.evidence import evidence_words
from massage_cli.terminal.display.paper import Paper


def draw_technique(technique: Technique, knowledge: Knowledge, paper: Paper) -> None:
    """Draw all but the sources."""
    paper.line(technique.description, indent=2)
    paper.rows(_facts(technique))
    _draw_tags(technique, knowledge, paper)
    if technique.cautions:
        paper.heading("Take care")
        for caution in technique.cautions:
            paper.item(caution)
    _draw_evidence(technique, paper)
    _draw_protocols(technique, knowledge, paper)
    _draw_exclusions(technique, knowledge, paper)


def _facts(technique: Technique) -> list[tuple[str, str]]:
    pressure, minutes = technique.pressure, technique.minutes
    goals = [f"{spaced(goal)} {fit} of 2" for goal, fit in technique.goals.items() if fit > 0]
    needs = "extra training" if technique.extra_training else "no extra training"
    rows = [
        ("Also called", ", ".join(technique.other_names)),
        ("Like", f"{' and '.join(technique.like)}; left out wherever that is" if technique.like else ""),
        ("Used on", words.places(technique.regions)),
        ("Serves", ", ".join(goals)),
        ("Pressure", f"{pressure.min} to {pressure.max}, of {NO_CAP}"),
        ("Minutes", f"{minutes.min} to {minutes.max}, usually {minutes.typical}"),
        ("Needs", f"{needs} ({technique.training})"),
        ("In a session", "a session of its own" if technique.stands_alone else "a part of a session"),
        ("Equipment", ", ".join(technique.equipment)),
        ("Note", technique.note),
    ]
    return [(label, text) for label, text in rows if text]


def _draw_tags(technique: Technique, knowledge: Knowledge, paper: Paper) -> None:
    paper.heading("Tags", "what it does to tissue; rules exclude by them")
    meaning = {tag.id: tag.meaning for tag in knowledge.tags}
    paper.table(("tag", "meaning"), [(tag, meaning[tag]) for tag in technique.tags])


def _draw_evidence(technique: Technique, paper: Paper) -> None:
    paper.heading("Evidence")
    if not technique.indication:
        paper.line("Nothing is on file.", indent=2)
        return
    paper.table(
        ("for", "evidence", "found", "sources"),
        [
            (one.for_, evidence_words(one.certainty, one.direction), f"{one.effect} ({one.basis})", ", ".join(one.sources))
            for one in technique.indication
        ],
    )


def _draw_protocols(technique: Technique, knowledge: Knowledge, paper: Paper) -> None:
    using = protocols_with(technique.id, knowledge)
    paper.heading("Planned by", counted(len(using), "protocol", "protocols"))
    if using:
        paper.table(("protocol", "name"), [(protocol.id, protocol.name) for protocol in using])
    else:
        paper.line("None: it is planned only when it is asked for by name.", indent=2)


def _draw_exclusions(technique: Technique, knowledge: Knowledge, paper: Paper) -> None:
    exclusions = exclusions_of(technique, knowledge)
    paper.heading("Excluded by", counted(len(exclusions), "rule", "rules"))
    for exclusion in exclusions:
        paper.item(f"{exclusion.title} ({exclusion.rule}): {_where(exclusion)}")
    capped = caps_below(technique, knowledge)
    if capped:
        paper.line(
            f"Also left out where pressure may not reach {technique.pressure.min}: {', '.join(rule.id for rule in capped)}.", indent=2
        )
    stopping = sum(rule.category in STOPPING for rule in knowledge.rules)
    paper.line(f"The {stopping} rules that stop everything, and places where no work is done at all, bar it too.", indent=2)


def _where(exclusion: Exclusion) -> str:
    """Where the rule excludes it, and by which tags or by its own id."""
    named = ["what is to be treated" if fact == "regions" else f"where the client has it ({fact})" for fact in exclusion.where]
    places = "; ".join([*named, *([words.places(exclusion.regions)] if exclusion.regions else [])])
    return f"{'everywhere' if exclusion.everywhere else places}, as {' and '.join(exclusion.because)}"
