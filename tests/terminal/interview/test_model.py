"""The interview against a model: whatever is answered, gone back over, jumped to, left and resumed, the last answers make the intake."""

import random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from massage_cli.planning.questionnaire.given import Answer
from massage_cli.planning.questionnaire.question import Question, Section
from massage_cli.terminal.interview.interview import End
from tests.drawn import seeds
from tests.terminal.interview.answering import checked, drawn_answer, filled, plainly
from tests.terminal.interview.scripted import BACK, LEAVE, Said, Sitting


class InterviewModel(RuleBasedStateMachine):
    """Every rule is one stretch of the interview, left at its end and gone on with from what was kept; the model is the last answers."""

    def __init__(self) -> None:
        super().__init__()
        self.model: dict[str, Answer] = {}
        self.kept: dict[str, Answer] = {}
        self.started = False

    @initialize(seed=seeds)
    def begin(self, seed: int) -> None:
        rng = random.Random(seed)
        self.model = filled(lambda question: drawn_answer(question, rng, ticks=0.05))
        self.kept = dict(self.model)

    def stretch(self, say: object) -> End | None:
        """One sitting from the kept draft; None when it was left."""
        sitting = Sitting(lambda question, before: self._said(question, before, say), self.kept)
        try:
            end = sitting.run()
        except KeyboardInterrupt:
            end = None
        self.kept = sitting.kept or self.kept
        assert {name: self.kept[name] for name in self.model} == self.model
        return end

    def _said(self, question: Question, before: Answer, say: object) -> Said:
        if question.id == "stop":
            return LEAVE
        said: Said = say(question, before)  # type: ignore[operator]  # what is said is called
        if said is not BACK and said is not LEAVE and question.id != "review":
            self.model[question.id] = said  # type: ignore[assignment]  # no sentinel is left
        return said

    @rule(section=st.sampled_from(list(Section)), seed=seeds, some=st.integers(0, 12))
    def jump_and_change(self, section: Section, seed: int, some: int) -> None:
        rng = random.Random(seed)
        left = some

        def say(question: Question, before: Answer) -> Said:
            nonlocal left
            if question.id == "review" and left == some:
                left -= 1
                return section
            left -= 1
            if left < -40 or question.id == "review":
                return LEAVE
            return drawn_answer(question, rng, ticks=0.05) if left > 0 or before is None else before

        self.stretch(say)

    @rule(steps=st.integers(1, 8), seed=seeds)
    def go_back_and_change_one(self, steps: int, seed: int) -> None:
        rng = random.Random(seed)
        left = steps

        def say(question: Question, before: Answer) -> Said:
            nonlocal left
            left -= 1
            if left >= 0:
                return BACK
            if left == -1 and question.id != "review":
                return drawn_answer(question, rng, ticks=0.05)
            return LEAVE if question.id == "review" or left < -40 else plainly(question) if before is None else before

        self.stretch(say)

    @rule()
    def leave_at_once(self) -> None:
        self.stretch(lambda *_: LEAVE)

    @precondition(lambda self: self.model)
    @rule()
    def finish(self) -> None:
        end = self.stretch(lambda question, before: "plan" if question.id == "review" else plainly(question) if before is None else before)
        if end is End.ANSWERED:
            assert checked(self.kept) == checked(self.model)


InterviewModel.TestCase.settings = settings(max_examples=40, stateful_step_count=8)
TestInterviewModel = InterviewModel.TestCase
