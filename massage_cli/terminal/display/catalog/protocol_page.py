"""The page of a protocol: whom it serves, its phases, its reviews, and what it rests on."""

from massage_cli.knowledge.catalog.evidence import evidence_tables
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.protocols import Phase, Protocol
from massage_cli.planning.limits import NO_CAP
from massage_cli.planning.texts import spaced
from massage_cli.terminal.display import words
from massage_cli.terminal.display.catalog.evidence import draw_evidence
from massage_cli.terminal.display.paper import Paper

_ORIGINS = {"T": "a trial or guideline", "P": "a payer or practice rule", "S": "an article for the profession", "I": "reasoned here"}


def draw_protocol(protocol: Protocol, knowledge: Knowledge, paper: Paper) -> None:
    """Draw all but the sources."""
    paper.rows([(label, text) for label, text in _facts(protocol, knowledge) if text])
    _draw_phases(protocol, paper)
    paper.heading("Measured with")
    paper.table(("measure", "name"), [(measure, knowledge.measure[measure].name) for measure in protocol.measures])
    draw_evidence(next(table for table in evidence_tables(knowledge) if table.for_ == protocol.id), knowledge, paper)


def _facts(protocol: Protocol, knowledge: Knowledge) -> list[tuple[str, str]]:
    upkeep = protocol.maintenance
    leave = f"a note of a physician or midwife first{_cleared_by(protocol, knowledge)}" if protocol.needs_clearance else ""
    return [
        ("Condition", ", ".join(spaced(condition) for condition in protocol.conditions)),
        ("Certainty", f"{spaced(protocol.certainty)}, as a whole"),
        ("Rests on", protocol.basis),
        ("Course", f"{protocol.sessions_total} visits in {protocol.weeks:g} weeks"),
        ("Reviews", f"after visit {', '.join(map(str, protocol.review_visits))}"),
        ("Stop", f"without gain after visit {protocol.stop_after}"),
        ("Step down", "; ".join(filter(None, (protocol.step_down_early, protocol.step_down_late)))),
        ("Afterwards", f"a visit every {upkeep.interval_days} days, if wished" if upkeep.offer else "nothing is offered"),
        ("Needs", leave),
        ("Not before", f"day {protocol.not_before_injury_day} after the injury" if protocol.not_before_injury_day else ""),
        ("Pressure", "" if protocol.pressure_max is None else f"{protocol.pressure_max} at most, of {NO_CAP}"),
        *(("More often", f"{one.per_week:g} a week ({spaced(one.condition)}): {one.why} [{one.source}]") for one in protocol.exceptions),
    ]


def _cleared_by(protocol: Protocol, knowledge: Knowledge) -> str:
    titles = [knowledge.rule[rule].title for rule in protocol.cleared_by]
    return f"; one for {' or '.join(titles)} will do" if titles else ""


def _draw_phases(protocol: Protocol, paper: Paper) -> None:
    paper.heading("Phases")
    paper.table(
        ("phase", "visits", "how often", "minutes", "where its numbers come from"),
        [(phase.name, _range(phase), words.every(phase.gap_days), _minutes(phase), _origin(phase)) for phase in protocol.phase],
    )


def _range(phase: Phase) -> str:
    least, most = phase.sessions_range
    return f"{phase.sessions} ({least}-{most})"


def _minutes(phase: Phase) -> str:
    return f"{phase.minutes.typical} ({phase.minutes.min}-{phase.minutes.max})"


def _origin(phase: Phase) -> str:
    letters = dict.fromkeys((*phase.origin.frequency, *phase.origin.sessions, *phase.origin.minutes))
    return ", ".join(_ORIGINS.get(letter, letter) for letter in letters)
