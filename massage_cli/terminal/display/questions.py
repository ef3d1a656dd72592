"""The questions about health as a list to read."""

from massage_cli.knowledge.facts import Fact
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import FactKind
from massage_cli.planning.criteria_words import asked_when_words
from massage_cli.terminal.display.paper import paper_for_stdout, publish


def show_questions(knowledge: Knowledge) -> None:
    """Write every question, by group, to standard output. Raises OutputLost."""
    paper = paper_for_stdout()
    for group in knowledge.groups:
        facts = [fact for fact in knowledge.facts if fact.group == group.id]
        paper.line((group.title.upper(), "bold"))
        for fact in facts:
            paper.line((fact.id, "bold"), f"  {_answers(fact)}", indent=2)
            paper.line(fact.ask, indent=4)
            if fact.asked_when is not None:
                paper.line((f"Asked only when {asked_when_words(fact)}.", "dim"), indent=4)
        paper.blank()
    paper.line('everything-else = "no" attests that every other question was asked and answered no.')
    publish(paper)


def _answers(fact: Fact) -> str:
    match fact.kind:
        case FactKind.YES_NO:
            return "yes, no, unsure" + ("; and where" if fact.where else "")
        case FactKind.CHOICE:
            return ", ".join((*fact.choices, "unsure"))
        case FactKind.NUMBER:
            optional = "; may be left out" if fact.optional else ""
            return f"{fact.min} to {fact.max} {fact.unit or ''}".rstrip() + f", unsure{optional}"
