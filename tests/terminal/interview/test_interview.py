"""The loop over the questions: nothing by Enter alone, red flags at once, back and jumps that lose nothing."""

import random
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import given, settings

from massage_cli.planning.questionnaire.answer_reading import NotUnderstood, read_answer
from massage_cli.planning.questionnaire.given import Answer
from massage_cli.planning.questionnaire.question import Kind, Question, Section
from massage_cli.planning.questionnaire.returning import come_again
from massage_cli.terminal.interview.interview import End
from tests.builders import TODAY, an_intake, knowledge
from tests.drawn import seeds
from tests.terminal.interview.answering import asked_of, drawn, interviewed, plainly
from tests.terminal.interview.scripted import BACK, LEAVE, Said, Sitting

KNOWLEDGE = knowledge()


def review_or_plainly(question: Question) -> Answer:
    """The plan at the review, and at everything else the quickest answer."""
    return "plan" if question.id == "review" else plainly(question)


class Enter:
    """A person who only ever presses Enter, and leaves at the first question that does not take it."""

    def __call__(self, question: Question, before: Answer) -> Said:
        accepted = self._accepted(question, before)
        return LEAVE if accepted is None else accepted[0]

    def _accepted(self, question: Question, before: Answer) -> tuple[Answer] | None:
        """What Enter alone gives at a terminal: what stands there already, the line pointed at, or nothing."""
        if question.kind is Kind.MANY:
            return None if before is None or (before == () and not question.none) else (before,)
        if question.kind is Kind.ONE and not question.health:
            pointed = before if before is not None else question.suggested or question.options[0].value
            return (pointed,)
        try:
            return (read_answer(question, "" if before is None else str(before), on=TODAY),)
        except NotUnderstood:
            return None


@settings(max_examples=1000)
@given(seeds)
def test_enter_alone_never_finishes_an_interview_that_was_left_before_the_health_lists_were_done(seed: int) -> None:
    rng = random.Random(seed)
    answers = _drawn_interviews(seed % 12)
    names = list(answers)
    cut = rng.randrange(1 + max(number for number, name in enumerate(names) if name.startswith("health.")))
    sitting = Sitting(Enter(), {name: answers[name] for name in names[:cut]})
    with pytest.raises(KeyboardInterrupt):
        sitting.run()


@cache
def _drawn_interviews(seed: int) -> dict[str, Answer]:
    answers = drawn(random.Random(seed))
    return {question.id: answers[question.id] for question in asked_of(answers)}


def test_enter_alone_never_plans_a_client_who_comes_again() -> None:
    sitting = Sitting(Enter(), come_again(an_intake(), KNOWLEDGE, on=TODAY))
    with pytest.raises(KeyboardInterrupt):
        sitting.run()


# A client who comes again


def returning(say: object) -> Sitting:
    return Sitting(say, come_again(an_intake(), KNOWLEDGE, on=TODAY))  # type: ignore[arg-type]  # any way of answering


VISIT_LISTS = ["today", "today.2", "today.3", "today.4", "today.5", "measured.measurements"]


def test_a_client_who_comes_again_is_asked_what_has_changed_pain_and_every_list_of_the_visit() -> None:
    sitting = returning(lambda question, _: review_or_plainly(question))
    assert sitting.run() is End.ANSWERED
    assert sitting.asker.asked == ["changed", "pain", *VISIT_LISTS, "review"]


def test_a_section_that_has_changed_is_asked_from_the_answers_of_then() -> None:
    befores: dict[str, Answer] = {}

    def say(question: Question, before: Answer) -> Said:
        befores.setdefault(question.id, before)
        if question.id == "changed":
            return ("reason",)
        return before if before is not None else review_or_plainly(question)

    assert returning(say).run() is End.ANSWERED
    assert list(befores)[1:4] == ["condition", "complaint", "regions"]
    assert befores["regions"] == ("lower-back",)


def test_going_back_at_one_list_of_the_visit_drops_none_of_the_others() -> None:
    went_back = False

    def say(question: Question, before: Answer) -> Said:  # noqa: ARG001  # what an asker is given
        nonlocal went_back
        if question.id == "today.2" and not went_back:
            went_back = True
            return BACK
        return review_or_plainly(question)

    sitting = returning(say)
    assert sitting.run() is End.ANSWERED
    assert set(VISIT_LISTS) <= set(sitting.asker.asked)


def test_correcting_a_red_flag_of_the_visit_drops_none_of_the_other_lists() -> None:
    corrected = False

    def say(question: Question, before: Answer) -> Said:  # noqa: ARG001  # what an asker is given
        nonlocal corrected
        if question.id == "stop":
            corrected = True
            return "correct"
        if question.id == "fact.chest-pain":
            return BACK if corrected else "yes"
        if not corrected and "chest-pain" in {option.value for option in question.options}:
            return ("chest-pain",)
        return review_or_plainly(question)

    sitting = returning(say)
    assert sitting.run() is End.ANSWERED
    assert set(VISIT_LISTS) <= set(sitting.asker.asked)


def test_what_was_left_of_a_visit_is_still_asked_when_it_goes_on() -> None:
    sitting = returning(lambda question, _: LEAVE if question.id == "today.2" else review_or_plainly(question))
    with pytest.raises(KeyboardInterrupt):
        sitting.run()
    later = Sitting(lambda question, _: review_or_plainly(question), sitting.kept, sitting.kept_again)
    later.run()
    assert later.asker.asked == [*VISIT_LISTS[1:], "review"]


def test_an_answer_that_cannot_stand_is_said_and_asked_again() -> None:
    tries = iter(["XX", "US"])
    said = {"booking": "change", "booking.holidays": None}

    def say(question: Question, before: Answer) -> Said:  # noqa: ARG001  # what an asker is given
        return next(tries) if question.id == "booking.holidays" else said.get(question.id) or review_or_plainly(question)

    open_booking = {name: answer for name, answer in interviewed().items() if not name.startswith("booking")}
    sitting = Sitting(say, open_booking, refused={("booking.holidays", "XX"): "XX is no country"})
    assert sitting.run() is End.ANSWERED
    assert "XX is no country" in "".join(sitting.asker.told)
    assert sitting.interview.answers["booking.holidays"] == "US"


# A red flag


def flagged(then: str) -> Sitting:
    """An interview in which chest pain is ticked and confirmed, and what is said then."""
    said: dict[str, Answer] = {"health.emergency": ("chest-pain",), "fact.chest-pain": "yes", "stop": then}
    return Sitting(
        lambda question, _: LEAVE if question.id == "health.clots" else said.get(question.id, interviewed().get(question.id, ()))
    )


def test_a_red_flag_is_shown_before_anything_else_is_asked() -> None:
    sitting = flagged("leave")
    assert sitting.run() is End.LEFT
    assert sitting.asker.events[-4:] == ["health.emergency", "fact.chest-pain", "emergency words", "stop"]


@pytest.mark.parametrize(("then", "end"), [("save", End.STOPPED), ("leave", End.LEFT)])
def test_a_red_flag_ends_the_interview_as_chosen(then: str, end: End) -> None:
    assert flagged(then).run() is end


def test_a_red_flag_that_is_only_ticked_is_confirmed_first() -> None:
    sitting = Sitting(lambda question, _: LEAVE if question.id == "fact.chest-pain" else ("chest-pain",), _before_emergency())
    with pytest.raises(KeyboardInterrupt):
        sitting.run()
    assert sitting.stops == []


def test_a_red_flag_of_which_nobody_is_sure_does_not_stop_the_questions() -> None:
    def say(question: Question, before: Answer) -> Said:  # noqa: ARG001  # what an asker is given
        if question.id == "health.emergency":
            return ("chest-pain",)
        return LEAVE if question.id == "health.clots" else "unsure"

    sitting = Sitting(say, _before_emergency())
    with pytest.raises(KeyboardInterrupt):
        sitting.run()
    assert sitting.stops == []


def _before_emergency() -> dict[str, Answer]:
    answers = interviewed()
    names = [question.id for question in asked_of(answers)]
    return {name: answers[name] for name in names[: names.index("health.emergency")]}


def test_going_on_after_a_red_flag_meets_it_before_any_question() -> None:
    sitting = flagged("leave")
    sitting.run()
    later = Sitting(
        lambda question, _: LEAVE if question.id == "health.changes" else "leave" if question.id == "stop" else (), sitting.kept
    )
    with suppress(KeyboardInterrupt):
        later.run()
    assert later.asker.asked == ["stop"]


@pytest.mark.parametrize("seed", range(15))
def test_no_interview_asks_on_after_a_red_flag(seed: int) -> None:
    rng = random.Random(seed)
    answers = drawn(rng, ticks=0.4)
    sitting = Sitting(
        lambda question, _: (
            "leave" if question.id == "stop" else "plan" if question.id == "review" else answers.get(question.id, plainly(question))
        )
    )
    end = sitting.run()
    assert (end is End.LEFT) is bool(sitting.stops)
    if sitting.stops:
        assert sitting.asker.events[-2:] == ["emergency words", "stop"]


# What the answers changed


def test_what_a_list_changed_is_told_in_a_line_before_the_next_list() -> None:
    changes: dict[str, Answer] = {"health.medicines": ("anticoagulant",), "fact.anticoagulant": "yes"}
    answers = interviewed(changes)
    sitting = Sitting(lambda question, _: LEAVE if question.id == "health.heart" else answers[question.id])
    with pytest.raises(KeyboardInterrupt):
        sitting.run()
    assert "lood thinner" in sitting.asker.told[-1]
    assert "pressure at most" in " ".join(sitting.asker.told[-1].split())


def test_nothing_is_told_where_nothing_changed() -> None:
    answers = interviewed()
    sitting = Sitting(lambda question, _: LEAVE if question.id == "review" else answers[question.id])
    with pytest.raises(KeyboardInterrupt):
        sitting.run()
    assert [told for told in sitting.asker.told if "REVIEW" not in told] == []


# Back and the review


def test_back_from_the_first_question_asks_it_again() -> None:
    tries = iter((BACK, BACK, LEAVE))
    sitting = Sitting(lambda *_: next(tries))
    with pytest.raises(KeyboardInterrupt):
        sitting.run()
    assert sitting.asker.asked == ["client"] * 3


def test_back_through_everything_and_forward_again_changes_nothing() -> None:
    answers = interviewed({"health.heart": ("varicose-veins",)})
    names = [question.id for question in asked_of(answers)]
    back = True

    def say(question: Question, before: Answer) -> Said:
        nonlocal back
        if question.id == names[0]:
            back = False
        return BACK if back else "plan" if question.id == "review" else before

    sitting = Sitting(say, answers)
    assert sitting.run() is End.ANSWERED
    assert sitting.asker.asked[: len(names) + 1] == ["review", *names[::-1]]
    assert sitting.interview.answers == answers


@pytest.mark.parametrize("section", list(Section))
def test_every_section_can_be_gone_to_from_the_review_with_the_answers_that_were_given(section: Section) -> None:
    answers = interviewed({"health.pregnancy": ("pregnant",)})
    reviews = iter((section, "plan"))
    befores: dict[str, Answer] = {}

    def say(question: Question, before: Answer) -> Said:
        if question.id == "review":
            return next(reviews)
        befores[question.id] = before
        return before

    sitting = Sitting(say, answers)
    assert sitting.run() is End.ANSWERED
    assert befores == {question.id: answers[question.id] for question in asked_of(answers) if question.section is section}


def test_the_review_shows_every_question_and_answer() -> None:
    answers = interviewed({"health.today": ("fever",), "fact.fever": "unsure"})
    sitting = Sitting(lambda *_: "plan", answers)
    sitting.run()
    shown = sitting.asker.told[-1]
    for question in asked_of(answers):
        assert question.title.split("(")[0] in shown
    assert "not sure" in shown


def test_an_answer_is_kept_as_soon_as_it_is_given() -> None:
    sitting = Sitting(lambda question, _: "c-1" if question.id == "client" else LEAVE)
    with pytest.raises(KeyboardInterrupt):
        sitting.run()
    assert sitting.kept == {"client": "c-1"}
