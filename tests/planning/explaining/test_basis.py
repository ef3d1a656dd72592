"""From a finding back to the answers, and on to what would lift it."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from massage_cli.knowledge.vocabulary import Category, LiftedBy
from massage_cli.planning.explaining.basis import Basis, reply_words
from massage_cli.planning.explaining.explanation import Told, origins
from massage_cli.planning.intake import Clearance, Placed
from tests.builders import TODAY, a_screening, an_intake, knowledge


def a_basis(**changes: Any) -> Basis:
    return Basis(intake=an_intake(**changes), on=TODAY, screening=a_screening(**changes), knowledge=knowledge(), said_at={})


def told(rule: str, **changes: Any) -> tuple[Told, ...]:
    return a_basis(**changes).why_found(knowledge().rule[rule])[1]


def test_a_finding_goes_back_to_the_answers_it_holds_by() -> None:
    places = {"varicose-veins": {"answer": "yes", "regions": ["left-thigh"]}, "varicose-veins-severity": "severe"}
    found = told("varicose-veins-severe", health=places)
    assert [(one.path, one.said) for one in found] == [
        ("intake.health.varicose-veins", "yes (left thigh)"),
        ("intake.health.varicose-veins-severity", "severe"),
    ]


def test_a_finding_by_age_goes_back_to_the_age() -> None:
    assert [(one.path, one.said) for one in told("older-adult", age=70)] == [("intake.age", "70")]


def test_a_finding_that_counts_others_goes_back_to_all_their_answers() -> None:
    stack = {"osteoporosis": "yes", "long-term-steroids": "yes", "anticoagulant": "yes"}
    assert {f"intake.health.{fact}" for fact in stack} <= {one.path for one in told("fragility-stack", health=stack)}


def test_unsure_counts_as_yes_and_says_so() -> None:
    sentences, answers = a_basis(health={"anticoagulant": "unsure"}).why_found(knowledge().rule["anticoagulant"])
    assert "unsure counts as yes" in " ".join(sentences)
    assert answers[0].said == "unsure"


def test_a_rule_that_is_not_found_says_what_it_would_take() -> None:
    sentences, answers = a_basis().why_not_found(knowledge().rule["anticoagulant"])
    assert sentences == ("Not found: it would take that 'anticoagulant' is yes.",)
    assert (answers[0].path, answers[0].said) == ("intake.health.everything-else", "no, with everything else")


def test_a_question_that_nobody_answered_is_told_as_that() -> None:
    one = a_basis(health=None).told("anticoagulant")
    assert (one.path, one.said) == ("intake.health.anticoagulant", "not answered")


def test_a_rule_that_always_stands_rests_on_no_answer() -> None:
    assert a_basis().why_found(knowledge().rule["always-caution-sites"]) == (("It holds for everybody.",), ())


@pytest.mark.parametrize("certain", [True, False])
def test_no_note_is_ever_offered_for_a_danger(certain: bool) -> None:
    for rule in knowledge().rules:
        words = a_basis().lifted_by(rule, certain=certain, cleared=False)
        if rule.category in ("red-flag", "absolute"):
            assert words.startswith("No note ")
            assert "[[clearances]]" not in words
        elif rule.clearance == "lifts-stop":
            assert words.startswith("Only a real agreement")


def test_a_lifted_stop_names_the_note_and_how_long_it_holds() -> None:
    changes = {
        "complaint": "pregnancy-back",
        "health": {"pregnant": "yes", "pregnancy-weeks": 25},
        "clearances": [{"rule": "pregnancy", "by": "midwife", "on": TODAY}],
    }
    words = a_basis(**changes).lifted_by(knowledge().rule["pregnancy"], certain=True, cleared=True)
    assert words == "The stop is lifted by the note of midwife, 2026-11-21, until 2027-08-28. The limits stay."


def test_a_lifted_stop_whose_note_was_taken_out_names_none() -> None:
    words = a_basis().lifted_by(knowledge().rule["pregnancy"], certain=True, cleared=True)
    assert words == "The stop is lifted by a note. The limits stay."


def test_letters_of_origin_are_told_in_words() -> None:
    assert origins(("S,T", "I", "none")) == ("lay articles", "trial or guideline", "reasoned by the makers")
    assert origins((" S , I ",)) == ("lay articles", "reasoned by the makers")


# What was answered


@pytest.mark.parametrize(
    ("fact", "changes", "expected"),
    [
        ("age", {"age": 41}, Told(path="intake.age", asked="Age", said="41")),
        ("condition", {}, Told(path="intake.condition", asked="Type of condition", said="chronic")),
        ("complaint", {}, Told(path="intake.complaint", asked="Complaint", said="low-back")),
        ("complaint", {"complaint": None}, Told(path="intake.complaint", asked="Complaint", said="none named")),
        ("pain", {"pain": 0}, Told(path="intake.pain", asked="Pain now, of 10", said="0")),
        ("pain", {"condition": "maintenance", "pain": None}, Told(path="intake.pain", asked="Pain now, of 10", said="not given")),
        ("onset-days", {"onset": TODAY}, Told(path="intake.onset", asked="Began on", said="2026-11-21")),
        ("onset-days", {}, Told(path="intake.onset", asked="Began on", said="not given")),
        ("goals", {"goals": ["pain-relief", "mobility"]}, Told(path="intake.goals", asked="Goals", said="pain relief, mobility")),
        ("goals", {"goals": None}, Told(path="intake.goals", asked="Goals", said="none named")),
        ("regions", {"regions": ["neck"]}, Told(path="intake.regions", asked="Regions", said="neck")),
    ],
)
def test_what_is_read_off_the_intake_is_told_with_its_key(fact: str, changes: dict[str, Any], expected: Told) -> None:
    assert a_basis(**changes).told(fact) == expected


def test_what_was_said_at_a_visit_is_told_with_the_path_of_the_visit() -> None:
    basis = replace(a_basis(health={"fever": "no"}), said_at={"pain": "visits[1].pain", "onset": "here", "fever": "visits[1].health.fever"})
    assert [basis.told(fact).path for fact in ("pain", "onset-days", "fever")] == ["visits[1].pain", "here", "visits[1].health.fever"]


@pytest.mark.parametrize(
    ("fact", "health", "said", "path"),
    [
        ("fever", {}, "no, with everything else", "everything-else"),
        ("fever", {"everything-else": None}, "not answered", "fever"),
        ("systolic", {}, "not answered", "systolic"),
        ("thinner-unstable", {}, "not answered", "thinner-unstable"),
        ("bruise", {"bruise": {"answer": "unsure", "regions": ["neck", "jaw"]}}, "unsure (neck, jaw)", "bruise"),
        ("fever", {"fever": "unsure"}, "unsure", "fever"),
    ],
)
def test_what_was_answered_is_told_with_the_question_and_where_it_stands(fact: str, health: dict[str, Any], said: str, path: str) -> None:
    basis = a_basis(health={key: value for key, value in health.items() if value is not None})
    if "everything-else" in health:
        basis = replace(basis, intake=replace(basis.intake, health={}))
    assert basis.told(fact) == Told(path=f"intake.health.{path}", asked=knowledge().fact[fact].label, said=said)


@pytest.mark.parametrize("health", [{}, {"everything-else": "no"}])
def test_a_fact_that_is_not_known_here_is_told_by_its_name(health: dict[str, Any]) -> None:
    basis = a_basis()
    told = replace(basis, intake=replace(basis.intake, health=health)).told("moon-phase")
    assert told == Told(path="intake.health.moon-phase", asked="moon-phase", said="not answered")


def test_an_answer_that_names_no_place_is_told_without_one() -> None:
    assert reply_words(Placed(answer="yes", regions=())) == "yes"
    assert reply_words(37.5) == "37.5"


# Why a rule holds


def why(rule: str, **changes: Any) -> tuple[str, ...]:
    return a_basis(**changes).why_found(knowledge().rule[rule])[0]


STACK = {"osteoporosis": "yes", "long-term-steroids": "yes", "anticoagulant": "yes"}


@pytest.mark.parametrize(
    ("rule", "health", "sentences"),
    [
        ("always-caution-sites", {}, ["It holds for everybody."]),
        ("anticoagulant", {"anticoagulant": "yes"}, ["It holds when 'anticoagulant' is yes."]),
        (
            "anticoagulant",
            {"anticoagulant": "unsure"},
            ["It holds when 'anticoagulant' is yes.", "The client is unsure, and unsure counts as yes until it is known."],
        ),
        ("dvt-or-pe-history", {"clotting-tendency": "yes"}, ["It holds when 'clotting-tendency' is yes."]),
        (
            "dvt-or-pe-history",
            {"clot-ever": "yes", "clot-current": "no"},
            ["It holds when 'clot-ever' is yes and 'clot-current' is no."],
        ),
    ],
)
def test_why_a_rule_holds_is_told_in_sentences(rule: str, health: dict[str, Any], sentences: list[str]) -> None:
    assert list(why(rule, health=health)) == sentences


def test_what_a_counting_rule_counted_is_named() -> None:
    assert why("fragility-stack", health=STACK)[1:] == ("Found are anticoagulant, osteoporosis, long-term-steroids-or-fragile-skin.",)


def test_a_count_of_what_is_not_sure_is_not_sure() -> None:
    assert "unsure" in why("fragility-stack", health={**STACK, "anticoagulant": "unsure"})[1]


def test_what_holds_for_everybody_rests_on_no_answer() -> None:
    assert told("always-caution-sites") == ()


def test_a_counting_rule_rests_on_the_group_that_holds_and_on_those_of_what_it_counts() -> None:
    rests_on = [one.path.rpartition(".")[2] for one in told("fragility-stack", health=STACK)]
    assert rests_on == ["anticoagulant", "osteoporosis", "everything-else", "long-term-steroids"]


def test_a_rule_that_is_not_found_says_all_that_it_would_take() -> None:
    sentences, answers = a_basis(health={"clot-ever": "yes", "clot-current": "unsure"}).why_not_found(
        knowledge().rule["osteoporosis-severe"]
    )
    assert sentences == ("Not found: it would take that 'fragility-fracture' is yes.",)
    sentences, answers = a_basis(age=70, health={"falls": "yes"}).why_not_found(knowledge().rule["dvt-or-pe-history"])
    wanted = ("'clot-ever' is yes", "'clot-current' is no", "'clotting-tendency' is yes")
    assert sentences == (f"Not found: it would take that {', or '.join(wanted)}.",)
    assert [one.asked for one in answers] == [knowledge().fact[fact].label for fact in ("clot-ever", "clot-current", "clotting-tendency")]


def test_what_is_so_already_is_not_among_what_it_would_take() -> None:
    sentences, answers = a_basis(health={"surgery": "yes", "surgery-size": "major", "weeks-since-surgery": 8}).why_not_found(
        knowledge().rule["surgery-under-6-weeks"]
    )
    assert sentences == ("Not found: it would take that 'weeks-since-surgery' is 5 or less.",)
    assert [one.said for one in answers] == ["8"]


def test_what_may_be_so_is_not_among_what_it_would_take() -> None:
    sentences, _ = a_basis(health={"surgery": "yes", "surgery-size": "unsure", "weeks-since-surgery": 8}).why_not_found(
        knowledge().rule["surgery-under-6-weeks"]
    )
    assert sentences == ("Not found: it would take that 'weeks-since-surgery' is 5 or less.",)


def test_a_count_that_is_not_reached_rests_on_no_answer_of_its_own() -> None:
    sentences, answers = a_basis().why_not_found(knowledge().rule["fragility-stack"])
    assert sentences[0].startswith("Not found: it would take that ")
    assert answers == ()


# What would lift it


def lifted(rule: str, *, certain: bool = True, cleared: bool = False, notes: tuple[Clearance, ...] = ()) -> str:
    basis = a_basis()
    return replace(basis, intake=replace(basis.intake, clearances=notes)).lifted_by(
        knowledge().rule[rule], certain=certain, cleared=cleared
    )


def test_a_danger_that_is_sure_and_one_that_is_not_are_told_apart() -> None:
    assert lifted("fever") == "No note lifts this. It stands for as long as it is so; screen again when that has changed."
    unsure = "No note stands in for the answer: it has to become sure, through whoever can rule it out."
    assert lifted("fever", certain=False) == unsure


def test_a_stop_that_an_agreement_lifts_says_what_to_write_down() -> None:
    assert lifted("kidney-disease") == (
        "Only a real agreement of the physician or midwife lifts the stop, recorded with who and when "
        '(rule = "kidney-disease" under [[clearances]]); it holds for 365 days, and the limits stay.'
    )


def test_a_limit_is_lifted_by_no_note() -> None:
    limit = "No note lifts a limit. It holds for as long as it is so."
    assert lifted("anticoagulant") == lifted("anticoagulant", certain=False) == limit


def test_the_note_that_lifts_a_stop_is_the_last_one_for_its_rule() -> None:
    notes = tuple(
        Clearance(rule=rule, by=by, on=TODAY - timedelta(days=days))
        for rule, by, days in (
            ("kidney-disease", "physician", 9),
            ("kidney-disease", "kidney team", 2),
            ("kidney-disease", "nurse", 5),
            ("pregnancy", "midwife", 0),
        )
    )
    said = "The stop is lifted by the note of kidney team, 2026-11-19, until 2027-11-19. The limits stay."
    assert lifted("kidney-disease", cleared=True, notes=notes) == said


def test_where_the_note_is_not_at_hand_it_is_told_as_a_note() -> None:
    assert lifted("kidney-disease", cleared=True) == "The stop is lifted by a note. The limits stay."


@pytest.mark.parametrize("category", [Category.CLEARANCE, Category.MODIFY])
@pytest.mark.parametrize("clearance", [LiftedBy.LIFTS_STOP, LiftedBy.NONE])
def test_only_a_stop_that_waits_for_an_agreement_is_lifted_by_one(category: Category, clearance: LiftedBy) -> None:
    rule = replace(knowledge().rule["kidney-disease"], category=category, clearance=clearance)
    offered = a_basis().lifted_by(rule, certain=True, cleared=False).startswith("Only a real agreement")
    assert offered is (category is Category.CLEARANCE and clearance is LiftedBy.LIFTS_STOP)
