"""A clinic's own files over the built-in knowledge: what is added, and everything that is refused at once."""

from typing import Any

import pytest

from massage_cli.knowledge.loading import digest_of
from massage_cli.knowledge.overlay.merging import OWN_FILES
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.vocabulary import Condition
from tests.builders import knowledge
from tests.knowledge.overlay.folder import a_rule, a_technique, files, laid, problems, refusals


def own_protocol(like: str, **changes: Any) -> dict[str, Any]:
    """A protocol of one's own that is a built-in one under another name, with changes."""
    import msgspec

    plain: dict[str, Any] = msgspec.to_builtins(knowledge().protocol[like])
    return {**plain, "id": "our-course", "name": "Our course", **{key.replace("_", "-"): value for key, value in changes.items()}}


def own_complaint(protocol: str, condition: str = "chronic", **changes: Any) -> dict[str, Any]:
    return {"id": "ours", "name": "Ours", "regions": ["neck"], "synonyms": [], "protocols": {condition: protocol}, **changes}


def refused_course(protocol: dict[str, Any], complaint: dict[str, Any]) -> dict[str, str]:
    return refusals(protocols={"protocol": [protocol]}, complaints={"complaint": [complaint]})


def test_own_entries_stand_behind_the_built_in_ones() -> None:
    merged = laid(contraindications={"rule": [a_rule()]}, techniques={"technique": [a_technique()]})
    assert merged.rules[:-1] == knowledge().rules
    assert merged.techniques[:-1] == knowledge().techniques
    assert (merged.rules[-1].id, merged.techniques[-1].id) == ("our-rule", "our-work")


def test_the_merged_knowledge_names_the_overlay_and_its_digest() -> None:
    overlay = laid().overlay
    assert overlay is not None
    assert (overlay.name, overlay.digest) == ("our-clinic", digest_of(files()))
    assert laid().digest == knowledge().digest


def test_an_own_technique_has_the_tags_of_those_it_is_like() -> None:
    merged = laid(techniques={"technique": [a_technique(tags=["broad"], like=["thai"])]})
    assert set(merged.technique["our-work"].tags) == {"broad", *knowledge().technique["thai"].tags}


def test_a_rule_that_names_a_technique_means_those_that_are_like_it() -> None:
    merged = laid(techniques={"technique": [a_technique(like=["acupressure"])]})
    assert merged.techniques_named["acupressure"] == ("acupressure", "our-work")


@pytest.mark.parametrize(
    ("changes", "path", "message"),
    [
        ({"like": []}, "like", 'names no built-in technique; name the nearest, so that this one is out wherever that is, like ["cupping"]'),
        ({"like": ["nope"]}, "like", "'nope' is not a technique"),
        ({"pressure": {"min": 1, "max": 4}}, "pressure.max", "4 is harder than what it is like; give 3 or less"),
        ({"tags": []}, "tags", "carries no tag, so no rule could exclude what it does"),
        ({"tags": ["nope"]}, "tags", "'nope' is not a tag"),
    ],
)
def test_an_own_technique_is_held_to_what_it_is_like(changes: dict[str, Any], path: str, message: str) -> None:
    tags = {"tags": changes["tags"], "like": ["cupping"] if changes["tags"] else []} if "tags" in changes else changes
    said = refusals(techniques={"technique": [a_technique(**tags)]})
    assert said[f"techniques.toml: technique.our-work.{path}"] == message


@pytest.mark.parametrize(
    ("changes", "path", "message"),
    [
        ({"when": [[]]}, "when", 'holds for everybody unseen; to show it to everybody write [[{ fact = "age", at-least = 0 }]]'),
        ({"minutes_max": 5}, "minutes-max", "5 is less than a session needs; give 10 or more, or a rule that stops"),
        ({"excludes": ["nope"]}, "excludes", "'nope' is not a tag or technique"),
        ({"sources": []}, "sources", "names no source"),
    ],
)
def test_an_own_rule_is_seen_and_leaves_something_to_plan(changes: dict[str, Any], path: str, message: str) -> None:
    said = refusals(contraindications={"rule": [a_rule(**changes)]})
    assert said[f"contraindications.toml: rule.our-rule.{path}"] == message


@pytest.mark.parametrize("name", ["age", "regions", "everything-else"])
def test_an_own_question_takes_no_name_that_means_something_else(name: str) -> None:
    fact = {"id": name, "group": "general", "kind": "yes-no", "label": "Ours", "ask": "Ours?"}
    fact["group"] = knowledge().groups[0].id
    assert f"facts.toml: fact.{name}" in refusals(facts={"fact": [fact]})


@pytest.mark.parametrize(
    ("like", "changes", "message"),
    [
        ("whiplash", {"pressure_max": 3}, "'our-course': pressure-max has to be 2 or less, as in 'whiplash'"),
        (
            "whiplash",
            {"not_before_injury_day": 0},
            "'our-course': not-before-injury-day has to be 3 or more, as in 'whiplash': injured tissue rests until then",
        ),
        (
            "whiplash",
            {"stop_after": 6},
            "'our-course': stop-after 6 is later than in 'whiplash'; without a gain the course stops after 4 or fewer",
        ),
        (
            "whiplash",
            {"beyond_visit_cap": True},
            "'our-course': beyond-visit-cap has to be false, as in 'whiplash': the most visits in 90 days hold here",
        ),
        (
            "scar",
            {"needs_clearance": False, "cleared_by": []},
            "'our-course': needs-clearance has to be true, as in 'scar': this course waits for permission",
        ),
    ],
)
def test_a_built_in_complaint_leads_to_no_less_careful_course(like: str, changes: dict[str, Any], message: str) -> None:
    complaint = {"id": like, "protocols": {"injury-recovery": "our-course"}}
    path = f"complaints.toml: complaint.{like}.protocols.injury-recovery"
    assert refused_course(own_protocol(like, **changes), complaint) == {path: message}
    assert refused_course(own_protocol(like), complaint) == {}


def closer(like: str) -> list[dict[str, Any]]:
    return [{**phase, "gap-days": [1]} for phase in own_protocol(like)["phase"]]


def test_visits_of_another_course_come_no_closer() -> None:
    said = refused_course(own_protocol("whiplash", phase=closer("whiplash")), {"id": "whiplash", "protocols": {"acute": "our-course"}})
    assert "the shortest may be 3 or more" in said["complaints.toml: complaint.whiplash.protocols.acute"]


def test_phases_named_as_upkeep_do_not_escape_the_stop() -> None:
    protocol = own_protocol("shoulder")
    protocol["phase"] = [{**phase, "name": name} for phase, name in zip(protocol["phase"], ("maintenance", "taper"), strict=True)]
    said = refused_course(protocol, {"id": "shoulder", "protocols": {"chronic": "our-course"}})
    assert "upkeep" in said["complaints.toml: complaint.shoulder.protocols.chronic"]


def test_an_own_complaint_may_lead_where_a_built_in_one_leads() -> None:
    assert refusals(complaints={"complaint": [own_complaint("neck-chronic")]}) == {}
    assert laid(complaints={"complaint": [own_complaint("neck-chronic")]}).complaint["ours"].protocols[Condition.CHRONIC] == "neck-chronic"


def test_an_own_complaint_asks_for_what_its_course_is_for() -> None:
    said = refusals(complaints={"complaint": [own_complaint("pregnancy-lbp")]})
    assert "complaints.toml: complaint.ours.protocols.chronic" in said
    assert refusals(complaints={"complaint": [own_complaint("pregnancy-lbp", needs=["pregnant"])]}) == {}


def test_an_own_course_that_is_as_careful_as_no_built_in_one_is_refused() -> None:
    said = refused_course(own_protocol("lymphedema", needs_clearance=False), own_complaint("our-course"))
    assert "complaints.toml: complaint.ours.protocols.chronic" in said


def test_visits_that_leave_the_frail_nothing_are_refused() -> None:
    phases = [{**phase, "minutes": {"min": 10, "typical": 10, "max": 10}} for phase in own_protocol("shoulder")["phase"]]
    assert "protocols.toml: protocol.our-course.phase" in refusals(protocols={"protocol": [own_protocol("shoulder", phase=phases)]})


@pytest.mark.parametrize(
    ("tables", "path", "message"),
    [
        ({"edition": {"edition": "2027.01"}}, "edition.toml: ", "cannot be changed; take the file out"),
        ({"regions": {"region": []}}, "regions.toml: ", "cannot be changed; take the file out"),
        (
            {"rules": {"rule": []}},
            "rules.toml: ",
            f"'rules.toml' is not one of {', '.join(OWN_FILES)}; did you mean 'sources.toml'?",
        ),
        ({"contraindications": b"rule = ["}, "contraindications.toml: ", "is not TOML: Invalid value (at end of document)"),
        ({"contraindications": {"rules": []}}, "contraindications.toml: rules", "is not a known key; did you mean 'rule'?"),
        ({"contraindications": {"rule": [{"title": "No id"}]}}, "contraindications.toml: rule[0].id", "needs its id, a text"),
        ({"contraindications": {"rule": ["fever"]}}, "contraindications.toml: rule[0].id", "needs its id, a text"),
        (
            {"contraindications": {"rule": [{"id": "fever"}, {"id": "fever"}]}},
            "contraindications.toml: rule[1].id",
            "'fever' stands twice; make one entry of both",
        ),
        (
            {"contraindications": {"rule": [{"id": "fever", "presure-max": 1}]}},
            "contraindications.toml: rule.fever.presure-max",
            "is not a known key; did you mean 'pressure-max'?",
        ),
        (
            {"contraindications": {"rule": [{"id": "fevr"}]}},
            "contraindications.toml: rule.fevr.id",
            "is not built in, so it is taken for a new entry; did you mean 'fever'?",
        ),
        ({"planning": {"presure": {}}}, "planning.toml: presure", "is not a known key; did you mean 'pressure'?"),
        ({"overlay": {}}, "overlay.toml: name", "is missing"),
        (
            {"overlay": {"name": "Our Clinic"}},
            "overlay.toml: name",
            "'Our Clinic' is not a name of small letters, digits and '-', at most 40; write it like our-clinic",
        ),
        (
            {"techniques": {"technique": [a_technique(name="Our\x1b[31m work")]}},
            "techniques.toml: technique.our-work.name",
            "holds a line break or a letter that cannot be seen; write it on one line",
        ),
        (
            {"techniques": {"technique": [a_technique(description="Flushes out toxins.")]}},
            "techniques.toml: technique.our-work.description",
            "makes a claim that is never made: 'flushes out'; say what is supported, see claims.toml",
        ),
        (
            {"techniques": {"technique": [a_technique(training="a detox course")]}},
            "techniques.toml: technique.our-work.training",
            "makes a claim that is never made: 'detox'; say what is supported, see claims.toml",
        ),
        ({"claims": {"claim": [{"id": "toxins", "phrases": []}]}}, "claims.toml: claim.toxins.phrases", "forbids nothing"),
    ],
)
def test_what_is_no_sound_folder_is_refused_with_its_place(tables: dict[str, Any], path: str, message: str) -> None:
    assert refusals(**tables)[path] == message


@pytest.mark.parametrize(
    "content",
    [
        b"fact" + b".a" * 3000 + b" = 1",
        b"[fact" + b".a" * 3000 + b"]",
        b"fact = " + b"[" * 3000 + b"]" * 3000,
        b"fact" + b".a" * 20 + b" = 1",
    ],
)
def test_a_file_that_is_nested_without_end_is_refused(content: bytes) -> None:
    assert refusals(facts=content) == {"facts.toml: ": "is not TOML: it is nested too deeply"}


def test_a_key_of_another_file_is_not_known() -> None:
    assert refusals(facts={"rule": []}) == {"facts.toml: rule": "is not a known key"}
    assert refusals(facts={"groups": []}) == {"facts.toml: groups": "is not a known key; did you mean 'group'?"}


def test_what_is_wrong_twice_at_one_place_is_told_once() -> None:
    techniques = {"technique": [a_technique(cautions=["One\nline.", "Another\nline."])]}
    assert problems(techniques=techniques) == [("techniques.toml", "technique.our-work.cautions", None)]


def test_while_a_number_is_not_sound_nothing_is_said_of_what_the_others_loosen() -> None:
    said = refusals(planning={"pressure": {"firm": 5, "acute-cap": "none"}})
    assert said == {"planning.toml: pressure.acute-cap": "'none' is not a whole number from 1 to 5"}


def test_a_file_of_names_that_is_no_toml_is_told_once() -> None:
    assert refusals(overlay=b"name =") == {"overlay.toml: ": "is not TOML: Invalid value (at end of document)"}
    assert refusals(overlay={"name": 5}) == {"overlay.toml: name": "5 is not text"}


def test_a_folder_without_a_name_is_refused() -> None:
    from massage_cli.knowledge.overlay.merging import overlaid

    with pytest.raises(Unreadable) as broken:
        overlaid(knowledge(), {})
    (problem,) = broken.value.problems
    said = 'is missing; it names the clinic\'s own knowledge: name = "our-clinic"'
    assert (problem.file, problem.path, problem.message) == ("overlay.toml", "", said)


def test_while_an_entry_is_not_sound_nothing_is_said_of_how_entries_hang_together() -> None:
    said = refusals(contraindications={"rule": [{"id": "fever", "presure-max": 1}, a_rule(excludes=["nope"])]})
    assert said.keys() == {"contraindications.toml: rule.fever.presure-max"}


@pytest.mark.parametrize(("name", "sound"), [("x" * 40, True), ("x" * 41, False), ("our clinic", False), ("our-clinic-2", True)])
def test_a_name_is_short_and_plain(name: str, sound: bool) -> None:
    assert (refusals(overlay={"name": name}) == {}) is sound
    if sound:
        overlay = laid(overlay={"name": name}).overlay
        assert overlay is not None
        assert overlay.name == name


def test_a_name_that_is_refused_is_shown() -> None:
    with pytest.raises(Unreadable) as broken:
        laid(overlay={"name": "Our Clinic"})
    assert [problem.value for problem in broken.value.problems] == ["Our Clinic"]


def test_everything_that_is_refused_is_told_at_once() -> None:
    said = refusals(
        contraindications={"rule": [{"id": "anticoagulant", "pressure-max": 4}, {"id": "fever", "when": [[]]}]},
        techniques={"technique": [{"id": "thai", "tags": ["stretch"]}]},
        planning={"pressure": {"firm": 5}},
    )
    assert {
        "contraindications.toml: rule.anticoagulant.pressure-max",
        "contraindications.toml: rule.fever.when",
        "techniques.toml: technique.thai.tags",
        "planning.toml: pressure.firm",
    } <= said.keys()


def test_nothing_given_changes_nothing() -> None:
    merged = laid(sources={})
    assert (merged.rules, merged.techniques, merged.numbers) == (knowledge().rules, knowledge().techniques, knowledge().numbers)
