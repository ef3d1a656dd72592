"""What a screening rests on: which answer made a rule hold, where it was given, and what would lift the rule."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property

import msgspec

from massage_cli.knowledge.facts import BUILT_IN_FACTS, Criterion
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.vocabulary import STOPPING, Category, FactKind, LiftedBy
from massage_cli.planning.answers import Answers
from massage_cli.planning.criteria import Truth, count, judge_group
from massage_cli.planning.criteria_words import criterion_words
from massage_cli.planning.explaining.explanation import Told
from massage_cli.planning.intake import EVERYTHING_ELSE, Intake, Placed
from massage_cli.planning.screening import Finding, Screening
from massage_cli.planning.texts import listed

_ASKED = {
    "age": "Age",
    "condition": "Type of condition",
    "complaint": "Complaint",
    "pain": "Pain now, of 10",
    "onset-days": "Began on",
    "goals": "Goals",
    "regions": "Regions",
}


class Basis(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """An intake with its screening; `said_at` holds the key paths of what was said at a visit and not in the intake."""

    intake: Intake
    on: date
    screening: Screening
    knowledge: Knowledge
    said_at: dict[str, str]

    @cached_property
    def answers(self) -> Answers:
        """What is known of every fact."""
        return Answers(self.intake, self.knowledge, on=self.on)

    @cached_property
    def found(self) -> dict[str, Finding]:
        """The findings by rule."""
        return {finding.rule.id: finding for finding in self.screening.findings}

    def told(self, fact_id: str) -> Told:
        """What was answered to a question, and where."""
        if fact_id in BUILT_IN_FACTS:
            return self._built_in(fact_id)
        fact = self.knowledge.fact.get(fact_id)
        asked = fact_id if fact is None else fact.label
        path = self.said_at.get(fact_id, f"intake.health.{fact_id}")
        reply = self.intake.health.get(fact_id)
        if reply is not None:
            return Told(path=path, asked=asked, said=reply_words(reply))
        if fact is not None and fact.kind is FactKind.YES_NO and self.answers.attested and self.answers.is_asked(fact):
            return Told(path=f"intake.health.{EVERYTHING_ELSE}", asked=asked, said="no, with everything else")
        return Told(path=path, asked=asked, said="not answered")

    def _built_in(self, fact_id: str) -> Told:
        intake = self.intake
        said = {
            "age": str(intake.age),
            "condition": str(intake.condition),
            "complaint": intake.complaint or "none named",
            "pain": "not given" if intake.pain is None else str(intake.pain),
            "onset-days": "not given" if intake.onset is None else str(intake.onset),
            "goals": listed(intake.goals) or "none named",
            "regions": listed(intake.regions),
        }
        key = "onset" if fact_id == "onset-days" else fact_id
        return Told(path=self.said_at.get(key, f"intake.{key}"), asked=_ASKED[fact_id], said=said[fact_id])

    def why_found(self, rule: Rule) -> tuple[tuple[str, ...], tuple[Told, ...]]:
        """Why a rule holds, as sentences, and the answers that it holds by."""
        if rule.standing:
            return ("It holds for everybody.",), ()
        group = max(rule.when, key=self._truth)
        words = " and ".join(criterion_words(criterion) for criterion in group)
        sentences = [f"It holds when {words}."]
        if self._truth(group) is Truth.UNSURE:
            sentences.append("The client is unsure, and unsure counts as yes until it is known.")
        counted = self._counted(group)
        if counted:
            sentences.append(f"Found are {', '.join(counted)}.")
        return tuple(sentences), tuple(self.told(fact) for fact in self.facts_behind(rule))

    def facts_behind(self, rule: Rule) -> tuple[str, ...]:
        """The facts that a rule holds by, and those that the findings hold by which it counts."""
        group = max(rule.when, key=self._truth)
        groups = [group, *(max(self.knowledge.rule[name].when, key=self._truth) for name in self._counted(group))]
        return tuple(dict.fromkeys(criterion.fact for one in groups for criterion in one if criterion.fact is not None))

    def _counted(self, group: Iterable[Criterion]) -> list[str]:
        """The findings that a group counts."""
        return [name for criterion in group for name in criterion.findings or () if name in self.found]

    def why_not_found(self, rule: Rule) -> tuple[tuple[str, ...], tuple[Told, ...]]:
        """Why a rule does not hold: in each of its groups, what is not so."""
        missing = [criterion for group in rule.when for criterion in group if self._judge(criterion) < Truth.UNSURE]
        words = list(dict.fromkeys(criterion_words(criterion) for criterion in missing))
        facts = dict.fromkeys(criterion.fact for criterion in missing if criterion.fact is not None)
        return (f"Not found: it would take that {', or '.join(words)}.",), tuple(self.told(fact) for fact in facts)

    def _truth(self, group: Iterable[Criterion]) -> Truth:
        return judge_group(tuple(group), self._judge)

    def _judge(self, criterion: Criterion) -> Truth:
        if criterion.findings is None:
            return self.answers.judge(criterion)
        results = {rule: Truth.TRUE if finding.certain else Truth.UNSURE for rule, finding in self.found.items()}
        return count(criterion, results)

    def lifted_by(self, rule: Rule, *, certain: bool, cleared: bool) -> str:
        """What would lift what the rule does. A danger is never lifted by a note."""
        if rule.category in STOPPING:
            if certain:
                return "No note lifts this. It stands for as long as it is so; screen again when that has changed."
            return "No note stands in for the answer: it has to become sure, through whoever can rule it out."
        if rule.category is Category.CLEARANCE and rule.clearance is LiftedBy.LIFTS_STOP:
            if cleared:
                return f"The stop is lifted by {self._note(rule)}. The limits stay."
            return (
                "Only a real agreement of the physician or midwife lifts the stop, recorded with who and when "
                f'(rule = "{rule.id}" under [[clearances]]); it holds for {rule.clearance_valid_days} days, and the limits stay.'
            )
        return "No note lifts a limit. It holds for as long as it is so."

    def _note(self, rule: Rule) -> str:
        notes = [note for note in self.intake.clearances if note.rule == rule.id]
        if not notes:
            return "a note"
        note = max(notes, key=lambda each: each.on)
        return f"the note of {note.by}, {note.on}, until {note.on + timedelta(days=rule.clearance_valid_days)}"


def reply_words(reply: object) -> str:
    """An answer in words, with its places."""
    if isinstance(reply, Placed):
        return reply.answer + (f" ({listed(reply.regions)})" if reply.regions else "")
    return str(reply)
