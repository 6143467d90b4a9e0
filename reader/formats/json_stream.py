"""JSON values one after the other: lines, values over many lines, or one list of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from reader.formats.json_values import parse_json
from reader.formats.source import Part


def stream(part: Part) -> Iterator[tuple[str, Any]]:
    """Give the values of a file, each with its place for messages.

    A list that holds all is taken apart. Lines of a value each are read one after the other.

    Raises:
        FormatError: Naming the place and what is wrong.
    """
    lines = ((number, line) for number, line in part.numbered() if line.strip())
    first = next(lines, None)
    if first is None:
        return
    if not _is_object(first[1]):
        yield from _all(part.text())
        return
    for number, line in chain((first,), lines):
        yield f"line {number}", parse_json(line, line=number)


def _is_object(line: str) -> bool:
    """Tell whether a line is a whole object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _all(text: str) -> Iterator[tuple[str, Any]]:
    """Give the values of a text, wherever they end."""
    at, several = _next(text, 0), False
    decoder = json.JSONDecoder()
    while at < len(text):
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            # What is wrong is said by the one who says it everywhere.
            end = len(text)
        line = text.count("\n", 0, at) + 1
        several = several or _next(text, end) < len(text)
        # After as many line ends as stand before it, so that errors name the line of the file.
        value = parse_json("\n" * (line - 1) + text[at:end])
        if isinstance(value, list) and not several:
            yield from ((f"[{i}]", each) for i, each in enumerate(value))
        else:
            yield f"line {line}", value
        at = _next(text, end)


def _next(text: str, at: int) -> int:
    """Return where the next value begins."""
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at
