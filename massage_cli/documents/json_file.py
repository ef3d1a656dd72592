"""The plan as JSON, with the keys of the plan file."""

from massage_cli.documents.kinds import Options
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.plan_file import to_json
from massage_cli.knowledge.pack import Knowledge


def plan_as_json(document: PlanDocument, _knowledge: Knowledge, _options: Options) -> bytes:
    """The plan file as one JSON object."""
    return to_json(document).encode()
