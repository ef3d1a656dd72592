"""`massage schema`: the JSON Schema of intake and plan files."""

from massage_cli.files.inert import json_text
from massage_cli.files.schema import schema_of
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import write_data


def print_schema(*, of: str, own: str | None = None) -> ExitCode:
    """Write the schema to standard output."""
    schema = schema_of(of, knowledge_in_use(own))
    write_data(json_text(schema))
    return ExitCode.DONE
