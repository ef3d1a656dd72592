"""The sentences of reviews: why something is done, and what the therapist should know; their numbers come from the knowledge."""

from collections.abc import Sequence
from fractions import Fraction

from massage_cli.planning.texts import PlanWarning

STOP_WORSE = "Stop, screen again and refer."
RESOLVED = "Discharge: no more visits are planned."
NOT_KNOWN = "The plan goes on."
NOT_DUE = "No review is due; the plan goes on."
ONE_MORE = "One more visit, then discharge."
STEP_DOWN = "Step down: the later phases start now."
TOO_EARLY = "The plan goes on; step down after {min_visits} visits of a phase."
RELAPSE = "The last pain is up on the first: closer visits for a while, then what was left."
IMPROVED = "The plan goes on."
STABLE_AGAIN = "Stable once more: visits may lie further apart."
STABLE = "Staying stable is the aim; the plan goes on."
BACK_A_PHASE = "Not ready to taper: what is left goes on as in the phase before."
HOLD_TAPER = "Hold; the plan goes on."
HOLD_AND_REPLACE = "Hold, and replace {replaced}."
EXTENDED_BEFORE = "More visits have been added before; stop and refer."
HOLD = "Hold: up to {extra} visits more of this phase, then the later ones."
NO_GAIN = "No gain after {attended} visits; stop and refer."
UNDERDOSED = "Visits are shorter or further apart than the protocol's; change the booking first."
CHANGE_TECHNIQUES = "Replace {replaced}."
THE_TECHNIQUES = "the techniques"
NONE_LEFT_DISCHARGE = "No visits are left; discharge."
NONE_LEFT_REFER = "No visits are left; refer."


def pain_words(baseline: int | float, previous: int | float, last: int | float) -> str:
    """How pain has changed, with the percentage of a fall of the mean of the last two scores, rounded down."""
    fall = Fraction(str(baseline)) - (Fraction(str(previous)) + Fraction(str(last))) / 2
    less = f", {100 * fall // Fraction(str(baseline))} percent less" if fall > 0 else ""
    return f"Pain was {baseline} of 10 at first and {previous}, then {last} in the last two scores{less}."


def function_words(measure: str, baseline: int | float, last: int | float, steps: Fraction) -> str:
    """How a measure has changed, in steps of its smallest important change, cut to hundredths."""
    size = int(abs(steps) * 100) / 100
    way = "better" if steps > 0 else "worse"
    change = f", {size:g} important steps {way}" if steps else ", unchanged"
    return f"{measure}: {baseline} at first, {last} now{change}."


def soreness_words(hours: int, *, most: int) -> str:
    """How long the client was sore."""
    return f"Soreness lasted {hours} hours; more than {most} is too long."


def nothing_to_compare() -> str:
    """Why no class is known."""
    return "There are not yet two scores to compare."


def in_a_list(names: Sequence[str]) -> str:
    """Names as a list in a sentence: A, B and C."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def eased(percent: int, minus: int, hours: int) -> PlanWarning:
    """Visits become lighter and shorter."""
    text = f"Soreness lasted {hours} hours: pressure is {minus} less, and visits have {percent} percent of their minutes."
    return PlanWarning(id="eased", text=text)


def none_light_enough() -> PlanWarning:
    """Easing left no technique."""
    return PlanWarning(
        id="none-light-enough", text="No technique of the plan works at the lower pressure; choose lighter work before the next visit."
    )


def nothing_in_its_place(names: Sequence[str]) -> PlanWarning:
    """Replacing left no technique, so those of before stay."""
    text = f"Nothing else fits in place of {in_a_list(names)}; ask for another technique, or refer."
    return PlanWarning(id="nothing-in-its-place", text=text)


def extra_cut(planned: int, wanted: int) -> PlanWarning:
    """Fewer extra visits than meant."""
    return PlanWarning(id="extra-cut", text=f"{planned} of {wanted} extra visits are planned; no more are paid for.")


def visit_cap(left_out: int, *, cap: int, days: int) -> PlanWarning:
    """Visits left out because there would be too many."""
    visits = "1 visit is" if left_out == 1 else f"{left_out} visits are"
    return PlanWarning(id="visit-cap", text=f"{visits} left out: at most {cap} in any {days} days.")
