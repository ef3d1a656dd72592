"""The closed sets of words that intake, knowledge and plan share."""

from enum import StrEnum


class Condition(StrEnum):
    """The type of the client's condition."""

    CHRONIC = "chronic"
    ACUTE = "acute"
    INJURY_RECOVERY = "injury-recovery"
    MAINTENANCE = "maintenance"


class Goal(StrEnum):
    """What the client wants from the course."""

    PAIN_RELIEF = "pain-relief"
    MOBILITY = "mobility"
    SWELLING = "swelling"
    RELAXATION = "relaxation"
    POSTURE = "posture"
    PREVENTION = "prevention"


class Wish(StrEnum):
    """The pressure the client asks for."""

    LIGHT = "light"
    MODERATE = "moderate"
    FIRM = "firm"


class Weekday(StrEnum):
    """A day of the week, Monday first."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class FactKind(StrEnum):
    """What kind of answer a question about health takes."""

    YES_NO = "yes-no"
    CHOICE = "choice"
    NUMBER = "number"


class Category(StrEnum):
    """How a screening rule weighs, heaviest first."""

    RED_FLAG = "red-flag"
    ABSOLUTE = "absolute"
    CLEARANCE = "clearance"
    LOCAL = "local"
    TECHNIQUE = "technique"
    MODIFY = "modify"


STOPPING = (Category.RED_FLAG, Category.ABSOLUTE)
"""The categories of rules that stop everything, and that no note can lift."""


class Urgency(StrEnum):
    """How fast help is due, fastest first."""

    EMERGENCY = "emergency"
    SAME_DAY = "same-day"
    SOON = "soon"
    DEFER = "defer"


class Position(StrEnum):
    """What a finding asks of how the client lies or sits."""

    NO_PRONE = "no-prone"
    NO_SUPINE_FLAT = "no-supine-flat"
    SIDE_LYING = "side-lying"
    SEATED = "seated"
    HEAD_RAISED = "head-raised"


class LiftedBy(StrEnum):
    """Whether a clearance can lift the stop of a rule."""

    NONE = "none"
    LIFTS_STOP = "lifts-stop"


class Certainty(StrEnum):
    """How sure the evidence is, surest first."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very-low"
    NONE = "none"


class Direction(StrEnum):
    """Which way the evidence points."""

    BENEFIT = "benefit"
    MIXED = "mixed"
    UNCLEAR = "unclear"
    NONE = "none"


class Better(StrEnum):
    """Which way an outcome measure improves."""

    LOWER = "lower"
    HIGHER = "higher"


class OutcomeKind(StrEnum):
    """What comes of an intake: the first two are plans, the others are withheld."""

    CLEAR = "clear"
    RESTRICTED = "restricted"
    REFER = "refer"
    CLEARANCE = "clearance"
    INCOMPLETE = "incomplete"
    NO_TECHNIQUE = "no-technique"

    @property
    def withholds(self) -> bool:
        """True when no techniques, phases or dates may be shown."""
        return self not in _PLANNED


_PLANNED = (OutcomeKind.CLEAR, OutcomeKind.RESTRICTED)


class VisitStatus(StrEnum):
    """What became of a planned visit."""

    ATTENDED = "attended"
    MISSED = "missed"
    CANCELLED = "cancelled"


class MissedVisits(StrEnum):
    """What becomes of visits that did not take place: they are lost, or made up."""

    KEEP = "keep"
    SHIFT = "shift"


class ProgressClass(StrEnum):
    """How much has changed since the first score; the first five stand best first."""

    RESOLVED = "resolved"
    MUCH_IMPROVED = "much-improved"
    IMPROVED = "improved"
    SLIGHT = "slight"
    NONE = "none"
    WORSE = "worse"
    UNKNOWN = "unknown"


class Action(StrEnum):
    """What is done."""

    STOP_REFER = "stop-refer"
    DISCHARGE = "discharge"
    CONTINUE = "continue"
    STEP_DOWN = "step-down"
    RAISE_DOSE = "raise-dose"
    LENGTHEN = "lengthen"
    HOLD = "hold"
    CHANGE_TECHNIQUES = "change-techniques"
