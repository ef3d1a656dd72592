"""What may stand wrongly in the place of a piece of a program: another operator, number, branch or nothing at all."""

import ast
from collections.abc import Iterable, Iterator
from copy import copy
from typing import Any

_OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.Pow: ast.Mult,
    ast.Continue: ast.Break,
    ast.Break: ast.Continue,
}
_OTHER_NAME = {"min": "max", "max": "min", "any": "all", "all": "any"}
_OTHER_METHOD = {
    "startswith": "endswith",
    "endswith": "startswith",
    "removeprefix": "removesuffix",
    "removesuffix": "removeprefix",
    "lower": "upper",
    "upper": "lower",
    "strip": "lstrip",
    "lstrip": "rstrip",
    "rstrip": "lstrip",
    "partition": "rpartition",
    "rpartition": "partition",
    "keys": "values",
    "isdisjoint": "issuperset",
    "issubset": "issuperset",
    "issuperset": "issubset",
}
_LOAD = ast.Load()
_TAKE_A_DEFAULT = frozenset({"get", "pop", "split", "rsplit", "next", "getattr", "range", "sum", "round"})
_UNWRAPPED = frozenset({"sorted", "reversed"})
_CONDITIONS = frozenset({(ast.If, "test"), (ast.IfExp, "test"), (ast.comprehension, "ifs"), (ast.While, "test")})


def variants(node: ast.AST, holder: ast.AST, field: str) -> Iterator[ast.AST | None]:
    """Each wrong thing that may stand in the place of the node; None where the node is taken out."""
    if other := _OTHER.get(type(node)):
        yield _at(node, other())
    if (type(holder), field) in _CONDITIONS:
        yield from (_at(node, ast.Constant(value)) for value in ((False,) if isinstance(holder, ast.While) else (True, False)))
    match node:
        case ast.Constant():
            yield from (_at(node, ast.Constant(value)) for value in _other_values(node.value))
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.Call():
            yield from _other_calls(node)
        case ast.match_case() if len(holder.cases) > 1 and not _names(node, "assert_never"):  # type: ignore[attr-defined]  # a case stands in a match
            yield None
        case ast.stmt():
            yield from _other_statements(node)
        case _:
            yield from _less(node)


def _less(node: ast.AST) -> Iterator[ast.AST]:
    """The same with one part taken out: a limit of a slice, something spread into a list, a side of `and`."""
    match node:
        case ast.Slice():
            yield from (_with(node, **{end: None}) for end in ("lower", "upper") if getattr(node, end) is not None)
        case ast.Tuple() | ast.List() | ast.Set() if isinstance(getattr(node, "ctx", _LOAD), ast.Load):
            spread = [place for place, each in enumerate(node.elts) if isinstance(each, ast.Starred)]
            yield from (_with(node, elts=_without(node.elts, place)) for place in spread)
        case ast.Dict():
            spread = [place for place, key in enumerate(node.keys) if key is None]
            yield from (_with(node, keys=_without(node.keys, place), values=_without(node.values, place)) for place in spread)
        case ast.BoolOp():
            for place in range(len(node.values)):
                left = _without(node.values, place)
                yield left[0] if len(left) == 1 else _with(node, values=left)


def _other_values(value: Any) -> tuple[Any, ...]:
    match value:
        case bool():
            return (not value,)
        case int() | float():
            return (value + 1, value - 1) if value > 0 else (value + 1,)
        case str():
            return (f"XX{value}",)
        case _:
            return ()


def _other_calls(call: ast.Call) -> Iterator[ast.AST]:
    match call.func:
        case ast.Name(id=name) if name in _OTHER_NAME:
            yield _with(call, func=_at(call, ast.Name(_OTHER_NAME[name], ast.Load())))
        case ast.Name(id=name) if name in _UNWRAPPED:
            yield call.args[0]
        case ast.Attribute(attr=name) if name in _OTHER_METHOD:
            yield _with(call, func=_with(call.func, attr=_OTHER_METHOD[name]))
    for place, keyword in enumerate(call.keywords):
        if keyword.arg is not None:
            yield _with(call, keywords=_without(call.keywords, place))
    if len(call.args) > 1 and getattr(call.func, "id", getattr(call.func, "attr", "")) in _TAKE_A_DEFAULT:
        yield _with(call, args=call.args[:-1])


def _other_statements(statement: ast.stmt) -> Iterator[ast.AST]:
    nothing = _at(statement, ast.Pass())
    match statement:
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield _with(statement, value=_at(value, ast.Constant(None)))
        case ast.Assign(targets=[ast.Name()], value=value) if not isinstance(value, ast.Constant):
            yield _with(statement, value=_at(value, ast.Constant(None)))
        case ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            yield nothing
        case ast.AugAssign():
            yield nothing
            yield _at(statement, ast.Assign([statement.target], statement.value))
        case ast.Expr(value=ast.Call()) if not _names(statement, "assert_never"):
            yield nothing
        case ast.Raise():
            yield nothing
        case ast.For():
            yield _with(statement, iter=_at(statement.iter, ast.Tuple([], ast.Load())))


def _names(node: ast.AST, name: str) -> bool:
    return any(isinstance(inner, ast.Name) and inner.id == name for inner in ast.walk(node))


def _without(values: Iterable[Any], place: int) -> list[Any]:
    return [value for at, value in enumerate(values) if at != place]


def _with(node: ast.AST, **changes: Any) -> Any:
    changed = copy(node)
    for name, value in changes.items():
        setattr(changed, name, value)
    return changed


def _at(node: ast.AST, new: ast.AST) -> Any:
    return ast.copy_location(new, node)
