"""Our JSON in lines: one article or record on each, in any order.

The first line says what the file is and which types the records use. Every other
line is an object whose field `record` says what it is: `annotator`, `article`
(the text and what is known about it), or a kind of record, with the fields that
docs/json-format.md names.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from reader.annotation.codec import decode_record, decode_value, encode
from reader.annotation.model import Annotator, Record, article_of
from reader.annotation.schema import Schema, encode_schema
from reader.annotation.schema_reading import decode_schema
from reader.errors import FormatError
from reader.formats.document import ArticleData, ArticleStatus, Document, article_json
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
_IN_ARTICLES = {
    "mention": "mentions",
    "attribution": "attributions",
    "claim_mention": "claim_mentions",
    "note": "notes",
    "refusal": "refusals",
    "suggestion": "suggestions",
}
_AT_THE_TOP = {"entity": "entities", "claim": "claims", "relation": "relations", "note": "notes"}
_LISTS = {*_IN_ARTICLES.values(), "status"}


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
            yield _Lines(source, options).read(part)


class _Lines:
    """What the lines of one file say."""

    def __init__(self, source: Source, options: ImportOptions) -> None:
        self._known = source.articles
        self._schema: Schema | None = None
        self._offered = options.schema
        self._annotators: dict[int, Annotator] = {}
        self._articles: dict[str, tuple[int, ArticleData]] = {}
        self._records: dict[str | None, dict[str, dict[int, Any]]] = defaultdict(
            lambda: defaultdict(dict)
        )

    def read(self, part: Part) -> Read:
        """Read the lines of a file.

        Raises:
            FormatError: Naming the line.
        """
        for number, line in part.numbered():
            if line.strip():
                self._take(mapping(parse_json(line, line=number), f"line {number}"), number)
        if self._schema is None and not self._articles and not self._records:
            raise FormatError("empty; name a file that `reader export --format jsonl` wrote.")
        return self._read()

    def _take(self, line: Mapping[str, Any], number: int) -> None:
        where = f"line {number}"
        kind = string(line.get("record"), f"{where}.record")
        data = {name: value for name, value in line.items() if name != "record"}
        if kind == "library":
            self._take_head(data, where)
        elif kind == "annotator":
            self._annotators[number] = decode_value(Annotator, data, where)
        elif kind == "article":
            article = decode_value(ArticleData, data, where)
            if article.id in self._articles:
                raise FormatError(f"{where}: the article {article.id} stands twice; keep one.")
            self._articles[article.id] = number, article
        elif kind == "status":
            home = string(data.pop("article", None), f"{where}.article")
            self._records[home]["status"][number] = decode_value(ArticleStatus, data, where)
        else:
            self._take_record(kind, data, number)

    def _take_head(self, data: Mapping[str, Any], where: str) -> None:
        if self._schema is not None:
            raise FormatError(f"{where}: a second head; import one file after the other.")
        version = data.get("version")
        if version != VERSION or isinstance(version, bool):
            raise FormatError(
                f"{where}.version: should be {VERSION}, the one this program reads; update the "
                "program, or export it again."
            )
        self._schema = decode_schema(data.get("schema"), f"{where}.schema")

    def _take_record(self, kind: str, data: dict[str, Any], number: int) -> None:
        if kind not in _IN_ARTICLES and kind not in _AT_THE_TOP:
            known = ", ".join(sorted({"library", "annotator", "article", "status", *_NAMED}))
            raise FormatError(f"line {number}.record: {kind[:40]!r} is not one of {known}.")
        record = decode_record(kind, data, f"line {number}")
        home = article_of(record)
        names = _AT_THE_TOP if home is None else _IN_ARTICLES
        self._records[home][names[kind]][number] = record

    def _read(self) -> Read:
        top = self._records.pop(None, {})
        places: dict[str, str] = {}
        for home, lists in self._records.items():
            if home not in self._articles:
                number = min(number for rows in lists.values() for number in rows)
                self._articles[str(home)] = number, self._attached(str(home), number)
        articles = [
            self._filled(data, f"articles[{i}]", number, places)
            for i, (number, data) in enumerate(self._articles.values())
        ]
        rows = {"annotators": self._annotators} | top
        return Read(
            document=Document(
                self._schema or self._offered,
                articles=tuple(articles),
                **{name: _listed(rows[name], name, places) for name in rows},
            ),
            ids="exact",
            places=places,
        )

    def _attached(self, id: str, number: int) -> ArticleData:
        found = self._known.with_id(id)
        if found is None:
            raise FormatError(
                f"line {number}: there is no article {id[:40]!r}, neither in the file nor in the "
                "library; export it along."
            )
        return found

    def _filled(
        self, data: ArticleData, path: str, number: int, places: dict[str, str]
    ) -> ArticleData:
        places[path] = f"line {number}"
        lists = self._records.get(data.id, {})
        found: dict[str, Any] = {
            name: _listed(lists[name], f"{path}.{name}", places) for name in lists
        }
        return replace(data, **found) if found else data


_NAMED = {*_IN_ARTICLES, *_AT_THE_TOP}


def _listed(rows: Mapping[int, Any], path: str, places: dict[str, str]) -> tuple[Any, ...]:
    """Return the records of a list, and note the line of each."""
    for i, number in enumerate(rows):
        places[f"{path}[{i}]"] = f"line {number}"
    return tuple(rows.values())
