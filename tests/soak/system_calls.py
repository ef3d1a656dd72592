"""The calls of the system by which files are written, and what a disk may answer to each."""

import os
from typing import Any

CALLS: dict[str, tuple[Any, str]] = {
    "open": (os, "open"),
    "fsync": (os, "fsync"),
    "close": (os, "close"),
    "link": (os, "link"),
    "replace": (os, "replace"),
    "unlink": (os, "unlink"),
    "mkdir": (os, "mkdir"),
}
