"""`massage upgrade`: which plans other knowledge changes, and how, those withheld now first."""

import hashlib
from pathlib import Path

import msgspec
import pytest

from massage_cli.files.plans.outcome_document import document_of
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.loading import parse
from massage_cli.planning.plan import make_plan
from tests.builders import GONE, TODAY, an_intake, changed_files, knowledge
from tests.saved import a_document, applied, as_version, visited, write
from tests.terminal.massage import Ran, massage_here, snapshot

BEFORE = parse(
    changed_files(
        ("edition.toml", "edition", "2025.01"),
        ("contraindications.toml", "rule.intoxication.category", "modify"),
        ("contraindications.toml", "rule.intoxication.urgency", GONE),
        ("protocols.toml", "protocol.low-back-chronic.phase.0.sessions", 7),
        ("protocols.toml", "protocol.low-back-chronic.sessions-total", 9),
        ("contraindications.toml", "rule.heart-attack-signs.urgency", "soon"),
    )
)
"""An earlier edition, in which being drunk stopped nothing and a course for low backs had a visit less."""


def of_before(client: str, **changes: object) -> PlanDocument:
    return document_of(make_plan(an_intake(client=client, **changes), BEFORE, on=TODAY), BEFORE, program="0.1.0")


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """One client for each effect, an intake, and a file that cannot be read."""
    plans = tmp_path / "plans"
    write(plans / "a-changed.toml", of_before("a-changed"))
    write(plans / "b-same.toml", of_before("b-same", condition="maintenance", pain=2))
    write(plans / "c-now.toml", a_document(client="c-now"))
    write(plans / "d-drunk.json", of_before("d-drunk", health={"intoxicated": "yes"}))
    write(plans / "e-ended.toml", applied(visited(of_before("e-ended"), 4, 6, 6)))
    running = as_version(visited(of_before("f-running"), 6, 5), 2)
    write(plans / "f-running.v2.toml", msgspec.structs.replace(running, knowledge_digest=BEFORE.digest))
    write(plans / "g-ill.toml", of_before("g-ill", health={"chest-pain": "yes"}))
    (plans / "note.toml").write_text("not toml at all", encoding="utf-8")
    (plans / "x.intake.toml").write_text('format = "massage-intake/1"\n', encoding="utf-8")
    return plans


def upgrade(folder: Path, *flags: str, **env: str) -> Ran:
    return massage_here("upgrade", str(folder), *flags, **env)


def test_those_withheld_now_come_first_and_nothing_is_written(practice: Path) -> None:
    before = snapshot(practice)
    ran = upgrade(practice)
    assert ran.code == 2
    assert "note.toml" in ran.said
    assert f"Nothing was written. To plan a client anew: massage plan {practice / 'd-drunk.json'}\n" in ran.said
    titles = [line.strip() for line in ran.text.splitlines() if line[:1].isupper() and "  " in line]
    assert titles == ["WITHHELD NOW  1 client", "STILL WITHHELD, OTHERWISE THAN BEFORE  1 client", "CHANGED  1 client"]
    assert ran.text.index("d-drunk") < ran.text.index("a-changed")
    assert snapshot(practice) == before


def test_how_a_plan_changes_is_said_in_words(practice: Path) -> None:
    words = " ".join(upgrade(practice).text.split())
    assert "- outcome: refer; it was: restricted" in words
    assert "- phase initial: 8 visits, gaps of 7 days, 60 minutes; it was: 7 visits, gaps of 7 days, 60 minutes" in words
    assert "- urgency: emergency; it was: soon" in words
    assert "3 plans unchanged, 1 ended." in words
    assert "knowledge is another one" not in words


def test_of_a_client_who_is_withheld_now_it_is_said_why_and_nothing_of_how_to_treat(practice: Path) -> None:
    (plan, *_) = msgspec.json.decode(upgrade(practice, "--json").out)["plans"]
    rule = knowledge().rule["intoxication"]
    assert plan["because"] == [f"{rule.title}: {rule.action}"]
    assert {change["about"] for change in plan["changes"]} == {"outcome", "urgency"}


def test_scripts_get_the_same_with_counts(practice: Path) -> None:
    found = msgspec.json.decode(upgrade(practice, "--json").out)
    assert [(plan["client"], plan["effect"], plan["outcome"]) for plan in found["plans"]] == [
        ("d-drunk", "now-withheld", "refer"),
        ("g-ill", "still-withheld", "refer"),
        ("a-changed", "changed", "clear"),
    ]
    assert found["counts"] == {"now-withheld": 1, "still-withheld": 1, "changed": 1, "now-planned": 0, "unchanged": 3, "ended": 1}
    assert all(plan["changes"] for plan in found["plans"])


def test_of_a_course_that_runs_the_newest_version_counts_without_what_its_reviews_changed(tmp_path: Path) -> None:
    course = applied(visited(of_before("ann"), 6, 5, 4, 4))
    first = write(tmp_path / "ann.toml", of_before("ann"))
    digest = hashlib.sha256(first.read_bytes()).hexdigest()
    later = as_version(course, 2, parent="ann.toml", digest=f"sha256:{digest}")
    write(tmp_path / "ann.v2.toml", msgspec.structs.replace(later, knowledge_digest=BEFORE.digest))
    found = msgspec.json.decode(upgrade(tmp_path, "--json").out)
    assert (found["counts"]["unchanged"], found["plans"]) == (1, [])


def test_news_about_health_at_a_visit_counts(tmp_path: Path) -> None:
    ill = visited(of_before("ann"), 6)
    visit = msgspec.structs.replace(ill.visits[0], health={"intoxicated": "yes"})
    version = msgspec.structs.replace(ill, version=2, parent="x", parent_digest="sha256:0", visits=(visit,), knowledge_digest=BEFORE.digest)
    write(tmp_path / "ann.v2.toml", version)
    (plan,) = msgspec.json.decode(upgrade(tmp_path, "--json").out)["plans"]
    assert (plan["effect"], plan["urgency"]) == ("now-withheld", "defer")


def test_a_folder_of_plans_of_this_edition_has_nothing_to_tell(tmp_path: Path) -> None:
    write(tmp_path / "ann.toml", a_document(client="ann"))
    ran = upgrade(tmp_path)
    assert (ran.code, ran.said) == (0, "")
    assert "1 plan unchanged, 0 ended." in ran.text


def test_an_intake_that_no_longer_goes_is_told_and_the_rest_goes_on(practice: Path) -> None:
    broken = write(practice / "a-broken.toml", of_before("a-broken"))
    broken.write_text(broken.read_text(encoding="utf-8").replace('"lower-back"', '"lumbar"'), encoding="utf-8")
    ran = upgrade(practice, "--json")
    assert ran.code == 2
    assert "does not go with this edition of the knowledge" in ran.said
    assert len(msgspec.json.decode(ran.out)["plans"]) == 3


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert upgrade(tmp_path / "none").code == 2
