"""What criteria, groups and counts come to (screening.md 6)."""

from typing import Any

import pytest

from massage_cli.knowledge.facts import Criterion
from massage_cli.planning.criteria import Known, State, Truth, count, judge, judge_group, judge_when
from tests.builders import knowledge

BODY = knowledge().body
TRUE, UNSURE, MISSING, FALSE = Truth.TRUE, Truth.UNSURE, Truth.MISSING, Truth.FALSE
WORDS: dict[str, Any] = {"is_": "yes", "in_": ("yes",), "at_least": 1, "at_most": 1, "includes_any": ("yes",)}


def judged(value: Known, *, fact: str = "fever", **test: Any) -> Truth:
    return judge(Criterion(fact=fact, **test), value, BODY)


@pytest.mark.parametrize("test", WORDS)
@pytest.mark.parametrize(
    ("known", "truth"),
    [(State.UNSURE, UNSURE), (State.UNANSWERED, MISSING), (State.NOT_KNOWN, FALSE), (State.NOT_ASKED, FALSE)],
)
def test_a_test_of_a_value_that_is_not_there(test: str, known: State, truth: Truth) -> None:
    assert judged(known, **{test: WORDS[test]}) is truth


@pytest.mark.parametrize(
    ("known", "truth"),
    [(State.UNSURE, UNSURE), (State.UNANSWERED, MISSING), (State.NOT_KNOWN, TRUE), (State.NOT_ASKED, TRUE), ("no", TRUE), ("yes", FALSE)],
)
def test_is_not_holds_for_what_is_not_known(known: Known, truth: Truth) -> None:
    assert judged(known, is_not="yes") is truth


@pytest.mark.parametrize(
    ("known", "is_known", "truth"),
    [
        (5, True, TRUE),
        (5, False, FALSE),
        (State.UNSURE, True, FALSE),
        (State.UNSURE, False, TRUE),
        (State.UNANSWERED, True, MISSING),
        (State.UNANSWERED, False, MISSING),
        (State.NOT_KNOWN, True, FALSE),
        (State.NOT_KNOWN, False, TRUE),
        (State.NOT_ASKED, True, FALSE),
        (State.NOT_ASKED, False, TRUE),
    ],
)
def test_known_is_never_unsure(known: Known, is_known: bool, truth: Truth) -> None:
    assert judged(known, known=is_known) is truth


@pytest.mark.parametrize(
    ("known", "test", "truth"),
    [
        ("yes", {"is_": "yes"}, TRUE),
        ("no", {"is_": "yes"}, FALSE),
        ("minor", {"in_": ("minor", "major")}, TRUE),
        ("minor", {"in_": ("major",)}, FALSE),
        (160, {"at_least": 160}, TRUE),
        (159, {"at_least": 160}, FALSE),
        (160, {"at_most": 160}, TRUE),
        (161, {"at_most": 160}, FALSE),
        (0, {"at_most": 0}, TRUE),
        (1, {"at_most": 0}, FALSE),
        (38.0, {"at_least": 38}, TRUE),
        (("swelling", "mobility"), {"includes_any": ("mobility",)}, TRUE),
        (("swelling",), {"includes_any": ("mobility",)}, FALSE),
    ],
)
def test_a_value_is_compared(known: Known, test: dict[str, Any], truth: Truth) -> None:
    assert judged(known, **test) is truth


def test_a_region_without_a_side_is_met_by_either_side() -> None:
    assert judged(("left-knee",), fact="regions", includes_any=("knee",)) is TRUE
    assert judged(("left-knee",), fact="regions", includes_any=("ankle",)) is FALSE


@pytest.mark.parametrize(
    ("known", "test"),
    [
        ("yes", {"at_least": 5}),
        (("yes",), {"at_least": 5}),
        ("yes", {"at_most": 5}),
        ("yes", {"includes_any": ("yes",)}),
        (5, {"is_": "yes"}),
    ],
)
def test_a_criterion_without_a_test_for_its_kind_of_value_is_a_mistake(known: Known, test: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=r"^the criterion on fever has no test for this kind of value$"):
        judged(known, **test)


def group(*truths: Truth) -> tuple[Criterion, ...]:
    return tuple(Criterion(fact=truth.name) for truth in truths)


def of_name(criterion: Criterion) -> Truth:
    return Truth[criterion.fact or ""]


@pytest.mark.parametrize(
    ("truths", "result"),
    [
        ((), TRUE),
        ((TRUE, TRUE), TRUE),
        ((TRUE, UNSURE), UNSURE),
        ((UNSURE, MISSING), MISSING),
        ((MISSING, UNSURE), MISSING),
        ((MISSING, UNSURE, FALSE), FALSE),
        ((FALSE, TRUE), FALSE),
    ],
)
def test_a_group_holds_when_every_criterion_does(truths: tuple[Truth, ...], result: Truth) -> None:
    assert judge_group(group(*truths), of_name) is result


@pytest.mark.parametrize(
    ("groups", "result"),
    [
        ((), FALSE),
        (((FALSE,), (TRUE,)), TRUE),
        (((UNSURE,), (MISSING,)), UNSURE),
        (((MISSING,), (UNSURE,)), UNSURE),
        (((MISSING,), (FALSE,)), MISSING),
        (((FALSE,),), FALSE),
        (((FALSE,), ()), TRUE),
    ],
)
def test_a_rule_holds_when_one_group_does(groups: tuple[tuple[Truth, ...], ...], result: Truth) -> None:
    assert judge_when([group(*truths) for truths in groups], of_name) is result


@pytest.mark.parametrize(
    ("truths", "result"),
    [
        ((TRUE, TRUE, FALSE), TRUE),
        ((TRUE, UNSURE, FALSE), UNSURE),
        ((TRUE, MISSING, FALSE), MISSING),
        ((UNSURE, MISSING, FALSE), MISSING),
        ((TRUE, FALSE, FALSE), FALSE),
    ],
)
def test_findings_are_counted_certain_ones_first(truths: tuple[Truth, ...], result: Truth) -> None:
    results = {str(place): truth for place, truth in enumerate(truths)}
    assert count(Criterion(findings=tuple(results), at_least=2), results) is result


def test_a_rule_without_a_result_counts_as_not_found() -> None:
    assert count(Criterion(findings=("a", "b"), at_least=1), {"a": FALSE}) is FALSE


def test_what_may_make_a_rule_hold_is_greater() -> None:
    assert FALSE < MISSING < UNSURE < TRUE
