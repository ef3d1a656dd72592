"""The pages of a calendar and the taper picture."""

from datetime import date

from massage_cli.documents.month_pages import month_pages
from massage_cli.documents.taper_picture import taper_picture, taper_words
from massage_cli.documents.visits import schedule
from tests.worked import plan_of

DAYS = (date(2026, 12, 28), date(2026, 12, 30), date(2027, 1, 18))


def test_each_day_of_a_month_stands_once_under_its_weekday() -> None:
    for sunday_first in (False, True):
        for page in month_pages(tuple(schedule(plan_of("low-back"))), sunday_first=sunday_first):
            month, year = page.name.split()
            numbers = [cell.day for week in page.weeks for cell in week if cell.day]
            assert numbers == list(range(1, len(numbers) + 1))
            for week in page.weeks:
                assert len(week) == 7
                for name, cell in zip(page.days, week, strict=True):
                    when = f"{cell.day} {month} {year}"
                    assert not cell.day or name == _date(when).strftime("%A")


def _date(words: str) -> date:
    day, month, year = words.split()
    months = "January February March April May June July August September October November December".split()  # noqa: SIM905  # twelve words
    return date(int(year), months.index(month) + 1, int(day))


def test_every_visit_stands_on_its_day_once() -> None:
    plan = plan_of("pregnancy-cleared")
    pages = month_pages(tuple(schedule(plan)), sunday_first=False)
    shown = [(page.name, cell.day, cell.visit, cell.review) for page in pages for week in page.weeks for cell in week if cell.visit]
    assert [visit for *_, visit, _ in shown] == [session.number for session in plan.sessions]
    assert [day for _, day, *_ in shown] == [session.date.day for session in plan.sessions]
    assert [review for *_, review in shown] == [session.review for session in plan.sessions]


def test_the_taper_picture_has_a_block_for_each_visit_and_says_the_same_in_words() -> None:
    assert taper_words(DAYS) == "Visits in each week, from the first: 2, 0, 0, 1."
    picture = taper_picture(DAYS)
    assert picture.count("<rect") == 3
    assert f'<desc id="taper-words">{taper_words(DAYS)}</desc>' in picture
    assert ">Dec<" in picture
    assert ">Jan<" in picture


def test_a_long_course_stays_as_wide_as_a_page() -> None:
    days = [date.fromordinal(DAYS[0].toordinal() + 7 * week) for week in range(104)]
    width = taper_picture(days).partition('width="')[2].partition('"')[0]
    assert int(width) <= 700
