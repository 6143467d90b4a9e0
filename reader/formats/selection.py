"""What an export holds: the chosen articles and all that they refer to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from reader.annotation.model import (
    Annotator,
    Claim,
    Entity,
    Mention,
    Note,
    Record,
    Ref,
    Refusal,
    Relation,
    Suggestion,
    ref_to,
)
from reader.annotation.references import all_spans, people, references
from reader.annotation.schema import EntityType, RelationType, Schema
from reader.store.articles import ArticleLinks
from reader.store.library import Library
from reader.store.survey import Survey
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


def select(
    library: Library, chosen: Collection[str] | None = None, *, removed: bool = False
) -> Selection:
    """Choose what an export holds. Needs `library.steady()`.

    Args:
        library: The library to export from.
        chosen: Ids of articles, or None for all that are not removed.
        removed: Whether None stands for the removed ones too.

    Raises:
        LibraryError: If there is no article with one of the ids.
    """
    entries = sorted(library.articles.listed("", "all"), key=lambda entry: (entry.added, entry.id))
    order = tuple(entry.id for entry in entries)
    present = (entry.id for entry in entries if removed or not entry.removed)
    picked = frozenset(present if chosen is None else chosen)
    _require(library, picked - frozenset(order))
    survey = _Survey()
    if chosen is None:
        survey.take(library.records.survey(removed=removed))
    else:
        for id in filter(picked.__contains__, order):
            survey.add(library.records.within(id))
    shared = library.records.shared()
    shared = _reached(shared, survey, whole=chosen is None)
    survey.add(shared)
    links = library.articles.links()
    texts = _with_earlier(links, picked | survey.articles)
    survey.people.update(who for id in texts if (who := links[id].updated_by))
    return Selection(
        schema=_complete(library.schema(), survey),
        annotators=tuple(who for who in library.people.all() if who.id in survey.people),
        articles=tuple(id for id in order if id in texts),
        annotated=picked,
        shared=shared,
    )


_STANDING = ("entity", "claim")
"""Kinds of shared records that need no other to stand on."""


class _Survey:
    """What the records seen so far name."""

    def __init__(self) -> None:
        self.seen: set[Ref] = set()
        self.named: set[Ref] = set()
        self.people: set[str] = set()
        self.articles: set[str] = set()
        self.entity_types: set[str] = set()
        self.relation_types: set[str] = set()

    def take(self, found: Survey) -> None:
        """Take what the store knows of the records in all articles."""
        self.seen |= found.ends
        self.people |= found.people
        self.entity_types |= found.types

    def add(self, records: Iterable[Record]) -> None:
        for record in records:
            self.seen.add(ref_to(record))
            self.named.update(ref for _, ref in references(record))
            self.people.update(id for _, id in people(record))
            if isinstance(record, Claim):
                self.articles.update(span.article for span in all_spans(record))
            elif isinstance(record, Relation):
                self.relation_types.add(record.type)
            elif isinstance(record, Entity | Mention | Refusal | Suggestion):
                self.entity_types.add(record.type)


def _reached(shared: Iterable[Record], survey: _Survey, *, whole: bool) -> tuple[Record, ...]:
    """Pick the shared records that belong to what was surveyed.

    Entities and claims that are referred to (or all, in a `whole` library),
    the relations of which both ends are there, and the notes on all of these.
    """
    known = {ref_to(record): record for record in shared}
    kept: set[Ref] = set()
    named = (ref for ref in known if ref.kind in _STANDING) if whole else survey.named
    open_ends = [ref for ref in named if ref in known]
    while open_ends:
        ref = open_ends.pop()
        if ref not in kept:
            kept.add(ref)
            open_ends += [other for _, other in references(known[ref]) if other in known]
    there = survey.seen | kept
    kept |= {ref for ref, record in known.items() if _is_inside(record, there)}
    there |= kept
    while notes := {ref for ref, record in known.items() if _is_on(record, there)} - there:
        there |= notes
        kept |= notes
    return tuple(record for ref, record in known.items() if ref in kept)


def _is_inside(record: Record, there: Collection[Ref]) -> bool:
    return isinstance(record, Relation) and record.source in there and record.target in there


def _is_on(record: Record, there: Collection[Ref]) -> bool:
    return isinstance(record, Note) and record.on in there


def _require(library: Library, missing: Iterable[str]) -> None:
    for id in sorted(missing):
        library.articles.read(id)


def _with_earlier(links: Mapping[str, ArticleLinks], ids: Iterable[str]) -> frozenset[str]:
    """Add the earlier versions that articles replace."""
    found: set[str] = set()
    for id in ids:
        version: str | None = id
        while version is not None and version not in found:
            found.add(version)
            version = links[version].replaces
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
