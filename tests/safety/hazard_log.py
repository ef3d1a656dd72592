"""The hazard log and the argument as values, and everything that is wrong with them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

FOLDER = Path(__file__).parent
PROJECT = FOLDER.parents[1]

Words = Annotated[str, Meta(min_length=10)]


class Hazard(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What could harm a client, how, what controls it, and the tests that prove the control."""

    id: Annotated[str, Meta(pattern="^H[0-9]{2}$")]
    hazard: Words
    how: Words
    severity: Annotated[int, Meta(ge=1, le=5)]
    control: Words
    proof: Annotated[tuple[str, ...], Meta(min_length=1)]
    left: str = ""


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A claim that carries part of the whole, and the hazards that would break it."""

    id: str
    claim: Words
    hazards: Annotated[tuple[str, ...], Meta(min_length=1)]


class Use(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the program is for, for whom, and what it is not."""

    user: Words
    purpose: Words
    inputs: Words
    review: Words
    device: Words
    not_for: Annotated[tuple[str, ...], Meta(min_length=1)]


class Argument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The claim, how it is argued, and what cannot be said yet."""

    claim: Words
    strategy: Words
    step: tuple[Step, ...]
    use: Use
    unsigned: Annotated[tuple[str, ...], Meta(min_length=1)]
    unknown: Annotated[tuple[str, ...], Meta(min_length=1)]


class HazardLog(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every hazard, in the order of their numbers."""

    hazard: tuple[Hazard, ...]


def hazards() -> tuple[Hazard, ...]:
    """The hazards of the log. Raises msgspec.ValidationError when one lacks a control or a proof."""
    return msgspec.toml.decode((FOLDER / "hazards.toml").read_bytes(), type=HazardLog).hazard


def argument() -> Argument:
    """The argument of the safety case."""
    return msgspec.toml.decode((FOLDER / "argument.toml").read_bytes(), type=Argument)


def problems_of(log: tuple[Hazard, ...], case: Argument, project: Path = PROJECT) -> list[str]:
    """Everything that is wrong: numbers, hazards outside the argument, and proofs that prove nothing."""
    ids = [hazard.id for hazard in log]
    argued = [hazard for step in case.step for hazard in step.hazards]
    found = [f"{hazard}: stands twice, or out of order" for before, hazard in zip(["", *ids], ids, strict=False) if hazard <= before]
    found += [f"{hazard}: stands under no step of the argument, or under several" for hazard in ids if argued.count(hazard) != 1]
    found += [f"{hazard}: the argument names it, and the log does not" for hazard in argued if hazard not in ids]
    return [*found, *(problem for hazard in log for problem in _problems_of_proofs(hazard, project))]


def _problems_of_proofs(hazard: Hazard, project: Path) -> Iterator[str]:
    states = {node: state_of(node, project) for node in hazard.proof}
    yield from (f"{hazard.id}: {node} {state}" for node, state in states.items() if state not in ("", CONDITIONAL))
    if CONDITIONAL in states.values() and "" not in states.values():
        yield f"{hazard.id}: each of its proofs is passed over on some machines"
    if len(set(hazard.proof)) < len(hazard.proof):
        yield f"{hazard.id}: names a proof twice"


CONDITIONAL = "is passed over on some machines"


def state_of(node: str, project: Path) -> str:
    """What is wrong with a test that was named as a proof; empty for one that always runs."""
    path, _, name = node.partition("::")
    if not path.startswith("tests/") or not (project / path).is_file():
        return "is in no file"
    module = _module(project / path)
    test = next((part for part in module.body if isinstance(part, ast.FunctionDef) and part.name == name), None)
    if test is None or not name.startswith("test_"):
        return "is no test of that file"
    marks = [*test.decorator_list, *_marks_of_module(module)]
    if any(_passes_over(mark) for mark in marks) or any(map(_gives_up, [*test.body, *module.body])):
        return "is never run, or may fail"
    if not any(isinstance(part, ast.Assert) or _expects_error(part) for part in ast.walk(test)) and not _hands_on(test, module):
        return "asserts nothing"
    return CONDITIONAL if any(_named(mark) == "skipif" for mark in marks) else ""


@cache
def _module(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _marks_of_module(module: ast.Module) -> list[ast.expr]:
    """The marks that a module puts on all of its tests."""
    for part in module.body:
        if isinstance(part, ast.Assign) and any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in part.targets):
            return part.value.elts if isinstance(part.value, ast.List | ast.Tuple) else [part.value]
    return []


def _passes_over(mark: ast.expr) -> bool:
    """True for a mark under which a test is never run, or may fail: skip and xfail, and skipif of what is always true."""
    name = _named(mark)
    if name == "skipif":
        condition = mark.args[0] if isinstance(mark, ast.Call) and mark.args else None
        return isinstance(condition, ast.Constant) and bool(condition.value)
    return name in ("skip", "xfail")


def _named(mark: ast.expr) -> str:
    """The name of a mark: skip for `pytest.mark.skip(reason=...)`."""
    called = mark.func if isinstance(mark, ast.Call) else mark
    return called.attr if isinstance(called, ast.Attribute) else ""


def _gives_up(part: ast.stmt) -> bool:
    """True for a statement that skips or gives up whatever comes: `pytest.skip(...)` on a line of its own."""
    if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Call)):
        return False
    return ast.unparse(part.value.func) in ("pytest.skip", "pytest.xfail")


def _expects_error(part: ast.AST) -> bool:
    return isinstance(part, ast.Call) and ast.unparse(part.func) == "pytest.raises"


def _hands_on(test: ast.FunctionDef, module: ast.Module) -> bool:
    """True where the test calls, or enters, something of its own module that asserts."""
    called = {part.func.id for part in ast.walk(test) if isinstance(part, ast.Call) and isinstance(part.func, ast.Name)}
    own = (part for part in module.body if isinstance(part, ast.FunctionDef) and part.name in called)
    return any(isinstance(inner, ast.Assert) or _expects_error(inner) for part in own for inner in ast.walk(part))
