"""The questions of the questionnaire: their link ids, what they are answered with, and from which words."""

from collections.abc import Iterator
from enum import StrEnum

from massage_cli.documents.fhir.names import ANSWERS
from massage_cli.knowledge.facts import Fact
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import Condition, FactKind, Goal, Weekday, Wish
from massage_cli.planning.intake import EVERYTHING_ELSE

REASON, HEALTH, CLEARANCES, BOOKING = "intake", "health", "clearances", "booking"
"""The link ids of the parts of the questionnaire."""
REGIONS, UNSURE = ".regions", ".unsure"
"""What is added to the link id of a question: where its answer bears on, and that a number is not known."""


class AnswerKey(StrEnum):
    """The key under which FHIR holds an answer."""

    CODE = "valueCoding"
    INTEGER = "valueInteger"
    DECIMAL = "valueDecimal"
    DATE = "valueDate"
    BOOLEAN = "valueBoolean"
    TEXT = "valueString"


class Item(Value, frozen=True, kw_only=True):
    """One question; `words` names the closed set that codes are from, `choices` are codes of one question alone."""

    link_id: str
    text: str
    answer: AnswerKey
    repeats: bool = False
    required: bool = False
    words: str | None = None
    choices: tuple[str, ...] = ()


def _text(key: str, text: str, *, required: bool = False) -> Item:
    return Item(link_id=key, text=text, answer=AnswerKey.TEXT, required=required)


def _number(key: str, text: str, *, required: bool = False) -> Item:
    return Item(link_id=key, text=text, answer=AnswerKey.INTEGER, required=required)


def _day(key: str, text: str, *, repeats: bool = False, required: bool = False) -> Item:
    return Item(link_id=key, text=text, answer=AnswerKey.DATE, repeats=repeats, required=required)


def _code(key: str, text: str, words: str, *, repeats: bool = False, required: bool = False) -> Item:
    return Item(link_id=key, text=text, answer=AnswerKey.CODE, words=words, repeats=repeats, required=required)


ITEMS: dict[str, tuple[Item, ...]] = {
    REASON: (
        _text("intake.client", "Pseudonym of the client", required=True),
        _number("intake.age", "Age in years", required=True),
        _code("intake.condition", "Type of the condition", "condition", required=True),
        _code("intake.complaint", "What the client comes with", "complaint"),
        _code("intake.regions", "Regions to be treated", "region", repeats=True, required=True),
        _number("intake.pain", "Pain now, 0 to 10"),
        _day("intake.onset", "When it began"),
        _code("intake.goals", "Goals", "goal", repeats=True),
        _code("intake.pressure", "Pressure asked for", "pressure"),
        _code("intake.prefers", "Techniques asked for", "technique", repeats=True),
        _code("intake.declines", "Techniques not wanted", "technique", repeats=True),
        Item(link_id="intake.first-visit", text="First visit here", answer=AnswerKey.BOOLEAN),
        _text("intake.notes", "Notes"),
    ),
    CLEARANCES: (
        _code("clearances.rule", "What is agreed to", "clearance", required=True),
        _text("clearances.by", "Who agreed", required=True),
        _day("clearances.on", "On which day", required=True),
        _text("clearances.limits", "Within which limits"),
    ),
    BOOKING: (
        _day("booking.start", "Earliest day of the first visit"),
        _code("booking.weekdays", "Days that can be booked", "weekday", repeats=True),
        _day("booking.closed", "Closed days", repeats=True),
        _text("booking.holidays", "Country, or country-subdivision, whose public holidays are closed days"),
        _number("booking.max-sessions", "Visits at most"),
        _number("booking.max-per-week", "Visits a week at most"),
        _number("booking.minutes", "Longest visit in minutes"),
        _code("booking.trained-in", "Techniques with extra training the therapist has", "technique", repeats=True),
    ),
}
"""What is asked besides health; each link id is its key path in the intake."""

ATTESTED = Item(
    link_id=EVERYTHING_ELSE, text="Every other question was asked and answered no", answer=AnswerKey.CODE, words=ANSWERS, choices=("no",)
)


def health_items(fact: Fact) -> Iterator[Item]:
    """The question itself, under the fact's id; a number that may be unsure has a second one for that."""
    if fact.kind is FactKind.NUMBER:
        kind = AnswerKey.INTEGER if fact.whole else AnswerKey.DECIMAL
        yield Item(link_id=fact.id, text=fact.ask, answer=kind)
        yield Item(link_id=fact.id + UNSURE, text="Not known", answer=AnswerKey.CODE, words=ANSWERS, choices=("unsure",))
    else:
        own = ("yes", "no") if fact.kind is FactKind.YES_NO else fact.choices
        yield Item(link_id=fact.id, text=fact.ask, answer=AnswerKey.CODE, words=ANSWERS, choices=(*own, "unsure"))


def regions_item(fact: Fact) -> Item:
    """Where the answer bears on."""
    return _code(fact.id + REGIONS, "Where?", "region", repeats=True)


def words_of(knowledge: Knowledge) -> dict[str, tuple[tuple[str, str | None], ...]]:
    """Every closed set that several questions share, or that is long: its codes, and their names where they have any."""
    return {
        "condition": tuple((word, None) for word in Condition),
        "complaint": tuple((complaint.id, complaint.name) for complaint in knowledge.complaints),
        "region": tuple((name, None) for name in knowledge.body.region_names),
        "goal": tuple((word, None) for word in Goal),
        "pressure": tuple((word, None) for word in Wish),
        "technique": tuple((technique.id, technique.name) for technique in knowledge.techniques),
        "clearance": tuple((name, None) for name in knowledge.liftable),
        "weekday": tuple((word, None) for word in Weekday),
    }
