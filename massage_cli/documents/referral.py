"""The note that sends a client to medical care, with what was found and nothing about how to treat."""

from massage_cli.documents.dangers import HOW_SOON, danger_facts, dangers_of
from massage_cli.documents.kinds import Options
from massage_cli.documents.letter import Letter, Section, blanks, facts, points, section, sections, sender, text
from massage_cli.documents.on_paper import as_html, as_text
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import OutcomeKind, Urgency
from massage_cli.planning.texts import listed


def referral(document: PlanDocument, knowledge: Knowledge, options: Options) -> bytes:
    """The note as HTML."""
    return as_html(_note(document, knowledge, options))


def referral_text(document: PlanDocument, knowledge: Knowledge, options: Options) -> bytes:
    """The note as plain text."""
    return as_text(_note(document, knowledge, options))


def _note(document: PlanDocument, knowledge: Knowledge, options: Options) -> Letter:
    dangers = dangers_of(document)
    found = [section(f"Screened for: {danger.title}", danger_facts(danger, document, knowledge)) for danger in dangers]
    return Letter(
        title="Referral note",
        us_paper=options.letter_paper,
        head=(
            *sender(document.intake.client, options),
            facts(("Came for", listed(document.intake.regions))),
            text(
                "Dear colleague,",
                "A massage therapist screened this person. No massage is given for now. Please see what is needed.",
                "This note repeats answers and the names of our screening rules. What the cause is, is for you to judge.",
            ),
        ),
        sections=sections(_how_soon(document), *found, _stopped(document), _nowhere(document, knowledge), _back()),
    )


def _how_soon(document: PlanDocument) -> Section:
    """The urgency of what is certain, and that of what is not ruled out where it is faster."""
    ranks = list(Urgency)
    certain = [each.urgency for each in dangers_of(document) if each.certain and each.urgency is not None]
    unsure = [each.urgency for each in dangers_of(document) if not each.certain and each.urgency is not None]
    soon = min((*certain, *((document.urgency,) if document.urgency else ())), key=ranks.index, default=None)
    faster = min((each for each in unsure if soon is None or ranks.index(each) < ranks.index(soon)), key=ranks.index, default=None)
    return section(
        "How soon",
        text(
            "" if faster is None else f"{HOW_SOON[faster]} This counts until it is ruled out; the client is not sure.",
            "" if soon is None else HOW_SOON[soon],
            "Before any more massage." if faster is None and soon is None else "",
        ),
    )


def _stopped(document: PlanDocument) -> Section:
    if not document.stopped or document.decision is None:
        return section("Course stopped")
    return section(
        "Course stopped",
        facts(
            ("Stopped at the review of", document.decision.on.isoformat()),
            ("Why", document.decision.because),
            ("Advised", "No more massage until somebody has looked at this."),
        ),
    )


def _nowhere(document: PlanDocument, knowledge: Knowledge) -> Section:
    """Why there is nowhere, or no position, to work in, where nothing else withholds the plan."""
    heading = "No massage possible"
    if document.outcome is not OutcomeKind.REFER or any(danger.certain for danger in dangers_of(document)):
        return section(heading)
    if not document.screening.avoid:
        return section(heading, text("The person would have to lie on the side and sit at once; no position is left."))
    rules = {rule.id for rule in knowledge.rules if any(block.avoid for block in rule.at)}
    closing = [finding for finding in document.screening.findings if finding.rule in rules]
    blocks = (
        facts(("Found", finding.title), ("How sure", "" if finding.certain else "Not ruled out."), ("Advised, by our rule", finding.action))
        for finding in closing
    )
    return section(heading, text("Every region asked for has to be left alone."), *blocks)


def _back() -> Section:
    return section(
        "Your word back",
        points(
            (
                "When may this person have massage, and is there anything to leave alone?",
                "The person decides what you may tell us.",
            )
        ),
        blanks("Name", "Role", "Date", "Signature"),
    )
