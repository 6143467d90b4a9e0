"""What somebody does to entities, over all articles, whichever is open.

The session holds the entities of the open article's library only while an
article is open; here they are read by themselves, and without the articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from reader.annotation import entity_actions as actions
from reader.annotation.actions import Author, shorten
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.changes import Action
from reader.annotation.duplicates import duplicates
from reader.annotation.entity_list import EntityEntry, entries, standing
from reader.annotation.model import Alias, Entity, Mention, Record
from reader.errors import AnnotationError
from reader.session import Session
from reader.store.library import Library


class Entities:
    """All entities of a library at one moment.

    Args:
        library: Where they are read.
    """

    def __init__(self, library: Library) -> None:
        self._stored = library.entities
        self.records = AnnotationSet.of(self._stored.all())

    @cached_property
    def entries(self) -> tuple[EntityEntry, ...]:
        """Those that were merged into no other, with what is counted of them, by id."""
        return entries(self.records, self._stored.uses(standing(self.records)))

    def standing(self, id: str) -> Entity | None:
        """Return an entity by id, or what it was merged into."""
        return self.records.entity(id)

    def absorbed(self, entity: Entity) -> tuple[Entity, ...]:
        """Return what was merged into an entity, also by way of others, by name."""
        ids = self.records.merged(entity.id)
        found = (e for e in self.records.all(Entity) if e.id in ids and e.id != entity.id)
        return tuple(sorted(found, key=lambda each: (each.name, each.id)))

    def mentions(self, entity: Entity) -> tuple[Mention, ...]:
        """Read the mentions of an entity in all articles, in their order and that of reading."""
        return self._stored.mentions(self.records.merged(entity.id))

    def twins(self, entity: Entity) -> tuple[Entity, ...]:
        """Return what may be the same as an entity, what is surer first."""
        pairs = (p for p in duplicates(self.records.all(Entity)) if entity.id in (p.one, p.other))
        found = (self.standing(pair.beside(entity.id)) for pair in pairs)
        return tuple(each for each in found if each is not None)


class EntityWork:
    """An annotator's work on entities; each verb is one action that undo takes back.

    Args:
        session: Who works where.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self._read: tuple[object, Entities] | None = None

    def now(self) -> Entities:
        """Return the entities as they are now, read anew only when something has changed."""
        state = self.session.library.entities.state
        if self._read is None or self._read[0] != state:
            self._read = state, Entities(self.session.library)
        return self._read[1]

    def create(self, name: str, type: str) -> Entity:
        """Make an entity that nothing is linked to yet."""
        return self._made(actions.create(self._author(), name, type))

    def rename(self, entity: Entity, name: str) -> None:
        """Give an entity another name; the old one becomes an alias."""
        self._apply(actions.rename(self._author(), entity, name))

    def retype(self, entity: Entity, type: str) -> None:
        """Give an entity another type; its mentions keep theirs."""
        self._apply(actions.retype(self._author(), entity, type))

    def add_alias(self, entity: Entity, alias: Alias) -> None:
        """Teach an entity another way to write it."""
        self._apply(actions.add_alias(self._author(), entity, alias))

    def remove_alias(self, entity: Entity, alias: Alias) -> None:
        """Take a way to write it away from an entity."""
        self._apply(actions.remove_alias(self._author(), entity, alias))

    def annotate(self, entity: Entity, note: str) -> None:
        """Change the note of an entity."""
        self._apply(actions.annotate(self._author(), entity, note))

    def identify(self, entity: Entity, wikidata: str) -> None:
        """Say which Wikidata item an entity is; an empty id takes the link away."""
        self._apply(actions.identify(self._author(), entity, wikidata))

    def retire(self, entity: Entity, retired: bool = True) -> None:
        """Offer an entity for linking no more, or again."""
        self._apply(actions.retire(self._author(), entity, retired))

    def merge(self, kept: Entity, absorbed: Entity) -> None:
        """Make one entity of two."""
        self._apply(actions.merge(self._author(), kept, absorbed))

    def part(self, absorbed: Entity) -> None:
        """Make an entity that was merged into another one an entity of its own again."""
        self._apply(actions.part(self._author(), absorbed))

    def split(self, entity: Entity, mentions: Sequence[Mention], name: str) -> Entity:
        """Make a new entity of some mentions of one."""
        now = self.now()
        records: list[Record] = [entity, *now.absorbed(entity), *now.mentions(entity)]
        return self._made(actions.split(self._author(records), entity, mentions, name))

    def delete(self, entity: Entity) -> None:
        """Delete an entity that nothing refers to.

        Raises:
            AnnotationError: If something does, saying what.
        """
        found = self.session.library.entities.references(entity.id)
        if found:
            raise AnnotationError(
                f"“{shorten(entity.name)}” is referred to by {counted(found)}, perhaps in removed "
                "articles; retire it, or merge it into another entity."
            )
        self._apply(actions.delete(self._author(), entity))

    def _author(self, records: Sequence[Record] = ()) -> Author:
        return Author(self.session.author.annotator, AnnotationSet.of(records))

    def _apply(self, action: Action) -> None:
        self.session.apply(action)

    def _made(self, action: Action) -> Entity:
        self._apply(action)
        made = (change.after for change in action.changes if change.before is None)
        return next(record for record in made if isinstance(record, Entity))


def counted(found: dict[str, int]) -> str:
    """Say how many records of which kinds there are: `1 mention, 2 claims`."""
    plurals = {"merged entity": "merged entities"}
    return ", ".join(
        f"{count:,} {kind if count == 1 else plurals.get(kind, f'{kind}s')}"
        for kind, count in found.items()
    )
