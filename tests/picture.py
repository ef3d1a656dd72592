"""The pictures in README, drawn from what the program shows on a terminal; `python -m tests.picture` draws them anew."""

import re
import tempfile
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from massage_cli.files.built_in import built_in_knowledge
from massage_cli.files.plans.plan_file import read_plan
from massage_cli.terminal.display.page import draw
from massage_cli.terminal.display.paper import Paper
from tests.terminal.interview.test_at_a_terminal import at

PICTURE = Path(__file__).parents[1] / ".docs" / "plan.svg"
INTERVIEW = PICTURE.with_name("interview.svg")
ASKED = "health.today"
"""The list that the picture of the interview shows."""
_PLAN = Path(__file__).parents[1] / "plans" / "blood-thinner.toml"
_LINES = 46
"""The part of the page that is read first; advice, reasons and sources follow below it."""
_THEME = TerminalTheme(
    (24, 26, 31),
    (222, 224, 228),
    [(0, 0, 0), (224, 82, 82), (120, 190, 110), (235, 190, 80), (90, 140, 220), (190, 110, 200), (90, 180, 190), (230, 230, 230)],
)
_FONTS = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
_FORMAT = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>TITLE</title>
<style>
.{unique_id}-matrix {{ font-family: FONTS; font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>
{lines}
</defs>
<rect fill="#181a1f" width="{width}" height="{height}" rx="8" />
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
""".replace("FONTS", _FONTS)


def page_lines() -> list[str]:
    """The lines of the page that are in the picture, without color."""
    return _page(color=False).splitlines()[:_LINES]


def draw_picture() -> str:
    """The page as SVG; it names no font or file outside itself."""
    lines = (Text.from_ansi(line) for line in _page(color=True).splitlines()[:_LINES])
    return _drawn(lines, "plan", "A plan with limits, as massage shows it on a terminal")


def draw_interview() -> str:
    """A list of the interview as SVG, as it stands on a real terminal."""
    lines = [Text("$ massage plan")]
    for text, cursor in _screen():
        line = Text(text)
        if cursor:
            line.stylize("bold cyan")
        lines.append(line)
    return _drawn(lines, "interview", "The interview asks about today, with a list to tick")


def _screen() -> list[tuple[str, bool]]:
    """The lines of the screen at the question, each with whether the cursor stands in it."""
    with tempfile.TemporaryDirectory() as folder, at(Path(folder) / "home", ASKED) as session:
        lines = session.prompt().settled().screen().rstrip().splitlines()
    return [(line, line.startswith(" \u00bb")) for line in lines]


def _drawn(lines: Iterable[Text], name: str, title: str) -> str:
    console = Console(record=True, width=80, file=StringIO(), force_terminal=True, color_system="truecolor", _environ={})
    for line in lines:
        console.print(line, soft_wrap=True)
    svg = console.export_svg(theme=_THEME, code_format=_FORMAT.replace("TITLE", title), unique_id=name)
    return re.sub(r"[ \t]+\n", "\n", svg)


def _page(*, color: bool) -> str:
    paper = Paper(width=80, color=color, symbols=True)
    draw(read_plan(_PLAN.read_bytes(), _PLAN.name), built_in_knowledge(), paper)
    return paper.text()


if __name__ == "__main__":
    PICTURE.write_text(draw_picture(), encoding="utf-8")
    INTERVIEW.write_text(draw_interview(), encoding="utf-8")
