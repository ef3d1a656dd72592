"""The sentences of plans: those of planning.md, in its order."""

import re
from datetime import date
from pathlib import Path

import pytest

from massage_cli import planning
from massage_cli.knowledge.check_claims import claims_in
from massage_cli.knowledge.vocabulary import Certainty, Direction
from massage_cli.planning import texts
from massage_cli.planning.texts import PlanWarning, in_order
from tests.builders import knowledge

SPECIFICATION = Path(planning.__file__).with_name("planning.md").read_text(encoding="utf-8")
IN_TABLE = re.findall(r"^\| `([a-z-]+)` \|", SPECIFICATION.partition("## 9. Warnings")[2].partition("## 10.")[0], re.MULTILINE)
ABOUT_ONE_CANDIDATE = {f"technique-{what}" for what in ("excluded", "prenatal", "untrained", "region", "pressure", "minutes")}

D, N = date(2026, 11, 30), date(2026, 12, 14)
EXAMPLES: dict[str, tuple[PlanWarning, str]] = {
    "chronic-recent": (
        texts.chronic_recent(30, under_days=42),
        "Called chronic, but it began 30 days ago; under 6 weeks is acute.",
    ),
    "acute-old": (texts.acute_old(100, over_days=90), "Called acute, but it began 100 days ago; over 3 months is chronic."),
    "maintenance-pain": (
        texts.maintenance_pain(8),
        "Called maintenance, but pain is 8 of 10; a treatment course may fit better.",
    ),
    "general-protocol": (
        texts.general_protocol("Jaw pain", "injury-recovery"),
        "Jaw pain: no protocol of its own for injury recovery; the general one is used.",
    ),
    "pressure-fresh": (texts.pressure_fresh(2, N), "Pressure 2 at most until 2026-12-14; judge again then."),
    "pressure-first-visit": (
        texts.pressure_first_visit(3, 4),
        "Pressure 3 at most, this being the first visit; up to 4 later.",
    ),
    "region-avoided": (texts.region_avoided(["left-lower-leg", "neck"]), "Not treated: left lower leg, neck."),
    "technique-drainage": (
        texts.technique_drainage("Thai"),
        "Thai is left out: strong work and lymphatic drainage do not share a region.",
    ),
    "technique-outranked": (texts.technique_outranked("Thai"), "Thai was asked for and is left out: others rank higher."),
    "technique-short": (texts.technique_short("Thai", 5), "Thai is left out: its share would be under 5 minutes."),
    "region-uncovered": (texts.region_uncovered(["left-foot"]), "No chosen technique works on: left foot."),
    "no-carrier": (texts.no_carrier(), "No broad technique is in the plan; warm up and finish with light strokes."),
    "first-visit-short": (
        texts.first_visit_short(15, 5),
        "The first visit needs 15 minutes more for questions and tests; 5 fit.",
    ),
    "minutes-short": (texts.minutes_short("initial", 40, 45), "Phase initial: 40 minutes a visit; the protocol rests on 45 or more."),
    "sessions-cut": (texts.sessions_cut(5, 10), "5 of 10 visits are planned; no more are paid for."),
    "sessions-few": (texts.sessions_few(6), "The plan ends before visit 6, when a gain can be judged."),
    "start-past": (texts.start_past(D, N), "The start day 2026-11-30 has passed; days count from 2026-12-14."),
    "start-delayed": (texts.start_delayed(N, 3), "No visit before 2026-12-14: injured tissue rests until day 3."),
    "gaps-widened": (
        texts.gaps_widened("initial", 1, (7,), (3, 4)),
        "Phase initial: 1 a week at most, so every 7 days instead of 3-4.",
    ),
    "course-thin": (texts.course_thin(90, 45), "The course takes 90 days instead of 45; that is thinner than the evidence."),
}


@pytest.mark.parametrize("warning_id", EXAMPLES)
def test_a_warning_is_worded_as_in_the_text(warning_id: str) -> None:
    warning, text = EXAMPLES[warning_id]
    assert warning == PlanWarning(id=warning_id, text=text)


def test_every_warning_of_the_text_has_its_example() -> None:
    assert set(IN_TABLE) == set(EXAMPLES) | ABOUT_ONE_CANDIDATE


def test_warnings_come_in_the_order_of_the_text() -> None:
    backwards = [PlanWarning(id=warning_id, text="") for warning_id in reversed(IN_TABLE) if warning_id not in ABOUT_ONE_CANDIDATE]
    assert [warning.id for warning in in_order(backwards)] == [name for name in IN_TABLE if name not in ABOUT_ONE_CANDIDATE]


def test_what_is_said_of_single_candidates_keeps_their_order() -> None:
    said = [PlanWarning(id=warning_id, text="") for warning_id in sorted(ABOUT_ONE_CANDIDATE)]
    around = [texts.no_carrier(), *said, texts.region_avoided(["neck"])]
    assert [warning.id for warning in in_order(around)] == ["region-avoided", *sorted(ABOUT_ONE_CANDIDATE), "no-carrier"]


@pytest.mark.parametrize(
    ("asked_for", "text"),
    [(True, "Thai was asked for and is left out: it needs 30 minutes."), (False, "Thai is left out: it needs 30 minutes.")],
)
def test_a_technique_that_was_asked_for_is_left_out_by_name(asked_for: bool, text: str) -> None:
    assert texts.technique_left_out("technique-minutes", "Thai", asked_for=asked_for, why="it needs 30 minutes").text == text


@pytest.mark.parametrize(
    ("certainty", "direction", "words"),
    [
        (Certainty.HIGH, Direction.BENEFIT, "High certainty of benefit"),
        (Certainty.MODERATE, Direction.MIXED, "Moderate certainty with mixed results"),
        (Certainty.VERY_LOW, Direction.UNCLEAR, "Very low certainty and unclear"),
        (Certainty.LOW, Direction.NONE, "Low certainty of no effect"),
        (Certainty.NONE, Direction.BENEFIT, "No direct evidence for this protocol"),
    ],
)
def test_evidence_is_said_with_its_certainty_and_direction(certainty: Certainty, direction: Direction, words: str) -> None:
    assert texts.evidence_words(certainty, direction) == words


@pytest.mark.parametrize(
    ("goal", "fit", "words"),
    [
        ("pain-relief", 2, "fits pain relief well"),
        ("mobility", 1, "fits mobility partly"),
        ("mobility", 0, "fits none of the goals"),
        (None, 0, "no goal named"),
    ],
)
def test_the_fit_to_the_goals_is_said(goal: str | None, fit: int, words: str) -> None:
    assert texts.goal_words(goal, fit) == words


def test_no_sentence_makes_a_claim() -> None:
    words = [text for _, text in EXAMPLES.values()]
    words += [texts.evidence_words(certainty, direction) for certainty in Certainty for direction in Direction]
    words += [texts.region_words(covers_all=True), texts.region_words(covers_all=False)]
    assert [claim for text in words for claim in claims_in(text, knowledge())] == []


@pytest.mark.parametrize(("number", "expected"), [(0, "0 visits"), (1, "1 visit"), (2, "2 visits")])
def test_a_count_agrees_with_its_noun(number: int, expected: str) -> None:
    assert texts.counted(number, "visit") == expected


def test_a_plural_that_is_no_s_is_given() -> None:
    assert texts.counted(2, "visit attended", "visits attended") == "2 visits attended"
