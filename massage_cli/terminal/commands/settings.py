"""`massage settings`: the therapist's own defaults."""

import os
import shlex
import subprocess
import sys

from massage_cli.files.own.own_folders import settings_path
from massage_cli.files.own.settings import TEMPLATE, origins, read_settings
from massage_cli.files.saving import NotSaved, save
from massage_cli.knowledge.problems import Unreadable
from massage_cli.terminal.commands.input import refuse
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import say, write_data


def serve_settings(*, action: str) -> ExitCode:
    """Show every setting and where it comes from, open the file in the editor, or print its path."""
    path = settings_path()
    if action == "path":
        write_data(f"{path}\n")
        return ExitCode.DONE
    if action == "edit":
        return _edit()
    try:
        settings = read_settings(path, knowledge_in_use())
    except Unreadable as broken:
        return refuse(broken, as_json=False)
    from massage_cli.terminal.display.settings import show_settings

    show_settings(origins(settings), path)
    return ExitCode.DONE


def _edit() -> ExitCode:
    path = settings_path()
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor or not sys.stdin.isatty():
        say(f"Set EDITOR to your editor, or open the file yourself: {path}")
        return ExitCode.WRONG_INPUT
    try:
        if not path.exists():
            save(path, TEMPLATE.encode())
        subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603  # the person's own editor
        read_settings(path, knowledge_in_use())
    except ValueError:
        say(f"EDITOR is not a command: {editor}")
        return ExitCode.WRONG_INPUT
    except NotSaved as why:
        say(f"{path}: not saved: {why.why}")
        return ExitCode.NOT_WRITTEN
    except OSError as error:
        say(f"{editor}: cannot be started: {error.strerror}")
        return ExitCode.WRONG_INPUT
    except Unreadable as broken:
        return refuse(broken, as_json=False)
    return ExitCode.DONE
