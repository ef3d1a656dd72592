"""The questions about one visit: what became of it, how the client is, and what is checked at each visit."""

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.references import Measure
from massage_cli.knowledge.vocabulary import VisitStatus
from massage_cli.planning.follow_up.visits import Visit, brought_up
from massage_cli.planning.intake import EVERYTHING_ELSE, Intake, Placed, Reply
from massage_cli.planning.questionnaire.given import Answer, Given, health_of
from massage_cli.planning.questionnaire.health import health_questions, today_questions
from massage_cli.planning.questionnaire.question import Kind, Question, Section, label_of, one
from massage_cli.planning.questionnaire.returning import come_again

MOST_HOURS_SORE = 24 * 14


def visit_begins(intake: Intake, knowledge: Knowledge, *, on: date) -> dict[str, Answer]:
    """The answers that are known when a visit begins: those of the plan, without what is asked at each visit."""
    return come_again(intake, knowledge, on=on, past_open=True)


def visit_questions(
    given: Given, knowledge: Knowledge, *, on: date, measures: tuple[Measure, ...], first_visit: bool
) -> Iterator[Question]:
    """Every question about a visit that applies, in order; what an attended visit is asked, the others are not."""
    section = Section.VISIT
    yield one("status", section, "The visit was", ((word, label_of(word)) for word in VisitStatus), suggested=VisitStatus.ATTENDED)
    yield Question(id="date", section=section, kind=Kind.DATE, title="On which day", required=False, left_out="today")
    if given.get("status") == VisitStatus.ATTENDED:
        yield from _how_it_is(given, measures, first_visit=first_visit)
        yield from today_questions(given, knowledge, on=on)
        yield from health_questions(given, knowledge, on=on)
    yield Question(id="note", section=section, kind=Kind.TEXT, title="Note", wording="For yourself; it is never read.", required=False)


def _how_it_is(given: Given, measures: tuple[Measure, ...], *, first_visit: bool) -> Iterator[Question]:
    section = Section.VISIT
    yield Question(id="pain", section=section, kind=Kind.NUMBER, title="Pain now", unit="of 10", lowest=0, highest=10, required=False)
    if measures:
        lines = (("none", "Nothing was measured"), *((measure.id, measure.name) for measure in measures))
        yield one("measure", section, "Measured", lines)
    measure = next((measure for measure in measures if measure.id == given.get("measure")), None)
    if measure is not None:
        lowest, highest = measure.range
        yield Question(id="score", section=section, kind=Kind.NUMBER, title=measure.name, lowest=lowest, highest=highest, whole=False)
    if not first_visit:
        yield Question(
            id="soreness-hours",
            section=section,
            kind=Kind.NUMBER,
            title="Sore after the visit before",
            unit="hours",
            lowest=0,
            highest=MOST_HOURS_SORE,
            required=False,
        )


def visit_of(given: Given, number: int, before: Intake, knowledge: Knowledge, *, today: date) -> Visit:
    """The visit that the answers make; `before` is the intake as it was then, and of health only what differs is kept."""
    status, when = VisitStatus(str(given["status"])), given.get("date")
    day = date.fromisoformat(when) if isinstance(when, str) else today
    measure = given.get("measure")
    attended = status is VisitStatus.ATTENDED
    scored = attended and isinstance(measure, str) and measure != "none"
    return Visit(
        number=number,
        date=day,
        status=status,
        pain=_whole(given.get("pain")) if attended else None,
        measure=str(measure) if scored else None,
        score=_number(given.get("score")) if scored else None,
        soreness_hours=_whole(given.get("soreness-hours")) if attended else None,
        note=note if isinstance(note := given.get("note"), str) else None,
        health=changed_health(before, health_of(given, knowledge), knowledge, on=day),
    )


def changed_health(before: Intake, now: Mapping[str, Reply], knowledge: Knowledge, *, on: date) -> dict[str, Reply]:
    """The answers that are others than before; a question that was attested as no was no, unless it is one that is new itself."""
    new = brought_up(before, replace(before, health={**before.health, **now}), knowledge, on=on)
    attested = before.health.get(EVERYTHING_ELSE) == "no"

    def said_before(fact: str) -> Reply | None:
        return before.health.get(fact, "no" if attested and fact not in new else None)

    return {fact: reply for fact, reply in now.items() if not _is_same(said_before(fact), reply)}


def _is_same(before: Reply | None, now: Reply) -> bool:
    """Whether an answer is the one before; in which order places are named says nothing."""
    if isinstance(before, Placed) and isinstance(now, Placed):
        return before.answer == now.answer and set(before.regions or ()) == set(now.regions or ())
    return before == now


def _whole(answer: Answer) -> int | None:
    return answer if isinstance(answer, int) else None


def _number(answer: Answer) -> int | float | None:
    return answer if isinstance(answer, int | float) else None
