"""What is asked about one thing: a rule, technique, protocol, measure, warning, visit, day or key, in the plan or not."""

import re
from collections.abc import Iterator
from datetime import date

from massage_cli.files.explained.lines import by_rules
from massage_cli.files.explained.report import Explained
from massage_cli.files.explained.session import explain_left_out
from massage_cli.knowledge.problems import Problem, Unreadable, quoted
from massage_cli.planning.explaining.dates import why_closed
from massage_cli.planning.explaining.explanation import Explanation, Topic

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_INDEX = re.compile(r"\[\d+\]")
_MOST_NEAR = 3


def about(explained: Explained, asked: str) -> tuple[Explanation, ...]:
    """The explanations of one thing, what is closest to it first. Raises Unreadable, with near names, where there is none."""
    found = (
        *(one for one in explained.lines if one.id == asked),
        *(one for one in explained.lines if one.main and asked in one.rules and one.id != asked),
    )
    lines = (*found, *_of_day(explained, asked)) or _of_key(explained, asked) or tuple(_not_in_it(explained, asked))
    if lines:
        return tuple(sorted(dict.fromkeys(lines), key=lambda one: not one.main))
    raise Unreadable([Problem(file="ID", path="", value=asked, message=_unknown(explained, asked))])


def _of_day(explained: Explained, asked: str) -> Iterator[Explanation]:
    """A day: its visits, or why there is none on it while the course runs."""
    day = _day(asked)
    if day is None:
        return
    document = explained.document
    numbers = {str(session.number) for session in document.sessions if session.date == day}
    numbers |= {str(visit.number) for visit in document.visits if visit.date == day}
    yield from (one for one in explained.lines if one.id in numbers and one.topic in (Topic.VISITS, Topic.SO_FAR))
    days = explained.again.days
    if numbers or days is None or not document.sessions or not document.sessions[0].date <= day <= document.sessions[-1].date:
        return
    closed = why_closed(day, days.calendar)
    why = "It is open, and no visit is meant for it." if closed is None else f"{closed.capitalize()}."
    yield Explanation(path="sessions", topic=Topic.VISITS, what=f"no visit on {day}", because=(why,), main=True)


def _day(asked: str) -> date | None:
    try:
        return date.fromisoformat(asked) if _DATE.match(asked) else None
    except ValueError:
        return None


def _of_key(explained: Explained, asked: str) -> tuple[Explanation, ...]:
    """A key path or the beginning of one, else the end of one, each with or without the places in lists."""
    wanted = asked.split(".")
    lines = [(one, one.path.split("."), _INDEX.sub("", one.path).split(".")) for one in explained.lines if one.topic is not Topic.LEFT_OUT]
    size = len(wanted)
    below = tuple(one for one, keys, bare in lines if wanted in (keys[:size], bare[:size]) or one.path.startswith(f"{asked}["))
    return below or tuple(one for one, keys, bare in lines if wanted in (keys[-size:], bare[-size:]))


def _not_in_it(explained: Explained, asked: str) -> Iterator[Explanation]:
    """What the knowledge has and this plan has not."""
    again, knowledge = explained.again, explained.again.knowledge
    if asked in knowledge.technique:
        yield from (one for one in explain_left_out(again, of_all=True) if one.id == asked)
        if again.choice is None:
            why = "The plan is withheld, so no technique was chosen."
            yield Explanation(
                path="techniques", topic=Topic.OUTCOME, what=knowledge.technique[asked].name, because=(why,), id=asked, main=True
            )
    if asked in knowledge.rule:
        rule = knowledge.rule[asked]
        because, answers = again.basis.why_found(rule) if asked in again.basis.found else again.basis.why_not_found(rule)
        one = Explanation(
            path="screening.findings", topic=Topic.FINDINGS, what=rule.title, because=because, id=asked, main=True, answers=answers
        )
        yield by_rules(one, (asked,), again.basis)
    if asked in knowledge.protocol:
        followed = "none is followed" if again.protocol is None else f"this plan follows {again.protocol.id}"
        why = f"It goes with other complaints or another type of condition; {followed}."
        what = knowledge.protocol[asked].name
        answers = (again.planned.told("complaint"), again.planned.told("condition"))
        yield Explanation(path="protocol", topic=Topic.PROTOCOL, what=what, because=(why,), id=asked, main=True, answers=answers)
    if asked in knowledge.measure:
        why = "It is not among the measures of this plan."
        yield Explanation(path="measures", topic=Topic.PROTOCOL, what=knowledge.measure[asked].name, because=(why,), id=asked, main=True)
    if asked in knowledge.fact:
        told = again.basis.told(asked)
        rules = [rule.id for rule in knowledge.rules if any(test.fact == asked for group in rule.when for test in group)]
        why = f"The rules that ask for it: {', '.join(rules) or 'none'}."
        yield Explanation(path=told.path, topic=Topic.INTAKE, what=f"{told.asked}: {told.said}", because=(why,), id=asked, main=True)


def _unknown(explained: Explained, asked: str) -> str:
    """A message with the names that come closest."""
    import difflib  # slow to import, and needed only when something is wrong

    knowledge = explained.again.knowledge
    names: dict[str, None] = {one.id: None for one in explained.lines if one.id is not None}
    names |= dict.fromkeys((*knowledge.technique, *knowledge.rule, *knowledge.protocol, *knowledge.measure))
    names |= dict.fromkeys(
        key for one in explained.lines for key in (_INDEX.sub("", one.path), _INDEX.sub("", one.path).rpartition(".")[2])
    )
    near = difflib.get_close_matches(asked.lower(), list(names), n=_MOST_NEAR, cutoff=0.6)
    message = f"{quoted(asked)} is no rule, technique, protocol, measure, warning, visit, day or key of this plan"
    return f"{message}; did you mean {' or '.join(quoted(name) for name in near)}?" if near else message
