"""The handout in a real browser, where there is one: it loads in silence, asks for nothing and prints on two pages at most."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from massage_cli.documents.names import DocumentKind
from tests.documents.samples import OPTIONS, made
from tests.documents.test_handout_pdf import page_count
from tests.worked import NAMES, plan_of

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
PLANNED = [name for name in NAMES if plan_of(name).sessions]
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run")


def page_of(name: str, *, letter_paper: bool = False) -> str:
    """The handout of a worked client."""
    page = made(DocumentKind.HANDOUT, plan_of(name), replace(OPTIONS, letter_paper=letter_paper))
    assert page is not None
    return page


def printed(page: str, folder: Path) -> tuple[bytes, list[str]]:
    """A page as the browser prints it, and what stands in its console; there it says what it was kept from loading or running."""
    file, pdf = folder / "handout.html", folder / "handout.pdf"
    file.write_text(page, encoding="utf-8")
    options = (
        *QUIET,
        f"--user-data-dir={folder / 'profile'}",
        "--enable-logging=stderr",
        "--no-pdf-header-footer",
        f"--print-to-pdf={pdf}",
    )
    ran = subprocess.run([str(CHROMIUM), *options, file.as_uri()], capture_output=True, text=True, timeout=90, check=True)
    return pdf.read_bytes(), [line for line in ran.stderr.splitlines() if "CONSOLE" in line]


@pytest.mark.parametrize("letter_paper", [False, True], ids=["A4", "Letter"])
@pytest.mark.parametrize("name", PLANNED)
def test_a_page_loads_in_silence_and_prints_on_two_pages_at_most(tmp_path: Path, name: str, letter_paper: bool) -> None:
    pdf, console = printed(page_of(name, letter_paper=letter_paper), tmp_path)
    assert console == []
    assert 1 <= page_count(pdf) <= 2
    width = re.search(rb"/MediaBox\s*\[\s*0 0 ([0-9]+)", pdf)
    assert width is not None
    assert int(width[1]) == (612 if letter_paper else 594)


def test_a_page_would_not_be_silent_if_it_asked_for_something(tmp_path: Path) -> None:
    asking = '<img src="picture.png" alt=""><script>1</script></main>'
    _, console = printed(page_of("low-back").replace("</main>", asking), tmp_path)
    assert len(console) == 2
