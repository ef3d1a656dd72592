"""What is known of each fact, from the answers of an intake (screening.md 3 to 5)."""

from collections.abc import Container
from datetime import date
from functools import lru_cache

from massage_cli.knowledge.facts import Criterion, Fact
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import FactKind
from massage_cli.planning.criteria import Known, State, Truth, judge, judge_when
from massage_cli.planning.intake import EVERYTHING_ELSE, Intake, Placed

# By short names, as in criteria.py.
_UNSURE, _NOT_KNOWN, _NOT_ASKED, _UNANSWERED = State
_MAYBE, _YES_NO = Truth.UNSURE, FactKind.YES_NO


class Answers:
    """What is known of every fact of one intake on one day; each is worked out when it is first asked for."""

    def __init__(self, intake: Intake, knowledge: Knowledge, *, on: date) -> None:
        self._health = intake.health
        self._knowledge = knowledge
        self._body = knowledge.body
        self.requested = self._body.expand(intake.regions)
        self.attested = intake.health.get(EVERYTHING_ELSE) == "no"
        self._states: dict[str, Known] = {
            "age": _or_not_known(intake.age),
            "condition": _or_not_known(intake.condition),
            "complaint": _or_not_known(intake.complaint),
            "pain": _or_not_known(intake.pain),
            "onset-days": _or_not_known(intake.days_since_onset(on)),
            "goals": intake.goals or _NOT_KNOWN,
            "regions": self.requested,
        }

    def of(self, fact_id: str) -> Known:
        """What is known of a fact: its value, or why there is none."""
        known = self._states.get(fact_id)
        if known is None:
            known = self._states[fact_id] = self._work_out(self._knowledge.fact[fact_id])
        return known

    def speaking(self, facts: Container[str]) -> list[str]:
        """Those of the facts that the intake answers with more than no."""
        return [fact for fact in self._health if fact in facts and self.speaks(fact)]

    def judge(self, criterion: Criterion) -> Truth:
        """What a criterion on a fact comes to."""
        fact_id = criterion.fact or ""
        known = self._states.get(fact_id)
        return judge(criterion, self.of(fact_id) if known is None else known, self._body)

    def is_asked(self, fact: Fact) -> bool:
        """True when the question applies to this client (screening.md 4.1)."""
        if fact.asked_when is None:
            return True
        after = self._knowledge.asked_after.get(fact.id)
        if after is not None and after.isdisjoint(self._health):
            return False
        return judge_when(fact.asked_when, self.judge) >= _MAYBE

    def speaks(self, fact_id: str) -> bool:
        """True when the fact says more than no: it has another value, or the client is unsure."""
        known = self.of(fact_id)
        return known is _UNSURE or not (isinstance(known, State) or known == "no")

    def places(self, fact_id: str) -> tuple[str, ...]:
        """Where the limits of a `where` fact hold: the places named with it, else those requested; nowhere unless it is yes or unsure."""
        if fact_id == "regions":
            return self.requested
        known = self.of(fact_id)
        if known != "yes" and known is not _UNSURE:
            return ()
        reply = self._health.get(fact_id)
        return self._body.expand(reply.regions or ()) if isinstance(reply, Placed) else self.requested

    def unanswered(self) -> tuple[str, ...]:
        """The questions that apply and have no answer, in file order."""
        left = _left_open(tuple(self._health), self._knowledge, attested=self.attested)
        return tuple([fact for fact in left if self.of(fact) is _UNANSWERED])

    def _work_out(self, fact: Fact) -> Known:
        if not self.is_asked(fact):
            return _NOT_ASKED
        reply = self._health.get(fact.id)
        if isinstance(reply, Placed):
            reply = reply.answer
        if reply is None:
            if self.attested and fact.kind is _YES_NO:
                return "no"
            return _NOT_KNOWN if fact.optional else _UNANSWERED
        if reply == "unsure":
            return _NOT_KNOWN if fact.optional else _UNSURE
        return reply


@lru_cache(maxsize=4096)
def _left_open(answered: tuple[str, ...], knowledge: Knowledge, *, attested: bool) -> tuple[str, ...]:
    """The questions that may be open once these are answered, whatever with. Clients answer few but the same, so it is remembered."""
    after = knowledge.asked_after
    facts = knowledge.facts_not_attested if attested else knowledge.facts
    return tuple(fact.id for fact in facts if fact.id not in answered and not (fact.id in after and after[fact.id].isdisjoint(answered)))


def _or_not_known(value: str | int | None) -> Known:
    return _NOT_KNOWN if value is None else value
