"""Every kind of document is made where the outcome allows it, and refused with what is possible where it does not."""

from datetime import date

import pytest

from massage_cli.documents.kinds import KINDS, DocumentKind
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.vocabulary import Action
from massage_cli.terminal.app import ExportTo
from tests.documents.made import a_document, decided, made
from tests.worked import NAMES, plan_of

ALLOWED = [(kind, name) for kind in DocumentKind for name in NAMES if plan_of(name).outcome in KINDS[kind].of]
REFUSED = [(kind, name) for kind in DocumentKind for name in NAMES if plan_of(name).outcome not in KINDS[kind].of]


def test_every_kind_is_described_and_can_be_asked_for() -> None:
    assert set(KINDS) == set(DocumentKind)
    assert [kind.value for kind in ExportTo] == [kind.value for kind in DocumentKind]


@pytest.mark.parametrize(("kind", "name"), ALLOWED)
def test_a_document_is_made_where_the_outcome_allows_it(kind: DocumentKind, name: str) -> None:
    assert made(kind, plan_of(name))


@pytest.mark.parametrize(("kind", "name"), REFUSED)
def test_a_document_is_refused_with_the_possible_kinds_named(kind: DocumentKind, name: str) -> None:
    with pytest.raises(Unreadable) as refused:
        made(kind, plan_of(name))
    (problem,) = refused.value.problems
    possible = [other for other in DocumentKind if (other, name) in ALLOWED]
    assert problem.file == "plan.toml"
    assert problem.message.endswith(f"Possible: {', '.join(possible)}")
    assert str(plan_of(name).outcome) in problem.message


def test_a_stopped_course_is_given_no_schedule() -> None:
    stopped = decided(a_document(), Action.STOP_REFER, date(2026, 12, 1))
    for kind in ("ics", "csv", "markdown"):
        with pytest.raises(Unreadable, match="1 problems") as refused:
            made(kind, stopped)
        assert "stopped at its review" in refused.value.problems[0].message
