"""The interview itself: one loop over the next question, with back, review, red flags and drafts."""

from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum

from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.questionnaire.given import Answer, Given, record
from massage_cli.planning.questionnaire.order import CHANGED, first_open, last_before, screening_so_far
from massage_cli.planning.questionnaire.question import Kind, Option, Question, Section
from massage_cli.planning.screening import Screening
from massage_cli.terminal.interview.asker import Asker, Back
from massage_cli.terminal.interview.effects import effect_of
from massage_cli.terminal.interview.wording import in_words

_PLAN = "plan"

Questions = Callable[[Given], Iterator[Question]]
"""The questions that apply, from the answers so far."""


class End(StrEnum):
    """How an interview ended."""

    ANSWERED = "answered"
    STOPPED = "stopped"
    LEFT = "left"


class Interview:
    """One interview: the answers given, and what has been told of them."""

    def __init__(
        self,
        asker: Asker,
        knowledge: Knowledge,
        *,
        on: date,
        questions: Questions,
        answers: dict[str, Answer],
        again: list[str],
        keep: Callable[[dict[str, Answer], list[str]], None],
        show_stop: Callable[[dict[str, Answer], Screening], None],
        refuse: Callable[[Question, Answer], str | None],
        ending: str = "Make the plan",
        stopped: str = "Save a referral note",
        leaving: str = "Leave; the answers are kept as a draft",
        known: frozenset[str] = frozenset(),
    ) -> None:
        """Answers that are `known` from before are not shown at the review; `ending`, `stopped` and `leaving` are what these end in."""
        self.answers = answers
        self._asker, self._knowledge, self._on = asker, knowledge, on
        self._keep, self._show_stop, self._refuse = keep, show_stop, refuse
        self._questions, self._ending, self._known = questions, ending, known
        self._stopped, self._leaving = stopped, leaving
        self._again = again
        self._told: set[str] = set()
        self._group = ""

    def run(self) -> End:
        """Ask until everything is answered and the review is left with a plan, or until the person leaves at a red flag."""
        end = self._stop_if_needed(self._details())
        if end is not None:
            return end
        while True:
            question = self._next()
            if question is None:
                self._tell_effects("")
                try:
                    chosen = self._asker.ask(self._review(), None)
                except Back:
                    self._go_back(None)
                    continue
                if chosen == _PLAN:
                    return End.ANSWERED
                self._again = [step.id for step in self._steps_shown() if step.section == chosen]
                continue
            self._tell_effects(question.id)
            try:
                answer = self._asker.ask(question, self.answers.get(question.id))
            except Back:
                self._go_back(question.id)
                continue
            refusal = self._refuse(question, answer)
            if refusal is not None:
                self._tell(refusal)
                self._again.insert(0, question.id)
                continue
            record(self.answers, question.id, answer, tuple(option.value for option in question.options))
            if question.id == CHANGED.id and isinstance(answer, tuple):
                self._again = [step.id for section in answer for step in self._steps() if step.section == section]
            self._keep(self.answers, self._again)
            end = self._stop_if_needed([question.id])
            if end is not None:
                return end

    def _details(self) -> list[str]:
        """The questions about single facts that were answered, where a red flag met at the start can be corrected."""
        return [step.id for step in self._steps() if step.id.startswith("fact.") and step.id in self.answers]

    def _steps_shown(self) -> list[Question]:
        return [question for question in self._steps() if question.id not in self._known]

    def _steps(self) -> list[Question]:
        return list(self._questions(self.answers))

    def _tell(self, line: str) -> None:
        paper = self._asker.paper()
        paper.line(line)
        self._asker.tell(paper)

    def _next(self) -> Question | None:
        while self._again:
            wanted = self._again.pop(0)
            found = next((question for question in self._steps() if question.id == wanted), None)
            if found is not None:
                return found
        return first_open(self._questions(self.answers), self.answers)

    def _go_back(self, question_id: str | None) -> None:
        """Ask the question before again; from the first one there is no way back."""
        before = last_before(question_id, self._steps_shown(), self.answers)
        name = question_id if before is None else before.id
        queue = (name, question_id if before is not None else None, *self._again)
        self._again = [wanted for wanted in queue if wanted is not None]

    def _review(self) -> Question:
        """Everything answered, and where to go from here."""
        paper = self._asker.paper()
        paper.heading("Review")
        for question in self._steps_shown():
            paper.line((question.title, "bold"), f": {in_words(question, self.answers[question.id])}", indent=2)
        self._asker.tell(paper)
        options = [Option(value=_PLAN, label=self._ending)]
        sections = {question.section for question in self._steps_shown()}
        options += [Option(value=section, label=f"Change: {section}") for section in Section if section in sections]
        return Question(id="review", section=Section.BOOKING, kind=Kind.ONE, title="Is this right?", options=tuple(options))

    def _tell_effects(self, question_id: str) -> None:
        """After each group of health questions, a line for each thing that its answers changed."""
        group = self._group_of(question_id)
        if group == self._group:
            return
        self._group = group
        if "regions" not in self.answers:
            return
        screening = screening_so_far(self.answers, self._knowledge, on=self._on)
        new = [finding for finding in screening.particular if finding.rule.id not in self._told and not finding.stops]
        if new:
            paper = self._asker.paper()
            for finding in new:
                paper.line((effect_of(finding, self._knowledge), "bold"))
            self._asker.tell(paper)
        self._told = {finding.rule.id for finding in screening.particular}

    def _group_of(self, question_id: str) -> str:
        kind, _, rest = question_id.partition(".")
        if kind in ("health", "measured"):
            return rest.partition(".")[0]
        fact = self._knowledge.fact.get(rest.partition(".")[0]) if kind in ("fact", "where") else None
        return "" if fact is None else fact.group

    def _stop_if_needed(self, behind: list[str]) -> End | None:
        """At a red flag: what to do now, before anything else is asked; `behind` are the questions to correct it with."""
        if "regions" not in self.answers:
            return None
        screening = screening_so_far(self.answers, self._knowledge, on=self._on)
        if not any(finding.stops for finding in screening.findings):
            return None
        self._show_stop(self.answers, screening)
        options = (
            Option(value="save", label=self._stopped),
            Option(value="correct", label="Correct the answer"),
            Option(value="leave", label=self._leaving),
        )
        stop = Question(id="stop", section=Section.HEALTH, kind=Kind.ONE, title="No session. What now?", options=options, health=True)
        try:
            chosen = self._asker.ask(stop, None)
        except Back:
            chosen = "correct"
        if chosen == "correct":
            self._again = [*behind, *self._again]
            return None
        return End.STOPPED if chosen == "save" else End.LEFT
