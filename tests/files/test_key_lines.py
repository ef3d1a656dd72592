"""On which line each key of a TOML text stands."""

import tomllib
from typing import Any

import pytest

from massage_cli.files.key_lines import key_lines
from massage_cli.files.reading import MOST_BYTES
from tests.worked import NAMES, intake_file, plan_file

INTAKE = """\
client = "ann"
# pain = 3
regions = [
  "neck",
]
notes = '''
age = 99
'''
booking.start = 2026-11-30

[health]
fever = "no"
varicose-veins = { answer = "yes", regions = ["left-knee"] }

[[clearances]]
by = "midwife"

[[clearances]]
"by" = "doctor"  # pain = 9
"""


def paths_in(table: dict[str, Any], prefix: str = "") -> list[str]:
    """The path of every key of a table, those of lists of tables with their index."""
    found = []
    for key, value in table.items():
        path = f"{prefix}{key}"
        found.append(path)
        if isinstance(value, dict):
            found += paths_in(value, f"{path}.")
        elif isinstance(value, list):
            for index, entry in enumerate(value):
                if isinstance(entry, dict):
                    found += paths_in(entry, f"{path}[{index}].")
    return found


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("client", 1),
        ("regions", 3),
        ("notes", 6),
        ("booking.start", 9),
        ("health", 11),
        ("health.fever", 12),
        ("health.varicose-veins", 13),
        ("health.varicose-veins.regions", 13),
        ("clearances[0]", 15),
        ("clearances[0].by", 16),
        ("clearances[1]", 18),
        ("clearances[1].by", 19),
    ],
)
def test_a_key_stands_on_its_line(path: str, line: int) -> None:
    assert key_lines(INTAKE)[path] == line


@pytest.mark.parametrize("path", ["pain", "age"])
def test_comments_and_texts_of_several_lines_hold_no_keys(path: str) -> None:
    assert path not in key_lines(INTAKE)


@pytest.mark.parametrize("name", NAMES)
def test_every_key_of_an_intake_is_found_where_it_stands(name: str) -> None:
    text = intake_file(name).read_text(encoding="utf-8")
    rows, found = text.split("\n"), key_lines(text)
    for path in paths_in(tomllib.loads(text)):
        key = path.rpartition(".")[2]
        if path == "clearances":
            continue
        assert key in rows[found[path] - 1], path


@pytest.mark.parametrize("name", NAMES)
def test_no_key_of_a_plan_is_found_where_it_does_not_stand(name: str) -> None:
    text = plan_file(name).read_text(encoding="utf-8")
    rows = text.split("\n")
    for path, line in key_lines(text).items():
        assert path.rpartition(".")[2].partition("[")[0] in rows[line - 1], path


@pytest.mark.parametrize("letter", ["\u2028", "\u2029", "\x85"], ids=["line separator", "paragraph separator", "next line"])
def test_only_line_ends_of_toml_begin_a_line(letter: str) -> None:
    assert key_lines(f'notes = "one{letter}two"\npain = 3\n')["pain"] == 2


def test_windows_line_ends_count_once() -> None:
    assert key_lines("age = 1\r\n\r\npain = 3\r\n")["pain"] == 3


@pytest.mark.parametrize(
    ("first", "piece"),
    [
        *(("[", piece) for piece in (" ", "a ", "a", "[", "\t")),
        *(("", piece) for piece in (" ", "a ", "a.", "a . ", '"a".', "[a")),
        *(("a = {", piece) for piece in (",", " ", ", ", ",a ", ",a", "{ ", '"""')),
    ],
)
@pytest.mark.timeout(30)  # what grows with the square of the length would take hours
def test_a_mebibyte_of_anything_on_one_line_is_read_in_good_time(first: str, piece: str) -> None:
    line = first + piece * (MOST_BYTES // len(piece))
    assert key_lines(f"age = 1\n{line}\n")["age"] == 1
