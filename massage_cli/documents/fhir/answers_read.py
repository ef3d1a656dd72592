"""The items of a questionnaire response as the plain table of an intake, with everything that is wrong with them."""

from collections.abc import Iterable, Iterator
from typing import Any

from massage_cli.documents.fhir.items import (
    ATTESTED,
    BOOKING,
    CLEARANCES,
    HEALTH,
    ITEMS,
    REASON,
    REGIONS,
    UNSURE,
    AnswerKey,
    Item,
    health_items,
    regions_item,
)
from massage_cli.documents.fhir.names import ANSWERS, system
from massage_cli.documents.fhir.text import unescaped
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import MOST_SUGGESTIONS, Problem, nearest, quoted
from massage_cli.planning.intake import INTAKE_FORMAT

Table = dict[str, Any]
_MAY_CHANGE = "has a modifierExtension, which may change what the answer means"
_DEEPEST = 8
"""How deep groups may stand in each other."""
_REASON_IDS = frozenset(item.link_id for item in ITEMS[REASON])
NOTHING = object()
"""What cannot be told from an answer; what is wrong with it has been said."""


class AnswersRead:
    """Walks the items of one response. `problems` grows while `table` is asked for."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.problems: list[Problem] = []
        self._facts = frozenset(knowledge.fact)
        items = [item for part in ITEMS.values() for item in part] + [ATTESTED]
        for fact in knowledge.facts:
            items += [*health_items(fact), *([regions_item(fact)] if fact.where else [])]
        self._items = {item.link_id: item for item in items}
        self._groups = {REASON, HEALTH, CLEARANCES, BOOKING, *(f"group.{group.id}" for group in knowledge.groups)}

    def table(self, items: Any) -> Table:
        """The intake as a plain table, which may still hold answers that are not allowed."""
        found: dict[str, Any] = {}
        notes: list[dict[str, Any]] = []
        for group in self._list(items, "item"):
            place: dict[str, Any] = {} if group.get("linkId") == CLEARANCES else found
            for link_id, item in self._walk([group]):
                if link_id in place:
                    self._tell(link_id, "stands twice; keep one")
                place[link_id] = item
            if place is not found:
                notes.append(self._part(CLEARANCES, place))
        return self._assembled(found, notes)

    def _assembled(self, found: dict[str, Any], notes: list[Table]) -> Table:
        table: Table = {"format": INTAKE_FORMAT, **self._part(REASON, found)}
        health = self._health(found)
        booking = self._part(BOOKING, found)
        parts = {"health": health, "clearances": notes, "booking": booking}
        return table | {name: part for name, part in parts.items() if part}

    def _tell(self, path: str, message: str, value: object = None) -> None:
        self.problems.append(Problem(path=path, value=value, message=message))

    def _list(self, value: Any, path: str) -> list[dict[str, Any]]:
        """The tables of a list; what is none is told."""
        if not isinstance(value, list):
            self._tell(path, f"{quoted(value)} is not a list")
            return []
        for entry in value:
            if not isinstance(entry, dict):
                self._tell(path, f"{quoted(entry)} is not an object")
        return [entry for entry in value if isinstance(entry, dict)]

    def _walk(self, items: Iterable[dict[str, Any]], depth: int = 0) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every question in the order it stands in, out of its groups; unknown ones are told."""
        for item in items:
            link_id = item.get("linkId")
            if "modifierExtension" in item:
                self._tell(str(link_id), _MAY_CHANGE)
            if not isinstance(link_id, str):
                self._tell("item", f"linkId: {quoted(link_id)} is not the link id of a question")
            elif link_id in self._groups and depth < _DEEPEST:
                yield from self._walk(self._list(item.get("item", []), link_id), depth + 1)
            elif link_id in self._items:
                yield link_id, item
                if "item" in item:
                    self._tell(link_id, "has items beside its answer; they belong under the answer")
            else:
                near = nearest(link_id, self._items) if len(self.problems) < MOST_SUGGESTIONS else None
                self._tell(link_id, "is not a known question" + (f"; did you mean '{near}'?" if near else ""))

    def _part(self, part: str, found: dict[str, Any]) -> Table:
        """The plain values of a part, in the order of the intake."""
        values: Table = {}
        for item in ITEMS[part]:
            if item.link_id in found:
                value = self._value(item, found[item.link_id])
                if value is not NOTHING:
                    values[item.link_id.partition(".")[2]] = value
        if part == CLEARANCES:
            self._strangers(part, found)
        return values

    def _strangers(self, part: str, found: dict[str, Any]) -> None:
        for link_id in found:
            if not link_id.startswith(f"{part}."):
                self._tell(link_id, f"does not belong to {part}")

    def _health(self, found: dict[str, Any]) -> Table:
        health: Table = {}
        for link_id, item in found.items():
            name = link_id.removesuffix(UNSURE)
            if link_id.startswith(f"{CLEARANCES}.") or (link_id.endswith(REGIONS) and link_id not in _REASON_IDS):
                self._tell(link_id, "stands in the wrong place")
            if name != ATTESTED.link_id and name not in self._facts:
                continue
            if name in health:
                self._tell(link_id, f"is answered, and so is {name}; keep one")
            value = self._value(self._items[link_id], item)
            if value is not NOTHING:
                health[name] = self._placed(name, value, item)
        return health

    def _placed(self, name: str, value: Any, item: dict[str, Any]) -> Any:
        """The answer, as a table where it has regions under it."""
        nested = item["answer"][0].get("item")
        if nested is None:
            return value
        wanted = self._items.get(name + REGIONS)
        tables = self._list(nested, name)
        if wanted is None or [table.get("linkId") for table in tables] != [wanted.link_id]:
            self._tell(name, "has other items under its answer than where it bears on")
            return value
        if "answer" not in tables[0]:
            return {"answer": value}
        return {"answer": value, "regions": self._value(wanted, tables[0])}

    def _value(self, item: Item, given: dict[str, Any]) -> Any:
        """The plain value of an answered item; a text without an answer is an empty one."""
        if "answer" not in given and item.answer is AnswerKey.TEXT:
            return ""
        answers = self._list(given.get("answer"), item.link_id)
        values = [self._one(item, answer) for answer in answers]
        if item.repeats:
            return [value for value in values if value is not NOTHING]
        if len(values) != 1:
            self._tell(item.link_id, f"has {len(values)} answers; it takes one")
            return NOTHING
        return values[0]

    def _one(self, item: Item, answer: dict[str, Any]) -> Any:
        keys = [key for key in answer if key.startswith("value")]
        if "modifierExtension" in answer:
            self._tell(item.link_id, _MAY_CHANGE)
        if keys != [item.answer]:
            self._tell(item.link_id, f"is answered with {' and '.join(keys) or 'no value'}; it takes {item.answer}", answer)
            return NOTHING
        value = answer[item.answer]
        match item.answer:
            case AnswerKey.CODE:
                return self._code(item, value)
            case AnswerKey.TEXT if isinstance(value, str):
                return self._text(item, value)
            case _:
                return value

    def _text(self, item: Item, value: str) -> Any:
        try:
            text = unescaped(value)
            text.encode()
        except (ValueError, OverflowError):
            self._tell(item.link_id, "holds an escape that stands for no letter", value)
            return NOTHING
        return text

    def _code(self, item: Item, value: Any) -> Any:
        if not isinstance(value, dict) or not isinstance(value.get("code"), str):
            self._tell(item.link_id, f"{quoted(value)} is not a coding with a code", value)
            return NOTHING
        own = system(item.words or ANSWERS)
        if value.get("system") != own:
            self._tell(item.link_id, f"{quoted(value.get('system'))} is not {own}, the system of its codes", value)
            return NOTHING
        return value["code"]
