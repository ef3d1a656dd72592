"""The report: what a script reads when a batch is over."""

import json
from pathlib import Path
from typing import Any

from massage_cli.batch.report import is_report, report_of
from massage_cli.batch.row_result import plan_row
from massage_cli.batch.tally import Tally, tally_of
from massage_cli.files.inert import json_text
from tests.batch.lists import INVALID, WITHHELD, an_order, some_rows
from tests.builders import TODAY, knowledge


def a_report(*changes: dict[str, Any], sources: tuple[str, ...] = ("list.jsonl",), **names: str | None) -> dict[str, Any]:
    """The report of a batch of such rows, as it is written."""
    tally = tally_of([(number, plan_row(row, an_order())) for number, row in enumerate(some_rows(*changes), start=1)])
    return json.loads(json_text(report_of(tally, an_order(), knowledge(), sources=sources, **{"out": None, "problems": None} | names)))


def test_everything_is_counted() -> None:
    report = a_report({}, WITHHELD, INVALID, {}, {"pain": 78, "age": 140}, out="plans", problems="plans.problems.jsonl")
    assert report == {
        "format": "massage-batch-report/1",
        "program": report["program"],
        "edition": knowledge().edition.edition,
        "knowledge-digest": knowledge().digest,
        "planned-on": str(TODAY),
        "sources": ["list.jsonl"],
        "out": "plans",
        "problems-file": "plans.problems.jsonl",
        "rows": 5,
        "planned": 2,
        "withheld": 1,
        "invalid": 2,
        "not-written": 0,
        "outcomes": {"clear": 2, "refer": 1},
        "urgency": {"emergency": 1},
        "reasons": {"heart-attack-signs": 1},
        "problems": {"pain": 2, "age": 1},
        "referrals": [{"row": 2, "client": "c-2", "urgency": "emergency", "reasons": ["heart-attack-signs"]}],
    }


def test_the_most_frequent_come_first_and_equals_by_name() -> None:
    tally = Tally(reasons={"b": 1, "c": 2, "a": 1})
    report = report_of(tally, an_order(), knowledge(), sources=(), out=None, problems=None)
    assert list(report["reasons"].items()) == [("c", 2), ("a", 1), ("b", 1)]


def test_names_that_are_no_text_are_told_all_the_same() -> None:
    report = a_report(sources=("\udcff.csv",), out="\udcff", problems="\udcff.problems.jsonl")
    assert (report["sources"], report["out"], report["problems-file"]) == (["?.csv"], "?", "?.problems.jsonl")


def test_a_report_is_known_by_its_beginning(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    for content, known in (
        (json.dumps(a_report(), indent=2), True),
        ("", False),
        ('{"format": "massage-plan/1"}', False),
        ("client,age\n", False),
    ):
        file.write_text(content, encoding="utf-8")
        assert is_report(file) is known
    assert not is_report(tmp_path)
    assert not is_report(tmp_path / "absent")
