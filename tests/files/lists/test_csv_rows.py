"""CSV lists: cut into rows at the right lines, and a broken row does not take the others with it."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_cli.files.intakes.template import csv_header
from massage_cli.files.lists.capped_lines import capped_lines
from massage_cli.files.lists.csv_rows import csv_rows
from massage_cli.files.lists.rows import Row, intake_of, table_of
from massage_cli.files.reading import MOST_BYTES
from massage_cli.knowledge.problems import Problem, Unreadable
from tests.builders import TODAY, a_table, an_intake, knowledge
from tests.files.lists.as_cells import a_list, cells_of

HEADER = b"client,age,condition,regions,pain,notes\r\n"


def line_of(client: str, notes: str = "") -> bytes:
    return f"{client},40,chronic,neck,5,{notes}\r\n".encode()


def rows_of(content: bytes) -> list[Row]:
    return list(csv_rows(capped_lines(io.BytesIO(content), "clients.csv"), "clients.csv", knowledge()))


def refusal(content: bytes) -> Problem:
    """The one reason why a list is refused as a whole."""
    with pytest.raises(Unreadable) as broken:
        rows_of(content)
    (problem,) = broken.value.problems
    assert problem.file == "clients.csv"
    return problem


def seen(content: bytes) -> list[tuple[int | None, str]]:
    """Each row by its line: the client, or what is wrong."""
    return [(row.line, row.problems[0].message if row.problems else table_of(row)["client"]) for row in rows_of(content)]


# Sound lists


def test_the_header_of_the_template_over_an_intake_is_a_list() -> None:
    columns = csv_header(knowledge()).removesuffix("\r\n").split(",")
    (row,) = rows_of(a_list(columns, [cells_of(a_table())]))
    assert intake_of(row, knowledge(), on=TODAY) == an_intake()


def test_a_header_alone_has_no_rows() -> None:
    assert rows_of(csv_header(knowledge()).encode()) == []


def test_the_format_may_be_left_out_and_must_be_right_where_it_is_given() -> None:
    table = a_table()
    cells = cells_of(table)
    for form, paths in ((None, []), ("massage-intake/1", []), ("", []), ("massage-plan/1", ["format"])):
        given_cells = {key: value for key, value in cells.items() if key != "format"} | ({} if form is None else {"format": form})
        (row,) = rows_of(a_list(tuple(given_cells), [given_cells]))
        try:
            assert intake_of(row, knowledge(), on=TODAY) == an_intake()
            told = []
        except Unreadable as broken:
            told = [problem.path for problem in broken.problems]
        assert told == paths


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
def test_every_delimiter_line_end_and_quoting_gives_the_same_rows(delimiter: str, end: str, quoting: int) -> None:
    table = a_table(notes='a, b; c\td "e"\nf', regions=["neck", "lower-back"])
    cells = cells_of(table)
    rows = rows_of(a_list(tuple(cells), [cells, cells], delimiter=delimiter, lineterminator=end, quoting=quoting))
    assert [row.line for row in rows] == [2, 4]
    assert [table_of(row) for row in rows] == [table] * 2


@pytest.mark.parametrize("start", [b"sep=,\r\n", b"SEP=,\n", b'"sep=,"\r\n', b"\xef\xbb\xbfsep=,\r\n", b"\r\n\r\n"])
def test_lines_before_the_header_are_counted(start: bytes) -> None:
    lines = start.count(b"\n")
    assert seen(start + HEADER + line_of("c-1")) == [(lines + 2, "c-1")]


def test_the_line_that_names_the_delimiter_is_believed() -> None:
    content = (HEADER + line_of("c-1")).replace(b",", b";")
    assert seen(b"sep=;\n" + content) == [(2 + 1, "c-1")]
    assert "'|' does not part cells here" in refusal(b"sep=|\n" + content).message


def test_line_ends_inside_quotes_are_counted_and_kept() -> None:
    content = HEADER + line_of("c-1", '"a\r\nb\n\nc"') + b"\r\n" + line_of("c-2")
    assert seen(content) == [(2, "c-1"), (7, "c-2")]
    assert table_of(rows_of(content)[0])["notes"] == "a\r\nb\n\nc"


# Lists refused as a whole


@pytest.mark.parametrize(
    ("content", "line", "part"),
    [
        (b"", None, "is empty"),
        (b"\r\n \n", None, "is empty"),
        ((HEADER + line_of("c-1")).decode().encode("utf-16"), 1, "UTF-16"),
        ((HEADER + line_of("c-1")).decode().encode("utf-16-le"), 1, "NUL"),
        (b"client,\xe9\r\n", 1, "CSV UTF-8"),
        (HEADER.replace(b"\r\n", b"\r") + line_of("c-1").replace(b"\r\n", b"\r"), 1, "neither LF nor CR LF"),
        (b'client,"age\r\n', 1, "not closed"),
        (b"x" * (MOST_BYTES + 1), 1, "longer than 1 MiB"),
    ],
    ids=["nothing", "blank", "utf-16", "utf-16 unmarked", "cp1252", "old mac", "unclosed", "too long"],
)
def test_a_list_without_a_sound_header_is_refused(content: bytes, line: int | None, part: str) -> None:
    problem = refusal(content)
    assert problem.line == line
    assert part in problem.message


def test_json_lines_called_a_list_are_told_as_what_they_are_and_nothing_of_the_client_is_repeated() -> None:
    problem = refusal(b'\n{"format": "massage-intake/1", "client": "c-0042"}\n')
    assert (problem.line, "this is JSON" in problem.message, "c-0042" in problem.message) == (2, True, False)


def test_the_header_is_checked_where_it_stands() -> None:
    assert refusal(b"\n" + HEADER.replace(b"pain", b"pian")).line == 2
    assert refusal(HEADER.replace(b"pain", b"pian")).message == "is not a known column; did you mean 'pain'?"


# Broken rows


@pytest.mark.parametrize(
    ("broken", "part"),
    [
        (line_of("c-2", "x,y"), "has 7 cells under a header of 6"),
        (b"c-2,40\r\n", "has 2 cells under a header of 6"),
        (line_of("c-2", '"x" y'), 'has a quote (") inside a cell in quotes'),
        (line_of("c-2").replace(b"chronic", b"\xe9"), "CSV UTF-8"),
        (line_of("c-2").replace(b"chronic", b"chro\0nic"), "NUL"),
        (line_of("c-2", "x\ry"), "neither LF nor CR LF"),
        (line_of("c-2", "x" * 140_000), "has a cell of more than 131072 letters"),
        (line_of("c-2", "x" * MOST_BYTES), "longer than 1 MiB"),
    ],
    ids=["too many", "too few", "quote", "cp1252", "NUL", "CR", "long cell", "long line"],
)
def test_a_broken_row_is_told_with_its_line_and_the_rest_goes_on(broken: bytes, part: str) -> None:
    first, (line, told), last = seen(HEADER + line_of("c-1") + broken + line_of("c-3"))
    assert (first, last) == ((2, "c-1"), (4, "c-3"))
    assert line == 3
    assert part in told
    assert "left out" not in told


def test_a_row_in_a_wrong_encoding_ends_where_it_ends() -> None:
    content = HEADER + line_of("c-1", '"a\nc-9,40,chronic,neck,5,\nb"').replace(b"a", b"\xe4") + line_of("c-2")
    assert [line for line, _ in seen(content)] == [2, 5]


def test_a_quote_that_is_never_closed_says_which_lines_it_took() -> None:
    content = HEADER + line_of("c-1") + line_of("c-2", '"x') + line_of("c-3") * 3
    assert seen(content) == [(2, "c-1"), (3, 'opens a quote (") that is not closed anywhere; lines 3 to 6 are left out')]


def test_a_quote_that_another_row_closes_says_which_lines_it_took() -> None:
    content = HEADER + line_of("c-1", '"x') + line_of("c-2") + line_of("c-3", '"y"') + line_of("c-4")
    (line, told), last = seen(content)
    assert line == 2
    assert told.endswith("lines 2 to 4 are left out")
    assert last == (5, "c-4")


def test_an_unclosed_quote_in_a_long_list_takes_no_more_than_a_cell_may_hold() -> None:
    content = HEADER + line_of("c-1", '"x') + line_of("c-2", "y" * 60) * 5_000
    (line, told), *rest = seen(content)
    assert line == 2
    assert "or opens a quote" in told
    assert len(rest) > 3_000
    assert {client for _, client in rest} == {"c-2"}


def test_a_record_without_an_end_is_bounded() -> None:
    content = HEADER + b'"a\nb",' * 400_000
    assert "longer than 1 MiB" in seen(content)[0][1]


def test_problems_of_cells_and_of_meaning_are_told_together_in_the_order_of_the_columns() -> None:
    header = b"client,age,condition,regions,pain,onset,health.fever,booking.minutes\r\n"
    row = b"Mar-05,140,recent,lower-bak,11,21/11/2026,TRUE,5\r\n"
    (found,) = rows_of(header + row)
    with pytest.raises(Unreadable) as broken:
        intake_of(found, knowledge(), on=TODAY)
    assert [problem.path for problem in broken.value.problems] == header.decode().strip().split(",")
    assert {(problem.file, problem.line) for problem in broken.value.problems} == {("clients.csv", 2)}
    assert broken.value.problems[5].value == "21/11/2026"


# Whatever the bytes are


pieces = st.sampled_from(
    [b",", b";", b"\t", b'"', b"\r", b"\n", b"\r\n", b"\0", b"\xe9", b"\xef\xbb\xbf", b"sep=;", b"c-1", HEADER, line_of("c")]
)


@settings(max_examples=400)
@given(st.lists(st.binary(max_size=6) | pieces, max_size=12).map(b"".join), st.booleans())
def test_arbitrary_bytes_give_rows_or_an_explanation(content: bytes, headed: bool) -> None:
    try:
        rows = rows_of(HEADER * headed + content)
    except Unreadable as broken:
        assert all(problem.message for problem in broken.problems)
        return
    lines = [row.line for row in rows]
    assert lines == sorted(set(lines))
    for row in rows:
        try:
            assert table_of(row)["format"]
        except Unreadable as broken:
            assert all(problem.message and problem.line == row.line for problem in broken.problems)


@pytest.mark.parametrize("piece", [b'"', b",", b"\n", b'"\n', b'",\n', b"\r", b"\0", b"=", b"a;", b"\xe9\n"])
@pytest.mark.timeout(30)  # what grows with the square of the length would take hours
def test_a_mebibyte_of_anything_is_read_in_good_time(piece: bytes) -> None:
    content = HEADER + piece * (MOST_BYTES // len(piece))
    for row in rows_of(content):
        assert row.problems or isinstance(table_of(row), dict)
