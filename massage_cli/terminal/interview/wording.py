"""What the interview says around its questions: how to answer, and answers in words."""

from massage_cli.planning.questionnaire.given import Answer
from massage_cli.planning.questionnaire.question import LEFT_OUT, Kind, Question
from massage_cli.terminal.display import words


def how_to_answer(question: Question, *, plain: bool) -> str:
    """One sentence on how to answer."""
    left_out = "" if question.required else f" Enter {'leaves it out' if question.left_out == LEFT_OUT else f'is {question.left_out}'}."
    match question.kind:
        case Kind.NUMBER:
            limits = "" if question.lowest is None else f" from {question.lowest} to {question.highest}"
            unsure = ", or ? for not sure" if question.health else ""
            unit = "" if question.unit == f"of {question.highest}" else question.unit
            return f"A number{limits} {unit}".rstrip() + f"{unsure}.{left_out}"
        case Kind.DATE:
            return f"A date like 2026-05-01, or like 3 weeks ago.{left_out}"
        case Kind.MANY if plain:
            none = ", or 0 for the last line" if question.none else ""
            return f"{_tick(question)}: numbers with spaces between{none}."
        case Kind.MANY:
            none = "; n for none of these" if question.none else ""
            return f"{_tick(question)}: space ticks{none}; Enter when done."
        case Kind.ONE if plain or question.health:
            return "A number, or the beginning of a line."
        case Kind.ONE:
            return "Arrow keys, then Enter."
        case Kind.TEXT:
            return f"Type it, then Enter.{left_out}"


def _tick(question: Question) -> str:
    return "Tick everything that is true, or might be" if question.health else "Tick what applies"


def in_words(question: Question, answer: Answer) -> str:
    """An answer as a person would say it."""
    if answer is None:
        return question.left_out
    labels = {option.value: option.label for option in question.options}
    if isinstance(answer, tuple):
        return ", ".join(labels.get(value, value) for value in answer) if answer else question.none or "nothing"
    if question.kind is Kind.DATE:
        from datetime import date

        return words.day(date.fromisoformat(str(answer)))
    if answer == "unsure":
        return "not sure"
    return labels.get(str(answer), f"{answer} {question.unit}".rstrip())
