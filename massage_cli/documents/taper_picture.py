"""The taper picture: one column a week, one block for each visit in it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from massage_cli.documents.plain_words import MONTHS
from massage_cli.planning.texts import counted

_HEIGHT, _BLOCK, _FOOT, _LEFT = 12, 10, 16, 4
_WIDEST, _WIDTH = 24, 640
_INK = "#1f2a30"


def taper_words(visits: Sequence[date]) -> str:
    """What the picture shows, in a sentence: how many visits each week has."""
    counts = _weeks(visits)
    return "Visits in each week, from the first: " + ", ".join(str(count) for _, count in counts) + "."


def taper_picture(visits: Sequence[date]) -> str:
    """The picture of one or more visits as SVG."""
    weeks = _weeks(visits)
    most = max(count for _, count in weeks)
    step = min(_WIDEST, _WIDTH / len(weeks))
    base = most * _HEIGHT + 4
    width, height = round(step * len(weeks)) + 2 * _LEFT + 30, base + _FOOT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"',
        ' aria-labelledby="taper-title taper-words">',
        f'<title id="taper-title">{counted(len(visits), "visit")}, week by week</title>',
        f'<desc id="taper-words">{escape(taper_words(visits))}</desc>',
        f'<path d="M{_LEFT} {base}H{_LEFT + step * len(weeks):g}" stroke="{_INK}" stroke-width="1"/>',
    ]
    month = None
    for number, (monday, count) in enumerate(weeks):
        x = _LEFT + number * step
        parts += [
            f'<rect x="{x + step * 0.12:g}" y="{base - 2 - _BLOCK - row * _HEIGHT:g}" width="{step * 0.76:g}" height="{_BLOCK}"'
            ' rx="2" fill="#0f5c50"/>'
            for row in range(count)
        ]
        if monday.month != month:
            month = monday.month
            parts.append(
                f'<path d="M{x:g} {base}v4" stroke="{_INK}" stroke-width="1"/><text x="{x + 1:g}" y="{base + 13}" font-size="10"'
                f' font-family="system-ui, Helvetica, Arial, sans-serif" fill="{_INK}">{MONTHS[month - 1][:3]}</text>'
            )
    return "".join((*parts, "</svg>"))


def _weeks(visits: Sequence[date]) -> list[tuple[date, int]]:
    """Every week from the first visit to the last, by its Monday, with its visits."""
    counts = Counter(visit - timedelta(days=visit.weekday()) for visit in visits)
    first, last = min(counts), max(counts)
    return [(first + timedelta(weeks=week), counts[first + timedelta(weeks=week)]) for week in range((last - first).days // 7 + 1)]
