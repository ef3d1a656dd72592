"""What every way of asking can do, so that the interview does not know how it looks."""

from typing import Protocol

from massage_cli.planning.questionnaire.given import Answer
from massage_cli.planning.questionnaire.question import Question
from massage_cli.terminal.display.paper import Paper


class Back(Exception):
    """The person wants to go back to the question before."""


class Asker(Protocol):
    """Asks one question at a time. Control-C and Control-D both raise KeyboardInterrupt."""

    def ask(self, question: Question, before: Answer) -> Answer:
        """A sound answer to the question; `before` is what was answered earlier. Raises Back and KeyboardInterrupt."""

    def paper(self) -> Paper:
        """Paper to draw on for this terminal."""

    def tell(self, paper: Paper) -> None:
        """Show what was drawn, on standard error."""
