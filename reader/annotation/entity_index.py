"""What is kept about entities while they change, so that each change costs what it changes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping

from reader.annotation.model import Entity, Record

STEP = 100
"""Entities, or what is found by them, that are looked at in one step."""


class EntityIndex(ABC):
    """An index of entities that follows them from one state to the next."""

    def __init__(self) -> None:
        self._followed: Mapping[str, Record] | None = None
        self._known: dict[str, Entity] = {}

    def follow(self, entities: Mapping[str, Record]) -> None:
        """Be of some entities from now on; costs what is other than before.

        Args:
            entities: Entities by id, in a mapping that does not change any more.
        """
        for _ in self.following(entities):
            pass

    def following(self, entities: Mapping[str, Record]) -> Iterator[None]:
        """Follow in steps, which may end early: what is asked next does the rest."""
        if entities is self._followed:
            return
        for id in self._known.keys() - entities.keys():
            self._remove(self._known.pop(id))
        for number, record in enumerate(entities.values()):
            before = self._known.get(record.id)
            if before is not record and isinstance(record, Entity):
                self._update(record, before)
            if number % STEP == 0:
                yield
        yield from self._finish()
        self._followed = entities

    @abstractmethod
    def _update(self, entity: Entity, before: Entity | None) -> None:
        """Take in an entity that is new, or other than before, and know it."""

    @abstractmethod
    def _remove(self, entity: Entity) -> None:
        """Drop what is kept about an entity, which is not known any more."""

    def _finish(self) -> Iterator[None]:
        """Do in steps what can only be done when all that changed is known."""
        yield from ()
