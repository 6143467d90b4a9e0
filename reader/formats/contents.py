"""What one document brings, gone through and looked up as often as needed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Protocol

from reader.annotation.model import (
    Annotator,
    Claim,
    Entity,
    Note,
    Record,
    Ref,
    Relation,
    kind_of,
    ref_to,
)
from reader.annotation.schema import Schema
from reader.errors import FormatError
from reader.formats.document import (
    ArticleData,
    Document,
    Located,
    from_article,
    located,
    located_in,
    to_article,
    without_records,
)
from reader.store.items import Items


class Contents(Protocol):
    """A schema, people, texts and records; all of them come with their places, for messages."""

    @property
    def schema(self) -> Schema:
        """The types that the records use."""

    def people(self) -> Iterable[tuple[str, Annotator]]:
        """Give everybody whom a record names."""

    def articles(self) -> Iterable[tuple[str, ArticleData]]:
        """Give the texts; records in them do not count."""

    def records(self) -> Iterable[Located]:
        """Give the records."""

    def of_kinds(self, kinds: Collection[str]) -> Iterable[Located]:
        """Give the records of some kinds."""

    def has_person(self, id: str) -> bool:
        """Tell whether somebody is among the people."""

    def text(self, article: str) -> str | None:
        """Return the text of an article, or None when it is not here."""

    def has(self, ref: Ref) -> bool:
        """Tell whether a record is here."""

    def record(self, ref: Ref) -> Record | None:
        """Return a record, or None when it is not here."""

    def document(self) -> Document:
        """Return all of it; for what is known to be small."""


class InMemory:
    """A document that is at hand.

    Args:
        document: The document.

    Raises:
        FormatError: If an id stands in it twice.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self.schema = document.schema
        self._located = tuple(located(document))
        _refuse_twice((path, who.id) for path, who in self.people())
        _refuse_twice((path, article.id) for path, article in self.articles())
        _refuse_twice((place.path, place.record.id) for place in self._located)
        self._people = frozenset(who.id for who in document.annotators)
        self._texts = {article.id: article.text for article in document.articles}
        self._records = {ref_to(place.record): place.record for place in self._located}

    def people(self) -> Iterator[tuple[str, Annotator]]:
        """Give everybody whom a record names."""
        return ((f"annotators[{i}]", who) for i, who in enumerate(self._document.annotators))

    def articles(self) -> Iterator[tuple[str, ArticleData]]:
        """Give the texts."""
        return ((f"articles[{i}]", each) for i, each in enumerate(self._document.articles))

    def records(self) -> tuple[Located, ...]:
        """Give the records, those of the articles first."""
        return self._located

    def of_kinds(self, kinds: Collection[str]) -> Iterator[Located]:
        """Give the records of some kinds."""
        return (place for place in self._located if kind_of(place.record) in kinds)

    def has_person(self, id: str) -> bool:
        """Tell whether somebody is among the people."""
        return id in self._people

    def text(self, article: str) -> str | None:
        """Return the text of an article, or None when it is not here."""
        return self._texts.get(article)

    def has(self, ref: Ref) -> bool:
        """Tell whether a record is here."""
        return ref in self._records

    def record(self, ref: Ref) -> Record | None:
        """Return a record, or None when it is not here."""
        return self._records.get(ref)

    def document(self) -> Document:
        """Return all of it."""
        return self._document


class OnDisk:
    """A document that is read piece by piece, and may be more than should be held in memory.

    Args:
        schema: The types that its records use.
    """

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._items = Items()

    def put_person(self, path: str, who: Annotator) -> None:
        """Take in one of the people.

        Raises:
            FormatError: If the id is taken; likewise for articles and records.
        """
        self._put("people", path, who.id, (path, who))

    def put_article(self, path: str, article: ArticleData) -> None:
        """Take in a text with its records."""
        self._put("articles", path, article.id, (path, without_records(article)))
        for place in located_in(article, path):
            self.put_record(place)

    def put_record(self, place: Located) -> None:
        """Take in a record."""
        self._put("records", place.path, place.record.id, place, kind_of(place.record))

    def _put(self, family: str, path: str, id: str, value: Any, kind: str = "") -> None:
        if not self._items.put(family, id, value, kind):
            there = self._items.get(family, id)
            raise _twice(path, id, there.path if isinstance(there, Located) else there[0])

    def people(self) -> Iterator[tuple[str, Annotator]]:
        """Give everybody whom a record names."""
        return self._items.all("people")

    def articles(self) -> Iterator[tuple[str, ArticleData]]:
        """Give the texts."""
        return self._items.all("articles")

    def records(self) -> Iterator[Located]:
        """Give the records in the order in which they came."""
        return self._items.all("records")

    def of_kinds(self, kinds: Collection[str]) -> Iterator[Located]:
        """Give the records of some kinds."""
        return self._items.of_kinds("records", kinds)

    def has_person(self, id: str) -> bool:
        """Tell whether somebody is among the people."""
        return self._items.has("people", id)

    def text(self, article: str) -> str | None:
        """Return the text of an article, or None when it is not here."""
        found = self._items.get("articles", article)
        return None if found is None else str(found[1].text)

    def has(self, ref: Ref) -> bool:
        """Tell whether a record is here."""
        return self._items.has("records", ref.id, ref.kind)

    def record(self, ref: Ref) -> Record | None:
        """Return a record, or None when it is not here."""
        found: Located | None = self._items.get("records", ref.id) if self.has(ref) else None
        return None if found is None else found.record

    def document(self) -> Document:
        """Return all of it; for what is known to be small."""
        inside: dict[str | None, list[Record]] = {}
        for place in self.records():
            inside.setdefault(place.article, []).append(place.record)
        above = {name: tuple(_of_kind(inside.get(None, ()), kind)) for name, kind in _ABOVE}
        articles = (
            from_article(to_article(data), tuple(inside.get(data.id, ())))
            for _, data in self.articles()
        )
        people = tuple(who for _, who in self.people())
        return Document(self.schema, people, tuple(articles), **above)


_ABOVE = (("entities", Entity), ("claims", Claim), ("relations", Relation), ("notes", Note))


def _of_kind(records: Iterable[Record], kind: type[Any]) -> Iterator[Any]:
    return (record for record in records if isinstance(record, kind))


def _refuse_twice(ids: Iterable[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for path, id in ids:
        if id in seen:
            raise _twice(path, id, seen[id])
        seen[id] = path


def _twice(path: str, id: str, there: str) -> FormatError:
    return FormatError(f"{path}: the id {id} stands at {there} already; keep one.")
