"""The request to a physician or midwife to agree to massage, with a form for the answer."""

from massage_cli.documents.dangers import NOT_RULED_OUT, danger_facts, dangers_of
from massage_cli.documents.kinds import Options
from massage_cli.documents.letter import Letter, Section, blanks, facts, points, section, sections, sender, text, ticks
from massage_cli.documents.on_paper import as_html, as_text
from massage_cli.files.plans.plan_document import FindingEntry, PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import Category
from massage_cli.planning.texts import listed

_SPOKEN = "Where our rule takes a spoken answer, the therapist writes here who said it, and when."


class _Question(Value, frozen=True, kw_only=True):
    """One thing that has to be agreed to: what it is called, the id a note names, and what there is to say."""

    title: str
    rule: str
    lines: tuple[tuple[str, str], ...]


def clearance(document: PlanDocument, knowledge: Knowledge, options: Options) -> bytes:
    """The request as HTML."""
    return as_html(_request(document, knowledge, options))


def clearance_text(document: PlanDocument, knowledge: Knowledge, options: Options) -> bytes:
    """The request as plain text."""
    return as_text(_request(document, knowledge, options))


def _request(document: PlanDocument, knowledge: Knowledge, options: Options) -> Letter:
    questions, dangers = _questions(document, knowledge), dangers_of(document)
    asked = [section(f"To rule out: {danger.title}", danger_facts(danger, document, knowledge)) for danger in dangers]
    asked += [section(question.title, facts(*question.lines)) for question in questions]
    return Letter(
        title="Request for your agreement to massage",
        us_paper=options.letter_paper,
        head=(
            *sender(document.intake.client, options),
            text(
                "Dear physician or midwife,",
                f"Your patient has asked for massage. A course by a massage therapist is meant for: {listed(document.intake.regions)}.",
                "Our screening asks for your answer first. Until we have it, no massage is given.",
            ),
        ),
        sections=sections(*asked, _what_changes(questions, dangers), *_forms(questions, dangers), _signature(), _record(questions)),
    )


def _questions(document: PlanDocument, knowledge: Knowledge) -> tuple[_Question, ...]:
    needed = [each for each in document.screening.findings if each.category is Category.CLEARANCE and not each.cleared]
    questions = [_about_finding(finding, document, knowledge) for finding in needed]
    protocol = document.protocol
    if protocol is not None:
        days = knowledge.numbers.choosing.protocol_clearance_days
        old = any(note.rule == protocol.id for note in document.intake.clearances)
        lines = (
            ("Course", protocol.name),
            ("Why we ask", "This course needs the agreement of the physician or surgeon in charge."),
            ("Earlier note", "The note on record is too old." if old else ""),
            ("Your answer holds", f"{days} days"),
        )
        questions.append(_Question(title="The course as a whole", rule=protocol.id, lines=lines))
    return tuple(questions)


def _about_finding(finding: FindingEntry, document: PlanDocument, knowledge: Knowledge) -> _Question:
    expired = any(note.rule == finding.rule and note.why == "expired" for note in document.screening.unused_clearances)
    rule = knowledge.rule.get(finding.rule)
    return _Question(
        title=finding.title,
        rule=finding.rule,
        lines=(
            ("How sure", "" if finding.certain else NOT_RULED_OUT),
            ("Why we ask", finding.reason),
            ("What our rule asks", finding.action),
            ("Earlier note", "The note on record is too old." if expired else ""),
            ("Your answer holds", "" if rule is None else f"{rule.clearance_valid_days} days"),
        ),
    )


def _what_changes(questions: tuple[_Question, ...], dangers: tuple[FindingEntry, ...]) -> Section:
    ruled_out = "What is to be ruled out comes first: while it is not, no agreement can stand in for it, and no massage is given."
    agreement = (
        "If you agree, a course can be planned. The limits of our own rules stay.",
        "If you set limits, they are added to ours.",
        "If you do not agree, no massage is given, and we tell your patient kindly.",
        "Your answer counts for what it names and for nothing else. You can change it at any time.",
    )
    return section("What your answer changes", points((*((ruled_out,) if dangers else ()), *(agreement if questions else ()))))


def _forms(questions: tuple[_Question, ...], dangers: tuple[FindingEntry, ...]) -> tuple[Section, ...]:
    ruled_out = (section(f"Your answer: {danger.title}", ticks("Ruled out", "Not ruled out")) for danger in dangers)
    agreed = (
        section(
            f"Your answer: {question.title}",
            ticks("May have massage", "May have massage with these limits", "May not have massage for now"),
            blanks("Limits"),
        )
        for question in questions
    )
    return (*ruled_out, *agreed)


def _signature() -> Section:
    return section("Signed", blanks("Name", "Role", "Phone", "Date", "Signature"), text(_SPOKEN))


def _record(questions: tuple[_Question, ...]) -> Section:
    rules = ", ".join(question.rule for question in questions)
    return section(
        "For the notes of the clinic",
        points(
            (
                "Who answered, in which role, and on which day.",
                "Whether it was written or spoken, and where this letter is kept.",
                f"What it was about, as clearances name it: {rules}." if rules else "",
                "Every limit, in the words of the answer.",
            )
        ),
    )
