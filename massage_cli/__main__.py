"""The way in: `massage`, and `python -m massage_cli`."""

import gc
import sys


def main() -> None:
    """Run the program and exit with one of its codes."""
    gc.disable()  # one short run: collecting while everything loads costs a tenth of the start, and frees nothing
    from massage_cli.terminal.running import run

    sys.exit(run())


if __name__ == "__main__":
    main()
