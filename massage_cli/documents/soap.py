"""The plan of a SOAP note, and what was recorded at the last visit, ready to paste into a record."""

from massage_cli.documents.course_words import REVIEWED_BY_NOBODY, limits, measure_line, phase_line, technique_line
from massage_cli.documents.kinds import Options
from massage_cli.documents.letter import Letter, Section, facts, points, section, sections, text
from massage_cli.documents.on_paper import as_markdown, as_text
from massage_cli.documents.visits import schedule
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.follow_up.visits import Visit, attended_of
from massage_cli.planning.intake import Placed, Reply
from massage_cli.planning.texts import counted, listed, spaced


def soap(document: PlanDocument, knowledge: Knowledge, options: Options) -> bytes:
    """The block as Markdown."""
    return as_markdown(_block(document, knowledge, options))


def soap_text(document: PlanDocument, knowledge: Knowledge, options: Options) -> bytes:
    """The block as plain text."""
    return as_text(_block(document, knowledge, options))


def _block(document: PlanDocument, knowledge: Knowledge, options: Options) -> Letter:
    attended = attended_of(document.visits)
    recorded = (_subjective(attended[-1], knowledge), _objective(attended[-1], knowledge)) if attended else ()
    return Letter(
        title="SOAP note",
        head=(facts(("Client", document.intake.client), ("Date", options.on.isoformat()), ("Therapist", options.therapist or "")),),
        sections=sections(*recorded, *_plan(document)),
    )


def _subjective(visit: Visit, knowledge: Knowledge) -> Section:
    return section(
        f"S: visit {visit.number}, {visit.date}",
        facts(
            ("Pain", "" if visit.pain is None else f"{visit.pain} of 10"),
            ("Sore after the visit before", "" if visit.soreness_hours is None else counted(visit.soreness_hours, "hour")),
            ("Note", visit.note or ""),
        ),
        facts(*((_label(fact_id, knowledge), _answer(reply)) for fact_id, reply in visit.health.items())),
    )


def _objective(visit: Visit, knowledge: Knowledge) -> Section:
    heading = f"O: visit {visit.number}, {visit.date}"
    if visit.measure is None or visit.score is None:
        return section(heading)
    measure = knowledge.measure.get(visit.measure)
    return section(heading, facts((spaced(visit.measure) if measure is None else measure.name, f"{visit.score:g}")))


def _label(fact_id: str, knowledge: Knowledge) -> str:
    fact = knowledge.fact.get(fact_id)
    return spaced(fact_id) if fact is None else fact.label


def _answer(reply: Reply) -> str:
    if isinstance(reply, Placed):
        return f"{reply.answer} ({listed(reply.regions)})" if reply.regions else reply.answer
    return str(reply)


def _plan(document: PlanDocument) -> tuple[Section, ...]:
    ahead = [visit for visit in schedule(document) if visit.status is None]
    review = next((visit for visit in ahead if visit.review), None)
    return (
        section(
            "P: plan",
            facts(
                ("Course", "" if document.protocol is None else document.protocol.name),
                ("For", listed(document.intake.regions)),
                ("Goals", listed(document.intake.goals)),
                ("Next visit", f"visit {ahead[0].number}, {ahead[0].date}" if ahead else ""),
                ("Next review", "" if review is None else f"visit {review.number}, {review.date}"),
                ("Decided at the last review", "" if document.decision is None else document.decision.because),
            ),
        ),
        section("P: visits", points(phase_line(phase) for phase in document.phases)),
        section("P: work at each visit", points(technique_line(technique) for technique in document.techniques)),
        section("P: limits", points(limits(document))),
        section("P: measured by", points(measure_line(measure) for measure in document.measures)),
        section("P: told the client", points(document.advice), text(REVIEWED_BY_NOBODY)),
    )
