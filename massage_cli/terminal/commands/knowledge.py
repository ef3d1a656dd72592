"""The knowledge that a command works with: the built-in one, with the clinic's own over it where there is one."""

from pathlib import Path

from massage_cli.files.own.own_folders import settings_path
from massage_cli.files.own.own_knowledge import OwnKnowledge, folder_in_settings, knowledge_of, knowledge_with
from massage_cli.knowledge.pack import Knowledge


def knowledge_in_use(folder: str | None = None) -> Knowledge:
    """The knowledge with that of the folder over it, or else of the folder that the settings name. Raises OwnKnowledgeRefused."""
    return knowledge_and_own(folder)[0]


def knowledge_and_own(folder: str | None) -> tuple[Knowledge, OwnKnowledge | None]:
    """The same, with the files of the clinic's own knowledge, if any. Raises OwnKnowledgeRefused."""
    named = folder_in_settings(settings_path()) if folder is None else Path(folder)
    return (knowledge_with(None), None) if named is None else knowledge_of(named)
