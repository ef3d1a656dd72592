"""The body map: every place of the knowledge is on it, and worked on and left alone are never taken for each other."""

import re
from xml.etree import ElementTree as ET

import pytest

from massage_cli.documents.body_map import body_map
from massage_cli.documents.body_shapes import BACK, FRONT, HEIGHT, REGIONS, SITES, WIDTH
from massage_cli.knowledge.body import SIDES, WHOLE_BODY
from tests.builders import knowledge
from tests.worked import NAMES, plan_of

_SVG = "{http://www.w3.org/2000/svg}"
PLANNED = [name for name in NAMES if plan_of(name).sessions]


def fills(svg: str) -> dict[str, list[str]]:
    """How each place is filled, on every view where it stands."""
    found: dict[str, list[str]] = {}
    for path in ET.fromstring(svg).iter(f"{_SVG}path"):  # noqa: S314  # drawn by the program
        if path.get("class"):
            found.setdefault(str(path.get("class")).split()[0], []).append(str(path.get("fill")))
    return found


def test_every_region_is_on_the_views_that_the_knowledge_names() -> None:
    for region in knowledge().regions:
        assert {view for view in (FRONT, BACK) if region.id in REGIONS[view]} == set(region.view), region.id
    assert {*REGIONS[FRONT], *REGIONS[BACK]} == {region.id for region in knowledge().regions}
    assert {*SITES[FRONT], *SITES[BACK]} == {site.id for site in knowledge().sites}


def test_every_sided_region_is_drawn_once_on_each_of_its_views() -> None:
    drawn = fills(body_map((WHOLE_BODY,), (), knowledge()).svg)
    for region in knowledge().regions:
        for place in [f"{side}-{region.id}" for side in SIDES] if region.paired else [region.id]:
            assert drawn[place] == ["url(#worked)"] * len(region.view), place


@pytest.mark.parametrize("site", [site.id for site in knowledge().sites])
def test_a_site_is_drawn_only_where_it_is_left_alone(site: str) -> None:
    assert site not in fills(body_map(("neck",), (), knowledge()).svg)
    assert set(fills(body_map(("neck",), (site,), knowledge()).svg)[site]) == {"url(#alone)"}


@pytest.mark.parametrize("name", PLANNED)
def test_what_a_worked_client_is_treated_on_and_spared_is_marked(name: str) -> None:
    plan, body = plan_of(name), knowledge().body
    alone = set(body.expand(plan.screening.avoid))
    worked = set(body.expand(place for technique in plan.techniques for place in technique.regions)) - alone
    drawn = fills(body_map((p for t in plan.techniques for p in t.regions), plan.screening.avoid, knowledge()).svg)
    assert {place for place, filled in drawn.items() if "url(#worked)" in filled} == worked
    assert {place for place, filled in drawn.items() if "url(#alone)" in filled} == alone
    assert all(len(set(filled)) == 1 for filled in drawn.values())


def test_what_is_both_worked_on_and_left_alone_is_left_alone() -> None:
    made = body_map(("knee",), ("left-knee",), knowledge())
    assert set(fills(made.svg)["left-knee"]) == {"url(#alone)"}
    assert [key.name for key in made.worked] == ["Knee, right"]
    assert [key.name for key in made.alone] == ["Knee, left"]


def test_left_and_right_are_the_clients_own() -> None:
    """On the front the right arm is on the left of the picture, on the back it is on the right."""
    svg = body_map(("right-hand",), (), knowledge()).svg
    front, back = ET.fromstring(svg).findall(f"{_SVG}g")  # noqa: S314  # drawn by the program
    (on_front,) = [path for path in front if path.get("class", "").startswith("right-hand")]
    (on_back,) = [path for path in back if path.get("class", "").startswith("right-hand")]
    assert on_front.get("transform") is None
    assert str(on_back.get("transform")).startswith("matrix(-1")
    assert [text.text for text in front.findall(f"{_SVG}text")][-2:] == ["your right", "your left"]


def test_each_mark_on_the_map_is_in_its_list_and_each_line_of_a_list_on_the_map() -> None:
    made = body_map((WHOLE_BODY,), [site.id for site in knowledge().sites], knowledge())
    signs = set(re.findall(r'font-weight="bold"[^>]*>([^<]+)</text>', made.svg))
    assert signs == {key.sign for key in (*made.worked, *made.alone)}
    assert len(signs) == len(made.worked) + len(made.alone)


def test_the_picture_is_told_in_words_too() -> None:
    made = body_map(("left-knee", "neck"), ("abdomen",), knowledge())
    assert made.words == "Worked on: neck; knee, left. Left alone: abdomen."
    assert f'<desc id="body-words">{made.words}</desc>' in made.svg


def test_a_place_that_nobody_knows_is_listed_and_spoils_nothing() -> None:
    made = body_map(("neck", "<b>"), ("tail",), knowledge())
    assert [(key.sign, key.name) for key in made.worked] == [("1", "Neck"), ("", "<b>")]
    assert [(key.sign, key.name) for key in made.alone] == [("", "tail")]
    assert "<b>" not in made.svg


def test_every_mark_lies_on_the_picture() -> None:
    shapes = [shape for view in REGIONS.values() for shape in view.values()]
    shapes += [dot for view in SITES.values() for dots in view.values() for dot in dots]
    assert all(0 < shape.mark[0] < WIDTH and 0 < shape.mark[1] < HEIGHT for shape in shapes)
