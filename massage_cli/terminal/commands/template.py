"""`massage template`: an intake to fill in, and the header of a CSV list."""

from massage_cli.files.intakes.template import csv_header, intake_template
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import write_data


def print_template(*, format_: str, own: str | None = None) -> ExitCode:
    """Write the template to standard output."""
    knowledge = knowledge_in_use(own)
    write_data(csv_header(knowledge) if format_ == "csv" else intake_template(knowledge))
    return ExitCode.DONE
