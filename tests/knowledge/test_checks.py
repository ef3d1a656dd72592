"""What has to hold across the knowledge files: each breach is refused with its file and key path."""

from typing import Any

import msgspec
import pytest

from massage_cli.knowledge.check_claims import claims_in
from massage_cli.knowledge.checks import check
from tests.builders import GONE, changed_knowledge, knowledge

RULES, FACTS, PROTOCOLS = "contraindications.toml", "facts.toml", "protocols.toml"


def test_the_built_in_knowledge_is_sound() -> None:
    assert check(knowledge()) == ()


def breaches(*changes: tuple[str, str, Any]) -> list[tuple[str | None, str, str]]:
    return [(problem.file, problem.path, problem.message) for problem in check(changed_knowledge(*changes))]


@pytest.mark.parametrize(
    ("file", "changed", "value", "path", "message"),
    [
        # ids
        (RULES, "rule.fever.id", "fever_", "rule.fever_", "is not a kebab-case id"),
        (RULES, "rule.fever.id", "pregnancy", "rule.pregnancy", "stands twice"),
        ("complaints.toml", "complaint.neck.id", "hip", "complaint.hip", "stands twice"),
        ("measures.toml", "measure.vas.id", "nprs", "measure.nprs", "stands twice"),
        ("advice.toml", "advice.soreness.id", "emergency", "advice.emergency", "stands twice"),
        ("claims.toml", "claim.toxins.id", "proven", "claim.proven", "stands twice"),
        # references
        (RULES, "rule.fever.sources", [], "rule.fever.sources", "names no source"),
        (RULES, "rule.fever.sources", ["nobody"], "rule.fever.sources", "'nobody' is not a source"),
        ("regions.toml", "site.eye.sources", [], "site.eye.sources", "names no source"),
        ("advice.toml", "advice.soreness.sources", [], "advice.soreness.sources", "names no source"),
        ("measures.toml", "measure.nprs.sources", [], "measure.nprs.sources", "names no source"),
        (PROTOCOLS, "protocol.doms.sources", [], "protocol.doms.sources", "names no source"),
        (
            "techniques.toml",
            "technique.thai.indication.0.sources",
            [],
            "technique.thai.indication.low-back-chronic.sources",
            "names no source",
        ),
        (
            PROTOCOLS,
            "protocol.generic-chronic-intensive.exceptions.0.source",
            "x",
            "protocol.generic-chronic-intensive.exceptions.source",
            "'x' is not a source",
        ),
        (
            RULES,
            "rule.fever.excludes",
            ["hot-stones"],
            "rule.fever.excludes",
            "'hot-stones' is not a tag or technique; did you mean 'hot-stone'?",
        ),
        (
            RULES,
            "rule.bruise-or-hematoma.at.0.where",
            "fever",
            "rule.bruise-or-hematoma.at[0].where",
            "'fever' is not a fact that asks where",
        ),
        (FACTS, "fact.fever.group", "todya", "fact.fever.group", "'todya' is not a group; did you mean 'today'?"),
        ("regions.toml", "site.groin.region", "thihg", "site.groin.region", "'thihg' is not a region; did you mean 'thigh'?"),
        ("techniques.toml", "technique.swedish.tags", ["brood"], "technique.swedish.tags", "'brood' is not a tag; did you mean 'broad'?"),
        (
            "techniques.toml",
            "technique.swedish.regions",
            ["nek"],
            "technique.swedish.regions",
            "'nek' is not a region; did you mean 'neck'?",
        ),
        ("complaints.toml", "complaint.neck.regions", ["nek"], "complaint.neck.regions", "'nek' is not a region; did you mean 'neck'?"),
        ("complaints.toml", "complaint.neck.protocols.chronic", "neck", "complaint.neck.protocols", "'neck' is not a protocol"),
        (
            "complaints.toml",
            "complaint.lymphedema.needs",
            ["lymph"],
            "complaint.lymphedema.needs",
            "'lymph' is not a fact; did you mean 'lymph-risk'?",
        ),
        (
            PROTOCOLS,
            "protocol.doms.techniques",
            ["swedich"],
            "protocol.doms.techniques",
            "'swedich' is not a technique; did you mean 'swedish'?",
        ),
        (PROTOCOLS, "protocol.doms.measures", ["nrps"], "protocol.doms.measures", "'nrps' is not a measure; did you mean 'nprs'?"),
        (PROTOCOLS, "protocol.scar.cleared-by", ["fever"], "protocol.scar.cleared-by", "'fever' is not a rule that a clearance lifts"),
        (PROTOCOLS, "protocol.doms.evidence-from", "neck", "protocol.doms.evidence-from", "'neck' is not a protocol"),
        ("planning.toml", "short-by-nature", ["scar"], "short-by-nature", "'scar' is not a technique"),
        ("planning.toml", "choosing.intensive-never-with", ["wide"], "choosing.intensive-never-with", "'wide' is not a rule"),
        (
            "advice.toml",
            "advice.self-massage.protocols",
            ["tmj"],
            "advice.self-massage.protocols",
            "'tmj' is not a protocol; did you mean 'tmd'?",
        ),
        # places
        ("regions.toml", "site.groin.excludes", ["deep"], "site.groin", "does not agree with the standing rule for this site"),
        ("regions.toml", "site.eye.avoid", False, "site.eye", "does not agree with the standing rule for this site"),
        ("regions.toml", "region.elbow.limb", GONE, "region.shoulder.limb", "the regions of the arm do not follow each other"),
        # questions
        (FACTS, "fact.fever.label", "x" * 61, "fact.fever.label", "is longer than 60 characters"),
        (FACTS, "fact.fever.choices", ["a"], "fact.fever", "choices belong to facts of kind choice, and each of these needs some"),
        (FACTS, "fact.surgery-size.choices", ["minor", "major", "major"], "fact.surgery-size", "a choice stands twice"),
        (
            FACTS,
            "fact.surgery-size.choices",
            ["minor", "major", "unsure"],
            "fact.surgery-size",
            "unsure can always be answered, and is no name for a choice",
        ),
        (FACTS, "fact.systolic.min", GONE, "fact.systolic", "min and max belong to facts of kind number, and each of these needs both"),
        (FACTS, "fact.fever.max", 3, "fact.fever", "min and max belong to facts of kind number, and each of these needs both"),
        (FACTS, "fact.fever.optional", True, "fact.fever", "only a number may be optional"),
        (FACTS, "fact.systolic.where", True, "fact.systolic", "only a yes-no fact may ask where"),
        # rules
        (
            RULES,
            "rule.fever.urgency",
            GONE,
            "rule.fever",
            "an urgency belongs to red flags and absolute rules, and each of these needs one",
        ),
        (
            RULES,
            "rule.older-adult.urgency",
            "soon",
            "rule.older-adult",
            "an urgency belongs to red flags and absolute rules, and each of these needs one",
        ),
        (
            RULES,
            "rule.kidney-disease.clearance-valid-days",
            0,
            "rule.kidney-disease",
            "clearance-valid-days belongs to rules that a clearance lifts, and each of these needs it",
        ),
        (RULES, "rule.fever.when", [], "rule.fever", "can never hold: when is empty"),
        (RULES, "rule.fever.when", [[]], "rule.fever", "a standing rule cannot stop anybody, and holds without criteria"),
        (RULES, "rule.bruise-or-hematoma.at.0.where", GONE, "rule.bruise-or-hematoma.at[0]", "needs either regions or where"),
        (RULES, "rule.bruise-or-hematoma.at.0.regions", ["neck"], "rule.bruise-or-hematoma.at[0]", "needs either regions or where"),
        (RULES, "rule.injury-under-72-hours-by-date.at.0.avoid", False, "rule.injury-under-72-hours-by-date.at[0]", "limits nothing"),
        # techniques
        (
            "techniques.toml",
            "technique.swedish.tags",
            [],
            "technique.swedish.tags",
            "carries no tag, so no rule could exclude what it does",
        ),
        ("techniques.toml", "technique.swedish.regions", [], "technique.swedish.regions", "is used nowhere"),
        ("techniques.toml", "technique.swedish.goals.swelling", GONE, "technique.swedish.goals", "does not rate every goal"),
        ("techniques.toml", "technique.swedish.pressure.min", 4, "technique.swedish.pressure", "min is above max"),
        ("techniques.toml", "technique.swedish.minutes.typical", 1, "technique.swedish.minutes", "min, typical and max do not rise"),
        (
            "techniques.toml",
            "technique.thai.indication.1.for",
            "low-back-chronic",
            "technique.thai.indication",
            "rates the same thing twice",
        ),
        # complaints
        (
            "complaints.toml",
            "complaint.neck.protocols.acute",
            "neck-chronic",
            "complaint.neck.protocols.acute",
            "'neck-chronic' is not for this condition",
        ),
        ("complaints.toml", "complaint.other.protocols.acute", GONE, "complaint.other", "must name a general protocol for every condition"),
        # protocols
        (PROTOCOLS, "protocol.doms.techniques", [], "protocol.doms", "needs a phase, a technique and a condition"),
        (PROTOCOLS, "protocol.doms.sessions-total", 2, "protocol.doms", "sessions-total is not the sum of its phases"),
        (PROTOCOLS, "protocol.scar.review-visits", [6, 4], "protocol.scar", "review-visits do not rise, or lie beyond the last visit"),
        (PROTOCOLS, "protocol.scar.review-visits", [4, 7], "protocol.scar", "review-visits do not rise, or lie beyond the last visit"),
        (PROTOCOLS, "protocol.doms.techniques", ["sports", "sports"], "protocol.doms", "a technique stands twice"),
        (
            PROTOCOLS,
            "protocol.doms.maintenance.offer",
            True,
            "protocol.doms",
            "maintenance is offered without an interval, or has an interval without being offered",
        ),
        (PROTOCOLS, "protocol.scar.phase.taper.name", "initial", "protocol.scar", "two phases have one name"),
        (PROTOCOLS, "protocol.scar.phase.taper.gap-days", [], "protocol.scar", "phase taper has no gap-days"),
        (PROTOCOLS, "protocol.scar.phase.taper.gap-days", [3], "protocol.scar", "visits a week rise from one phase to the next"),
        (PROTOCOLS, "protocol.scar.phase.taper.minutes.min", 200, "protocol.scar", "the minutes of phase taper do not rise"),
        (
            PROTOCOLS,
            "protocol.scar.phase.taper.sessions-range",
            [5, 6],
            "protocol.scar",
            "the sessions of phase taper are outside their range",
        ),
        # numbers
        ("planning.toml", "session-split.0.main", 10, "session-split", "the parts of 15 minutes do not add up"),
        ("planning.toml", "session-split", [], "session-split", "the minutes do not rise"),
        ("planning.toml", "techniques-by-minutes.0.up-to", 30, "techniques-by-minutes", "the minutes do not rise"),
        ("planning.toml", "techniques-by-minutes", [], "techniques-by-minutes", "the minutes do not rise"),
        ("planning.toml", "main-block-shares.1", [60, 39], "main-block-shares[1]", "are not 2 shares of 100 in all"),
        ("planning.toml", "main-block-shares.1", [60, 30, 10], "main-block-shares[1]", "are not 2 shares of 100 in all"),
        ("planning.toml", "main-block-shares", [[100]], "techniques-by-minutes", "takes more techniques than there are shares for"),
        ("planning.toml", "evidence-scores.high", GONE, "evidence-scores", "does not rate every certainty"),
        ("planning.toml", "direction-factors.mixed", GONE, "direction-factors", "does not rate every direction"),
        (
            "planning.toml",
            "direction-factors.mixed",
            0.1,
            "direction-factors.mixed",
            "cannot be counted with exactly; use halves or quarters",
        ),
        ("planning.toml", "calendar.default-weekdays", [], "calendar.default-weekdays", "is empty"),
        (
            "planning.toml",
            "adaptation.pain-mcid-by-baseline.1.to",
            6,
            "adaptation.pain-mcid-by-baseline",
            "names pain 7 0 times instead of once",
        ),
        (
            "planning.toml",
            "adaptation.pain-mcid-by-baseline.1.to",
            8,
            "adaptation.pain-mcid-by-baseline",
            "names pain 8 2 times instead of once",
        ),
        ("planning.toml", "adaptation.taper-phases", ["comfort"], "adaptation.taper-phases", "'comfort' is among the upkeep phases too"),
        ("planning.toml", "adaptation.ease-hours", 73, "adaptation.ease-hours", "lies beyond worse-hours"),
        # measures and advice
        ("measures.toml", "measure.nprs.range", [10, 10], "measure.nprs.range", "does not rise"),
        ("advice.toml", "advice.soreness.always", False, "advice.soreness", "is either for everybody or for the protocols it names"),
        ("advice.toml", "advice.soreness.protocols", ["scar"], "advice.soreness", "is either for everybody or for the protocols it names"),
        # claims
        (RULES, "rule.fever.reason", "A good Detox.", "rule.fever", "makes a claim that is never made: 'detox'"),
        (RULES, "rule.fever.precautions", ["This will cure it."], "rule.fever", "makes a claim that is never made: 'cure'"),
        (FACTS, "fact.fever.ask", "Do you need a detox?", "fact.fever", "makes a claim that is never made: 'detox'"),
        (
            "advice.toml",
            "advice.soreness.text",
            "No pain, no gain.",
            "advice.soreness",
            "makes a claim that is never made: 'no pain, no gain'",
        ),
        (
            "techniques.toml",
            "technique.thai.description",
            "It boosts immunity.",
            "technique.thai",
            "makes a claim that is never made: 'boosts immunity'",
        ),
        (PROTOCOLS, "protocol.doms.basis", "A proven course.", "protocol.doms", "makes a claim that is never made: 'proven'"),
        ("regions.toml", "site.groin.why", "Toxins gather here.", "site.groin", "makes a claim that is never made: 'toxins'"),
        ("complaints.toml", "complaint.neck.name", "Energy flow", "complaint.neck", "makes a claim that is never made: 'energy flow'"),
        ("measures.toml", "measure.nprs.name", "Cure scale", "measure.nprs", "makes a claim that is never made: 'cure'"),
        (PROTOCOLS, "protocol.scar.stop-after", 99, "protocol.scar", "stop-after lies beyond the last visit"),
        (RULES, "rule.fever.title", " ", "rule.fever", "needs a title, a reason and an action"),
    ],
)
def test_a_breach_is_refused_with_its_file_and_path(file: str, changed: str, value: Any, path: str, message: str) -> None:
    assert breaches((file, changed, value)) == [(file, path, message)]


@pytest.mark.parametrize(
    ("file", "changed", "value", "path", "message"),
    [
        (FACTS, "fact.fever.id", "Fever", "fact.Fever", "is not a kebab-case id"),
        (FACTS, "fact.fever.id", "chest-pain", "fact.chest-pain", "stands twice"),
        (FACTS, "group.today.id", "clots", "group.clots", "stands twice"),
        ("regions.toml", "region.head.id", "neck", "region.neck", "stands twice"),
        ("regions.toml", "site.groin.id", "knee", "region.knee", "stands twice"),
        ("techniques.toml", "technique.thai.id", "deep", "technique.deep", "stands twice"),
        (PROTOCOLS, "protocol.scar.id", "doms", "protocol.doms", "stands twice"),
        ("sources.toml", "source.ad.key", "aaa-nhs", "source.aaa-nhs", "stands twice"),
        (
            RULES,
            "rule.always-caution-sites.at.0.regions",
            ["eyes"],
            "rule.always-caution-sites.at[0].regions",
            "'eyes' is not a region or site; did you mean 'eye'?",
        ),
        (
            RULES,
            "rule.always-caution-sites.at.1.excludes",
            ["depe"],
            "rule.always-caution-sites.at[1].excludes",
            "'depe' is not a tag or technique; did you mean 'deep'?",
        ),
        (
            FACTS,
            "fact.injury-stage.choices",
            [],
            "fact.injury-stage",
            "choices belong to facts of kind choice, and each of these needs some",
        ),
        (FACTS, "fact.systolic.min", 260, "fact.systolic", "min is not below max"),
        (RULES, "rule.fever.clearance", "lifts-stop", "rule.fever", "a clearance lifts the stop of clearance rules, and of no others"),
        (
            RULES,
            "rule.kidney-disease.clearance",
            "none",
            "rule.kidney-disease",
            "a clearance lifts the stop of clearance rules, and of no others",
        ),
        ("complaints.toml", "complaint.other.id", "rest", "complaint.other", "must name a general protocol for every condition"),
        (PROTOCOLS, "protocol.doms.phase", [], "protocol.doms", "needs a phase, a technique and a condition"),
        (PROTOCOLS, "protocol.doms.conditions", [], "protocol.doms", "needs a phase, a technique and a condition"),
        ("claims.toml", "claim.toxins.phrases", [" "], "claim.toxins.phrases", "forbids nothing"),
        (
            RULES,
            "rule.always-caution-sites.at.0.where",
            "regions",
            "rule.always-caution-sites",
            "a standing rule holds in fixed places, not in places that a client names",
        ),
    ],
)
def test_a_breach_that_breaks_more_is_refused_among_the_rest(file: str, changed: str, value: Any, path: str, message: str) -> None:
    found = breaches((file, changed, value))
    assert (file, path, message) in found and len(found) > 1


SPLITS = msgspec.to_builtins(knowledge().numbers.session_split)
BANDS = "adaptation.pain-mcid-by-baseline"


def test_the_lengths_of_visits_rise() -> None:
    assert breaches(("planning.toml", "session-split", SPLITS[::-1])) == [("planning.toml", "session-split", "the minutes do not rise")]
    assert breaches(("planning.toml", "session-split", SPLITS[:1] * 2)) == [("planning.toml", "session-split", "the minutes do not rise")]


def test_every_pain_that_is_not_resolved_stands_in_one_band() -> None:
    named = [("planning.toml", BANDS, f"names pain {pain} 0 times instead of once") for pain in range(11)]
    assert breaches(("planning.toml", f"{BANDS}.0.from", 3)) == [named[2]]
    assert breaches(("planning.toml", f"{BANDS}.2.to", 8)) == [named[9], named[10]]
    assert breaches(("planning.toml", f"{BANDS}.0.from", 2)) == []


def test_soreness_may_ease_off_within_the_hours_that_count_as_worse() -> None:
    assert breaches(("planning.toml", "adaptation.ease-hours", knowledge().numbers.adaptation.worse_hours)) == []


def test_a_name_that_stands_for_nothing_is_shown() -> None:
    (problem,) = check(changed_knowledge((RULES, "rule.fever.sources", ["nobody"])))
    assert problem.value == "nobody"


def test_a_claim_that_is_made_is_shown() -> None:
    (problem,) = check(changed_knowledge((FACTS, "fact.fever.ask", "Do you need a Detox?")))
    assert problem.value == "detox"


def test_a_source_that_went_is_missed_by_every_entry_that_cites_it() -> None:
    found = breaches(("sources.toml", "source.aha-crisis.key", "aha"))
    paths = {path for _, path, message in found if "'aha-crisis' is not a source" in message}
    assert paths == {f"rule.{rule.id}.sources" for rule in knowledge().rules if "aha-crisis" in rule.sources}


def test_a_protocol_that_a_note_may_name_and_a_rule_have_different_names() -> None:
    assert (RULES, "rule.fever", "stands twice") in breaches((PROTOCOLS, "protocol.scar.id", "fever"))


def test_a_region_on_a_limb_has_two_sides() -> None:
    found = breaches(("regions.toml", "region.chest.limb", "arm"))
    assert ("regions.toml", "region.chest.limb") in [(file, path) for file, path, _ in found]


def test_a_claim_names_sources_that_exist() -> None:
    found = breaches(("claims.toml", "claim.toxins.sources", ["nobody"]))
    assert ("claims.toml", "claim.toxins.sources") in [(file, path) for file, path, _ in found]


def test_a_measure_that_was_not_checked_names_sources_that_exist() -> None:
    unchecked = next(measure.id for measure in knowledge().measures if not measure.checked)
    found = breaches(("measures.toml", f"measure.{unchecked}.sources", ["nobody"]))
    assert ("measures.toml", f"measure.{unchecked}.sources") in [(file, path) for file, path, _ in found]


def test_the_protocol_for_severe_pain_has_to_exist() -> None:
    assert breaches((PROTOCOLS, "protocol.generic-chronic-intensive.id", "generic-chronic-strong")) != []


def test_breaches_of_several_files_are_reported_at_once() -> None:
    found = breaches(
        (RULES, "rule.fever.sources", ["nobody"]),
        (RULES, "rule.pregnancy.at.0.excludes", ["depe"]),
        (FACTS, "fact.fever.group", "todya"),
        ("planning.toml", "session-split.0.main", 10),
    )
    assert {(file, path) for file, path, _ in found} == {
        (RULES, "rule.fever.sources"),
        (RULES, "rule.pregnancy.at[0].excludes"),
        (FACTS, "fact.fever.group"),
        ("planning.toml", "session-split"),
    }


def test_no_text_that_may_be_printed_makes_a_claim() -> None:
    texts = [rule.title + rule.reason + rule.action + " ".join(rule.precautions) for rule in knowledge().rules]
    texts += [fact.label + fact.ask for fact in knowledge().facts] + [group.title for group in knowledge().groups]
    texts += [technique.name + technique.description + technique.note for technique in knowledge().techniques]
    texts += [protocol.name + protocol.basis + protocol.step_down_early for protocol in knowledge().protocols]
    texts += [line.text for line in knowledge().advice] + [site.why for site in knowledge().sites]
    assert [claim for text in texts for claim in claims_in(text, knowledge())] == []


def test_what_may_be_said_instead_of_a_claim_makes_none() -> None:
    assert [claim.id for claim in knowledge().claims if claims_in(claim.supported, knowledge())] == []


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("It will CURE you.", ("cure",)),
        ("cure", ("cure",)),
        ("It is secure and mature.", ()),
        ("It flushes out toxins!", ("toxins", "flushes out")),
        ("Nothing of the kind.", ()),
    ],
)
def test_a_claim_is_found_as_whole_words_in_any_case(text: str, phrases: tuple[str, ...]) -> None:
    assert claims_in(text, knowledge()) == phrases


def test_a_claim_is_found_however_its_phrase_is_written() -> None:
    found = breaches(("claims.toml", "claim.toxins.phrases", ["Fever"]))
    assert any(file == FACTS and path == "fact.fever" for file, path, _ in found) or any(file == "claims.toml" for file, _, _ in found)
