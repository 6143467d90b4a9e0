"""Records as rows and back.

A record's own fields are the columns of its table; its spans are rows of the
table `span`; lists inside a record (aliases, links, evidence) are JSON. What is
known about an article is in `reader.store.articles`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, get_args, get_type_hints

from reader.annotation import model
from reader.annotation.attributes import NO_ATTRIBUTES
from reader.annotation.codec import decode_value, encode_record
from reader.annotation.model import (
    KINDS,
    Annotator,
    ArticleDetails,
    Record,
    Ref,
    SchemaRecord,
    kind_of,
    schema_record,
)
from reader.annotation.spans import Range, Span
from reader.store import articles, labels
from reader.store.damage import DAMAGE, damaged
from reader.values import dataclass

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SPAN_COLUMNS = ("article", "start", "end", "quote", "prefix", "suffix", "fragments")


@dataclass(frozen=True, slots=True)
class _Table:
    """How a kind of record is stored.

    Attributes:
        columns: Fields stored as they are.
        lists: Fields stored as JSON; an empty one is `[]`.
        said: Fields that are attributes of the schema, stored as JSON; none is `{}`.
        flags: Fields that are true or false, stored as 1 or 0.
        refs: Fields that point at any record, stored as `NAME_kind`, `NAME_id`.
        parts: Fields that are spans, each a row of `span`.
        own: The part that the record is laid flat over, or "".
    """

    columns: tuple[str, ...]
    lists: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    own: str = ""
    said: tuple[str, ...] = ()

    @property
    def stored(self) -> tuple[str, ...]:
        refs = tuple(f"{name}_{end}" for name in self.refs for end in ("kind", "id"))
        return (*self.columns, *self.lists, *self.said, *self.flags, *refs)


_SIGNED = ("created", "created_by", "updated", "updated_by")
_OWNED = ("annotator", "created", "updated")
_SAID = ("attributes",)
_TABLES: Mapping[str, _Table] = {
    "entity": _Table(
        ("id", "type", "name", "note", "merged_into", *_SIGNED),
        lists=("aliases", "links"),
        flags=("retired",),
    ),
    "claim": _Table(
        (
            *("id", "text", "language", "gloss", "gloss_language", "topic", "type", "verdict"),
            *("justification", "time", "place", *_SIGNED),
        ),
        lists=("evidence",),
        said=_SAID,
    ),
    "mention": _Table(
        ("id", "type", "kind", "entity", "origin", *_OWNED), own="mention", said=_SAID
    ),
    "claim_mention": _Table(
        (
            *("id", "claim", "attribution", "claimant", "epistemic", "polarity", "mode"),
            *("check_worthy", "origin", "affiliation", *_OWNED),
        ),
        own="claim",
        said=_SAID,
    ),
    "attribution": _Table(
        ("id", "article", "source_entity", "source_kind", "directness", "origin", *_OWNED),
        parts=("source", "cue", "content"),
        said=_SAID,
    ),
    "relation": _Table(
        ("id", "type", "confidence", "rationale", *_OWNED),
        refs=("source", "target"),
        said=_SAID,
    ),
    "note": _Table(("id", "article", "text", *_OWNED), refs=("on",)),
    "refusal": _Table(("id", "type", *_OWNED), own="refusal"),
    "suggestion": _Table(("id", "type", "model", "score", "entity", *_OWNED), own="suggestion"),
    "status": _Table(("id", "article", "annotator", "value", "updated")),
}
_KIND_OF = " UNION ALL ".join(f"SELECT '{kind}' FROM \"{kind}\" WHERE id = ?1" for kind in KINDS)
_ANYTHING = " UNION ALL ".join(f'SELECT 1 FROM "{kind}"' for kind in KINDS) + " LIMIT 1"
_ON_SPANS = tuple((kind, table.own) for kind, table in _TABLES.items() if table.own)


def write(connection: sqlite3.Connection, record: Record) -> None:
    """Store a record in place of what was there under its id.

    Raises:
        ConflictError: For the details of an article whose text is not there.
    """
    if isinstance(record, ArticleDetails):
        articles.write_details(connection, record)
        return
    if isinstance(record, SchemaRecord):
        labels.write_schema(connection, record.schema)
        return
    if isinstance(record, Annotator):
        from reader.store import naming

        naming.write(connection, record)
        return
    from reader.store import full_text

    kind = kind_of(record)
    table, data = _TABLES[kind], encode_record(record)
    row = [getattr(record, name) for name in table.columns]
    row += [dump(data[name]) for name in table.lists]
    row += [dump(data.get(name, {})) for name in table.said]
    row += [int(getattr(record, name)) for name in table.flags]
    row += [data[name][end] for name in table.refs for end in ("kind", "id")]
    full_text.forget(connection, kind, record.id)
    _upsert(connection, kind, table.stored, row)
    full_text.learn(connection, kind, record.id)
    connection.execute("DELETE FROM span WHERE record = ?", (record.id,))
    if table.own:
        _write_span(connection, record.id, table.own, data)
    for part in table.parts:
        if data[part] is not None:
            _write_span(connection, record.id, part, data[part])


def remove(connection: sqlite3.Connection, ref: Ref) -> None:
    """Take a record and its spans out of the tables."""
    from reader.store import full_text

    full_text.forget(connection, ref.kind, ref.id)
    connection.execute("DELETE FROM span WHERE record = ?", (ref.id,))
    connection.execute(f'DELETE FROM "{_known(ref.kind)}" WHERE id = ?', (ref.id,))


def read(connection: sqlite3.Connection, ref: Ref) -> Record | None:
    """Read one record, or None when there is none under this id."""
    if ref.kind == "schema":
        return schema_record(labels.read_schema(connection))
    if ref.kind == "annotator":
        from reader.store import naming

        return naming.read(connection, ref.id)
    found = read_where(connection, ref.kind, "id = ?", (ref.id,))
    return found[0] if found else None


def read_where(
    connection: sqlite3.Connection, kind: str, where: str = "1", values: Iterable[Any] = ()
) -> list[Record]:
    """Read the records of a kind that a condition of ours picks, by id."""
    if kind == "article":
        return list(articles.read_details(connection, where, values))
    table = _TABLES[kind]
    parameters = tuple(values)
    names = ", ".join(f'"{name}"' for name in table.stored)
    chosen = f'FROM "{kind}" WHERE {where}'
    rows = connection.execute(f"SELECT {names} {chosen} ORDER BY id", parameters).fetchall()
    spans = _read_spans(connection, table, f"SELECT id {chosen}", parameters)
    return [_record(kind, table, row, spans) for row in rows]


def read_in_article(connection: sqlite3.Connection, article: str) -> list[Record]:
    """Read every record of one article."""
    on_span = "id IN (SELECT record FROM span WHERE article = ? AND part = ?)"
    found: list[Record] = []
    for kind, part in _ON_SPANS:
        found += read_where(connection, kind, on_span, (article, part))
    for kind in ("attribution", "note", "status"):
        found += read_where(connection, kind, "article = ?", (article,))
    return found


def read_shared(connection: sqlite3.Connection) -> list[Record]:
    """Read the records above the articles: entities, claims, relations, notes on them."""
    found: list[Record] = []
    for kind in ("entity", "claim", "relation"):
        found += read_where(connection, kind)
    return found + read_where(connection, "note", "article IS NULL")


_IN = "IN (SELECT record FROM span WHERE article = ?1)"
_ELSEWHERE = (
    "IN (SELECT span.record FROM span JOIN article ON article.id = span.article"
    " WHERE article.removed AND span.article != ?1)"
)
_RELATED = (
    f"(source_id {_IN} OR target_id {_IN})"
    f" AND NOT (source_id {_ELSEWHERE}) AND NOT (target_id {_ELSEWHERE})"
)


def read_relations(connection: sqlite3.Connection, article: str) -> list[Record]:
    """Read the relations of what is marked in an article, with the notes on them.

    Those that lead to removed articles are left out.
    """
    values = (article,)
    found = read_where(connection, "relation", _RELATED, values)
    on = f"on_kind = 'relation' AND on_id IN (SELECT id FROM relation WHERE {_RELATED})"
    return found + (read_where(connection, "note", on, values) if found else [])


def tagged(
    connection: sqlite3.Connection, article: str, annotator: str
) -> Iterator[tuple[tuple[Range, ...], str]]:
    """Yield what an annotator has tagged in an article: fragments and type of each mention."""
    found = connection.execute(
        "SELECT span.*, mention.type FROM span JOIN mention ON mention.id = span.record"
        " WHERE span.article = ? AND span.part = 'mention' AND mention.annotator = ?",
        (article, annotator),
    )
    return ((_span(row).fragments, row["type"]) for row in found)


def pointers(record: Record) -> tuple[Ref, ...]:
    """Return what a record points at that may be of any kind."""
    table = _TABLES.get(kind_of(record))
    return () if table is None else tuple(getattr(record, name) for name in table.refs)


def exists(connection: sqlite3.Connection, ref: Ref) -> bool:
    """Tell whether there is such a record, or such an article."""
    if ref.kind == "schema":
        return True
    kind = ref.kind if ref.kind == "article" else _known(ref.kind)
    found = connection.execute(f'SELECT 1 FROM "{kind}" WHERE id = ?', (ref.id,))
    return found.fetchone() is not None


def read_kind(connection: sqlite3.Connection, id: str) -> str | None:
    """Return the kind of the record with an id, or None when there is none."""
    row = connection.execute(_KIND_OF, (id,)).fetchone()
    return None if row is None else str(row[0])


def is_empty(connection: sqlite3.Connection) -> bool:
    """Tell whether there is no article and no record."""
    return connection.execute(_ANYTHING).fetchone() is None


def is_pointed_at(connection: sqlite3.Connection, ref: Ref) -> bool:
    """Tell whether a note or relation points at a record."""
    return any(
        connection.execute(
            f'SELECT 1 FROM "{kind}" WHERE {name}_id = ? AND {name}_kind = ?', (ref.id, ref.kind)
        ).fetchone()
        for kind, table in _TABLES.items()
        for name in table.refs
    )


def _record(
    kind: str, table: _Table, row: sqlite3.Row, spans: Mapping[tuple[str, str], Span]
) -> Record:
    """Make the record of a row."""
    id = row["id"]
    try:
        values: dict[str, Any] = {name: row[name] for name in table.columns}
        check_values(kind, values)
        for name in table.lists:
            values[name] = () if row[name] == "[]" else _parsed(kind, name, row[name])
        for name in table.said:
            values[name] = NO_ATTRIBUTES if row[name] == "{}" else _parsed(kind, name, row[name])
        for name in table.flags:
            values[name] = bool(row[name])
        for name in table.refs:
            values[name] = Ref(row[f"{name}_kind"], row[f"{name}_id"])
        if table.own:
            values["span"] = _own_span(spans, id, table.own)
        for part in table.parts:
            values[part] = spans.get((id, part))
    except DAMAGE as error:
        raise damaged(f"{kind} {id}", error) from error
    return KINDS[kind](**values)


def _own_span(spans: Mapping[tuple[str, str], Span], id: str, part: str) -> Span:
    if (id, part) not in spans:
        raise LookupError("its place in a text is missing")
    return spans[id, part]


def check_values(kind: str, values: Mapping[str, Any]) -> None:
    """Look for what the library never writes; the types are those of its strict tables."""
    for name, allowed in allowed_values(kind):
        value = values[name]
        if value is None if allowed is None else value not in allowed:
            raise ValueError(f"its {name} is {value!r}")


def own_part(kind: str) -> str:
    """Return the part of `span` that records of a kind are laid flat over, or ""."""
    return _TABLES[kind].own


@cache
def allowed_values(kind: str) -> tuple[tuple[str, frozenset[str] | None], ...]:
    """Return the columns that hold one of some words, and those that just hold something."""
    columns = _TABLES[kind].columns
    # The names of the types are enough here; to evaluate them would delay the start.
    hints = KINDS[kind].__annotations__
    words = {name: get_args(getattr(model, hints[name], None)) for name in columns}
    return tuple(
        (name, frozenset(words[name]) or None) for name in columns if "None" not in hints[name]
    )


def _parsed(kind: str, name: str, data: str) -> Any:
    return decode_value(_hints(kind)[name], json.loads(data), f"{kind}.{name}")


@cache
def _hints(kind: str) -> dict[str, Any]:
    return get_type_hints(KINDS[kind])


def _read_spans(
    connection: sqlite3.Connection, table: _Table, ids: str, values: tuple[Any, ...]
) -> dict[tuple[str, str], Span]:
    if not table.own and not table.parts:
        return {}
    rows = connection.execute(f"SELECT * FROM span WHERE record IN ({ids})", values)
    return {(row["record"], row["part"]): _span(row) for row in rows}


def _span(row: sqlite3.Row) -> Span:
    try:
        fragments = check_span(row, row["part"])
    except DAMAGE as error:
        raise damaged(f"record {row['record']}", error) from error
    return Span(row["article"], fragments, row["quote"], row["prefix"], row["suffix"])


def check_span(row: Any, part: str) -> tuple[Range, ...]:
    """Return the fragments of a span.

    Args:
        row: Its columns, by name.
        part: What to call it.

    Raises:
        ValueError: If it is not what the library writes.
    """
    start, end, stored = row["start"], row["end"], row["fragments"]
    fragments: tuple[Range, ...] = ((start, end),)
    if stored is not None:
        fragments = tuple((first, last) for first, last in json.loads(stored))
    sound = 0 <= start < end if stored is None else _is_sound(fragments, start, end)
    if not sound or len(row["quote"]) != end - start:
        raise ValueError(f"its {part} is no range with its quote")
    if row["prefix"] is None or row["suffix"] is None:
        raise ValueError(f"its {part} lacks its context")
    return fragments


def _is_sound(fragments: tuple[Range, ...], start: int, end: int) -> bool:
    """Tell whether fragments go from start to end, in order and apart."""
    if (fragments[0][0], fragments[-1][1]) != (start, end) or start < 0:
        return False
    edges = [edge for fragment in fragments for edge in fragment]
    return all(one < two for one, two in pairwise(edges))


def _write_span(
    connection: sqlite3.Connection, record: str, part: str, data: Mapping[str, Any]
) -> None:
    values = [data[name] for name in _SPAN_COLUMNS[:-1]]
    fragments = dump(data["fragments"]) if "fragments" in data else None
    _upsert(
        connection,
        "span",
        ("record", "part", *_SPAN_COLUMNS),
        [record, part, *values, fragments],
        key="record, part",
    )


def _upsert(
    connection: sqlite3.Connection,
    table: str,
    columns: tuple[str, ...],
    row: list[Any],
    key: str = "id",
) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in columns)
    connection.execute(
        f'INSERT INTO "{table}" ({names}) VALUES ({marks}) '
        f"ON CONFLICT ({key}) DO UPDATE SET {updates}",
        row,
    )


def _known(kind: str) -> str:
    if kind not in _TABLES:
        raise KeyError(kind)
    return kind


def dump(value: Any) -> str:
    """Write JSON as the tables keep it."""
    return _ENCODER.encode(value)
