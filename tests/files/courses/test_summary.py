"""A course summed up in figures."""

from datetime import date

import msgspec
import pytest

from massage_cli.files.courses.summary import Change, Summary, summary_of
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.vocabulary import VisitStatus
from tests.builders import knowledge
from tests.saved import a_document, applied, missed, visited

LATER = date(2026, 12, 31)


def summed_up(document: PlanDocument) -> Summary:
    return summary_of(document, knowledge(), today=LATER, called="ann.toml")


def test_a_course_is_summed_up_in_its_figures() -> None:
    document = visited(a_document(client="ann"), 6, measure="rmdq", score=12)
    document = missed(missed(document, 2), 3, status=VisitStatus.CANCELLED)
    summary = summed_up(visited(document, 3, 2, measure="rmdq", score=4))
    assert (summary.client, summary.on, summary.protocol) == ("ann", LATER, "Low back pain, chronic (12 weeks or more)")
    assert (summary.planned, summary.attended, summary.missed, summary.cancelled, summary.minutes) == (10, 3, 1, 1, 180)
    assert (summary.first, summary.last) == (date(2026, 11, 23), date(2026, 12, 21))
    assert (summary.pain, summary.class_) == (Change(name="pain", first=6, last=2, scores=3, class_="much-improved"), "much-improved")
    assert summary.function is not None
    assert (summary.function.first, summary.function.last, summary.function.class_) == (12, 4, "much-improved")
    assert summary.decision is None


def test_a_course_that_nobody_came_to_has_no_first_and_last_day() -> None:
    summary = summed_up(missed(a_document(), 1))
    assert (summary.attended, summary.minutes, summary.first, summary.last, summary.pain, summary.function) == (0, 0, *[None] * 4)
    assert summary.class_ == "unknown"


def test_the_last_decision_is_part_of_it() -> None:
    summary = summed_up(applied(visited(a_document(), 6, 1, 1)))
    assert summary.decision is not None
    assert (summary.decision.action, summary.planned, summary.attended) == ("discharge", 3, 3)


def test_eased_visits_count_with_their_shorter_time() -> None:
    eased = applied(visited(a_document(), 6, soreness_hours=60))
    assert summed_up(visited(eased, 5)).minutes == 60 + 45


def test_a_script_finds_the_class_under_its_own_name() -> None:
    table = msgspec.to_builtins(summed_up(visited(a_document(), 6, 3, 2)))
    assert (table["class"], table["pain"]["class"]) == ("much-improved", "much-improved")


def test_a_withheld_course_is_not_summed_up() -> None:
    with pytest.raises(Unreadable):
        summed_up(visited(a_document(), 5, health={"chest-pain": "yes"}))
