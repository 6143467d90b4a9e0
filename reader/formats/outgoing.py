"""What an export writes: the shared records at hand, the articles one after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any, Protocol

from reader.annotation.codec import encode_record
from reader.annotation.model import Annotator, Claim, Entity, Note, Record, Relation, kind_of
from reader.annotation.schema import Schema
from reader.formats.document import (
    ArticleData,
    Document,
    from_article,
    records_of,
    without_records,
)
from reader.formats.selection import Selection, select
from reader.store.library import Library
from reader.values import dataclass

Encoded = dict[str, Any]


class Articles(Protocol):
    """Articles with their records; each going through reads them anew, so none stays in memory."""

    def __iter__(self) -> Iterator[ArticleData]:
        """Give them by when they were added."""

    def __len__(self) -> int:
        """Tell how many there are."""

    def get(self, id: str) -> ArticleData | None:
        """Return one by its id."""

    def encoded(self) -> Iterator[tuple[ArticleData, Iterator[Encoded]]]:
        """Give each without its records, and these as JSON values; the first field is `record`.

        This takes a fraction of the time: for formats that write records as they are.
        """


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What an export writes.

    Attributes:
        schema: The library's types, complete for the records.
        annotators: Everybody whom a record names.
        articles: The articles with their records.
        entities: Entities of all of them.
        claims: Claims of all of them.
        relations: Relations between any records.
        notes: Notes on entities, claims and relations.
    """

    schema: Schema
    annotators: tuple[Annotator, ...]
    articles: Articles
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()
    notes: tuple[Note, ...] = ()

    @classmethod
    def of_library(
        cls, library: Library, chosen: Collection[str] | None = None, *, removed: bool = False
    ) -> Outgoing:
        """Choose what to write. Needs `library.steady()` until all is written.

        Args:
            library: The library to export from.
            chosen: Ids of the articles to export with all they refer to, or
                None for everything.
            removed: Whether everything has the removed articles too.

        Raises:
            LibraryError: If the library cannot be read, or lacks one of the articles.
        """
        selection = select(library, chosen, removed=removed)
        return cls(
            selection.schema,
            selection.annotators,
            _Stored(library, selection),
            *(_of(selection, kind) for kind in (Entity, Claim, Relation, Note)),
        )

    @classmethod
    def of_document(cls, document: Document) -> Outgoing:
        """Return what a document holds."""
        return cls(
            document.schema,
            document.annotators,
            _Given(document.articles),
            document.entities,
            document.claims,
            document.relations,
            document.notes,
        )

    def shared(self) -> Document:
        """Return all that stands above the articles, as a document without any."""
        return Document(
            self.schema,
            self.annotators,
            entities=self.entities,
            claims=self.claims,
            relations=self.relations,
            notes=self.notes,
        )

    def document(self) -> Document:
        """Return everything at once: only for what is known to be small."""
        return replace(self.shared(), articles=tuple(self.articles))


class _Stored:
    """Articles that are read from a library when they are asked for."""

    def __init__(self, library: Library, selection: Selection) -> None:
        self._library = library
        self._ids = dict.fromkeys(selection.articles)
        self._annotated = selection.annotated

    def __iter__(self) -> Iterator[ArticleData]:
        return map(self._read, self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def get(self, id: str) -> ArticleData | None:
        return self._read(id) if id in self._ids else None

    def encoded(self) -> Iterator[tuple[ArticleData, Iterator[Encoded]]]:
        kinds = self._library.records.kinds()
        for id in self._ids:
            own = kinds if id in self._annotated else ()
            bare = from_article(self._library.articles.read(id), ())
            yield bare, self._library.records.encoded(id, own)

    def _read(self, id: str) -> ArticleData:
        records = self._library.records.within(id) if id in self._annotated else ()
        return from_article(self._library.articles.read(id), records)


class _Given:
    """Articles that are at hand."""

    def __init__(self, articles: tuple[ArticleData, ...]) -> None:
        self._articles = {article.id: article for article in articles}

    def __iter__(self) -> Iterator[ArticleData]:
        return iter(self._articles.values())

    def __len__(self) -> int:
        return len(self._articles)

    def get(self, id: str) -> ArticleData | None:
        return self._articles.get(id)

    def encoded(self) -> Iterator[tuple[ArticleData, Iterator[Encoded]]]:
        for article in self._articles.values():
            records = map(_encoded, records_of(article))
            yield without_records(article), records


def _encoded(record: Record) -> Encoded:
    return {"record": kind_of(record)} | encode_record(record)


def _of(selection: Selection, kind: type[Any]) -> tuple[Any, ...]:
    return tuple(record for record in selection.shared if isinstance(record, kind))
