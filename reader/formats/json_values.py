"""Reading JSON that somebody else may have written: every surprise is one clear line."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from reprlib import repr as short_repr
from typing import Any, NoReturn

from reader.errors import FormatError

_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_CURE = "repair it, or export it again."

# Written as escapes, though JSON would let them stand: what some terminals obey
# (DEL, C1), what some tools end a line at, and what reorders a whole line of JSON.
_UNSAFE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def parse_json(text: str, *, line: int | None = None, cure: str = _CURE) -> Any:
    """Turn JSON into values.

    Args:
        text: The JSON.
        line: Its number in the file, when it is one line of many; for messages.
        cure: What to do about text that is no JSON; for messages.

    Raises:
        FormatError: Naming the line and what is wrong: no JSON, a field twice
            in one object, a number no field can hold, half a surrogate pair.
    """
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_int=_integer,
            parse_float=_float,
        )
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        at = f"line {line or error.lineno}, column {error.colno}"
        raise FormatError(f"not JSON: {what} at {at}; {cure}") from error
    except RecursionError:
        raise FormatError(
            f"{_line(line)}its values are nested too deeply; it is no export of a library."
        ) from None
    except FormatError as error:
        raise FormatError(_line(line) + error.message) from error
    if _SURROGATE_ESCAPE.search(text):
        _refuse_surrogates(value, _line(line))
    return value


def dump_line(value: Any) -> str:
    """Write a value as JSON on one line, without what steers a terminal."""
    return escape(json.dumps(value, ensure_ascii=False))


def in_order(value: Any) -> Any:
    """Return a value with the fields of all its objects by name: databases change their order."""
    if isinstance(value, dict):
        return {name: in_order(value[name]) for name in sorted(value)}
    return [in_order(each) for each in value] if isinstance(value, list) else value


def escape(written: str) -> str:
    """Write what steers a terminal as escapes, in JSON that is written already."""
    return _UNSAFE.sub(_escaped, written)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def mapping(value: Any, where: str) -> Mapping[str, Any]:
    """Return a value that should be a JSON object.

    Raises:
        FormatError: Naming `where`.
    """
    if not isinstance(value, dict):
        raise FormatError(f"{where}: {short_repr(value)} should be an object.")
    return value


def items(value: Any, where: str) -> list[Any]:
    """Return a value that should be a JSON list.

    Raises:
        FormatError: Naming `where`.
    """
    if not isinstance(value, list):
        raise FormatError(f"{where}: {short_repr(value)} should be a list.")
    return value


def string(value: Any, where: str) -> str:
    """Return a value that should be a string.

    Raises:
        FormatError: Naming `where`.
    """
    if not isinstance(value, str):
        raise FormatError(f"{where}: {short_repr(value)} should be text.")
    return value


def offset(value: Any, where: str) -> int:
    """Return a value that should be a whole number from 0 on; true and 1.0 are none.

    Raises:
        FormatError: Naming `where`.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise FormatError(f"{where}: {short_repr(value)} should be a whole number from 0 on.")
    return value


def _line(number: int | None) -> str:
    return "" if number is None else f"line {number}: "


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise FormatError(f"the field {twice[:40]!r} stands twice in one object; keep one of them.")
    return made


def _no_constant(name: str) -> NoReturn:
    raise FormatError(f"{name} is no number of JSON; write one, or null.")


def _integer(digits: str) -> int:
    # Python refuses thousands of digits with a traceback, and no field needs twenty.
    if len(digits) > 20:
        raise FormatError(f"the number {digits[:20]}… is too large for any field.")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise FormatError(f"the number {digits[:20]} is too large for any field.")
    return number


def _refuse_surrogates(document: Any, line: str) -> None:
    for path, text in _strings(document):
        found = _SURROGATE.search(text)
        if found:
            raise FormatError(
                f"{line}{path}: lone surrogate U+{ord(found.group()):04X} at character "
                f"{found.start()}; no text can hold half a pair, replace it."
            )


def _strings(document: Any) -> Iterator[tuple[str, str]]:
    """Give every text in a JSON value with its path, field names too."""
    waiting: list[tuple[str, Any]] = [("", document)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, dict):
            yield from ((path or "top", name) for name in value)
            dot = "." if path else ""
            inner = [(f"{path}{dot}{name}", item) for name, item in value.items()]
            waiting += reversed(inner)
        elif isinstance(value, list):
            waiting += reversed([(f"{path}[{i}]", item) for i, item in enumerate(value)])
