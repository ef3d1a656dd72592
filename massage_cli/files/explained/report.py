"""A whole plan explained: every value of its file, each with why it is there, and the sources of all."""

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from massage_cli.files.explained.client import explain_intake, leaves, plain
from massage_cli.files.explained.course import explain_phases, explain_sessions
from massage_cli.files.explained.head import explain_file, explain_outcome, explain_record
from massage_cli.files.explained.lines import value_words
from massage_cli.files.explained.protocol import explain_after, explain_protocol, explain_warnings
from massage_cli.files.explained.replay import Replay, replay
from massage_cli.files.explained.screening import explain_screening
from massage_cli.files.explained.session import explain_left_out, explain_outline, explain_techniques
from massage_cli.files.own.own_knowledge import require_overlay, same_knowledge
from massage_cli.files.plans.outcome_document import screening_entry
from massage_cli.files.plans.plan_document import PlanDocument
from massage_cli.files.plans.planned import plan_document
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.references import Source
from massage_cli.knowledge.vocabulary import OutcomeKind
from massage_cli.planning.explaining.explanation import HOW_TO_TREAT, Explanation, Topic

_NOT_COMPARED = ("edition", "program", "knowledge-digest", "overlay", "overlay-digest", "parent", "parent-digest", "version")


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """A plan with the explanation of every value, in the order of topics, and the steps that it was explained by."""

    again: Replay
    lines: tuple[Explanation, ...]

    @property
    def document(self) -> PlanDocument:
        """The plan that is explained."""
        return self.again.document

    @property
    def same_knowledge(self) -> bool:
        """True when the plan was made with the knowledge that explains it."""
        return same_knowledge(self.document, self.again.knowledge)

    @property
    def hidden(self) -> tuple[Topic, ...]:
        """What is not shown on a page: how to treat a client whose plan is withheld or stopped."""
        document = self.document
        if document.outcome is OutcomeKind.NO_TECHNIQUE:
            return tuple(topic for topic in HOW_TO_TREAT if topic is not Topic.LEFT_OUT)
        if document.outcome.withholds:
            return HOW_TO_TREAT
        if document.stopped:
            return (*(topic for topic in HOW_TO_TREAT if topic is not Topic.LIMITS), Topic.WARNINGS)
        return ()


def explain(document: PlanDocument, knowledge: Knowledge, *, called: str) -> Explained:
    """The explanation of a plan file by the knowledge at hand.

    Raises Unreadable where the intake or a name of the plan does not go with that knowledge.
    """
    require_overlay(document.overlay, knowledge, called=called)
    again = replay(document, knowledge, called=called)
    told = (
        *explain_outcome(again),
        *explain_record(again),
        *explain_screening(again),
        *explain_protocol(again),
        *explain_techniques(again),
        *explain_left_out(again, of_all=False),
        *explain_outline(again),
        *explain_phases(again),
        *explain_sessions(again),
        *explain_after(again),
        *explain_warnings(again),
        *explain_file(again),
    )
    order = tuple(Topic)
    lines = sorted((*_compared(told, again, called=called), *explain_intake(again, told)), key=lambda one: order.index(one.topic))
    return Explained(again=again, lines=tuple(lines))


def sources_of(lines: Iterable[Explanation], knowledge: Knowledge) -> tuple[Source, ...]:
    """The sources that lines rest on, each once; those that the knowledge no longer has are left out."""
    keys = dict.fromkeys(key for one in lines for key in one.sources)
    return tuple(knowledge.source[key] for key in keys if key in knowledge.source)


def _compared(told: Iterable[Explanation], again: Replay, *, called: str) -> Iterable[Explanation]:
    """The explanations, each with what the knowledge at hand would give in its place where that is something else."""
    here, now = dict(leaves(plain(again.document))), _now(again, called=called)
    for one in told:
        differs = now is not None and one.path in here and one.path in now[1] and now[0].get(one.path) != here[one.path]
        if not differs or now is None:
            yield one
            continue
        other = now[0].get(one.path)
        instead = "nothing" if other is None else value_words(other)
        yield replace(one, because=(*one.because, f"By the knowledge at hand it would be: {instead}."))


def _now(again: Replay, *, called: str) -> tuple[dict[str, object], frozenset[str]] | None:
    """What the knowledge at hand gives from the same intake, and which key paths can be compared with it; None where nothing can."""
    document, knowledge = again.document, again.knowledge
    here = dict(leaves(plain(document)))
    if again.goes_on:
        screening = screening_entry(again.basis.screening, knowledge, unanswered=document.screening.unanswered)
        now = dict(leaves(plain(screening), "screening"))
        return now, frozenset(path for path in here if path.startswith("screening."))
    try:
        made = plan_document(document.intake, knowledge, on=document.planned_on, called=called)
    except Unreadable:
        return None
    return dict(leaves(plain(made))), frozenset(path for path in here if path not in _NOT_COMPARED)
