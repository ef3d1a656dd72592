"""Screening against the same rules in a general rules engine; run with `python -m tests.benchmarks.zen` (extra `benchmarks`).

Every `when` is translated mechanically into ZEN's decision model, in several forms; the fastest counts. ZEN gets the easier
task: its contexts are prepared beforehand, with which questions are asked already worked out (`asked-when` cannot be said in
a table of rules) and all that no rule can see left out, and all it finds is the rules. `screen` works these things out
from the intake, with the limits, precautions and open questions besides; judging rules alone does what ZEN does. A bare
expression is shown as well: it is no decision, but what decisions are made of.
"""

import json
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import zen

from massage_cli.files.built_in import built_in_knowledge
from massage_cli.files.intakes.intake_file import check_intake, read_intake
from massage_cli.knowledge.facts import BUILT_IN_FACTS, Criterion
from massage_cli.knowledge.pack import Knowledge
from massage_cli.planning.answers import Answers
from massage_cli.planning.criteria import State
from massage_cli.planning.intake import Intake
from massage_cli.planning.screening import judge_rules, screen
from tests.clinic import ON, clients

_CLIENTS = 500
_ROUNDS = 15
_ASKED_TIMES = 3
_PLANS = Path(__file__).parents[2] / "plans"

Context = dict[str, Any]
Find = Callable[[Context | bytes], Sequence[str]]


class Translation:
    """The rules as expressions of ZEN, an unsure answer being a possible yes or none at all."""

    def __init__(self, knowledge: Knowledge, *, unsure_counts: bool) -> None:
        self._knowledge, self._unsure_counts = knowledge, unsure_counts

    def groups(self) -> list[tuple[str, str]]:
        """Each group of each rule: the rule's id, and an expression."""
        return [(rule.id, self._group(group)) for rule in self._knowledge.rules for group in rule.when]

    def rule(self, rule_id: str) -> str:
        """A whole rule as an expression."""
        return " or ".join(f"({self._group(group)})" for group in self._knowledge.rule[rule_id].when)

    def _group(self, group: Iterable[Criterion]) -> str:
        return " and ".join(map(self._criterion, group)) or "true"

    def _criterion(self, criterion: Criterion) -> str:
        if criterion.findings is not None:
            counted = " + ".join(f"(({self.rule(rule_id)}) ? 1 : 0)" for rule_id in criterion.findings)
            return f"({counted}) >= {criterion.at_least}"
        name = _name(criterion.fact or "")
        if criterion.is_ is not None:
            return self._among(name, [criterion.is_])
        if criterion.in_ is not None:
            return self._among(name, criterion.in_)
        if criterion.includes_any is not None:
            wanted = self._knowledge.body.expand(criterion.includes_any) if name == "regions" else criterion.includes_any
            return f"some({_texts(wanted)}, # in {name})"
        if criterion.known is not None:
            unknown = f"{name} == null and {name}__unanswered != true"
            return f"{name} != null" if criterion.known else unknown
        if criterion.is_not is not None:
            raise ValueError(f"is-not on {criterion.fact} is not translated")
        limit = f">= {criterion.at_least}" if criterion.at_least is not None else f"<= {criterion.at_most}"
        number = f"({name} != null and {name} {limit})"
        return f"({number} or {name}__unsure == true)" if self._unsure_counts and criterion.fact not in BUILT_IN_FACTS else number

    def _among(self, name: str, words: Sequence[str]) -> str:
        allowed = [*words, "unsure"] if self._unsure_counts and name not in BUILT_IN_FACTS else words
        return f"{name} == {json.dumps(allowed[0])}" if len(allowed) == 1 else f"{name} in {_texts(allowed)}"


def _name(fact_id: str) -> str:
    return fact_id.replace("-", "_")


def _texts(words: Iterable[str]) -> str:
    return f"[{', '.join(map(json.dumps, words))}]"


def context_of(intake: Intake, knowledge: Knowledge) -> Context:
    """What the rules can see of an intake: every no that no rule asks for is left out, and so is whatever is not known."""
    answers = Answers(intake, knowledge, on=ON)
    criteria = [criterion for rule in knowledge.rules for group in rule.when for criterion in group]
    tested_for_no = {criterion.fact for criterion in criteria if "no" in (criterion.is_, *(criterion.in_ or ()))}
    tested_for_silence = {criterion.fact for criterion in criteria if criterion.known is False}
    numeric = {criterion.fact for criterion in criteria if criterion.at_least is not None or criterion.at_most is not None}
    context: Context = {"regions": [], "goals": []}
    for fact in (*BUILT_IN_FACTS, *knowledge.fact):
        known = answers.of(fact)
        if known is State.UNANSWERED and fact in tested_for_silence:
            context[f"{_name(fact)}__unanswered"] = True
        elif known is State.UNSURE:
            context.update({f"{_name(fact)}__unsure": True} if fact in numeric else {_name(fact): "unsure"})
        elif not isinstance(known, State) and (known != "no" or fact in tested_for_no):
            context[_name(fact)] = list(known) if isinstance(known, tuple) else known
    return context


def _model(content: dict[str, Any], kind: str) -> str:
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "rules", "name": "rules", "type": kind, "content": content},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": f"{one}-{other}", "sourceId": one, "targetId": other, "type": "edge"} for one, other in (("in", "rules"), ("rules", "out"))
    ]
    return json.dumps({"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges})


def decision_table(rules: Translation, _: Knowledge) -> Find:
    """A table that collects: one row for each group of a rule, its test as a whole expression."""
    content = {
        "hitPolicy": "collect",
        "inputs": [{"id": "when", "name": "when"}],
        "outputs": [{"id": "rule", "name": "rule", "field": "rule"}],
        "rules": [{"_id": str(row), "when": test, "rule": json.dumps(rule)} for row, (rule, test) in enumerate(rules.groups())],
    }
    decision = _engine.create_decision(zen.ZenDecisionContent(_model(content, "decisionTableNode")))
    return lambda context: [row["rule"] for row in decision.evaluate(context)["result"]]


def expression_of_each(rules: Translation, knowledge: Knowledge) -> Find:
    """An expression node that says true or false of each rule."""
    expressions = [{"id": rule.id, "key": rule.id, "value": rules.rule(rule.id)} for rule in knowledge.rules]
    decision = _engine.create_decision(zen.ZenDecisionContent(_model({"expressions": expressions}, "expressionNode")))
    return lambda context: [rule for rule, holds in decision.evaluate(context)["result"].items() if holds is True]


def expression_of_all(rules: Translation, knowledge: Knowledge) -> Find:
    """An expression node with one expression, the list of the rules that hold."""
    expressions = [{"id": "found", "key": "found", "value": _list(rules, knowledge)}]
    decision = _engine.create_decision(zen.ZenDecisionContent(_model({"expressions": expressions}, "expressionNode")))
    return lambda context: [rule for rule in decision.evaluate(context)["result"]["found"] if rule]


def bare_expression(rules: Translation, knowledge: Knowledge) -> Find:
    """The same expression compiled by itself, without a decision around it."""
    expression = zen.compile_expression(_list(rules, knowledge))
    return lambda context: [rule for rule in expression.evaluate(context) if rule]


def _list(rules: Translation, knowledge: Knowledge) -> str:
    return f"[{', '.join(f'({rules.rule(rule.id)}) ? {json.dumps(rule.id)} : null' for rule in knowledge.rules)}]"


_engine = zen.ZenEngine()
_FORMS = (decision_table, expression_of_each, expression_of_all, bare_expression)


def _intakes(knowledge: Knowledge) -> dict[str, list[Intake]]:
    worked = [read_intake(path.read_bytes(), path.name, knowledge, on=ON) for path in sorted(_PLANS.glob("*.intake.toml"))]
    return {"the clinic's list": [check_intake(table, knowledge, on=ON) for table in clients(_CLIENTS)], "worked clients": worked}


def _check(forms: dict[str, tuple[Find, Find]], intakes: Iterable[Intake], knowledge: Knowledge) -> None:
    """That all find the same rules: the certain ones, and those that an unsure answer makes possible."""
    for intake in intakes:
        findings = screen(intake, knowledge, on=ON).findings
        certain = {finding.rule.id for finding in findings if finding.certain}
        context = context_of(intake, knowledge)
        for name, (surely, possibly) in forms.items():
            for found, expected in ((surely, certain), (possibly, {finding.rule.id for finding in findings})):
                if set(found(context)) != expected:
                    raise SystemExit(f"{name} differs for {intake.client}: {set(found(context)) ^ expected}")


def _seconds(work: Callable[[Any], object], over: Sequence[Any]) -> float:
    start = time.process_time()
    for one in over:
        work(one)
    return time.process_time() - start


def main() -> None:
    """Check that both find the same rules, time them turn by turn, and print the medians and ratios."""
    knowledge = built_in_knowledge()
    sure, possible = (Translation(knowledge, unsure_counts=counts) for counts in (False, True))
    forms = {form.__name__.replace("_", " "): (form(sure, knowledge), form(possible, knowledge)) for form in _FORMS}
    for name, intakes in _intakes(knowledge).items():
        _check(forms, intakes, knowledge)
        contexts = [context_of(intake, knowledge) for intake in intakes]
        texts = [json.dumps(context).encode() for context in contexts]
        works: dict[str, tuple[Callable[[Any], object], Sequence[Any]]] = {
            "screen": (lambda intake: screen(intake, knowledge, on=ON), intakes),
            "judging rules alone": (lambda intake: judge_rules(Answers(intake, knowledge, on=ON), knowledge), intakes),
            **{f"zen, {form}": (possibly, contexts) for form, (_, possibly) in forms.items()},
            **{f"zen, {form}, JSON": (possibly, texts) for form, (_, possibly) in forms.items() if form != "bare expression"},
        }
        taken: dict[str, list[float]] = {work: [] for work in works}
        for _ in range(_ROUNDS):
            for work, (do, over) in works.items():
                taken[work].append(_seconds(do, over) / len(over))
        print(f"{name}: {len(intakes)} intakes, {len(knowledge.rules)} rules, the same ones found by all")
        for work, seconds in taken.items():
            print(f"  {work:34} {statistics.median(seconds) * 1_000_000:8.0f} microseconds {_times(seconds, taken['screen']):7.1f} times")
        decisions = [seconds for work, seconds in taken.items() if work.startswith("zen") and "bare" not in work]
        to_screen, to_judge = (min(_times(seconds, taken[ours]) for seconds in decisions) for ours in ("screen", "judging rules alone"))
        print(f"  the fastest decision takes {to_screen:.1f} times as long as screen; asked for: at least {_ASKED_TIMES}")
        print(f"  and {to_judge:.1f} times as long as judging the rules, which is all that it does")


def _times(seconds: Sequence[float], others: Sequence[float]) -> float:
    return statistics.median(one / other for one, other in zip(seconds, others, strict=True))


if __name__ == "__main__":
    main()
