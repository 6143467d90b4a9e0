"""What the records in articles name, without reading them one by one."""

from __future__ import annotations

import sqlite3

from reader.annotation.model import Ref
from reader.store import rows
from reader.store.streaming import KINDS_IN_ARTICLES
from reader.values import dataclass

_TYPED = frozenset(("mention", "suggestion", "refusal"))
_ENDS = (
    "SELECT source_kind, source_id FROM relation UNION SELECT target_kind, target_id FROM relation"
)


@dataclass(frozen=True, slots=True)
class Survey:
    """What the records in articles name.

    Attributes:
        people: Ids of the annotators.
        types: Names of the entity types.
        ends: Those of the records that a relation has at one of its ends.
    """

    people: frozenset[str]
    types: frozenset[str]
    ends: frozenset[Ref]


def read_survey(connection: sqlite3.Connection, *, removed: bool) -> Survey:
    """Look at the records in all articles.

    Args:
        connection: Of the library.
        removed: Whether the removed articles count.
    """
    any_removed = "SELECT EXISTS (SELECT 1 FROM article WHERE removed)"
    all_count = removed or not connection.execute(any_removed).fetchone()[0]
    people: set[str] = set()
    types: set[str] = set()
    for kind in KINDS_IN_ARTICLES:
        names = "r.annotator, r.type" if kind in _TYPED else "r.annotator, NULL"
        query = f'SELECT DISTINCT {names} FROM "{kind}" AS r {_where(kind, all_count)}'
        for annotator, type in connection.execute(query):
            people.add(annotator)
            types |= {type} - {None}
    ends = (Ref(*row) for row in connection.execute(_ENDS))
    in_articles = (ref for ref in ends if ref.kind in KINDS_IN_ARTICLES)
    counted = frozenset(ref for ref in in_articles if _counts(connection, ref, all_count))
    return Survey(frozenset(people), frozenset(types), counted)


def _where(kind: str, all_count: bool) -> str:
    """Return what leaves out the records of no article, and of removed ones unless all count."""
    shown = "(SELECT id FROM article WHERE NOT removed)"
    if not rows.own_part(kind):
        return f"WHERE r.article {'IS NOT NULL' if all_count else f'IN {shown}'}"
    if all_count:
        return ""
    return f"JOIN span AS s ON s.record = r.id WHERE s.article IN {shown}"


def _counts(connection: sqlite3.Connection, ref: Ref, all_count: bool) -> bool:
    where = _where(ref.kind, all_count)
    query = f'SELECT 1 FROM "{ref.kind}" AS r {where} {"AND" if where else "WHERE"} r.id = ?'
    return connection.execute(query, (ref.id,)).fetchone() is not None
