"""`massage verify`: a plan made again, and held against the file."""

from pathlib import Path

from massage_cli.files.checking.verifying import Checked, Verdict, checked, verified
from massage_cli.files.inert import json_text
from massage_cli.files.plans.versions import version_of
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.problems import Unreadable
from massage_cli.terminal.commands.input import content_of, refuse
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.commands.plans import plan_path
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import write_data


def verify_plan(name: str, *, as_json: bool, own: str | None = None) -> ExitCode:
    """Say of every version whether it is what the program makes; the code is 5 unless all of them are."""
    knowledge = knowledge_in_use(own)
    try:
        results = _one(knowledge) if name == "-" else tuple(verified(plan_path(name, knowledge), knowledge))
    except Unreadable as broken:
        return refuse(broken, as_json=as_json)
    if as_json:
        write_data(json_text({"same": _all_same(results), "versions": results}))
    else:
        from massage_cli.terminal.display.checking import show_verified

        show_verified(results, edition=knowledge.edition.edition)
    return ExitCode.DONE if _all_same(results) else ExitCode.FOUND


def _one(knowledge: Knowledge) -> tuple[Checked, ...]:
    """What standard input holds, without the versions beside it."""
    content, called = content_of("-")
    return (checked(version_of(Path(called), content), content, None, knowledge),)


def _all_same(results: tuple[Checked, ...]) -> bool:
    return all(result.verdict is Verdict.SAME for result in results)
