"""A visit told by interview: the same prompts as for a plan, with what is checked at each visit."""

from datetime import date
from pathlib import Path

from massage_cli.files.own.drafts import draft_path, read_draft
from massage_cli.files.own.own_folders import drafts_folder
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.versions import Version
from massage_cli.knowledge.named import PAIN_SCALE
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import VisitStatus
from massage_cli.planning.follow_up.visit_problems import date_problems
from massage_cli.planning.follow_up.visits import Visit, as_of_now, attended_of
from massage_cli.planning.questionnaire.given import Answer, Given
from massage_cli.planning.questionnaire.question import Question
from massage_cli.planning.questionnaire.visit import visit_begins, visit_of, visit_questions
from massage_cli.terminal.commands.interview import asker_for, keep_draft, show_stop
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.interview.interview import End, Interview
from massage_cli.terminal.signals import leaving_on_signals
from massage_cli.terminal.streams import at_a_terminal, say

_KEPT = "Nothing was recorded; the answers are kept. To go on: the same command with --resume"


def visit_draft(client: str) -> Path:
    """Where the answers about a visit of a client are kept until it is recorded."""
    return draft_path(drafts_folder() / "visits", client)


def visit_by_interview(version: Version, number: int, knowledge: Knowledge, *, today: date, plain: bool, resume: bool) -> Visit | ExitCode:
    """The visit that the therapist tells, or the exit code where there is none. Raises Unreadable where there is nothing to go on with."""
    if not at_a_terminal():
        say("massage visit: there is no terminal to ask at; say what happened:")
        say("massage visit PLAN --status attended --pain 4 --nothing-new")
        return ExitCode.WRONG_INPUT
    document = version.document
    intake = as_of_now(document.intake, document.visits, knowledge)
    answers = visit_begins(intake, knowledge, on=today)
    known = frozenset(answers)
    measures = tuple(knowledge.measure[entry.id] for entry in document.measures if entry.id in knowledge.measure and entry.id != PAIN_SCALE)
    first = not attended_of(document.visits)
    asker = asker_for(plain=plain, on=today)
    draft, again = visit_draft(document.intake.client), []
    if resume:
        left = read_draft(draft)
        answers, again = {**answers, **left.answers}, list(left.again)
    interview = Interview(
        asker,
        knowledge,
        on=today,
        questions=lambda given: visit_questions(given, knowledge, on=today, measures=measures, first_visit=first),
        answers=answers,
        again=again,
        keep=lambda given, still: keep_draft(draft, given, still, on=today),
        show_stop=lambda given, screening: show_stop(asker, given, screening, knowledge, on=today),
        refuse=lambda question, answer: _refusal(question, answer, answers, document, today=today),
        ending=f"Record visit {number}",
        stopped="Record it; the rest of the course is withheld",
        leaving="Leave; nothing is recorded",
        known=known,
    )
    with leaving_on_signals():
        try:
            end = interview.run()
        except KeyboardInterrupt:
            say(_KEPT)
            return ExitCode.INTERRUPTED
    if end is End.LEFT:
        say(_KEPT)
        return ExitCode.WITHHELD
    return visit_of(interview.answers, number, intake, knowledge, today=today)


def _refusal(question: Question, answer: Answer, given: Given, document: PlanDocument, *, today: date) -> str | None:
    """Why the visit cannot have been on the day that was said; None for everything else."""
    if question.id != "date":
        return None
    day = date.fromisoformat(answer) if isinstance(answer, str) else today
    status = VisitStatus(str(given["status"]))
    problems = date_problems(day, status, document.visits, planned_on=document.planned_on, today=today)
    return next((problem.message for problem in problems), None)
