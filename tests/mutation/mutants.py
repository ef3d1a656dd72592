"""The small wrong changes that can be made to the functions of a module."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import copy
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

from tests.mutation.variants import variants

Function = ast.FunctionDef | ast.AsyncFunctionDef
Place = tuple[str, int]
"""A function of a module: its qualified name and first line, as its code object has them."""

_NOT_RUN = frozenset({"annotation", "returns", "decorator_list", "type_comment", "args", "type_params"})
"""What of a function does not run when it is called."""


class Mutant(NamedTuple):
    """One change: of what, in which function, and what stands there before and after.

    `number` tells changes of one function apart that read the same; `lines` are those of the statement that is changed.
    """

    path: Path
    place: Place
    line: int
    lines: tuple[int, int]
    before: str
    after: str
    number: int
    holder: ast.AST
    field: str
    index: int | None
    new: ast.AST | None

    @property
    def key(self) -> tuple[str, str, str, str, int]:
        """What names the change, whatever line it comes to stand on."""
        return (_short(self.path), self.place[0], self.before, self.after, self.number)

    @property
    def shown(self) -> str:
        """The change in one line."""
        return f"{_short(self.path)}:{self.line} {self.place[0]}: {self.before}  ->  {self.after}" + (
            f"  #{self.number}" if self.number else ""
        )


def _short(path: Path) -> str:
    return path.as_posix().rpartition("massage_cli/")[2]


def mutants_of(path: Path) -> tuple[ast.Module, tuple[Mutant, ...]]:
    """The module as a tree, and all changes that can be made in it, in the order of its lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    seen: Counter[tuple[str, str, str]] = Counter()
    made = []
    for function, name in _functions(tree.body, ""):
        first = min([function.lineno, *(each.lineno for each in function.decorator_list)])
        for change in _changes(function, _lines(function)):
            alike = (name, change.before, change.after)
            made.append(Mutant(path, (name, first), number=seen[alike], **change._asdict()))
            seen[alike] += 1
    return tree, tuple(made)


def code_of(tree: ast.Module, mutant: Mutant) -> CodeType | None:
    """The code of the function that the change is in, once it is made; the tree stays changed."""
    if mutant.index is None:
        setattr(mutant.holder, mutant.field, mutant.new)
    elif mutant.new is None:
        del getattr(mutant.holder, mutant.field)[mutant.index]
    else:
        getattr(mutant.holder, mutant.field)[mutant.index] = mutant.new
    whole = compile(ast.fix_missing_locations(tree), str(mutant.path), "exec", dont_inherit=True)
    return next((code for code in _codes(whole) if (code.co_qualname, code.co_firstlineno) == mutant.place), None)


class _Change(NamedTuple):
    line: int
    lines: tuple[int, int]
    before: str
    after: str
    holder: ast.AST
    field: str
    index: int | None
    new: ast.AST | None


def _functions(body: Iterable[ast.stmt], prefix: str) -> Iterator[tuple[Function, str]]:
    for statement in body:
        if isinstance(statement, Function):
            yield statement, prefix + statement.name
        elif isinstance(statement, ast.ClassDef):
            yield from _functions(statement.body, f"{prefix}{statement.name}.")


def _changes(node: ast.AST, lines: tuple[int, int]) -> Iterator[_Change]:
    for field, value in ast.iter_fields(node):
        if field in _NOT_RUN and not isinstance(node, ast.Call):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if not isinstance(child, ast.AST) or _is_text(child):
                continue
            within = _lines(child) if isinstance(child, ast.stmt) else lines
            line = getattr(child, "lineno", lines[0])
            for new in variants(child, node, field):
                yield _Change(line, within, *_before_and_after(node, field, index, new), node, field, index, new)
            yield from _changes(child, within)


def _before_and_after(holder: ast.AST, field: str, index: int | None, new: ast.AST | None) -> tuple[str, str]:
    """The change in words; a sign is shown with what stands at its sides."""
    child = getattr(holder, field) if index is None else getattr(holder, field)[index]
    if not isinstance(child, ast.cmpop | ast.boolop | ast.operator):
        return _words(child), _words(new)
    changed = copy(holder)
    setattr(changed, field, new if index is None else [*getattr(holder, field)[:index], new, *getattr(holder, field)[index + 1 :]])
    return _words(holder), _words(changed)


def _lines(node: Any) -> tuple[int, int]:
    """The lines of a statement; of one with statements inside, those of its head."""
    body = getattr(node, "body", None)
    last = body[0].lineno - 1 if isinstance(body, list) and body else node.end_lineno
    return node.lineno, max(node.lineno, last)


def _is_text(node: ast.AST) -> bool:
    """True for a docstring."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _words(node: ast.AST | None) -> str:
    if node is None:
        return "(nothing)"
    text = ast.unparse(node)
    words = text.split("\n")[0] if isinstance(node, ast.stmt) else " ".join(text.split())
    return words if len(words) <= 160 else f"{words[:120]} ... {words[-35:]}"


def _codes(code: CodeType) -> Iterator[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _codes(inner)
