"""In which line of a TOML file a name stands: `tomllib` tells the values only.

The lines are looked at one by one, so a row inside a text of several lines may be taken for
a name; that can only make a message name the wrong line.
"""

from __future__ import annotations

import re

_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")
_NAME = r"""(?:"[^"]*"|'[^']*'|[\w-]+)"""
_DOTTED = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_TABLE = re.compile(rf"\s*\[\[?\s*({_DOTTED})\s*\]")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")


def lines_of(text: str) -> dict[tuple[str, ...], int]:
    """Return the line (from 1) of each table and each name, by its parts from the top.

    A name in the table `keys` is one part, with or without quotation marks: the id of a command.
    """
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if head := _TABLE.match(line):
            table = _parts(head[1])
            found.setdefault(table, number)
        elif name := _KEY.match(line):
            parts = (*table, *_parts(name[1]))
            found.setdefault(parts, number)
            if parts[0] == "keys":
                found.setdefault(("keys", ".".join(parts[1:])), number)
    return found


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple("".join(part.groups(default="")) for part in _PART.finditer(dotted))
