"""The header of a list: each column known, once, and none missing."""

import pytest

from massage_cli.files.lists.csv_header import column_letters, csv_columns, read_header
from massage_cli.knowledge.problems import Problem, Unreadable
from tests.builders import knowledge

NEEDED = ("client", "age", "condition", "regions")


def columns(*cells: str) -> tuple[str, ...]:
    return read_header(cells, "clients.csv", 1, knowledge())


def problems(*cells: str) -> tuple[Problem, ...]:
    with pytest.raises(Unreadable) as broken:
        read_header(cells, "clients.csv", 3, knowledge())
    assert {(problem.file, problem.line) for problem in broken.value.problems} == {("clients.csv", 3)}
    return broken.value.problems


def test_the_columns_of_the_template_are_a_header() -> None:
    assert columns(*csv_columns(knowledge())) == csv_columns(knowledge())


def test_what_no_intake_can_do_without_is_enough() -> None:
    assert columns(*NEEDED) == NEEDED


def test_capitals_and_blanks_round_a_name_mean_nothing() -> None:
    assert columns(" Client", "AGE\u00a0", "condition\t", "\ufeffregions", "Health.Fever") == (*NEEDED, "health.fever")


def test_a_column_without_a_name_is_kept_in_its_place() -> None:
    assert columns("client", "", "age", "condition", "regions", " ", "") == ("client", "", "age", "condition", "regions", "", "")


@pytest.mark.parametrize("missing", NEEDED)
def test_a_column_that_is_missing_is_told(missing: str) -> None:
    (problem,) = problems(*(column for column in NEEDED if column != missing))
    assert problem.path == missing
    assert problem.message == "is missing: the header has no such column; all there are: massage template --format csv"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("goal", "goals"), ("first_visit", "first-visit"), ("health.fevre", "health.fever"), ("booking.min", "booking.minutes")],
)
def test_an_unknown_column_is_told_with_the_nearest(wrong: str, right: str) -> None:
    (problem,) = problems(*NEEDED, wrong)
    assert (problem.path, problem.message) == (wrong, f"is not a known column; did you mean '{right}'?")


def test_the_tables_themselves_are_no_columns() -> None:
    assert [problem.path for problem in problems(*NEEDED, "health", "booking")] == ["health", "booking"]


def test_a_column_that_stands_twice_is_told_with_both_places() -> None:
    (problem,) = problems(*NEEDED, "pain", "onset", "Pain")
    assert (problem.path, problem.message) == ("pain", "stands twice, in columns E and G; keep one")


def test_every_problem_is_told_at_once() -> None:
    assert [problem.path for problem in problems("age", "age", "agee", "regions")] == ["agee", "age", "client", "condition"]


def test_a_header_of_thousands_of_unknown_columns_is_refused_in_good_time() -> None:
    assert len(problems(*NEEDED, *(f"column-{number}" for number in range(5000)))) == 5000


def test_columns_are_called_as_a_spreadsheet_calls_them() -> None:
    assert [column_letters(index) for index in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
