"""What the commands on saved plans share: finding a plan by its file or by its client, and the folder of plans."""

from pathlib import Path

from massage_cli.files.own.own_folders import settings_path
from massage_cli.files.own.settings import read_settings
from massage_cli.files.reading import is_pipe
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.planning.intake_problems import CLIENT_PATTERN
from massage_cli.terminal.commands.plan import plans_folder


def plan_path(name: str, knowledge: Knowledge) -> Path:
    """The file of a plan, given its path or its client. Raises Unreadable."""
    path = Path(name)
    if not CLIENT_PATTERN.match(name) or path.is_file() or is_pipe(path):
        return path
    folder = own_plans(knowledge)
    found = folder / f"{name}.toml"
    if not found.is_file():
        raise Unreadable([Problem(file=name, path="", message=f"there is no such file, and no plan of that client in {folder}")])
    return found


def own_plans(knowledge: Knowledge) -> Path:
    """The folder that plans are saved to. Raises Unreadable where the settings cannot be read."""
    return plans_folder(read_settings(settings_path(), knowledge))


def folder_of(name: str | None, knowledge: Knowledge) -> Path:
    """The folder named, or that of the settings. Raises Unreadable where there is none."""
    folder = own_plans(knowledge) if name is None else Path(name)
    try:
        next(folder.iterdir(), None)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise Unreadable([Problem(file=str(folder), path="", message="there is no such folder; name the one with your plans")]) from None
    except OSError as error:
        raise Unreadable([Problem(file=str(folder), path="", message=f"cannot be read: {error.strerror}")]) from None
    return folder
