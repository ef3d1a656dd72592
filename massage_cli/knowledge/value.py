"""The base of every value in the program: frozen, strict about keys, kebab-case in files."""

import msgspec


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """A frozen value; an unknown key is an error, and a key that holds its default is left out of files.

    Subclasses repeat `frozen=True, kw_only=True`: msgspec hands on the first alone, and type checkers want it said.
    """
