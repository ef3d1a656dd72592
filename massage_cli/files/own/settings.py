"""The therapist's own settings: defaults that intakes may leave out."""

from pathlib import Path
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from massage_cli.files.public_holidays import holiday_code_problem
from massage_cli.files.reading import parse, read_bytes
from massage_cli.knowledge.decoding import salvage
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.knowledge.value import Value
from massage_cli.planning.intake import NOTHING_BOOKED, Booking, Intake, file_keys
from massage_cli.planning.intake_problems import booking_problems


class Settings(Value, frozen=True, kw_only=True):
    """What the settings file holds; every key may be left out."""

    name: str | None = None
    phone: str | None = None
    plans_folder: str | None = None
    most_hours_a_day: Annotated[float, Meta(gt=0, le=24)] | None = None
    knowledge: str | None = None
    booking: Booking = NOTHING_BOOKED


TEMPLATE = """\
# Settings of massage-cli: defaults that an intake may leave out. What an intake says wins.

# name = "A. Therapist"            # for letters
# phone = "555 0100"               # for handouts and letters
# plans-folder = "plans"           # where --save puts plans
# most-hours-a-day = 5             # hands-on hours; massage week marks days over it
# knowledge = "our-clinic"         # a folder of your clinic's own knowledge, counted from this file

[booking]
# weekdays = ["mon", "tue", "wed", "thu", "fri"]
# closed = [2026-12-25]
# holidays = "US"                  # country, or country-subdivision
# minutes = 60                     # longest visit offered
# max-per-week = 2
# trained-in = ["lymphatic-drainage", "cupping"]
"""


def read_settings(path: Path, knowledge: Knowledge) -> Settings:
    """The settings of a file; the defaults where there is none. Raises Unreadable with every problem."""
    if not path.is_file():
        return Settings()
    content = read_bytes(path)
    if not content.strip():
        return Settings()
    table, _ = parse(content, str(path))
    settings, problems = salvage(table, Settings)
    if settings is not None and settings.booking is not None:
        wrong_already = {problem.path for problem in problems}
        problems += tuple(problem for problem in booking_problems(settings.booking, knowledge) if problem.path not in wrong_already)
        code = settings.booking.holidays
        wrong = None if code is None else holiday_code_problem(code)
        if wrong is not None:
            problems += (Problem(path="booking.holidays", value=code, message=wrong),)
    if problems or settings is None:
        raise Unreadable(Problem(file=str(path), path=problem.path, value=problem.value, message=problem.message) for problem in problems)
    return settings


def with_settings(intake: Intake, settings: Settings) -> Intake:
    """The intake with the booking of the settings where it says nothing itself."""
    if settings.booking == NOTHING_BOOKED:
        return intake
    said = {name: value for name in Booking.__struct_fields__ if (value := getattr(intake.booking, name)) not in (None, ())}
    return replace(intake, booking=replace(settings.booking, **said))


def origins(settings: Settings) -> dict[str, tuple[str, str]]:
    """Every setting with its value in words and where that comes from: settings or default."""
    shown: dict[str, object] = {
        "name": settings.name,
        "phone": settings.phone,
        "plans-folder": settings.plans_folder,
        "most-hours-a-day": settings.most_hours_a_day,
        "knowledge": settings.knowledge,
    }
    shown |= {
        f"booking.{key}": getattr(settings.booking, name) for key, name in zip(file_keys(Booking), Booking.__struct_fields__, strict=True)
    }
    defaults = {
        "plans-folder": "plans",
        "most-hours-a-day": "no limit",
        "knowledge": "the built-in one",
        "booking.weekdays": "mon, tue, wed, thu, fri",
        "booking.start": "the day of planning",
    }
    return {
        key: (defaults.get(key, "not set"), "default") if value is None or value == () else (_in_words(value), "settings")
        for key, value in shown.items()
    }


def _in_words(value: object) -> str:
    return ", ".join(str(part) for part in value) if isinstance(value, tuple) else str(value)
