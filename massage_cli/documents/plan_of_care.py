"""The plan of care with what payers ask for at least; the diagnosis is the provider's to fill in."""

from datetime import date

from massage_cli.documents.course_words import REVIEWED_BY_NOBODY, frequency, limits, measure_line, phase_line
from massage_cli.documents.kinds import Options
from massage_cli.documents.letter import Letter, Section, blanks, facts, points, section, sections, sender, text
from massage_cli.documents.on_paper import as_markdown, as_text
from massage_cli.documents.visits import schedule
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.texts import counted, listed, spaced

_DAYS_A_WEEK = 7


def plan_of_care(document: PlanDocument, _knowledge: Knowledge, options: Options) -> bytes:
    """The plan of care as Markdown."""
    return as_markdown(_plan(document, options))


def plan_of_care_text(document: PlanDocument, _knowledge: Knowledge, options: Options) -> bytes:
    """The plan of care as plain text."""
    return as_text(_plan(document, options))


def _plan(document: PlanDocument, options: Options) -> Letter:
    return Letter(
        title="Plan of care",
        head=sender(document.intake.client, options),
        sections=sections(
            section("Diagnosis", text("To be filled in by the provider."), blanks("Diagnosis", "Code", "Onset")),
            _treatment(document),
            section("Limits", points(limits(document))),
            _goals(document),
            section("Measures", points(measure_line(measure) for measure in document.measures)),
            _reviews(document),
            section("Certified", blanks("Provider", "Role", "From", "To", "Date", "Signature"), text(REVIEWED_BY_NOBODY)),
        ),
    )


def _treatment(document: PlanDocument) -> Section:
    """The four things that every payer asks for, and the phases in full."""
    work = ", ".join(technique.name for technique in document.techniques)
    minutes = sorted({session.minutes for session in document.sessions})
    return section(
        "Treatment",
        facts(
            ("For", listed(document.intake.regions)),
            ("Type", f"Massage therapy: {work}" if work else "Massage therapy"),
            ("Amount", f"{' or '.join(map(str, minutes))} minutes a visit" if minutes else ""),
            ("Frequency", "; then ".join(frequency(phase) for phase in document.phases)),
            ("Duration", _duration([session.date for session in document.sessions])),
        ),
        points(phase_line(phase) for phase in document.phases),
    )


def _duration(days: list[date]) -> str:
    if not days:
        return ""
    weeks = (max(days) - min(days)).days // _DAYS_A_WEEK + 1
    return f"{counted(len(days), 'visit')} in {counted(weeks, 'week')}, {min(days)} to {max(days)}"


def _goals(document: PlanDocument) -> Section:
    pain = document.intake.pain
    return section(
        "Goals",
        points(spaced(goal).capitalize() for goal in document.intake.goals),
        facts(
            ("Pain at the start", "" if pain is None else f"{pain} of 10"),
            ("A change that counts", "the smallest important change of a measure, or more" if document.measures else ""),
        ),
        blanks("Short-term goal, in the client's own words", "Long-term goal, in the client's own words"),
    )


def _reviews(document: PlanDocument) -> Section:
    """Every visit at which it is looked at whether the course helps, held or still to come."""
    planned = (f"Visit {visit.number}, {visit.date}" for visit in schedule(document) if visit.review)
    decision = document.decision
    last = facts() if decision is None else facts(("Last review", f"{decision.on}, {spaced(decision.action)}. {decision.because}"))
    return section("Reviews", points(planned), last)
