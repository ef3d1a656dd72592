"""The technique catalog: what each kind of work does to tissue, where it is used and how well it is supported."""

from typing import Annotated

import msgspec
from msgspec import Meta

from massage_cli.knowledge.rules import Pressure
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import Certainty, Direction, Goal

Minutes = Annotated[int, Meta(ge=1, le=240)]


class Tag(Value, frozen=True, kw_only=True):
    """What a technique does to tissue, so that a rule can exclude by mechanism."""

    id: str
    meaning: str


class PressureRange(Value, frozen=True, kw_only=True):
    """The lightest and the strongest pressure a technique works with."""

    min: Pressure
    max: Pressure


class MinutesRange(Value, frozen=True, kw_only=True):
    """How long a technique takes in a session, in minutes."""

    min: Minutes
    typical: Minutes
    max: Minutes


class Indication(Value, frozen=True, kw_only=True):
    """How well a technique is supported for one protocol, or for something that is no protocol."""

    for_: str = msgspec.field(name="for")
    certainty: Certainty
    direction: Direction
    effect: str
    basis: str
    sources: tuple[str, ...]


class Technique(Value, frozen=True, kw_only=True):
    """A kind of work, with what it needs and what speaks for it; it is out wherever one that it is `like` is out."""

    id: str
    name: str
    description: str
    tags: tuple[str, ...]
    regions: tuple[str, ...]
    extra_training: bool
    training: str
    carrier: bool
    stands_alone: bool
    goals: dict[Goal, Annotated[int, Meta(ge=0, le=2)]]
    pressure: PressureRange
    minutes: MinutesRange
    indication: tuple[Indication, ...]
    other_names: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    note: str = ""
