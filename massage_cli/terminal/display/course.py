"""The course: as a picture of weeks that thins out as it tapers, and as dated rows."""

from collections.abc import Iterable
from datetime import date, timedelta

from massage_cli.files.plans.plan_document import PlanDocument, SessionEntry
from massage_cli.planning.texts import counted
from massage_cli.terminal.display import words
from massage_cli.terminal.display.paper import Paper

_WEEK = timedelta(days=7)
_CELL = 2
"""Columns that a week takes."""
_INDENT = 2


def draw_course(document: PlanDocument, paper: Paper) -> None:
    """Draw the timeline, the phases and every visit."""
    paper.heading("Course", counted(len(document.sessions), "visit"))
    _draw_timeline(document, paper)
    paper.blank()
    for phase in document.phases:
        visits = counted(phase.sessions, "visit")
        paper.line(f"{phase.name}: {visits} {words.every(phase.gap_days)}, {phase.minutes} minutes", indent=_INDENT)
    if document.maintenance is not None and document.maintenance.offered:
        paper.line(f"afterwards, if wished: a visit every {document.maintenance.every_days} days", indent=_INDENT)
    paper.blank()
    draw_sessions(document.sessions, paper)
    if document.holidays:
        paper.line(f"Public holidays kept free: {', '.join(words.day(holiday) for holiday in document.holidays)}", indent=_INDENT)


def draw_sessions(sessions: Iterable[SessionEntry], paper: Paper) -> None:
    """Draw visits as dated rows under each other."""
    paper.columns([_row(session, paper) for session in sessions], right=frozenset({0, 3}))


def _row(session: SessionEntry, paper: Paper) -> list[str]:
    minutes = f"{session.minutes} min" if paper.roomy else str(session.minutes)
    review = "" if not session.review else f"{paper.signs.review} review" if paper.roomy else paper.signs.review
    return [str(session.number), words.day(session.date), session.phase, minutes, review]


def _draw_timeline(document: PlanDocument, paper: Paper) -> None:
    """A column for each week, a sign for each visit of it, stacked; the months below."""
    weeks = _weeks(document)
    per_line = max(1, (paper.width - _INDENT) // _CELL)
    signs = paper.signs
    for start in range(0, len(weeks), per_line):
        if start:
            paper.blank()
        shown = weeks[start : start + per_line]
        for height in range(max(len(visits) for _, visits in shown) - 1, -1, -1):
            cells = [_sign(visits, height, paper) for _, visits in shown]
            paper.line("".join(cell.ljust(_CELL) for cell in cells).rstrip(), indent=_INDENT)
        paper.line((_months([monday for monday, _ in shown], paper.width - _INDENT), "dim"), indent=_INDENT)
    paper.line((f"a column is a week; {signs.visit} visit  {signs.review} visit with review  {signs.empty} none", "dim"), indent=_INDENT)


def _sign(visits: list[SessionEntry], height: int, paper: Paper) -> str:
    if not visits:
        return paper.signs.empty if height == 0 else ""
    if height >= len(visits):
        return ""
    return paper.signs.review if visits[height].review else paper.signs.visit


def _weeks(document: PlanDocument) -> list[tuple[date, list[SessionEntry]]]:
    """Every week from the first visit to the last, by its Monday, with its visits."""
    sessions = document.sessions
    monday = sessions[0].date - timedelta(days=sessions[0].date.weekday())
    weeks = []
    while monday <= sessions[-1].date:
        weeks.append((monday, [session for session in sessions if monday <= session.date < monday + _WEEK]))
        monday += _WEEK
    return weeks


def _months(mondays: list[date], width: int) -> str:
    """The names of months, each under the first week that begins in it, as far as there is room."""
    line = ""
    month = 0
    for column, monday in enumerate(mondays):
        name = words.MONTHS[monday.month - 1]
        if monday.month != month and len(line) <= column * _CELL <= width - len(name):
            line = line.ljust(column * _CELL) + name + " "
            month = monday.month
    return line.rstrip()
