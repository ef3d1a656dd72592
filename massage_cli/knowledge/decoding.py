"""Plain dicts and lists into frozen values, with every problem at once.

msgspec stops at its first error. Here the value is converted in one go, and only where that fails it is walked field by
field, so that all problems are known and what is sound can still be checked further.
"""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

import msgspec
import msgspec.inspect as shape

from massage_cli.knowledge.problems import MOST_SUGGESTIONS, Problem, Unreadable, nearest, not_one_of, quoted, together

T = TypeVar("T")


def decode(raw: object, kind: type[T]) -> T:
    """The value of the given type. Raises Unreadable with every problem and its key path."""
    value, problems = salvage(raw, kind)
    if problems or value is None:
        raise Unreadable(problems)
    return value


def salvage(raw: object, kind: type[T]) -> tuple[T | None, tuple[Problem, ...]]:
    """The value with None wherever it is broken or missing, and every problem with its key path; no value if it is no table."""
    try:
        return msgspec.convert(raw, kind), ()
    except (msgspec.ValidationError, RecursionError):
        problems: list[Problem] = []
        value = _walk(raw, _shape_of(kind), "", problems)  # type: ignore[arg-type]  # a type can be hashed
        return value, tuple(problems)


@cache
def _shape_of(kind: type[Any]) -> shape.Type:
    """The fields of a type, which take longer to work out than all that is wrong with a value."""
    return shape.type_info(kind)


def _walk(raw: Any, node: shape.Type, path: str, problems: list[Problem]) -> Any:
    if isinstance(node, shape.UnionType):
        if raw is None and any(isinstance(option, shape.NoneType) for option in node.types):
            return None
        options = [option for option in node.types if not isinstance(option, shape.NoneType)]
        tables = [option for option in options if isinstance(option, shape.StructType)]
        if len(options) == 1 or (tables and isinstance(raw, dict)):
            return _walk(raw, (tables or options)[0], path, problems)
        return _leaf(raw, node, path, problems)
    if isinstance(node, shape.StructType):
        return _struct(raw, node, path, problems)
    if isinstance(node, shape.DictType):
        return _table(raw, node, path, problems)
    if isinstance(node, shape.VarTupleType):
        return _list(raw, node.item_type, path, problems)
    return _leaf(raw, node, path, problems)


def _struct(raw: Any, node: shape.StructType, path: str, problems: list[Problem]) -> Any:
    if not isinstance(raw, dict):
        problems.append(Problem(path=path, value=raw, message=f"{quoted(raw)} is not a table"))
        return None
    known = {field.encode_name: field for field in node.fields}
    values = {field.name: None for field in node.fields if field.required}
    for key, value in raw.items():
        if key in known:
            values[known[key].name] = _walk(value, known[key].type, _join(path, key), problems)
        else:
            allowed = known if len(problems) < MOST_SUGGESTIONS else ()
            problems.append(Problem(path=_join(path, key), value=value, message=unknown_key(key, allowed)))
    missing = [field.encode_name for field in node.fields if field.required and field.encode_name not in raw]
    problems.extend(Problem(path=_join(path, key), message="is missing") for key in missing)
    return node.cls(**values)


def _table(raw: Any, node: shape.DictType, path: str, problems: list[Problem]) -> Any:
    if not isinstance(raw, dict):
        problems.append(Problem(path=path, value=raw, message=f"{quoted(raw)} is not a table"))
        return {}
    table = {}
    for key, value in raw.items():
        here = _join(path, key)
        before = len(problems)
        name = _leaf(key, node.key_type, here, problems)
        if len(problems) == before:
            table[name] = _walk(value, node.value_type, here, problems)
    return table


def _list(raw: Any, item: shape.Type, path: str, problems: list[Problem]) -> Any:
    if not isinstance(raw, (list, tuple)):
        problems.append(Problem(path=path, value=raw, message=f"{quoted(raw)} is not a list"))
        return None
    if isinstance(item, (shape.StructType, shape.VarTupleType, shape.DictType)):
        return tuple(_walk(value, item, f"{path}[{index}]", problems) for index, value in enumerate(raw))
    found: list[Problem] = []
    values = tuple(_leaf(value, item, path, found) for value in raw)
    if not found:
        return values
    problems.append(Problem(path=path, value=raw, message=together(problem.message for problem in found)))
    return None


def _leaf(raw: Any, node: shape.Type, path: str, problems: list[Problem]) -> Any:
    try:
        return msgspec.convert(raw, _python_type(node))
    except (msgspec.ValidationError, RecursionError):
        problems.append(Problem(path=path, value=raw, message=_why(raw, node, before=len(problems))))
        return None


def _python_type(node: shape.Type) -> Any:
    """The annotation that a leaf was described from."""
    if isinstance(node, (shape.EnumType, shape.StructType)):
        return node.cls
    if isinstance(node, shape.LiteralType):
        return Literal[node.values]
    if isinstance(node, shape.UnionType):
        options = [_python_type(option) for option in node.types]
        kind = options[0]
        for option in options[1:]:
            kind = kind | option
        return kind
    if isinstance(node, shape.TupleType):
        return tuple[tuple(_python_type(item) for item in node.item_types)]  # type: ignore[misc]  # built at run time
    if isinstance(node, shape.VarTupleType):
        return tuple[_python_type(node.item_type), ...]  # type: ignore[misc]  # built at run time
    if isinstance(node, (shape.IntType, shape.FloatType)):
        plain = int if isinstance(node, shape.IntType) else float
        limits = {name: getattr(node, name) for name in ("gt", "ge", "lt", "le") if getattr(node, name) is not None}
        return Annotated[plain, msgspec.Meta(**limits)] if limits else plain
    return _PLAIN[type(node)]


def _why(raw: Any, node: shape.Type, *, before: int) -> str:
    if isinstance(node, shape.EnumType):
        return not_one_of(raw, (str(member.value) for member in node.cls), before=before)
    if isinstance(node, shape.LiteralType):
        return not_one_of(raw, (str(value) for value in node.values), before=before)
    if isinstance(node, (shape.IntType, shape.FloatType)):
        return not_a_number(raw, whole=isinstance(node, shape.IntType), lowest=node.ge, highest=node.le)
    if isinstance(node, shape.UnionType):
        return f"{quoted(raw)} is neither text nor a number nor a table"
    message = _MESSAGES.get(type(node))
    return f"{quoted(raw)} is not allowed here" if message is None else message(raw)


def not_a_number(raw: object, *, whole: bool, lowest: int | float | None, highest: int | float | None) -> str:
    """Why a value is not a number in its range: of the wrong kind, or out of it."""
    right_kind = isinstance(raw, int) or (isinstance(raw, float) and not whole)
    limits = f"from {lowest} to {highest}"
    if lowest is None or highest is None:
        limits = "" if lowest is None else f"of {lowest} or more"
    if isinstance(raw, bool) or not right_kind:
        return f"{quoted(raw)} is not a {'whole ' if whole else ''}number {limits}".rstrip()
    if lowest is not None and highest is not None:
        return f"{quoted(raw)} is not between {lowest} and {highest}"
    return f"{quoted(raw)} is not a number {limits}".rstrip()


def unknown_key(key: str, known: Any) -> str:
    """A message for a key that does not exist, with the nearest that does."""
    suggestion = nearest(key, known) if isinstance(key, str) else None
    return "is not a known key" + ("" if suggestion is None else f"; did you mean '{suggestion}'?")


def _join(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)


def _not_a_date(raw: object) -> str:
    return f"{quoted(raw)} is not a date; write it like 2026-05-01"


_MESSAGES: dict[type, Callable[[object], str]] = {
    shape.StrType: lambda raw: f"{quoted(raw)} is not text",
    shape.BoolType: lambda raw: f"{quoted(raw)} is not true or false",
    shape.DateType: _not_a_date,
}
_PLAIN: dict[type, Any] = {
    shape.StrType: str,
    shape.BoolType: bool,
    shape.DateType: date,
    shape.NoneType: type(None),
    shape.AnyType: Any,
    shape.CustomType: Any,
}
