"""The questions about booking: what differs for this client from the usual."""

from collections.abc import Iterator

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import Weekday
from massage_cli.planning.questionnaire.given import Given
from massage_cli.planning.questionnaire.question import Kind, Option, Question, Section, one, pages


def booking_questions(given: Given, knowledge: Knowledge) -> Iterator[Question]:
    """Whether anything differs from the usual, and what."""
    section = Section.BOOKING
    usual = (("usual", "As usual: from the settings, else weekdays and no limits"), ("change", "Change something for this client"))
    yield one("booking", section, "Booking", usual)
    if given.get("booking") != "change":
        return
    days = tuple(Option(value=day, label=label) for day, label in zip(Weekday, _WEEKDAY_NAMES, strict=True))
    numbers = knowledge.numbers
    yield Question(id="booking.start", section=section, kind=Kind.DATE, title="Earliest first visit", required=False)
    yield Question(id="booking.weekdays", section=section, kind=Kind.MANY, title="Working days", options=days, none="As usual")
    yield Question(
        id="booking.closed",
        section=section,
        kind=Kind.TEXT,
        title="Closed days",
        wording="Dates with spaces between, like 2026-12-25 2026-12-28.",
        required=False,
    )
    yield Question(
        id="booking.holidays",
        section=section,
        kind=Kind.TEXT,
        title="Public holidays of",
        wording="A country like US, or US-CA.",
        required=False,
    )
    for key, title, lowest, highest in (
        ("max-sessions", "Visits that are paid for", 1, 200),
        ("max-per-week", "Visits a week at most", 1, 7),
        ("minutes", "Longest visit offered, minutes", numbers.booking.shortest_minutes, numbers.longest_minutes),
    ):
        yield Question(id=f"booking.{key}", section=section, kind=Kind.NUMBER, title=title, lowest=lowest, highest=highest, required=False)
    trained = tuple(Option(value=technique.id, label=technique.name) for technique in knowledge.techniques if technique.extra_training)
    yield from pages("booking.trained-in", section, "Extra training the therapist has", trained, none="As usual, or none of these")


_WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
