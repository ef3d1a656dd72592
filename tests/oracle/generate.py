"""Random valid intakes, weighted so that every branch of the specification is reached often."""

import random
from datetime import date, timedelta

from tests.oracle import planning, screening
from tests.oracle.pack import by_id

# How many of the intakes are of each kind. "well" and "ill" are made again, a few times at most, until they end
# in a plan; "loose" has gaps (unanswered questions, missing notes, everything declined); "wild" may have anything.
KINDS = {"well": 29, "ill": 31, "loose": 28, "wild": 12}
TIMES = 25


def random_intake(rng: random.Random, pack: dict, on: date) -> dict:
    """A valid raw intake; most of them end in a plan, the others in every other outcome."""
    kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
    for _ in range(TIMES):
        intake = attempt(rng, pack, on, kind)
        if kind in ["loose", "wild"] or ends_in_plan(intake, pack, on):
            break
    return intake


def all_problems(intake: dict, pack: dict, on: date) -> list[str]:
    """The problems of screening and of planning together."""
    return screening.problems(intake, pack, on) + planning.problems(intake, pack, on)


def ends_in_plan(intake: dict, pack: dict, on: date) -> bool:
    """Whether the intake is not withheld."""
    try:
        return planning.plan(intake, pack, on)["outcome"] in ["clear", "restricted"]
    except planning.NoOpenDay:
        return False


def attempt(rng: random.Random, pack: dict, on: date, kind: str) -> dict:
    """One random intake, repaired until it is valid."""
    while True:
        intake = random_basics(rng, pack, on, kind)
        wanted = {}
        if rng.random() < {"well": 0.0, "ill": 0.3, "loose": 0.05, "wild": 0.5}[kind]:
            wanted = aim_at_a_rule(rng, intake, pack, on)
        intake["health"] = random_health(rng, intake, pack, on, kind, wanted)
        wrong = all_problems(intake, pack, on)
        for path in wrong:
            if path.startswith("health."):
                intake["health"].pop(path.split(".")[1], None)
        if wrong and all_problems(intake, pack, on):
            continue
        notes = random_notes(rng, intake, pack, on, kind)
        if notes:
            intake["clearances"] = notes
        elif rng.random() < 0.05:
            intake["clearances"] = []
        if not intake["health"] and rng.random() < 0.5:
            del intake["health"]
        if not all_problems(intake, pack, on):
            return intake


# The client and what they come with


def random_age(rng: random.Random, kind: str) -> int:
    """An age, often near one of the thresholds."""
    draw = rng.random()
    if draw < (0.8 if kind == "well" else 0.5):
        return rng.randint(20, 64)
    if draw < 0.6:
        return rng.randint(9, 19)
    if draw < 0.68:
        return rng.randint(49, 51)
    if draw < 0.8:
        return rng.randint(59, 66)
    if draw < 0.98:
        return rng.randint(70, 90)
    return rng.choice([0, 1, 8, 95, 119, 120])


def random_region_names(rng: random.Random, pack: dict, most: int) -> list[str]:
    """A few names of regions, with and without a side, sometimes twice or the whole body."""
    draw = rng.random()
    if draw < 0.04:
        return ["whole-body"]
    if draw < 0.08:
        names = screening.all_sided_regions(pack)
        rng.shuffle(names)
        return names[: rng.randint(len(names) - 3, len(names))]
    names = []
    for _ in range(rng.randint(1, most)):
        region = rng.choice(pack["regions"])
        if region["paired"] and rng.random() < 0.55:
            names.append(rng.choice(["left-", "right-"]) + region["id"])
        else:
            names.append(region["id"])
    return names


def random_basics(rng: random.Random, pack: dict, on: date, kind: str) -> dict:
    """Everything but health and clearances."""
    complaint = rng.choice(pack["complaints"])
    choice = list(complaint["protocols"]) if rng.random() < 0.85 else screening.CONDITIONS
    condition = rng.choices(choice, [1 if each == "maintenance" else 3 for each in choice])[0]
    intake = {
        "format": "massage-intake/1",
        "client": f"c-{rng.randint(0, 9999):04}",
        "age": random_age(rng, kind),
        "condition": condition,
    }
    if complaint["id"] != "other" or rng.random() < 0.5:
        intake["complaint"] = complaint["id"]
    if complaint["regions"] and rng.random() < 0.65:
        intake["regions"] = list(complaint["regions"])
        if rng.random() < 0.3:
            intake["regions"] += random_region_names(rng, pack, 2)
    else:
        intake["regions"] = random_region_names(rng, pack, 4)
    if condition != "maintenance" or rng.random() < 0.6:
        intake["pain"] = rng.choice([0, 1, 2, 3, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10])
    if condition in ["acute", "injury-recovery"] or rng.random() < 0.35:
        near = rng.choice([0, 3, 14, 41, 42, 90, 91, 120])
        days = rng.choice([max(0, near + rng.randint(-2, 2)), rng.randint(0, 120), rng.randint(0, 40)])
        intake["onset"] = on - timedelta(days=days)
    if rng.random() < 0.85:
        intake["goals"] = rng.sample(screening.GOALS, rng.choice([0, 1, 1, 1, 2, 2, 3, 6]))
    if rng.random() < 0.85:
        intake["pressure"] = rng.choice(["light", "moderate", "firm", "firm"])
    techniques = [technique["id"] for technique in pack["techniques"]]
    if rng.random() < 0.5:
        intake["prefers"] = rng.sample(techniques, rng.choice([0, 1, 1, 2, 3, 5, 9]))
        if intake["prefers"] and rng.random() < 0.1:
            intake["prefers"].append(rng.choice(intake["prefers"]))
    if rng.random() < 0.35:
        intake["declines"] = rng.sample(techniques, rng.choice([0, 1, 1, 2, 4, 8]))
        if rng.random() < 0.4:
            named = complaint["protocols"].get(condition, "generic-chronic")
            of_protocol = by_id(pack["protocols"], named)["techniques"]
            intake["declines"] += rng.sample(of_protocol, rng.randint(1, len(of_protocol)))
    if rng.random() < 0.7:
        intake["first-visit"] = rng.random() < 0.5
    if rng.random() < 0.1:
        intake["notes"] = "Sleeps on the left side; comes by bike."
    if rng.random() < 0.85:
        intake["booking"] = random_booking(rng, pack, on)
    draw = rng.random()
    if draw < 0.06:
        ask_for_drainage_and_strong_work(rng, intake, pack)
    elif draw < 0.12:
        ask_for_one_that_stands_alone(rng, intake, pack)
    elif kind == "loose" and draw < 0.24:
        named = complaint["protocols"].get(condition, "generic-chronic")
        intake["declines"] = list(by_id(pack["protocols"], named)["techniques"])
        intake.pop("prefers", None)
    return intake


def ask_for_drainage_and_strong_work(rng: random.Random, intake: dict, pack: dict) -> None:
    """Wishes of which some clash on the regions asked for."""
    most = pack["numbers"]["pressure"]["drainage-neighbor-max"]
    strong = [technique["id"] for technique in pack["techniques"] if technique["pressure"]["min"] > most]
    wishes = ["lymphatic-drainage", *rng.sample(strong, 3)]
    rng.shuffle(wishes)
    intake["age"] = rng.randint(20, 60)
    intake["prefers"] = wishes
    gentle = ["swedish", "sports", "myofascial-release", "assisted-stretching"]
    intake["declines"] = rng.sample(gentle, rng.randint(0, 4))
    intake["regions"] = rng.sample(["left-thigh", "lower-leg", "forearm", "right-foot", "neck", "knee", "ankle"], 2)
    intake["pressure"] = rng.choice(["moderate", "firm"])
    intake.setdefault("booking", {})["trained-in"] = wishes


def ask_for_one_that_stands_alone(rng: random.Random, intake: dict, pack: dict) -> None:
    """A wish for a technique that is the whole main block, with many or few minutes."""
    alone = rng.choice([technique for technique in pack["techniques"] if technique["stands-alone"]])
    intake["prefers"] = [alone["id"], *rng.sample(["cupping", "swedish", "sports", "hot-stone"], rng.randint(0, 2))]
    intake["pressure"] = rng.choice(["light", "moderate", "firm"])
    booking = intake.setdefault("booking", {})
    booking["trained-in"] = [*booking.get("trained-in", []), alone["id"]]
    if rng.random() < 0.6:
        booking["minutes"] = max(10, alone["minutes"]["min"] + rng.choice([-10, -1, 0, 30]))


def random_booking(rng: random.Random, pack: dict, on: date) -> dict:
    """A booking of any shape."""
    booking = {}
    if rng.random() < 0.5:
        booking["start"] = on + timedelta(days=rng.choice([rng.randint(0, 30), rng.randint(-20, 60), 0]))
    if rng.random() < 0.55:
        count = rng.choice([1, 1, 2, 3, 4, 5, 6, 7])
        booking["weekdays"] = rng.choice(
            [rng.sample(planning.WEEKDAYS, count), list(planning.WEEKDAYS), ["sat", "sun"], ["mon", "wed", "fri"]]
        )
    if rng.random() < 0.4:
        closed = [on + timedelta(days=rng.randint(0, 90)) for _ in range(rng.choice([0, 1, 2, 5, 20]))]
        if rng.random() < 0.5:
            first = on + timedelta(days=rng.randint(-5, 60))
            length = rng.choice([5, 7, 10, 14, 14, 21, 30, 45, 61, 75])
            closed += [first + timedelta(days=number) for number in range(length)]
        booking["closed"] = closed
    if rng.random() < 0.4:
        booking["max-sessions"] = rng.randint(1, rng.choice([4, 12, 25]))
    if rng.random() < 0.35:
        booking["max-per-week"] = rng.choice([1, 1, 2, 2, 3, 4, 5, 6, 7])
    if rng.random() < 0.65:
        usual = [10, 15, 20, 29, 30, 31, 44, 45, 50, 59, 60, 61, 75, 90, 120, 240]
        booking["minutes"] = rng.choice([*usual, rng.randint(10, 60), rng.randint(10, 240)])
    if rng.random() < 0.75:
        special = [technique["id"] for technique in pack["techniques"] if technique["extra-training"]]
        draw = rng.random()
        if draw < 0.4:
            booking["trained-in"] = special
        elif draw < 0.45:
            booking["trained-in"] = [technique["id"] for technique in pack["techniques"]]
        else:
            booking["trained-in"] = rng.sample(special, rng.randint(0, len(special)))
    return booking


# Health


def aim_at_a_rule(rng: random.Random, intake: dict, pack: dict, on: date) -> dict:
    """The criteria, by fact, that make some rule hold; age, pain, condition and onset are set in the intake."""
    groups = [group for rule in pack["rules"] for group in rule["when"]]
    open_criteria = [criterion for criterion in rng.choice(groups) if "fact" in criterion]
    wanted = {}
    while open_criteria:
        criterion = open_criteria.pop()
        name = criterion["fact"]
        fact = by_id(pack["facts"], name)
        if name == "age":
            intake["age"] = criterion.get("at-least", criterion.get("at-most"))
        elif name == "pain":
            intake["pain"] = criterion.get("at-least", criterion.get("at-most"))
        elif name == "onset-days":
            intake["onset"] = on - timedelta(days=criterion.get("at-least", criterion.get("at-most")))
        elif name == "regions":
            intake["regions"] = [*intake["regions"], rng.choice(criterion["includes-any"])]
        elif name == "condition":
            if intake["condition"] == "maintenance":
                intake.setdefault("pain", 5)
                intake.setdefault("onset", on - timedelta(days=10))
            intake["condition"] = criterion["is"] if "is" in criterion else rng.choice(criterion["in"])
        elif fact is not None and name not in wanted:
            wanted[name] = criterion
            if "asked-when" in fact:
                open_criteria += rng.choice(fact["asked-when"])
    if intake["condition"] in ["acute", "injury-recovery"]:
        intake.setdefault("onset", on - timedelta(days=20))
    return wanted


def meet(rng: random.Random, fact: dict, criterion: dict, pack: dict) -> object:
    """An answer that meets the criterion, or None for leaving the fact out."""
    if criterion.get("known") is False:
        return None
    answer = criterion.get("is", criterion.get("at-least", criterion.get("at-most")))
    if "in" in criterion:
        answer = rng.choice(criterion["in"])
    if answer is None:
        answer = rng.randint(int(fact["min"]), int(fact["max"])) if fact["kind"] == "number" else "no"
    if answer == "yes" and fact.get("where", False) and rng.random() < 0.7:
        return {"answer": answer, "regions": random_region_names(rng, pack, 2)}
    return answer


def random_health(rng: random.Random, intake: dict, pack: dict, on: date, kind: str, wanted: dict) -> dict:
    """Answers: most often everything-else = no with a few others, and follow-up questions as they become asked."""
    health = {}
    if rng.random() < {"well": 1.0, "ill": 0.98, "loose": 0.94, "wild": 0.85}[kind]:
        health["everything-else"] = "no"
    candidates = [fact["id"] for fact in pack["facts"] if fact["kind"] == "yes-no" and "asked-when" not in fact]
    if kind != "wild":
        grave = grave_facts(pack)
        candidates = [name for name in candidates if name not in grave or rng.random() < 0.05]
    how_many = rng.choice([0, 0, 0, 1] if kind == "well" else [0, 1, 1, 2, 2, 3, 4, 5, 6])
    picked = set(rng.sample(candidates, how_many))
    complaint = by_id(pack["complaints"], intake.get("complaint", "other"))
    if "needs" in complaint and rng.random() < (0.5 if kind == "loose" else 0.9):
        picked.add(rng.choice(complaint["needs"]))
    if kind != "well" and rng.random() < 0.12:
        picked.add(rng.choice(["pregnant", "gave-birth", "surgery", "injury", "cancer-active", "clot-ever"]))

    states = None
    for fact in pack["facts"]:
        name = fact["id"]
        follow_up = "asked-when" in fact
        if follow_up:
            if states is None:
                states = screening.go_through_questions(dict(intake, health=health), pack, on, set())["states"]
            if states[name][0] == screening.NOT_ASKED:
                continue
        answer = None
        if name in wanted:
            answer = meet(rng, fact, wanted[name], pack)
        elif name in picked:
            answer = random_yes(rng, fact, pack, kind)
        elif fact["kind"] == "yes-no":
            if follow_up:
                answer = random_follow_up(rng, fact, health, pack, kind)
            elif rng.random() < (0.01 if "everything-else" in health else 0.97):
                answer = "no"
        elif name in ["systolic", "temperature-c"]:
            if rng.random() < 0.3:
                answer = random_number(rng, fact, pack, kind)
        elif rng.random() < (0.75 if kind == "loose" else 0.95):
            answer = random_choice_or_number(rng, fact, pack, kind)
        if answer is not None:
            health[name] = answer
            states = None
    return health


def grave_facts(pack: dict) -> set[str]:
    """The facts whose yes alone makes a red flag or an absolute contraindication."""
    names = set()
    for rule in pack["rules"]:
        if rule["category"] in ["red-flag", "absolute"]:
            for group in rule["when"]:
                if len(group) == 1 and group[0].get("is") == "yes":
                    names.add(group[0]["fact"])
    return names


def random_yes(rng: random.Random, fact: dict, pack: dict, kind: str) -> object:
    """Yes or unsure, for facts that ask where often with regions."""
    if fact["kind"] != "yes-no":
        return random_choice_or_number(rng, fact, pack, kind)
    answer = "unsure" if rng.random() < 0.18 else "yes"
    if fact.get("where", False) and rng.random() < 0.75:
        return {"answer": answer, "regions": random_region_names(rng, pack, 2)}
    return answer


def random_follow_up(rng: random.Random, fact: dict, health: dict, pack: dict, kind: str) -> object:
    """An answer to a yes-no question that has become asked, or None to leave it."""
    draw = rng.random()
    if fact["id"] in ["guardian-consent", "head-injury-checked", "surgeon-agrees"]:
        if draw < 0.75:
            return "yes"
        return rng.choice(["no", "unsure"]) if draw < 0.85 else None
    if draw < {"well": 0.02, "ill": 0.08, "loose": 0.05, "wild": 0.2}[kind]:
        return random_yes(rng, fact, pack, kind)
    if draw < 0.35 or ("everything-else" not in health and draw < 0.96):
        return "no"
    return None


def random_choice_or_number(rng: random.Random, fact: dict, pack: dict, kind: str) -> object:
    """An answer to a choice or a number."""
    if rng.random() < (0.1 if kind == "wild" else 0.04):
        return "unsure"
    if fact["kind"] == "choice":
        return rng.choice(fact["choices"])
    return random_number(rng, fact, pack, kind)


def random_number(rng: random.Random, fact: dict, pack: dict, kind: str) -> object:
    """A number within the range of the fact, often near one that a rule or a question compares with."""
    calm = {"systolic": (95, 135), "diastolic": (62, 84), "temperature-c": (36, 37), "platelets": (150, 400)}
    if fact["id"] in calm and rng.random() < (0.3 if kind == "wild" else 0.75):
        number = rng.randint(*calm[fact["id"]])
    else:
        groups = [group for rule in pack["rules"] for group in rule["when"]]
        groups += [group for other in pack["facts"] for group in other.get("asked-when", [])]
        near = [fact["min"], fact["max"]]
        for group in groups:
            for criterion in group:
                if criterion.get("fact") == fact["id"]:
                    near += [criterion[test] for test in ["at-least", "at-most", "is"] if test in criterion]
        number = rng.choice(near) + rng.choice([-1, 0, 0, 1])
        if isinstance(fact["min"], float):
            number = round(rng.choice(near) + rng.choice([-0.1, 0.0, 0.0, 0.1]), 1)
    if rng.random() < 0.05:
        number = rng.randint(int(fact["min"]), int(fact["max"]))
    return max(fact["min"], min(fact["max"], number))


# Clearances


def random_note(rng: random.Random, rule: str, latest: int, on: date, valid_days: int) -> dict:
    """A note for a rule or a protocol, at most so many days old, often near the last valid day."""
    age = rng.choice([rng.randint(0, latest), min(latest, valid_days), 0])
    note = {"rule": rule, "by": rng.choice(["doctor", "midwife", "Dr. Example"]), "on": on - timedelta(days=age)}
    if rng.random() < 0.3:
        note["limits"] = rng.choice(["no work lying flat", "30 minutes at most", "not on the belly"])
    return note


def random_notes(rng: random.Random, intake: dict, pack: dict, on: date, kind: str) -> list[dict]:
    """Notes that are valid, expired or needless, and notes for protocols."""
    notes = []
    protocol_days = pack["numbers"]["choosing"]["protocol-clearance-days"]
    liftable = [rule for rule in pack["rules"] if rule.get("clearance", "none") == "lifts-stop"]
    found = [finding["rule"] for finding in screening.screen(intake, pack, on)["findings"]]
    for rule in liftable:
        days = rule["clearance-valid-days"]
        if rule["id"] in found:
            if rng.random() < (0.93 if kind == "ill" else 0.6):
                notes.append(random_note(rng, rule["id"], days, on, days))
            if rng.random() < 0.12:
                old = random_note(rng, rule["id"], 0, on, 0)
                old["on"] = on - timedelta(days=days + rng.choice([1, 1, 2, 100]))
                notes.append(old)
    if rng.random() < 0.06:
        rule = rng.choice(liftable)
        notes.append(random_note(rng, rule["id"], 400, on, rule["clearance-valid-days"]))
    complaint = by_id(pack["complaints"], intake.get("complaint", "other"))
    protocol = by_id(pack["protocols"], complaint["protocols"].get(intake["condition"], "generic-chronic"))
    if protocol["needs-clearance"] and rng.random() < (0.4 if kind == "loose" else 0.85):
        latest = protocol_days if rng.random() < 0.85 else protocol_days + rng.choice([1, 30])
        notes.append(random_note(rng, protocol["id"], latest, on, latest))
    if rng.random() < 0.03:
        other = rng.choice([protocol for protocol in pack["protocols"] if protocol["needs-clearance"]])
        notes.append(random_note(rng, other["id"], protocol_days + 5, on, protocol_days))
    rng.shuffle(notes)
    return notes
