"""The program with some of its numbers changed: `python -m tests.batch.patched module:NAME=1.5 ... -- arguments`."""

import sys
from importlib import import_module

from massage_cli.__main__ import main


def patch(changes: list[str]) -> None:
    """Give numbers of modules other values."""
    for change in changes:
        place, _, value = change.partition("=")
        module, _, name = place.partition(":")
        setattr(import_module(module), name, float(value))


if __name__ == "__main__":
    end = sys.argv.index("--")
    patch(sys.argv[1:end])
    sys.argv[1:] = sys.argv[end + 1 :]
    main()
