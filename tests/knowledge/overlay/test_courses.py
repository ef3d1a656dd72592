"""Whether another course is at least as careful as a built-in one: each way in which it is not, and each limit that it may still reach."""

from typing import Any

import pytest
from msgspec.structs import replace

from massage_cli.knowledge.overlay.courses import course_loosenings, frail_minutes_problems, visits_in_window
from massage_cli.knowledge.protocols import Phase, Protocol, Upkeep
from tests.builders import knowledge


def numbers() -> Any:
    return knowledge().numbers.adaptation


def course(like: str, **changes: Any) -> Protocol:
    return replace(knowledge().protocol[like], **changes)


def looser(like: str, **changes: Any) -> list[tuple[str, str]]:
    """What a built-in course allows more with these changes."""
    return list(course_loosenings(course(like, **changes), course(like), numbers()))


def a_phase(like: str, place: int = 0, **changes: Any) -> Phase:
    phase = knowledge().protocol[like].phase[place]
    minutes = replace(phase.minutes, **{key: changes.pop(key) for key in ("min", "typical", "max") if key in changes})
    return replace(phase, minutes=minutes, **changes)


def with_first(like: str, **changes: Any) -> tuple[Phase, ...]:
    return (a_phase(like, **changes), *knowledge().protocol[like].phase[1:])


def upkeep(**changes: Any) -> Upkeep:
    return replace(knowledge().protocol["shoulder"].maintenance, **changes)


def test_a_course_is_as_careful_as_itself() -> None:
    for protocol in knowledge().protocols:
        assert list(course_loosenings(protocol, protocol, numbers())) == [], protocol.id


@pytest.mark.parametrize(
    ("like", "changes", "said"),
    [
        ("scar", {"needs_clearance": False}, [("needs-clearance", "has to be true, as in 'scar': this course waits for permission")]),
        (
            "scar",
            {"cleared_by": ("pregnancy", "surgery-wound-open", "fever")},
            [("cleared-by", "takes the clearance of pregnancy, fever for permission, which 'scar' does not; take it out")],
        ),
        ("scar", {"cleared_by": ()}, []),
        ("shoulder", {"cleared_by": ("pregnancy",)}, []),
        ("whiplash", {"pressure_max": 3}, [("pressure-max", "has to be 2 or less, as in 'whiplash'")]),
        ("whiplash", {"pressure_max": None}, [("pressure-max", "has to be 2 or less, as in 'whiplash'")]),
        ("whiplash", {"pressure_max": 1}, []),
        ("shoulder", {"pressure_max": 4}, []),
        (
            "whiplash",
            {"not_before_injury_day": 2},
            [("not-before-injury-day", "has to be 3 or more, as in 'whiplash': injured tissue rests until then")],
        ),
        ("whiplash", {"not_before_injury_day": 4}, []),
        (
            "whiplash",
            {"beyond_visit_cap": True},
            [("beyond-visit-cap", "has to be false, as in 'whiplash': the most visits in 90 days hold here")],
        ),
    ],
)
def test_permission_and_rest_are_kept(like: str, changes: dict[str, Any], said: list[tuple[str, str]]) -> None:
    assert looser(like, **changes) == said


def test_a_course_that_may_go_beyond_the_most_visits_may_in_place_of_one_that_may() -> None:
    beyond = course("whiplash", beyond_visit_cap=True)
    assert list(course_loosenings(beyond, beyond, numbers())) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"gap_days": (2, 5)}, [("phase", "has a gap of 2 days; the shortest may be 3 or more, as in 'shoulder'")]),
        (
            {"gap_days": (3,)},
            [("phase", "comes more often than 'shoulder'; its first phase may have gaps like 3-4 days, or longer ones")],
        ),
        ({"gap_days": (4, 3)}, []),
        ({"gap_days": (4,)}, []),
        ({"typical": 45}, []),
        ({"typical": 46}, [("phase", "has visits of 46 minutes; 45 at most, as in 'shoulder'")]),
    ],
)
def test_visits_come_no_closer_and_are_no_longer(changes: dict[str, Any], said: list[tuple[str, str]]) -> None:
    assert looser("shoulder", phase=with_first("shoulder", **changes)) == said


def test_visits_of_a_later_phase_come_no_closer_either() -> None:
    last = a_phase("shoulder", 1, gap_days=(2,), typical=60)
    assert looser("shoulder", phase=(knowledge().protocol["shoulder"].phase[0], last)) == [
        ("phase", "has a gap of 2 days; the shortest may be 3 or more, as in 'shoulder'"),
        ("phase", "has visits of 60 minutes; 45 at most, as in 'shoulder'"),
    ]


def test_the_longest_visit_of_any_phase_may_be_reached() -> None:
    old = course("shoulder", phase=(a_phase("shoulder"), a_phase("shoulder", 1, max=60)))
    new = course("shoulder", phase=with_first("shoulder", typical=60))
    assert list(course_loosenings(new, old, numbers())) == []


@pytest.mark.parametrize(
    ("total", "said"),
    [(11, []), (12, [("sessions-total", "12 visits are more than 'shoulder' ever has; 11 at most")])],
)
def test_a_course_has_no_more_visits_than_the_built_in_one_ever_has(total: int, said: list[tuple[str, str]]) -> None:
    assert looser("shoulder", sessions_total=total) == said


def test_no_more_visits_fall_in_90_days_than_may() -> None:
    crowded = course("shoulder", phase=with_first("shoulder", sessions=11))
    assert list(course_loosenings(crowded, course("shoulder"), numbers())) == [("phase", "has 13 visits in 90 days; 12 at most")]
    assert looser("shoulder", phase=with_first("shoulder", sessions=10)) == []
    assert looser("lymphedema") == []


@pytest.mark.parametrize(
    ("phases", "most"),
    [
        ([((7,), 3)], 3),
        ([((7,), 1)], 1),
        ([((90,), 3)], 1),
        ([((89,), 3)], 2),
        ([((3, 4), 4), ((30,), 3)], 6),
        ([((100,), 1), ((1,), 5)], 6),
        ([((7,), 0), ((3,), 2)], 3),
        ([((100,), 2), ((1,), 5)], 6),
        ([((45, 1), 4)], 3),
        ([((45, 60), 4)], 2),
        ([((44, 45), 3), ((60,), 2)], 3),
    ],
)
def test_visits_are_counted_in_any_90_days_each_where_its_gap_puts_it(phases: list[tuple[tuple[int, ...], int]], most: int) -> None:
    made = tuple(a_phase("shoulder", gap_days=gaps, sessions=sessions) for gaps, sessions in phases)
    assert visits_in_window(course("shoulder", phase=made)) == most


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"stop_after": 5}, [("stop-after", "5 is later than in 'whiplash'; without a gain the course stops after 4 or fewer")]),
        ({"stop_after": 3}, []),
        ({"review_visits": (4, 8)}, [("review-visits", "has review 2 later than 'whiplash'; at visit 7 or before")]),
        ({"review_visits": (4,)}, [("review-visits", "has review 2 later than 'whiplash'; at visit 7 or before")]),
        ({"review_visits": ()}, [("review-visits", "has review 1 later than 'whiplash'; at visit 4 or before")]),
        ({"review_visits": (3, 6, 8)}, []),
        ({"review_visits": (4,), "sessions_total": 7}, []),
        ({"review_visits": (5,), "sessions_total": 5}, [("review-visits", "has review 1 later than 'whiplash'; at visit 4 or before")]),
        ({"review_visits": (), "sessions_total": 4}, []),
    ],
)
def test_reviews_come_no_later(changes: dict[str, Any], said: list[tuple[str, str]]) -> None:
    assert looser("whiplash", **changes) == said


def test_no_phase_counts_as_upkeep_earlier() -> None:
    said = (
        "calls a phase upkeep (maintenance, training, steady, comfort) earlier than 'shoulder'; "
        "reviews ask for less there, so give it another name"
    )
    assert looser("shoulder", phase=(a_phase("shoulder"), a_phase("shoulder", 1, name="steady"))) == [("phase", said)]
    assert looser("shoulder", phase=with_first("shoulder", name="begin")) == []
    two = (a_phase("shoulder", sessions=4), a_phase("shoulder", 1, name="steady"))
    later = (a_phase("shoulder", sessions=5), a_phase("shoulder", 1, name="steady"))
    assert list(course_loosenings(course("shoulder", phase=later), course("shoulder", phase=two), numbers())) == []
    assert [key for key, _ in course_loosenings(course("shoulder", phase=two), course("shoulder", phase=later), numbers())] == ["phase"]


def test_all_visits_before_upkeep_count() -> None:
    def made(*sessions: int) -> Protocol:
        before = (a_phase("shoulder", sessions=each, name=f"part-{each}") for each in sessions)
        return course("shoulder", phase=(*before, a_phase("shoulder", 1, name="steady")))

    assert list(course_loosenings(made(4, 3), made(2, 4), numbers())) == []
    assert [key for key, _ in course_loosenings(made(2, 4), made(4, 3), numbers())] == ["phase"]


@pytest.mark.parametrize(
    ("like", "changes", "said"),
    [
        ("whiplash", {"offer": True}, [("maintenance.offer", "has to be false: the built-in course ends without upkeep")]),
        ("shoulder", {"interval_days": 29}, [("maintenance.interval-days", "29 is closer than the built-in 30; give 30 or more")]),
        ("shoulder", {"interval_days": 31}, []),
        ("shoulder", {"offer": False, "interval_days": 0}, []),
        ("shoulder", {"interval_days_range": (28, 41)}, [("maintenance.interval-days-range", "has to go up to 42 days or more")]),
        ("shoulder", {"interval_days_range": (1, 60)}, []),
        ("shoulder", {"interval_days_range": (0, 0)}, []),
        ("shoulder", {"interval_days_range": (0, 1)}, [("maintenance.interval-days-range", "has to go up to 42 days or more")]),
    ],
)
def test_upkeep_comes_no_closer(like: str, changes: dict[str, Any], said: list[tuple[str, str]]) -> None:
    assert looser(like, maintenance=replace(knowledge().protocol[like].maintenance, **changes)) == said


@pytest.mark.parametrize(("typical", "left"), [(13, 5), (15, 10), (19, 10), (20, 15)])
def test_the_frail_are_left_enough_minutes_for_a_session(typical: int, left: int) -> None:
    short = replace(knowledge(), protocols=(course("shoulder", phase=with_first("shoulder", typical=typical)),))
    said = [("protocols.toml", "protocol.shoulder.phase", f"phase initial leaves {left} minutes for the frail; a visit has 10 or more")]
    assert [(problem.file, problem.path, problem.message) for problem in frail_minutes_problems(short)] == (said if left < 10 else [])


@pytest.mark.parametrize(("percent", "left"), [(71, 5), (72, None)])
def test_of_the_minutes_of_the_frail_whole_ones_count(percent: int, left: int | None) -> None:
    known = knowledge().numbers
    made = replace(known, pressure=replace(known.pressure, frail_minutes_percent=percent))
    short = replace(knowledge(), numbers=made, protocols=(course("shoulder", phase=with_first("shoulder", typical=14)),))
    said = [f"phase initial leaves {left} minutes for the frail; a visit has 10 or more"]
    assert [problem.message for problem in frail_minutes_problems(short)] == ([] if left is None else said)
