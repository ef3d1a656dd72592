"""The summary of a course that took place: its figures, what was done, and what was decided last."""

from massage_cli.documents.course_words import REVIEWED_BY_NOBODY, limits
from massage_cli.documents.kinds import Options
from massage_cli.documents.letter import Block, Letter, Section, blanks, facts, points, section, sections, sender, text
from massage_cli.documents.on_paper import as_html, as_text
from massage_cli.files.courses.summary import Change, Summary, summary_of
from massage_cli.files.plans.plan_document import DecisionEntry, PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.texts import counted, listed, spaced


def discharge(document: PlanDocument, knowledge: Knowledge, options: Options) -> bytes:
    """The summary as HTML. Raises Unreadable where this knowledge lacks what the plan names."""
    return as_html(_summary(document, knowledge, options))


def discharge_text(document: PlanDocument, knowledge: Knowledge, options: Options) -> bytes:
    """The summary as plain text. Raises Unreadable where this knowledge lacks what the plan names."""
    return as_text(_summary(document, knowledge, options))


def _summary(document: PlanDocument, knowledge: Knowledge, options: Options) -> Letter:
    figures = summary_of(document, knowledge, today=options.on, called=document.intake.client)
    return Letter(
        title="Summary of a course of massage",
        us_paper=options.letter_paper,
        head=sender(document.intake.client, options),
        sections=sections(
            _course(document, figures),
            section("What changed", _changes(figures)),
            _work(document, options),
            _decision(document.decision),
            section("Our word", text(f"Figures as recorded; they say nothing about the cause. {REVIEWED_BY_NOBODY}"), blanks("Signature")),
        ),
    )


def _course(document: PlanDocument, figures: Summary) -> Section:
    days = "" if figures.first is None else f"{figures.first} to {figures.last}"
    visits = f"{figures.attended} attended, {figures.missed} missed, {figures.cancelled} cancelled, of {figures.planned} planned"
    return section(
        "The course",
        facts(
            ("For", listed(document.intake.regions)),
            ("Course", figures.protocol),
            ("From", days),
            ("Visits", visits),
            ("Work", counted(figures.minutes, "minute")),
            ("Goals", listed(document.intake.goals)),
        ),
    )


def _changes(figures: Summary) -> Block:
    changes = [(change.name.capitalize() if change is figures.pain else change.name, change) for change in _scored(figures)]
    lines = [(name, f"{change.first:g} at first, {change.last:g} at last{_class(change)}") for name, change in changes]
    return facts(*lines, ("In all", spaced(figures.class_)))


def _scored(figures: Summary) -> list[Change]:
    return [change for change in (figures.pain, figures.function) if change is not None]


def _class(change: Change) -> str:
    return "" if change.class_ is None else f" ({spaced(change.class_)})"


def _work(document: PlanDocument, options: Options) -> Section:
    """The techniques of every version of the plan, each once, with where they were last meant for."""
    done = {technique.id: technique for version in (*options.earlier, document) for technique in version.techniques}
    work = (f"{technique.name}: {listed(technique.regions)}" for technique in done.values())
    kept = points(f"{line}." if not line.endswith(".") else line for line in limits(document))
    return section("What was done", points(work), *((text("Limits that were kept:"), kept) if kept.lines else ()))


def _decision(decision: DecisionEntry | None) -> Section:
    heading = "Last decision"
    if decision is None:
        return section(heading, text("No review is on record."))
    return section(heading, facts(("On", decision.on.isoformat()), ("Decided", spaced(decision.action)), ("Why", decision.because)))
