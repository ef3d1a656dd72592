"""Random histories of visits to random planned courses: python -m tests.oracle.generate_visits N counts what they lead to."""

import collections
import pathlib
import random
import sys
from datetime import date, timedelta

from tests.oracle import generate, planning, review
from tests.oracle import pack as packs
from tests.oracle.pack import by_id

KNOWLEDGE = pathlib.Path(__file__).parents[2] / "massage_cli" / "knowledge" / "data"
FIRST_DAY = date(2024, 1, 1)

# How a client does until the next review, and how often. "relapse" is pain that is up on the baseline once.
INTENTS = {
    "worse": 3,
    "resolved": 3,
    "much-improved": 16,
    "improved": 6,
    "slight": 28,
    "none": 24,
    "relapse": 8,
    "unknown": 2,
    "anything": 10,
}
# Steps of function by intent; whole and half ones are limits of a class.
STEPS = {
    "worse": [-3, -1.5, -1, -1],
    "much-improved": [2, 2, 2.5, 3],
    "improved": [1, 1, 1.5, 1.9],
    "slight": [0.5, 0.5, 0.75, 0.9],
    "none": [-0.9, -0.5, 0, 0, 0.25, 0.4],
    "relapse": [-0.9, 0, 0.4],
}
# A change of the knowledge's lists of phases under which the first phase of a course tapers; nothing built in does.
TAPERING_TRAINING = "tapering-training"


# The course


def tapering_training(pack: dict) -> dict:
    """The knowledge with the phase called training as a taper instead of upkeep."""
    adaptation = dict(pack["numbers"]["adaptation"])
    adaptation["upkeep-phases"] = [name for name in adaptation["upkeep-phases"] if name != "training"]
    adaptation["taper-phases"] = [*adaptation["taper-phases"], "training"]
    return {**pack, "numbers": {**pack["numbers"], "adaptation": adaptation}}


def random_course(rng: random.Random, pack: dict, wanted: str | None = None, *, dense: bool = False) -> tuple[dict, frozenset]:
    """The course of a random intake that ends in a plan, and the holidays it was planned with; wanted is its protocol, if any.

    A dense one has nearly as many visits as the cap allows, more than one of them a week at first.
    """
    while True:
        on = FIRST_DAY + timedelta(days=rng.randrange(1500))
        holidays = frozenset(on + timedelta(days=rng.randrange(120)) for _ in range(rng.randrange(6)))
        if wanted is None and rng.random() < 0.1:
            intake = generate.random_intake(rng, pack, on)
        else:
            intake = healthy_intake(rng, pack, on, wanted)
            if dense:
                make_dense(rng, intake, pack)
        if generate.all_problems(intake, pack, on):
            continue
        try:
            plan = planning.plan(intake, pack, on, holidays)
        except planning.NoOpenDay:
            continue
        if "sessions" in plan and (wanted is None or plan["protocol"]["id"] == wanted):
            return review.course_of(intake, pack, on, holidays), holidays


def healthy_intake(rng: random.Random, pack: dict, on: date, wanted: str | None) -> dict:
    """An intake of a client with little to tell about health, with the permission that the protocol may need."""
    intake = generate.random_basics(rng, pack, on, "well")
    if wanted is not None or rng.random() < 0.3:
        # Upkeep is one condition of four, and has rows of its own.
        serving = [each for each in pack["complaints"] if wanted in each["protocols"].values()]
        if serving:
            intake["complaint"] = rng.choice(serving)["id"]
        intake["condition"] = "maintenance"
    complaint = by_id(pack["complaints"], intake.get("complaint", "other"))
    intake["health"] = {"everything-else": "no"}
    if "needs" in complaint:
        intake["health"][rng.choice(complaint["needs"])] = "yes"
    protocol = complaint["protocols"].get(intake["condition"])
    if protocol is not None and by_id(pack["protocols"], protocol)["needs-clearance"]:
        intake["clearances"] = [{"rule": protocol, "by": "doctor", "on": on}]
    booking = intake.get("booking", {})
    if rng.random() < 0.5:
        booking.pop("max-sessions", None)
    elif protocol is not None and rng.random() < 0.6:
        # Enough for the protocol, or nearly, and perhaps for a few visits more.
        total = sum(phase["sessions"] for phase in by_id(pack["protocols"], protocol)["phase"])
        booking["max-sessions"] = max(1, total + rng.randint(-2, 5))
    return intake


def make_dense(rng: random.Random, intake: dict, pack: dict) -> None:
    """Make an intake one whose protocol has visits more than once a week, most of them paid for, on nearly any day."""
    serving = []
    for complaint in pack["complaints"]:
        protocol = by_id(pack["protocols"], complaint["protocols"].get("chronic", "doms"))
        total = sum(phase["sessions"] for phase in protocol["phase"])
        if total >= 10 and protocol["phase"][0]["gap-days"][0] < 7 and not protocol["needs-clearance"] and "needs" not in complaint:
            serving.append((complaint["id"], total))
    complaint, total = rng.choice(serving)
    intake["complaint"] = complaint
    intake["condition"] = "chronic"
    intake["pain"] = rng.randint(4, 9)
    intake["health"] = {"everything-else": "no"}
    intake.pop("clearances", None)
    intake.pop("onset", None)
    booking = intake.setdefault("booking", {})
    booking["weekdays"] = rng.choice([list(planning.WEEKDAYS), planning.WEEKDAYS[:6], ["mon", "tue", "thu", "fri"]])
    for key in ["max-per-week", "max-sessions"]:
        booking.pop(key, None)
    if rng.random() < 0.5:
        booking["max-sessions"] = max(1, total + rng.choice([-2, -1, 0, 0, 1, 2]))


# The visits


def random_visits(rng: random.Random, course: dict, visits: list[dict], manner: dict) -> list[dict]:
    """Records from the last one on, most often to a review; none where no visit is left."""
    highest = max([visit["number"] for visit in visits], default=0)
    ahead = [session for session in course["sessions"] if session["number"] > highest]
    if not ahead:
        return []
    flagged = [position for position, session in enumerate(ahead) if session["review"]]
    if flagged[:-1] and rng.random() < 0.85:
        # Seldom the last, as nothing is left after it.
        until = rng.choice(flagged[: rng.choice([1, 2, -1, -1])])
        ends_of_phase = [position for position in flagged[:-1] if ahead[position + 1]["phase"] != ahead[position]["phase"]]
        if ends_of_phase and rng.random() < 0.3:
            until = ends_of_phase[0]
    elif flagged and rng.random() < 0.6:
        until = flagged[0]
    else:
        until = rng.randrange(len(ahead))
    made_up = False
    if until in flagged and until + 1 < len(ahead):
        # Often where a phase begins, so that its first visit is reviewed.
        made_up = rng.random() < (0.2 if ahead[until + 1]["phase"] == ahead[until]["phase"] else 0.8)

    records = []
    latest = max([visit["date"] for visit in visits], default=course["on"] - timedelta(days=1))
    for position, session in enumerate(ahead[: until + (2 if made_up else 1)]):
        if position < until and rng.random() < 0.02:
            continue
        day = max(session["date"], latest + timedelta(days=1))
        if rng.random() < 0.08:
            day = max(day + timedelta(days=rng.randint(-2, 2)), latest + timedelta(days=1))
        latest = day
        status = "attended"
        if rng.random() < manner["absent"] and (position < until or rng.random() < max(0.2, manner["absent"])):
            status = rng.choice(["missed", "missed", "cancelled"])
        if made_up and position == until:
            status = rng.choice(["missed", "cancelled"])
        records.append({"number": session["number"], "date": day, "status": status})
    return records


def tell_pains(rng: random.Random, course: dict, visits: list[dict], fresh: list[dict], intent: str, pack: dict) -> None:
    """Pains of the fresh visits, the last two such that the client does as intended, where that can be."""
    if intent == "unknown":
        return
    attended = review.attended_of(visits)
    for position, visit in enumerate(attended):
        if visit in fresh:
            scores = review.pain_scores(course, attended[:position])
            if scores:
                visit["pain"] = max(0, min(10, rng.choice(scores) + rng.randint(-1, 1)))
            elif rng.random() < 0.15:
                continue
            elif rng.random() < 0.5 and course["intake"].get("pain") is not None:
                visit["pain"] = course["intake"]["pain"]
            else:
                visit["pain"] = (
                    rng.randint(4, 9) if intent == "slight" else rng.choice([0, 1, 2, 2, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 10])
                )
            if position > 0 and rng.random() < 0.04:
                del visit["pain"]
    if intent == "anything" or len(attended) < 2:
        return
    free = [visit for visit in attended[-2:] if visit in fresh and visit is not attended[0]]
    fitting = []
    for last in range(11):
        for before in range(11) if len(free) == 2 else [None]:
            for visit, pain in zip(reversed(free), [last, before], strict=False):
                visit["pain"] = pain
            if does_as_intended(course, attended, intent, pack):
                fitting.append((last, before))
    told = review.pain_scores(course, attended[:1]) or [5]
    last, before = rng.choice(fitting) if fitting else (told[0], told[0])
    for visit, pain in zip(reversed(free), [last, before], strict=False):
        visit["pain"] = pain


def does_as_intended(course: dict, attended: list[dict], intent: str, pack: dict) -> bool:
    """Whether the pains make the class that is intended."""
    found = review.pain_class(course, attended, pack)
    if intent == "relapse":
        pains = review.pain_scores(course, attended)
        return found in ["improved", "slight", "none", None] and review.is_up(pains[-1], pains[0], pack)
    return found == intent


def random_measure(rng: random.Random, course: dict, pack: dict) -> dict:
    """A measure, most often one of the protocol."""
    if rng.random() < 0.1:
        return rng.choice(pack["measures"])
    if rng.random() < 0.15:
        return by_id(pack["measures"], "rmdq")
    return by_id(pack["measures"], rng.choice(by_id(pack["protocols"], course["protocol"])["measures"]))


def tell_scores(rng: random.Random, course: dict, visits: list[dict], fresh: list[dict], intent: str, manner: dict, pack: dict) -> None:
    """Scores of the fresh visits: one at the first visit, and one at the last that is some steps from it."""
    attended = [visit for visit in review.attended_of(visits) if visit in fresh]
    if not attended:
        return
    measure = manner["measure"]
    if rng.random() < 0.05:
        measure = random_measure(rng, course, pack)
    lowest, highest = measure["range"]
    scored = [visit for visit in visits if visit.get("measure") == measure["id"]]
    if not scored:
        score = rng.randint(lowest, highest) if rng.random() < 0.2 else rng.randint(lowest * 3 // 4 + highest // 4, highest * 3 // 4)
        if rng.random() < 0.1:
            score = rng.choice([lowest, highest, score + 0.5])
        attended[0]["measure"] = measure["id"]
        attended[0]["score"] = score
        scored = [attended[0]]
        attended = attended[1:]
    if not attended:
        return
    baseline = review.exact(review.in_time(scored)[0]["score"])
    step = review.step_of(course, measure, baseline) or 1
    if measure["id"] == "rmdq" and (intent == "resolved" or rng.random() < 0.1):
        told = attended[-2:]
        scores = [rng.choice([0, 1, 2, 2, 3]) for _ in told]
    else:
        steps = STEPS.get(intent, [-1, -0.5, 0, 0.5, 1, 2, 3])
        if rng.random() < 0.15:
            steps = [-2, -1, -0.9, 0, 0.5, 1, 1.5, 2, 3]
        told = attended[-1:] if rng.random() < 0.8 else attended
        scores = []
        for _ in told:
            change = review.exact(rng.choice(steps)) * step
            score = float(baseline - change if measure["better"] == "lower" else baseline + change)
            score = round(score, rng.choice([0, 1, 1, 2]))
            scores.append(max(lowest, min(highest, int(score) if score == int(score) else score)))
    for visit, score in zip(told, scores, strict=True):
        visit["measure"] = measure["id"]
        visit["score"] = score


def tell_soreness(rng: random.Random, fresh: list[dict], manner: dict) -> None:
    """Hours of soreness at some of the fresh visits."""
    for visit in fresh:
        if visit["status"] == "attended" and rng.random() < manner["sore"]:
            visit["soreness-hours"] = rng.choice([0, 6, 12, 24, 36, 47, 48, 48, 49, 49, 60, 71, 72, 72])
            if rng.random() < 0.1:
                visit["soreness-hours"] = rng.choice([73, 96])


# A whole draw


def random_review(rng: random.Random, pack: dict) -> dict:
    """A course, what happened in it, and how it is to be reviewed: course, visits, today, missed, holidays, knowledge, version.

    The course is one that a plan's came to by the reviews before, oldest first; those are under "before".
    The knowledge is None, or TAPERING_TRAINING, under which tapering_training() of the pack is to be used.
    """
    wanted = None
    knowledge = None
    if rng.random() < 0.06:
        knowledge = TAPERING_TRAINING
        pack = tapering_training(pack)
        wanted = "sports-training"
    dense = wanted is None and rng.random() < 0.3
    course, holidays = random_course(rng, pack, wanted, dense=dense)
    manner = {
        "absent": rng.choices([0, 0.05, 0.15, 0.4, 1], [40, 20, 20, 16, 4])[0],
        "sore": rng.choices([0.15, 0.6], [75, 25])[0],
        "pains": rng.random() < 0.92,
        "scores": rng.random() < 0.35,
        "measure": random_measure(rng, course, pack),
        "missed": rng.choice([review.KEEP, review.KEEP, review.SHIFT]),
    }
    intent = rng.choices(list(INTENTS), list(INTENTS.values()))[0]
    changing = rng.random() < 0.5
    if dense and rng.random() < 0.6:
        # Visits are added, and some of them are more than the cap or the booking allows.
        intent = "slight"
        changing = False
        manner["absent"] = rng.choice([0, 0.15, 0.3])
    visits = []
    before = []
    version = 1
    versions = rng.choices([1, 2, 3, 4], [45, 25, 20, 10])[0]
    if intent == "slight" and not changing:
        # It takes three reviews, and two versions between them, until a course that was made longer is given up.
        versions = rng.choice([1, 2, 3, 3, 3])
    while True:
        if changing:
            intent = rng.choices(list(INTENTS), list(INTENTS.values()))[0]
        fresh = random_visits(rng, course, visits, manner)
        visits = visits + fresh
        of_fresh = [visit for visit in fresh if visit["status"] == "attended"]
        if manner["pains"]:
            tell_pains(rng, course, visits, of_fresh, intent, pack)
        if manner["scores"] or not manner["pains"]:
            tell_scores(rng, course, visits, of_fresh, intent, manner, pack)
        tell_soreness(rng, of_fresh, manner)
        today = max([visit["date"] for visit in visits], default=course["sessions"][0]["date"])
        today += timedelta(days=rng.choice([0, 0, 0, 0, 1, 2, 3, 7, rng.randint(0, 45)]))
        missed = manner["missed"] if rng.random() < (0.5 if dense else 0.8) else rng.choice([review.KEEP, review.SHIFT])
        told = visits + cancelled_ahead(rng, course, visits, today)
        draw = {
            "course": course,
            "visits": told,
            "today": today,
            "missed": missed,
            "holidays": holidays,
            "knowledge": knowledge,
            "version": version,
            "before": list(before),
        }
        if version == versions or not fresh:
            return draw
        try:
            result = review.review(course, pack, visits, today, missed, holidays)
        except planning.NoOpenDay:
            return draw
        if not result["rest"] or not result["techniques"]:
            return draw
        before.append({"course": course, "visits": visits, "today": today, "missed": missed})
        course = review.course_after(course, result)
        version += 1


def cancelled_ahead(rng: random.Random, course: dict, visits: list[dict], today: date) -> list[dict]:
    """Now and then a visit of a day to come that is cancelled already."""
    to_come = review.still_to_come(course, visits, today)
    if to_come and rng.random() < 0.03:
        session = rng.choice(to_come)
        return [{"number": session["number"], "date": session["date"], "status": "cancelled"}]
    return []


def main(draws: int, knowledge: pathlib.Path) -> None:
    """Prints how often the draws lead to each row of 11.1 and to what else a review may say."""
    pack = packs.load(knowledge)
    rows = collections.Counter()
    ended = collections.Counter()
    others = collections.Counter()
    for seed in range(draws):
        draw = random_review(random.Random(seed), pack)
        used = tapering_training(pack) if draw["knowledge"] else pack
        others[f"version {draw['version']}"] += 1
        try:
            result = review.review(draw["course"], used, draw["visits"], draw["today"], draw["missed"], draw["holidays"])
        except planning.NoOpenDay:
            others["no open day"] += 1
            continue
        rows[result["row"]] += 1
        ended[result["row"]] += result["ends-for-want-of-visits"]
        others["nobody attended"] += not review.attended_of(draw["visits"])
        others[f"missed: {draw['missed']}"] += 1
        others["placed anew"] += result["anew"]
        others["stays, but is shifted"] += result["anew"] and review.ROWS[result["row"]][1] == "stays"
        others["techniques replaced"] += bool(result["replaced"])
        others["replaced, and none is left"] += bool(result["replaced"]) and not result["techniques"]
        others["ease"] += result["ease"]
        others["ease leaves techniques out"] += bool(result["left-out"])
        others[f"pain class {result['pain-class']}"] += 1
        others[f"function class {result['function-class']}"] += 1
    print(f"{'row of 11.1':32} {'action':18} {'draws':>6} {'of them ended, nothing being left':>34}")
    for row, (action, _) in review.ROWS.items():
        print(f"{row:32} {action:18} {rows[row]:6} {ended[row]:34}")
    for name in sorted(others):
        print(f"{name:51} {others[name]:6}")


if __name__ == "__main__":
    main(int(sys.argv[1]), pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else KNOWLEDGE)
