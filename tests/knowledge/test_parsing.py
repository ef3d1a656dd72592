"""TOML files into values: whatever is spoiled in them is refused with file and key path, all of it at once."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import tomli_w

from massage_cli.knowledge.loading import FILE_NAMES
from tests.builders import GONE, changed_files, knowledge_files, knowledge_problems

FILES = knowledge_files()
WRONG = {"wrong": True}
"""A table, which no key takes whose value is not a table itself."""


def places(files: dict[str, bytes]) -> list[tuple[str | None, str]]:
    return [(problem.file, problem.path) for problem in knowledge_problems(files)]


def first_of_each_key(table: Any, path: str = "", kind: str = "") -> Iterator[tuple[dict[str, Any], str, str, str]]:
    """Every key with the table it stands in, its path, and its path without places in lists; tables that hold others are walked through."""
    for key, value in table.items():
        here, of_kind = (f"{path}.{key}", f"{kind}.{key}") if path else (key, key)
        if isinstance(value, dict):
            yield from first_of_each_key(value, here, of_kind)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for index, entry in enumerate(value):
                yield from first_of_each_key(entry, f"{here}[{index}]", of_kind)
        else:
            yield table, key, here, of_kind


@pytest.mark.parametrize("name", FILE_NAMES)
def test_every_key_of_a_file_with_a_wrong_value_is_named(name: str) -> None:
    table = tomllib.loads(FILES[name].decode())
    spoiled: dict[str, str] = {}
    for place, key, path, kind in list(first_of_each_key(table)):
        if kind not in spoiled:
            place[key] = WRONG
            spoiled[kind] = path
    assert sorted(places(FILES | {name: tomli_w.dumps(table).encode()})) == sorted((name, path) for path in spoiled.values())


@pytest.mark.parametrize("name", FILE_NAMES)
def test_an_empty_file_is_refused(name: str) -> None:
    assert {file for file, _ in places(FILES | {name: b""})} == {name}


@pytest.mark.parametrize("name", FILE_NAMES)
def test_a_file_cut_short_is_refused(name: str) -> None:
    cut = FILES[name][: FILES[name].rindex(b"=") + 1]
    assert (name, "") in places(FILES | {name: cut})


@pytest.mark.parametrize("name", FILE_NAMES)
def test_a_file_that_is_not_utf_8_is_refused(name: str) -> None:
    assert (name, "") in places(FILES | {name: FILES[name] + b"# \xff\n"})


@pytest.mark.parametrize("name", FILE_NAMES)
def test_a_key_that_nobody_reads_is_refused(name: str) -> None:
    assert (name, "extra") in places(changed_files((name, "extra", 1)))


@pytest.mark.parametrize(
    ("file", "path", "key"),
    [
        ("contraindications.toml", "rule.fever", "rule[{}].categry"),
        ("facts.toml", "fact.fever", "fact[{}].lable"),
        ("techniques.toml", "technique.thai", "technique[{}].tag"),
        ("protocols.toml", "protocol.doms", "protocol[{}].phases"),
    ],
)
def test_a_misspelled_key_is_named_with_its_place(file: str, path: str, key: str) -> None:
    kind, entry = path.split(".")
    index = next(index for index, each in enumerate(tomllib.loads(FILES[file].decode())[kind]) if each["id"] == entry)
    misspelled = key.format(index)
    assert (file, misspelled) in places(changed_files((file, f"{path}.{misspelled.rpartition('.')[2]}", "x")))


@pytest.mark.parametrize(
    ("file", "path", "value", "message"),
    [
        ("contraindications.toml", "rule.fever.category", "absolut", "did you mean 'absolute'?"),
        ("contraindications.toml", "rule.fever.urgency", "now", "'now' is not one of emergency, same-day, soon, defer"),
        ("contraindications.toml", "rule.fever.pressure-max", 6, "6 is not between 1 and 5"),
        ("contraindications.toml", "rule.fever.minutes-max", 0, "0 is not a number of 1 or more"),
        ("contraindications.toml", "rule.fever.positions", ["upright"], "'upright' is not one of"),
        ("facts.toml", "fact.fever.kind", "yesno", "did you mean 'yes-no'?"),
        ("techniques.toml", "technique.thai.pressure.max", 0, "0 is not between 1 and 5"),
        ("techniques.toml", "technique.thai.goals.fun", 1, "'fun' is not one of"),
        ("techniques.toml", "technique.thai.indication.0.certainty", "sure", "'sure' is not one of"),
        ("protocols.toml", "protocol.doms.conditions", ["sore"], "'sore' is not one of"),
        ("protocols.toml", "protocol.doms.phase.initial.gap-days", [0], "0 is not between 1 and 366"),
        ("protocols.toml", "protocol.doms.phase.initial.sessions", 0, "0 is not between 1 and 100"),
        ("complaints.toml", "complaint.neck.protocols.cronic", "x", "did you mean 'chronic'?"),
        ("planning.toml", "pressure.frail-minutes-step", 0, "0 is not between 1 and 60"),
        ("measures.toml", "measure.nprs.better", "smaller", "'smaller' is not one of lower, higher"),
    ],
)
def test_a_word_or_number_that_is_not_allowed_is_refused(file: str, path: str, value: Any, message: str) -> None:
    problems = knowledge_problems(changed_files((file, path, value)))
    assert [problem.file for problem in problems] == [file]
    assert message in problems[0].message


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("contraindications.toml", "rule.fever.reason"),
        ("contraindications.toml", "rule.fever.sources"),
        ("contraindications.toml", "rule.fever.when"),
        ("facts.toml", "fact.fever.ask"),
        ("techniques.toml", "technique.thai.tags"),
        ("protocols.toml", "protocol.doms.stop-after"),
        ("planning.toml", "pressure.highest-ever"),
        ("edition.toml", "edition"),
        ("claims.toml", "claim.proven.phrases"),
    ],
)
def test_a_key_that_is_missing_is_named(file: str, path: str) -> None:
    problems = knowledge_problems(changed_files((file, path, GONE)))
    assert [(problem.file, problem.message) for problem in problems] == [(file, "is missing")]
    assert problems[0].path.endswith(path.rpartition(".")[2])


def test_problems_of_several_files_are_reported_at_once() -> None:
    spoiled = changed_files(("facts.toml", "fact.fever.ask", GONE), ("edition.toml", "edition", 5)) | {"claims.toml": b"claim = ["}
    assert {file for file, _ in places(spoiled)} == {"facts.toml", "edition.toml", "claims.toml"}


def test_a_problem_of_a_file_carries_what_was_found() -> None:
    (problem,) = knowledge_problems(changed_files(("facts.toml", "fact.fever.kind", "perhaps")))
    assert (problem.file, problem.value) == ("facts.toml", "perhaps")


def test_a_file_that_is_no_toml_is_called_so() -> None:
    first, *_ = knowledge_problems(knowledge_files() | {"claims.toml": b"["})
    assert first.file == "claims.toml"
    assert first.message.startswith("is not TOML: ")
