"""Which rules stand for everybody, and which count others."""

from msgspec.structs import replace

from massage_cli.knowledge.facts import Criterion
from tests.builders import knowledge

RULES = knowledge().rule


def test_only_the_rule_of_the_caution_sites_stands_for_everybody() -> None:
    assert [rule.id for rule in knowledge().rules if rule.standing] == ["always-caution-sites"]


def test_a_rule_with_criteria_does_not_stand() -> None:
    assert not replace(RULES["always-caution-sites"], when=((Criterion(fact="fever", is_="yes"),),)).standing


def test_a_rule_that_counts_findings_is_known_by_any_group() -> None:
    assert RULES["pulmonary-embolism-signs"].counts
    assert not RULES["fever"].counts


def test_every_rule_has_a_source_a_reason_and_an_action() -> None:
    assert [rule.id for rule in knowledge().rules if not (rule.sources and rule.reason and rule.action)] == []


def test_no_red_flag_can_be_lifted() -> None:
    liftable = {rule.category for rule in knowledge().rules if rule.clearance == "lifts-stop"}
    assert liftable == {"clearance"}
