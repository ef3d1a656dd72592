"""The numbers of choosing, building and adapting a plan; planning.md says how each is used."""

from typing import Annotated

import msgspec
from msgspec import Meta

from massage_cli.knowledge.protocols import Days
from massage_cli.knowledge.rules import Pressure
from massage_cli.knowledge.techniques import Minutes
from massage_cli.knowledge.value import Value
from massage_cli.knowledge.vocabulary import Certainty, Condition, Direction, Weekday

Whole = Annotated[int, Meta(ge=0, le=1000)]
Percent = Annotated[int, Meta(ge=0, le=1000)]
Weight = Annotated[float, Meta(ge=0, le=100)]


class SessionSplit(Value, frozen=True, kw_only=True):
    """How a session of so many minutes divides into its five parts, in minutes."""

    minutes: Minutes
    assess: Whole
    warm_up: Whole
    main: Whole
    integrate: Whole
    close: Whole


class TechniquesByMinutes(Value, frozen=True, kw_only=True):
    """How many techniques fit a session of up to so many minutes."""

    up_to: Minutes
    techniques: Annotated[int, Meta(ge=1, le=4)]


class Weights(Value, frozen=True, kw_only=True):
    """What each part of a technique's score counts."""

    evidence: Whole
    goal: Whole
    region: Whole
    preference: Whole


class PressureNumbers(Value, frozen=True, kw_only=True):
    """How a wish becomes a pressure, and what lowers it (planning.md 4)."""

    light: Pressure
    moderate: Pressure
    firm: Pressure
    highest_ever: Pressure
    first_visit_cap: Pressure
    severe_pain_from: Whole
    severe_pain_minus: Whole
    acute_days: Whole
    acute_minus: Whole
    acute_cap: Pressure
    frail_age: Whole
    frail_cap: Pressure
    frail_minutes_percent: Percent
    frail_minutes_step: Annotated[int, Meta(ge=1, le=60)]
    drainage_neighbor_max: Pressure


class PainChange(Value, frozen=True, kw_only=True):
    """The smallest important change in pain for a range of baselines, in points."""

    from_: Whole = msgspec.field(name="from")
    to: Whole
    points: Whole


class Adaptation(Value, frozen=True, kw_only=True):
    """The numbers of reviews (planning.md 10 and 11)."""

    review_at_latest_visits: Whole
    review_at_latest_days: Whole
    resolved_pain_max: Whole
    resolved_visits_running: Whole
    much_improved_percent: Percent
    much_improved_steps: Weight
    improved_percent: Percent
    improved_steps: Weight
    slight_percent: Percent
    slight_points: Whole
    slight_steps: Weight
    worse_points: Whole
    worse_percent: Percent
    worse_hours: Whole
    min_visits_before_step_down: Whole
    extra_visits_when_slight: Whole
    cap_visits_90_days: Whole = msgspec.field(name="cap-visits-90-days")
    cap_visits_next_180_days: Whole = msgspec.field(name="cap-visits-next-180-days")
    maintenance_review_every: Whole
    maintenance_stable_reviews: Whole
    maintenance_stretch_days: Days
    relapse_block_sessions: Whole
    relapse_block_gap_days: Days
    pain_mcid_by_baseline: tuple[PainChange, ...]
    ease_pressure_minus: Whole
    ease_hours: Whole
    ease_minutes_percent: Percent
    upkeep_phases: tuple[str, ...]
    taper_phases: tuple[str, ...]
    first_review_visit: dict[Condition, Whole]


class Contradictions(Value, frozen=True, kw_only=True):
    """From where an intake contradicts itself (planning.md 2.3)."""

    chronic_under_days: Whole
    acute_over_days: Whole
    maintenance_pain_from: Whole


class Choosing(Value, frozen=True, kw_only=True):
    """When the intensive protocol is taken, and how long a permission holds."""

    intensive_pain_from: Whole
    intensive_minutes: Minutes
    intensive_never_with: tuple[str, ...]
    protocol_clearance_days: Whole


class CalendarNumbers(Value, frozen=True, kw_only=True):
    """How far a visit may be looked for, and which days are worked when nobody says."""

    search_days: Whole
    injury_not_before_day: Whole
    default_weekdays: tuple[Weekday, ...]


class BookingNumbers(Value, frozen=True, kw_only=True):
    """When a course has become too thin, and the shortest visit."""

    span_may_grow_percent: Percent
    span_may_grow_days: Whole
    shortest_minutes: Minutes


class Numbers(Value, frozen=True, kw_only=True):
    """All of planning.toml."""

    session_split: tuple[SessionSplit, ...]
    first_visit_extra_minutes: Whole
    techniques_by_minutes: tuple[TechniquesByMinutes, ...]
    main_block_shares: tuple[tuple[Percent, ...], ...]
    smallest_block_minutes: Whole
    short_by_nature: tuple[str, ...]
    weights: Weights
    evidence_scores: dict[Certainty, Whole]
    direction_factors: dict[Direction, Weight]
    pressure: PressureNumbers
    adaptation: Adaptation
    contradictions: Contradictions
    choosing: Choosing
    calendar: CalendarNumbers
    booking: BookingNumbers

    @property
    def longest_minutes(self) -> int:
        """The longest visit that can be planned, in minutes: the end of the table of techniques by minutes."""
        return self.techniques_by_minutes[-1].up_to
