"""Which question is next: the interview as data, worked out from the answers given so far.

An answer belongs to a question's id and stays when others change; what no longer applies is simply not asked and not used.
The same steps serve every kind of terminal, so that the same answers always make the same intake.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import convert
from msgspec.structs import replace

from massage_cli.knowledge.facts import Fact
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import Condition, FactKind, Goal, LiftedBy, OutcomeKind, Weekday, Wish
from massage_cli.planning.answers import Answers
from massage_cli.planning.given import Given, chosen, clearances_of, complaint_of, health_of, regions_of
from massage_cli.planning.intake import INTAKE_FORMAT, Clearance, Intake
from massage_cli.planning.protocol_choice import choose_protocol, has_permission
from massage_cli.planning.question import Kind, Option, Question, Section
from massage_cli.planning.screening import Finding, Screening, screen
from massage_cli.planning.texts import spaced

MOST_LINES = 12
"""The most lines of a list on one screen; the line for none of these is one of them."""
_PAGE = MOST_LINES - 1

AREAS: Mapping[str, tuple[str, ...]] = {
    "head-and-neck": ("head", "jaw", "neck"),
    "arm": ("shoulder", "upper-arm", "elbow", "forearm", "hand"),
    "trunk": ("chest", "upper-back", "lower-back", "abdomen"),
    "leg": ("hip", "thigh", "knee", "lower-leg", "ankle", "foot"),
}
"""The body in four parts, so that no list of regions is long."""


def next_question(given: Given, knowledge: Knowledge, *, on: date) -> Question | None:
    """The first question that applies and has no sound answer yet; none when everything is answered."""
    return next((question for question in steps(given, knowledge, on=on) if problem_with(question, given) is not None), None)


def previous_question(question_id: str | None, given: Given, knowledge: Knowledge, *, on: date) -> Question | None:
    """The question before the given one, or before the review where none is given."""
    before: Question | None = None
    for question in steps(given, knowledge, on=on):
        if question.id == question_id or problem_with(question, given) is not None:
            break
        before = question
    return before


def problem_with(question: Question, given: Given) -> str | None:
    """Why a question still has to be asked: nothing was answered, or what was no longer fits; None when all is well."""
    if question.id not in given:
        return "is not answered"
    answer = given[question.id]
    if answer is None:
        return "needs an answer" if question.required else None
    values = {option.value for option in question.options}
    match question.kind:
        case Kind.ONE:
            return None if answer in values else "is not on the list"
        case Kind.MANY:
            sound = isinstance(answer, tuple) and values.issuperset(answer) and bool(answer or question.none)
            seen = given.get(f"seen.{question.id}")
            if sound and isinstance(seen, tuple) and not values <= set(seen):
                return "has a line that was not seen"
            return None if sound else "is not on the list"
        case _:
            return None


def steps(given: Given, knowledge: Knowledge, *, on: date) -> Iterator[Question]:
    """Every question that applies, in order. What follows an open question is only a guess until that is answered."""
    yield from _client()
    yield from _reason(given, knowledge)
    yield from _health(given, knowledge, on=on)
    yield from _clearances(given, knowledge, on=on)
    yield from _booking(given, knowledge)


def _client() -> Iterator[Question]:
    section = Section.CLIENT
    yield Question(
        id="client",
        section=section,
        kind=Kind.TEXT,
        title="Client",
        wording="A pseudonym: letters, digits, '-', '_' and '.'. Never a name.",
    )
    yield Question(id="age", section=section, kind=Kind.NUMBER, title="Age", unit="years", lowest=0, highest=120)


def _reason(given: Given, knowledge: Knowledge) -> Iterator[Question]:
    section = Section.REASON
    yield _one("condition", section, "Condition", ((word, _name(word)) for word in Condition))
    yield from _complaint(given, knowledge)
    complaint = knowledge.complaint.get(complaint_of(given) or "")
    yield from _regions("regions", section, "Where", given, knowledge, near=() if complaint is None else complaint.regions)
    condition = given.get("condition")
    painful = condition != Condition.MAINTENANCE
    yield Question(id="pain", section=section, kind=Kind.NUMBER, title="Pain now", unit="of 10", lowest=0, highest=10, required=painful)
    began = condition in (Condition.ACUTE, Condition.INJURY_RECOVERY)
    wording = "A date like 2026-05-01, or like 3 weeks ago."
    yield Question(id="onset", section=section, kind=Kind.DATE, title="When it began", wording=wording, required=began)
    goals = tuple(Option(value=goal, label=_name(goal)) for goal in Goal)
    yield Question(id="goals", section=section, kind=Kind.MANY, title="Goals", options=goals, none="No goal named")
    yield _one("pressure", section, "Pressure wished", ((wish, _name(wish)) for wish in Wish), suggested=Wish.MODERATE)
    wishes = (("none", "No wishes"), ("prefers", "Some are asked for"), ("declines", "Some are not wanted"), ("both", "Both"))
    yield _one("wishes", section, "Techniques", wishes)
    names = tuple(Option(value=technique.id, label=technique.name) for technique in knowledge.techniques)
    for key, title in (("prefers", "Techniques asked for"), ("declines", "Techniques not wanted")):
        if given.get("wishes") in (key, "both"):
            yield from _pages(key, section, title, names)
    yield _one("first-visit", section, "First visit", (("yes", "Yes, the first"), ("no", "No")))


def _complaint(given: Given, knowledge: Knowledge) -> Iterator[Question]:
    """The complaints that go with the condition, a page at a time."""
    condition = given.get("condition")
    fitting = [complaint for complaint in knowledge.complaints if condition in complaint.protocols]
    options = tuple(Option(value=complaint.id, label=complaint.name) for complaint in fitting)
    pages = tuple(options[start : start + _PAGE] for start in range(0, len(options), _PAGE))
    for number, page in enumerate(pages, start=1):
        more = (Option(value="more", label="Something else"),) if number < len(pages) else ()
        question_id = "complaint" if number == 1 else f"complaint.{number}"
        yield Question(id=question_id, section=Section.REASON, kind=Kind.ONE, title="Complaint", options=(*page, *more))
        if given.get(question_id) != "more":
            return


def _regions(
    prefix: str, section: Section, title: str, given: Given, knowledge: Knowledge, *, near: tuple[str, ...], none: str = ""
) -> Iterator[Question]:
    """Where: the likely regions and the parts of the body; then the regions of each part; then the side of each paired one."""
    body = knowledge.body
    likely = tuple(Option(value=name, label=_name(name)) for name in near if name != "whole-body")
    parts = tuple(Option(value=f"in-{area}", label=f"{_name(area)} ...", wording=", ".join(map(spaced, AREAS[area]))) for area in AREAS)
    whole = Option(value="whole-body", label="Whole body")
    first = (whole, *likely, *parts) if "whole-body" in near else (*likely, *parts, whole)
    health = section is Section.HEALTH
    yield Question(id=prefix, section=section, kind=Kind.MANY, title=title, options=first, none=none, health=health)
    for area, names in AREAS.items():
        if f"in-{area}" in chosen(given, prefix):
            options = tuple(Option(value=name, label=_name(name)) for name in names)
            yield Question(
                id=f"{prefix}.{area}",
                section=section,
                kind=Kind.MANY,
                title=f"{title}: {spaced(area)}",
                options=options,
            )
    paired = {region.id for region in knowledge.regions if region.paired}
    for name in regions_of(prefix, given, body, sided=False):
        if name in paired:
            sides = ((name, "Both sides"), (f"left-{name}", "Left"), (f"right-{name}", "Right"))
            yield _one(f"{prefix}.{name}", section, _name(name), sides, health=health)


def _health(given: Given, knowledge: Knowledge, *, on: date) -> Iterator[Question]:
    answers = Answers(intake_so_far(given, knowledge), knowledge, on=on)
    for group in knowledge.groups:
        facts = tuple(fact for fact in knowledge.facts if fact.group == group.id)
        listed = tuple(fact for fact in facts if fact.id in knowledge.checklist_facts and answers.is_asked(fact))
        options = tuple(Option(value=fact.id, label=fact.label, wording=fact.ask) for fact in listed)
        yield from _pages(f"health.{group.id}", Section.HEALTH, group.title, options, health=True)
        measured = tuple(fact for fact in facts if fact.optional and fact.asked_when is None)
        if measured:
            lines = tuple(Option(value=fact.id, label=fact.label, wording=fact.ask) for fact in measured)
            yield from _pages(f"measured.{group.id}", Section.HEALTH, f"{group.title}: taken today", lines, none="Nothing was measured")
        for fact in facts:
            yield from _details(fact, given, knowledge, answers, listed=fact in listed, measured=fact in measured)


def _details(fact: Fact, given: Given, knowledge: Knowledge, answers: Answers, *, listed: bool, measured: bool) -> Iterator[Question]:
    """What is asked about one fact on its own: is it sure, where, which, how much."""
    if listed:
        if fact.id not in _ticked(fact.group, given):
            return
        sure = (("yes", "Yes, it is true"), ("unsure", "Not sure"))
        yield _one(f"fact.{fact.id}", Section.HEALTH, fact.label, sure, wording=fact.ask, health=True)
    elif measured:
        if fact.id not in _ticked(fact.group, given, kind="measured"):
            return
        yield _number(fact)
    elif answers.is_asked(fact):
        yield _number(fact) if fact.kind is FactKind.NUMBER else _choice(fact)
    else:
        return
    if fact.where and given.get(f"fact.{fact.id}") in ("yes", "unsure"):
        near = regions_of("regions", given, knowledge.body, sided=True)[: _PAGE - len(AREAS) - 1]
        yield from _regions(
            f"where.{fact.id}",
            Section.HEALTH,
            f"Where: {fact.label}",
            given,
            knowledge,
            near=near,
            none="Cannot say; take it as everywhere asked for",
        )


def _choice(fact: Fact) -> Question:
    words = ("yes", "no") if fact.kind is FactKind.YES_NO else fact.choices
    options = ((word, _name(word)) for word in (*words, "unsure"))
    return _one(f"fact.{fact.id}", Section.HEALTH, fact.label, options, wording=fact.ask, health=True)


def _number(fact: Fact) -> Question:
    return Question(
        id=f"fact.{fact.id}",
        section=Section.HEALTH,
        kind=Kind.NUMBER,
        title=fact.label,
        wording=fact.ask,
        health=True,
        whole=fact.whole,
        lowest=fact.min,
        highest=fact.max,
        unit=fact.unit or "",
    )


def _ticked(group: str, given: Given, kind: str = "health") -> frozenset[str]:
    prefix = f"{kind}.{group}"
    pages = (answer for name, answer in given.items() if name == prefix or name.startswith(f"{prefix}."))
    return frozenset(value for answer in pages if isinstance(answer, tuple) for value in answer)


def screening_so_far(given: Given, knowledge: Knowledge, *, on: date) -> Screening:
    """The screening of the answers so far; a red flag in it stands, whatever is still to be asked."""
    return screen(intake_so_far(given, knowledge), knowledge, on=on)


def intake_so_far(given: Given, knowledge: Knowledge) -> Intake:
    """The intake that the answers so far make, with stand-ins for what was not asked yet; not fit to be planned."""
    age, condition, pain, onset = given.get("age"), given.get("condition"), given.get("pain"), given.get("onset")
    client = given.get("client")
    return Intake(
        format=INTAKE_FORMAT,
        client=client if isinstance(client, str) else "",
        age=age if isinstance(age, int) else 0,
        condition=Condition(condition) if condition in set(Condition) else Condition.CHRONIC,
        complaint=complaint_of(given),
        regions=regions_of("regions", given, knowledge.body, sided=True) or ("whole-body",),
        pain=pain if isinstance(pain, int) else None,
        onset=date.fromisoformat(onset) if isinstance(onset, str) else None,
        goals=tuple(goal for goal in Goal if goal in chosen(given, "goals")),
        health=health_of(given, knowledge),
        clearances=tuple(convert(note, Clearance) for note in clearances_of(given) if {"by", "on"} <= set(note)),
    )


def _clearances(given: Given, knowledge: Knowledge, *, on: date) -> Iterator[Question]:
    """For everything that a clearance can lift: whether somebody has agreed, who, when and with what limits."""
    section = Section.CLEARANCE
    for name, title, wording in _liftable(given, knowledge, on=on):
        agreed = (("none", "Nobody has agreed yet"), ("recorded", "Somebody has agreed"))
        yield _one(f"clearance.{name}", section, f"Clearance: {title}", agreed, wording=wording, health=True)
        if given.get(f"clearance.{name}") == "recorded":
            yield Question(
                id=f"clearance.{name}.by",
                section=section,
                kind=Kind.TEXT,
                title="Who agreed",
                wording="A role, like midwife or cardiologist.",
            )
            yield Question(id=f"clearance.{name}.on", section=section, kind=Kind.DATE, title="When they agreed")
            yield Question(id=f"clearance.{name}.limits", section=section, kind=Kind.TEXT, title="With what limits", required=False)


def _liftable(given: Given, knowledge: Knowledge, *, on: date) -> Iterator[tuple[str, str, str]]:
    """The rules found, and the protocol chosen, that need somebody's agreement: id, title and what to do."""
    intake = intake_so_far(given, knowledge)
    screening = screen(intake, knowledge, on=on)
    for finding in screening.findings:
        if finding.rule.clearance is LiftedBy.LIFTS_STOP:
            yield finding.rule.id, finding.rule.title, finding.rule.action
    if screening.outcome is OutcomeKind.REFER:
        return
    protocol = choose_protocol(intake, screening, knowledge, on=on).protocol
    if not has_permission(replace(intake, clearances=()), replace(screening, findings=_lifted(screening)), protocol, knowledge, on=on):
        yield protocol.id, protocol.name, "This course needs the agreement of the physician or surgeon in charge."


def _lifted(screening: Screening) -> tuple[Finding, ...]:
    """The findings as if every clearance that is asked for were there: a protocol's own is asked for only beyond these."""
    return tuple(replace(finding, cleared=finding.rule.clearance is LiftedBy.LIFTS_STOP) for finding in screening.findings)


def _booking(given: Given, knowledge: Knowledge) -> Iterator[Question]:
    section = Section.BOOKING
    usual = (("usual", "As usual: from the settings, else weekdays and no limits"), ("change", "Change something for this client"))
    yield _one("booking", section, "Booking", usual)
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
    yield from _pages("booking.trained-in", section, "Extra training the therapist has", trained, none="As usual, or none of these")


_WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _pages(
    prefix: str, section: Section, title: str, options: tuple[Option, ...], *, none: str = "None of these", health: bool = False
) -> Iterator[Question]:
    """A list as questions of at most so many lines; nothing where there is no line."""
    for number, start in enumerate(range(0, len(options), _PAGE), start=1):
        yield Question(
            id=prefix if number == 1 else f"{prefix}.{number}",
            section=section,
            kind=Kind.MANY,
            title=title if len(options) <= _PAGE else f"{title} ({number})",
            options=options[start : start + _PAGE],
            none=none,
            health=health,
        )


def _one(
    question_id: str,
    section: Section,
    title: str,
    options: "Iterator[tuple[str, str]] | tuple[tuple[str, str], ...]",
    *,
    wording: str = "",
    suggested: str = "",
    health: bool = False,
) -> Question:
    lines = tuple(Option(value=value, label=label) for value, label in options)
    return Question(
        id=question_id, section=section, kind=Kind.ONE, title=title, wording=wording, options=lines, suggested=suggested, health=health
    )


def _name(word: str) -> str:
    """An id as the label of a line."""
    return spaced(word).capitalize()
