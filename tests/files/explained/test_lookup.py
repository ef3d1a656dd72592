"""One thing that is asked about: what is found under its name, in the plan or not."""

import pytest

from massage_cli.files.explained.lookup import about
from massage_cli.files.explained.report import Explained, explain
from massage_cli.knowledge.problems import Unreadable
from massage_cli.planning.explaining.explanation import Explanation
from tests.builders import knowledge
from tests.worked import plan_of


@pytest.fixture(scope="module")
def explained() -> Explained:
    return explain(plan_of("blood-thinner"), knowledge(), called="plan")


@pytest.mark.parametrize(
    ("asked", "path", "because"),
    [
        ("anticoagulant", "screening.findings[1]", "It holds when 'anticoagulant' is yes."),
        ("swedish", "techniques[0]", "It ranks 1 of 1."),
        ("cupping", "techniques", "Cupping was asked for and is left out: screening excludes it (anticoagulant)."),
        ("reflexology", "techniques", "nobody asked for it"),
        ("low-back-chronic", "protocol", "It is the protocol of 'Low back pain'"),
        ("rmdq", "measures[0]", "is followed with it"),
        ("technique-excluded", "warnings[2]", "was lost"),
        ("3", "sessions[2]", "7 days after the visit before: an open day."),
        ("2026-12-07", "sessions[2]", "7 days after the visit before: an open day."),
        ("2026-12-08", "sessions", "It is open, and no visit is meant for it."),
        ("2026-12-12", "sessions", "Weekday not worked."),
        ("initial", "phases[0]", "The protocol has 8 visits of this phase."),
        ("techniques[0].pressure", "techniques[0].pressure", "the screening caps it (anticoagulant)"),
        ("pressure-max", "screening.pressure-max", "Blood thinner"),
        ("intake.age", "intake.age", "As the client told it."),
        ("edition", "edition", "The edition of the knowledge"),
        ("fever", "screening.findings", "Not found: it would take that 'fever' is yes"),
        ("chest-pain", "intake.health.everything-else", "The rules that ask for it: heart-attack-signs"),
        ("pregnancy-lbp", "protocol", "this plan follows low-back-chronic"),
        ("hit6", "measures", "not among the measures"),
    ],
)
def test_a_name_finds_what_it_is_about(explained: Explained, asked: str, path: str, because: str) -> None:
    first: Explanation = about(explained, asked)[0]
    assert (first.path, because in " ".join(first.because)) == (path, True), first


def test_the_beginning_of_a_key_finds_all_below_it(explained: Explained) -> None:
    assert {one.path.partition("[")[0] for one in about(explained, "sessions")} == {"sessions"}
    assert len(about(explained, "sessions")) == 10 * 6


def test_what_rests_on_a_rule_is_told_with_it(explained: Explained) -> None:
    paths = [one.path for one in about(explained, "anticoagulant")]
    assert {"outcome", "screening.pressure-max", "techniques"} <= set(paths)


@pytest.mark.parametrize(
    ("asked", "near"),
    [("anticoagulent", "'anticoagulant'"), ("swedisch", "'swedish'"), ("presure-max", "'pressure-max'"), ("rmqd", "'rmdq'")],
)
def test_an_unknown_name_is_refused_with_near_ones(explained: Explained, asked: str, near: str) -> None:
    with pytest.raises(Unreadable) as broken:
        about(explained, asked)
    (problem,) = broken.value.problems
    assert near in problem.message.partition("did you mean")[2]


@pytest.mark.parametrize("asked", ["", "zzzzz", "2026-13-45", "2031-01-01", "99", "[", "techniques[7]", "\x1b[31m"])
def test_what_is_nothing_is_refused(explained: Explained, asked: str) -> None:
    with pytest.raises(Unreadable) as broken:
        about(explained, asked)
    assert "is no rule, technique" in broken.value.problems[0].message


def test_a_technique_of_a_withheld_plan_was_not_chosen() -> None:
    (one,) = about(explain(plan_of("chest-pain"), knowledge(), called="plan"), "swedish")
    assert one.because == ("The plan is withheld, so no technique was chosen.",)
