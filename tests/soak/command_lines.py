"""Command lines as no sound script writes them, and files that they may name."""

import random
from pathlib import Path

import tomli_w

from massage_cli.terminal.app import GROUPS
from tests.saved import a_document, missed, save_plan, visited, write
from tests.soak.damage import sound_json, sound_list
from tests.terminal.hostile import HOSTILE

_OPTIONS = (
    *("--on", "--save", "--output", "-o", "--format", "-f", "--force", "--plain", "--resume", "--from", "--out", "--only", "--urgent"),
    *("--report", "--fail-on", "--dry-run", "--jobs", "--status", "--number", "--date", "--pain", "--measure", "--score", "--note"),
    *(
        "--set",
        "--soreness-hours",
        "--health",
        "--nothing-new",
        "--missed",
        "--apply",
        "--within",
        "--json",
        "--weeks",
        "--limit",
        "--to",
        "--at",
    ),
    *("--reminder", "--phone", "--letter", "--text", "--pdf", "--help", "-h", "--version", "--", "-", "-x", "--nope"),
)
_VALUES = (
    *("text", "toml", "json", "csv", "ics", "html", "fhir", "markdown", "intake", "plan", "show", "path", "attended", "missed", "keep"),
    *(
        "shift",
        "refer",
        "ann",
        "ann.toml",
        "ann.v2.toml",
        "wrong.toml",
        "course.toml",
        "list.csv",
        "list.jsonl",
        "nobody",
        ".",
        "..",
        "",
        "/",
    ),
    *("out/plans", "out/plans.csv", "out/plans.jsonl", "/dev/null", "/dev/zero", "/dev/full", "*.toml", "[", "**", "a\0b", "x" * 300),
    *(
        "2026-11-21",
        "2026-12-22",
        "2026-02-30",
        "0001-01-01",
        "9999-12-31",
        "1",
        "0",
        "-1",
        "3.5",
        "nan",
        "inf",
        "1e400",
        "9" * 30,
        "\u0663",
    ),
    *(
        "pain=8",
        "health.fever=yes",
        "booking.minutes=30",
        "a.b.c=",
        "fever=yes",
        "fever=",
        "=yes",
        "fever",
        "systolic=500",
        "chest-pain=yes",
        "09:30",
        "25:00",
        "rmdq",
        "\udcff",
        "con",
        "-rf",
        "~",
    ),
)


def command_line(rng: random.Random) -> list[str]:
    """Words that a person or a script may type after the name of the program."""
    commands = [command for names in GROUPS.values() for command in names]
    words = [rng.choice(commands)] if rng.random() < 0.95 else []
    pools: tuple[tuple[str, ...], ...] = (_OPTIONS, _VALUES, _VALUES, HOSTILE, tuple(commands))
    words += [rng.choice(rng.choice(pools)) for _ in range(rng.randrange(7))]
    return words


def desk(folder: Path) -> Path:
    """A folder with files that a command line may name."""
    save_plan(folder)
    write(folder / "course.toml", missed(visited(a_document(client="course"), 6, 6, 4, 4), 5))
    (folder / "wrong.toml").write_text(tomli_w.dumps({"pian": 3, "age": 200, "notes": HOSTILE[0]}), encoding="utf-8")
    (folder / "list.csv").write_bytes(sound_list(0))
    (folder / "list.jsonl").write_bytes(b"\n".join(sound_json(number) for number in range(3)))
    return folder
