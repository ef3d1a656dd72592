"""Search over everything that an entry says in words, whatever the case, the accents and the ends of words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

import msgspec

from massage_cli.knowledge.catalog.entries import Entry, Kind, all_entries
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.protocols import Complaint, Protocol
from massage_cli.knowledge.references import Measure, Source
from massage_cli.knowledge.rules import Rule
from massage_cli.knowledge.techniques import Technique

_LONG_ENOUGH_FOR_A_PLURAL = 3
_NOT_LETTERS = re.compile(r"[\W_]+")


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that holds every word, and the text that it was found in: its label and itself; none where it is the name."""

    entry: Entry
    label: str = ""
    text: str = ""


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text without case, accents and signs."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return tuple(word for word in _NOT_LETTERS.split(plain) if word)


def search(wanted: tuple[str, ...], knowledge: Knowledge) -> tuple[Found, ...]:
    """The entries where every wanted word begins a word of the name or of one text; those found by name first, kinds together."""
    hits = [(rank, found) for entry in all_entries(knowledge) for rank, found in _hit(entry, wanted, knowledge)]
    kinds = tuple(Kind)
    return tuple(found for _, found in sorted(hits, key=lambda hit: (kinds.index(hit[1].entry.kind), hit[0])))


def near_words(wanted: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...] | None:
    """The wanted words with each unknown one replaced by the nearest that the catalog holds; none where one has no near word."""
    import difflib  # slow to import, and needed only when nothing was found

    known = {word for entry in all_entries(knowledge) for _, text in _texts(entry, knowledge) for word in words_of(text)}
    replaced = []
    for word in wanted:
        replaced += [word] if _begins_one(word, known) else difflib.get_close_matches(word, known, n=1, cutoff=0.7)
    return tuple(replaced) if len(replaced) == len(wanted) and tuple(replaced) != wanted else None


def _hit(entry: Entry, wanted: tuple[str, ...], knowledge: Knowledge) -> Iterator[tuple[int, Found]]:
    """The first text that, with the name, holds every wanted word, and how far it stands from the name; else nothing."""
    name: tuple[str, ...] = ()
    for rank, (label, text) in enumerate(_texts(entry, knowledge)):
        words = words_of(text)
        if all(_begins_one(word, (*name, *words)) for word in wanted):
            yield rank, Found(entry=entry) if label == "" else Found(entry=entry, label=label, text=text)
            return
        name = name or words


def _begins_one(wanted: str, words: Iterable[str]) -> bool:
    stem = wanted[:-1] if wanted.endswith("s") and len(wanted) > _LONG_ENOUGH_FOR_A_PLURAL else wanted
    return any(word.startswith(wanted) or word == stem for word in words)


def _texts(entry: Entry, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """What an entry says in words, each with a label; the name and the id, which need none, first."""
    yield "", f"{entry.name} {entry.id}"
    match entry.value:
        case Technique() as technique:
            yield from (("also called", name) for name in technique.other_names)
            yield "what it is", technique.description
            yield from (("care", caution) for caution in technique.cautions)
            yield from (("for", f"{indication.for_.replace('-', ' ')}: {indication.effect}") for indication in technique.indication)
            yield "note", technique.note
        case Rule() as rule:
            yield from _asked(rule, knowledge)
            yield from (("why", rule.reason), ("what to do", rule.action))
            yield from (("care", precaution) for precaution in rule.precautions)
        case Protocol() as protocol:
            served = (complaint for complaint in knowledge.complaints if protocol.id in complaint.protocols.values())
            yield from (("for", complaint.name) for complaint in served)
            yield "rests on", protocol.basis
        case Complaint() as complaint:
            yield from (("also called", synonym) for synonym in complaint.synonyms)
        case Measure() as measure:
            yield "for", measure.population
        case Source() as source:
            yield "read", source.read


def _asked(rule: Rule, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """The questions whose answers a rule tests."""
    named = dict.fromkeys(criterion.fact for group in rule.when for criterion in group if criterion.fact in knowledge.fact)
    for name in named:
        fact = knowledge.fact[str(name)]
        yield "asks", f"{fact.label}: {fact.ask}"
