"""An asker in place of a person, so that the interview can be driven without a terminal."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from massage_cli.planning.questionnaire.given import Answer
from massage_cli.planning.questionnaire.order import steps
from massage_cli.planning.questionnaire.question import Question
from massage_cli.planning.screening import Screening
from massage_cli.terminal.display.paper import Paper
from massage_cli.terminal.interview.asker import Back
from massage_cli.terminal.interview.interview import End, Interview
from tests.builders import TODAY, knowledge

BACK = object()
"""What is said to go back."""
LEAVE = object()
"""What is said to interrupt."""

Said = Answer | object


class ScriptedAsker:
    """Answers each question as the script says, and remembers what was asked, with what before it, and told."""

    def __init__(self, say: Callable[[Question, Answer], Said]) -> None:
        self.asked: list[str] = []
        self.events: list[str] = []
        self.told: list[str] = []
        self._say = say

    def ask(self, question: Question, before: Answer) -> Answer:
        self.asked.append(question.id)
        self.events.append(question.id)
        said = self._say(question, before)
        if said is BACK:
            raise Back
        if said is LEAVE:
            raise KeyboardInterrupt
        return said  # type: ignore[return-value]  # no sentinel is left

    def paper(self) -> Paper:
        return Paper(width=80, color=False, symbols=False)

    def tell(self, paper: Paper) -> None:
        self.told.append(paper.text())


class Sitting:
    """One interview with a scripted asker, and what came of it."""

    def __init__(
        self,
        say: Callable[[Question, Answer], Said],
        answers: dict[str, Answer] | None = None,
        again: Iterable[str] = (),
        refused: Mapping[tuple[str, Answer], str] = MappingProxyType({}),
    ) -> None:
        self.asker = ScriptedAsker(say)
        self.kept: dict[str, Answer] = {}
        self.kept_again: list[str] = []
        self.stops: list[Screening] = []
        self.interview = Interview(
            self.asker,
            knowledge(),
            on=TODAY,
            questions=lambda given: steps(given, knowledge(), on=TODAY),
            answers=dict(answers or {}),
            again=list(again),
            keep=self._keep,
            show_stop=self._stop,
            refuse=lambda question, answer: refused.get((question.id, answer)),
        )

    def run(self) -> End:
        return self.interview.run()

    def _keep(self, answers: dict[str, Answer], again: list[str]) -> None:
        self.kept = dict(answers)
        self.kept_again = list(again)

    def _stop(self, answers: dict[str, Answer], screening: Screening) -> None:  # noqa: ARG002  # what the interview calls
        self.stops.append(screening)
        self.asker.events.append("emergency words")
