"""Entities in formats that know them by name and knowledge base only, written at each mention."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from reader.annotation.ids import derived_id
from reader.annotation.model import Entity, KnowledgeLink
from reader.annotation.wikidata import BASE, confirmed
from reader.formats.format import ImportOptions

_ITEM = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/)?(Q[1-9][0-9]{0,11})")


def named_entities(entities: Iterable[Entity]) -> Mapping[str, Entity]:
    """Return the entities by id that their name and type, or a sure link, tell from all others.

    One that was merged into another is none of them.
    """
    living = [entity for entity in entities if entity.merged_into is None]
    alike = Counter((entity.type, entity.name) for entity in living)
    return {
        entity.id: entity
        for entity in living
        if alike[entity.type, entity.name] == 1 or confirmed(entity)
    }


def link_to(item: str, other: str = "kb") -> KnowledgeLink:
    """Return a sure link to an item that a file names.

    Args:
        item: An id of Wikidata or its address, or the id in another knowledge base.
        other: What to call that.
    """
    found = _ITEM.fullmatch(item)
    return KnowledgeLink(BASE if found else other, found[1] if found else item, "confirmed")


class LinkedEntities:
    """The entities that a file names, each once.

    Args:
        name: Name of the format, for the ids.
        options: What whoever imports has said.
    """

    def __init__(self, name: str, options: ImportOptions) -> None:
        self._format = name
        who, moment = options.annotator.id, options.moment
        self._signed = (moment, who, moment, who)
        self._made: set[str] = set()
        self._fresh: list[Entity] = []

    def id_of(self, type: str, name: str, link: KnowledgeLink | None, *among: str) -> str:
        """Return the id of an entity, which is made the first time.

        Args:
            type: Its type.
            name: Its name, not empty.
            link: Its place in a knowledge base, by which it is known, or None.
            among: What tells it from others of the same name.
        """
        known = (link.base, link.id) if link else (type, name)
        id = derived_id(self._format, "entity", *known, *among)
        if id not in self._made:
            self._made.add(id)
            made = Entity(id, type, name, *self._signed, links=(link,) if link else ())
            self._fresh.append(made)
        return id

    def fresh(self) -> tuple[Entity, ...]:
        """Return the entities that were made since this was asked last."""
        found = tuple(self._fresh)
        self._fresh.clear()
        return found
