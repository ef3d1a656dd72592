"""Whether criteria can be worked out: each names facts that exist and asks of them what they can answer."""

from collections.abc import Iterator

from massage_cli.knowledge.facts import BUILT_IN_FACTS, Criterion, Fact
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, not_one_of
from massage_cli.knowledge.vocabulary import Condition, FactKind, Goal

_NUMBERS = ("age", "pain", "onset-days")
_LISTS = ("goals", "regions")


def check_gates(knowledge: Knowledge) -> Iterator[Problem]:
    """Problems of `asked-when`: it names only built-in facts and facts further up, so no gates form a cycle."""
    above: set[str] = set()
    for fact in knowledge.facts:
        path = f"fact.{fact.id}.asked-when"
        for group in fact.asked_when or ():
            if not group:
                yield Problem(file="facts.toml", path=path, message="holds an empty group; leave the key out to ask always")
            for criterion in group:
                if criterion.findings is not None:
                    yield Problem(file="facts.toml", path=path, message="a question cannot wait for findings")
                elif criterion.fact not in above and criterion.fact not in BUILT_IN_FACTS:
                    yield Problem(
                        file="facts.toml", path=path, value=criterion.fact, message=f"'{criterion.fact}' is not a fact further up"
                    )
                else:
                    yield from (Problem(file="facts.toml", path=path, message=text) for text in _wrong_test(criterion, knowledge))
        above.add(fact.id)


def check_rule_criteria(knowledge: Knowledge) -> Iterator[Problem]:
    """Problems of `when`: unknown facts, tests that the fact cannot answer, counts of rules that count."""
    for rule in knowledge.rules:
        path = f"rule.{rule.id}.when"
        for group in rule.when:
            for criterion in group:
                texts = _wrong_count(criterion, knowledge) if criterion.findings is not None else _wrong_test(criterion, knowledge)
                yield from (Problem(file="contraindications.toml", path=path, message=text) for text in texts)


def _wrong_count(criterion: Criterion, knowledge: Knowledge) -> Iterator[str]:
    if criterion.fact is not None or len(_tests(criterion)) != 1 or not isinstance(criterion.at_least, int):
        yield "a count of findings takes a whole at-least and nothing else"
    counted = criterion.findings or ()
    if isinstance(criterion.at_least, int) and not 1 <= criterion.at_least <= len(counted):
        yield "a count of findings can never hold, or always does"
    for name in counted:
        if name not in knowledge.rule:
            yield not_one_of(name, knowledge.rule, what="a rule")
        elif knowledge.rule[name].counts:
            yield f"'{name}' counts findings itself, and such rules never name one another"


def _tests(criterion: Criterion) -> tuple[str, ...]:
    given = {
        "is": criterion.is_,
        "is-not": criterion.is_not,
        "in": criterion.in_,
        "at-least": criterion.at_least,
        "at-most": criterion.at_most,
        "known": criterion.known,
        "includes-any": criterion.includes_any,
    }
    return tuple(name for name, value in given.items() if value is not None)


def _wrong_test(criterion: Criterion, knowledge: Knowledge) -> Iterator[str]:
    tests = _tests(criterion)
    if criterion.fact is None:
        yield "names no fact"
        return
    if len(tests) != 1:
        yield f"the criterion on '{criterion.fact}' needs exactly one test"
        return
    if criterion.fact not in knowledge.fact and criterion.fact not in BUILT_IN_FACTS:
        yield not_one_of(criterion.fact, (*knowledge.fact, *BUILT_IN_FACTS), what="a fact")
        return
    fact = knowledge.fact.get(criterion.fact)
    if tests[0] not in _allowed_tests(criterion.fact, fact):
        yield f"'{criterion.fact}' cannot be tested with {tests[0]}"
    elif fact is not None and fact.kind is FactKind.NUMBER:
        yield from _outside(criterion, fact)
    else:
        yield from _unknown_words(criterion, knowledge)


def _allowed_tests(name: str, fact: Fact | None) -> tuple[str, ...]:
    if name in _NUMBERS or (fact is not None and fact.kind is FactKind.NUMBER):
        return ("at-least", "at-most", "known")
    if name in _LISTS:
        return ("includes-any", "known")
    return ("is", "is-not", "in", "known")


def _outside(criterion: Criterion, fact: Fact) -> Iterator[str]:
    bound = criterion.at_least if criterion.at_least is not None else criterion.at_most
    if bound is not None and fact.min is not None and fact.max is not None and not fact.min <= bound <= fact.max:
        yield f"{bound} is outside what '{fact.id}' can be"


def _unknown_words(criterion: Criterion, knowledge: Knowledge) -> Iterator[str]:
    allowed = _answers(criterion.fact or "", knowledge)
    words = [word for word in (criterion.is_, criterion.is_not) if word is not None]
    words += [*(criterion.in_ or ()), *(criterion.includes_any or ())]
    yield from (not_one_of(word, allowed, what="an answer to this") for word in words if word not in allowed)


def _answers(name: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The words that may be answered to a fact."""
    fact = knowledge.fact.get(name)
    if fact is not None:
        return fact.choices if fact.kind is FactKind.CHOICE else ("yes", "no")
    match name:
        case "condition":
            return tuple(Condition)
        case "complaint":
            return tuple(knowledge.complaint)
        case "goals":
            return tuple(Goal)
        case "regions":
            return tuple(knowledge.body.region_names)
        case _:
            return ()
