"""Plain mode: numbered line prompts without cursor movement or box characters, for screen readers and dumb terminals."""

import sys
from datetime import date
from io import TextIOWrapper

from massage_cli.files.clean import clean
from massage_cli.planning.questionnaire.answer_reading import NotUnderstood, read_answer
from massage_cli.planning.questionnaire.given import Answer
from massage_cli.planning.questionnaire.question import Kind, Question
from massage_cli.terminal.display.paper import Paper
from massage_cli.terminal.interview.asker import Back
from massage_cli.terminal.interview.wording import how_to_answer, in_words
from massage_cli.terminal.streams import encoding_of, width_of

_BACK = ("b", "back")


class PlainAsker:
    """Asks with lines of text; every answer is echoed in words."""

    def __init__(self, *, on: date) -> None:
        self._on = on
        if isinstance(sys.stdin, TextIOWrapper):  # what is no letter in the terminal's encoding is passed over, as with keys
            sys.stdin.reconfigure(errors="ignore")

    def paper(self) -> Paper:
        """Paper in plain letters."""
        return Paper(width=width_of(sys.stderr), color=False, symbols=False)

    def tell(self, paper: Paper) -> None:
        """Write what was drawn."""
        self._write(f"{paper.text()}\n")

    def ask(self, question: Question, before: Answer) -> Answer:
        """Ask until the line is an answer, then say what was understood."""
        self._present(question, before)
        while True:
            words = self._line()
            if words.lower() in _BACK:
                raise Back
            try:
                answer = before if not words and before is not None else read_answer(question, words, on=self._on)
            except NotUnderstood as why:
                self._write(f"{why}\n> ")
                continue
            self._write(f"= {in_words(question, answer)}\n")
            return answer

    def _present(self, question: Question, before: Answer) -> None:
        paper = self.paper()
        paper.blank()
        paper.line(question.title)
        if question.wording:
            paper.line(question.wording)
        for number, option in enumerate(question.options, start=1):
            wording = f": {option.wording}" if option.wording else ""
            paper.line(f"{number}. {option.label}{wording}")
        if question.kind is Kind.MANY and question.none:
            paper.line(f"0. {question.none}")
        kept = "" if before is None else f" Enter keeps: {in_words(question, before)}."
        paper.line(f"{how_to_answer(question, plain=True)} b goes back.{kept}")
        self._write(f"{paper.text().rstrip()}\n> ")

    def _line(self) -> str:
        line = sys.stdin.readline()
        if not line:
            raise KeyboardInterrupt
        return clean(line).strip()

    def _write(self, text: str) -> None:
        encoding = encoding_of(sys.stderr)
        sys.stderr.write(text.encode(encoding, errors="replace").decode(encoding))
        sys.stderr.flush()
