"""Build hook: parse the knowledge files once and put their compact form into the wheel."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileKnowledge(BuildHookInterface):  # type: ignore[type-arg]  # hatchling leaves the parameter to its own builders
    """Writes knowledge/data/compiled.msgpack; an unsound knowledge pack fails the build with every problem."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # what hatchling calls
        """Make the file before the wheel, also an editable one, is put together."""
        sys.path.insert(0, self.root)
        from massage_cli.knowledge.compiled import FILE_NAME, compile_knowledge
        from massage_cli.knowledge.loading import FILE_NAMES, parse

        folder = Path(self.root) / "massage_cli" / "knowledge" / "data"
        knowledge = parse({name: (folder / name).read_bytes() for name in FILE_NAMES})
        (folder / FILE_NAME).write_bytes(compile_knowledge(knowledge))
