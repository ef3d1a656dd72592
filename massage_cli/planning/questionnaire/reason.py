"""The client and the reason for coming: the first questions of the interview."""

from collections.abc import Iterator

from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import Condition, Goal, Wish
from massage_cli.planning.questionnaire.given import Given, complaint_of
from massage_cli.planning.questionnaire.places import place_questions
from massage_cli.planning.questionnaire.question import PAGE, Kind, Option, Question, Section, label_of, one, pages


def client_questions() -> Iterator[Question]:
    """Whom the plan is for."""
    section = Section.CLIENT
    yield Question(
        id="client",
        section=section,
        kind=Kind.TEXT,
        title="Client",
        wording="A pseudonym: letters, digits, '-', '_' and '.'. Never a name.",
    )
    yield Question(id="age", section=section, kind=Kind.NUMBER, title="Age", unit="years", lowest=0, highest=120)


def reason_questions(given: Given, knowledge: Knowledge) -> Iterator[Question]:
    """What brings the client, and what is wished."""
    section = Section.REASON
    yield one("condition", section, "Condition", ((word, label_of(word)) for word in Condition))
    yield from _complaint(given, knowledge)
    complaint = knowledge.complaint.get(complaint_of(given) or "")
    yield from place_questions("regions", section, "Where", given, knowledge, near=() if complaint is None else complaint.regions)
    condition = given.get("condition")
    painful = condition != Condition.MAINTENANCE
    yield Question(id="pain", section=section, kind=Kind.NUMBER, title="Pain now", unit="of 10", lowest=0, highest=10, required=painful)
    began = condition in (Condition.ACUTE, Condition.INJURY_RECOVERY)
    yield Question(id="onset", section=section, kind=Kind.DATE, title="When it began", required=began)
    goals = tuple(Option(value=goal, label=label_of(goal)) for goal in Goal)
    yield Question(id="goals", section=section, kind=Kind.MANY, title="Goals", options=goals, none="No goal named")
    yield one("pressure", section, "Pressure wished", ((wish, label_of(wish)) for wish in Wish), suggested=Wish.MODERATE)
    wishes = (("none", "No wishes"), ("prefers", "Some are asked for"), ("declines", "Some are not wanted"), ("both", "Both"))
    yield one("wishes", section, "Techniques", wishes)
    names = tuple(Option(value=technique.id, label=technique.name) for technique in knowledge.techniques)
    for key, title in (("prefers", "Techniques asked for"), ("declines", "Techniques not wanted")):
        if given.get("wishes") in (key, "both"):
            yield from pages(key, section, title, names)
    yield one("first-visit", section, "First visit", (("yes", "Yes, the first"), ("no", "No")))


def _complaint(given: Given, knowledge: Knowledge) -> Iterator[Question]:
    """The complaints that go with the condition, a page at a time."""
    condition = given.get("condition")
    fitting = [complaint for complaint in knowledge.complaints if condition in complaint.protocols]
    options = tuple(Option(value=complaint.id, label=complaint.name) for complaint in fitting)
    screens = tuple(options[start : start + PAGE] for start in range(0, len(options), PAGE))
    for number, page in enumerate(screens, start=1):
        more = (Option(value="more", label="Something else"),) if number < len(screens) else ()
        question_id = "complaint" if number == 1 else f"complaint.{number}"
        yield Question(id=question_id, section=Section.REASON, kind=Kind.ONE, title="Complaint", options=(*page, *more))
        if given.get(question_id) != "more":
            return
