"""The state of a whole library: records resolved one by one, then fitted to each other.

Two things no record shows by itself. What one deleted while another came to
refer to it comes back, for a reference has to lead somewhere. And two entities
that were merged into each other make a circle: it is opened at the smallest id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reader.annotation.codec import decode_record
from reader.annotation.model import ArticleDetails, Entity, Record, Ref, article_of
from reader.annotation.references import all_spans, references
from reader.merging.resolve import DELETED, Conflict, Resolved, Version
from reader.merging.steps import Json
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Whole:
    """The records of a library.

    Attributes:
        records: Every record that is there.
        conflicts: What is to be settled, by record.
        missing: What records refer to and no step has made, with one that does.
    """

    records: Mapping[Ref, Record]
    conflicts: tuple[Conflict, ...]
    missing: Mapping[Ref, Ref]


def fit_together(resolved: Iterable[Resolved]) -> Whole:
    """Bring resolved records into a state in which every reference leads somewhere.

    Args:
        resolved: All records of which there are steps.
    """
    known = {Ref(each.kind, each.record): each for each in resolved}
    records: dict[Ref, Record] = {}
    revived: dict[Ref, Ref] = {}
    missing: dict[Ref, Ref] = {}
    waiting = [ref for ref, each in known.items() if each.after is not None]
    while waiting:
        ref = waiting.pop()
        if ref in records:
            continue
        records[ref] = record = _decoded(ref, known[ref].last)
        for target in _named(record):
            if target not in known:
                missing[target] = min(ref, missing.get(target, ref), key=_order)
            elif known[target].after is None:
                revived[target] = min(ref, revived.get(target, ref), key=_order)
                waiting.append(target)
    opened = tuple(_open_circles(records))
    conflicts = [conflict for ref in records for conflict in known[ref].conflicts]
    conflicts += [_revival(known[target]) for target in revived]
    conflicts.sort(key=lambda conflict: (conflict.kind, conflict.record, conflict.key))
    return Whole(records, (*conflicts, *opened), missing)


def _decoded(ref: Ref, data: Json) -> Record:
    return decode_record(ref.kind, data, f"{ref.kind} {ref.id}")


def _named(record: Record) -> Iterable[Ref]:
    """Give what a record refers to, the articles of its spans too."""
    articles = {article_of(record), *(span.article for span in all_spans(record))}
    yield from (Ref("article", id) for id in articles - {None, record.id} if id)
    yield from (ref for _, ref in references(record))


def _revival(gone: Resolved) -> Conflict:
    """Say that a deleted record is there because something refers to it."""
    versions = (Version("", "", gone.last), *(Version(step, "", None) for step in gone.heads))
    return Conflict(gone.kind, gone.record, DELETED, versions)


def _open_circles(records: dict[Ref, Record]) -> Iterable[Conflict]:
    """Take the link that closes a circle from the record with the smallest id in it."""
    done: set[Ref] = set()
    for first in sorted(records, key=_order):
        path: list[Ref] = []
        ref: Ref | None = first
        while ref is not None and ref not in done and ref in records:
            if ref in path:
                circle = path[path.index(ref) :]
                yield _opened(records, min(circle, key=_order))
                break
            path.append(ref)
            ref = _next(records[ref])
        done.update(path)


def _next(record: Record) -> Ref | None:
    """Return what a record hands on to: the entity it was merged into, the earlier version."""
    if isinstance(record, Entity) and record.merged_into is not None:
        return Ref("entity", record.merged_into)
    if isinstance(record, ArticleDetails) and record.replaces is not None:
        return Ref("article", record.replaces)
    return None


def _opened(records: dict[Ref, Record], ref: Ref) -> Conflict:
    record, link = records[ref], _next(records[ref])
    field = "merged_into" if isinstance(record, Entity) else "replaces"
    if isinstance(record, Entity):
        records[ref] = replace(record, merged_into=None)
    elif isinstance(record, ArticleDetails):
        records[ref] = replace(record, replaces=None)
    versions = (Version("", "", None), Version("", "", link and link.id))
    return Conflict(ref.kind, ref.id, (field,), versions)


def _order(ref: Ref) -> tuple[str, str]:
    return ref.kind, ref.id
