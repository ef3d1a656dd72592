"""The hazard log: every hazard has a control and tests that prove it, and these are there and run."""

from pathlib import Path

import msgspec
import pytest

from tests.safety.hazard_log import CONDITIONAL, Argument, Hazard, HazardLog, Step, argument, hazards, problems_of, state_of

SOUND = "def test_it() -> None:\n    assert it()\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one test file for each way to prove something, or nothing."""
    (tmp_path / "tests").mkdir()
    for name, text in {
        "sound": SOUND,
        "raises": "def test_it():\n    with pytest.raises(ValueError):\n        it()\n",
        "helped": "def held(it):\n    assert it\ndef test_it():\n    held(1)\n",
        "skipped": f"@pytest.mark.skip(reason='later')\n{SOUND}",
        "bare_skip": f"@pytest.mark.skip\n{SOUND}",
        "xfailed": f"@pytest.mark.xfail(reason='known')\n{SOUND}",
        "always": f"@pytest.mark.skipif(True, reason='later')\n{SOUND}",
        "module": f"pytestmark = pytest.mark.skip\n{SOUND}",
        "modules": f"pytestmark = [pytest.mark.slow, pytest.mark.xfail]\n{SOUND}",
        "left": "def test_it():\n    pytest.skip('later')\n    assert it()\n",
        "left_module": f"pytest.skip('later', allow_module_level=True)\n{SOUND}",
        "empty": "def test_it():\n    it()\n",
        "sometimes": f"@pytest.mark.skipif(os.geteuid() == 0, reason='root')\n{SOUND}",
        "other": "def it():\n    assert 1\n",
    }.items():
        (tmp_path / "tests" / f"test_{name}.py").write_text(text, encoding="utf-8")
    return tmp_path


def a_hazard(*proof: str, id_: str = "H01") -> Hazard:
    return Hazard(
        id=id_, hazard="something may go wrong", how="in some way or other", severity=3, control="something keeps it", proof=proof
    )


def an_argument(*hazards: str) -> Argument:
    return msgspec.structs.replace(argument(), step=(Step(id="C1", claim="nothing goes wrong", hazards=hazards),))


def test_every_hazard_has_a_control_and_proofs_that_exist_and_run() -> None:
    assert problems_of(hazards(), argument()) == []


@pytest.mark.parametrize("kind", ["sound", "raises", "helped"])
def test_a_test_that_runs_and_asserts_is_a_proof(project: Path, kind: str) -> None:
    assert state_of(f"tests/test_{kind}.py::test_it", project) == ""


@pytest.mark.parametrize(
    ("node", "said"),
    [
        ("tests/test_gone.py::test_it", "is in no file"),
        ("elsewhere/test_it.py::test_it", "is in no file"),
        ("tests/test_sound.py::test_gone", "is no test of that file"),
        ("tests/test_sound.py", "is no test of that file"),
        ("tests/test_other.py::it", "is no test of that file"),
        *(
            (f"tests/test_{kind}.py::test_it", "is never run, or may fail")
            for kind in ("skipped", "bare_skip", "xfailed", "always", "module", "modules", "left", "left_module")
        ),
        ("tests/test_empty.py::test_it", "asserts nothing"),
    ],
)
def test_what_proves_nothing_is_found(project: Path, node: str, said: str) -> None:
    assert state_of(node, project) == said
    assert problems_of((a_hazard(node),), an_argument("H01"), project) == [f"H01: {node} {said}"]


def test_a_hazard_needs_one_proof_that_runs_everywhere(project: Path) -> None:
    sometimes, sound = "tests/test_sometimes.py::test_it", "tests/test_sound.py::test_it"
    assert state_of(sometimes, project) == CONDITIONAL
    assert problems_of((a_hazard(sometimes, sound),), an_argument("H01"), project) == []
    assert len(problems_of((a_hazard(sometimes),), an_argument("H01"), project)) == 1


def test_every_hazard_stands_once_in_its_order_and_under_one_step(project: Path) -> None:
    sound = "tests/test_sound.py::test_it"
    one, two = a_hazard(sound), a_hazard(sound, id_="H02")
    assert problems_of((one, two), an_argument("H01", "H02"), project) == []
    assert len(problems_of((two, one), an_argument("H01", "H02"), project)) == 1
    assert len(problems_of((one, one), an_argument("H01"), project)) == 1
    assert len(problems_of((one, two), an_argument("H01"), project)) == 1
    assert len(problems_of((one,), an_argument("H01", "H03"), project)) == 1
    assert len(problems_of((a_hazard(sound, sound),), an_argument("H01"), project)) == 1


@pytest.mark.parametrize(
    "change", [{"control": ""}, {"proof": []}, {"severity": 6}, {"severity": 0}, {"id": "first"}, {"prove": ["x"]}], ids=str
)
def test_a_hazard_without_control_or_proof_cannot_be_read(change: dict[str, object]) -> None:
    table = msgspec.to_builtins(a_hazard("tests/test_sound.py::test_it")) | change
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"hazard": [table]}, HazardLog)
