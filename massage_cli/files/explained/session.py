"""Why a session is what it is: its techniques, those that are not in it, and its parts."""

from collections.abc import Iterator

from msgspec.structs import replace

from massage_cli.files.explained.lines import by_rules, line, source_lines, told
from massage_cli.files.explained.replay import Replay
from massage_cli.files.plans.plan_document import TechniqueEntry
from massage_cli.knowledge.techniques import Technique
from massage_cli.planning.candidates import covered_by, merits_of
from massage_cli.planning.explaining.basis import Basis
from massage_cli.planning.explaining.dose import block_caps, block_minutes_words, level_words
from massage_cli.planning.explaining.explanation import Explanation, Told, Topic
from massage_cli.planning.explaining.techniques import Choice, Standing, Verdict, score_words
from massage_cli.planning.main_block import Prescription
from massage_cli.planning.texts import spaced

_EASED = "eased"


def explain_techniques(again: Replay) -> Iterator[Explanation]:
    """Every value of every technique of the plan."""
    for place, entry in enumerate(again.document.techniques):
        yield from _technique(f"techniques[{place}]", entry, again)


def explain_left_out(again: Replay, *, of_all: bool) -> Iterator[Explanation]:
    """The techniques that are not in the plan: those of its protocol and those named by the client, or the whole catalog."""
    choice, chosen = again.choice, {entry.id for entry in again.document.techniques}
    if choice is None:
        return
    case = choice.case
    named = (*case.protocol.techniques, *case.prefers, *case.declines)
    for technique in again.knowledge.techniques:
        if technique.id not in chosen and (of_all or technique.id in named):
            yield _left_out(technique, choice, again)


def _left_out(technique: Technique, choice: Choice, again: Replay) -> Explanation:
    verdict = choice.verdict(technique)
    because = verdict.because
    if verdict.standing is Standing.CHOSEN:
        because = ("A visit or a review since has taken it out.", *because)
    base = Explanation(
        path="techniques",
        topic=Topic.LEFT_OUT,
        what=f"{technique.name}: {_in_short(verdict)}",
        because=because,
        id=technique.id,
        main=verdict.standing is not Standing.NO_CANDIDATE,
        answers=_answers(verdict, again.planned),
        sources=() if verdict.candidate is None else verdict.candidate.sources,
    )
    return by_rules(base, _excluding(verdict, choice), again.planned)


_IN_SHORT = {
    Standing.CHOSEN: "taken out since",
    Standing.NO_CANDIDATE: "no candidate",
    Standing.DECLINED: "declined",
    Standing.EXCLUDED: "excluded by the screening",
    Standing.PRENATAL: "for a cleared pregnancy only",
    Standing.UNTRAINED: "needs extra training",
    Standing.REGION: "not used on these regions",
    Standing.PRESSURE: "too strong",
    Standing.MINUTES: "too long",
    Standing.ALONE: "stands alone",
    Standing.DRAINAGE: "not beside lymphatic drainage",
    Standing.SHORT: "its share would be too short",
    Standing.OUTSCORED: "outscored",
}


def _in_short(verdict: Verdict) -> str:
    return _IN_SHORT[verdict.standing]


def _answers(verdict: Verdict, planned: Basis) -> tuple[Told, ...]:
    keys = {
        Standing.DECLINED: ("declines",),
        Standing.UNTRAINED: ("booking.trained-in",),
        Standing.REGION: ("regions",),
        Standing.PRESSURE: ("pressure", "pain", "onset", "age", "first-visit"),
        Standing.MINUTES: ("booking.minutes",),
        Standing.ALONE: ("prefers",),
        Standing.OUTSCORED: ("goals", "prefers"),
    }
    return tuple(told(key, planned) for key in keys.get(verdict.standing, ()))


def _excluding(verdict: Verdict, choice: Choice) -> tuple[str, ...]:
    """The rules that take a technique out: everywhere, or on what it would be used on."""
    if verdict.standing is not Standing.EXCLUDED:
        return ()
    limits, technique = choice.case.limits, verdict.technique
    at = limits.excluded_at.get(technique.id, {})
    there = (rule for place in covered_by(technique, choice.case) for rule in at.get(place, ()))
    return limits.excluded.get(technique.id) or tuple(dict.fromkeys(there))


def _technique(path: str, entry: TechniqueEntry, again: Replay) -> Iterator[Explanation]:
    choice = again.choice
    block = None if choice is None else choice.chosen(entry.id)
    if choice is None or block is None:
        gone = "It stands in the plan; the knowledge at hand would not choose it for this client."
        yield from _plain(path, entry, gone, again)
        return
    planned, evidence = again.planned, _evidence(block, choice)
    verdict = choice.verdict(block.candidate.technique)
    scored = tuple(told(key, planned) for key in ("goals", "prefers", "regions"))
    base = Explanation(
        path=path,
        topic=Topic.TECHNIQUES,
        what=f"{entry.name}: {entry.minutes} minutes at pressure {entry.pressure}",
        because=(entry.because, *verdict.because),
        id=entry.id,
        main=True,
        answers=scored,
        sources=entry.sources,
    )
    yield base
    part = replace(base, main=False)
    values: dict[str, tuple[object, tuple[str, ...]]] = {
        "id": (entry.id, verdict.because),
        "name": (entry.name, (block.candidate.technique.description,)),
        "score": (entry.score, (score_words(block.candidate, choice.case), *evidence)),
        "because": (entry.because, evidence),
    }
    for key, (value, why) in values.items():
        yield replace(part, path=f"{path}.{key}", what=line(Topic.TECHNIQUES, f"{path}.{key}", value).what, because=why)
    yield _minutes(path, entry, block, again, choice)
    yield _pressure(path, entry, block, again, choice)
    for place, where in enumerate(entry.regions):
        why_there = f"The client asked for {spaced(where)}, nothing closes it to this technique, and the technique is used there."
        regions = (told("regions", planned),)
        yield line(Topic.TECHNIQUES, f"{path}.regions[{place}]", where, why_there, id=entry.id, answers=regions)
    yield from source_lines(Topic.TECHNIQUES, f"{path}.sources", entry.sources, again.knowledge, f"the evidence for {entry.name}")


def _plain(path: str, entry: TechniqueEntry, why: str, again: Replay) -> Iterator[Explanation]:
    yield Explanation(path=path, topic=Topic.TECHNIQUES, what=entry.name, because=(why,), id=entry.id, main=True, sources=entry.sources)
    for key in ("id", "name", "minutes", "pressure", "score", "because"):
        yield line(Topic.TECHNIQUES, f"{path}.{key}", getattr(entry, key), why, id=entry.id)
    for place, where in enumerate(entry.regions):
        yield line(Topic.TECHNIQUES, f"{path}.regions[{place}]", where, why, id=entry.id)
    yield from source_lines(Topic.TECHNIQUES, f"{path}.sources", entry.sources, again.knowledge, f"the evidence for {entry.name}")


def _evidence(block: Prescription, choice: Choice) -> tuple[str, ...]:
    """What the evidence part of the score rests on."""
    merits = merits_of(block.candidate.technique, block.candidate.regions, choice.case)
    found = merits.indication
    if found is None:
        return ("The catalog has no evidence for it with this protocol.",)
    return (
        f"Evidence: certainty {spaced(found.certainty)} ({found.basis}), direction {spaced(found.direction)}; {found.effect.rstrip('.')}.",
    )


def _since(again: Replay, before: int, now: int, what: str) -> tuple[str, ...]:
    """What a visit or review since has changed of a value that was planned."""
    if before == now:
        return ()
    if any(warning.id == _EASED for warning in again.document.warnings):
        return (f"{what} {before} at first; visits were made lighter and shorter after long soreness.",)
    return (f"{what} {before} by the knowledge at hand.",) if not again.goes_on else (f"{what} {before} at first; it was changed since.",)


def _minutes(path: str, entry: TechniqueEntry, block: Prescription, again: Replay, choice: Choice) -> Explanation:
    because = (block_minutes_words(block, choice), *_since(again, block.minutes, entry.minutes, "It had"))
    answers = (told("booking.minutes", again.planned),)
    return line(Topic.TECHNIQUES, f"{path}.minutes", entry.minutes, *because, id=entry.id, answers=answers)


def _pressure(path: str, entry: TechniqueEntry, block: Prescription, again: Replay, choice: Choice) -> Explanation:
    caps = block_caps(block, again.planned, choice)
    because = (f"The lowest of what holds: {level_words(caps)}", *_since(again, block.pressure, entry.pressure, "It was"))
    answers = tuple(told(key, again.planned) for key in ("pressure", "pain", "onset", "age", "first-visit"))
    found = line(Topic.TECHNIQUES, f"{path}.pressure", entry.pressure, *because, id=entry.id, answers=answers)
    lowest = min(cap.level for cap in caps)
    return by_rules(found, tuple(rule for cap in caps if cap.level == lowest for rule in cap.rules), again.planned)


def explain_outline(again: Replay) -> Iterator[Explanation]:
    """Every part of the session, and its minutes."""
    document, numbers = again.document, again.knowledge.numbers
    minutes = sum(part.minutes for part in document.outline)
    rows = numbers.session_split
    row = next((row for row in reversed(rows) if row.minutes <= minutes), rows[0])
    table = f"From the table for sessions of {row.minutes} minutes or more."
    if document.outline:
        parts = ", ".join(f"{spaced(part.part)} {part.minutes}" for part in document.outline)
        yield Explanation(path="outline", topic=Topic.SESSION, what=f"{minutes} minutes: {parts}", because=(table,), main=True)
    for place, part in enumerate(document.outline):
        path = f"outline[{place}]"
        about = {
            "main": "What the techniques take; minutes beyond the table belong here.",
            "integrate": "What finds no place in the main part goes here.",
        }.get(part.part)
        because = (table,) if about is None else (table, about)
        yield Explanation(path=path, topic=Topic.SESSION, what=f"{spaced(part.part)} {part.minutes} minutes", because=because)
        yield line(Topic.SESSION, f"{path}.part", part.part, "A session has five parts, in this order.")
        yield line(Topic.SESSION, f"{path}.minutes", part.minutes, *because, answers=(told("booking.minutes", again.planned),))
