"""The manual page: it is the commands' own help, and man can show it."""

import shutil
import subprocess

import pytest

from massage_cli.knowledge.check_claims import claims_in
from massage_cli.terminal.app import GROUPS
from tests.builders import knowledge
from tests.man_page import PAGE, page


def test_the_page_is_that_of_the_commands() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "after a change of the commands: python -m tests.man_page"


def test_every_command_stands_in_it() -> None:
    assert [name for names in GROUPS.values() for name in names if f".SS massage {name}" not in page()] == []


def test_it_makes_no_claim() -> None:
    assert claims_in(page(), knowledge()) == ()


@pytest.mark.skipif(shutil.which("groff") is None, reason="wants groff, which shows manual pages")
def test_man_shows_it_without_complaint() -> None:
    shown = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-rLL=78n", "-P-cbou"], input=page().encode(), capture_output=True, check=True
    )
    assert shown.stderr == b""
    assert b"EXIT STATUS" in shown.stdout
