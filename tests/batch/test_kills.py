"""Batches ended at random times: nothing is torn, and all go on to the same end."""

import subprocess
import sys
from pathlib import Path

from tests.terminal.massage import environment

ROOT = Path(__file__).parents[2]
LONGEST_ANSWER_SECONDS = 5.0
"""Generous, for a machine that has other things to do; it takes hundredths of a second, and half a second is wanted."""


def test_whenever_a_batch_is_ended_nothing_is_torn_and_it_goes_on() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.batch.kills", "24"], cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    seconds = float(ran.stdout.split()[-2])
    sys.stdout.write(f"Control-C is answered within {seconds} s\n")
    assert seconds < LONGEST_ANSWER_SECONDS
