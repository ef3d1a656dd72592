"""`massage schema`: the JSON Schema of a file format."""

import json
from pathlib import Path

import pytest

from massage_cli.files.schema import schema_of
from massage_cli.knowledge.check_claims import claims_in
from tests.builders import knowledge
from tests.terminal.massage import massage


@pytest.mark.parametrize("kind", ["intake", "plan"])
def test_the_schema_is_printed_as_json(tmp_path: Path, kind: str) -> None:
    ran = massage("schema", kind, folder=tmp_path)
    assert (ran.code, ran.said) == (0, "")
    assert json.loads(ran.out) == json.loads(json.dumps(schema_of(kind, knowledge())))
    assert claims_in(ran.text, knowledge()) == ()
