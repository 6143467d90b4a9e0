"""What statistics are counted from, read in portions that hold up nobody."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from reader.annotation.attribute_actions import in_words
from reader.annotation.attributes import Attributes
from reader.annotation.codec import decode_value
from reader.annotation.coverage import MARKING, Mark
from reader.annotation.spans import Range
from reader.annotation.statistics import (
    AttributeUse,
    ClaimUse,
    EntityName,
    Mentioned,
    StatusUse,
)
from reader.store import database
from reader.store.access import Stored
from reader.store.damage import DAMAGE, damaged

_PORTION = 4000
"""Spans in a portion: some hundredths of a second."""

_MENTIONS = (
    "SELECT span.article, coalesce(mention.type, ''), mention.entity,"
    " coalesce(mention.annotator, '') FROM span CROSS JOIN mention ON mention.id = span.record"
    " WHERE span.part = 'mention' AND {}"
)
_CLAIMS = (
    "SELECT span.article, made.claim, made.claimant, coalesce(made.annotator, ''),"
    " coalesce(made.polarity, ''), coalesce(made.mode, ''), coalesce(made.epistemic, '')"
    " FROM claim_mention AS made CROSS JOIN span ON span.record = made.id AND span.part = 'claim'"
    " WHERE made.rowid BETWEEN ? AND ?"
)
_ON_SPAN = (
    "SELECT span.article, made.annotator, made.attributes FROM {} AS made"
    " CROSS JOIN span ON span.record = made.id AND span.part = '{}'"
    " WHERE made.attributes != '{{}}'"
)
_SAID = (
    _ON_SPAN.format("mention", "mention"),
    _ON_SPAN.format("claim_mention", "claim"),
    "SELECT article, annotator, attributes FROM attribution WHERE attributes != '{}'",
)
_STATUSES = "SELECT article, annotator, value FROM status WHERE value IS NOT NULL"
_ENTITIES = "SELECT id, coalesce(type, ''), coalesce(name, ''), merged_into FROM entity"
_AMONG = "article IN (SELECT value FROM json_each(?))"
_BODIES = f"SELECT article, start, \"end\" FROM role WHERE role = 'body' AND {_AMONG}"
_MARKS = (
    'SELECT article, part, start, "end", fragments, record FROM span'
    f" WHERE {_AMONG} AND part IN {MARKING}"
)
_OWNERS = {"mention": "mention", "claim": "claim_mention"}
_THEIRS = " OR ".join(
    f"part = '{part}' AND record IN (SELECT id FROM {_OWNERS.get(part, 'attribution')}"
    " WHERE annotator = :annotator)"
    for part in MARKING
)


class StoredStatistics(Stored):
    """What is marked in a library, as little of it as counting needs."""

    @property
    def state(self) -> object:
        """What is equal as long as nobody has changed the library."""
        with database.explained(self._path):
            return self._access.state()

    def mentions(self, articles: Sequence[str] = ()) -> Iterator[list[Mentioned]]:
        """Give all mentions, or those in some articles, in portions."""
        if articles:
            yield self._mentions(f"span.{_AMONG}", (json.dumps(articles),))
            return
        for numbers in self._portions("span"):
            yield self._mentions("span.rowid BETWEEN ? AND ?", numbers)

    def _portions(self, table: str) -> Iterator[tuple[int, int]]:
        """Give the first and last number of portions of the rows of a table.

        Not one long query: between portions anybody may write.
        """
        with database.explained(self._path):
            found = self._cursor().execute(f"SELECT max(rowid) FROM {table}").fetchone()
        for start in range(0, (found[0] or 0) + 1, _PORTION):
            yield start, start + _PORTION - 1

    def _mentions(self, where: str, values: tuple[str | int, ...]) -> list[Mentioned]:
        with database.explained(self._path):
            return self._cursor().execute(_MENTIONS.format(where), values).fetchall()

    def claims(self) -> Iterator[list[ClaimUse]]:
        """Give all claim mentions, in portions."""
        for numbers in self._portions("claim_mention"):
            with database.explained(self._path):
                found = list(map(ClaimUse._make, self._cursor().execute(_CLAIMS, numbers)))
            yield found

    def attributes(self) -> list[AttributeUse]:
        """Return what attributes say of mentions, claim mentions and attributions."""
        with database.explained(self._path):
            found = [row for query in _SAID for row in self._cursor().execute(query)]
        return [use for row in found for use in _uses(*row)]

    def statuses(self) -> list[StatusUse]:
        """Return how far annotators are."""
        with database.explained(self._path):
            return list(map(StatusUse._make, self._cursor().execute(_STATUSES)))

    def entities(self) -> dict[str, EntityName]:
        """Return what is to be known of all entities, by id."""
        with database.explained(self._path):
            return {id: EntityName(*rest) for id, *rest in self._cursor().execute(_ENTITIES)}

    def bodies(self, articles: Sequence[str]) -> dict[str, tuple[Range, ...]]:
        """Return the parts of some articles that are body, in their order."""
        found: dict[str, list[Range]] = {id: [] for id in articles}
        with database.explained(self._path):
            for article, *part in self._cursor().execute(_BODIES, (json.dumps(articles),)):
                found[article].append((part[0], part[1]))
        return {id: tuple(sorted(parts)) for id, parts in found.items()}

    def marks(self, articles: Sequence[str], annotator: str = "") -> Mapping[str, list[Mark]]:
        """Return what is marked in some articles, by article.

        Args:
            articles: Their ids.
            annotator: Id of the only annotator whose marks are wanted; "" for all.
        """
        found: dict[str, list[Mark]] = {id: [] for id in articles}
        query, values = _MARKS.replace("?", ":articles"), {"articles": json.dumps(articles)}
        if annotator:
            query, values = f"{query} AND ({_THEIRS})", values | {"annotator": annotator}
        with database.explained(self._path):
            for article, part, *place in self._cursor().execute(query, values):
                found[article] += (Mark(part, *each) for each in _fragments(*place))
        return found

    def _cursor(self) -> sqlite3.Cursor:
        """Return a cursor that gives plain tuples: there may be very many."""
        cursor = self._connection.cursor()
        cursor.row_factory = None
        return cursor


def _uses(article: str, annotator: str, attributes: str) -> Iterator[AttributeUse]:
    try:
        said = decode_value(Attributes, json.loads(attributes), "attributes")
    except DAMAGE as error:
        raise damaged(f"attributes in article {article}", error) from error
    for name, value in said:
        values = value if isinstance(value, tuple) else (in_words(None, value),)
        yield AttributeUse(article, annotator, name, values)


def _fragments(start: int, end: int, fragments: str | None, record: str) -> list[Range]:
    if fragments is None:
        return [(start, end)]
    try:
        return [(first, last) for first, last in json.loads(fragments)]
    except DAMAGE as error:
        raise damaged(f"record {record}", error) from error
