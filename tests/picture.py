"""The picture in README, drawn from the page that the program shows; `python -m tests.picture` draws it anew."""

import re
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from massage_cli.files.built_in import built_in_knowledge
from massage_cli.files.plans.plan_file import read_plan
from massage_cli.terminal.display.page import draw
from massage_cli.terminal.display.paper import Paper

PICTURE = Path(__file__).parents[1] / ".docs" / "plan.svg"
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
<title>A plan with limits, as massage shows it on a terminal</title>
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
    """The picture as SVG; it names no font or file outside itself."""
    console = Console(record=True, width=80, file=StringIO(), force_terminal=True, color_system="truecolor", _environ={})
    for line in _page(color=True).splitlines()[:_LINES]:
        console.print(Text.from_ansi(line), soft_wrap=True)
    svg = console.export_svg(theme=_THEME, code_format=_FORMAT, unique_id="plan")
    return re.sub(r"[ \t]+\n", "\n", svg)


def _page(*, color: bool) -> str:
    paper = Paper(width=80, color=color, symbols=True)
    draw(read_plan(_PLAN.read_bytes(), _PLAN.name), built_in_knowledge(), paper)
    return paper.text()


if __name__ == "__main__":
    PICTURE.write_text(draw_picture(), encoding="utf-8")
