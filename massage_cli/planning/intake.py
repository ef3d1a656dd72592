"""The intake: what the client told us, checked."""

from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta

from massage_cli.knowledge.named import OTHER_COMPLAINT
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import Condition, Goal, Weekday, Wish

INTAKE_FORMAT: Literal["massage-intake/1"] = "massage-intake/1"
EVERYTHING_ELSE = "everything-else"
"""The key of `[health]` that attests that every other question was asked and answered no."""


class Placed(Value, frozen=True, kw_only=True):
    """An answer to a question about health with the regions it bears on; an answer of no has none."""

    answer: str
    regions: tuple[str, ...] | None = None


Reply = str | int | float | Placed
"""What is answered to one question about health: yes, no, unsure, a choice, a number, or an answer with regions."""


class Clearance(Value, frozen=True, kw_only=True):
    """A recorded agreement of a physician or midwife to one rule, or to one protocol that needs permission."""

    rule: str
    by: str
    on: date
    limits: str | None = None


class Booking(Value, frozen=True, kw_only=True):
    """When and how visits can be booked; None and empty mean that nothing was said."""

    start: date | None = None
    weekdays: tuple[Weekday, ...] | None = None
    closed: tuple[date, ...] = ()
    holidays: str | None = None
    max_sessions: Annotated[int, Meta(ge=1)] | None = None
    max_per_week: Annotated[int, Meta(ge=1, le=7)] | None = None
    minutes: int | None = None
    trained_in: tuple[str, ...] = ()


NOTHING_BOOKED = Booking()
"""A booking that says nothing; it is left out of files."""


class Intake(Value, frozen=True, kw_only=True):
    """One client's answers, as they were read: nothing is filled in, so that a plan can be made again from it."""

    format: Literal["massage-intake/1"]
    client: str
    age: Annotated[int, Meta(ge=0, le=120)]
    condition: Condition
    complaint: str | None = None
    regions: tuple[str, ...]
    pain: Annotated[int, Meta(ge=0, le=10)] | None = None
    onset: date | None = None
    goals: tuple[Goal, ...] = ()
    pressure: Wish | None = None
    prefers: tuple[str, ...] = ()
    declines: tuple[str, ...] = ()
    first_visit: bool | None = None
    notes: str | None = None
    health: dict[str, Reply] = {}  # noqa: RUF012  # msgspec gives each value a fresh one
    clearances: tuple[Clearance, ...] = ()
    booking: Booking = NOTHING_BOOKED

    @property
    def is_first_visit(self) -> bool:
        """True unless the intake says otherwise (planning.md 1.1)."""
        return self.first_visit is not False

    @property
    def wish(self) -> Wish:
        """The pressure asked for, moderate where nothing was said (planning.md 1.1)."""
        return Wish.MODERATE if self.pressure is None else self.pressure

    @property
    def complaint_or_other(self) -> str:
        """The complaint, `other` where none was named (planning.md 1.1)."""
        return OTHER_COMPLAINT if self.complaint is None else self.complaint

    def days_since_onset(self, on: date) -> int | None:
        """Days from onset to the given day; the day of onset is day 0. None where the onset is not known."""
        return None if self.onset is None else (on - self.onset).days


def file_keys(kind: Any) -> tuple[str, ...]:
    """The keys of a value in its file, in order."""
    return tuple(kind.__struct_encode_fields__)
