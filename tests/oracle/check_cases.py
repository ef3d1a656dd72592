"""Runs a folder of worked clients against the oracle: python -m tests.oracle.check_cases CASES_DIR KNOWLEDGE_DIR."""

import pathlib
import sys
import tomllib

from tests.oracle import pack as packs
from tests.oracle import planning, review, screening


def check_screening(case: dict, pack: dict) -> list[str]:
    """What the oracle gives otherwise than a screening case expects."""
    intake, on, expect = case["intake"], case["on"], case["expect"]
    found_problems = screening.problems(intake, pack, on)
    if "errors" in expect or found_problems:
        return differences([("errors", sorted(expect.get("errors", [])), sorted(found_problems))])
    result = screening.screen(intake, pack, on)
    particular = [finding for finding in result["findings"] if not finding["standing"]]
    found = [finding["rule"] for finding in particular]
    out_everywhere = [name for name, rules in result["exclusions"].items() if rules["everywhere"]]
    pairs = []
    missing = []
    for key, wanted in expect.items():
        if key in ["outcome", "urgency", "pressure-max", "pressure-max-at", "minutes-max", "positions"]:
            pairs.append((key, wanted, result[key]))
        elif key == "avoid":
            pairs.append((key, sorted(wanted), sorted(result["avoid"])))
        elif key == "only":
            pairs.append((key, sorted(wanted), sorted(found)))
        elif key == "found":
            missing += [f"found: {rule}" for rule in wanted if rule not in found]
        elif key == "not-found":
            missing += [f"not-found: {rule}" for rule in wanted if rule in found]
        elif key == "uncertain":
            uncertain = [finding["rule"] for finding in particular if not finding["certain"]]
            missing += [f"uncertain: {rule}" for rule in wanted if rule not in uncertain]
        elif key == "cleared":
            cleared = [finding["rule"] for finding in particular if finding["cleared"]]
            pairs.append((key, sorted(wanted), sorted(cleared)))
        elif key == "excluded":
            missing += [f"excluded: {name}" for name in wanted if name not in out_everywhere]
        elif key == "free":
            missing += [f"free: {name}" for name in wanted if name in out_everywhere]
        elif key == "excluded-at":
            for place, names in wanted.items():
                out_there = [name for name, rules in result["exclusions"].items() if place in rules["at"]]
                missing += [f"excluded-at {place}: {name}" for name in names if name not in out_there]
        elif key == "unused":
            pairs.append((key, wanted, result["unused"]))
        else:
            missing.append(f"{key}: this key of the case is not known")
    return missing + differences(pairs)


def check_planning(case: dict, pack: dict) -> list[str]:
    """What the oracle gives otherwise than a planning case expects."""
    intake, on, expect = case["intake"], case["on"], case["expect"]
    bare = [path.removeprefix("booking.") for path in planning.problems(intake, pack, on)]
    if "problems" in expect or bare:
        return differences([("problems", expect.get("problems", []), bare)])
    in_screening = screening.problems(intake, pack, on)
    if in_screening:
        return [f"problems of screening: {in_screening}"]
    plan = planning.plan(intake, pack, on, frozenset(case.get("holidays", [])))
    techniques = plan.get("techniques", [])
    sessions = plan.get("sessions", [])
    phases = plan.get("phases", [])
    warning_ids = [warning["id"] for warning in plan.get("warnings", [])]
    texts = [warning["text"] for warning in plan.get("warnings", [])]
    given = {
        "outcome": plan["outcome"],
        "urgency": plan.get("urgency"),
        "protocol": plan.get("protocol", {}).get("id"),
        "techniques": [f"{each['id']} {each['minutes']} at {each['pressure']}" for each in techniques],
        "technique-ids": [each["id"] for each in techniques],
        "scores": [each["score"] for each in techniques],
        "because": [each["because"] for each in techniques],
        "phases": [
            f"{each['name']} {each['sessions']} every {'-'.join(map(str, each['gap-days']))} of {each['minutes']}" for each in phases
        ],
        "phase-ends": [[each["first"], each["last"]] for each in phases],
        "dates": [each["date"] for each in sessions],
        "reviews": [each["number"] for each in sessions if each["review"]],
        "visits": len(sessions),
        "outline": [each["minutes"] for each in plan.get("outline", [])],
        "warning-ids": warning_ids,
    }
    if sessions:
        given["first-minutes"] = sessions[0]["minutes"]
    if "visits" in case:
        given |= reviewed(case, pack)
    pairs = []
    missing = []
    for key, wanted in expect.items():
        if key in given:
            pairs.append((key, wanted, given[key]))
        elif key == "warnings-include":
            missing += [f"warnings-include: {text}" for text in wanted if text not in texts]
        elif key == "warning-ids-include":
            missing += [f"warning-ids-include: {name}" for name in wanted if name not in warning_ids]
        elif key == "warning-ids-without":
            missing += [f"warning-ids-without: {name}" for name in wanted if name in warning_ids]
        else:
            missing.append(f"{key}: this key of the case is not known")
    return missing + differences(pairs)


def reviewed(case: dict, pack: dict) -> dict:
    """What the oracle's review of a case with visits gives, by the keys of the case."""
    holidays = frozenset(case.get("holidays", []))
    course = review.course_of(case["intake"], pack, case["on"], holidays)
    result = review.review(course, pack, case["visits"], case["today"], case.get("missed", review.KEEP), holidays)
    rest = result["rest"]
    return {
        "review-class": result["class"],
        "review-pain-class": result["pain-class"],
        "review-function-class": result["function-class"],
        "review-ease": result["ease"],
        "review-due": result["due"],
        "review-action": result["action"],
        "review-replaced": result["replaced"],
        "review-numbers": [each["number"] for each in rest],
        "review-dates": [each["date"] for each in rest],
        "review-phases": [each["phase"] for each in rest],
        "review-minutes": [each["minutes"] for each in rest],
        "review-reviews": [each["number"] for each in rest if each["review"]],
        "review-counts": [f"{each['name']} {each['sessions']}" for each in result["phases"]],
        "review-techniques": [f"{each['id']} {each['minutes']} at {each['pressure']}" for each in result["techniques"]],
    }


def differences(pairs: list[tuple]) -> list[str]:
    """One line for each pair whose two values are not the same."""
    return [f"{key}: expected {wanted!r}, got {given!r}" for key, wanted, given in pairs if wanted != given]


def main(cases: pathlib.Path, knowledge: pathlib.Path) -> int:
    """Prints the failures and a count; 1 if anything failed, else 0."""
    pack = packs.load(knowledge)
    passed = failed = 0
    for folder, check in [("screening", check_screening), ("planning", check_planning)]:
        for file in sorted((cases / folder).glob("*.toml")):
            case = tomllib.loads(file.read_text(encoding="utf-8"))
            failures = check(case, pack)
            for line in failures:
                print(f"{folder}/{file.name}: {line}")
            if failures:
                failed += 1
            else:
                passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
