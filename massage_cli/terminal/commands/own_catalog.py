"""`massage catalog check`: whether a clinic's own knowledge is sound, what it does to the built-in one, and whether its cases hold."""

from pathlib import Path
from typing import Any

import msgspec

from massage_cli.files.built_in import built_in_knowledge
from massage_cli.files.cases.worked_cases import Case, Difference, cases_below, check_case_file
from massage_cli.files.inert import json_text
from massage_cli.files.own.own_knowledge import CASES_FOLDER, knowledge_of
from massage_cli.knowledge.overlay.summary import Summary, summary_of
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.terminal.commands.input import refuse
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import say, write_data


def check_folder(name: str, *, as_json: bool) -> ExitCode:
    """Check the folder and tell everything that is wrong. Raises OwnKnowledgeRefused where it is not sound."""
    folder, built_in = Path(name), built_in_knowledge()
    knowledge, _ = knowledge_of(folder)
    cases, problems = _run_cases(folder / CASES_FOLDER, knowledge)
    summary = summary_of(knowledge, built_in)
    untried = _untried(summary, cases)
    if problems:
        return refuse(Unreadable(problems), as_json=as_json)
    if as_json:
        write_data(json_text({**msgspec.to_builtins(summary), "cases": len(cases), "rules-without-cases": untried}))
    else:
        write_data("\n".join(_lines(summary, len(cases), untried)) + "\n")
    if not cases:
        say(f"There are no cases in {folder / CASES_FOLDER}; a case says what must come of a client, and keeps it so.")
    return ExitCode.DONE


def _run_cases(folder: Path, knowledge: Knowledge) -> tuple[list[Case], list[Problem]]:
    cases: list[Case] = []
    problems: list[Problem] = []
    for path in cases_below(folder):
        try:
            case, different = check_case_file(path, knowledge)
        except Unreadable as broken:
            problems += broken.problems
        else:
            cases.append(case)
            problems += [_problem(path, each) for each in different]
    return cases, problems


def _problem(path: Path, different: Difference) -> Problem:
    expected, came = (msgspec.json.encode(each).decode() for each in (different.expected, different.came))
    return Problem(file=str(path), path=f"expect.{different.key}", message=f"{expected} is expected, and {came} comes of it")


def _untried(summary: Summary, cases: list[Case]) -> list[str]:
    """The own rules without a client for whom they hold, or without one for whom they just do not."""
    expected: list[Any] = [case["expect"] for case in cases]
    hit = {rule for each in expected for key in ("only", "found") for rule in each.get(key, ())}
    missed = {rule for each in expected for rule in each.get("not-found", ())}
    return [rule for rule in summary.added.get("rule", ()) if rule not in hit & missed]


def _lines(summary: Summary, cases: int, untried: list[str]) -> list[str]:
    lines = [f"{summary.name} is sound: it loosens nothing."]
    lines += [f"  adds {kind}: {', '.join(ids)}" for kind, ids in summary.added.items()]
    lines += [f"  changes {place}: {', '.join(keys)}" for place, keys in summary.changed.items()]
    lines.append(f"{cases} {'case holds' if cases == 1 else 'cases hold'}.")
    lines += [f"Rule {rule} wants a case that finds it, and a near miss that does not." for rule in untried]
    return lines
