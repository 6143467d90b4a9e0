"""What an export holds: the chosen articles and all that they refer to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from reader.annotation.model import (
    Annotator,
    Claim,
    Entity,
    Mention,
    Note,
    Record,
    Ref,
    Relation,
    ref_to,
)
from reader.annotation.schema import EntityType, RelationType, Schema
from reader.formats.references import all_spans, people, references
from reader.store.library import Library
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be written.

    Attributes:
        schema: The library's schema, complete for the records.
        annotators: Everybody whom a chosen record names, by id.
        articles: Ids of the articles, by when they were added, then by id.
        annotated: Those whose records come along; of the others, which serve
            as evidence or as earlier version, only the text does.
        shared: Records above the articles, by id within their kind.
    """

    schema: Schema
    annotators: tuple[Annotator, ...]
    articles: tuple[str, ...]
    annotated: frozenset[str]
    shared: tuple[Record, ...]


def select(library: Library, chosen: Collection[str] | None = None) -> Selection:
    """Choose what an export holds. Needs `library.steady()`.

    Args:
        library: The library to export from.
        chosen: Ids of articles, or None for everything.

    Raises:
        LibraryError: If there is no article with one of the ids.
    """
    entries = sorted(library.list_articles(""), key=lambda entry: (entry.added, entry.id))
    order = tuple(entry.id for entry in entries)
    picked = frozenset(order if chosen is None else chosen)
    _require(library, picked - frozenset(order))
    shared = library.shared_records()
    survey = _Survey()
    for id in order:
        if id in picked:
            survey.add(library.own_records(id))
    if chosen is not None:
        shared = _reached(shared, survey)
    survey.add(shared)
    texts = picked if chosen is None else _with_earlier(library, picked | survey.articles)
    return Selection(
        schema=_complete(library.schema(), survey),
        annotators=tuple(who for who in library.annotators() if who.id in survey.people),
        articles=tuple(id for id in order if id in texts),
        annotated=picked,
        shared=shared,
    )


class _Survey:
    """What the records seen so far name."""

    def __init__(self) -> None:
        self.seen: set[Ref] = set()
        self.named: set[Ref] = set()
        self.people: set[str] = set()
        self.articles: set[str] = set()
        self.entity_types: set[str] = set()
        self.relation_types: set[str] = set()

    def add(self, records: Iterable[Record]) -> None:
        for record in records:
            self.seen.add(ref_to(record))
            self.named.update(ref for _, ref in references(record))
            self.people.update(id for _, id in people(record))
            if isinstance(record, Claim):
                self.articles.update(span.article for span in all_spans(record))
            elif isinstance(record, Relation):
                self.relation_types.add(record.type)
            elif isinstance(record, Entity | Mention):
                self.entity_types.add(record.type)


def _reached(shared: Iterable[Record], survey: _Survey) -> tuple[Record, ...]:
    """Pick the shared records that belong to what was surveyed.

    Entities and claims that are referred to, the relations of which both ends
    are there, and the notes on all of these.
    """
    known = {ref_to(record): record for record in shared}
    kept: set[Ref] = set()
    open_ends = [ref for ref in survey.named if ref in known]
    while open_ends:
        ref = open_ends.pop()
        if ref not in kept:
            kept.add(ref)
            open_ends += [other for _, other in references(known[ref]) if other in known]
    there = survey.seen | kept
    kept |= {ref for ref, record in known.items() if _is_inside(record, there)}
    there |= kept
    kept |= {
        ref for ref, record in known.items() if isinstance(record, Note) and record.on in there
    }
    return tuple(record for ref, record in known.items() if ref in kept)


def _is_inside(record: Record, there: Collection[Ref]) -> bool:
    return isinstance(record, Relation) and record.source in there and record.target in there


def _require(library: Library, missing: Iterable[str]) -> None:
    for id in sorted(missing):
        library.article(id)


def _with_earlier(library: Library, ids: Iterable[str]) -> frozenset[str]:
    """Add the earlier versions that articles replace."""
    found: set[str] = set()
    for id in ids:
        version: str | None = id
        while version is not None and version not in found:
            found.add(version)
            version = library.article(version).replaces
    return frozenset(found)


def _complete(schema: Schema, survey: _Survey) -> Schema:
    """Add, retired, what a record is tagged with and the schema has no longer."""
    entity = sorted(name for name in survey.entity_types if schema.entity_type(name) is None)
    relation = sorted(name for name in survey.relation_types if schema.relation_type(name) is None)
    return replace(
        schema,
        entity_types=(
            *schema.entity_types,
            *(EntityType(name, name, retired=True) for name in entity),
        ),
        relation_types=(
            *schema.relation_types,
            *(RelationType(name, name, retired=True) for name in relation),
        ),
    )
