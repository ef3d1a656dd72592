"""What checks came to: plans made again, plans that another edition changes, and faults."""

from collections.abc import Mapping, Sequence

from massage_cli import __version__
from massage_cli.files.checking.upgrading import Effect, Upgrade
from massage_cli.files.checking.verifying import Cause, Checked, Verdict
from massage_cli.planning.texts import counted
from massage_cli.terminal.display.paper import Paper, paper_for_stdout, publish
from massage_cli.terminal.display.versions import draw_changes

_MOST_LINES = 20
"""How many differing lines of a file are written out; `--json` has them all."""

_VERDICTS = {Verdict.SAME: "SAME", Verdict.DIFFERS: "DIFFERS", Verdict.NOT_CHECKED: "NOT CHECKED"}
_CAUSES = {
    Cause.LAYOUT: "The text is laid out otherwise: it was written by another hand or program, and says the same.",
    Cause.EDITION: "The file names other knowledge: edition {edition} there, {edition_here} here.",
    Cause.PROGRAM: "The file names another version of the program: {program} there, {program_here} here.",
    Cause.HOLIDAYS: "The file keeps other public holidays free than the library of holidays gives now.",
    Cause.PARENT: "The version before is not the one that this was made from: it was changed since, or replaced.",
    Cause.BY_HAND: "The file was changed after it was written: by hand, or by damage.",
}
_EFFECTS = {
    Effect.NOW_WITHHELD: "Withheld now",
    Effect.STILL_WITHHELD: "Still withheld, otherwise than before",
    Effect.CHANGED: "Changed",
    Effect.NOW_PLANNED: "Withheld before, and could be planned now",
}


def show_verified(results: Sequence[Checked], *, edition: str) -> None:
    """Write to standard output what making each version again came to."""
    paper = paper_for_stdout()
    for place, result in enumerate(results):
        if place:
            paper.blank()
        paper.line((_VERDICTS[result.verdict], "bold"), f"  {result.path}")
        if result.verdict is Verdict.SAME:
            paper.line("Made again, it is the same to the byte.", indent=2)
        for problem in result.problems:
            paper.line(": ".join(part for part in (problem.path, problem.message) if part), indent=2)
        for cause in result.causes:
            here = {"edition_here": edition, "program_here": __version__}
            paper.line(_CAUSES[cause].format(edition=result.edition, program=result.program, **here), indent=2)
        if result.header_only:
            paper.line("Nothing else differs.", indent=2)
        elif _is_open(result.causes):
            paper.line("Whether it was changed by hand as well cannot be told from here.", indent=2)
        _draw_lines(result, paper)
    publish(paper)


def _is_open(causes: tuple[Cause, ...]) -> bool:
    """True when other knowledge or another program may explain any line."""
    return Cause.EDITION in causes or Cause.PROGRAM in causes


def _draw_lines(result: Checked, paper: Paper) -> None:
    for line in result.lines[:_MOST_LINES]:
        paper.line(f"line {line.number}", indent=2)
        for label, text in (("file ", line.found), ("again", line.made)):
            paper.line(f"{label}  {'(no such line)' if text is None else text.strip() or '(an empty line)'}", indent=4)
    more = len(result.lines) - _MOST_LINES
    if more > 0:
        paper.line(f"and {counted(more, 'line')} more; --json has them all", indent=2)


def show_changed_plans(changed: Sequence[Upgrade], counts: Mapping[Effect, int], *, edition: str) -> None:
    """Write to standard output which plans change, under a title for each kind, and how."""
    paper = paper_for_stdout()
    paper.line(("Upgrade", "bold"), f" to the knowledge of edition {edition}")
    for effect in dict.fromkeys(upgrade.effect for upgrade in changed):
        alike = [upgrade for upgrade in changed if upgrade.effect is effect]
        paper.heading(_EFFECTS[effect], counted(len(alike), "client"))
        for upgrade in alike:
            paper.line((upgrade.client, "bold"), f"  {upgrade.path}", indent=2)
            for reason in upgrade.because:
                paper.item(reason)
            draw_changes(upgrade.changes, paper)
    paper.blank()
    paper.line(f"{counted(counts[Effect.UNCHANGED], 'plan')} unchanged, {counts[Effect.ENDED]} ended.")
    publish(paper)
