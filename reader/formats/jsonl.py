"""Our JSON in lines: one article or record on each, in any order.

The first line says what the file is and which types the records use. Every other
line is an object whose field `record` says what it is: `annotator`, `article`
(the text and what is known about it), or a kind of record, with the fields that
docs/json-format.md names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reader.annotation.codec import decode_record, decode_value, encode
from reader.annotation.model import KINDS, Annotator, Record, article_of
from reader.annotation.schema import encode_schema
from reader.annotation.schema_reading import decode_schema
from reader.errors import FormatError
from reader.formats.contents import OnDisk
from reader.formats.document import (
    IN_ARTICLES,
    ArticleData,
    ArticleStatus,
    Located,
    article_json,
    status_of,
)
from reader.formats.format import ExportOptions, File, Format, ImportOptions, Read
from reader.formats.json_values import escape, mapping, parse_json, string
from reader.formats.outgoing import Outgoing
from reader.formats.source import Part, Source

NAME = "bidi-reader-lines"
VERSION = 1

FORMAT = Format(
    name="jsonl",
    title="JSON of this program, in lines",
    suffixes=(".jsonl", ".ndjson"),
    media="application/jsonl",
    offsets="code points",
    exact=True,
    notes="Everything but the history; one article or record a line, in any order.",
)
_HEAD = re.compile(rf'\s*\{{[^\n{{}}]*"format"\s*:\s*"{NAME}"')
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_LISTS = {*IN_ARTICLES, "status"}
_RECORDS = KINDS.keys() - {"article", "status"}


def recognises(part: Part) -> bool:
    """Tell whether a file begins as ours do."""
    return _HEAD.match(part.peek()) is not None


def write(outgoing: Outgoing, options: ExportOptions) -> Iterator[File]:
    """Write one file, in portions of an article."""
    yield File("library.jsonl", _portions(outgoing))


def _portions(outgoing: Outgoing) -> Iterator[str]:
    head = {"format": NAME, "version": VERSION, "schema": encode_schema(outgoing.schema)}
    yield _line({"record": "library"} | head)
    yield from _lines("annotator", outgoing.annotators)
    yield from _lines("entity", outgoing.entities)
    yield from _lines("claim", outgoing.claims)
    for article, records in outgoing.articles.encoded():
        yield _article_line(article) + _record_lines(list(records))
    yield from _lines("relation", outgoing.relations)
    yield from _lines("note", outgoing.notes)


def _lines(kind: str, rows: Iterable[Record | Annotator]) -> Iterator[str]:
    return (_line({"record": kind} | encode(row)) for row in rows)


def _article_line(article: ArticleData) -> str:
    own = article_json(article)
    about = {name: own[name] for name in own if name not in _LISTS}
    return _line({"record": "article"} | about)


def _record_lines(records: list[dict[str, Any]]) -> str:
    if not records:
        return ""
    for values in records:
        if values["record"] == "status":
            # Its id is what its article and annotator say.
            del values["id"]
    # The encoder takes them all at once, as each call of it costs as much as a small record. What
    # is replaced stands nowhere else: in a string its quotes would be escaped.
    written = escape(_ENCODE(records))[1:-1]
    return written.replace('}, {"record": ', '}\n{"record": ') + "\n"


def _line(values: Mapping[str, Any]) -> str:
    return escape(_ENCODE(values)) + "\n"


def read(source: Source, options: ImportOptions) -> Iterator[Read]:
    """Read each file as a document; what a line refers to may stand before or after it."""
    for part in source.parts:
        with part.placed():
            yield Read(contents=_Lines(options).read(part), ids="exact", shown=part.shown)


class _Lines:
    """What the lines of one file say."""

    def __init__(self, options: ImportOptions) -> None:
        self._told = options.told
        self._contents = OnDisk(options.schema)
        self._has_head = False

    def read(self, part: Part) -> OnDisk:
        """Read the lines of a file.

        Raises:
            FormatError: Naming the line.
        """
        is_empty = True
        for number, line in part.numbered():
            if line.strip():
                is_empty = False
                where = f"line {number}"
                self._take(mapping(parse_json(line, line=number), where), where)
        if is_empty:
            raise FormatError("empty; name a file that `reader export --format jsonl` wrote.")
        return self._contents

    def _take(self, line: Mapping[str, Any], where: str) -> None:
        kind = string(line.get("record"), f"{where}.record")
        data = {name: value for name, value in line.items() if name != "record"}
        if kind == "library":
            self._take_head(data, where)
        elif kind == "annotator":
            self._contents.put_person(where, decode_value(Annotator, data, where))
        elif kind == "article":
            self._contents.put_article(where, decode_value(ArticleData, data, where))
            self._told()
        elif kind == "status":
            home = string(data.pop("article", None), f"{where}.article")
            status: ArticleStatus = decode_value(ArticleStatus, data, where)
            self._contents.put_record(Located(where, status_of(home, status), home))
        else:
            self._take_record(kind, data, where)

    def _take_head(self, data: Mapping[str, Any], where: str) -> None:
        if self._has_head:
            raise FormatError(f"{where}: a second head; import one file after the other.")
        version = data.get("version")
        if version != VERSION or isinstance(version, bool):
            raise FormatError(
                f"{where}.version: should be {VERSION}, the one this program reads; update the "
                "program, or export it again."
            )
        self._has_head = True
        self._contents.schema = decode_schema(data.get("schema"), f"{where}.schema")

    def _take_record(self, kind: str, data: dict[str, Any], where: str) -> None:
        if kind not in _RECORDS:
            known = ", ".join(sorted({"library", "annotator", "article", "status", *_RECORDS}))
            raise FormatError(f"{where}.record: {kind[:40]!r} is not one of {known}.")
        record = decode_record(kind, data, where)
        self._contents.put_record(Located(where, record, article_of(record)))
