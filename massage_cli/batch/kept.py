"""What is kept of a batch while it is not finished, so that an interrupted one can go on."""

from pathlib import Path

import msgspec

from massage_cli.batch.tally import Tally
from massage_cli.files.saving import replace_quietly
from massage_cli.knowledge.value import Value


class Kept(Value, frozen=True, kw_only=True):
    """How far a batch came.

    batch: a digest of everything that its output depends on
    last_row: the last row done
    sizes: how long its unfinished output and its unfinished list of problems were then, in bytes
    tally: the counts
    whole: every row is done, and only the real names are left to be given
    """

    batch: str
    last_row: int = 0
    sizes: tuple[int, int] = (0, 0)
    tally: Tally
    whole: bool = False


def kept_path(out: Path) -> Path:
    """Where the state of an unfinished batch stands."""
    return out.with_name(f".{out.name}.massage-batch")


def keep_state(path: Path, kept: Kept) -> None:
    """Write how far the batch came. Raises NotSaved."""
    replace_quietly(path, msgspec.json.encode(kept))


def read_state(path: Path) -> Kept | None:
    """How far a batch came that was interrupted, or None where there is none, or none that can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Kept)
    except (OSError, msgspec.MsgspecError):
        return None
