"""An invented clinic's list of any length, the same for the same seed: most clients healthy or nearly so, a few who are withheld."""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ON = date(2026, 11, 21)

_COMPLAINTS = (
    ("chronic", "low-back", ["lower-back"]),
    ("chronic", "neck", ["neck", "left-shoulder"]),
    ("acute", "low-back", ["lower-back"]),
    ("chronic", None, ["left-knee"]),
    ("maintenance", None, ["upper-back", "neck"]),
    ("injury-recovery", None, ["right-ankle"]),
    ("chronic", None, ["upper-back", "shoulder"]),
)
_HEALTH: tuple[dict[str, Any], ...] = (
    {"anticoagulant": "yes", "thinner-unstable": "no"},
    {"diabetes": "yes", "diabetes-complications": "no"},
    {"numbness": {"answer": "yes", "regions": ["left-foot"]}},
    {"daily-aspirin": "yes"},
    {"dizzy-standing": "yes"},
    {"systolic": 138, "diastolic": 86},
    {"varicose-veins": {"answer": "yes", "regions": ["left-lower-leg"]}, "varicose-veins-severity": "mild"},
)
_WITHHELD: tuple[dict[str, Any], ...] = (
    {"fever": "yes"},
    {"chest-pain": "yes"},
    {"one-limb-swollen": "unsure"},
    {"varicose-veins": "yes"},
)


def client(number: int, rng: random.Random) -> dict[str, Any]:
    """One client: seven of ten healthy, two with something that limits the work, one of ten withheld."""
    condition, complaint, regions = rng.choice(_COMPLAINTS)
    health: dict[str, Any] = {"everything-else": "no"}
    luck = rng.random()
    if luck < 0.1:
        health |= rng.choice(_WITHHELD)
    elif luck < 0.3:
        health |= rng.choice(_HEALTH)
    table = {
        "format": "massage-intake/1",
        "client": f"c-{number:07}",
        "age": rng.randrange(18, 85),
        "condition": condition,
        "complaint": complaint,
        "regions": regions,
        "pain": rng.randrange(1, 9),
        "onset": (ON - timedelta(days=rng.randrange(20, 80))).isoformat() if condition != "maintenance" else None,
        "goals": rng.choice((["pain-relief"], ["pain-relief", "mobility"], ["relaxation"])),
        "pressure": rng.choice(("light", "moderate", "firm")),
        "first-visit": rng.random() < 0.5,
        "health": health,
        "booking": {"minutes": rng.choice((30, 45, 60)), "max-sessions": rng.choice((6, 8, 12))} if rng.random() < 0.4 else None,
    }
    return {key: value for key, value in table.items() if value is not None}


def clients(count: int, *, seed: int = 1) -> Iterator[dict[str, Any]]:
    """So many clients, as plain tables as JSON holds them."""
    rng = random.Random(seed)
    for number in range(1, count + 1):
        yield client(number, rng)


def write_json_lines(path: Path, count: int, *, seed: int = 1) -> Path:
    """The list as JSON Lines."""
    with path.open("w") as file:
        file.writelines(f"{json.dumps(table)}\n" for table in clients(count, seed=seed))
    return path
