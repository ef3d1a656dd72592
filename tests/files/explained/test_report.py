"""A whole plan explained: every value of every plan has a reason that is about that very value."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from msgspec.structs import replace

from massage_cli.files.explained.client import leaves, plain
from massage_cli.files.explained.lines import value_words
from massage_cli.files.explained.report import Explained, explain
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.check_claims import claims_in
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.vocabulary import STOPPING
from massage_cli.planning.explaining.explanation import Explanation, Topic
from massage_cli.planning.intake import Placed
from massage_cli.planning.texts import spaced
from tests.builders import knowledge
from tests.documents.samples import samples
from tests.saved import a_document, applied, as_version, missed, visited
from tests.worked import NAMES


@cache
def documents() -> dict[str, PlanDocument]:
    """The worked clients, plans in every other state, and later versions with visits, answers of a visit, and decisions."""
    measured = visited(a_document(), 6, 6, 6, 6, measure="rmdq", score=12, soreness_hours=60, note="tired")
    told = {"bruise": Placed(answer="yes", regions=("left-foot",)), "fever": "no"}
    return {
        **samples(),
        "eased": as_version(applied(measured), 6),
        "shifted": applied(missed(visited(a_document(), 6, 4), 3), missed="shift", today=a_document().sessions[3].date),
        "told-at-visit": visited(a_document(), 6, 5, health=told),
        "few": a_document(booking={"max-sessions": 3, "max-per-week": 1, "minutes": 40}, first_visit=True),
        "fresh": a_document(condition="injury-recovery", complaint="ankle-sprain", regions=["left-ankle"], onset="2026-11-18", age=80),
    }


@cache
def explained(name: str) -> Explained:
    return explain(documents()[name], knowledge(), called=name)


def lines(name: str) -> dict[str, list[Explanation]]:
    by_path: dict[str, list[Explanation]] = {}
    for one in explained(name).lines:
        by_path.setdefault(one.path, []).append(one)
    return by_path


ALL = pytest.mark.parametrize("name", sorted(documents()))


@ALL
def test_every_value_is_explained_by_a_line_of_its_own_path_that_names_it(name: str) -> None:
    by_path = lines(name)
    for path, value in leaves(plain(documents()[name])):
        said = [one.what for one in by_path.get(path, ())]
        assert any(value_words(value) in what or spaced(str(value)) in what for what in said), path


@ALL
def test_nothing_is_explained_that_is_not_in_the_plan(name: str) -> None:
    values = dict(leaves(plain(documents()[name])))
    entries = {path[: place.start()] for path in values for place in _ends(path)}
    beside = {"techniques"}
    assert set(lines(name)) - values.keys() - entries <= beside


def _ends(path: str) -> Iterator[re.Match[str]]:
    """The places in a key path where something that it lies in ends."""
    return re.finditer(r"\.|\[|\Z", path)


@ALL
def test_every_reason_says_something_and_makes_no_claim(name: str) -> None:
    for one in explained(name).lines:
        assert one.because
        assert all(sentence and sentence == sentence.strip() for sentence in one.because), one
    text = " ".join(sentence for one in explained(name).lines for sentence in (one.what, *one.because, one.lifted_by or ""))
    assert claims_in(text, knowledge()) == ()


@ALL
def test_answers_rules_and_sources_that_are_named_are_there(name: str) -> None:
    paths = {path[: place.start()] for path in dict(leaves(plain(documents()[name]))) for place in _ends(path)}
    for one in explained(name).lines:
        for answer in one.answers:
            assert answer.path in paths or answer.said in ("not given", "not answered", "none named"), answer
        assert set(one.rules) <= knowledge().rule.keys() | {protocol.id for protocol in knowledge().protocols}
        assert set(one.sources) <= knowledge().source.keys()


@ALL
def test_each_finding_goes_back_to_an_answer_and_its_sources_and_says_what_lifts_it(name: str) -> None:
    for place, finding in enumerate(documents()[name].screening.findings):
        (whole,) = lines(name)[f"screening.findings[{place}]"]
        assert whole.answers
        assert (whole.sources, whole.checked) == (finding.sources, knowledge().rule[finding.rule].checked)
        assert whole.lifted_by is not None
        assert whole.lifted_by.startswith("No note ") or finding.category not in STOPPING


@ALL
def test_each_answer_names_what_rests_on_it_and_that_names_the_answer(name: str) -> None:
    by_path = lines(name)
    for one in explained(name).lines:
        for path in one.bears_on:
            answers = {answer.path for line in by_path[path] for answer in line.answers}
            assert any(one.path == told or one.path.startswith((f"{told}.", f"{told}[")) for told in answers)


@pytest.mark.parametrize("name", NAMES)
def test_the_knowledge_that_made_a_plan_would_make_it_so_again(name: str) -> None:
    assert explained(name).same_knowledge
    assert [one.path for one in explained(name).lines if "knowledge at hand" in " ".join(one.because)] == []


def test_an_answer_of_a_visit_is_named_where_it_was_given() -> None:
    (whole,) = [one for one in explained("danger-at-visit").lines if one.id == "heart-attack-signs" and one.main]
    assert [answer.path for answer in whole.answers] == ["visits[1].health.chest-pain"]


def test_what_the_knowledge_at_hand_would_make_otherwise_is_told() -> None:
    document = documents()["low-back"]
    changed = replace(
        document, techniques=(replace(document.techniques[0], pressure=1), *document.techniques[1:]), knowledge_digest="sha256:0"
    )
    found = explain(changed, knowledge(), called="plan")
    assert not found.same_knowledge
    (pressure,) = [one for one in found.lines if one.path == "techniques[0].pressure"]
    assert "By the knowledge at hand it would be: 3." in pressure.because
    assert [one.path for one in found.lines if "knowledge at hand it would be" in " ".join(one.because)] == ["techniques[0].pressure"]


def test_a_plan_whose_names_the_knowledge_does_not_have_is_refused_with_all_of_them() -> None:
    document = documents()["low-back"]
    changed = replace(document, intake=replace(document.intake, complaint="low-bak", regions=("lower-bak",)))
    with pytest.raises(Unreadable) as broken:
        explain(changed, knowledge(), called="plan.toml")
    assert [(problem.file, problem.path) for problem in broken.value.problems] == [
        ("plan.toml", "intake.complaint"),
        ("plan.toml", "intake.regions"),
    ]


@pytest.mark.parametrize("name", ["eased", "shifted"])
def test_what_visits_and_reviews_have_changed_is_told_as_such(name: str) -> None:
    told = " ".join(sentence for one in explained(name).lines for sentence in one.because)
    assert {"eased": "visits were made lighter and shorter", "shifted": "A review has placed it anew"}[name] in told


@ALL
def test_how_to_treat_is_hidden_exactly_where_a_plan_is_withheld_or_stopped(name: str) -> None:
    document, hidden = documents()[name], explained(name).hidden
    assert (Topic.TECHNIQUES in hidden and Topic.VISITS in hidden) == (document.outcome.withholds or document.stopped)
