"""Planning straight from the text: the errors of a raw intake, and the plan of one without errors."""

from datetime import date, timedelta
from fractions import Fraction

from tests.oracle.pack import by_id
from tests.oracle.screening import (
    CONDITIONS,
    GOALS,
    PRESSURES,
    UNSURE,
    VALUE,
    all_sided_regions,
    in_body_order,
    is_list_of,
    is_whole,
    read_date,
    region_names,
    screen,
    sided,
)

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
BOOKING_KEYS = [
    "start",
    "weekdays",
    "closed",
    "holidays",
    "max-sessions",
    "max-per-week",
    "minutes",
    "trained-in",
]
LONGEST_MINUTES = 240
DRAINAGE = "lymphatic-drainage"

# 9: the order of the table; the lines of 5.3 keep the order of the candidates among themselves.
WARNING_ORDER = [
    ["chronic-recent"],
    ["acute-old"],
    ["maintenance-pain"],
    ["general-protocol"],
    ["pressure-fresh"],
    ["pressure-first-visit"],
    ["region-avoided"],
    [
        "technique-excluded",
        "technique-prenatal",
        "technique-untrained",
        "technique-region",
        "technique-pressure",
        "technique-minutes",
    ],
    ["technique-drainage"],
    ["technique-outranked"],
    ["technique-short"],
    ["region-uncovered"],
    ["no-carrier"],
    ["first-visit-short"],
    ["minutes-short"],
    ["sessions-cut"],
    ["sessions-few"],
    ["start-past"],
    ["start-delayed"],
    ["gaps-widened"],
    ["course-thin"],
]


class NoOpenDay(Exception):
    """No open day can be found for a visit (8.3)."""


# 1.1 Input errors


def problems(intake: dict, pack: dict, on: date) -> list[str]:
    """1.1: the key paths of all errors that planning finds in a raw intake, in the order of the text, each once.

    What 1.1 does not name but the file format rules out comes after that: first-visit, notes and the rest of booking.
    """
    paths = []
    technique_ids = [technique["id"] for technique in pack["techniques"]]
    complaint_ids = [complaint["id"] for complaint in pack["complaints"]]
    booking = intake.get("booking", {})
    if not isinstance(booking, dict):
        booking = {}

    if intake.get("condition") not in CONDITIONS:
        paths.append("condition")
    if "complaint" in intake and intake["complaint"] not in complaint_ids:
        paths.append("complaint")
    if not is_list_of(intake.get("regions"), region_names(pack)) or not intake["regions"]:
        paths.append("regions")
    if "goals" in intake and not is_list_of(intake["goals"], GOALS):
        paths.append("goals")
    if "pressure" in intake and intake["pressure"] not in PRESSURES:
        paths.append("pressure")
    if "pain" in intake:
        if not is_whole(intake["pain"]) or not 0 <= intake["pain"] <= 10:
            paths.append("pain")
    elif intake.get("condition") != "maintenance":
        paths.append("pain")
    if "onset" in intake:
        onset = read_date(intake["onset"])
        if onset is None or onset > on:
            paths.append("onset")
    elif intake.get("condition") in ["acute", "injury-recovery"]:
        paths.append("onset")
    for key in ["prefers", "declines"]:
        if key in intake and not is_list_of(intake[key], technique_ids):
            paths.append(key)
    if "trained-in" in booking and not is_list_of(booking["trained-in"], technique_ids):
        paths.append("booking.trained-in")
    if "max-sessions" in booking:
        if not is_whole(booking["max-sessions"]) or booking["max-sessions"] < 1:
            paths.append("booking.max-sessions")
    if "max-per-week" in booking:
        if not is_whole(booking["max-per-week"]) or not 1 <= booking["max-per-week"] <= 7:
            paths.append("booking.max-per-week")
    if "minutes" in booking:
        shortest = pack["numbers"]["booking"]["shortest-minutes"]
        if not is_whole(booking["minutes"]) or not shortest <= booking["minutes"] <= LONGEST_MINUTES:
            paths.append("booking.minutes")
    if "weekdays" in booking and (not is_list_of(booking["weekdays"], WEEKDAYS) or not booking["weekdays"]):
        paths.append("booking.weekdays")

    if not isinstance(intake.get("first-visit", True), bool):
        paths.append("first-visit")
    if not isinstance(intake.get("notes", ""), str):
        paths.append("notes")
    if not isinstance(intake.get("booking", {}), dict):
        paths.append("booking")
    if "start" in booking and read_date(booking["start"]) is None:
        paths.append("booking.start")
    if "closed" in booking:
        closed = booking["closed"]
        if not isinstance(closed, list) or any(read_date(day) is None for day in closed):
            paths.append("booking.closed")
    if not isinstance(booking.get("holidays", ""), str):
        paths.append("booking.holidays")
    paths += ["booking." + key for key in booking if key not in BOOKING_KEYS]
    return paths


# 2. The protocol


def choose_protocol(intake: dict, screening: dict, pack: dict, warnings: list) -> dict:
    """2.1, 2.2: the protocol."""
    condition = intake["condition"]
    complaint = by_id(pack["complaints"], intake.get("complaint", "other"))
    # 2.1
    if condition in complaint["protocols"]:
        protocol_id = complaint["protocols"][condition]
    else:
        protocol_id = by_id(pack["complaints"], "other")["protocols"][condition]
        called = condition.replace("-", " ")
        warnings.append(
            (
                "general-protocol",
                f"{complaint['name']}: no protocol of its own for {called}; the general one is used.",
            )
        )
    # 2.2
    choosing = pack["numbers"]["choosing"]
    if (
        protocol_id == "generic-chronic"
        and intake.get("pain") is not None
        and intake["pain"] >= choosing["intensive-pain-from"]
        and minutes_offered(intake, screening) >= choosing["intensive-minutes"]
        and intake["age"] < pack["numbers"]["pressure"]["frail-age"]
        and complaint["id"] != "fibromyalgia"
        and not any(finding["rule"] in choosing["intensive-never-with"] for finding in screening["findings"])
    ):
        protocol_id = "generic-chronic-intensive"
    return by_id(pack["protocols"], protocol_id)


def minutes_offered(intake: dict, screening: dict) -> int:
    """2.2: M, the smaller of the minutes booked and the minutes that screening allows."""
    booked = intake.get("booking", {}).get("minutes", LONGEST_MINUTES)
    allowed = screening["minutes-max"]
    if allowed is None:
        allowed = LONGEST_MINUTES
    return min(booked, allowed)


def days_since_onset(intake: dict, on: date) -> int | None:
    """The days between onset and the day of planning."""
    if "onset" not in intake:
        return None
    return (on - read_date(intake["onset"])).days


def warn_of_contradictions(intake: dict, pack: dict, on: date, warnings: list) -> None:
    """2.3: contradictions only warn."""
    numbers = pack["numbers"]["contradictions"]
    days = days_since_onset(intake, on)
    if intake["condition"] == "chronic" and days is not None and days < numbers["chronic-under-days"]:
        warnings.append(("chronic-recent", f"Called chronic, but it began {days} days ago; under 6 weeks is acute."))
    if intake["condition"] == "acute" and days > numbers["acute-over-days"]:
        warnings.append(("acute-old", f"Called acute, but it began {days} days ago; over 3 months is chronic."))
    if intake["condition"] == "maintenance" and intake.get("pain") is not None:
        pain = intake["pain"]
        if pain >= numbers["maintenance-pain-from"]:
            warnings.append(
                (
                    "maintenance-pain",
                    f"Called maintenance, but pain is {pain} of 10; a treatment course may fit better.",
                )
            )


def has_permission(intake: dict, screening: dict, protocol: dict, pack: dict, on: date) -> bool:
    """1.4: whether a permission for the protocol is on file."""
    for finding in screening["findings"]:
        if finding["rule"] in protocol.get("cleared-by", []) and finding["cleared"]:
            return True
    for note in intake.get("clearances", []):
        if note["rule"] == protocol["id"]:
            days = (on - read_date(note["on"])).days
            if 0 <= days <= pack["numbers"]["choosing"]["protocol-clearance-days"]:
                return True
    return False


# 3. Minutes of a visit


def phase_minutes(phase: dict, intake: dict, screening: dict, pack: dict) -> int:
    """3: the minutes of a visit of the phase."""
    numbers = pack["numbers"]["pressure"]
    minutes = phase["minutes"]["typical"]
    if intake["age"] >= numbers["frail-age"]:
        step = numbers["frail-minutes-step"]
        share = Fraction(minutes * numbers["frail-minutes-percent"], 100)
        minutes = share // step * step
    return min(minutes, minutes_offered(intake, screening))


# 4. Pressure allowed


def allow_pressure(intake: dict, screening: dict, protocol: dict, pack: dict, on: date, warnings: list) -> int:
    """4.1, 4.2: the pressure allowed where screening caps no region."""
    numbers = pack["numbers"]["pressure"]
    pain = intake.get("pain")
    days = days_since_onset(intake, on)
    fresh = intake["condition"] in ["acute", "injury-recovery"] and days < numbers["acute-days"]
    # 4.1
    start = numbers[intake.get("pressure", "moderate")]
    if pain is not None and pain >= numbers["severe-pain-from"]:
        start -= numbers["severe-pain-minus"]
    caps = [numbers["highest-ever"], screening["pressure-max"]]
    if fresh:
        start -= numbers["acute-minus"]
        caps.append(numbers["acute-cap"])
    if "pressure-max" in protocol:
        caps.append(protocol["pressure-max"])
    if intake["age"] >= numbers["frail-age"]:
        caps.append(numbers["frail-cap"])
    allowed = max(1, min([start, *caps]))
    # 4.2
    if fresh:
        until = read_date(intake["onset"]) + timedelta(days=numbers["acute-days"])
        warnings.append(("pressure-fresh", f"Pressure {allowed} at most until {until.isoformat()}; judge again then."))
    if intake.get("first-visit", True) and allowed > numbers["first-visit-cap"]:
        warnings.append(
            (
                "pressure-first-visit",
                f"Pressure {numbers['first-visit-cap']} at most, this being the first visit; up to {allowed} later.",
            )
        )
        allowed = numbers["first-visit-cap"]
    return allowed


def allowed_at(place: str, allowed: int, screening: dict) -> int:
    """4.3: the pressure allowed at a region."""
    cap = min(screening["pressure-max"], screening["pressure-max-at"].get(place, 5))
    return max(1, min(allowed, cap))


# 5. Candidates


def merge(places: list[str], pack: dict) -> list[str]:
    """5.1: regions as they are put out: both sides one name, all regions whole-body, body order."""
    if all(place in places for place in all_sided_regions(pack)):
        return ["whole-body"]
    merged = []
    for region in pack["regions"]:
        here = [place for place in sided(region) if place in places]
        if len(here) == len(sided(region)):
            merged.append(region["id"])
        else:
            merged += here
    return merged


def in_words(places: list[str], pack: dict) -> str:
    """9: regions in a warning."""
    return ", ".join(place.replace("-", " ") for place in merge(places, pack))


def without_side(place: str, pack: dict) -> str:
    """The region that a place belongs to."""
    for region in pack["regions"]:
        if place in sided(region):
            return region["id"]
    raise ValueError(place)


def choose_targets(screening: dict, pack: dict, warnings: list) -> list[str]:
    """5.1: the requested regions that are not avoided."""
    gone = [place for place in screening["requested"] if place in screening["avoid"]]
    if gone:
        warnings.append(("region-avoided", f"Not treated: {in_words(gone, pack)}."))
    return [place for place in screening["requested"] if place not in gone]


def list_candidates(intake: dict, protocol: dict) -> list[str]:
    """5.2: the candidates in order."""
    candidates = []
    for technique in protocol["techniques"] + intake.get("prefers", []):
        if technique not in candidates:
            candidates.append(technique)
    return candidates


def test_candidate(
    technique: dict,
    intake: dict,
    screening: dict,
    protocol: dict,
    targets: list[str],
    allowed: int,
    first_minutes: int,
    pack: dict,
    warnings: list,
) -> list[str]:
    """5.3: the regions that the candidate works on, or none when a test removes it."""
    name = technique["id"]
    asked_for = name in intake.get("prefers", [])
    lead = f"{technique['name']} was asked for and is left out:" if asked_for else f"{technique['name']} is left out:"
    excluded = screening["exclusions"].get(name, {"everywhere": [], "at": {}})
    trained_in = intake.get("booking", {}).get("trained-in", [])

    # 1
    if name in intake.get("declines", []):
        return []
    # 2
    if technique["stands-alone"] and name != protocol["techniques"][0] and not asked_for:
        return []
    # 3
    if excluded["everywhere"]:
        rules = ", ".join(sorted(excluded["everywhere"]))
        warnings.append(("technique-excluded", f"{lead} screening excludes it ({rules})."))
        return []
    # 4
    if name == "prenatal":
        if not any(finding["rule"] == "pregnancy" and finding["cleared"] for finding in screening["findings"]):
            warnings.append(("technique-prenatal", f"{lead} it is for a cleared pregnancy only."))
            return []
    # 5
    if technique["extra-training"] and name not in trained_in:
        warnings.append(("technique-untrained", f"{lead} it needs extra training."))
        return []
    # 6
    covered = [place for place in targets if "whole-body" in technique["regions"] or without_side(place, pack) in technique["regions"]]
    if not covered:
        if asked_for:
            warnings.append(("technique-region", f"{lead} it is not used on these regions."))
        return []
    # 7
    left = [place for place in covered if place not in excluded["at"]]
    if not left:
        rules = ", ".join(sorted({rule for place in covered for rule in excluded["at"][place]}))
        warnings.append(("technique-excluded", f"{lead} screening excludes it there ({rules})."))
        return []
    # 8
    least = technique["pressure"]["min"]
    works_on = [place for place in left if least <= allowed_at(place, allowed, screening)]
    if not works_on:
        most = max(allowed_at(place, allowed, screening) for place in left)
        warnings.append(("technique-pressure", f"{lead} it needs pressure {least}, and {most} is the most allowed."))
        return []
    # 9
    if technique["stands-alone"] and technique["minutes"]["min"] > first_minutes:
        if asked_for:
            warnings.append(("technique-minutes", f"{lead} it needs {technique['minutes']['min']} minutes."))
        return []
    return works_on


def rate(technique: dict, works_on: list[str], targets: list[str], intake: dict, protocol: dict, pack: dict) -> dict:
    """5.4, 5.5: a surviving candidate with its score, the reasons and the sources."""
    numbers = pack["numbers"]
    asked_for = technique["id"] in intake.get("prefers", [])
    meant = protocol.get("evidence-from", protocol["id"])
    indication = None
    for entry in technique.get("indication", []):
        if entry["for"] == meant:
            indication = entry
            break

    evidence = Fraction(0)
    if indication is not None:
        certainty_score = Fraction(str(numbers["evidence-scores"][indication["certainty"]]))
        evidence = certainty_score * Fraction(str(numbers["direction-factors"][indication["direction"]]))
    goal_fit = 0
    best_goal = None
    for goal in intake.get("goals", []):
        fit = technique["goals"].get(goal, 0)
        if best_goal is None or fit > goal_fit:
            best_goal = goal
            goal_fit = fit
    region_fit = 2 if works_on == targets else 1
    preference = 1 if asked_for else 0
    weights = {key: Fraction(str(weight)) for key, weight in numbers["weights"].items()}
    score = (
        weights["evidence"] * evidence + weights["goal"] * goal_fit + weights["region"] * region_fit + weights["preference"] * preference
    )

    # 5.5
    if indication is None or indication["certainty"] == "none":
        first = "No direct evidence for this protocol"
    else:
        certainty = indication["certainty"].replace("-", " ")
        direction = {
            "benefit": "of benefit",
            "mixed": "with mixed results",
            "unclear": "and unclear",
            "none": "of no effect",
        }[indication["direction"]]
        first = f"{certainty[0].upper()}{certainty[1:]} certainty {direction}"
    if best_goal is None:
        second = "no goal named"
    elif goal_fit == 2:
        second = f"fits {best_goal.replace('-', ' ')} well"
    elif goal_fit == 1:
        second = f"fits {best_goal.replace('-', ' ')} partly"
    else:
        second = "fits none of the goals"
    if region_fit == 2:
        third = "covers every region to be treated"
    else:
        third = "covers some of the regions to be treated"
    parts = [first, second, third]
    if asked_for:
        parts.append("asked for")

    return {
        "entry": technique,
        "id": technique["id"],
        "regions": works_on,
        "score": score,
        "because": "; ".join(parts) + ".",
        "sources": [] if indication is None else indication["sources"],
        "asked-for": asked_for,
    }


def rank_candidates(
    intake: dict,
    screening: dict,
    protocol: dict,
    targets: list[str],
    allowed: int,
    first_minutes: int,
    pack: dict,
    warnings: list,
) -> list[dict]:
    """5.2 to 5.5: the candidates that survive, best first."""
    survivors = []
    for name in list_candidates(intake, protocol):
        technique = by_id(pack["techniques"], name)
        works_on = test_candidate(technique, intake, screening, protocol, targets, allowed, first_minutes, pack, warnings)
        if works_on:
            survivors.append(rate(technique, works_on, targets, intake, protocol, pack))
    return sorted(survivors, key=lambda survivor: -survivor["score"])


# 6. The main block


def how_many(minutes: int, pack: dict) -> int:
    """6.1: how many techniques a visit of so many minutes holds."""
    for row in pack["numbers"]["techniques-by-minutes"]:
        if minutes <= row["up-to"]:
            return row["techniques"]
    raise ValueError(minutes)


def share_a_region(one: dict, other: dict) -> bool:
    """Whether two techniques work on a region that is the same."""
    return any(place in other["regions"] for place in one["regions"])


def clash(one: dict, other: dict, pack: dict) -> bool:
    """6.2: strong work and lymphatic drainage in the same region."""
    if (one["id"] == DRAINAGE) == (other["id"] == DRAINAGE):
        return False
    strong = other if one["id"] == DRAINAGE else one
    most = pack["numbers"]["pressure"]["drainage-neighbor-max"]
    return share_a_region(one, other) and strong["entry"]["pressure"]["min"] > most


def take_techniques(ranked: list[dict], number: int, pack: dict, warnings: list) -> list[dict]:
    """6.2, 6.3, 6.4: the techniques of the main block, best first."""
    # 6.2
    passed_over = []
    if ranked[0]["entry"]["stands-alone"]:
        taken = [ranked[0]]
    else:
        taken = []
        for survivor in ranked:
            if len(taken) == number:
                break
            if survivor["entry"]["stands-alone"]:
                continue
            if any(clash(survivor, other, pack) for other in taken):
                passed_over.append(survivor["id"])
                warnings.append(
                    (
                        "technique-drainage",
                        f"{survivor['entry']['name']} is left out: strong work and lymphatic drainage do not share a region.",
                    )
                )
                continue
            taken.append(survivor)
        # 6.3, 6.8
        if number >= 2 and not any(survivor["entry"]["carrier"] for survivor in taken):
            kept = taken[: number - 1]
            for survivor in ranked:
                if (
                    survivor["entry"]["carrier"]
                    and not survivor["entry"]["stands-alone"]
                    and not any(clash(survivor, other, pack) for other in kept)
                ):
                    taken = [*kept, survivor]
                    break
    # 6.4
    taken_ids = [survivor["id"] for survivor in taken]
    for survivor in ranked:
        if survivor["asked-for"] and survivor["id"] not in taken_ids and survivor["id"] not in passed_over:
            warnings.append(
                (
                    "technique-outranked",
                    f"{survivor['entry']['name']} was asked for and is left out: others rank higher.",
                )
            )
    return taken


def find_carrier(taken: list[dict]) -> dict | None:
    """6.3: the best carrier taken."""
    for survivor in taken:
        if survivor["entry"]["carrier"]:
            return survivor
    return None


def block_pressure(survivor: dict, taken: list[dict], allowed: int, screening: dict, pack: dict) -> int:
    """6.5: the pressure of a block."""
    limits = [survivor["entry"]["pressure"]["max"]]
    limits += [allowed_at(place, allowed, screening) for place in survivor["regions"]]
    for other in taken:
        if other["id"] == DRAINAGE and survivor["id"] != DRAINAGE and share_a_region(survivor, other):
            limits.append(pack["numbers"]["pressure"]["drainage-neighbor-max"])
    return min(limits)


def outline_of(minutes: int, pack: dict) -> dict:
    """6.6: the minutes of the parts of a visit."""
    rows = pack["numbers"]["session-split"]
    fitting = [row for row in rows if row["minutes"] <= minutes]
    row = max(fitting, key=lambda each: each["minutes"]) if fitting else rows[0]
    parts = {part: row[part] for part in ["assess", "warm-up", "main", "integrate", "close"]}
    parts["main"] += minutes - row["minutes"]
    return parts


def share_minutes(taken: list[dict], main: int, pack: dict, warnings: list) -> tuple[list[dict], dict]:
    """6.7: the blocks that stay, and the minutes of each by id, before what is left finds no place."""
    numbers = pack["numbers"]
    carrier = find_carrier(taken)
    blocks = list(taken)
    while True:
        shares = numbers["main-block-shares"][len(blocks) - 1]
        minutes = {}
        for block, share in zip(blocks, shares, strict=True):
            minutes[block["id"]] = min(main * share // 100, block["entry"]["minutes"]["max"])
        too_short = [
            block
            for block in blocks
            if minutes[block["id"]] < numbers["smallest-block-minutes"]
            and block is not carrier
            and block["id"] not in numbers["short-by-nature"]
            and len(blocks) > 1
        ]
        if not too_short:
            break
        dropped = too_short[-1]
        blocks = [block for block in blocks if block is not dropped]
        smallest = numbers["smallest-block-minutes"]
        warnings.append(
            (
                "technique-short",
                f"{dropped['entry']['name']} is left out: its share would be under {smallest} minutes.",
            )
        )
    left = main - sum(minutes.values())
    in_turn = [block for block in blocks if block is carrier] + [block for block in blocks if block is not carrier]
    for block in in_turn:
        more = min(left, block["entry"]["minutes"]["max"] - minutes[block["id"]])
        minutes[block["id"]] += more
        left -= more
    return blocks, minutes


def build_main_block(
    ranked: list[dict],
    targets: list[str],
    allowed: int,
    first_minutes: int,
    screening: dict,
    pack: dict,
    warnings: list,
) -> tuple[list[dict], list[dict]]:
    """6: the techniques and the outline as the plan gives them."""
    taken = take_techniques(ranked, how_many(first_minutes, pack), pack, warnings)
    pressures = {block["id"]: block_pressure(block, taken, allowed, screening, pack) for block in taken}
    outline = outline_of(first_minutes, pack)
    blocks, minutes = share_minutes(taken, outline["main"], pack, warnings)
    without_place = outline["main"] - sum(minutes.values())
    outline["main"] -= without_place
    outline["integrate"] += without_place
    # 6.9
    uncovered = [place for place in targets if not any(place in block["regions"] for block in blocks)]
    if uncovered:
        warnings.append(("region-uncovered", f"No chosen technique works on: {in_words(uncovered, pack)}."))
    if find_carrier(taken) is None:
        warnings.append(("no-carrier", "No broad technique is in the plan; warm up and finish with light strokes."))

    techniques = []
    for block in blocks:
        technique = {
            "id": block["id"],
            "minutes": minutes[block["id"]],
            "pressure": pressures[block["id"]],
            "regions": merge(block["regions"], pack),
            "score": float(block["score"]),
            "because": block["because"],
            "sources": block["sources"],
        }
        techniques.append(leave_out_empty(technique))
    return techniques, [{"part": part, "minutes": outline[part]} for part in outline]


# 7. Visits and gaps


def visits_per_phase(intake: dict, protocol: dict, warnings: list) -> list[int]:
    """7.1: how many visits each phase of the protocol gets."""
    own = [phase["sessions"] for phase in protocol["phase"]]
    total = sum(own)
    budget = intake.get("booking", {}).get("max-sessions")
    if budget is None or budget >= total:
        return own
    warnings.append(("sessions-cut", f"{budget} of {total} visits are planned; no more are paid for."))
    if budget < protocol["stop-after"]:
        warnings.append(
            (
                "sessions-few",
                f"The plan ends before visit {protocol['stop-after']}, when a gain can be judged.",
            )
        )
    phases = len(own)
    if budget <= phases:
        return [1 if position < budget else 0 for position in range(phases)]
    quotas = [Fraction((budget - phases) * (count - 1), total - phases) for count in own]
    whole = [quota // 1 for quota in quotas]
    fractions = [quota - part for quota, part in zip(quotas, whole, strict=True)]
    left = budget - phases - sum(whole)
    by_fraction = sorted(range(phases), key=lambda position: -fractions[position])
    visits = [1 + part for part in whole]
    for position in by_fraction[:left]:
        visits[position] += 1
    return visits


def gap_before(cycle: list[int], phase_position: int, visit: int) -> int:
    """7.2: the gap before a visit of a phase, counted from 1; not for the first visit of the course."""
    offset = 2 if phase_position == 0 else 1
    return cycle[(visit - offset) % len(cycle)]


def phase_cycle(phase: dict, intake: dict, warnings: list) -> list[int]:
    """7.3: the cycle of gaps, widened where it means more visits a week than the booking allows."""
    own = phase["gap-days"]
    most = intake.get("booking", {}).get("max-per-week")
    if most is None or 7 * len(own) <= most * sum(own):
        return own
    wider = [7 * (step + 1) // most - 7 * step // most for step in range(most)]
    new = "-".join(str(gap) for gap in wider)
    old = "-".join(str(gap) for gap in own)
    warnings.append(
        (
            "gaps-widened",
            f"Phase {phase['name']}: {most} a week at most, so every {new} days instead of {old}.",
        )
    )
    return wider


def first_visit_extra(intake: dict, first_minutes: int, pack: dict, warnings: list) -> int:
    """7.4: the minutes that the first visit takes more."""
    if not intake.get("first-visit", True):
        return 0
    wanted = pack["numbers"]["first-visit-extra-minutes"]
    booked = intake.get("booking", {}).get("minutes")
    extra = wanted if booked is None else min(wanted, booked - first_minutes)
    if extra < wanted:
        warnings.append(
            (
                "first-visit-short",
                f"The first visit needs {wanted} minutes more for questions and tests; {extra} fit.",
            )
        )
    return extra


# 8. Dates


def is_open(day: date, intake: dict, pack: dict, holidays: frozenset) -> bool:
    """8.1: whether visits can be on this day."""
    booking = intake.get("booking", {})
    worked = booking.get("weekdays", pack["numbers"]["calendar"]["default-weekdays"])
    closed = [read_date(each) for each in booking.get("closed", [])]
    return WEEKDAYS[day.weekday()] in worked and day not in closed and day not in holidays


def earliest_day(intake: dict, protocol: dict, pack: dict, on: date, warnings: list) -> date:
    """8.2: the earliest day for the first visit."""
    earliest = on
    if "start" in intake.get("booking", {}):
        start = read_date(intake["booking"]["start"])
        if start < on:
            warnings.append(
                (
                    "start-past",
                    f"The start day {start.isoformat()} has passed; days count from {on.isoformat()}.",
                )
            )
        earliest = max(start, on)
    rest = protocol.get("not-before-injury-day", 0)
    if intake["condition"] == "injury-recovery":
        rest = max(rest, pack["numbers"]["calendar"]["injury-not-before-day"])
    if "onset" in intake:
        rested = read_date(intake["onset"]) + timedelta(days=rest)
        if rested > earliest:
            earliest = rested
            warnings.append(
                (
                    "start-delayed",
                    f"No visit before {rested.isoformat()}: injured tissue rests until day {rest}.",
                )
            )
    return earliest


def monday_of(day: date) -> date:
    """The Monday of the week of this day."""
    return day - timedelta(days=day.weekday())


def days_from_to(first: date, last: date) -> list[date]:
    """All days from the first to the last, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def place_visits(steps: list[tuple[int, int]], earliest: date, intake: dict, pack: dict, holidays: frozenset) -> list[date]:
    """8.2, 8.3, 8.4: the date of each visit; a step is the gap before the visit and the most visits of a week."""
    search = timedelta(days=pack["numbers"]["calendar"]["search-days"])
    dates = []
    target = None
    for gap, most_a_week in steps:
        if not dates:
            # 8.2
            choice = [day for day in days_from_to(earliest, earliest + search) if is_open(day, intake, pack, holidays)]
            if not choice:
                raise NoOpenDay(earliest)
            dates.append(choice[0])
            target = choice[0]
            continue
        # 8.3
        target = target + timedelta(days=gap)
        half_gap_up = -(-gap // 2)
        not_before = dates[-1] + timedelta(days=max(1, half_gap_up))
        best = None
        for day in days_from_to(max(target - search, not_before), max(target, not_before) + search):
            if not is_open(day, intake, pack, holidays):
                continue
            in_this_week = [other for other in dates if monday_of(other) == monday_of(day)]
            if len(in_this_week) >= most_a_week:
                continue
            if best is None or abs((day - target).days) <= abs((best - target).days):
                best = day
        if best is None:
            raise NoOpenDay(target)
        dates.append(best)
        # 8.4
        late = (best - target).days
        if late >= 7:
            target = target + timedelta(days=7 * (late // 7))
    return dates


def warn_of_thin_course(dates: list[date], wished: int, pack: dict, warnings: list) -> None:
    """8.5: a course that takes much longer than the protocol's own gaps."""
    numbers = pack["numbers"]["booking"]
    span = (dates[-1] - dates[0]).days
    over = span - wished
    if wished > 0 and Fraction(over * 100, wished) > numbers["span-may-grow-percent"] and over >= numbers["span-may-grow-days"]:
        warnings.append(("course-thin", f"The course takes {span} days instead of {wished}; that is thinner than the evidence."))


def build_course(
    intake: dict,
    screening: dict,
    protocol: dict,
    pack: dict,
    on: date,
    holidays: frozenset,
    warnings: list,
) -> tuple[list[dict], list[dict]]:
    """3, 7, 8: the phases and the sessions as the plan gives them."""
    minutes = [phase_minutes(phase, intake, screening, pack) for phase in protocol["phase"]]
    visits = visits_per_phase(intake, protocol, warnings)
    extra = first_visit_extra(intake, minutes[0], pack, warnings)
    most_a_week = intake.get("booking", {}).get("max-per-week")

    cycles = []
    steps = []
    sessions = []
    wished = 0
    for position, phase in enumerate(protocol["phase"]):
        if visits[position] == 0:
            cycles.append([])
            continue
        if minutes[position] < phase["minutes"]["min"]:
            warnings.append(
                (
                    "minutes-short",
                    f"Phase {phase['name']}: {minutes[position]} minutes a visit; the protocol rests on {phase['minutes']['min']} or more.",
                )
            )
        cycle = phase_cycle(phase, intake, warnings)
        cycles.append(cycle)
        of_the_cycle = -(-7 * len(cycle) // sum(cycle))
        in_a_week = of_the_cycle if most_a_week is None else min(most_a_week, of_the_cycle)
        for visit in range(1, visits[position] + 1):
            gap = 0
            if steps:
                gap = gap_before(cycle, position, visit)
                wished += gap_before(phase["gap-days"], position, visit)
            steps.append((gap, in_a_week))
            sessions.append({"phase": phase["name"], "minutes": minutes[position], "position": position})

    earliest = earliest_day(intake, protocol, pack, on, warnings)
    dates = place_visits(steps, earliest, intake, pack, holidays)
    warn_of_thin_course(dates, wished, pack, warnings)

    phases = []
    for position, phase in enumerate(protocol["phase"]):
        of_phase = [day for day, session in zip(dates, sessions, strict=True) if session["position"] == position]
        if of_phase:
            phases.append(
                {
                    "name": phase["name"],
                    "sessions": visits[position],
                    "gap-days": cycles[position],
                    "minutes": minutes[position],
                    "first": of_phase[0],
                    "last": of_phase[-1],
                }
            )
    dated = []
    for number, (day, session) in enumerate(zip(dates, sessions, strict=True), start=1):
        dated.append(
            {
                "number": number,
                "date": day,
                "phase": session["phase"],
                "minutes": session["minutes"] + (extra if number == 1 else 0),
                # 7.5
                "review": number in protocol["review-visits"] or number == len(dates),
            }
        )
    return phases, dated


# 7.5 What goes with the protocol


def maintenance_of(protocol: dict) -> dict:
    """7.5: whether upkeep is offered afterwards, and how often."""
    offered = protocol["maintenance"]["offer"]
    return {"offered": offered, "every-days": protocol["maintenance"]["interval-days"] if offered else 0}


def measures_of(protocol: dict, pack: dict) -> list[dict]:
    """7.5: the measures of the protocol with their important change."""
    measures = []
    for name in protocol["measures"]:
        entry = by_id(pack["measures"], name)
        measure = {"id": name}
        if "important-change" in entry:
            measure["important-change"] = entry["important-change"]
        elif "important-change-percent" in entry:
            measure["important-change-percent"] = entry["important-change-percent"]
        measures.append(measure)
    return measures


def advice_for(protocol: dict, pack: dict) -> list[str]:
    """7.5: the lines for everybody or for the protocol."""
    return [line["text"] for line in pack["advice"] if line.get("always", False) or protocol["id"] in line.get("protocols", [])]


# 9. Warnings


def in_table_order(warnings: list) -> list[dict]:
    """9: the warnings as the plan gives them."""

    def row(warning: tuple[str, str]) -> int:
        for position, ids in enumerate(WARNING_ORDER):
            if warning[0] in ids:
                return position
        raise ValueError(warning)

    return [{"id": name, "text": text} for name, text in sorted(warnings, key=row)]


# The plan file


def leave_out_empty(table: dict) -> dict:
    """A table without the keys that hold nothing."""
    return {key: value for key, value in table.items() if value is not None and value not in ([], {}, "")}


def screening_table(screening: dict, outcome: str, unanswered: list[str], pack: dict) -> dict:
    """The screening as the plan file gives it: without what standing rules do."""
    findings = []
    for finding in screening["findings"]:
        if not finding["standing"]:
            finding = leave_out_empty(finding)
            del finding["standing"]
            findings.append(finding)
    exclusions = []
    for technique, excluded in screening["exclusions-particular"].items():
        if excluded["everywhere"]:
            exclusions.append({"technique": technique, "because": excluded["everywhere"]})
        lists_of_rules = []
        for rules in excluded["at"].values():
            if rules not in lists_of_rules:
                lists_of_rules.append(rules)
        for rules in lists_of_rules:
            places = [place for place in excluded["at"] if excluded["at"][place] == rules]
            exclusions.append({"technique": technique, "regions": in_body_order(places, pack), "because": rules})
    return leave_out_empty(
        {
            "pressure-max": screening["pressure-max"],
            "pressure-max-at": screening["pressure-max-at"],
            "minutes-max": screening["minutes-max"],
            "avoid": screening["avoid-particular"],
            "positions": screening["positions"],
            "precautions": screening["precautions"],
            "unanswered": unanswered if outcome == "incomplete" else [],
            "caution-sites": screening["caution-sites"],
            "unused-clearances": screening["unused"],
            "findings": findings,
            "exclusions": exclusions,
        }
    )


def withhold(
    outcome: str,
    screening: dict,
    unanswered: list[str],
    pack: dict,
    protocol: dict | None = None,
    warnings: list | None = None,
) -> dict:
    """A plan that is withheld."""
    return leave_out_empty(
        {
            "outcome": outcome,
            "urgency": screening["urgency"],
            "screening": screening_table(screening, outcome, unanswered, pack),
            "protocol": None if protocol is None else {"id": protocol["id"]},
            "warnings": in_table_order(warnings or []),
        }
    )


def facts_needed(intake: dict, screening: dict, pack: dict) -> list[str]:
    """1.3: the facts of which the complaint needs one, in file order, if none is answered yes or unsure."""
    complaint = by_id(pack["complaints"], intake.get("complaint", "other"))
    needs = complaint.get("needs", [])
    if any(screening["states"][name] in [(VALUE, "yes"), (UNSURE, None)] for name in needs):
        return []
    return [fact["id"] for fact in pack["facts"] if fact["id"] in needs]


def plan(intake: dict, pack: dict, on: date, holidays: frozenset = frozenset()) -> dict:
    """1.6: the plan of an intake without errors, as the plan file gives it; NoOpenDay is raised where 8.3 says so."""
    screening = screen(intake, pack, on)
    # 1.2
    if screening["outcome"] not in ["clear", "restricted"]:
        return withhold(screening["outcome"], screening, screening["unanswered"], pack)
    # 1.3
    needed = facts_needed(intake, screening, pack)
    if needed:
        return withhold("incomplete", screening, needed, pack)
    # 2, 1.4
    warnings = []
    protocol = choose_protocol(intake, screening, pack, warnings)
    warn_of_contradictions(intake, pack, on, warnings)
    if protocol["needs-clearance"] and not has_permission(intake, screening, protocol, pack, on):
        return withhold("clearance", screening, [], pack, protocol, warnings)
    # 3, 4, 5, 1.5
    first_minutes = phase_minutes(protocol["phase"][0], intake, screening, pack)
    allowed = allow_pressure(intake, screening, protocol, pack, on, warnings)
    targets = choose_targets(screening, pack, warnings)
    ranked = rank_candidates(intake, screening, protocol, targets, allowed, first_minutes, pack, warnings)
    if not ranked:
        return withhold("no-technique", screening, [], pack, protocol, warnings)
    # 6, 7, 8
    techniques, outline = build_main_block(ranked, targets, allowed, first_minutes, screening, pack, warnings)
    phases, sessions = build_course(intake, screening, protocol, pack, on, holidays, warnings)
    kept_free = [day for day in sorted(holidays) if sessions[0]["date"] <= day <= sessions[-1]["date"]]
    return leave_out_empty(
        {
            "outcome": screening["outcome"],
            "holidays": kept_free,
            "advice": advice_for(protocol, pack),
            "screening": screening_table(screening, screening["outcome"], [], pack),
            "protocol": {"id": protocol["id"]},
            "techniques": techniques,
            "outline": outline,
            "phases": phases,
            "sessions": sessions,
            "maintenance": maintenance_of(protocol),
            "measures": measures_of(protocol, pack),
            "warnings": in_table_order(warnings),
        }
    )
