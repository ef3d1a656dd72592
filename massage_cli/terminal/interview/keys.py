"""The interview with arrow keys and ticks, by questionary; the only place that uses it.

Its traps are kept out here: prompts are drawn on standard error, Control-C and Control-D are one interruption, Esc goes
back, nothing ticks everything at once, no line is cut at the edge, and Enter alone answers no question about health.
"""

import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import questionary
from prompt_toolkit.filters import Always, Condition
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import BufferControl, ConditionalContainer, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.output import create_output
from questionary.prompts.common import InquirerControl

from massage_cli.files.clean import clean
from massage_cli.planning.questionnaire.answer_reading import NotUnderstood, read_answer
from massage_cli.planning.questionnaire.given import Answer
from massage_cli.planning.questionnaire.question import Kind, Question
from massage_cli.terminal.display.paper import Paper
from massage_cli.terminal.interview.asker import Back
from massage_cli.terminal.interview.wording import how_to_answer, in_words
from massage_cli.terminal.streams import can_show_symbols, encoding_of, height_of, wants_color, width_of

_NONE = "none-of-these"
_ESCAPE_SECONDS = 0.05
"""How long Esc waits for the rest of an arrow key before it goes back."""
_AROUND_LIST = 3
"""Lines that the prompt itself takes around a list."""
_MARGIN = 8
"""Columns that pointer and tick take before a label."""


class KeyAsker:
    """Asks with lists to move in and lines to type."""

    def __init__(self, *, on: date) -> None:
        self._on = on
        self._input = create_input(sys.stdin)
        self._output = create_output(stdout=sys.stderr)
        # terminals that cannot say where their cursor is would draw a warning; the prompts do not need to know
        self._output.enable_cpr = False  # type: ignore[attr-defined]  # every kind of terminal has it

    def paper(self) -> Paper:
        """Paper as wide and colorful as standard error."""
        return Paper(width=width_of(sys.stderr), color=wants_color(sys.stderr), symbols=can_show_symbols(sys.stderr))

    def tell(self, paper: Paper) -> None:
        """Write what was drawn."""
        encoding = encoding_of(sys.stderr)
        sys.stderr.write(f"{paper.text()}\n".encode(encoding, errors="replace").decode(encoding))
        sys.stderr.flush()

    def ask(self, question: Question, before: Answer) -> Answer:
        """Ask with the prompt that fits the kind of question, its full wording above."""
        self._present(question)
        if question.kind is Kind.MANY:
            return self._tick(question, before)
        if question.kind is Kind.ONE and not question.health:
            return self._pick(question, before)
        return self._type(question, before)

    def _present(self, question: Question) -> None:
        paper = self.paper()
        paper.blank()
        paper.line((question.title, "bold"))
        if question.wording:
            paper.line(question.wording, indent=2)
        typed = question.kind is Kind.ONE and question.health
        scrolls = self._list_height(question) > height_of(sys.stderr) - _AROUND_LIST
        for number, option in enumerate(question.options, start=1):
            if typed:
                paper.line(f"{number}  {option.label}", indent=2)
            elif option.wording:
                paper.item(f"{option.label}: {option.wording}" if scrolls else option.wording)
        paper.line((f"{how_to_answer(question, plain=False)} Esc goes back.", "bold" if question.health else "dim"))
        self.tell(paper)

    def _tick(self, question: Question, before: Answer) -> tuple[str, ...]:
        ticked = before if isinstance(before, tuple) else None
        lines = [
            questionary.Choice(self._folded(option.label), value=option.value, checked=ticked is not None and option.value in ticked)
            for option in question.options
        ]
        if question.none:
            lines.append(questionary.Choice(self._folded(question.none), value=_NONE, checked=ticked == ()))

        def sound(values: list[str]) -> bool | str:
            if not values:
                return "Tick what is true, or n for none of these." if question.none else "Tick at least one line."
            return "None of these goes alone." if _NONE in values and len(values) > 1 else True

        prompt = questionary.checkbox(
            "", choices=lines, validate=sound, instruction=" ", qmark="", use_jk_keys=False, input=self._input, output=self._output
        )
        values = self._run(prompt, question, extra=_only_none if question.none else None)
        return tuple(value for value in values if value != _NONE)

    def _pick(self, question: Question, before: Answer) -> str:
        lines = [questionary.Choice(self._folded(option.label), value=option.value) for option in question.options]
        pointed = before if isinstance(before, str) else question.suggested
        default = next((line for line in lines if line.value == pointed), None)
        prompt = questionary.select(
            "", choices=lines, default=default, instruction=" ", qmark="", use_jk_keys=False, input=self._input, output=self._output
        )
        return str(self._run(prompt, question))

    def _type(self, question: Question, before: Answer) -> Answer:
        def sound(words: str) -> bool | str:
            try:
                read_answer(question, clean(words), on=self._on)
            except NotUnderstood as why:
                return str(why)
            return True

        shown = "" if before is None else str(before)
        prompt = questionary.text("", default=shown, validate=sound, qmark=">", input=self._input, output=self._output)
        answer = read_answer(question, clean(str(self._run(prompt, question))), on=self._on)
        paper = self.paper()
        paper.line((f"= {in_words(question, answer)}", "dim"))
        self.tell(paper)
        return answer

    def _list_height(self, question: Question) -> int:
        """The lines that the list takes; in a lower window it scrolls."""
        return sum(self._folded(label).count("\n") + 1 for label in (*(option.label for option in question.options), question.none))

    def _folded(self, label: str) -> str:
        """A label broken into lines where the terminal is narrower, as the list would cut it."""
        import textwrap

        return "\n".join(textwrap.wrap(label, max(16, width_of(sys.stderr) - _MARGIN), subsequent_indent=" " * (_MARGIN - 2)))

    def _run(self, prompt: questionary.Question, question: Question, *, extra: "Callable[[KeyBindings], None] | None" = None) -> Any:
        bindings = KeyBindings()
        bindings.add(Keys.Escape, eager=False)(_go_back)
        bindings.add(Keys.ControlD, eager=True)(_interrupt)
        # a color code in what is pasted is taken for a mouse, of which prompt_toolkit cannot make sense: it would break the prompt
        bindings.add(Keys.Vt100MouseEvent, eager=True)(_nothing)
        if question.kind is Kind.MANY:
            for key in ("a", "i", Keys.ControlA):
                bindings.add(key, eager=True)(_nothing)
        if extra is not None:
            extra(bindings)
        application = prompt.application
        _put_right(application.layout)
        application.key_bindings = merge_key_bindings([application.key_bindings or KeyBindings(), bindings])
        application.ttimeoutlen = application.timeoutlen = _ESCAPE_SECONDS
        return prompt.unsafe_ask()


def _put_right(layout: Layout) -> None:
    """Make a list answer by Enter alone, show its labels whole, and show what it has to say below it; nothing where there is no list."""
    control = next((item for item in layout.find_all_controls() if isinstance(item, InquirerControl)), None)
    if control is None or not isinstance(layout.container, HSplit):
        return
    for window in layout.find_all_windows():
        # a label folded for a wider terminal is not cut where that is made narrower
        window.wrap_lines = Always()
        # questionary keeps a line of text out of sight, and keys like Alt-Enter would answer that: with nothing, whatever is ticked
        if isinstance(window.content, BufferControl):
            window.content.buffer.accept_handler = None
    # questionary's own place for messages is hidden where the terminal's height is not known
    message = Window(FormattedTextControl(lambda: control.error_message or ""), dont_extend_height=True, wrap_lines=True)
    layout.container.children.append(ConditionalContainer(message, filter=Condition(lambda: control.error_message is not None)))


def _go_back(event: KeyPressEvent) -> None:
    event.app.exit(exception=Back())


def _interrupt(event: KeyPressEvent) -> None:
    event.app.exit(exception=KeyboardInterrupt())


def _nothing(event: KeyPressEvent) -> None:
    """A key that would otherwise have a meaning which is no use here, or too easily hit."""


def _only_none(bindings: KeyBindings) -> None:
    """`n` takes every tick away and ticks none of these; Enter has to follow."""

    @bindings.add("n", eager=True)
    def tick_none(event: KeyPressEvent) -> None:
        control = next(item for item in event.app.layout.find_all_controls() if isinstance(item, InquirerControl))
        control.selected_options = [_NONE]
        while control.get_pointed_at().value != _NONE:
            control.select_next()
        event.app.invalidate()
