"""Reviews straight from the text: how the client does, and what is done with the rest of the course.

Where sections 10 and 11 allow more than one reading, this is the one taken, here and in the program:

- The only technique is replaced too: a change of techniques that keeps the only one changes nothing.
- Where nothing fits in their place, techniques stay and none counts as replaced: a course needs a technique.
- Techniques planned again are as light and short as the course was eased to: a replacement does not undo an ease. One that could
  change nothing, the visit being of ten minutes at pressure 1, is not told by a plan and does not count.
- Nothing is left when no planned visit is left before any extra ones, and also when what is done leaves none (no later phase to step
  down to, or the cap): either way the client has no next visit.
- One more visit is the next planned one, placed anew and flagged as review: it is the last one.
- At most what max-sessions leaves: max-sessions without the attended visits and those left, as a lost visit is not paid for.
- Visits made up are no more than max-sessions leaves, the oldest being given up: an extra visit may have taken the place of a lost one.
- A phase's sessions grow and shrink with what is planned of it, and a phase without any visit is gone: the numbers of a plan agree (7.1).
- Where visits lie further apart, all that are left do, those of earlier phases as well: the row speaks of all the rest.
- The cap also leaves out visits that stay: a date agreed before does not make a thirteenth visit paid for.
- The end of a block is its last visit that is placed: it is reviewed also when the cap or max-sessions makes the block shorter.
- Ease holds for the session, every visit to come and every phase: the visits of a phase, its minutes and the outline agree.
- Soreness at a later review eases once more: the lighter session was still too much.
- Where no visit is to come nothing is eased: there is nothing to be lighter.
- When the rest is placed anew, a planned visit that was not attended stays in the plan unless it is made up or its number is taken again;
  where it is made up, its review counts as that of the attended visit that made it up: what was due once has been due.
"""

from datetime import date, timedelta
from fractions import Fraction

from tests.oracle import planning
from tests.oracle.pack import by_id

WORSE = "worse"
UNKNOWN = "unknown"
BEST_FIRST = ["resolved", "much-improved", "improved", "slight", "none"]

KEEP = "keep"
SHIFT = "shift"

CAP_DAYS = 90
"""11.4: the days in which visits are counted; the key of the number has them in its name."""
EASED_STEP = 5
"""11.5: minutes that are eased go down to a multiple of this; the text gives it, the numbers do not."""

# 11.1: the rows of the table, in order: a name for each, the action, and what is done with the rest.
ROWS = {
    "worse": ("stop-refer", "none"),
    "resolved": ("discharge", "none"),
    "unknown-or-not-due": ("continue", "stays"),
    "much-improved-at-the-end": ("discharge", "one-more"),
    "much-improved-twice-attended": ("step-down", "later-phases"),
    "much-improved": ("continue", "stays"),
    "upkeep-relapse": ("raise-dose", "block"),
    "improved": ("continue", "stays"),
    "upkeep-stable-again": ("lengthen", "longer"),
    "upkeep": ("continue", "stays"),
    "slight-taper": ("hold", "phase-before"),
    "slight-taper-first-phase": ("hold", "stays"),
    "slight-first-review": ("hold", "stays"),
    "slight-extended-before": ("stop-refer", "none"),
    "slight": ("hold", "two-more"),
    "none-long-enough": ("stop-refer", "none"),
    "none-underdosed": ("raise-dose", "stays"),
    "none": ("change-techniques", "stays"),
}


# The course: what of a plan a review needs


def course_of(intake: dict, pack: dict, on: date, holidays: frozenset = frozenset()) -> dict:
    """The course that is planned for an intake; a later version of one has the same keys."""
    plan = planning.plan(intake, pack, on, holidays)
    return {
        "intake": intake,
        "on": on,
        "protocol": plan["protocol"]["id"],
        "phases": plan["phases"],
        "sessions": plan["sessions"],
        "techniques": plan["techniques"],
        "eased": 0,
    }


def course_after(course: dict, result: dict) -> dict:
    """The course as a review leaves it."""
    intake = course["intake"]
    if result["replaced"]:
        intake = {**intake, "declines": [*intake.get("declines", []), *result["replaced"]]}
    return {
        **course,
        "intake": intake,
        "phases": result["phases"],
        "sessions": sorted(result["before"] + result["rest"], key=lambda each: each["number"]),
        "techniques": result["techniques"],
        "eased": course["eased"] + (1 if result["lighter"] else 0),
    }


def in_time(visits: list[dict]) -> list[dict]:
    """10.2, 10.3: records, oldest first."""
    return sorted(visits, key=lambda visit: (visit["date"], visit["number"]))


def attended_of(visits: list[dict]) -> list[dict]:
    """The attended visits, oldest first."""
    return [visit for visit in in_time(visits) if visit["status"] == "attended"]


def phase_position(course: dict, visit: dict) -> int:
    """The place of a visit's phase among the phases of the plan."""
    name = by_number(course["sessions"], visit["number"])["phase"]
    return [phase["name"] for phase in course["phases"]].index(name)


def by_number(sessions: list[dict], number: int) -> dict:
    """The planned visit of this number."""
    for session in sessions:
        if session["number"] == number:
            return session
    raise ValueError(number)


def exact(value: float) -> Fraction:
    """A number as it is written, without the error of binary floating point."""
    return Fraction(str(value))


# 10.2 Pain


def pain_scores(course: dict, attended: list[dict]) -> list[int]:
    """10.2: the pain scores, oldest first."""
    scores = [visit["pain"] for visit in attended if visit.get("pain") is not None]
    if attended and attended[0].get("pain") is None and course["intake"].get("pain") is not None:
        scores = [course["intake"]["pain"], *scores]
    return scores


def is_up(pain: int, baseline: int, pack: dict) -> bool:
    """10.2, 11.1: whether pain is up on the baseline by 2 points or, from a baseline of 2 on, by 30%."""
    numbers = pack["numbers"]["adaptation"]
    if pain - baseline >= numbers["worse-points"]:
        return True
    return baseline >= 2 and (pain - baseline) * 100 >= baseline * numbers["worse-percent"]


def points_needed(baseline: int, pack: dict) -> int:
    """10.2: the points that an improvement takes from this baseline."""
    for row in pack["numbers"]["adaptation"]["pain-mcid-by-baseline"]:
        if row["from"] <= baseline <= row["to"]:
            return row["points"]
    raise ValueError(baseline)


def pain_class(course: dict, attended: list[dict], pack: dict) -> str | None:
    """10.2: the class of pain, or None."""
    numbers = pack["numbers"]["adaptation"]
    scores = pain_scores(course, attended)
    if len(scores) < 2:
        return None
    baseline, previous, last = scores[0], scores[-2], scores[-1]
    gain = baseline - Fraction(previous + last, 2)
    # 1
    if is_up(previous, baseline, pack) and is_up(last, baseline, pack):
        return WORSE
    # 2
    if baseline < 2:
        return None
    percent = gain * 100 / baseline
    # 3
    if previous <= numbers["resolved-pain-max"] and last <= numbers["resolved-pain-max"]:
        return "resolved"
    # 4
    if percent >= numbers["much-improved-percent"]:
        return "much-improved"
    # 5
    if percent >= numbers["improved-percent"] and gain >= points_needed(baseline, pack):
        return "improved"
    # 6
    if percent >= numbers["slight-percent"] and gain >= numbers["slight-points"]:
        return "slight"
    # 7
    return "none"


# 10.3 Function


def function_class(course: dict, attended: list[dict], pack: dict) -> str | None:
    """10.3: the class of function, or None."""
    numbers = pack["numbers"]["adaptation"]
    scored = [visit for visit in attended if visit.get("measure") is not None and visit.get("score") is not None]
    if not scored:
        return None
    measure = by_id(pack["measures"], scored[-1]["measure"])
    scores = [exact(visit["score"]) for visit in scored if visit["measure"] == measure["id"]]
    if len(scores) < 2:
        return None
    baseline, previous, last = scores[0], scores[-2], scores[-1]

    step = step_of(course, measure, baseline)
    if step is None:
        return None
    improvement = baseline - last if measure["better"] == "lower" else last - baseline
    steps = improvement / step
    if steps <= -1:
        return WORSE
    if "recovered" in measure:
        recovered = exact(measure["recovered"])
        if baseline > recovered and previous <= recovered and last <= recovered:
            return "resolved"
    if steps >= exact(numbers["much-improved-steps"]):
        return "much-improved"
    if steps >= exact(numbers["improved-steps"]):
        return "improved"
    if steps >= exact(numbers["slight-steps"]):
        return "slight"
    return "none"


def step_of(course: dict, measure: dict, baseline: Fraction) -> Fraction | None:
    """10.3: the step of a measure from this baseline, or None."""
    steps = []
    if course["intake"].get("complaint") == "migraine" and "important-change-migraine" in measure:
        steps.append(exact(measure["important-change-migraine"]))
    elif "important-change" in measure:
        steps.append(exact(measure["important-change"]))
    if "important-change-percent" in measure:
        steps.append(exact(measure["important-change-percent"]) * baseline / 100)
    steps = [step for step in steps if step > 0]
    return min(steps) if steps else None


# 10.4 The class


def soreness(attended: list[dict]) -> Fraction:
    """10.4: the hours of soreness told at the last attended visit."""
    if not attended or attended[-1].get("soreness-hours") is None:
        return Fraction(0)
    return exact(attended[-1]["soreness-hours"])


def client_class(course: dict, attended: list[dict], pack: dict) -> str:
    """10.4: the class after these attended visits."""
    classes = [pain_class(course, attended, pack), function_class(course, attended, pack)]
    if WORSE in classes or soreness(attended) > pack["numbers"]["adaptation"]["worse-hours"]:
        return WORSE
    for name in BEST_FIRST:
        if name in classes:
            return name
    return UNKNOWN


def needs_ease(attended: list[dict], pack: dict) -> bool:
    """10.4: whether soreness sets ease."""
    numbers = pack["numbers"]["adaptation"]
    return numbers["ease-hours"] < soreness(attended) <= numbers["worse-hours"]


# 10.5 Reviews due


def is_due(course: dict, attended: list[dict], position: int) -> bool:
    """10.5: whether a review is due at the attended visit of this position."""
    after = attended[position - 1]["number"] if position > 0 else 0
    until = attended[position]["number"]
    return any(session["review"] and after < session["number"] <= until for session in course["sessions"])


def reviews_due(course: dict, attended: list[dict]) -> list[int]:
    """10.5: the positions of the attended visits at which a review was due."""
    return [position for position in range(len(attended)) if is_due(course, attended, position)]


# 11.1 What is done


def find_row(course: dict, attended: list[dict], pack: dict) -> str:
    """11.1: the first row of the table that holds."""
    numbers = pack["numbers"]["adaptation"]
    found = client_class(course, attended, pack)
    if found == WORSE:
        return "worse"
    if found == "resolved":
        return "resolved"
    due = reviews_due(course, attended)
    if found == UNKNOWN or len(attended) - 1 not in due:
        return "unknown-or-not-due"

    position = phase_position(course, attended[-1])
    phase = course["phases"][position]
    protocol = by_id(pack["protocols"], course["protocol"])
    own = next(each for each in protocol["phase"] if each["name"] == phase["name"])
    taper = phase["name"] in numbers["taper-phases"]
    upkeep = phase["name"] in numbers["upkeep-phases"]
    active = not taper and not upkeep

    if found == "much-improved":
        if not active or position == len(course["phases"]) - 1:
            return "much-improved-at-the-end"
        of_phase = [visit for visit in attended if phase_position(course, visit) == position]
        if len(of_phase) >= numbers["min-visits-before-step-down"]:
            return "much-improved-twice-attended"
        return "much-improved"
    pains = pain_scores(course, attended)
    if upkeep and pains and is_up(pains[-1], pains[0], pack):
        return "upkeep-relapse"
    if found == "improved":
        return "improved"
    if upkeep:
        if len(due) >= numbers["maintenance-stable-reviews"]:
            before = client_class(course, attended[: due[-2] + 1], pack)
            if before in ["none", "slight"]:
                return "upkeep-stable-again"
        return "upkeep"
    if found == "slight":
        if taper:
            return "slight-taper" if position > 0 else "slight-taper-first-phase"
        if len(due) == 1:
            return "slight-first-review"
        if phase["sessions"] > own["sessions"]:
            return "slight-extended-before"
        return "slight"
    if taper or len(attended) >= protocol["stop-after"]:
        return "none-long-enough"
    if phase["minutes"] < own["minutes"]["min"] or mean(phase["gap-days"]) > mean(own["gap-days"]):
        return "none-underdosed"
    return "none"


def mean(gaps: list[int]) -> Fraction:
    """11.1: the mean gap of a cycle."""
    return Fraction(sum(gaps), len(gaps))


def with_nothing_left(action: str) -> str:
    """11.1: what an action becomes when a review is due and nothing is left."""
    if action in ["continue", "step-down"]:
        return "discharge"
    if action in ["hold", "raise-dose", "change-techniques"]:
        return "stop-refer"
    return action


def techniques_replaced(row: str, course: dict, pack: dict) -> list[str]:
    """11.1: the techniques that are to be replaced."""
    names = [technique["id"] for technique in course["techniques"]]
    if row == "slight-first-review":
        return names[-1:]
    if row == "none":
        carriers = [name for name in names if by_id(pack["techniques"], name)["carrier"]]
        if len(names) == 1:
            return names
        return [name for name in names if name not in carriers[:1]]
    return []


def plan_without(course: dict, replaced: list[str], pack: dict, holidays: frozenset) -> list[dict]:
    """11.1: the techniques when it is planned again with these declined; none when that is withheld."""
    declines = [*course["intake"].get("declines", []), *replaced]
    again = planning.plan({**course["intake"], "declines": declines}, pack, course["on"], holidays)
    if "techniques" not in again:
        return []
    techniques = again["techniques"]
    minutes = again["phases"][0]["minutes"]
    for _ in range(course["eased"]):
        minutes = eased_minutes(minutes, pack)
        techniques = ease_techniques(techniques, minutes, pack)[0]
    return techniques


# 11.2 What is left


def still_to_come(course: dict, visits: list[dict], today: date) -> list[dict]:
    """11.2: the planned visits that are still to come."""
    recorded = [visit["number"] for visit in visits]
    attended = attended_of(visits)
    to_come = []
    for session in sorted(course["sessions"], key=lambda each: each["number"]):
        if session["number"] in recorded or session["date"] < today:
            continue
        if attended and session["date"] <= attended[-1]["date"]:
            continue
        to_come.append(session)
    return to_come


def what_is_left(course: dict, visits: list[dict], today: date, missed: str) -> tuple[list[dict], bool]:
    """11.2: the planned visits that are left, and whether all are placed anew whatever is done."""
    to_come = still_to_come(course, visits, today)
    if missed == KEEP:
        return to_come, False
    done = [visit["number"] for visit in visits if visit["status"] == "attended"]
    in_order = sorted(course["sessions"], key=lambda each: each["number"])
    left = [session for session in in_order if session["number"] not in done]
    budget = course["intake"].get("booking", {}).get("max-sessions")
    if budget is not None and len(done) + len(left) > budget:
        left = left[len(done) + len(left) - budget :]
    return left, any(session not in to_come for session in left)


# 11.3 The rest and its days


def extra_visits(wanted: int, course: dict, attended: list[dict], left: list[dict], pack: dict) -> int:
    """11.3: how many of the extra visits there may be."""
    budget = course["intake"].get("booking", {}).get("max-sessions")
    if budget is None:
        return wanted
    protocol = by_id(pack["protocols"], course["protocol"])
    if budget < sum(phase["sessions"] for phase in protocol["phase"]):
        return 0
    return max(0, min(wanted, budget - len(attended) - len(left)))


def steps_of_rest(rest: str, course: dict, attended: list[dict], left: list[dict], pack: dict) -> tuple[list[dict], list[dict]]:
    """11.1, 11.3: the visits of the rest as steps (phase, a gap of its own in a block), and the phases with their gaps afterwards."""
    numbers = pack["numbers"]["adaptation"]
    phases = [dict(phase) for phase in course["phases"]]
    names = [phase["name"] for phase in phases]
    position = phase_position(course, attended[-1]) if attended else 0
    steps = [{"position": names.index(session["phase"]), "gap": None} for session in left]

    if rest == "stays":
        return steps, phases
    if rest == "one-more":
        return steps[:1], phases
    if rest == "later-phases":
        return [step for step in steps if step["position"] > position], phases
    if rest == "phase-before":
        return [{**step, "position": position - 1} for step in steps], phases
    if rest == "longer":
        protocol = by_id(pack["protocols"], course["protocol"])
        longest = protocol["maintenance"]["interval-days-range"][-1]
        for step in steps:
            phases[step["position"]]["gap-days"] = [min(numbers["maintenance-stretch-days"], longest)]
        return steps, phases
    if rest == "two-more":
        count = extra_visits(numbers["extra-visits-when-slight"], course, attended, left, pack)
        extra = [{"position": position, "gap": None} for _ in range(count)]
        so_far = [step for step in steps if step["position"] <= position]
        later = [step for step in steps if step["position"] > position]
        return so_far + extra + later, phases
    if rest == "block":
        count = extra_visits(numbers["relapse-block-sessions"], course, attended, left, pack)
        gap = numbers["relapse-block-gap-days"]
        block = [{"position": position, "gap": gap} for _ in range(count)]
        return block + steps, phases
    raise ValueError(rest)


def place_anew(
    steps: list[dict],
    phases: list[dict],
    course: dict,
    attended: list[dict],
    agreed: date | None,
    today: date,
    pack: dict,
    holidays: frozenset,
) -> list[date]:
    """11.3: a day for each step; agreed is the day that the first takes over, or None."""
    intake = course["intake"]
    search = timedelta(days=pack["numbers"]["calendar"]["search-days"])
    most = intake.get("booking", {}).get("max-per-week")
    taken = [visit["date"] for visit in attended]
    of_phase = [0] * len(phases)
    for visit in attended:
        of_phase[phase_position(course, visit)] += 1

    dates = []
    target = previous = taken[-1] if taken else None
    for step in steps:
        cycle = phases[step["position"]]["gap-days"]
        of_phase[step["position"]] += 1
        if previous is None:
            # Nobody attended.
            earliest = today if agreed is None else agreed
            choice = [day for day in planning.days_from_to(earliest, earliest + search) if planning.is_open(day, intake, pack, holidays)]
            if not choice:
                raise planning.NoOpenDay(earliest)
            target = previous = choice[0]
            dates.append(previous)
            taken.append(previous)
            continue

        # 7.2
        gap = step["gap"]
        if gap is None:
            gap = planning.gap_before(cycle, step["position"], of_phase[step["position"]])
        if not dates and agreed is not None:
            gap = (agreed - previous).days
        # 8.3
        in_a_week = -(-7 * len(cycle) // sum(cycle))
        if most is not None:
            in_a_week = min(most, in_a_week)
        target = max(target + timedelta(days=gap), today)
        half_gap_up = -(-gap // 2)
        not_before = max(previous + timedelta(days=max(1, half_gap_up)), today)
        best = None
        for day in planning.days_from_to(max(target - search, not_before), max(target, not_before) + search):
            if not planning.is_open(day, intake, pack, holidays):
                continue
            if len([other for other in taken if planning.monday_of(other) == planning.monday_of(day)]) >= in_a_week:
                continue
            if best is None or abs((day - target).days) <= abs((best - target).days):
                best = day
        if best is None:
            raise planning.NoOpenDay(target)
        # 8.4
        late = (best - target).days
        if late >= 7:
            target += timedelta(days=7 * (late // 7))
        previous = best
        dates.append(best)
        taken.append(best)
    return dates


def under_the_cap(dates: list[date], course: dict, attended: list[dict], pack: dict) -> list[int]:
    """11.4: the places of the visits that are not left out."""
    places = list(range(len(dates)))
    if by_id(pack["protocols"], course["protocol"]).get("beyond-visit-cap", False):
        return places
    cap = pack["numbers"]["adaptation"]["cap-visits-90-days"]
    counted = [visit["date"] for visit in attended]
    kept = []
    for place in places:
        first_day = dates[place] - timedelta(days=CAP_DAYS - 1)
        if len([day for day in counted if first_day <= day <= dates[place]]) < cap:
            counted.append(dates[place])
            kept.append(place)
    return kept


def sessions_anew(
    steps: list[dict],
    dates: list[date],
    phases: list[dict],
    course: dict,
    visits: list[dict],
    pack: dict,
) -> list[dict]:
    """11.3: the visits of a rest that is placed anew, after 11.4."""
    attended = attended_of(visits)
    protocol = by_id(pack["protocols"], course["protocol"])
    highest = max([visit["number"] for visit in visits], default=0)
    kept = under_the_cap(dates, course, attended, pack)
    in_block = [index for index in kept if steps[index]["gap"] is not None]
    sessions = []
    for place, index in enumerate(kept, start=1):
        step = steps[index]
        ends_block = index in in_block[-1:]
        minutes = phases[step["position"]]["minutes"]
        if not attended and place == 1:
            # 7.4: it is the first visit now.
            minutes = min(course["sessions"], key=lambda each: each["number"])["minutes"]
        sessions.append(
            {
                "number": highest + place,
                "date": dates[index],
                "phase": phases[step["position"]]["name"],
                "minutes": minutes,
                "review": len(attended) + place in protocol["review-visits"] or place == len(kept) or ends_block,
            }
        )
    return sessions


def what_was(course: dict, visits: list[dict], left: list[dict], *, anew: bool) -> list[dict]:
    """The planned visits that are not left; when the rest is placed anew, only those before it."""
    highest = max([visit["number"] for visit in visits], default=0)
    attended = attended_of(visits)
    made_up = []
    for position in reviews_due(course, attended):
        made_up.append(attended[position]["number"])
    before = []
    for session in course["sessions"]:
        if session in left or (anew and session["number"] > highest):
            continue
        if anew and session["number"] in made_up:
            position = [visit["number"] for visit in attended].index(session["number"])
            after = attended[position - 1]["number"] if position > 0 else 0
            gone = any(each["review"] and after < each["number"] < session["number"] for each in left)
            session = {**session, "review": session["review"] or gone}
        before.append(session)
    return before


def phases_after(phases: list[dict], left: list[dict], before: list[dict], rest: list[dict]) -> list[dict]:
    """11.3: the phases that have visits, with as many as are planned now."""
    after = []
    for phase in phases:
        of_left = len([session for session in left if session["phase"] == phase["name"]])
        of_rest = len([session for session in rest if session["phase"] == phase["name"]])
        if any(session["phase"] == phase["name"] for session in before + rest):
            after.append({**phase, "sessions": phase["sessions"] - of_left + of_rest})
    return after


# 11.5 Ease


def eased_minutes(minutes: int, pack: dict) -> int:
    """11.5: the minutes of a visit that is eased."""
    share = minutes * pack["numbers"]["adaptation"]["ease-minutes-percent"] // 100
    return max(pack["numbers"]["booking"]["shortest-minutes"], share // EASED_STEP * EASED_STEP)


def ease_techniques(techniques: list[dict], minutes: int, pack: dict) -> tuple[list[dict], list[str]]:
    """11.5: the blocks that stay, with what 6.6 and 6.7 give them of these minutes of a visit, and the techniques left out."""
    minus = pack["numbers"]["adaptation"]["ease-pressure-minus"]
    blocks = []
    pressures = {}
    for technique in techniques:
        entry = by_id(pack["techniques"], technique["id"])
        pressure = max(1, technique["pressure"] - minus)
        if entry["pressure"]["min"] <= pressure:
            blocks.append({"id": technique["id"], "entry": entry})
            pressures[technique["id"]] = pressure
    shares = {}
    if blocks:
        blocks, shares = planning.share_minutes(blocks, planning.outline_of(minutes, pack)["main"], pack, [])
    stay = [{"id": block["id"], "minutes": shares[block["id"]], "pressure": pressures[block["id"]]} for block in blocks]
    return stay, [technique["id"] for technique in techniques if technique["id"] not in shares]


# 11 All of it


def review(course: dict, pack: dict, visits: list[dict], today: date, missed: str = KEEP, holidays: frozenset = frozenset()) -> dict:
    """10, 11: how the client does and what is done; planning.NoOpenDay is raised where 8.3 says so."""
    attended = attended_of(visits)
    row = find_row(course, attended, pack)
    action, rest = ROWS[row]
    due = bool(attended) and len(attended) - 1 in reviews_due(course, attended)
    left, displaced = what_is_left(course, visits, today, missed)
    replaced = techniques_replaced(row, course, pack)
    if due and not left and rest != "none":
        action, rest, replaced = with_nothing_left(action), "none", []

    phases = course["phases"]
    sessions = []
    anew = rest != "stays" or displaced
    if rest == "stays" and not anew:
        kept = under_the_cap([session["date"] for session in left], course, attended, pack)
        sessions = [dict(left[place]) for place in kept]
    elif rest != "none":
        steps, phases = steps_of_rest(rest, course, attended, left, pack)
        agreed = None
        to_come = still_to_come(course, visits, today)
        if to_come and (rest == "stays" or not attended):
            agreed = to_come[0]["date"]
        dates = place_anew(steps, phases, course, attended, agreed, today, pack, holidays)
        sessions = sessions_anew(steps, dates, phases, course, visits, pack)
    if due and not sessions and rest != "none":
        action, rest, replaced = with_nothing_left(action), "none", []
    before = what_was(course, visits, left, anew=anew)
    phases = phases_after(phases, left, before, sessions)

    techniques = course["techniques"]
    if replaced:
        again = plan_without(course, replaced, pack, holidays)
        techniques = again or techniques
        replaced = replaced if again else []
    techniques = [{key: technique[key] for key in ["id", "minutes", "pressure"]} for technique in techniques]
    left_out = []
    lighter = False
    ease = needs_ease(attended, pack)
    if ease and sessions:
        minutes = course["phases"][0]["minutes"]
        before_easing = techniques
        techniques, left_out = ease_techniques(techniques, eased_minutes(minutes, pack), pack)
        lighter = techniques != before_easing or eased_minutes(minutes, pack) != minutes
        sessions = [{**session, "minutes": eased_minutes(session["minutes"], pack)} for session in sessions]
        phases = [{**phase, "minutes": eased_minutes(phase["minutes"], pack)} for phase in phases]

    return {
        "pain-class": pain_class(course, attended, pack),
        "function-class": function_class(course, attended, pack),
        "class": client_class(course, attended, pack),
        "ease": ease,
        "due": due,
        "row": row,
        "action": action,
        "ends-for-want-of-visits": action != ROWS[row][0],
        "replaced": replaced,
        "anew": anew,
        "before": before,
        "rest": sessions,
        "phases": [{key: phase[key] for key in ["name", "sessions", "gap-days", "minutes"]} for phase in phases],
        "techniques": techniques,
        "left-out": left_out,
        "lighter": lighter,
    }
