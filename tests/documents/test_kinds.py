"""Which documents can be made of which plan, and that a withheld client is given nothing of how to treat."""

import re

import pytest

from massage_cli.documents.kinds import KINDS, letter_of, make
from massage_cli.documents.names import DocumentKind
from massage_cli.knowledge.check_claims import claims_in
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.vocabulary import OutcomeKind
from tests.builders import knowledge
from tests.documents.samples import OPTIONS, all_made, made, samples

SCHEDULES = frozenset(
    map(DocumentKind, ("ics", "csv", "markdown", "json", "html", "fhir", "soap", "soap-text", "plan-of-care", "plan-of-care-text"))
)
CLEARANCES = frozenset({DocumentKind.CLEARANCE, DocumentKind.CLEARANCE_TEXT})
REFERRALS = frozenset({DocumentKind.REFERRAL, DocumentKind.REFERRAL_TEXT})
SUMMARIES = frozenset({DocumentKind.DISCHARGE, DocumentKind.DISCHARGE_TEXT})
POSSIBLE = {
    "ankle-sprain": SCHEDULES,
    "blood-thinner": SCHEDULES,
    "chest-pain": REFERRALS,
    "hamstring": SCHEDULES,
    "low-back": SCHEDULES,
    "monthly-upkeep": SCHEDULES,
    "open-question": frozenset(),
    "pregnancy": CLEARANCES,
    "pregnancy-cleared": SCHEDULES,
    "untrained": frozenset(),
    "improved": SCHEDULES | SUMMARIES,
    "stopped": REFERRALS,
    "danger-at-visit": REFERRALS,
    "danger-unsure": CLEARANCES | REFERRALS,
    "danger-and-clearance": CLEARANCES | REFERRALS,
    "nowhere": REFERRALS,
    "scar": CLEARANCES,
}
WITHHELD = [name for name, kinds in POSSIBLE.items() if not kinds & SCHEDULES]
EVERY = pytest.mark.parametrize("name", POSSIBLE)


def of_treatment() -> re.Pattern[str]:
    """The names of every technique and phase, and every date."""
    techniques = {technique.name for technique in knowledge().techniques}
    phases = {phase.name for protocol in knowledge().protocols for phase in protocol.phase}
    words = "|".join(re.escape(name) for name in sorted(techniques | phases))
    return re.compile(rf"\b(?:{words}|\d{{4}}-\d{{2}}-\d{{2}})\b", re.IGNORECASE)


def test_the_samples_are_in_every_state() -> None:
    plans = samples()
    assert plans.keys() == POSSIBLE.keys()
    assert {plan.outcome for plan in plans.values()} == set(OutcomeKind)
    assert plans["stopped"].stopped
    assert plans["stopped"].sessions


@EVERY
def test_a_plan_gives_the_documents_of_its_outcome_and_no_other(name: str) -> None:
    assert all_made(samples()[name]).keys() == POSSIBLE[name]


@pytest.mark.parametrize("name", WITHHELD)
def test_nothing_that_a_withheld_client_is_given_says_how_to_treat(name: str) -> None:
    document = samples()[name]
    decided = set() if document.decision is None else {document.decision.on.isoformat()}
    days = {visit.date.isoformat() for visit in (*document.sessions, *document.visits)}
    for text in all_made(document).values():
        body = re.sub(r"<head>.*?</head>", "", text, flags=re.DOTALL)
        said = set(of_treatment().findall(body))
        assert said <= {OPTIONS.on.isoformat(), *decided}
        assert not said & days


@pytest.mark.parametrize("name", WITHHELD)
def test_a_refusal_names_what_can_be_made_instead(name: str) -> None:
    with pytest.raises(Unreadable) as refused:
        make(DocumentKind.CALENDAR, samples()[name], knowledge(), OPTIONS, called="plan")
    (problem,) = refused.value.problems
    assert all(kind in problem.message for kind in POSSIBLE[name])
    assert POSSIBLE[name] or "massage show" in problem.message


def test_a_course_without_a_visit_is_not_summed_up() -> None:
    with pytest.raises(Unreadable) as refused:
        make(DocumentKind.DISCHARGE, samples()["low-back"], knowledge(), OPTIONS, called="plan")
    assert "no visit took place yet" in refused.value.problems[0].message


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("chest-pain", DocumentKind.REFERRAL),
        ("stopped", DocumentKind.REFERRAL),
        ("nowhere", DocumentKind.REFERRAL),
        ("danger-and-clearance", DocumentKind.REFERRAL),
        ("pregnancy", DocumentKind.CLEARANCE),
        ("scar", DocumentKind.CLEARANCE),
        ("improved", DocumentKind.DISCHARGE),
    ],
)
def test_the_letter_that_fits_looks_at_danger_first(name: str, fits: DocumentKind) -> None:
    assert letter_of(samples()[name], text=False) is fits
    assert letter_of(samples()[name], text=True) == f"{fits}-text"
    assert made(fits, samples()[name]) is not None


@EVERY
def test_no_document_makes_a_claim(name: str) -> None:
    for kind, text in all_made(samples()[name]).items():
        assert claims_in(text, knowledge()) == (), kind


@EVERY
def test_a_document_made_twice_is_the_same(name: str) -> None:
    assert all_made(samples()[name]) == all_made(samples()[name])


def test_the_command_knows_every_document() -> None:
    assert list(DocumentKind) == list(KINDS)


def test_every_text_ends_in_one_line_end() -> None:
    document = samples()["improved"]
    for kind in (DocumentKind.SOAP, DocumentKind.SOAP_TEXT, DocumentKind.DISCHARGE, DocumentKind.DISCHARGE_TEXT):
        text = made(kind, document)
        assert text is not None
        assert text == text.rstrip("\n") + "\n"
