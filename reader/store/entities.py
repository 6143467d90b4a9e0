"""Entities over all articles: who is mentioned where, and what refers to an entity.

Mentions in removed articles do not show, but they refer to their entity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from reader.annotation.model import Entity, Mention
from reader.store import database, rows
from reader.store.access import Access


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


# Through all spans in their order, and no sorting by article: half the time of other ways.
_USES = (
    "SELECT {entity} AS who, article.language, count(*), count(DISTINCT span.article)"
    " FROM span CROSS JOIN mention ON mention.id = span.record"
    " JOIN article ON article.id = span.article AND NOT article.removed"
    " WHERE span.part = 'mention' AND mention.entity IS NOT NULL"
    " GROUP BY who, article.language"
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


class StoredEntities:
    """The entities of a library, with what is counted and found over all its articles.

    Args:
        access: The connection to the library.
        path: Its file.
    """

    def __init__(self, access: Access, path: Path) -> None:
        self._access = access
        self._path = path

    @property
    def state(self) -> object:
        """What is equal as long as nobody has changed the library."""
        with database.explained(self._path):
            return self._access.state()

    def all(self) -> tuple[Entity, ...]:
        """Read all entities, by id."""
        with database.explained(self._path):
            found = rows.read_where(self._access.connection, "entity")
            return tuple(record for record in found if isinstance(record, Entity))

    def uses(self, standing: Mapping[str, str]) -> tuple[EntityUse, ...]:
        """Count the mentions by entity and language, in articles that are not removed.

        Args:
            standing: By id of a merged entity, the one that it counts for.
        """
        who = "standing(mention.entity)" if standing else "mention.entity"
        with database.explained(self._path):
            connection = self._access.connection
            connection.create_function("standing", 1, lambda id: standing.get(id, id))
            return tuple(map(EntityUse._make, connection.execute(_USES.format(entity=who))))

    def mentions(self, entities: Iterable[str]) -> tuple[Mention, ...]:
        """Read the mentions of some entities, in the order of the articles and of reading."""
        ids = tuple(entities)
        with database.explained(self._path):
            order = {
                row[0]: place for place, row in enumerate(self._access.connection.execute(_ORDER))
            }
            where = _SHOWN.format(marks=_marks(ids))
            records = rows.read_where(self._access.connection, "mention", where, ids)
        found = [record for record in records if isinstance(record, Mention)]
        return tuple(sorted(found, key=lambda m: (order[m.span.article], m.span.fragments)))

    def elsewhere(self, entities: Iterable[str], article: str) -> tuple[int, int]:
        """Count mentions of some entities in all articles but one, and the articles they are in."""
        ids = tuple(entities)
        counting = _ELSEWHERE.format(marks=_marks(ids))
        with database.explained(self._path):
            counted = self._access.connection.execute(counting, (*ids, article)).fetchone()
        return counted[0], counted[1]

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
        found = self._access.connection.execute(counting, (entity,) * len(columns))
        return int(found.fetchone()[0])


def _marks(ids: tuple[str, ...]) -> str:
    return ", ".join("?" * len(ids))
