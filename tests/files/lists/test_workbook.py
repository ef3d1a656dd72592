"""Workbooks made safe: bounded, with one sheet, and with nothing broken that could pass for a blank."""

import contextlib
import io
import tracemalloc
import zipfile

import openpyxl
import pytest

from massage_cli.files.lists.workbook import MOST_UNPACKED, _refuse_far_cells, first_sheet_alone
from massage_cli.files.reading import MOST_BYTES
from massage_cli.knowledge.problems import Problem, Unreadable

SHEET = "xl/worksheets/sheet1.xml"


def a_workbook(**cells: object) -> bytes:
    """A workbook with two sheets and some cells on the first."""
    book = openpyxl.Workbook()
    for place, value in {"A1": "client", **cells}.items():
        book.worksheets[0][place] = value
    book.create_sheet("Second")["A1"] = "a secret"
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def changed(workbook: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with some text of one part changed; the test fails when the text is not there."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == part:
                assert old in content
                content = content.replace(old, new, 1)
            after.writestr(entry.filename, content)
    return packed.getvalue()


def parts_of(workbook: bytes) -> dict[str, bytes]:
    """What is left of a workbook, by part."""
    with zipfile.ZipFile(first_sheet_alone(io.BytesIO(workbook), "list.xlsx")) as safe:
        return {name: safe.read(name) for name in safe.namelist()}


def refusal(workbook: bytes) -> Problem:
    with pytest.raises(Unreadable) as broken:
        first_sheet_alone(io.BytesIO(workbook), "list.xlsx")
    (problem,) = broken.value.problems
    assert problem.file == "list.xlsx"
    return problem


def test_the_first_sheet_is_kept_and_the_others_are_not() -> None:
    parts = parts_of(a_workbook())
    assert b"client" in parts[SHEET] or b"client" in parts["xl/sharedStrings.xml"]
    assert [name for name in parts if name.startswith("xl/worksheets/")] == [SHEET]


def test_the_first_sheet_is_the_first_in_the_workbook_whatever_its_file_is_called() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Front", 0)["A1"] = 7
    packed = io.BytesIO()
    book.save(packed)
    workbook = packed.getvalue()
    workbook = changed(workbook, "xl/workbook.xml", b'r:id="rId1"', b'r:id="rId0"')
    workbook = changed(workbook, "xl/workbook.xml", b'r:id="rId2"', b'r:id="rId1"')
    workbook = changed(workbook, "xl/workbook.xml", b'r:id="rId0"', b'r:id="rId2"')
    assert [name for name in parts_of(workbook) if name.startswith("xl/worksheets/")] == ["xl/worksheets/sheet2.xml"]


def test_of_an_archive_that_unpacks_to_too_much_no_more_is_unpacked_than_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = changed(a_workbook(), SHEET, b"<sheetData", b" " * (2 * MOST_UNPACKED) + b"<sheetData")
    unpacked, read = [], zipfile.ZipExtFile.read

    def noted(part: zipfile.ZipExtFile, most: int = -1) -> bytes:
        unpacked.append(len(content := read(part, most)))
        return content

    assert len(bomb) < MOST_UNPACKED / 100
    monkeypatch.setattr(zipfile.ZipExtFile, "read", noted)
    assert refusal(bomb).message == "unpacks to more than 64 MiB; save the sheet as CSV UTF-8"
    assert sum(unpacked) <= MOST_UNPACKED + 1


def test_pictures_are_passed_by() -> None:
    packed = io.BytesIO(a_workbook())
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("xl/media/image1.png", b"x" * 1000)
    assert "xl/media/image1.png" not in parts_of(packed.getvalue())


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576" + "0", "ZZZZZZ9", "BZZ3000"])
def test_a_stray_cell_far_out_is_refused_because_reading_it_would_end_the_program(place: str) -> None:
    far = changed(a_workbook(B2="x"), SHEET, b'r="B2"', f'r="{place}"'.encode())
    assert "delete the stray cells far out" in refusal(far).message


def test_a_row_far_down_counts_by_the_width_of_the_sheet() -> None:
    far = changed(a_workbook(J1="x", B2="x"), SHEET, b'<row r="2"', b'<row r="1048576"')
    assert "reaches over 1048576 rows and 10 columns" in refusal(far).message


def test_a_formula_that_was_never_worked_out_is_refused_with_its_place() -> None:
    problem = refusal(a_workbook(B2="=A1"))
    assert problem.path == "B2"
    assert problem.message == "cell B2 has a formula that was never worked out; copy the cells and paste them as values"


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="B2"><f>A1</f><v>5</v></c>',
        b'<c r="B2" t="str"><f>IF(A1=1,"",2)</f><v></v></c>',
        b'<c r="B2" s="1" t="str"><f>A1</f><v>x</v></c>',
        b'<c r="B2" s="1"/>',
        b'<c r="B2"><v/></c>',
    ],
)
def test_a_formula_that_was_worked_out_and_a_blank_are_kept(cell: bytes) -> None:
    workbook = changed(a_workbook(C3=1), SHEET, b"</sheetData>", b'<row r="9">' + cell + b"</row></sheetData>")
    assert cell in parts_of(workbook)[SHEET]


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="B2"><f>A1</f></c>',
        b'<c s="1" r="B2"><f t="shared" si="0"/><v></v></c>',
        b'<c r="B2" t="n"><f>A1&amp;B1</f>\n<v /></c>',
        b"<x:c r='B2'><x:f>A1</x:f><x:v/></x:c>",
    ],
)
def test_every_form_of_a_formula_without_a_value_is_seen(cell: bytes) -> None:
    workbook = changed(a_workbook(C3=1), SHEET, b"</sheetData>", b'<row r="9">' + cell + b"</row></sheetData>")
    assert refusal(workbook).path == "B2"


def test_an_error_becomes_a_text_so_that_it_is_not_read_as_a_blank() -> None:
    workbook = changed(a_workbook(B2=1), SHEET, b'<c r="B2" t="n"><v>1</v>', b'<c r="B2" t="e"><v>#N/A</v>')
    assert b'<c r="B2" t="str"><v>#N/A</v>' in parts_of(workbook)[SHEET]


@pytest.mark.parametrize(
    "content", [b"", b"client,age\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 200, a_workbook()[:-30], a_workbook()[:300]]
)
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    assert "is not an Excel workbook that can be read" in refusal(content).message


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET])
def test_a_workbook_without_a_part_it_needs_is_refused(part: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(a_workbook())) as before, zipfile.ZipFile(packed, "w") as after:
        for entry in before.infolist():
            if entry.filename != part:
                after.writestr(entry.filename, before.read(entry))
    assert "is not an Excel workbook that can be read" in refusal(packed.getvalue()).message


@pytest.mark.parametrize(
    ("first", "piece"),
    [
        *((b"", piece) for piece in (b"<c ", b'<c r="', b"<c r r ", b'<c t="', b' r="', b" r='A1'", b"<c r='A1'><f>", b"<c r='A1'><f/>")),
        *((b"<c ", piece) for piece in (b"r='A1' ", b"t='' ", b"r=", b" ", b"t", b"<f ")),
        *((b"<c r='A1'><f/>", piece) for piece in (b" ", b"<v>", b"<v/>", b"x")),
        *((b"<c r='A1'>", piece) for piece in (b" ", b"<f ", b"<f/")),
    ],
)
@pytest.mark.timeout(30)  # what grows with the square of the length would take hours
def test_a_mebibyte_of_anything_in_a_sheet_is_looked_through_in_good_time(first: bytes, piece: bytes) -> None:
    hostile = changed(a_workbook(), SHEET, b"<sheetData>", b"<sheetData>" + first + piece * (MOST_BYTES // len(piece)))
    assert b"<sheetData>" in parts_of(hostile)[SHEET]


@pytest.mark.parametrize(
    ("part", "before", "piece"),
    [
        *(("xl/workbook.xml", b"<sheets>", piece) for piece in (b"<sheet ", b"<sheet id=", b"<sheet id='", b"sheet ")),
        *(
            ("xl/_rels/workbook.xml.rels", b"<Relationship ", piece)
            for piece in (b"<Relationship ", b"<Relationship Id=", b"<Relationship Target='", b"<Relationship Id='a' ")
        ),
    ],
)
@pytest.mark.timeout(30)
def test_a_mebibyte_of_anything_in_the_list_of_sheets_is_looked_through_in_good_time(part: str, before: bytes, piece: bytes) -> None:
    hostile = changed(a_workbook(), part, before, piece * (MOST_BYTES // len(piece)) + before)
    with contextlib.suppress(Unreadable):
        assert SHEET in parts_of(hostile)


def test_a_sheet_full_of_places_takes_no_memory_for_each() -> None:
    sheet = b" r='A1'" * 50_000
    tracemalloc.start()
    try:
        _refuse_far_cells(sheet, "list.xlsx")
        assert tracemalloc.get_traced_memory()[1] < len(sheet)
    finally:
        tracemalloc.stop()
