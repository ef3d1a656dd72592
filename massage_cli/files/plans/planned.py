"""From a checked intake to the document of its plan: the public holidays are looked up, the rest is the pure core's."""

from datetime import date

from massage_cli import __version__
from massage_cli.files.plans.outcome_document import document_of
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.public_holidays import public_holidays
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.planning.calendar import NoOpenDay
from massage_cli.planning.intake import Intake
from massage_cli.planning.plan import make_plan


def plan_document(intake: Intake, knowledge: Knowledge, *, on: date, called: str, holidays: frozenset[date] | None = None) -> PlanDocument:
    """The document of the client's plan, around the public holidays given or else those of the library.

    Raises Unreadable where no day is open for a visit.
    """
    kept_free = public_holidays(intake.booking.holidays, on=on, start=intake.booking.start) if holidays is None else holidays
    try:
        outcome = make_plan(intake, knowledge, on=on, holidays=kept_free)
    except NoOpenDay as none_open:
        raise Unreadable([_no_open_day(none_open, called)]) from None
    return document_of(outcome, knowledge, program=__version__)


def _no_open_day(none_open: NoOpenDay, name: str) -> Problem:
    searched = f"from {none_open.first} to {none_open.last}"
    message = f"no open day for visit {none_open.visit} {searched}; open a weekday, or take out closed days"
    return Problem(file=name, path="booking", message=message)
