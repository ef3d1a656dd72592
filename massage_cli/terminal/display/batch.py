"""What is said of a batch: how far it is, whom to tell first, and the counts at the end."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from massage_cli.batch.interrupts import interrupts_held_back
from massage_cli.batch.row_result import Triage
from massage_cli.batch.tally import Tally
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.vocabulary import OutcomeKind, Urgency
from massage_cli.planning.texts import spaced
from massage_cli.terminal.display.paper import Paper
from massage_cli.terminal.streams import can_show_symbols, encoding_of, let_go, wants_color, width_of


@contextmanager
def progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error while the batch runs, at a terminal only; it is told how many rows are done, of how many."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda done, of: None  # noqa: ARG005  # nobody looks
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Planning"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(file=sys.stderr), transient=True)
    task = bar.add_task("", total=None)
    try:
        with interrupts_held_back():
            bar.start()
        yield lambda done, of: bar.update(task, completed=done, total=of)
    finally:
        bar.stop()


def tell_summary(tally: Tally, knowledge: Knowledge, *, urgent: bool, files: Mapping[str, str]) -> None:
    """Write on standard error whom to tell first, where that is wanted, the counts, and where everything was written.

    It is silent when nobody can hear it: everything that must last is in files.
    """
    if sys.stderr is None:
        return
    paper = Paper(width=width_of(sys.stderr), color=wants_color(sys.stderr), symbols=can_show_symbols(sys.stderr))
    if urgent:
        draw_urgent(paper, tally, knowledge)
    draw_counts(paper, tally)
    paper.rows([(label, place) for label, place in files.items()])
    encoding = encoding_of(sys.stderr)
    try:
        sys.stderr.write(f"{paper.text()}\n".encode(encoding, errors="replace").decode(encoding))
        sys.stderr.flush()
    except (OSError, ValueError):
        let_go(sys.stderr)


def draw_urgent(paper: Paper, tally: Tally, knowledge: Knowledge) -> None:
    """The clients who are referred, the most urgent first, with why."""
    paper.heading("Referred: tell these clients first", style="bold red")
    if not tally.referrals:
        paper.line("Nobody is referred.", indent=2)
    for referral in tally.referrals:
        why = "; ".join(knowledge.rule[reason].title if reason in knowledge.rule else spaced(reason) for reason in referral.reasons)
        paper.line((f"{spaced(referral.urgency).upper()}  {referral.client}", "bold"), f"  row {referral.row}: {why}", indent=2)
    more = tally.outcomes.get(OutcomeKind.REFER, 0) - len(tally.referrals)
    if more > 0:
        paper.line(f"and {more} more, less urgent or later in the list", indent=2)


def draw_counts(paper: Paper, tally: Tally) -> None:
    """The counts; planned, withheld and invalid add up to the rows."""
    paper.heading("Batch")
    paper.columns(
        [
            ("Rows", str(tally.rows), ""),
            ("Planned", str(tally.of(Triage.PLANNED)), _split(tally.outcomes, (OutcomeKind.CLEAR, OutcomeKind.RESTRICTED))),
            ("Withheld", str(tally.of(Triage.WITHHELD)), _split(tally.outcomes, [kind for kind in OutcomeKind if kind.withholds])),
            ("Invalid", str(tally.of(Triage.INVALID)), _most_frequent(tally.problems)),
            *([("Not written", str(tally.unwritten), "")] if tally.unwritten else []),
        ],
        right=frozenset({1}),
    )
    if tally.urgency:
        paper.line(f"Referred: {_split(tally.urgency, list(Urgency))}", indent=2)


def _split(counts: Mapping[str, int], kinds: "tuple[str, ...] | list[OutcomeKind] | list[Urgency]") -> str:
    return ", ".join(f"{spaced(kind)} {counts[kind]}" for kind in kinds if counts.get(kind))


def _most_frequent(problems: Mapping[str, int], most: int = 4) -> str:
    """The key paths with most problems."""
    frequent = sorted(problems.items(), key=lambda entry: (-entry[1], entry[0]))
    shown = ", ".join(f"{path} {count}" for path, count in frequent[:most])
    return shown if len(frequent) <= most else f"{shown}, ..."
