"""Programs that write at the same time, and links that change meanwhile: one wins, nothing is lost, and no other file is touched."""

import contextlib
import multiprocessing
import os
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from massage_cli.files.plans.versions import amend, chain
from massage_cli.files.saving import ExistsAlready, NotSaved, save
from tests.saved import recorded, save_plan, visit_of_plan
from tests.soak.finds import Finds
from tests.terminal.massage import snapshot

COUNT = 400
_AT_ONCE = 8
_FLIPS = 25
_VICTIM = b"a file of somebody else\n"


def _all_at_once(work: Callable[..., Any], *arguments: Any) -> list[Any]:
    """What eight processes come to that do the same at the same moment."""
    forked = multiprocessing.get_context("fork")
    start, results = forked.Barrier(_AT_ONCE), forked.SimpleQueue()

    def one(number: int) -> None:
        start.wait()
        try:
            results.put(work(number, *arguments))
        except Exception as wrong:  # noqa: BLE001  # told by the one who started it
            results.put(wrong)

    workers = [forked.Process(target=one, args=(number,)) for number in range(_AT_ONCE)]
    for worker in workers:
        worker.start()
    came = [results.get() for _ in workers]
    for worker in workers:
        worker.join()
    return came


def _content(number: int) -> bytes:
    return bytes([65 + number]) * 50_000


def _save(number: int, path: Path, force: bool) -> int | None:
    try:
        save(path, _content(number), force=force)
    except ExistsAlready:
        return None
    return number


def one_name(folder: Path) -> str | None:
    """Eight save a plan of one name: one wins, the others are refused, and the file is the winner's."""
    path = folder / "ann.toml"
    winners = [came for came in _all_at_once(_save, path, False) if came is not None]
    if len(winners) != 1 or not isinstance(winners[0], int):
        return f"not one winner: {winners}"
    return None if snapshot(folder) == {"ann.toml": _content(winners[0])} else f"not the winner's file: {list(snapshot(folder))}"


def one_name_by_force(folder: Path) -> str | None:
    """Eight replace a plan: the file is that of one of them, and each backup is whole."""
    path = folder / "ann.toml"
    path.write_bytes(_content(20))
    came = _all_at_once(_save, path, True)
    whole = {_content(number) for number in (*range(_AT_ONCE), 20)}
    torn = [name for name, content in snapshot(folder).items() if content not in whole]
    broken = [each for each in came if isinstance(each, Exception)]
    return f"torn {torn}, {broken}" if torn or broken or path.read_bytes() == _content(20) else None


def _visit(number: int, path: Path) -> int:
    return amend(path, lambda before: recorded(before.document, visit_of_plan(before.document, number + 1, pain=number))).number


def visits(folder: Path) -> str | None:
    """Eight record a visit of the same plan: all eight stand in the newest version."""
    path = save_plan(folder)
    came = _all_at_once(_visit, path)
    refused = [each for each in came if not isinstance(each, int)]
    last = chain(path)[-1]
    recorded_visits = {visit.number for visit in last.document.visits}
    lost = {number for number in came if isinstance(number, int)} != set(range(2, 2 + _AT_ONCE - len(refused)))
    return f"{refused}, visits {recorded_visits}, versions {came}" if refused or lost or len(recorded_visits) != _AT_ONCE else None


def _flip(number: int, path: Path, victim: Path) -> None:
    for turn in range(_FLIPS):
        with contextlib.suppress(OSError, NotSaved):
            if number % 2:
                save(path, _content(number), force=turn % 3 != 0)
            else:
                path.unlink(missing_ok=True)
                path.symlink_to(victim)


def links(folder: Path) -> str | None:
    """Four save where four others keep putting links to another file: that file stays as it was."""
    victim = folder / "victim"
    victim.write_bytes(_VICTIM)
    (folder / "plans").mkdir()
    broken = [each for each in _all_at_once(_flip, folder / "plans" / "ann.toml", victim) if each is not None]
    mode = victim.stat().st_mode & 0o777
    changed = victim.read_bytes() != _VICTIM or mode != _MODE
    return f"the other file was changed: {broken} {mode:o}" if changed or broken else None


_UMASK = os.umask(0)
os.umask(_UMASK)
_MODE = 0o666 & ~_UMASK
RACES: tuple[Callable[[Path], str | None], ...] = (one_name, one_name_by_force, visits, links)


def soak(count: int, seed: int, finds: Finds) -> str:
    """Run so many races."""
    seen: Counter[str] = Counter()
    for number in finds.each(range(seed, seed + count)):
        race = RACES[number % len(RACES)]
        with tempfile.TemporaryDirectory() as folder, finds.watch(number, race.__name__):
            if wrong := race(Path(folder)):
                finds.tell(number, f"{race.__name__}: {wrong}")
        seen[race.__name__] += 1
    return f"races of {_AT_ONCE} processes: {dict(seen)}; of links {seen['links'] * _FLIPS * _AT_ONCE // 2:,} flips"
