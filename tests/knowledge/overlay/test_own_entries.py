"""What entries of a clinic's own have to keep to, seen without the rest of the checks."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from massage_cli.knowledge.facts import BUILT_IN_FACTS, Fact
from massage_cli.knowledge.overlay.own_entries import own_problems, reserved_names
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.techniques import Technique
from massage_cli.knowledge.vocabulary import FactKind
from tests.builders import knowledge
from tests.knowledge.overlay.folder import a_rule, a_technique


def said(*entries: Rule | Technique) -> list[tuple[str | None, str, str]]:
    """What is said of rules and techniques that stand behind the built-in ones or, with the same id, in their place."""
    known = knowledge()
    rules = {rule.id: rule for rule in (*known.rules, *(each for each in entries if isinstance(each, Rule)))}
    techniques = {one.id: one for one in (*known.techniques, *(each for each in entries if isinstance(each, Technique)))}
    merged = replace(known, rules=tuple(rules.values()), techniques=tuple(techniques.values()))
    return [(problem.file, problem.path, problem.message) for problem in own_problems(merged, known)]


def rule(**changes: Any) -> Rule:
    return msgspec.convert(a_rule(**changes), Rule)


def technique(**changes: Any) -> Technique:
    return msgspec.convert(a_technique(**changes), Technique)


def of_technique(**changes: Any) -> list[tuple[str, str]]:
    found = said(technique(**changes))
    assert {file for file, _, _ in found} <= {"techniques.toml"}
    return [(path.removeprefix("technique.our-work."), message) for _, path, message in found]


def test_nothing_is_said_of_entries_that_keep_to_it() -> None:
    assert said(rule(), technique()) == []


def test_a_rule_leaves_enough_minutes_for_a_session() -> None:
    shortest = "5 is less than a session needs; give 10 or more, or a rule that stops"
    assert said(rule(minutes_max=5)) == [("contraindications.toml", "rule.our-rule.minutes-max", shortest)]
    assert said(rule(minutes_max=9)) != []
    assert said(rule(minutes_max=10)) == []


def test_a_built_in_rule_leaves_enough_minutes_too() -> None:
    assert [path for _, path, _ in said(replace(knowledge().rule["anticoagulant"], minutes_max=9))] == ["rule.anticoagulant.minutes-max"]


def test_an_own_rule_is_for_somebody() -> None:
    message = 'holds for everybody unseen; to show it to everybody write [[{ fact = "age", at-least = 0 }]]'
    assert said(rule(when=[[]])) == [("contraindications.toml", "rule.our-rule.when", message)]


def test_a_technique_is_like_a_built_in_one() -> None:
    nothing = ("like", 'names no built-in technique; name the nearest, so that this one is out wherever that is, like ["cupping"]')
    alone = ("like", "may name built-in techniques alone")
    assert of_technique(like=[], pressure={"min": 1, "max": 5}, extra_training=False) == [nothing]
    assert of_technique(like=["our-work"]) == [nothing, alone]
    assert of_technique(like=["cupping", "our-work"]) == [alone]


@pytest.mark.parametrize("name", ["prenatal", "lymphatic-drainage"])
def test_a_technique_is_not_like_one_that_planning_has_rules_for(name: str) -> None:
    message = f"may not name '{name}': planning has rules for that one alone; change the built-in one, or name another"
    assert of_technique(like=["cupping", name]) == [("like", message)]


def test_a_technique_works_no_harder_than_the_hardest_that_it_is_like() -> None:
    like = ["craniosacral", "cupping"]
    assert [knowledge().technique[name].pressure.max for name in like] == [1, 3]
    assert of_technique(like=like, pressure={"min": 1, "max": 3}) == []
    assert of_technique(like=like, pressure={"min": 1, "max": 4}) == [("pressure.max", "4 is harder than what it is like; give 3 or less")]


def test_a_technique_needs_the_training_that_one_it_is_like_needs() -> None:
    like = ["swedish", "cupping"]
    assert [knowledge().technique[name].extra_training for name in like] == [False, True]
    assert of_technique(like=like, extra_training=False) == [("extra-training", "has to be true, as for what it is like")]
    assert of_technique(like=["swedish"], extra_training=False) == []


@pytest.mark.parametrize("name", [*BUILT_IN_FACTS, "everything-else"])
def test_a_name_that_intakes_use_is_taken(name: str) -> None:
    fact = Fact(id=name, group="general", kind=FactKind.YES_NO, label="Ours", ask="Ours?")
    (problem,) = reserved_names(replace(knowledge(), facts=(*knowledge().facts, fact)))
    said = "is a name that intakes use for something else; choose another"
    assert (problem.file, problem.path, problem.message) == ("facts.toml", f"fact.{name}", said)


def test_any_other_name_of_a_question_is_free() -> None:
    fact = Fact(id="ours", group="general", kind=FactKind.YES_NO, label="Ours", ask="Ours?")
    assert list(reserved_names(replace(knowledge(), facts=(*knowledge().facts, fact)))) == []
