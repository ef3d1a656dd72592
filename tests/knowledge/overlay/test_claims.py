"""Claims that are never made: in a clinic's own files they are told with their place, whatever else is wrong."""

from typing import Any

from tests.knowledge.overlay.folder import a_rule, a_technique, laid, problems, refusals

CLAIM = "makes a claim that is never made: 'detox'; say what is supported, see claims.toml"


def a_complaint(protocol: str, **changes: Any) -> dict[str, Any]:
    return {"id": "ours", "name": "Ours", "regions": ["neck"], "synonyms": [], "protocols": {"chronic": protocol}, **changes}


def test_a_claim_is_told_once_with_its_place_and_its_words() -> None:
    techniques = {"technique": [a_technique(description="Flushes out what is old.")]}
    assert problems(techniques=techniques) == [("techniques.toml", "technique.our-work.description", "flushes out")]


def test_a_name_that_is_also_a_claim_is_refused_as_both() -> None:
    assert refusals(complaints={"complaint": [a_complaint("detox")]}) == {
        "complaints.toml: complaint.ours.protocols.chronic": CLAIM,
        "complaints.toml: complaint.ours.protocols": "'detox' is not a protocol",
    }


def test_besides_a_claim_it_is_told_which_course_leads_too_far() -> None:
    complaint = a_complaint("pregnancy-lbp", name="Detox")
    assert [path for _, path, _ in problems(complaints={"complaint": [complaint]})] == [
        "complaint.ours.name",
        "complaint.ours.protocols.chronic",
    ]


def test_a_claim_of_ones_own_is_never_made_by_anybody() -> None:
    claim = {"id": "cures", "phrases": ["cures everything"], "why": "It does not.", "supported": "May help.", "sources": ["ours"]}
    assert laid(claims={"claim": [claim]}).claims[-1].phrases == ("cures everything",)
    said = problems(claims={"claim": [{**claim, "phrases": ["house rule", "kneading"]}]}, contraindications={"rule": [a_rule()]})
    assert ("contraindications.toml", "rule.our-rule.reason", "house rule") in said
    assert ("techniques.toml", "technique.swedish", "kneading") in said


def test_a_source_may_be_called_after_a_claim() -> None:
    title = {"key": "theirs", "citation": "Detox: a review", "link": "here", "read": "whole"}
    assert laid(sources={"source": [title]}).sources[-1].citation == "Detox: a review"
