"""What commands share on the way out: a document in the format wanted."""

from massage_cli.files.plan_document import PlanDocument
from massage_cli.files.plan_file import to_json, to_toml
from massage_cli.knowledge.pack import Knowledge
from massage_cli.terminal.streams import write_data


def write_document(document: PlanDocument, knowledge: Knowledge, *, format_: str) -> None:
    """Write a document to standard output as text, toml or json. Raises OutputLost."""
    match format_:
        case "toml":
            write_data(to_toml(document))
        case "json":
            write_data(to_json(document))
        case _:
            from massage_cli.terminal.display.page import show

            show(document, knowledge)
