"""Entities over all articles: who is mentioned where, and what refers to an entity.

Mentions in removed articles do not show, but they refer to their entity.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from reader.annotation.annotation_set import standing
from reader.annotation.model import Entity, Mention, Relation
from reader.store import database, rows
from reader.store.access import Stored
from reader.store.touched import Mark, Touched, mark, touched_since


class EntityUse(NamedTuple):
    """How often an entity is mentioned in the articles of a language.

    Attributes:
        entity: Id of the entity.
        language: Code of the language.
        mentions: How many mentions there are.
        articles: In how many articles.
    """

    entity: str
    language: str
    mentions: int
    articles: int


class Counted(NamedTuple):
    """All entities at one moment, with how often each is mentioned.

    Attributes:
        mark: When that was.
        entities: The entities, by id, in the order of their ids.
        uses: What is counted, by id; what was merged into another counts for that.
    """

    mark: Mark
    entities: Mapping[str, Entity]
    uses: Mapping[str, tuple[EntityUse, ...]]


# Through all spans in their order, and no sorting by article: half the time of other ways.
_USES = (
    "SELECT {entity} AS who, article.language, count(*), count(DISTINCT span.article)"
    " FROM span CROSS JOIN mention ON mention.id = span.record"
    " JOIN article ON article.id = span.article AND NOT article.removed"
    " WHERE span.part = 'mention' AND mention.entity IS NOT NULL"
    " GROUP BY who, article.language"
)
_USES_OF = (
    "SELECT mention.entity, article.language, span.article, count(*)"
    " FROM mention JOIN span ON span.record = mention.id AND span.part = 'mention'"
    " JOIN article ON article.id = span.article AND NOT article.removed"
    " WHERE mention.entity IN (SELECT value FROM json_each(?))"
    " GROUP BY mention.entity, span.article"
)
_NAMED_IN = (
    "SELECT DISTINCT mention.entity FROM span JOIN mention ON mention.id = span.record"
    " WHERE span.article IN (SELECT value FROM json_each(?)) AND span.part = 'mention'"
)
_SHOWN = (
    "id IN (SELECT mention.id FROM mention"
    " JOIN span ON span.record = mention.id AND span.part = 'mention'"
    " JOIN article ON article.id = span.article AND NOT article.removed"
    " WHERE mention.entity IN ({marks}))"
)
# An index has all of this: the pages that hold the texts are not gone through.
_ORDER = "SELECT id FROM article WHERE NOT removed ORDER BY added, rowid"
_ELSEWHERE = (
    "SELECT count(*), count(DISTINCT span.article) FROM mention"
    " JOIN span ON span.record = mention.id AND span.part = 'mention'"
    " JOIN article ON article.id = span.article AND NOT article.removed"
    " WHERE mention.entity IN ({marks}) AND span.article != ?"
)
_REFERENCES = {
    "mention": ("entity",),
    "claim mention": ("claimant", "affiliation"),
    "claim": ("place",),
    "attribution": ("source_entity",),
    "suggestion": ("entity",),
    "merged entity": ("merged_into",),
    "note": ("on_id",),
    "relation": ("source_id", "target_id"),
}
"""Where the id of an entity stands, by what a user calls the record."""
_TABLES = {"claim mention": "claim_mention", "merged entity": "entity"}


class StoredEntities(Stored):
    """The entities of a library, with what is counted and found over all its articles."""

    @property
    def state(self) -> object:
        """What is equal as long as nobody has changed the library."""
        with database.explained(self._path):
            return self._access.state()

    def all(self) -> tuple[Entity, ...]:
        """Read all entities, by id."""
        with database.explained(self._path):
            return self._read()

    def counted(self, known: Counted | None = None) -> Counted:
        """Read all entities and count their mentions, in articles that are not removed.

        Args:
            known: What was read before; then only what has changed is read.
        """
        with database.snapshot(self._connection, self._path):
            connection = self._connection
            now = mark(connection)
            touched = None if known is None else touched_since(connection, known.mark)
            if known is None or touched is None:
                entities = {entity.id: entity for entity in self._read()}
                return Counted(now, entities, self._count_all(standing(entities)))
            return self._counted_anew(known, touched)._replace(mark=now)

    def _read(self, where: str = "1", values: Iterable[str] = ()) -> tuple[Entity, ...]:
        found = rows.read_where(self._connection, "entity", where, values)
        return tuple(record for record in found if isinstance(record, Entity))

    def _counted_anew(self, known: Counted, touched: Iterable[Touched]) -> Counted:
        """Read what has changed, and count it anew."""
        changed, recount, articles = set[str](), set[str](), set[str]()
        for each in touched:
            if each.kind == "entity":
                changed.add(each.id)
                recount |= each.either("merged_into") | {each.id}
            elif each.kind == "mention" and each.differs("entity"):
                recount |= each.either("entity")
            elif each.kind == "article":
                articles.add(each.id)
        if articles:
            found = self._connection.execute(_NAMED_IN, (json.dumps(sorted(articles)),))
            recount |= {row[0] for row in found if row[0] is not None}
        entities = self._changed(known.entities, changed) if changed else known.entities
        return known._replace(entities=entities, uses=self._recounted(known, entities, recount))

    def _changed(self, known: Mapping[str, Entity], ids: set[str]) -> Mapping[str, Entity]:
        where = "id IN (SELECT value FROM json_each(?))"
        there = {entity.id: entity for entity in self._read(where, (json.dumps(sorted(ids)),))}
        gone = ids - there.keys()
        entities = {id: there.get(id, each) for id, each in known.items() if id not in gone}
        if there.keys() <= known.keys():
            return entities
        return dict(sorted((entities | there).items()))

    def _recounted(
        self, known: Counted, entities: Mapping[str, Entity], ids: set[str]
    ) -> Mapping[str, tuple[EntityUse, ...]]:
        """Count some entities anew, with all that counts for the same ones, now or before."""
        if not ids:
            return known.uses
        now, before = standing(entities), standing(known.entities)
        ends = {end.get(id, id) for id in ids for end in (now, before)}
        members = {id: id for id in ends if id not in now} | {
            id: end for id, end in now.items() if end in ends
        }
        return {id: uses for id, uses in known.uses.items() if id not in ends} | self._count_for(
            members
        )

    def _count_for(self, members: Mapping[str, str]) -> dict[str, tuple[EntityUse, ...]]:
        """Count the mentions of some entities for those that they are counted for."""
        places: dict[tuple[str, str], dict[str, int]] = {}
        found = self._connection.execute(_USES_OF, (json.dumps(sorted(members)),))
        for id, language, article, count in found:
            there = places.setdefault((members[id], language), {})
            there[article] = there.get(article, 0) + count
        return _by_entity(
            EntityUse(id, language, sum(there.values()), len(there))
            for (id, language), there in places.items()
        )

    def _count_all(self, standing: Mapping[str, str]) -> dict[str, tuple[EntityUse, ...]]:
        who = "standing(mention.entity)" if standing else "mention.entity"
        connection = self._connection
        connection.create_function("standing", 1, lambda id: standing.get(id, id))
        return _by_entity(map(EntityUse._make, connection.execute(_USES.format(entity=who))))

    def mentions(self, entities: Iterable[str]) -> tuple[Mention, ...]:
        """Read the mentions of some entities, in the order of the articles and of reading."""
        ids = tuple(entities)
        with database.explained(self._path):
            order = {row[0]: place for place, row in enumerate(self._connection.execute(_ORDER))}
            where = _SHOWN.format(marks=_marks(ids))
            records = rows.read_where(self._connection, "mention", where, ids)
        found = [record for record in records if isinstance(record, Mention)]
        return tuple(sorted(found, key=lambda m: (order[m.span.article], m.span.fragments)))

    def elsewhere(self, entities: Iterable[str], article: str) -> tuple[int, int]:
        """Count mentions of some entities in all articles but one, and the articles they are in."""
        ids = tuple(entities)
        counting = _ELSEWHERE.format(marks=_marks(ids))
        with database.explained(self._path):
            counted = self._connection.execute(counting, (*ids, article)).fetchone()
        return counted[0], counted[1]

    def relations(self, type: str) -> tuple[Relation, ...]:
        """Read the relations of a type between entities."""
        where = "type = ? AND source_kind = 'entity' AND target_kind = 'entity'"
        with database.explained(self._path):
            found = rows.read_where(self._connection, "relation", where, (type,))
        return tuple(record for record in found if isinstance(record, Relation))

    def references(self, entity: str) -> dict[str, int]:
        """Count the records that refer to an entity, also those in removed articles.

        Returns:
            How many there are, by what a user calls them; without those there are none of.
        """
        with database.explained(self._path):
            found = {kind: self._count(kind, entity) for kind in _REFERENCES}
        return {kind: count for kind, count in found.items() if count}

    def _count(self, kind: str, entity: str) -> int:
        columns = _REFERENCES[kind]
        where = " OR ".join(f"{column} = ?" for column in columns)
        counting = f'SELECT count(*) FROM "{_TABLES.get(kind, kind)}" WHERE {where}'
        found = self._connection.execute(counting, (entity,) * len(columns))
        return int(found.fetchone()[0])


def _by_entity(uses: Iterable[EntityUse]) -> dict[str, tuple[EntityUse, ...]]:
    found: dict[str, list[EntityUse]] = {}
    for use in uses:
        found.setdefault(use.entity, []).append(use)
    return {id: tuple(each) for id, each in found.items()}


def _marks(ids: tuple[str, ...]) -> str:
    return ", ".join("?" * len(ids))
