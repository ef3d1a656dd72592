"""Why a plan says what it says: by topics, the whole in short or one thing with everything behind it."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from massage_cli.files.explained.report import Explained, sources_of
from massage_cli.planning.explaining.explanation import Explanation, Topic
from massage_cli.terminal.display.paper import Paper, paper_for_stdout, publish
from massage_cli.terminal.display.verdict import draw_verdict_line

_TITLES = {
    Topic.OUTCOME: "Outcome",
    Topic.SO_FAR: "So far",
    Topic.FINDINGS: "Findings",
    Topic.LIMITS: "Limits",
    Topic.PROTOCOL: "Protocol",
    Topic.TECHNIQUES: "Techniques",
    Topic.LEFT_OUT: "Left out",
    Topic.SESSION: "Session",
    Topic.COURSE: "Phases",
    Topic.VISITS: "Days of visits",
    Topic.AFTER: "Measures, advice and afterwards",
    Topic.WARNINGS: "Keep in mind",
    Topic.INTAKE: "Answers",
    Topic.FILE: "The file",
}
_IN_FULL = (Topic.OUTCOME, Topic.FINDINGS, Topic.PROTOCOL)
"""What is told with answers and sources also where the whole plan is explained."""


def show_explained(explained: Explained, lines: Sequence[Explanation], asked: str | None) -> None:
    """Write the whole explanation, or that of the one thing asked about, to standard output."""
    paper = paper_for_stdout()
    draw_explained(explained, lines, asked, paper)
    publish(paper)


def draw_explained(explained: Explained, lines: Sequence[Explanation], asked: str | None, paper: Paper) -> None:
    """Draw the verdict, then the reasons by topic, then the sources with how much of each was read."""
    document = explained.document
    draw_verdict_line(document, paper)
    dot = f" {paper.signs.between} "
    paper.line(dot.join((document.intake.client, f"planned on {document.planned_on}", f"knowledge {document.edition}")))
    if not explained.same_knowledge:
        now = explained.again.knowledge.edition.edition
        paper.line((f"The plan was made with other knowledge; it is explained by the one at hand, edition {now}.", "bold"))
    shown = [one for one in lines if one.topic not in explained.hidden and (asked is not None or one.main)]
    for topic in dict.fromkeys(one.topic for one in shown):
        paper.heading(_TITLES[topic])
        full = asked is not None or topic in _IN_FULL
        for group in _alike([one for one in shown if one.topic is topic], together=asked is None):
            _draw(group, paper, full=full)
    if any(one.topic in explained.hidden for one in lines):
        paper.blank()
        paper.line("The plan is withheld or stopped: nothing of how to treat is shown here.")
    _draw_sources(explained, [one for one in shown if asked is not None or one.topic in _IN_FULL], paper)
    paper.blank()
    if asked is None:
        paper.line("All behind one thing, its sources too: massage explain PLAN ID, with a name in brackets, a visit, a day or a key.")
    paper.line(("No clinician has reviewed this knowledge. A licensed professional decides.", "bold"))


def _alike(lines: Sequence[Explanation], *, together: bool) -> Iterable[tuple[Explanation, ...]]:
    """Lines that follow each other, those with the same reason together."""
    if not together:
        return [(one,) for one in lines]
    return [tuple(group) for _, group in groupby(lines, key=lambda one: (one.because, one.lifted_by))]


def _draw(group: tuple[Explanation, ...], paper: Paper, *, full: bool) -> None:
    """Draw what is explained, one below the other, and then why."""
    for one in group:
        named = f" [{one.id}]" if one.main and one.id is not None and not one.id.isdigit() else ""
        path = () if one.main else ((f"  {one.path}", "dim"),)
        paper.line((one.what[:1].upper() + one.what[1:], "bold"), named, *path, indent=2)
    first = group[0]
    paper.line(" ".join(dict.fromkeys(first.because)), indent=4)
    if first.lifted_by is not None and full:
        paper.line(("What lifts it: ", "bold"), first.lifted_by, indent=4)
    for label, text in _behind(first) if full else ():
        paper.line((f"{label}: {text}", "dim"), indent=4)


def _behind(one: Explanation) -> Iterable[tuple[str, str]]:
    """What a line rests on, as labels with their text."""
    if one.answers:
        yield "Answers", "; ".join(f"{answer.asked}: {answer.said} ({answer.path})" for answer in one.answers)
    if one.rules:
        yield "Rules", ", ".join(one.rules)
    if one.origin:
        yield "Where the number is from", ", ".join(one.origin)
    if one.sources:
        yield "Sources", ", ".join(one.sources)
    if one.checked is not None:
        read = "the core of it stood in a text that was read" if one.checked else "recalled or reasoned, not found in a text that was read"
        yield "How far checked", read
    if one.note is not None:
        yield "Note", one.note
    if one.bears_on:
        yield "Rests on it", ", ".join(one.bears_on)


def _draw_sources(explained: Explained, shown: Iterable[Explanation], paper: Paper) -> None:
    sources = sources_of(shown, explained.again.knowledge)
    if not sources:
        return
    paper.heading("Sources", "and what was read of each")
    for source in sources:
        tier = "" if source.tier is None else f" (tier {source.tier})"
        paper.line((source.key, "bold"), f"{tier}  {source.citation}", indent=2)
        paper.line((f"read: {source.read}", "dim"), indent=4)
