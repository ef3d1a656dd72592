"""The lines in which two texts differ."""

from massage_cli.files.checking.differing_lines import Line, differing_lines


def test_equal_texts_have_none() -> None:
    assert differing_lines("a\nb", "a\nb") == ()


def test_a_line_that_was_changed_stands_beside_how_it_was_made() -> None:
    assert differing_lines("a\nx\nc", "a\nb\nc") == (Line(number=2, found="x", made="b"),)


def test_lines_that_came_and_went_have_nothing_on_the_other_side() -> None:
    assert differing_lines("a\nx\nb\nc", "a\nb\nc\nd") == (
        Line(number=2, found="x", made=None),
        Line(number=5, found=None, made="d"),
    )


def test_texts_with_thousands_of_differences_are_held_against_each_other_line_by_line() -> None:
    found = differing_lines("\n".join(map(str, range(50_000))), "\n".join(f"{number}!" for number in range(50_000)))
    assert len(found) == 50_000
    assert found[1] == Line(number=2, found="1", made="1!")
