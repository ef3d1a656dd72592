"""The handout: plain, whole, made for everybody's eyes, and inert whatever anybody typed."""

import re
from datetime import time
from itertools import pairwise

import pytest
from msgspec.structs import replace

from massage_cli.documents.kinds import make
from massage_cli.documents.names import DocumentKind
from massage_cli.knowledge.check_claims import claims_in
from massage_cli.knowledge.problems import Unreadable
from massage_cli.knowledge.vocabulary import VisitStatus
from tests.builders import knowledge
from tests.documents.made import a_document, visited
from tests.documents.pages import Page, contrast, grade
from tests.documents.samples import OPTIONS, made, samples
from tests.documents.test_on_paper import LINKS, MARKUP, with_text
from tests.terminal.hostile import HOSTILE, short, steering
from tests.terminal.massage import massage_here
from tests.terminal.test_start import imported, modules
from tests.worked import NAMES, intake_file, plan_file, plan_of

PLANNED = [name for name in NAMES if plan_of(name).sessions]
EVERY = pytest.mark.parametrize("name", PLANNED)
CSS = (
    "x{background:url(http://x.example/a)}",
    "</style><style>*{display:none}",
    "expression(alert(1))",
    "javascript:alert(1)",
    "@import 'x'",
)


def page_of(name: str, **options: object) -> str:
    """The handout of a worked client."""
    page = made(DocumentKind.HANDOUT, samples()[name], replace(OPTIONS, **options))
    assert page is not None
    return page


def css() -> list[tuple[str, dict[str, str]]]:
    """Every rule of the page's style: its selector, and what it says."""
    style = re.search(r"<style>(.*?)</style>", page_of("low-back"), re.DOTALL)
    assert style is not None
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", style[1])
    return [(selector.strip(), dict(re.findall(r"([a-z-]+):\s*([^;]+)", body))) for selector, body in rules]


@EVERY
def test_a_page_is_sound_and_reads_like_a_school_book_of_the_sixth_year(name: str) -> None:
    sentences = Page(page_of(name)).sentences()
    assert len(sentences) > 20
    assert grade(sentences) <= 6.5, [(round(grade([sentence]), 1), sentence) for sentence in sentences]


def test_the_measure_of_plainness_tells_plain_from_learned() -> None:
    assert grade(["The cat sat on the mat."]) < 2
    assert grade(["Contraindications necessitate individualized therapeutic modification of manual interventions."]) > 15


@EVERY
def test_a_page_makes_no_claim(name: str) -> None:
    assert claims_in(page_of(name), knowledge()) == ()


@EVERY
def test_a_page_asks_for_nothing_from_outside_and_runs_nothing(name: str) -> None:
    page = page_of(name)
    tags = Page(page).tags
    assert not {tag for tag, _ in tags} & {"script", "link", "img", "iframe", "object", "embed", "form", "a", "image", "use", "base"}
    assert not [key for _, attributes in tags for key in attributes if key.startswith("on") or key in ("src", "href", "style", "action")]
    assert set(re.findall(r"url\([^)]*\)", page)) <= {"url(#worked)", "url(#alone)"}
    assert set(re.findall(r"\w+://[^\"]*", page)) == {"http://www.w3.org/2000/svg"}
    assert "@import" not in page


@EVERY
def test_a_page_holds_what_a_client_needs(name: str) -> None:
    page, plan = page_of(name), plan_of(name)
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert all(line in words for line in plan.advice)
    assert all(line.text in words for line in knowledge().advice if line.id in ("emergency", "same-day-doctor"))
    assert all(technique.name in words for technique in plan.techniques)
    assert "emergency number of the place you are in" in words
    assert "No doctor or nurse has checked the facts" in words
    assert "A. Therapist" in words
    assert "555 0100" in words
    assert page.count('<td class="visit">') == len(plan.sessions)


def test_alarm_signs_stand_in_a_plan_that_lost_its_advice() -> None:
    page = made(DocumentKind.HANDOUT, replace(plan_of("low-back"), advice=()))
    assert page is not None
    assert "Call emergency services" in page


def test_answers_findings_and_notes_stay_out_of_what_others_may_see() -> None:
    plan = plan_of("blood-thinner")
    page = made(DocumentKind.HANDOUT, replace(plan, intake=replace(plan.intake, notes="private words")))
    assert page is not None
    assert "private words" not in page
    assert not [finding.title for finding in plan.screening.findings if finding.title in page]


def test_pressure_is_told_in_words() -> None:
    assert "light pressure: lower back." in page_of("blood-thinner")
    assert not re.search(r"pressure [1-5]|of 5", page_of("blood-thinner"))


def test_limits_are_told() -> None:
    page = page_of("pregnancy-cleared")
    assert "Left alone: abdomen and groin." in page
    assert "You do not lie face down." in page
    assert "Very light pressure at most: both thighs, both knees, both lower legs and both ankles." in page
    assert "No work lying flat." in page


@pytest.mark.parametrize("name", ["chest-pain", "open-question", "pregnancy", "untrained", "stopped"])
@pytest.mark.parametrize("kind", [DocumentKind.HANDOUT, DocumentKind.HANDOUT_PDF])
def test_a_withheld_client_and_a_stopped_course_have_none(name: str, kind: DocumentKind) -> None:
    with pytest.raises(Unreadable):
        make(kind, samples()[name], knowledge(), OPTIONS, called="plan")


@EVERY
def test_a_page_is_the_same_whenever_it_is_made(name: str) -> None:
    assert page_of(name) == page_of(name, on=OPTIONS.on.replace(year=2031))


@EVERY
def test_a_page_can_be_read_aloud(name: str) -> None:
    tags = Page(page_of(name)).tags
    assert ("html", {"lang": "en"}) in tags
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    pictures = [attributes for tag, attributes in tags if tag == "svg"]
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for picture in pictures:
        assert picture["role"] == "img"
        assert "aria-label" in picture or set(str(picture["aria-labelledby"]).split()) <= set(ids)
    tables = sum(tag == "table" for tag, _ in tags)
    assert sum(tag == "caption" for tag, _ in tags) == tables
    heads = [attributes for tag, attributes in tags if tag == "th"]
    assert len(heads) == 7 * tables
    assert all(head["scope"] == "col" for head in heads)


def test_every_color_of_text_stands_out_from_what_is_behind_it() -> None:
    rules = css()
    page = next(rule for selector, rule in rules if selector == "html")
    colored = [rule for _, rule in rules if {"color", "background"} & rule.keys()]
    pairs = [(rule.get("color", page["color"]), rule.get("background", page["background"])) for rule in colored]
    assert len(pairs) > 5
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []
    assert round(contrast("#000000", "#ffffff")) == 21


def test_paper_and_the_first_day_of_the_week_are_those_asked_for() -> None:
    assert "size: A4;" in page_of("low-back")
    assert "size: letter;" in page_of("low-back", letter_paper=True)
    assert re.findall(r'abbr="(\w+)"', page_of("low-back"))[0] == "Monday"
    assert re.findall(r'abbr="(\w+)"', page_of("low-back", letter_paper=True))[0] == "Sunday"
    assert "Monday, November 30, 2026" in page_of("low-back", letter_paper=True)


def test_without_a_name_or_phone_there_is_room_to_write_them() -> None:
    assert page_of("low-back", therapist=None, phone=None).count('<span class="line">') == 2
    assert "Visits start at 09:30." in page_of("low-back", at=time(9, 30))


def test_visits_that_took_place_are_marked_and_missed_ones_left_out() -> None:
    document = visited(a_document(), VisitStatus.ATTENDED, VisitStatus.MISSED)
    page = made(DocumentKind.HANDOUT, document)
    assert page is not None
    assert page.count(" done</span>") == 1
    assert page.count('<td class="visit">') == len(document.sessions) - 1
    assert "You have 9 visits" in page


@pytest.mark.parametrize("text", (*HOSTILE, *MARKUP, *LINKS, *CSS), ids=short)
@pytest.mark.parametrize("name", ["blood-thinner", "pregnancy-cleared"])
def test_a_typed_text_changes_no_tag_and_steers_nothing(name: str, text: str) -> None:
    def page_with(words: str) -> str:
        options = replace(OPTIONS, therapist=words, phone=words)
        page = made(DocumentKind.HANDOUT, with_text(samples()[name], words), options)
        assert page is not None
        return page

    page = page_with(text)
    assert Page(page).tags == Page(page_with("harmless")).tags
    assert steering(page.encode()) == []
    assert re.search(r"<style>.*?</style>", page, re.DOTALL)[0] == re.search(r"<style>.*?</style>", page_of(name), re.DOTALL)[0]  # type: ignore[index]  # a style is there


def test_the_short_command_is_the_same_as_the_long_one() -> None:
    plan = str(plan_file("low-back"))
    short_one = massage_here("handout", plan, "--letter", "--phone", "555 0100")
    assert (short_one.code, short_one.said) == (0, "")
    assert short_one.out == massage_here("export", plan, "--to", "html", "--letter", "--phone", "555 0100").out
    assert massage_here("handout", str(plan_file("chest-pain"))).code == 2


def test_a_plan_imports_nothing_of_pages() -> None:
    for arguments in (("plan", str(intake_file("blood-thinner")), "--on", "2026-11-21"), ("--version",)):
        assert not {"jinja2", "markupsafe", "typst", "icalendar"} & imported(*arguments)
        assert not {name for name in modules(*arguments) if name.startswith("massage_cli.documents")}


def test_phases_of_one_rhythm_are_told_as_one() -> None:
    assert "The plan: 8 visits, 3 to 4 days apart; then 2 visits, 1 week apart." in page_of("ankle-sprain")
    assert "The plan: 8 visits, 1 week apart; then 2 visits, 2 weeks apart." in page_of("low-back")
