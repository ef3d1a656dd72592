"""One run of the program: the commands, and what becomes of everything that can go wrong."""

from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import OutputLost, say


def run() -> int:
    """Run the command line and give the exit code. Nothing escapes: a bug is one line, without a client's data."""
    from massage_cli.knowledge.problems import Unreadable

    try:
        from massage_cli.terminal.app import app

        app(prog_name="massage")
    except SystemExit as leaving:
        return _leave(leaving)
    except KeyboardInterrupt:
        say("Interrupted; nothing was saved.")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        return ExitCode.BUG  # the reader went away, as with `| head`: silent
    except (OutputLost, OSError) as lost:
        why = str(lost) if isinstance(lost, OutputLost) else lost.strerror
        say(f"massage: the output could not be written: {why}")
        return ExitCode.NOT_WRITTEN
    except Unreadable as unsound:
        say("massage: the knowledge of this installation is not sound; install the program again")
        for problem in unsound.problems:
            say(str(problem))
        return ExitCode.BUG
    except Exception as error:  # noqa: BLE001  # the last resort: type and place, never the text, which may hold an answer
        return _report_bug(error)
    return ExitCode.DONE


def _leave(leaving: SystemExit) -> int:
    code = leaving.code if isinstance(leaving.code, int) else ExitCode.DONE
    if code == ExitCode.INTERRUPTED:
        say("Interrupted; nothing was saved.")
    return code


def _report_bug(error: Exception) -> int:
    import traceback

    place = traceback.extract_tb(error.__traceback__)[-1]
    module = place.filename.rpartition("massage_cli")[2] or place.filename.rpartition("site-packages")[2]
    say(f"massage: a bug: {type(error).__name__} in {place.name}, line {place.lineno} of {module}")
    say("No answer of the client is in this message. Please report it with the command you ran.")
    return ExitCode.BUG
