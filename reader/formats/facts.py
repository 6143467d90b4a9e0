"""What a document says, as facts that can be compared, whatever ids its records have.

A fact is keyed by content: a mention by its place and type, an entity by type
and name, a relation by its ends. The id itself is one more fact.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, NamedTuple

from reader.annotation.codec import encode, encode_record
from reader.annotation.model import (
    KINDS,
    Annotator,
    Note,
    Record,
    Ref,
    Relation,
    Status,
    article_of,
    kind_of,
    ref_to,
    spans_of,
    status_id,
)
from reader.annotation.references import people, references
from reader.annotation.schema import Schema, encode_schema
from reader.annotation.spans import Range
from reader.formats.document import IN_ARTICLES, ArticleData, article_json
from reader.formats.matching import key_of

_PLACE = frozenset(("article", "start", "end", "quote", "prefix", "suffix", "fragments"))
"""Fields that a span is laid flat into; the place of a record is its key."""

_DIGESTS = frozenset(("id", "sha256"))
"""What the text of an article tells about itself."""


class Item(NamedTuple):
    """A record, or something like one, for comparing and for showing.

    Attributes:
        kind: `mention`, `article`, `entity_type`, ...
        article: Id of the article it belongs to, or None.
        key: What it is known by.
        words: What it is shown by: its quote, name or text.
        place: From where to where it stands, or None.
    """

    kind: str
    article: str | None
    key: Hashable
    words: str
    place: Range | None = None


class Fact(NamedTuple):
    """One thing that a document says.

    Attributes:
        item: Of what.
        field: The name of the field; "" says that the item is there.
        value: The value, as JSON; "" for the item itself.
    """

    item: Item
    field: str
    value: str

    @property
    def identity(self) -> Hashable:
        """What is equal when two documents say the same."""
        return self.item.kind, self.item.article, self.item.key, self.field, self.value


class Names:
    """What records and people are known by in other records, in place of their ids."""

    def __init__(self) -> None:
        self._keys: dict[Ref, Hashable] = {}
        self._people: dict[str, str] = {}

    def add(self, annotators: Iterable[Annotator], records: Iterable[Record]) -> None:
        """Learn people, and records; what a record is known by may need those before it."""
        self._people |= {person.id: person.name for person in annotators}
        for record in records:
            self._keys[ref_to(record)] = self.key(record)

    def key(self, record: Record) -> Hashable:
        """Return what a record is known by."""
        if isinstance(record, Relation):
            return "relation", record.type, self.of(record.source), self.of(record.target)
        if isinstance(record, Note):
            return "note", self.of(record.on), record.text
        if isinstance(record, Status):
            return "status", self.person(record.annotator)
        return key_of(record)

    def of(self, ref: Ref) -> Hashable:
        """Return what a record is known by that another names."""
        return self._keys.get(ref, (ref.kind, ref.id))

    def person(self, id: str) -> str:
        """Return the name of an annotator."""
        return self._people.get(id, id)


def article_facts(data: ArticleData, names: Names) -> Iterator[Fact]:
    """Give what is said of an article and of all that is marked in it."""
    item = Item("article", data.id, data.id, _title(data))
    yield Fact(item, "", "")
    own = article_json(data)
    for name, value in own.items():
        says = value not in (None, "", False, [], {})
        if says and name not in (*IN_ARTICLES, "status", *_DIGESTS):
            yield from _values(item, name, value)
    records = records_of(data)
    names.add((), records)
    for record in records:
        yield from record_facts(record, names)


def records_of(data: ArticleData) -> tuple[Record, ...]:
    """Return the records of an article, what others refer to first."""
    status = (
        Status(
            status_id(data.id, item.annotator), data.id, item.annotator, item.value, item.updated
        )
        for item in data.status
    )
    return (
        *data.mentions,
        *data.attributions,
        *data.claim_mentions,
        *data.refusals,
        *data.suggestions,
        *status,
        *sorted(data.notes, key=lambda note: note.on.kind == "note"),
    )


def _title(data: ArticleData) -> str:
    return data.heading or (data.title.quote if data.title else data.text[:80])


def record_facts(record: Record, names: Names) -> Iterator[Fact]:
    """Give what is said of a record; a field that says nothing (its default) is no fact."""
    item = _item(record, names)
    yield Fact(item, "", "")
    named: dict[str, Hashable] = {name: names.of(ref) for name, ref in references(record)}
    named |= {name: names.person(id) for name, id in people(record)}
    encoded = encode_record(record)
    for name, default in _defaults(kind_of(record)).items():
        value = getattr(record, name)
        if name in ("span", *_PLACE) or (default is not MISSING and value == default):
            continue
        if isinstance(record, Status) and name == "id":
            continue
        yield from _values(item, name, named[name] if name in named else encoded[name])


@cache
def _defaults(kind: str) -> dict[str, Any]:
    return {field.name: field.default for field in fields(KINDS[kind])}


def _item(record: Record, names: Names) -> Item:
    spans = spans_of(record)
    words = spans[0].quote if spans else _words(record)
    place = (spans[0].start, spans[0].end) if spans else None
    return Item(kind_of(record), article_of(record), names.key(record), words, place)


def _words(record: Any) -> str:
    for name in ("name", "text", "type", "value"):
        if isinstance(found := getattr(record, name, None), str):
            return found
    return ""


def _values(item: Item, name: str, value: Any) -> Iterator[Fact]:
    """Give a fact for a value, or for each of several."""
    if isinstance(value, list):
        for each in value:
            yield Fact(item, name, _written(each))
    elif isinstance(value, Mapping) and name == "attributes":
        for key, each in value.items():
            yield Fact(item, name, _written([key, each]))
    else:
        yield Fact(item, name, _written(value))


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def shared_facts(
    schema: Schema, annotators: Iterable[Annotator], records: Iterable[Record], names: Names
) -> Iterator[Fact]:
    """Give what is said of the types, the annotators, and the records above the articles."""
    for kind, rows in encode_schema(schema).items():
        for row in rows:
            item = Item(kind.removesuffix("s"), None, row["name"], row["name"])
            yield Fact(item, "", "")
            for name, value in row.items():
                if name != "name" and value not in ("", False, None, [], ()):
                    yield from _values(item, name, encode(value))
    for person in annotators:
        item = Item("annotator", None, person.name, person.name)
        yield Fact(item, "", "")
        yield Fact(item, "id", _written(person.id))
    for record in records:
        yield from record_facts(record, names)
