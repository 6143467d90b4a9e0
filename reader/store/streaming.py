"""Records as plain JSON values, straight from the rows: for exports of very many.

What `reader.annotation.codec.encode_record` makes of a record, without the record.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import cache
from operator import itemgetter
from typing import Any

from reader.annotation.codec import encode_record
from reader.annotation.model import KINDS
from reader.store import rows
from reader.store.damage import DAMAGE, damaged
from reader.values import dataclass

Encoded = dict[str, Any]
_Row = tuple[Any, ...]
_Pick = Callable[[_Row], _Row]

KINDS_IN_ARTICLES = (
    *("mention", "attribution", "claim_mention", "note", "refusal", "suggestion", "status"),
)
"""Kinds of record that stand in articles."""

_SPAN = ("article", "start", "end", "quote", "prefix", "suffix", "fragments")
_NEEDED = ("article", "start", "end", "quote", "prefix", "suffix")
_EMPTY = {"fragments": None, "affiliation": None, "attributes": "{}"}
"""Columns that the codec leaves out where they say nothing, with what says nothing."""


def stored_kinds(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return those of `KINDS_IN_ARTICLES` of which there are any."""
    return tuple(
        kind
        for kind in KINDS_IN_ARTICLES
        if connection.execute(f'SELECT EXISTS (SELECT 1 FROM "{kind}")').fetchone()[0]
    )


def encoded(connection: sqlite3.Connection, kind: str, article: str) -> Iterable[Encoded]:
    """Give the records of a kind in an article as JSON values, by id.

    The first field of each, `record`, is the kind.

    Raises:
        LibraryError: Naming the record that is damaged.
    """
    if rows.own_part(kind):
        return _from_rows(connection, kind, article)
    found = rows.read_where(connection, kind, "article = ?", (article,))
    return ({"record": kind} | encode_record(record) for record in found)


def _from_rows(connection: sqlite3.Connection, kind: str, article: str) -> Iterable[Encoded]:
    cursor = connection.cursor()
    cursor.row_factory = None
    shape = _shape(kind)
    found = cursor.execute(shape.query, (article, rows.own_part(kind))).fetchall()
    # In nearly all articles no row says more than what every record has to say.
    if _are_plain(found, shape):
        return [dict(zip(shape.short, kept, strict=True)) for kept in map(shape.kept, found)]
    return (_with_care(kind, dict(zip(shape.names, row, strict=True))) for row in found)


def _are_plain(found: list[_Row], shape: _Shape) -> bool:
    """Tell whether rows have nothing that is left out, read as JSON, or damaged."""
    return (
        all(shape.are_usual(state) for state in set(map(shape.state, found)))
        and not any(None in needed for needed in map(shape.needed, found))
        and all(
            0 <= start < end == start + len(quote) for start, end, quote in map(shape.place, found)
        )
    )


def _with_care(kind: str, values: Encoded) -> Encoded:
    """Check the columns of a record, and leave out what says nothing.

    Raises:
        LibraryError: Naming the record, if the library cannot have written it.
    """
    try:
        rows.check_values(kind, values)
        pieces = rows.check_span(values, rows.own_part(kind))
        if values["fragments"] is not None:
            values["fragments"] = [list(piece) for piece in pieces]
        if values.get("attributes", "{}") != "{}":
            values["attributes"] = json.loads(values["attributes"])
    except DAMAGE as error:
        raise damaged(f"{kind} {values['id']}", error) from error
    return {
        name: value for name, value in values.items() if name not in _EMPTY or value != _EMPTY[name]
    }


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the rows of a kind are read.

    Attributes:
        query: Gives the rows of an article and a part.
        names: The names of the columns, in the order of the codec.
        short: Those without the ones that say nothing in nearly all rows.
        kept: Picks the columns of `short`.
        state: Picks the others, and those that hold one of some words.
        needed: Picks those that cannot be empty.
        usual: What the columns of `state` are in nearly all rows.
        place: Picks start, end and quote.
    """

    query: str
    names: tuple[str, ...]
    short: tuple[str, ...]
    kept: _Pick
    state: _Pick
    usual: tuple[frozenset[Any], ...]
    needed: _Pick
    place: _Pick

    def are_usual(self, state: _Row) -> bool:
        """Tell whether columns of `state` say nothing, or one of the words that they can."""
        return all(value in words for value, words in zip(state, self.usual, strict=True))


@cache
def _shape(kind: str) -> _Shape:
    own = tuple(field.name for field in fields(KINDS[kind]))
    columns = [
        (each, "s" if name == "span" else "r")
        for name in own
        for each in (_SPAN if name == "span" else (name,))
    ]
    names = ("record", *(name for name, _ in columns))
    stored = ", ".join(f'{table}."{name}"' for name, table in columns)
    rare = tuple(name for name in names if name in _EMPTY)
    short = tuple(name for name in names if name not in _EMPTY)
    allowed = rows.allowed_values(kind)
    words = {name: words for name, words in allowed if words is not None}
    return _Shape(
        f"SELECT '{kind}', {stored} FROM span AS s JOIN \"{kind}\" AS r ON r.id = s.record "
        "WHERE s.article = ? AND s.part = ? ORDER BY s.record",
        names,
        short,
        _pick(names, short),
        _pick(names, (*rare, *words)),
        (*(frozenset((_EMPTY[name],)) for name in rare), *words.values()),
        _pick(names, (*_NEEDED, *(name for name, words in allowed if words is None))),
        _pick(names, ("start", "end", "quote")),
    )


def _pick(names: tuple[str, ...], wanted: Iterable[str]) -> _Pick:
    """Return what gives some columns of a row as a tuple."""
    at = [names.index(name) for name in wanted]
    if len(at) > 1:
        return itemgetter(*at)
    return lambda row: tuple(row[i] for i in at)
