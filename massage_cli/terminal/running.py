"""One run of the program: the commands, and what becomes of everything that can go wrong."""

import sys

from massage_cli import __version__
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.signals import none_is_lost
from massage_cli.terminal.streams import OutputLost, let_go, say, write_data


def run() -> int:
    """Run the command line and give the exit code. Nothing escapes: a bug is one line, without a client's data."""
    try:
        with none_is_lost():
            return _run()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else ExitCode.DONE
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        let_go(sys.stdout)
        return ExitCode.BUG  # the reader went away, as with `| head`: silent
    except (OutputLost, OSError) as lost:
        let_go(sys.stdout)
        why = str(lost) if isinstance(lost, OutputLost) else lost.strerror
        say(f"massage: the output could not be written: {why}")
        return ExitCode.NOT_WRITTEN
    except Exception as error:  # noqa: BLE001  # the last resort: type and place, never the text, which may hold an answer
        return _report(error)


def _run() -> int:
    if sys.argv[1:] == ["--version"]:
        # answered before the slow imports: scripts ask it often
        write_data(f"massage {__version__}\n")
        return ExitCode.DONE
    if sys.stdout is None and {"-h", "--help"} & set(sys.argv):
        raise OutputLost("it is closed")
    import typer

    from massage_cli.terminal.app import app_for

    try:
        app = app_for(next(iter(sys.argv[1:]), ""))
        return app(args=sys.argv[1:] or ["--help"], prog_name="massage", standalone_mode=False) or ExitCode.DONE
    except typer.Abort:
        return ExitCode.INTERRUPTED
    except Exception as wrong:
        if hasattr(wrong, "format_message"):  # what all of typer's usage errors can do
            return _explain(wrong)
        raise


def _explain(wrong: object) -> int:
    """Say what is wrong with the command line; typer would show what was typed as it stands, tricks and all."""
    context, message = getattr(wrong, "ctx", None), getattr(wrong, "format_message", lambda: "wrong usage")()
    if context is not None:
        say(context.get_usage())
        say(f"Help: {context.command_path} --help")
    say(f"Error: {message}")
    return ExitCode.WRONG_INPUT


def _report(error: Exception) -> int:
    """Tell a bug, or knowledge that is not sound, which outside the files of a client is no wrong input."""
    import traceback

    from massage_cli.knowledge.problems import Unreadable

    if isinstance(error, Unreadable):
        say("massage: the knowledge of this installation is not sound; install the program again")
        for problem in error.problems:
            say(str(problem))
        return ExitCode.BUG
    place = traceback.extract_tb(error.__traceback__)[-1]
    path = place.filename.replace("\\", "/")
    module = path.rpartition("/massage_cli/")[2] if "/massage_cli/" in path else path.rpartition("/")[2]
    say(f"massage: a bug: {type(error).__name__} in {place.name}, line {place.lineno} of {module}")
    say("No answer of the client is in this message. Please report it with the command you ran.")
    return ExitCode.BUG
