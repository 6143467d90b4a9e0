"""Entities of several libraries that are one: confirmed to be the same item of Wikidata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.annotation import entity_actions
from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import Entity, Ref, Relation
from reader.annotation.wikidata import confirmed
from reader.store.library import Library


def unite(library: Library, name: str) -> tuple[tuple[Entity, Entity], ...]:
    """Merge entities of one type that are confirmed to be one item, each merge an action.

    The one with the smaller id stays, so that two who do this on their own come
    to the same. Two that somebody said to be two are left as they are, and so are two
    that were one before: somebody has parted them.

    Args:
        library: Where.
        name: Name of who does it; undo takes it back.

    Returns:
        What was merged: the one that stays, and the other.

    Raises:
        ConflictError: If somebody changed one of them meanwhile.
        LibraryError: If the library cannot be written.
    """
    done = []
    while pair := next(_same(library), None):
        kept, absorbed = pair
        author = Author(library.people.who(name), AnnotationSet.of(pair), library.schema())
        library.perform(author.annotator, entity_actions.merge(author, kept, absorbed))
        done.append(pair)
    return tuple(done)


def _same(library: Library) -> Iterator[tuple[Entity, Entity]]:
    records = library.records.shared()
    apart = set(_said_to_be_two(records))
    first: dict[tuple[str, str], Entity] = {}
    for entity in sorted((r for r in records if isinstance(r, Entity)), key=lambda e: e.id):
        item = confirmed(entity)
        if not item or entity.merged_into is not None:
            continue
        other = first.setdefault((entity.type, item), entity)
        if other is entity or frozenset((other.id, entity.id)) in apart:
            continue
        if not _were_one(library, other, entity):
            yield other, entity


def _were_one(library: Library, one: Entity, other: Entity) -> bool:
    return other.id in _merged_into(library, one) or one.id in _merged_into(library, other)


def _merged_into(library: Library, entity: Entity) -> frozenset[str]:
    """Return the entities that one was ever merged into, and those that stand for these now."""
    found = set(library.past.merged_into(entity.id))
    for id in tuple(found):
        while (target := _target(library, id)) is not None and target not in found:
            found.add(target)
            id = target
    return frozenset(found)


def _target(library: Library, id: str) -> str | None:
    entity = library.records.get(Ref("entity", id))
    return entity.merged_into if isinstance(entity, Entity) else None


def _said_to_be_two(records: Iterable[object]) -> Iterator[frozenset[str]]:
    for record in records:
        if isinstance(record, Relation) and record.type == entity_actions.DIFFERENT.name:
            yield frozenset((record.source.id, record.target.id))
