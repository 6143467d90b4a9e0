"""One state of a library, read in portions: what an export is made from."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from reader.annotation.model import Annotator, Record
from reader.annotation.schema import Schema
from reader.corpus.article import Article
from reader.store import articles, rows, settings


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A library inside one read transaction; good until `Library.snapshot` ends."""

    connection: sqlite3.Connection

    def article_ids(self) -> tuple[str, ...]:
        """Return the ids of all articles, by when they were added, then by id."""
        found = self.connection.execute("SELECT id FROM article ORDER BY added, id")
        return tuple(row["id"] for row in found)

    def article(self, id: str) -> Article | None:
        """Read one article, or None when there is none with this id."""
        return articles.read_article(self.connection, id)

    def records_in(self, article: str) -> tuple[Record, ...]:
        """Read the records of one article."""
        return tuple(rows.read_in_article(self.connection, article))

    def shared_records(self) -> tuple[Record, ...]:
        """Read the records above the articles."""
        return tuple(rows.read_shared(self.connection))

    def annotators(self) -> tuple[Annotator, ...]:
        """Return everybody who has annotated here, by id."""
        found = self.connection.execute("SELECT id, name FROM annotator ORDER BY id")
        return tuple(Annotator(row["id"], row["name"]) for row in found)

    def schema(self) -> Schema:
        """Return the label schema."""
        return settings.read_schema(self.connection)
