"""The processes that plan for a batch, where Linux lists them."""

import contextlib
from pathlib import Path


def started(process: int) -> set[int]:
    """The processes that plan for a process."""
    listed: list[int] = []
    with contextlib.suppress(OSError):
        listed = [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    return {child for child in listed if is_alive(child) and b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes()}


def is_alive(process: int) -> bool:
    """Whether it runs; one that has ended and that nobody has asked for is dead."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
