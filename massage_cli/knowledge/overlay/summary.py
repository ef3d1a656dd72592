"""What a clinic's own knowledge does to the built-in one, by ids."""

from typing import Any

import msgspec

from massage_cli.knowledge.overlay.entries import KINDS
from massage_cli.knowledge.overlay.merging import NUMBERS_FILE
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.value import Value


class Summary(Value, frozen=True, kw_only=True):
    """The name and digest of an overlay; by kind the ids that it adds; by entry the keys that it changes."""

    name: str
    digest: str
    added: dict[str, tuple[str, ...]]
    changed: dict[str, tuple[str, ...]]


def summary_of(merged: Knowledge, built_in: Knowledge) -> Summary:
    """What was added and changed. The knowledge must have an overlay."""
    added: dict[str, tuple[str, ...]] = {}
    changed: dict[str, tuple[str, ...]] = {}
    for kind in KINDS:
        before = {getattr(entry, kind.name): entry for entry in getattr(built_in, kind.field)}
        now = {getattr(entry, kind.name): entry for entry in getattr(merged, kind.field)}
        new = tuple(name for name in now if name not in before)
        if new:
            added[kind.key] = new
        for name, entry in before.items():
            if entry != now[name]:
                changed[f"{kind.key} {name}"] = _keys(entry, now[name])
    if merged.numbers != built_in.numbers:
        changed[NUMBERS_FILE] = _keys(built_in.numbers, merged.numbers)
    name = merged.overlay
    return Summary(name=name.name if name else "", digest=name.digest if name else "", added=added, changed=changed)


def _keys(old: Any, new: Any) -> tuple[str, ...]:
    """The keys with their values before and after, where these are single ones."""
    told: list[str] = []
    for name, key in zip(old.__struct_fields__, old.__struct_encode_fields__, strict=True):
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        if isinstance(before, msgspec.Struct):
            told += [f"{key}.{inner}" for inner in _keys(before, after)]
        elif isinstance(after, int | float) and not isinstance(after, bool):
            told.append(f"{key} {'no limit' if before is None else before} to {after}")
        else:
            told.append(key)
    return tuple(told)
