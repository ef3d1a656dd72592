"""On which line of a TOML text each key path stands, as far as a simple reading can tell."""

import re

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]#]+)\]\]?\s*(?:#.*)?\Z")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=(.*)""", re.DOTALL)
_INLINE_KEY = re.compile(r"""(?:[{,]\s*)([A-Za-z0-9_-]+)\s*=""")


def key_lines(text: str) -> dict[str, int]:
    """The line of each key path, like `pain` or `clearances[0].by`, counted from 1. Paths that were not found are left out."""
    lines: dict[str, int] = {}
    prefix, tables, closing = "", dict[str, int](), None
    for number, line in enumerate(text.split("\n"), start=1):
        if closing is not None:
            if closing in line:
                closing = None
            continue
        header, key = _HEADER.match(line), _KEY.match(line)
        if header is not None:
            prefix = _name(header[2])
            if header[1] == "[[":
                tables[prefix] = tables.get(prefix, -1) + 1
            prefix = _indexed(prefix, tables)
            lines.setdefault(prefix, number)
        elif key is not None:
            path = ".".join(part for part in (prefix, _name(key[1])) if part)
            lines.setdefault(path, number)
            for inline in _INLINE_KEY.finditer(key[2]):
                lines.setdefault(f"{path}.{inline[1]}", number)
            for quotes in ('"""', "'''"):
                if key[2].count(quotes) == 1:
                    closing = quotes
    return lines


def _name(dotted: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in dotted.split("."))


def _indexed(prefix: str, tables: dict[str, int]) -> str:
    """The path with the index of each array of tables that it passes through."""
    parts: list[str] = []
    for part in prefix.split("."):
        parts.append(part)
        plain = re.sub(r"\[\d+\]", "", ".".join(parts))
        if plain in tables:
            parts[-1] = f"{part}[{tables[plain]}]"
    return ".".join(parts)
