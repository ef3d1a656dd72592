"""Prompts without a terminal: keys come through a pipe, and what is drawn goes nowhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from unittest import mock

from prompt_toolkit.application import application
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.output import DummyOutput

from massage_cli.terminal.interview import keys


class Screen(DummyOutput):
    """A screen of some size that nobody looks at."""

    def __init__(self, rows: int = 40, columns: int = 80) -> None:
        self._size = Size(rows=rows, columns=columns)

    def get_size(self) -> Size:
        return self._size


_BINDINGS, _PAGE_BINDINGS = cache(application.load_key_bindings), cache(application.load_page_navigation_bindings)


@contextmanager
def piped_prompts(screen: Screen) -> Iterator[PipeInput]:
    """A pipe that prompts read keys from; what goes wrong inside one comes out of it, instead of "Press ENTER to continue".

    The many key bindings of a prompt, always the same, are loaded once: loading them is most of what a prompt costs.
    """

    def come_out(prompt: application.Application[object], _: object, context: dict[str, object]) -> None:
        if not prompt.is_done:
            error = context.get("exception")
            prompt.exit(exception=error if isinstance(error, Exception) else RuntimeError(str(context)))

    with (
        create_pipe_input() as pipe,
        mock.patch.object(keys, "create_input", lambda _: pipe),
        mock.patch.object(keys, "create_output", lambda **_: screen),
        mock.patch.object(application.Application, "_handle_exception", come_out),
        mock.patch.object(application, "load_key_bindings", _BINDINGS),
        mock.patch.object(application, "load_page_navigation_bindings", _PAGE_BINDINGS),
    ):
        yield pipe
        clear_typeahead(pipe)
