"""Which rules have to be looked at for which answers."""

from msgspec.structs import replace

from massage_cli.knowledge.facts import BUILT_IN_FACTS, Criterion
from massage_cli.knowledge.rule_index import RuleIndex
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.vocabulary import Urgency
from tests.builders import knowledge

INDEX = knowledge().rule_index


def a_rule(*group: Criterion) -> Rule:
    return replace(knowledge().rule["fever"], id="test-rule", when=(group,))


def filed_under(*group: Criterion) -> list[str | None]:
    index = RuleIndex((a_rule(*group),))
    return [*index.by_fact, *([None] if index.always else [])]


def counts(group: tuple[Criterion, ...]) -> bool:
    return any(criterion.findings for criterion in group)


def test_a_group_is_filed_under_the_fact_that_must_speak_for_it() -> None:
    assert filed_under(Criterion(fact="age", at_least=65), Criterion(fact="falls", is_="yes")) == ["falls"]


def test_a_number_has_to_speak() -> None:
    assert filed_under(Criterion(fact="systolic", at_least=160)) == ["systolic"]
    assert filed_under(Criterion(fact="systolic", at_most=99)) == ["systolic"]


def test_a_choice_has_to_speak() -> None:
    assert filed_under(Criterion(fact="injury-stage", in_=("under-3-days",))) == ["injury-stage"]


def test_what_may_hold_for_an_answer_of_no_is_looked_at_for_everybody() -> None:
    assert filed_under(Criterion(fact="injury", is_="no")) == [None]
    assert filed_under(Criterion(fact="pacemaker", in_=("no", "under-8-weeks"))) == [None]
    assert filed_under(Criterion(fact="injury", is_not="yes")) == [None]
    assert filed_under(Criterion(fact="platelets", known=False)) == [None]


def test_what_hangs_on_age_alone_is_looked_at_for_everybody() -> None:
    assert filed_under(Criterion(fact="age", at_least=80)) == [None]


def test_every_group_that_counts_nothing_is_filed_once() -> None:
    filed = [entry for groups in (INDEX.always, *INDEX.by_fact.values()) for entry in groups]
    groups = [(rule.id, group) for rule in knowledge().rules for group in rule.when if not counts(group)]
    assert sorted(map(str, filed)) == sorted(map(str, groups))


def test_groups_that_count_are_kept_apart() -> None:
    assert list(INDEX.counting) == [(rule.id, group) for rule in knowledge().rules for group in rule.when if counts(group)]
    assert INDEX.counting


def test_few_groups_are_looked_at_for_everybody() -> None:
    named = {criterion.fact for _, group in INDEX.always for criterion in group}
    assert len(INDEX.always) < 10
    assert named <= {*BUILT_IN_FACTS, "guardian-consent", "injury"}


def test_findings_rank_by_category_then_urgency_then_file() -> None:
    ranked = sorted(("older-adult", "fever", "heart-attack-signs", "giant-cell-arteritis-signs", "cauda-equina-signs"), key=INDEX.rank.get)
    assert ranked == ["cauda-equina-signs", "heart-attack-signs", "giant-cell-arteritis-signs", "fever", "older-adult"]


def test_within_a_category_what_has_no_urgency_comes_last() -> None:
    flag = knowledge().rule["fever"]
    rules = [replace(flag, id=str(urgency), urgency=urgency) for urgency in (None, Urgency.DEFER, Urgency.EMERGENCY)]
    assert RuleIndex(tuple(rules)).rank == {"emergency": 0, "defer": 1, "None": 2}
