"""`massage questions`: what is asked about health."""

import json
from pathlib import Path

import msgspec

from massage_cli.knowledge.check_claims import claims_in
from tests.builders import knowledge
from tests.terminal.massage import massage, massage_here


def test_every_question_is_listed_with_its_wording() -> None:
    ran = massage_here("questions")
    assert (ran.code, ran.said) == (0, "")
    words = " ".join(ran.text.split())
    assert [fact.id for fact in knowledge().facts if f" {fact.id} " not in words] == []
    assert [fact.id for fact in knowledge().facts if " ".join(fact.ask.split()) not in words] == []


def test_questions_stand_in_their_groups() -> None:
    lines = massage_here("questions").text.splitlines()
    titles = [lines.index(group.title.upper()) for group in knowledge().groups]
    assert titles == sorted(titles)


def test_json_holds_every_question_of_every_group(tmp_path: Path) -> None:
    ran = massage("questions", "--format", "json", folder=tmp_path)
    assert (ran.code, ran.said) == (0, "")
    groups = json.loads(ran.out)["groups"]
    assert [group["id"] for group in groups] == [group.id for group in knowledge().groups]
    facts = {fact["id"]: fact for group in groups for fact in group["facts"]}
    known = {fact.id: msgspec.json.decode(msgspec.json.encode(fact)) for fact in knowledge().facts}
    assert {name: {**fact, "group": known[name]["group"]} for name, fact in facts.items()} == known


def test_the_questions_make_no_claim() -> None:
    for format_ in ("text", "json"):
        assert claims_in(massage_here("questions", "--format", format_).text, knowledge()) == ()
