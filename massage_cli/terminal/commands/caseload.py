"""`massage due` and `massage week`: what a folder of plans asks for."""

import math
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from massage_cli.files.courses.caseload import Day, Due, Need, due_of, work_by_day
from massage_cli.files.inert import json_text
from massage_cli.files.own.own_folders import settings_path
from massage_cli.files.own.settings import Settings, read_settings
from massage_cli.files.plans.versions import Version, plans_in
from massage_cli.knowledge.problems import Problem, Unreadable
from massage_cli.terminal.commands.input import day_of_planning, refuse
from massage_cli.terminal.commands.knowledge import knowledge_in_use
from massage_cli.terminal.commands.plans import folder_of
from massage_cli.terminal.exit_codes import ExitCode
from massage_cli.terminal.streams import say, write_data


def list_due(folder: str | None, *, on: str | None, within_days: int, as_json: bool) -> ExitCode:
    """List what is due within so many days, the most pressing first; what cannot be read is told, and makes the code 2."""
    knowledge = knowledge_in_use()
    due: list[Due] = []
    try:
        today = day_of_planning(on)
        place = folder_of(folder, knowledge)
    except Unreadable as broken:
        return refuse(broken, as_json=as_json)
    unread = Unread()
    for version in unread.readable(place):
        try:
            due += due_of(version, knowledge, today=today, within_days=within_days)
        except Unreadable as broken:
            unread.tell(broken)
    order = tuple(Need)
    due.sort(key=lambda one: (order.index(one.need), one.on or date.max, one.client))
    if as_json:
        write_data(json_text({"on": today, "within-days": within_days, "due": due}))
    else:
        from massage_cli.terminal.display.caseload import show_due

        show_due(due, on=today, within_days=within_days)
    return unread.code


def show_week(folder: str | None, *, on: str | None, weeks: int, limit_hours: float | None, as_json: bool) -> ExitCode:
    """Show the hands-on hours of the coming weeks, with the days over the limit."""
    knowledge = knowledge_in_use()
    try:
        today = day_of_planning(on)
        place = folder_of(folder, knowledge)
        settings = read_settings(settings_path(), knowledge)
        limit = _limit(limit_hours, settings)
    except Unreadable as broken:
        return refuse(broken, as_json=as_json)
    unread = Unread()
    monday = today - timedelta(days=today.weekday())
    days = work_by_day((version.document for version in unread.readable(place)), first=monday, last=monday + timedelta(days=7 * weeks - 1))
    if as_json:
        write_data(json_text({"from": monday, "weeks": weeks, "limit-hours": limit, "days": [_table(day, limit) for day in days]}))
    else:
        from massage_cli.terminal.display.caseload import show_weeks

        show_weeks(days, monday=monday, weeks=weeks, limit_hours=limit)
    return unread.code


def _limit(hours: float | None, settings: Settings) -> float | None:
    """The hours given, else those of the settings. Raises Unreadable."""
    if hours is not None and math.isnan(hours):
        raise Unreadable([Problem(file="--limit", path="", message="is not a number of hours")])
    return settings.most_hours_a_day if hours is None else hours


def _table(day: Day, limit: float | None) -> dict[str, object]:
    return {"date": day.date, "visits": day.visits, "minutes": day.minutes, "over": day.is_over(limit)}


class Unread:
    """Files that could not be read are told of, and the rest is shown all the same."""

    def __init__(self) -> None:
        self.code = ExitCode.DONE

    def readable(self, folder: Path) -> Iterator[Version]:
        """The newest version of every plan of a folder that can be read; of the others the problems are told."""
        for version in plans_in(folder):
            if isinstance(version, Unreadable):
                self.tell(version)
            else:
                yield version

    def tell(self, broken: Unreadable) -> None:
        """Tell every problem on standard error, and end with code 2."""
        self.code = ExitCode.WRONG_INPUT
        for problem in broken.problems:
            say(str(problem))
