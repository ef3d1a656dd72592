"""The questions about health: a checklist for each group, then what is asked about single answers."""

from collections.abc import Iterator
from datetime import date

from massage_cli.knowledge.facts import Fact
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import FactKind
from massage_cli.planning.answers import Answers
from massage_cli.planning.questionnaire.given import TODAY, Given, chosen, intake_so_far, list_of, regions_of
from massage_cli.planning.questionnaire.places import AREAS, place_questions
from massage_cli.planning.questionnaire.question import PAGE, Kind, Option, Question, Section, label_of, one, pages


def today_questions(given: Given, knowledge: Knowledge, *, on: date) -> Iterator[Question]:
    """What is checked at each visit, for a client who comes again: lists of their own, each with its details right behind it."""
    answers = Answers(intake_so_far(given, knowledge), knowledge, on=on)
    facts = tuple(fact for fact in knowledge.facts if list_of(fact, given) == TODAY and not _is_measured(fact))
    lines = tuple(_line(fact) for fact in facts if _is_listed(fact, knowledge, answers))
    lists = {page.options[0].value: page for page in pages(TODAY, Section.TODAY, "Today, and since the last plan", lines, health=True)}
    behind: list[Fact] = []
    for fact in facts:
        if fact.id in lists:
            for ticked in behind:
                yield from _details(ticked, given, knowledge, answers)
            behind.clear()
            yield lists[fact.id]
        behind.append(fact)
    for ticked in behind:
        yield from _details(ticked, given, knowledge, answers)


def health_questions(given: Given, knowledge: Knowledge, *, on: date) -> Iterator[Question]:
    """The checklist of each group, what was measured, and the details of what is ticked."""
    answers = Answers(intake_so_far(given, knowledge), knowledge, on=on)
    for group in knowledge.groups:
        facts = tuple(fact for fact in knowledge.facts if fact.group == group.id and (list_of(fact, given) != TODAY or _is_measured(fact)))
        lines = tuple(_line(fact) for fact in facts if _is_listed(fact, knowledge, answers))
        yield from pages(f"health.{group.id}", Section.HEALTH, group.title, lines, health=True)
        measured = tuple(_line(fact) for fact in facts if _is_measured(fact))
        yield from pages(f"measured.{group.id}", Section.HEALTH, f"{group.title}: taken today", measured, none="Nothing was measured")
        for fact in facts:
            yield from _details(fact, given, knowledge, answers)


def _is_listed(fact: Fact, knowledge: Knowledge, answers: Answers) -> bool:
    return fact.id in knowledge.checklist_facts and answers.is_asked(fact)


def _is_measured(fact: Fact) -> bool:
    return fact.optional and fact.asked_when is None


def _line(fact: Fact) -> Option:
    return Option(value=fact.id, label=fact.label, wording=fact.ask)


def _details(fact: Fact, given: Given, knowledge: Knowledge, answers: Answers) -> Iterator[Question]:
    """What is asked about one fact on its own: is it sure, where, which, how much."""
    section = Section.TODAY if list_of(fact, given) == TODAY else Section.HEALTH
    if _is_measured(fact):
        if fact.id not in chosen(given, f"measured.{fact.group}"):
            return
        yield _number(fact, Section.HEALTH)
    elif not answers.is_asked(fact):
        return
    elif fact.id in knowledge.checklist_facts:
        if fact.id not in chosen(given, list_of(fact, given)):
            return
        sure = (("yes", "Yes, it is true"), ("unsure", "Not sure"))
        yield one(f"fact.{fact.id}", section, fact.label, sure, wording=fact.ask, health=True)
    else:
        yield _number(fact, section) if fact.kind is FactKind.NUMBER else _choice(fact, section)
    if fact.where and given.get(f"fact.{fact.id}") in ("yes", "unsure"):
        near = regions_of("regions", given, knowledge.body, sided=True)[: PAGE - len(AREAS) - 1]
        yield from place_questions(
            f"where.{fact.id}",
            section,
            f"Where: {fact.label}",
            given,
            knowledge,
            near=near,
            none="Cannot say; take it as everywhere asked for",
        )


def _choice(fact: Fact, section: Section) -> Question:
    words = ("yes", "no") if fact.kind is FactKind.YES_NO else fact.choices
    options = ((word, label_of(word)) for word in (*words, "unsure"))
    return one(f"fact.{fact.id}", section, fact.label, options, wording=fact.ask, health=True)


def _number(fact: Fact, section: Section) -> Question:
    return Question(
        id=f"fact.{fact.id}",
        section=section,
        kind=Kind.NUMBER,
        title=fact.label,
        wording=fact.ask,
        health=True,
        whole=fact.whole,
        lowest=fact.min,
        highest=fact.max,
        unit=fact.unit or "",
    )
