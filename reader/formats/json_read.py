"""Read the JSON document, and check all of it before anything is imported.

Every problem is a `FormatError` of one line: the file, the place in the
document, what is wrong, and what would be right.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reader.annotation.codec import decode_value
from reader.annotation.model import Annotator, Claim, Entity, Note, Relation
from reader.annotation.schema_reading import decode_schema
from reader.errors import FormatError
from reader.formats.document import FORMAT, VERSION, ArticleData, Document
from reader.formats.json_values import parse_json

_LISTS: Mapping[str, Any] = {
    "annotators": tuple[Annotator, ...],
    "articles": tuple[ArticleData, ...],
    "entities": tuple[Entity, ...],
    "claims": tuple[Claim, ...],
    "relations": tuple[Relation, ...],
    "notes": tuple[Note, ...],
}


def parse_document(data: bytes) -> Document:
    """Turn the bytes of a file into a document; see `reader.formats.checks` for the rest.

    Raises:
        FormatError: Naming the place and what would be right.
    """
    text = _decode(data)
    if not text.strip():
        raise FormatError("empty; name a file that `reader export` wrote.")
    document = parse_json(text)
    _check_head(document)
    return _document(document)


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(
            f"not UTF-8 at byte {error.start}; save it as UTF-8, or export it again."
        ) from error


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
