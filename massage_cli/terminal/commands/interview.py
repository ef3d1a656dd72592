"""`massage plan` without a file: the interview, then the same plan that a file would give."""

import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import msgspec

from massage_cli import __version__
from massage_cli.files.intakes.intake_file import check_intake
from massage_cli.files.own.drafts import draft_path, forget, keep, newest, put_aside, read_draft
from massage_cli.files.own.own_folders import drafts_folder, settings_path
from massage_cli.files.own.own_knowledge import require_overlay
from massage_cli.files.own.settings import Settings, read_settings, with_settings
from massage_cli.files.plans.outcome_document import screening_document_of
from massage_cli.files.plans.plan_file import read_plan
from massage_cli.files.plans.planned import plan_document
from massage_cli.files.public_holidays import holiday_code_problem
from massage_cli.files.reading import read_bytes
from massage_cli.files.saving import NotSaved
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.planning.follow_up.visits import intake_of_now
from massage_cli.planning.questionnaire.given import Answer, intake_so_far, intake_table
from massage_cli.planning.questionnaire.order import steps
from massage_cli.planning.questionnaire.question import Kind, Option, Question, Section
from massage_cli.planning.questionnaire.returning import come_again
from massage_cli.planning.screening import Screening
from massage_cli.terminal.commands.input import day_of_planning, refuse
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.commands.output import write_document
from massage_cli.terminal.commands.plan import Saving, save_document
from massage_cli.terminal.display.verdict import draw_verdict
from massage_cli.terminal.display.withheld import draw_what_now
from massage_cli.terminal.exit_codes import ExitCode, code_of
from massage_cli.terminal.interview.asker import Asker, Back
from massage_cli.terminal.interview.interview import End, Interview
from massage_cli.terminal.signals import leaving_on_signals
from massage_cli.terminal.streams import at_a_terminal, say


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """How the interview is begun and asked."""

    plain: bool
    resume: bool
    from_plan: str | None


def plan_by_interview(*, on: str | None, way: Way, saving: Saving, format_: str, own: str | None = None) -> ExitCode:
    """Interview the therapist, plan, show the plan and offer to save it."""
    if not at_a_terminal():
        say("massage plan: there is no terminal to ask at; name an intake file, like: massage plan client.toml")
        say("An intake to fill in is printed by: massage template")
        return ExitCode.WRONG_INPUT
    knowledge = knowledge_in_use(own)
    try:
        day = day_of_planning(on)
        settings = read_settings(settings_path(), knowledge)
        answers, again, draft = _begin(way, knowledge, on=day)
    except Unreadable as broken:
        return refuse(broken, as_json=format_ == "json")
    with leaving_on_signals():
        return Desk(knowledge, settings, day, asker_for(plain=way.plain, on=day), saving, format_, draft).serve(answers, again)


class Desk:
    """What the interview works with, from the first question to the saved plan."""

    def __init__(
        self, knowledge: Knowledge, settings: Settings, on: date, asker: Asker, saving: Saving, format_: str, draft: Path | None = None
    ) -> None:
        self._knowledge, self._settings, self._on = knowledge, settings, on
        self._asker, self._saving, self._format = asker, saving, format_
        self._draft = draft

    def serve(self, answers: dict[str, Answer], again: list[str]) -> ExitCode:
        """Run the interview and end it: with a plan, a referral note, or the draft kept."""
        interview = Interview(
            self._asker,
            self._knowledge,
            on=self._on,
            questions=lambda given: steps(given, self._knowledge, on=self._on),
            answers=answers,
            again=again,
            keep=self._keep,
            show_stop=lambda given, screening: show_stop(self._asker, given, screening, self._knowledge, on=self._on),
            refuse=_refusal,
        )
        try:
            end = interview.run()
            if end is End.ANSWERED:
                return self._plan(interview.answers)
            if end is End.STOPPED:
                return self._save_referral(interview.answers)
        except KeyboardInterrupt:
            self._say_draft()
            return ExitCode.INTERRUPTED
        self._say_draft()
        return ExitCode.WITHHELD

    def _keep(self, answers: dict[str, Answer], again: list[str]) -> None:
        client = answers.get("client")
        if not isinstance(client, str):
            return
        path = draft_path(drafts_folder(), client)
        with _failure_told(path):
            if path != self._draft:
                aside = put_aside(path)
                if aside is not None:
                    say(f"An older draft of this client is kept as {aside}")
                self._forget_draft()
            self._draft = path
            keep(path, answers, begun=self._on, again=again)

    def _say_draft(self) -> None:
        if self._draft is not None:
            say("The answers are kept. To go on: massage plan --resume")

    def _save_referral(self, answers: dict[str, Answer]) -> ExitCode:
        from massage_cli.planning.screening import screen

        intake = with_settings(intake_so_far(answers, self._knowledge), self._settings)
        screening = screen(intake, self._knowledge, on=self._on)
        document = screening_document_of(intake, screening, self._knowledge, on=self._on, program=__version__)
        try:
            save_document(document, self._saving, self._settings)
        except NotSaved as why:
            say(f"{why.path}: not saved: {why.why}")
            self._say_draft()
            return ExitCode.NOT_WRITTEN
        self._forget_draft()
        return ExitCode.WITHHELD

    def _plan(self, answers: dict[str, Answer]) -> ExitCode:
        asked = frozenset(question.id for question in steps(answers, self._knowledge, on=self._on))
        try:
            intake = check_intake(intake_table(answers, asked, self._knowledge), self._knowledge, on=self._on)
            document = plan_document(with_settings(intake, self._settings), self._knowledge, on=self._on, called="the answers")
        except Unreadable as broken:
            self._say_draft()
            return refuse(broken, as_json=self._format == "json")
        write_document(document, self._knowledge, format_=self._format)
        if not self._saving.wanted and not self._wants_saving():
            self._say_draft()
            return code_of(document.outcome)
        try:
            path = save_document(document, self._saving, self._settings)
        except NotSaved as why:
            say(f"{why.path}: not saved: {why.why}")
            self._say_draft()
            return ExitCode.NOT_WRITTEN
        self._forget_draft()
        say(f"The same plan without questions: massage plan {shlex.quote(str(path))} --on {self._on}")
        return code_of(document.outcome)

    def _wants_saving(self) -> bool:
        options = (Option(value="yes", label="Save the plan"), Option(value="no", label="Do not save it"))
        question = Question(id="save", section=Section.BOOKING, kind=Kind.ONE, title="Save?", options=options)
        try:
            return self._asker.ask(question, None) == "yes"
        except Back:
            return False

    def _forget_draft(self) -> None:
        if self._draft is not None and (why := forget(self._draft)) is not None:
            say(f"{self._draft}: the draft could not be removed: {why}")


def _refusal(question: Question, answer: Answer) -> str | None:
    """Why an answer cannot stand that only a library of the files can judge."""
    if question.id != "booking.holidays" or not isinstance(answer, str):
        return None
    return holiday_code_problem(answer)


def _begin(way: Way, knowledge: Knowledge, *, on: date) -> tuple[dict[str, Answer], list[str], Path | None]:
    """The answers to start from, the questions to ask again, and the draft this goes on with. Raises Unreadable."""
    if way.resume:
        path = newest(drafts_folder())
        if path is None:
            raise Unreadable([Problem(file="--resume", path="", message="there is no draft to go on with")])
        draft = read_draft(path)
        return dict(draft.answers), list(draft.again), path
    if way.from_plan is not None:
        document = read_plan(read_bytes(Path(way.from_plan)), way.from_plan)
        require_overlay(document.overlay, knowledge, called=way.from_plan)
        return come_again(intake_of_now(document.intake, document.visits, knowledge, on=on), knowledge, on=on), [], None
    return {}, [], None


def asker_for(*, plain: bool, on: date) -> Asker:
    """The way of asking that fits the terminal, or plain lines where these are wanted."""
    if plain or os.environ.get("ACCESSIBLE") or os.environ.get("TERM", "dumb") == "dumb":
        from massage_cli.terminal.interview.plain import PlainAsker

        return PlainAsker(on=on)
    from massage_cli.terminal.interview.keys import KeyAsker

    return KeyAsker(on=on)


def show_stop(asker: Asker, answers: dict[str, Answer], screening: Screening, knowledge: Knowledge, *, on: date) -> None:
    """Show what stops the client, as far as the answers go, and what is to be done now."""
    document = screening_document_of(intake_so_far(answers, knowledge), screening, knowledge, on=on, program=__version__)
    paper = asker.paper()
    paper.blank()
    draw_verdict(document, knowledge, paper)
    draw_what_now(document, knowledge, paper)
    asker.tell(paper)


def keep_draft(path: Path, answers: dict[str, Answer], again: list[str], *, on: date) -> None:
    """Keep the answers; where that fails it is said, and the interview goes on."""
    with _failure_told(path):
        keep(path, answers, begun=on, again=again)


@contextmanager
def _failure_told(path: Path) -> Iterator[None]:
    try:
        yield
    except NotSaved as why:
        say(f"{path}: the draft could not be kept: {why.why}")
    except OSError as error:
        say(f"{path}: the draft could not be kept: {error.strerror}")
