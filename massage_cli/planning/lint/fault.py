"""A fault: one thing in a plan that contradicts something else in it, or what is known."""

from enum import StrEnum

from massage_cli.knowledge.value import Value


class FaultKind(StrEnum):
    """Every kind of fault that is looked for, by the id that scripts count on."""

    # dates
    SAME_DAY = "same-day"
    VISIT_ORDER = "visit-order"
    NUMBER = "number"
    OVERLAP = "overlap"
    UNCOVERED_DAYS = "uncovered-days"
    LONG_GAP = "long-gap"
    SHORT_REST = "short-rest"
    FREQUENCY_RISES = "frequency-rises"
    PERIOD_NEGATIVE = "period-negative"
    OUTSIDE_PERIOD = "outside-period"
    NOT_A_DATE = "not-a-date"
    CLOSED_DAY = "closed-day"
    TOO_EARLY = "too-early"
    WEEK_FULL = "week-full"
    # numbers that have to agree
    PHASE_COUNT = "phase-count"
    PHASE_DATES = "phase-dates"
    PHASE_UNKNOWN = "phase-unknown"
    TIMING_COUNT = "timing-count"
    TIMING_RANGE = "timing-range"
    QUANTITY = "quantity"
    OVER_BUDGET = "over-budget"
    OUTLINE_MINUTES = "outline-minutes"
    MAIN_MINUTES = "main-minutes"
    SESSION_MINUTES = "session-minutes"
    MINUTES_OVER = "minutes-over"
    MAINTENANCE = "maintenance"
    REVIEW_MISSING = "review-missing"
    REVIEW_EXTRA = "review-extra"
    # texts
    TEXT_FREQUENCY = "text-frequency"
    TEXT_LENGTH = "text-length"
    TEXT_START = "text-start"
    TEXT_TOTAL = "text-total"
    TEXT_MINUTES = "text-minutes"
    TEXT_DOSE = "text-dose"
    # the work
    TECHNIQUE_EXCLUDED = "technique-excluded"
    TECHNIQUE_DECLINED = "technique-declined"
    TECHNIQUE_UNTRAINED = "technique-untrained"
    REGION_AVOIDED = "region-avoided"
    REGION_NOT_ASKED = "region-not-asked"
    PRESSURE_OVER = "pressure-over"
    PRESSURE_RANGE = "pressure-range"
    # the verdict and the record
    INTAKE = "intake"
    OUTCOME = "outcome"
    FINDING_MISSING = "finding-missing"
    URGENCY = "urgency"
    WITHHELD_SCHEDULE = "withheld-schedule"
    ADVICE_MISSING = "advice-missing"
    INCOMPLETE_PLAN = "incomplete-plan"
    STATUS = "status"
    STOPPED_VISITS = "stopped-visits"
    VISIT_RECORD = "visit-record"
    DECISION_DATE = "decision-date"
    VERSION_CHAIN = "version-chain"
    UNKNOWN_ID = "unknown-id"
    UID_TWICE = "uid-twice"


class Fault(Value, frozen=True, kw_only=True):
    """One fault: where it stands, as a key path and a line where that is known, what is there, and what is expected."""

    id: FaultKind
    path: str
    found: str
    expected: str
    line: int | None = None
    file: str | None = None


def fault(kind: FaultKind, path: str, found: str, expected: str) -> Fault:
    """A fault at a key path."""
    return Fault(id=kind, path=path, found=found, expected=expected)
