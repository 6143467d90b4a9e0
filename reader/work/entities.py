"""What somebody does to entities, over all articles, whichever is open.

The session holds the entities of the open article's library only while an
article is open; here they are read by themselves, and without the articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from reader.annotation import entity_actions as actions
from reader.annotation.actions import Author, shorten
from reader.annotation.annotation_set import AnnotationSet, standing
from reader.annotation.changes import Action
from reader.annotation.duplicates import Duplicate, DuplicateIndex, Pair, duplicates
from reader.annotation.entity_list import EntityEntry, EntityTable, EntityView, entry
from reader.annotation.lookup import Proposal, propose
from reader.annotation.model import (
    Alias,
    Entity,
    KnowledgeLink,
    LinkStatus,
    Mention,
    Record,
    Ref,
    Relation,
)
from reader.annotation.name_index import NameIndex, wordings
from reader.errors import AnnotationError
from reader.session import Session
from reader.store.entities import Counted
from reader.store.library import Library


class Entities:
    """All entities of a library at one moment.

    Args:
        library: Where they are read.
        before: An earlier moment; then only what has changed since is read.
    """

    def __init__(self, library: Library, before: Entities | None = None) -> None:
        self._stored = library.entities
        known = None if before is None else before._counted
        self._counted: Counted = self._stored.counted(known)
        if before is not None and known is not None and _is_same(known, self._counted):
            self.records: AnnotationSet = before.records
            self._rows: Mapping[str, EntityEntry] = before._rows
        else:
            self.records = AnnotationSet({"entity": self._counted.entities})
            self._rows = dict(self._listed())

    @property
    def all(self) -> Mapping[str, Entity]:
        """All of them by id, also those that were merged into another."""
        return self._counted.entities

    def _listed(self) -> Iterator[tuple[str, EntityEntry]]:
        for id, entity in self._counted.entities.items():
            if not entity.merged_into:
                yield id, entry(entity, self._counted.uses.get(id, ()))

    @cached_property
    def entries(self) -> tuple[EntityEntry, ...]:
        """Those that were merged into no other, with what is counted of them, by id."""
        return tuple(self._rows.values())

    def entry(self, id: str) -> EntityEntry | None:
        """Return what is counted of an entity that was merged into no other."""
        return self._rows.get(id)

    def standing(self, id: str) -> Entity | None:
        """Return an entity by id, or what it was merged into."""
        return self.records.entity(id)

    def absorbed(self, entity: Entity) -> tuple[Entity, ...]:
        """Return what was merged into an entity, also by way of others, by name."""
        found = self._absorbed.get(entity.id, ())
        return tuple(sorted(found, key=lambda each: (each.name, each.id)))

    @cached_property
    def _absorbed(self) -> dict[str, list[Entity]]:
        found: dict[str, list[Entity]] = {}
        for id, end in standing(self._counted.entities).items():
            found.setdefault(end, []).append(self._counted.entities[id])
        return found

    @cached_property
    def distinctions(self) -> tuple[Relation, ...]:
        """What says of two entities that they are two."""
        return self._stored.relations(actions.DIFFERENT.name)

    @cached_property
    def different(self) -> frozenset[Pair]:
        """The pairs of entities of which somebody has said that they are two."""
        return frozenset(filter(None, map(self._pair, self.distinctions)))

    def _pair(self, relation: Relation) -> Pair | None:
        one, other = (self.standing(end.id) for end in (relation.source, relation.target))
        if one is None or other is None:
            return None
        return min(one.id, other.id), max(one.id, other.id)

    def mentions(self, entity: Entity) -> tuple[Mention, ...]:
        """Read the mentions of an entity in all articles, in their order and that of reading."""
        return self._stored.mentions((entity.id, *(each.id for each in self.absorbed(entity))))


def _is_same(one: Counted, other: Counted) -> bool:
    return one.entities is other.entities and one.uses is other.uses


class EntityWork:
    """An annotator's work on entities; each verb is one action that undo takes back.

    Args:
        session: Who works where.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self._read: tuple[object, Entities] | None = None
        self._table: tuple[Entities, EntityTable] | None = None
        self._pairs = DuplicateIndex()

    def now(self) -> Entities:
        """Return the entities as they are now; only what has changed is read anew."""
        state = self.session.shown.entities.state
        if self._read is None or self._read[0] != state:
            before = None if self._read is None else self._read[1]
            self._read = state, Entities(self.session.shown, before)
        return self._read[1]

    def table(self) -> EntityTable:
        """Return the entities as they are now, to be sorted and filtered."""
        now = self.now()
        if self._table is None or self._table[0] is not now:
            self._table = now, EntityTable(now.entries, self._named(now), self._paired(now))
        return self._table[1]

    def _named(self, now: Entities) -> Callable[[], NameIndex]:
        def named() -> NameIndex:
            self.session.finding.names.follow(now.all)
            return self.session.finding.names

        return named

    def _paired(self, now: Entities) -> Callable[[], tuple[Duplicate, ...]]:
        def paired() -> tuple[Duplicate, ...]:
            self._pairs.follow(now.all)
            return self._pairs.pairs(now.different)

        return paired

    def preparing(self, view: EntityView) -> Iterator[None]:
        """Make ready in steps what a view needs: to find by name, or what may be one."""
        entities = self.now().all
        if view.text:
            yield from self.session.finding.names.following(entities)
        if view.duplicates:
            yield from self._pairs.following(entities)

    def propose(self, typed: str) -> tuple[Proposal, ...]:
        """Propose entities for what is typed, whichever article is open."""
        return propose(self.now().records, typed, names=self.session.finding.names)

    def twins(self, entity: Entity) -> tuple[Entity, ...]:
        """Return what may be the same as an entity, what is surer first."""
        now = self.now()
        names = self._named(now)()
        near = names.near(wordings(entity)) | {id for id, each in now.all.items() if each.links}
        few = {id: now.all[id] for id in near | {entity.id}}
        pairs = (p for p in duplicates(few.values(), now.different) if entity.id in p.pair)
        found = (now.standing(pair.beside(entity.id)) for pair in pairs)
        return tuple(each for each in found if each is not None)

    def create(self, name: str, type: str) -> Entity:
        """Make an entity that nothing is linked to yet."""
        return self._made(actions.create(self._author(), name, type))

    def rename(self, entity: Entity, name: str) -> None:
        """Give an entity another name; the old one becomes an alias."""
        self._apply(actions.rename(self._author(), entity, name))

    def retype(self, entity: Entity, type: str) -> None:
        """Give an entity another type; its mentions keep theirs.

        Raises:
            AnnotationError: If the schema does not allow that, also for one of its relations.
        """
        ref = Ref("entity", entity.id)
        shared = self.session.library.records.shared()
        related = [r for r in shared if isinstance(r, Relation) and ref in (r.source, r.target)]
        self._apply(actions.retype(self._author(related), entity, type))

    def add_alias(self, entity: Entity, alias: Alias) -> None:
        """Teach an entity another way to write it."""
        self._apply(actions.add_alias(self._author(), entity, alias))

    def remove_alias(self, entity: Entity, alias: Alias) -> None:
        """Take a way to write it away from an entity."""
        self._apply(actions.remove_alias(self._author(), entity, alias))

    def annotate(self, entity: Entity, note: str) -> None:
        """Change the note of an entity."""
        self._apply(actions.annotate(self._author(), entity, note))

    def identify(
        self, entity: Entity, wikidata: str, status: LinkStatus | None = "confirmed"
    ) -> None:
        """Say which Wikidata item an entity is, or that it is none, or may be several."""
        self._apply(actions.identify(self._author(), entity, wikidata, status))

    def unlink(self, entity: Entity, link: KnowledgeLink) -> None:
        """Take a link into a knowledge base away from an entity."""
        self._apply(actions.unlink(self._author(), entity, link))

    def retire(self, entity: Entity, retired: bool = True) -> None:
        """Offer an entity for linking no more, or again."""
        self._apply(actions.retire(self._author(), entity, retired))

    def merge(self, kept: Entity, absorbed: Entity) -> None:
        """Make one entity of two, also of two that were said to be two."""
        both = {kept.id, absorbed.id}
        now = self.now()
        said = [each for each in now.distinctions if set(now._pair(each) or ()) == both]
        self._apply(actions.without(actions.merge(self._author(), kept, absorbed), said))

    def distinguish(self, one: Entity, other: Entity) -> None:
        """Remember that two entities are two: they are shown as possible duplicates no more."""
        self._apply(actions.distinguish(self._author((one, other)), one, other))

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
        said = [r for r in self.now().distinctions if entity.id in (r.source.id, r.target.id)]
        # That it is not another one is no use of it.
        if found.get("relation", 0) == len(said):
            found.pop("relation", None)
        if found:
            raise AnnotationError(
                f"“{shorten(entity.name)}” is referred to by {counted(found)}, perhaps in removed "
                "articles; retire it, or merge it into another entity."
            )
        self._apply(actions.without(actions.delete(self._author(), entity), said))

    def _author(self, records: Sequence[Record] = ()) -> Author:
        return self.session.author.on(records)

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
