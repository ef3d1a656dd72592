"""Why a plan says what it says: by topics, the whole in short or one thing with everything behind it."""

import re
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
_INDEX = re.compile(r"\[\d+\]")
_INDEX_LAST = re.compile(r"\[\d+\]\Z")
_WITH_SOURCES = (Topic.FINDINGS, Topic.PROTOCOL)
"""What is told with answers and sources also where the whole plan is explained."""


def show_explained(explained: Explained, lines: Sequence[Explanation], asked: str | None) -> None:
    """Write the whole explanation, or that of the one thing asked about, to standard output."""
    paper = paper_for_stdout()
    draw_explained(explained, lines, asked, paper)
    publish(paper)


def draw_explained(explained: Explained, lines: Sequence[Explanation], asked: str | None, paper: Paper) -> None:
    """Draw the verdict, then the reasons by topic, then the sources with how much of each was read."""
    _draw_head(explained, paper)
    shown = [one for one in lines if one.topic not in explained.hidden and (asked is not None or one.main)]
    page = _Page(paper, asked, whole=any(one.main and one.id == asked for one in shown))
    for topic in dict.fromkeys(one.topic for one in shown):
        page.draw_topic(topic, [one for one in shown if one.topic is topic])
    if any(one.topic in explained.hidden for one in lines):
        paper.blank()
        paper.line("The plan is withheld or stopped: nothing of how to treat is shown here.")
    _draw_sources(explained, [one for one in shown if asked is not None or one.topic in _WITH_SOURCES], paper)
    paper.blank()
    if asked is None:
        paper.line("All behind one thing, its sources too: massage explain PLAN ID, with a name in brackets, a visit, a day or a key.")
    paper.line(("No clinician has reviewed this knowledge. A licensed professional decides.", "bold"))


def _draw_head(explained: Explained, paper: Paper) -> None:
    document = explained.document
    draw_verdict_line(document, paper)
    dot = f" {paper.signs.between} "
    paper.line(dot.join((document.intake.client, f"planned on {document.planned_on}", f"knowledge {document.edition}")))
    if not explained.same_knowledge:
        now = explained.again.knowledge.edition.edition
        paper.line((f"The plan was made with other knowledge; it is explained by the one at hand, edition {now}.", "bold"))


class _Page:
    """The reasons of a page; `whole` where an entry was asked for by its name, of whose parts nothing is said twice."""

    def __init__(self, paper: Paper, asked: str | None, *, whole: bool) -> None:
        self._paper, self._asked, self._whole = paper, asked, whole
        self._said: set[str] = set()
        self._begun: set[Topic] = set()

    def draw_topic(self, topic: Topic, lines: Sequence[Explanation]) -> None:
        """Draw the lines of one topic under its title."""
        for group in _alike(lines, together=self._asked is None):
            self._draw(topic, group)

    def _draw(self, topic: Topic, group: tuple[Explanation, ...]) -> None:
        """Draw what is explained, one below the other, and then why; a part that says nothing new is left out."""
        first, paper, full = group[0], self._paper, self._asked is not None or topic in _WITH_SOURCES
        asked_for = self._asked is None or first.path.endswith(self._asked) or (first.main and first.id == self._asked)
        all_of_it = asked_for or first.main or not self._whole
        because = [sentence for sentence in dict.fromkeys(first.because) if all_of_it or sentence not in self._said]
        behind = list(_behind(first) if full else ())
        if not asked_for and not first.bears_on and all(text in self._said for _, text in behind):
            behind = []
        if not because:
            return
        if topic not in self._begun:
            paper.heading(_TITLES[topic])
            self._begun.add(topic)
        if first.main:
            for one in group:
                named = f" [{one.id}]" if one.id is not None and not one.id.isdigit() else ""
                paper.line((_capital(one.what), "bold"), named, indent=2)
        else:
            rest = "".join(f", {one.what.partition(': ')[2]}" for one in group[1:])
            path = first.path if len(group) == 1 else _INDEX_LAST.sub("", first.path)
            paper.line((_capital(first.what) + rest, "bold"), (f"  {path}", "dim"), indent=2)
        paper.line(" ".join(because), indent=4)
        if first.lifted_by is not None and asked_for:
            paper.line(("What lifts it: ", "bold"), first.lifted_by, indent=4)
        for label, text in behind:
            paper.line((f"{label}: {text}", "dim"), indent=4)
        self._said |= {*because, *(text for _, text in behind)}


def _alike(lines: Sequence[Explanation], *, together: bool) -> Iterable[tuple[Explanation, ...]]:
    """Lines that follow each other with the same reason together: whole entries where that is wanted, else those of one list."""

    def key(one: Explanation) -> object:
        entry = one.path if one.main and not together else "" if one.main else _INDEX_LAST.sub("", one.path)
        return one.main, entry, one.because, one.lifted_by

    return [tuple(group) for _, group in groupby(lines, key=key)]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _behind(one: Explanation) -> Iterable[tuple[str, str]]:
    """What a line rests on, as labels with their text."""
    given = [answer for answer in one.answers if answer.said != "not given"]
    if given:
        yield "Answers", "; ".join(f"{answer.asked}: {answer.said} ({answer.path})" for answer in given)
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
        yield "Rests on it", ", ".join(dict.fromkeys(_INDEX.sub("", path) for path in one.bears_on))


def _draw_sources(explained: Explained, shown: Iterable[Explanation], paper: Paper) -> None:
    sources = sources_of(shown, explained.again.knowledge)
    if not sources:
        return
    paper.heading("Sources", "and what was read of each")
    for source in sources:
        tier = "" if source.tier is None else f" (tier {source.tier})"
        paper.line((source.key, "bold"), f"{tier}  {source.citation}", indent=2)
        paper.line((f"read: {source.read}", "dim"), indent=4)
