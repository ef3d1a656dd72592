"""A client who comes again: the answers of the saved plan, and what has to be asked anew."""

from collections.abc import Callable
from datetime import date

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import FactKind
from massage_cli.planning.intake import EVERYTHING_ELSE, Booking, Intake, Placed
from massage_cli.planning.questionnaire.given import RETURNING, TODAY, Answer, record
from massage_cli.planning.questionnaire.order import CHANGED, first_open, is_open, steps
from massage_cli.planning.questionnaire.places import AREAS
from massage_cli.planning.questionnaire.question import Kind, Question


def given_from(intake: Intake, knowledge: Knowledge, *, on: date, returning: bool = False, past_open: bool = False) -> dict[str, Answer]:
    """The answers that an interview would have been given for this intake, up to the first that it leaves open.

    The visit is no longer the first, and the start day that was booked then is not booked again. With `returning` they are
    the answers to the questions of a client who comes again. With `past_open` an answer that only a file can give, like a
    complaint that is not on the list for the condition, is taken as it is, and what follows it is not lost.
    """
    given: dict[str, Answer] = {"notes": intake.notes}
    if returning:
        given[RETURNING] = "yes"
    passed: set[str] = set()
    while (question := first_open((step for step in steps(given, knowledge, on=on) if step.id not in passed), given)) is not None:
        record(given, question.id, _answer(question, intake, knowledge), tuple(option.value for option in question.options))
        if not is_open(question, given):
            continue
        passed.add(question.id)
        if not past_open:
            del given[question.id]
            break
    return given


def come_again(intake: Intake, knowledge: Knowledge, *, on: date, past_open: bool = False) -> dict[str, Answer]:
    """The answers to start from when a client comes again: all of then, without what is asked anew at each visit.

    Asked anew are what has changed, pain, the lists of each visit, and the details and measurements that can change.
    """
    given = given_from(intake, knowledge, on=on, returning=True, past_open=past_open)
    anew = {CHANGED.id, "pain", TODAY}
    for fact in (fact for fact in knowledge.facts if fact.checked_each_visit):
        anew |= {f"fact.{fact.id}", f"where.{fact.id}", f"measured.{fact.group}"}
    return {name: answer for name, answer in given.items() if not any(name == old or name.startswith(f"{old}.") for old in anew)}


def _answer(question: Question, intake: Intake, knowledge: Knowledge) -> Answer:
    kind, _, rest = question.id.partition(".")
    plain = _PLAIN.get(kind)
    if plain is not None:
        return plain(question, intake)
    match kind:
        case "changed":
            return ()
        case "regions":
            return _places(question, intake.regions, knowledge)
        case "where":
            reply = intake.health.get(rest.partition(".")[0])
            named = (reply.regions or ()) if isinstance(reply, Placed) else ()
            return _places(question, named, knowledge)
        case "today" | "health" | "measured" | "fact":
            return _health(question, rest, intake, knowledge)
        case "clearance":
            return _clearance(rest, intake)
        case _:
            return _booking(question, rest, intake.booking)


_WISHES = {(False, False): "none", (True, False): "prefers", (False, True): "declines", (True, True): "both"}
_PLAIN: dict[str, Callable[[Question, Intake], Answer]] = {
    "client": lambda _, intake: intake.client,
    "age": lambda _, intake: intake.age,
    "condition": lambda _, intake: str(intake.condition),
    "complaint": lambda question, intake: _or_more(intake.complaint_or_other, question),
    "pain": lambda _, intake: intake.pain,
    "onset": lambda _, intake: None if intake.onset is None else intake.onset.isoformat(),
    "goals": lambda question, intake: _listed(question, intake.goals),
    "pressure": lambda _, intake: str(intake.wish),
    "wishes": lambda _, intake: _WISHES[bool(intake.prefers), bool(intake.declines)],
    "prefers": lambda question, intake: _listed(question, intake.prefers),
    "declines": lambda question, intake: _listed(question, intake.declines),
    "first-visit": lambda *_: "no",
}


def _or_more(wanted: str, question: Question) -> str:
    """The complaint on its page of the list, or on the last page where it is on none."""
    offered = {option.value for option in question.options}
    return wanted if wanted in offered or "more" not in offered else "more"


def _listed(question: Question, wanted: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(option.value for option in question.options if option.value in wanted)


def _places(question: Question, names: tuple[str, ...], knowledge: Knowledge) -> Answer:
    """Regions as the interview asks for them: likely ones and parts of the body, the regions of a part, the side of a region."""
    body = knowledge.body
    plain = {name: body.region_of.get(name, name) for name in names}
    if question.kind is Kind.ONE:
        region = question.id.rpartition(".")[2]
        sides = [name for name in names if plain[name] == region]
        return sides[0] if len(sides) == 1 else region
    direct = {option.value for option in question.options}
    ticked = {name if name in direct else plain[name] for name in names}
    for name in names:
        if not {name, plain[name]} & direct:
            ticked |= {f"in-{area}" for area, regions in AREAS.items() if plain[name] in regions}
    return tuple(option.value for option in question.options if option.value in ticked)


def _health(question: Question, rest: str, intake: Intake, knowledge: Knowledge) -> Answer:
    replies = {name: reply.answer if isinstance(reply, Placed) else reply for name, reply in intake.health.items()}
    attested = intake.health.get(EVERYTHING_ELSE) == "no"
    if question.id.startswith(("health.", TODAY)):
        if not attested and any(option.value not in replies for option in question.options):
            return None
        return tuple(option.value for option in question.options if replies.get(option.value) in ("yes", "unsure"))
    if question.id.startswith("measured."):
        return tuple(option.value for option in question.options if option.value in replies)
    return replies.get(rest, "no" if attested and knowledge.fact[rest].kind is FactKind.YES_NO else None)


def _clearance(rest: str, intake: Intake) -> Answer:
    rule, _, key = rest.partition(".")
    note = next((note for note in intake.clearances if note.rule == rule), None)
    return "none" if note is None else {"": "recorded", "by": note.by, "on": note.on.isoformat(), "limits": note.limits}[key]


def _booking(question: Question, key: str, booking: Booking) -> Answer:
    if not key:
        return "usual" if booking in (Booking(), Booking(start=booking.start)) else "change"
    name = key.partition(".")[0]
    match name:
        case "start":
            return None
        case "closed":
            return " ".join(day.isoformat() for day in booking.closed) or None
        case "weekdays":
            return _listed(question, booking.weekdays or ())
        case "trained-in":
            return _listed(question, booking.trained_in)
        case _:
            return getattr(booking, name.replace("-", "_"))  # type: ignore[no-any-return]  # text or a number
