"""Which question is next: the interview as data, worked out from the answers given so far.

An answer belongs to a question's id and stays when others change; what no longer applies is simply not asked and not used.
The same steps serve every kind of terminal, so that the same answers always make the same intake.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.questionnaire.booking import booking_questions
from massage_cli.planning.questionnaire.clearances import clearance_questions
from massage_cli.planning.questionnaire.given import RETURNING, Given, intake_so_far
from massage_cli.planning.questionnaire.health import health_questions, today_questions
from massage_cli.planning.questionnaire.question import Kind, Option, Question, Section
from massage_cli.planning.questionnaire.reason import client_questions, reason_questions
from massage_cli.planning.screening import Screening, screen

CHANGED = Question(
    id="changed",
    section=Section.TODAY,
    kind=Kind.MANY,
    title="What has changed since the last plan",
    options=(
        Option(value=Section.REASON, label="The complaint, where it is, the goals or the wishes"),
        Option(value=Section.HEALTH, label="Health: an illness, a medicine, an operation, an injury"),
        Option(value=Section.CLEARANCE, label="A clearance: somebody agreed, or no longer agrees"),
        Option(value=Section.BOOKING, label="The booking"),
    ),
    none="Nothing has changed",
)
"""The first question to a client who comes again: the sections ticked are asked anew, from the answers of then."""


def next_question(given: Given, knowledge: Knowledge, *, on: date) -> Question | None:
    """The first question that applies and has no sound answer yet; none when everything is answered."""
    return first_open(steps(given, knowledge, on=on), given)


def previous_question(question_id: str | None, given: Given, knowledge: Knowledge, *, on: date) -> Question | None:
    """The question before the given one, or before the review where none is given."""
    return last_before(question_id, steps(given, knowledge, on=on), given)


def first_open(questions: Iterable[Question], given: Given) -> Question | None:
    """The first of some questions that has no sound answer yet; none when all have."""
    return next((question for question in questions if is_open(question, given)), None)


def last_before(question_id: str | None, questions: Iterable[Question], given: Given) -> Question | None:
    """The question before the given one, or the last answered where none is given."""
    before: Question | None = None
    for question in questions:
        if question.id == question_id or is_open(question, given):
            break
        before = question
    return before


def is_open(question: Question, given: Given) -> bool:
    """Whether a question still has to be asked: nothing was answered, or what was no longer fits."""
    if question.id not in given:
        return True
    answer = given[question.id]
    if answer is None:
        return question.required
    values = {option.value for option in question.options}
    match question.kind:
        case Kind.ONE:
            return answer not in values
        case Kind.MANY:
            sound = isinstance(answer, tuple) and values.issuperset(answer) and bool(answer or question.none)
            seen = given.get(f"seen.{question.id}")
            return not sound or (isinstance(seen, tuple) and not values <= set(seen))
        case _:
            return False


def steps(given: Given, knowledge: Knowledge, *, on: date) -> Iterator[Question]:
    """Every question that applies, in order. What follows an open question is only a guess until that is answered."""
    if RETURNING in given:
        yield CHANGED
    yield from client_questions()
    yield from reason_questions(given, knowledge)
    if RETURNING in given:
        yield from today_questions(given, knowledge, on=on)
    yield from health_questions(given, knowledge, on=on)
    yield from clearance_questions(given, knowledge, on=on)
    yield from booking_questions(given, knowledge)


def screening_so_far(given: Given, knowledge: Knowledge, *, on: date) -> Screening:
    """The screening of the answers so far; a red flag in it stands, whatever is still to be asked."""
    return screen(intake_so_far(given, knowledge), knowledge, on=on)
