"""The body map: a front and a back view on which every place that is worked on or left alone is marked."""

from collections.abc import Iterable, Iterator
from html import escape

from massage_cli.documents.body_shapes import BACK, FRONT, HEIGHT, REGIONS, SITES, WIDTH, Shape
from massage_cli.knowledge.pack import Knowledge
from massage_cli.knowledge.value import Value
from massage_cli.planning.texts import spaced

_GAP, _MARGIN, _FOOT = 14, 3, 24
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_INK = "#1f2a30"
_FONT = 'font-family="system-ui, Helvetica, Arial, sans-serif"'


class Key(Value, frozen=True, kw_only=True):
    """A line beside the map: the sign on the map, and what it stands for."""

    sign: str
    name: str


class BodyMap(Value, frozen=True, kw_only=True):
    """The picture, the same in a sentence, and its two lists. Places that are not on the map are in the lists without a sign."""

    svg: str
    words: str
    worked: tuple[Key, ...]
    alone: tuple[Key, ...]


def body_map(worked: Iterable[str], alone: Iterable[str], knowledge: Knowledge) -> BodyMap:
    """The map of these places; one that is to be left alone is never shown as worked on."""
    body = knowledge.body
    closed = _expanded(alone, knowledge)
    open_ = tuple(place for place in _expanded(worked, knowledge) if place not in closed)
    worked_keys, worked_signs = _keys(open_, tuple(str(number) for number in range(1, len(body.order) + 1)), knowledge)
    alone_keys, alone_signs = _keys(closed, _LETTERS, knowledge)
    words = f"Worked on: {_named(worked_keys)}. Left alone: {_named(alone_keys)}."
    svg = _svg({place: ("worked", sign) for place, sign in worked_signs.items()} | {p: ("alone", s) for p, s in alone_signs.items()}, words)
    return BodyMap(svg=svg, words=words, worked=worked_keys, alone=alone_keys)


def _expanded(names: Iterable[str], knowledge: Knowledge) -> tuple[str, ...]:
    """The places of these names, in body order, then what is not known as it stands."""
    names = tuple(names)
    body = knowledge.body
    known = body.expand(name for name in names if name in body.places_of)
    return (*known, *dict.fromkeys(name for name in names if name not in body.places_of))


def _keys(places: tuple[str, ...], signs: Iterable[str], knowledge: Knowledge) -> tuple[tuple[Key, ...], dict[str, str]]:
    """A line for each region, site or side of a region, and the sign of each place; both sides of a region share theirs."""
    body = knowledge.body
    known = frozenset(place for place in places if place in body.order)
    keys: list[Key] = []
    sign_of: dict[str, str] = {}
    left = iter(signs)
    for group in [*(body.places_of[region.id] for region in body.regions), *((site.id,) for site in body.sites)]:
        present = [place for place in group if place in known]
        if present:
            sign = next(left, "")
            keys.append(Key(sign=sign, name=_name(present, whole=len(present) == len(group), knowledge=knowledge)))
            sign_of |= dict.fromkeys(present, sign)
    return (*keys, *(Key(sign="", name=spaced(place)) for place in places if place not in known)), sign_of


def _name(places: list[str], *, whole: bool, knowledge: Knowledge) -> str:
    """The name of a region or site in the knowledge, with its side where only that one is meant."""
    names = {region.id: region.name for region in knowledge.regions} | {site.id: site.name for site in knowledge.sites}
    region = knowledge.body.region_of.get(places[0], places[0])
    name = names[region]
    if not whole:
        return f"{name}, {places[0].partition('-')[0]}"
    return f"{name}, both sides" if len(places) > 1 else name


def _named(keys: tuple[Key, ...]) -> str:
    return "; ".join(key.name.lower() for key in keys) if keys else "nothing"


def _svg(marked: dict[str, tuple[str, str]], words: str) -> str:
    width, height = 2 * WIDTH + _GAP + 2 * _MARGIN, HEIGHT + _FOOT + _MARGIN
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"',
            ' aria-labelledby="body-title body-words">',
            '<title id="body-title">Body map, front and back</title>',
            f'<desc id="body-words">{escape(words)}</desc>',
            _PATTERNS,
            *_view(FRONT, _MARGIN, marked),
            *_view(BACK, _MARGIN + WIDTH + _GAP, marked),
            "</svg>",
        )
    )


_PATTERNS = (
    "<defs>"
    '<pattern id="worked" width="8" height="8" patternUnits="userSpaceOnUse"><path d="M0 0H8V8H0Z" fill="#dcf0ec"/>'
    '<path d="M0 8L8 0M-1 1L1 -1M7 9L9 7" stroke="#0f5c50" stroke-width="1.3"/></pattern>'
    '<pattern id="alone" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 0H6V6H0Z" fill="#ffffff"/>'
    '<path d="M0 0L6 6M0 6L6 0" stroke="#8a1c1c" stroke-width="1"/></pattern>'
    "</defs>"
)


def _view(view: str, x: int, marked: dict[str, tuple[str, str]]) -> Iterator[str]:
    yield f'<g transform="translate({x} {_MARGIN})">'
    marks: list[str] = []
    for place, shape, mirrored in _places(view):
        kind, sign = marked.get(place, ("", ""))
        fill = f"url(#{kind})" if kind else "#ffffff"
        turned = f' transform="matrix(-1 0 0 1 {WIDTH} 0)"' if mirrored else ""
        is_site = not kind and place in SITES[view]
        if not is_site:
            yield (
                f'<path class="{escape(place)}{" " * bool(kind)}{kind}" d="{shape.path}"{turned} fill="{fill}" stroke="{_INK}"'
                ' stroke-width="1.2" stroke-linejoin="round"/>'
            )
        if sign:
            across, down = (WIDTH - shape.mark[0] if mirrored else shape.mark[0]), shape.mark[1]
            marks.append(_mark(across, down, kind, sign))
    yield from marks
    left, right = ("right", "left") if view == FRONT else ("left", "right")
    for across, words, size in ((80, view.capitalize(), 14), (22, f"your {left}", 11), (138, f"your {right}", 11)):
        yield f'<text x="{across}" y="{HEIGHT + 16}" text-anchor="middle" font-size="{size}" {_FONT} fill="{_INK}">{words}</text>'
    yield "</g>"


def _places(view: str) -> Iterator[tuple[str, Shape, bool]]:
    """Every place of a view with its outline; the other half of paired regions is the same, mirrored."""
    left, right = ("right", "left") if view == FRONT else ("left", "right")
    for region, shape in REGIONS[view].items():
        if shape.mark[0] == WIDTH / 2:
            yield region, shape, False
        else:
            yield f"{left}-{region}", shape, False
            yield f"{right}-{region}", shape, True
    for site, dots in SITES[view].items():
        for dot in dots:
            yield site, dot, False


def _mark(x: float, y: float, kind: str, sign: str) -> str:
    """A sign in a circle, or in a square where the place is left alone."""
    frame = (
        f'<rect x="{x - 7:g}" y="{y - 7:g}" width="14" height="14" fill="#ffffff" stroke="#8a1c1c"/>'
        if kind == "alone"
        else f'<circle cx="{x:g}" cy="{y:g}" r="7.5" fill="#ffffff" stroke="#0f5c50"/>'
    )
    words = f'<text x="{x:g}" y="{y + 3.9:g}" text-anchor="middle" font-size="11" font-weight="bold" {_FONT} fill="{_INK}">{sign}</text>'
    return frame + words
