"""Read the JSON document, and check all of it before anything is imported.

Every problem is a `FormatError` of one line: the file, the place in the
document, what is wrong, and what would be right.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from reader.annotation.codec import decode_value
from reader.annotation.model import Annotator, Claim, Entity, Note, Relation
from reader.annotation.schema import decode_schema
from reader.errors import FormatError
from reader.formats.document import FORMAT, VERSION, ArticleData, Document

_LISTS: Mapping[str, Any] = {
    "annotators": tuple[Annotator, ...],
    "articles": tuple[ArticleData, ...],
    "entities": tuple[Entity, ...],
    "claims": tuple[Claim, ...],
    "relations": tuple[Relation, ...],
    "notes": tuple[Note, ...],
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_DEEP = "its values are nested too deeply; it is no export of a library"


def parse_document(data: bytes) -> Document:
    """Turn the bytes of a file into a document; see `reader.formats.checks` for the rest.

    Raises:
        FormatError: Naming the place and what would be right.
    """
    text = _decode(data)
    if not text.strip():
        raise FormatError("empty; name a file that `reader export` wrote.")
    document = _parse(text)
    _check_head(document)
    if _SURROGATE_ESCAPE.search(text):
        _refuse_surrogates(document)
    return _document(document)


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(
            f"not UTF-8 at byte {error.start}; save it as UTF-8, or export it again."
        ) from error


def _parse(text: str) -> Any:
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_no_constant, parse_int=_integer
        )
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        raise FormatError(
            f"not JSON: {what} at line {error.lineno}, column {error.colno}; "
            "repair it, or export it again."
        ) from error
    except RecursionError:
        raise FormatError(f"{_DEEP}.") from None


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


def _check_head(data: Any) -> None:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise FormatError(
            f'no export of this program (its "format" is not "{FORMAT}"); '
            "name a file that `reader export` wrote."
        )
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise FormatError(f"version: should be a whole number, {VERSION} for this format.")
    if version > VERSION:
        raise FormatError(
            f"version: {version} is newer than {VERSION}, the newest this program reads; "
            "update the program."
        )


def _document(data: dict[str, Any]) -> Document:
    known = ("format", "version", "schema", *_LISTS)
    for name in known:
        if name not in data:
            raise FormatError(f"the field {name!r} is missing.")
    for name in data:
        if name not in known:
            raise FormatError(
                f"unknown field {name[:40]!r}; the fields of a document are {', '.join(known)}."
            )
    schema = decode_schema(data["schema"])
    lists = {name: decode_value(hint, data[name], name) for name, hint in _LISTS.items()}
    return Document(schema, **lists)


def _refuse_surrogates(document: Any) -> None:
    for path, text in _strings(document):
        found = _SURROGATE.search(text)
        if found:
            raise FormatError(
                f"{path}: lone surrogate U+{ord(found.group()):04X} at character "
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
