"""Screening straight from the text: the errors of a raw intake, and the screening of one without errors."""

import math
import re
from datetime import date, datetime

from tests.oracle.pack import by_id, worked_out_once

INTAKE_KEYS = [
    "format",
    "client",
    "age",
    "condition",
    "complaint",
    "regions",
    "pain",
    "onset",
    "goals",
    "pressure",
    "prefers",
    "declines",
    "first-visit",
    "notes",
    "health",
    "clearances",
    "booking",
]
CLEARANCE_KEYS = ["rule", "by", "on", "limits"]
CONDITIONS = ["chronic", "acute", "injury-recovery", "maintenance"]
GOALS = ["pain-relief", "mobility", "swelling", "relaxation", "posture", "prevention"]
PRESSURES = ["light", "moderate", "firm"]
CATEGORIES = ["red-flag", "absolute", "clearance", "local", "technique", "modify"]
URGENCIES = ["emergency", "same-day", "soon", "defer"]
POSITIONS = ["no-prone", "no-supine-flat", "side-lying", "seated", "head-raised"]

# What is known of a fact: a pair of one of these words and the value, which is None unless the word is VALUE.
VALUE = "value"
UNSURE = "unsure"
NOT_KNOWN = "not-known"
NOT_ASKED = "not-asked"
UNANSWERED = "unanswered"


# Reading single values


def read_date(value: object) -> date | None:
    """A TOML date, or a text like 2026-11-21; anything else is None."""
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None


def is_whole(value: object) -> bool:
    """True for whole numbers, not for true and false."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: object) -> bool:
    """True for whole and decimal numbers, not for true and false, infinity or not-a-number."""
    if isinstance(value, float):
        return math.isfinite(value)
    return is_whole(value)


def is_list_of(value: object, allowed: list[str] | tuple[str, ...]) -> bool:
    """True for a list, empty or not, that holds only the allowed texts."""
    return isinstance(value, list) and all(isinstance(item, str) and item in allowed for item in value)


# 2. Regions


def sided(region: dict) -> list[str]:
    """2.2: the places that a region without a side stands for."""
    if region["paired"]:
        return ["left-" + region["id"], "right-" + region["id"]]
    return [region["id"]]


def all_sided_regions(pack: dict) -> list[str]:
    """Every region with its side, in body order."""
    return [place for region in pack["regions"] for place in sided(region)]


@worked_out_once
def body_order(pack: dict) -> dict[str, int]:
    """2.1: the number of every place in body order, regions first and then the sites."""
    places = all_sided_regions(pack) + [site["id"] for site in pack["sites"]]
    return {place: number for number, place in enumerate(places)}


def in_body_order(places: object, pack: dict) -> list[str]:
    """2.1: the places in body order, each once."""
    number = body_order(pack)
    return sorted({place for place in places if place in number}, key=number.__getitem__)


@worked_out_once
def region_names(pack: dict) -> tuple[str, ...]:
    """2.2, 2.3: every name of a region that an intake may use."""
    return ("whole-body", *(region["id"] for region in pack["regions"]), *all_sided_regions(pack))


def expand(names: list[str], pack: dict) -> list[str]:
    """2.2: the places that these names stand for, in body order, each once."""
    places = set()
    for name in names:
        region = by_id(pack["regions"], name)
        if name == "whole-body":
            places.update(all_sided_regions(pack))
        elif region is not None:
            places.update(sided(region))
        else:
            places.add(name)
    return in_body_order(places, pack)


def downstream(place: str, pack: dict) -> list[str]:
    """2.4: the places of the same limb and side that come later in the file."""
    for side in ["left-", "right-"]:
        for position, region in enumerate(pack["regions"]):
            if region["paired"] and place == side + region["id"] and "limb" in region:
                later = pack["regions"][position + 1 :]
                return [side + other["id"] for other in later if other.get("limb") == region["limb"]]
    return []


# 3.1 Built-in facts


def built_in_facts(intake: dict, pack: dict, on: date, wrong: set[str]) -> dict:
    """3.1: what is known of the built-in facts; those whose value is wrong are not known."""
    known = {}
    for name in ["age", "condition", "complaint", "pain", "goals"]:
        if name in intake and name not in wrong:
            known[name] = (VALUE, intake[name])
        else:
            known[name] = (NOT_KNOWN, None)
    known["regions"] = (NOT_KNOWN, None)
    if "regions" in intake and "regions" not in wrong:
        known["regions"] = (VALUE, expand(intake["regions"], pack))
    known["onset-days"] = (NOT_KNOWN, None)
    if "onset" in intake and "onset" not in wrong:
        known["onset-days"] = (VALUE, (on - read_date(intake["onset"])).days)
    return known


# 3.2 Errors of the intake itself


def basic_problems(intake: dict, pack: dict, on: date) -> list[str]:
    """3.2: the key paths of everything wrong outside health and clearances."""
    paths = [key for key in intake if key not in INTAKE_KEYS]
    technique_ids = [technique["id"] for technique in pack["techniques"]]
    complaint_ids = [complaint["id"] for complaint in pack["complaints"]]

    if intake.get("format") != "massage-intake/1":
        paths.append("format")
    client = intake.get("client")
    if not isinstance(client, str) or not re.fullmatch("[A-Za-z0-9._-]{1,64}", client):
        paths.append("client")
    if not is_whole(intake.get("age")) or not 0 <= intake["age"] <= 120:
        paths.append("age")
    if intake.get("condition") not in CONDITIONS:
        paths.append("condition")
    if "complaint" in intake and intake["complaint"] not in complaint_ids:
        paths.append("complaint")
    if not is_list_of(intake.get("regions"), region_names(pack)) or not intake["regions"]:
        paths.append("regions")
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
    if "goals" in intake and not is_list_of(intake["goals"], GOALS):
        paths.append("goals")
    if "pressure" in intake and intake["pressure"] not in PRESSURES:
        paths.append("pressure")
    for key in ["prefers", "declines"]:
        if key in intake and not is_list_of(intake[key], technique_ids):
            paths.append(key)
    if not isinstance(intake.get("health", {}), dict):
        paths.append("health")
    if not isinstance(intake.get("clearances", []), list):
        paths.append("clearances")
    return paths


# 4. Questions


def answer_problems(fact: dict, answer: object, pack: dict) -> list[str]:
    """4.3, 4.4: what is wrong with an answer, whether or not the fact is asked."""
    path = "health." + fact["id"]
    if not isinstance(answer, dict):
        return [] if is_allowed(fact, answer) else [path]
    if not fact.get("where", False):
        return [path]
    paths = [path + "." + key for key in answer if key not in ["answer", "regions"]]
    if not is_allowed(fact, answer.get("answer")):
        paths.append(path + ".answer")
    if answer.get("answer") == "no":
        if "regions" in answer:
            paths.append(path + ".regions")
    elif not is_list_of(answer.get("regions"), region_names(pack)) or not answer["regions"]:
        paths.append(path + ".regions")
    return paths


def is_allowed(fact: dict, answer: object) -> bool:
    """4.3: whether this is an answer to the fact."""
    if answer == "unsure":
        return True
    if fact["kind"] == "yes-no":
        return answer in ["yes", "no"]
    if fact["kind"] == "choice":
        return answer in fact["choices"]
    only_whole = is_whole(fact["min"]) and is_whole(fact["max"])
    if only_whole and not is_whole(answer):
        return False
    return is_number(answer) and fact["min"] <= answer <= fact["max"]


def facts_named(when: list[list[dict]]) -> set[str]:
    """The facts that a list of groups names."""
    return {criterion["fact"] for group in when for criterion in group}


@worked_out_once
def asked_when(pack: dict) -> dict:
    """4.1: when each question is asked that is not always asked."""
    return {fact["id"]: Remembered(fact["asked-when"], pack) for fact in pack["facts"] if "asked-when" in fact}


def go_through_questions(intake: dict, pack: dict, on: date, wrong_basics: set[str]) -> dict:
    """4 and 5: what is known of every fact, the regions named with answers, and what is wrong in health."""
    states = built_in_facts(intake, pack, on, wrong_basics)
    in_error = {name for name in states if name in wrong_basics}
    if "onset" in wrong_basics:
        in_error.add("onset-days")
    named_regions = {}
    paths = []
    health = intake.get("health", {})
    if not isinstance(health, dict):
        health = {}
    fact_ids = [fact["id"] for fact in pack["facts"]]
    paths += ["health." + key for key in health if key != "everything-else" and key not in fact_ids]

    # 5.1
    rest_is_no = False
    if "everything-else" in health:
        if health["everything-else"] == "no":
            rest_is_no = True
        else:
            paths.append("health.everything-else")

    for fact in pack["facts"]:
        name = fact["id"]
        optional = fact.get("optional", False)
        # 4.1
        asked = True
        if "asked-when" in fact:
            asked = asked_when(pack)[name].judge(states) in ["true", "unsure"]
        if name in health:
            wrong_here = answer_problems(fact, health[name], pack)
            if not asked:
                # 4.2: an error all the same when it is not reported, so that what hangs on it is not reported either
                if not facts_named(fact["asked-when"]) & in_error:
                    wrong_here.append("health." + name)
                in_error.add(name)
            if wrong_here:
                in_error.add(name)
            paths += wrong_here

        # 5
        if not asked:
            states[name] = (NOT_ASKED, None)
        elif name in in_error:
            states[name] = (UNANSWERED, None)
        elif name in health:
            answer = health[name]
            if isinstance(answer, dict):
                named_regions[name] = expand(answer.get("regions", []), pack)
                answer = answer["answer"]
            if answer != "unsure":
                states[name] = (VALUE, answer)
            elif optional:
                states[name] = (NOT_KNOWN, None)
            else:
                states[name] = (UNSURE, None)
        elif rest_is_no and fact["kind"] == "yes-no":
            states[name] = (VALUE, "no")
        elif optional:
            states[name] = (NOT_KNOWN, None)
        else:
            states[name] = (UNANSWERED, None)

    # 5.2
    unanswered = [name for name in fact_ids if states[name][0] == UNANSWERED]
    return {"states": states, "named-regions": named_regions, "unanswered": unanswered, "problems": paths}


# 6. Criteria


def judge_when(when: list[list[dict]], states: dict, results: dict, pack: dict) -> str:
    """6.4: true, unsure, missing or false, for a list of groups."""
    groups = [judge_group(group, states, results, pack) for group in when]
    for word in ["true", "unsure", "missing"]:
        if word in groups:
            return word
    return "false"


class Remembered:
    """6.4 for the list of groups of a fact or rule: the same again where the facts it names are known as they were before."""

    def __init__(self, when: list[list[dict]], pack: dict) -> None:
        """Nothing is known yet."""
        self.when, self.pack, self.before = when, pack, {}
        self.names = sorted(facts_named(when))
        self.by_lists = bool({"regions", "goals"} & set(self.names))

    def judge(self, states: dict) -> str:
        """What judge_when says, which hangs on nothing else."""
        if self.by_lists:
            return judge_when(self.when, states, {}, self.pack)
        known = tuple([states[name] for name in self.names])
        if known not in self.before:
            self.before[known] = judge_when(self.when, states, {}, self.pack)
        return self.before[known]


def judge_group(group: list[dict], states: dict, results: dict, pack: dict) -> str:
    """6.3: true, unsure, missing or false, for a group."""
    criteria = [judge_criterion(criterion, states, results, pack) for criterion in group]
    for word in ["false", "missing", "unsure"]:
        if word in criteria:
            return word
    return "true"


def judge_criterion(criterion: dict, states: dict, results: dict, pack: dict) -> str:
    """6.1, 6.5: true, unsure, missing or false, for a criterion."""
    if "findings" in criterion:
        return judge_count(criterion, results)
    state, value = states[criterion["fact"]]
    if state == UNANSWERED:
        return "missing"
    if "known" in criterion:
        return "true" if (state == VALUE) == criterion["known"] else "false"
    if state == UNSURE:
        return "unsure"
    if state == VALUE:
        return "true" if compare(criterion, value, pack) else "false"
    return "true" if "is-not" in criterion else "false"


def compare(criterion: dict, value: object, pack: dict) -> bool:
    """6.2: the test of a criterion, made of a value."""
    if "is" in criterion:
        return value == criterion["is"]
    if "is-not" in criterion:
        return value != criterion["is-not"]
    if "in" in criterion:
        return value in criterion["in"]
    if "at-least" in criterion:
        return value >= criterion["at-least"]
    if "at-most" in criterion:
        return value <= criterion["at-most"]
    wanted = criterion["includes-any"]
    if criterion["fact"] == "regions":
        wanted = expand(wanted, pack)
    return any(item in wanted for item in value)


def judge_count(criterion: dict, results: dict) -> str:
    """6.5: true, unsure, missing or false, for a criterion that counts findings."""
    counted = [results[rule] for rule in criterion["findings"]]
    enough = criterion["at-least"]
    if counted.count("true") >= enough:
        return "true"
    if counted.count("true") + counted.count("unsure") >= enough:
        return "unsure"
    if counted.count("true") + counted.count("unsure") + counted.count("missing") >= enough:
        return "missing"
    return "false"


# 7. Findings


@worked_out_once
def in_two_parts(pack: dict) -> tuple[list[tuple[str, Remembered]], list[dict]]:
    """6.5: the rules that are judged by themselves, and those that count findings and have to wait for the others."""
    alone, counting = [], []
    for rule in pack["rules"]:
        if any("findings" in criterion for group in rule["when"] for criterion in group):
            counting.append(rule)
        else:
            alone.append((rule["id"], Remembered(rule["when"], pack)))
    return alone, counting


def judge_rules(states: dict, pack: dict) -> dict:
    """6.5: the result of every rule, those that count after all others."""
    alone, counting = in_two_parts(pack)
    of_others = {name: remembered.judge(states) for name, remembered in alone}
    return of_others | {rule["id"]: judge_when(rule["when"], states, of_others, pack) for rule in counting}


def find(states: dict, pack: dict) -> list[dict]:
    """7.1, 7.2, 7.3: the findings in order; each holds its rule as the pack has it."""
    results = judge_rules(states, pack)
    findings = []
    for rule in pack["rules"]:
        if results[rule["id"]] in ["true", "unsure"]:
            standing = any(len(group) == 0 for group in rule["when"])
            certain = results[rule["id"]] == "true"
            findings.append({"rule": rule["id"], "certain": certain, "standing": standing, "entry": rule})

    def place(finding: dict) -> tuple[int, int]:
        urgency = finding["entry"].get("urgency")
        return (
            CATEGORIES.index(finding["entry"]["category"]),
            len(URGENCIES) if urgency is None else URGENCIES.index(urgency),
        )

    return sorted(findings, key=place)


# 8. Clearances


def clearance_problems(intake: dict, pack: dict, on: date) -> list[str]:
    """8.1: the key paths of everything wrong in the notes."""
    paths = []
    notes = intake.get("clearances", [])
    if not isinstance(notes, list):
        return []
    can_be_named = [rule["id"] for rule in pack["rules"] if rule.get("clearance", "none") == "lifts-stop"]
    can_be_named += [protocol["id"] for protocol in pack["protocols"] if protocol["needs-clearance"]]
    for number, note in enumerate(notes):
        path = f"clearances[{number}]"
        if not isinstance(note, dict):
            paths.append(path)
            continue
        paths += [path + "." + key for key in note if key not in CLEARANCE_KEYS]
        if note.get("rule") not in can_be_named:
            paths.append(path + ".rule")
        if not isinstance(note.get("by"), str) or not note["by"].strip():
            paths.append(path + ".by")
        signed = read_date(note.get("on"))
        if signed is None or signed > on:
            paths.append(path + ".on")
        if "limits" in note and not isinstance(note["limits"], str):
            paths.append(path + ".limits")
    return paths


def sort_notes(intake: dict, findings: list[dict], pack: dict, on: date) -> tuple[list[dict], list[dict]]:
    """8.2, 8.3: the valid notes, and those that do nothing with the reason why."""
    valid = []
    unused = []
    found = [finding["rule"] for finding in findings]
    for note in intake.get("clearances", []):
        rule = by_id(pack["rules"], note["rule"])
        if rule is None:
            continue  # 8.1: a note for a protocol
        if rule["id"] not in found:
            unused.append({"rule": rule["id"], "why": "not-needed"})
        elif (on - read_date(note["on"])).days <= rule["clearance-valid-days"]:
            valid.append(note)
        else:
            unused.append({"rule": rule["id"], "why": "expired"})
    return valid, unused


# 9. Limits


@worked_out_once
def techniques_by_word(pack: dict) -> dict[str, set[str]]:
    """The techniques that each id and each tag stands for."""
    stands_for = {}
    for technique in pack["techniques"]:
        for word in [technique["id"], *technique["tags"]]:
            stands_for.setdefault(word, set()).add(technique["id"])
    return stands_for


def excluded_by(list_of_rule: list[str], pack: dict) -> set[str]:
    """9.1: the techniques that a list excludes, by their id or one of their tags."""
    return {name for word in list_of_rule for name in techniques_by_word(pack).get(word, ())}


def places_of_block(block: dict, known: dict, requested: list[str], pack: dict) -> list[str]:
    """9.2: where a block holds."""
    places = expand(block.get("regions", []), pack)
    if block.get("where") == "regions":
        places = places + requested
    elif "where" in block:
        if known["states"][block["where"]] in [(VALUE, "yes"), (UNSURE, None)]:
            places = places + (known["named-regions"].get(block["where"], []) or requested)
    if block.get("downstream", False):
        places = places + [below for place in places for below in downstream(place, pack)]
    return in_body_order(places, pack)


def exclusions_of(findings: list[dict], pack: dict) -> dict:
    """9.5: for each technique that is excluded anywhere, the rules: everywhere, and at each place."""
    exclusions = {}
    for finding in findings:
        for name in excluded_by(finding["entry"].get("excludes", []), pack):
            exclusions.setdefault(name, {"everywhere": [], "at": {}})["everywhere"].append(finding["rule"])
        for block, places in finding["blocks"]:
            for name in excluded_by(block.get("excludes", []), pack):
                at = exclusions.setdefault(name, {"everywhere": [], "at": {}})["at"]
                for place in places:
                    rules = at.setdefault(place, [])
                    if finding["rule"] not in rules:
                        rules.append(finding["rule"])
    in_order = {}
    for technique in pack["techniques"]:
        excluded = exclusions.get(technique["id"])
        if excluded and (excluded["everywhere"] or excluded["at"]):
            at = {place: excluded["at"][place] for place in in_body_order(excluded["at"], pack)}
            in_order[technique["id"]] = {"everywhere": excluded["everywhere"], "at": at}
    return in_order


def avoided(findings: list[dict], pack: dict) -> list[str]:
    """9.3, 9.4: the places where there is no work at all."""
    places = set()
    for finding in findings:
        for block, here in finding["blocks"]:
            if block.get("avoid", False):
                places.update(here)
    return in_body_order(places, pack)


def lowest_caps_at(findings: list[dict], pack: dict) -> dict:
    """9.4: the lowest cap that blocks set at each place."""
    caps = {}
    for finding in findings:
        for block, places in finding["blocks"]:
            if "pressure-max" in block:
                for place in places:
                    caps[place] = min(block["pressure-max"], caps.get(place, 5))
    return {place: caps[place] for place in in_body_order(caps, pack)}


def precautions_of(findings: list[dict], valid_notes: list[dict]) -> list[str]:
    """9.8: the lines of the findings, then the limits of the valid notes, each once."""
    lines = []
    for finding in findings:
        lines += finding["entry"].get("precautions", [])
    lines += [note["limits"] for note in valid_notes if "limits" in note]
    once = []
    for line in lines:
        if line not in once:
            once.append(line)
    return once


# 10. Outcome


def decide(findings: list[dict], screening: dict, requested: list[str]) -> tuple[str, str | None]:
    """10: the outcome, and the urgency where it is refer."""
    grave = [finding for finding in findings if finding["entry"]["category"] in ["red-flag", "absolute"]]
    grave = [finding for finding in grave if not finding["standing"]]
    urgencies = [finding["entry"]["urgency"] for finding in grave if finding["certain"]]
    if all(place in screening["avoid"] for place in requested):
        urgencies.append("defer")
    if "side-lying" in screening["positions"] and "seated" in screening["positions"]:
        urgencies.append("defer")
    if urgencies:
        return "refer", min(urgencies, key=URGENCIES.index)
    if screening["unanswered"]:
        return "incomplete", None
    if any(not finding["certain"] for finding in grave):
        return "clearance", None
    for finding in findings:
        if finding["entry"]["category"] == "clearance" and not finding["standing"] and not finding["cleared"]:
            return "clearance", None
    if any(not finding["standing"] for finding in findings):
        return "restricted", None
    return "clear", None


# The two functions that others use


def problems(intake: dict, pack: dict, on: date) -> list[str]:
    """3.3: the key paths of all errors that screening finds in a raw intake, each once."""
    basics = basic_problems(intake, pack, on)
    health = go_through_questions(intake, pack, on, set(basics))["problems"]
    paths = basics + health + clearance_problems(intake, pack, on)
    return list(dict.fromkeys(paths))


def screen(intake: dict, pack: dict, on: date) -> dict:
    """1.1: the screening of an intake without errors."""
    known = go_through_questions(intake, pack, on, set())
    requested = expand(intake["regions"], pack)
    findings = find(known["states"], pack)
    valid_notes, unused = sort_notes(intake, findings, pack, on)
    for finding in findings:
        # 8.4
        finding["cleared"] = any(note["rule"] == finding["rule"] for note in valid_notes)
        finding["blocks"] = [(block, places_of_block(block, known, requested, pack)) for block in finding["entry"].get("at", [])]
        # 9.9
        finding["regions"] = in_body_order([place for _, places in finding["blocks"] for place in places], pack)
    particular = [finding for finding in findings if not finding["standing"]]

    positions = [position for finding in findings for position in finding["entry"].get("positions", [])]
    minutes = [finding["entry"]["minutes-max"] for finding in findings if "minutes-max" in finding["entry"]]
    pressures = [finding["entry"]["pressure-max"] for finding in findings if "pressure-max" in finding["entry"]]
    region_of_place = {place: region["id"] for region in pack["regions"] for place in sided(region)}
    requested_regions = [region_of_place[place] for place in requested]

    screening = {
        "exclusions": exclusions_of(findings, pack),
        "exclusions-particular": exclusions_of(particular, pack),
        "avoid": avoided(findings, pack),
        "avoid-particular": avoided(particular, pack),
        "pressure-max": min([5, *pressures]),
        "pressure-max-at": lowest_caps_at(findings, pack),
        "minutes-max": min(minutes) if minutes else None,
        "positions": [position for position in POSITIONS if position in positions],
        "precautions": precautions_of(findings, valid_notes),
        "unanswered": known["unanswered"],
        "unused": unused,
        "caution-sites": [site["id"] for site in pack["sites"] if site["region"] in requested_regions],
        "requested": requested,
        "states": known["states"],
    }
    screening["outcome"], screening["urgency"] = decide(findings, screening, requested)
    screening["findings"] = [
        {
            "rule": finding["rule"],
            "category": finding["entry"]["category"],
            "urgency": finding["entry"].get("urgency"),
            "certain": finding["certain"],
            "cleared": finding["cleared"],
            "regions": finding["regions"],
            "standing": finding["standing"],
        }
        for finding in findings
    ]
    return screening
