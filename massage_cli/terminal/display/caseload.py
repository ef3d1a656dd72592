"""What is due over all clients, and the hours of the weeks."""

from collections.abc import Sequence
from datetime import date, timedelta

from massage_cli.files.courses.caseload import Day, Due, Need
from massage_cli.planning.texts import counted
from massage_cli.terminal.display import words
from massage_cli.terminal.display.paper import Paper, paper_for_stdout, publish

_TITLES = {
    Need.NO_GAIN: "Past the stopping rule",
    Need.REVIEW_DUE: "Review due",
    Need.MISSED_TWO: "Missed two visits",
    Need.CLEARANCE_ENDS: "Clearance ends",
    Need.NOT_RECORDED: "Not recorded",
    Need.REVIEW_SOON: "Review soon",
    Need.PLAN_ENDS: "Plan ends",
    Need.PLAN_OVER: "Plan is over",
}
_MINUTES_AN_HOUR = 60


def show_due(due: Sequence[Due], *, on: date, within_days: int) -> None:
    """Write what is due to standard output, under a title for each kind."""
    paper = paper_for_stdout()
    paper.line(("Due", "bold"), f" from {words.day(on)}, {counted(within_days, 'day', 'days')} ahead")
    if not due:
        paper.line("Nothing is due.")
    for need in dict.fromkeys(one.need for one in due):
        paper.heading(_TITLES[need])
        for one in (one for one in due if one.need is need):
            when = "" if one.on is None else f"{words.day(one.on)}  "
            paper.line((one.client, "bold"), f"  {when}{one.text}", indent=2)
    publish(paper)


def show_weeks(days: Sequence[Day], *, monday: date, weeks: int, limit_hours: float | None) -> None:
    """Write the hours of each week to standard output, day by day; a day over the limit says so in words."""
    paper = paper_for_stdout()
    for week in range(weeks):
        first = monday + timedelta(days=7 * week)
        _draw_week([day for day in days if first <= day.date < first + timedelta(days=7)], first, limit_hours, paper)
    if limit_hours is None:
        paper.blank()
        paper.line("No limit is set; give --limit, or most-hours-a-day in the settings.")
    publish(paper)


def _draw_week(days: Sequence[Day], first: date, limit_hours: float | None, paper: Paper) -> None:
    minutes = sum(day.minutes for day in days)
    visits = counted(sum(day.visits for day in days), "visit")
    paper.heading(f"Week of {first}", f"{hours(minutes)}, {visits}")
    if not days:
        paper.line("No visits.", indent=2)
        return
    rows = []
    for day in days:
        mark = f"OVER {limit_hours:g} h" if day.is_over(limit_hours) else ""
        rows.append([words.day(day.date), hours(day.minutes), counted(day.visits, "visit"), mark])
    paper.columns(rows, right=frozenset({1}))


def hours(minutes: int) -> str:
    """Minutes as hours and minutes: 2 h 30."""
    whole, rest = divmod(minutes, _MINUTES_AN_HOUR)
    return f"{whole} h {rest:02}" if rest else f"{whole} h"
