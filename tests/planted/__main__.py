"""Plant each bug of bugs.toml in a copy of the program and run the tests of its place: `python -m tests.planted [WORD ...]`."""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
COPIED = ("massage_cli", "tests", "plans", ".packaging", "README.md", "pyproject.toml")
BUGS = Path(__file__).with_name("bugs.toml")
FAILED, NOTHING_TO_SAY = 1, "the tests could not be run"


def main(words: Iterable[str]) -> int:
    """Say of each bug whether it was caught, or of those that have one of the words in them; 0 when all were."""
    bugs = tomllib.loads(BUGS.read_text(encoding="utf-8"))["bug"]
    wanted = tuple(words)
    chosen = [bug for bug in bugs if not wanted or any(word in bug["file"] or word in bug["what"] for word in wanted)]
    with tempfile.TemporaryDirectory(prefix="planted-") as folder:
        copy = Path(folder)
        _copy(copy)
        missed = [bug for bug in chosen if not _caught(bug, copy)]
    print(f"{len(chosen)} planted, {len(chosen) - len(missed)} caught, {len(missed)} not")
    return int(bool(missed))


def tests_of(bug: dict[str, Any]) -> list[str]:
    """The tests that have to catch a bug."""
    place = Path(bug["file"])
    return bug.get("tests") or [f"tests/{place.with_name(f'test_{place.name}').as_posix()}"]


def planted(bug: dict[str, Any], text: str) -> str:
    """The text of the file with the bug in it. Raises ValueError when what is to be replaced does not stand there just once."""
    if text.count(bug["old"]) != 1:
        raise ValueError(f"massage_cli/{bug['file']} holds {text.count(bug['old'])} times: {bug['old']}")
    return text.replace(bug["old"], bug["new"])


def _copy(copy: Path) -> None:
    skipped = shutil.ignore_patterns("__pycache__", ".hypothesis")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=skipped)
        else:
            shutil.copy(ROOT / name, copy / name)


def _caught(bug: dict[str, Any], copy: Path) -> bool:
    path = copy / "massage_cli" / bug["file"]
    sound = path.read_text(encoding="utf-8")
    path.write_text(planted(bug, sound), encoding="utf-8")
    try:
        Path(cache_from_source(str(path))).unlink(missing_ok=True)
        run = _run(tests_of(bug), copy)
    finally:
        path.write_text(sound, encoding="utf-8")
        Path(cache_from_source(str(path))).unlink(missing_ok=True)
    print(f"{'caught' if run == FAILED else 'NOT CAUGHT' if run == 0 else NOTHING_TO_SAY}: {bug['file']}: {bug['what']}", flush=True)
    return run == FAILED


def _run(tests: Iterable[str], copy: Path) -> int:
    environment = os.environ | {"PYTHONPATH": str(copy)}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n0", "-o", "addopts=", "-p", "no:cacheprovider", *tests]
    return subprocess.run(command, cwd=copy, env=environment, capture_output=True, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
