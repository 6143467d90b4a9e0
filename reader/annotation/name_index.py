"""The names of all entities, kept so that each key that is typed finds among very many.

Folded names and skeletons are made once, when an entity comes or changes. What
is found is what a look at each name by itself would find.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reader.annotation.entity_index import EntityIndex
from reader.annotation.model import Entity
from reader.text.fold import fold
from reader.text.skeleton import numbers, skeletons, sounds_like
from reader.text.sounds import Parts, SoundIndex

EXACT, START, WORD, INSIDE, SOUND = 5.0, 4.0, 3.0, 2.0, 1.0
"""How well a name matches: above 1 it is written so, up to 1 it only sounds so, 0 is none."""


def wordings(entity: Entity) -> tuple[str, ...]:
    """Return the names of an entity, its own first, each once."""
    return tuple(dict.fromkeys((entity.name, *(alias.text for alias in entity.aliases))))


class NameIndex(EntityIndex):
    """Names of entities, by what is in them and by their sound.

    Those that were merged into another or retired are found like all others.
    """

    def __init__(self) -> None:
        super().__init__()
        self._written: dict[str, set[str]] = {}
        self._sounding: dict[Parts, set[str]] = {}
        self._sounds = SoundIndex()

    def _update(self, entity: Entity, before: Entity | None) -> None:
        self._known[entity.id] = entity
        if before is not None:
            if (entity.name, entity.aliases) == (before.name, before.aliases):
                return
            self._remove(before)
        self._add(entity)

    def _add(self, entity: Entity) -> None:
        for name in _folded(entity):
            self._written.setdefault(name, set()).add(entity.id)
        for parts in _sounds(entity):
            if parts not in self._sounding:
                self._sounding[parts] = set()
                self._sounds.add(parts)
            self._sounding[parts].add(entity.id)

    def _remove(self, entity: Entity) -> None:
        for name in _folded(entity):
            self._written[name].discard(entity.id)
            if not self._written[name]:
                del self._written[name]
        for parts in _sounds(entity):
            self._sounding[parts].discard(entity.id)
            if not self._sounding[parts]:
                del self._sounding[parts]
                self._sounds.remove(parts)

    def containing(self, words: Iterable[str]) -> set[str]:
        """Return the ids of those of which one name has all of some folded words."""
        names: Iterable[str] = self._written
        for word in words:
            names = [name for name in names if word in name]
        return self._of(names)

    def written(self, wanted: str) -> dict[str, float]:
        """Return how well what is written so matches, by id.

        Args:
            wanted: What was typed, folded; it is no empty text.
        """
        inside = [name for name in self._written if wanted in name]
        word = f" {wanted}"
        # From the weakest to the strongest, each over the one before: one pass each, without calls.
        found = dict.fromkeys(self._of(inside), INSIDE)
        found |= dict.fromkeys(self._of([name for name in inside if word in name]), WORD)
        starts = [name for name in inside if name.startswith(wanted)]
        return (
            found
            | dict.fromkeys(self._of(starts), START)
            | dict.fromkeys(self._written.get(wanted, ()), EXACT)
        )

    def _of(self, names: Iterable[str]) -> set[str]:
        """Return the ids of those that have one of some folded names."""
        return set[str]().union(*map(self._written.__getitem__, names))

    def sounding(self, typed: str) -> dict[str, float]:
        """Return how much what sounds like a text does, from 0 to 1, by id."""
        found: dict[str, float] = {}
        for parts, alike in self._sounds.like(skeletons(typed)).items():
            for id in self._sounding[parts]:
                if alike > found.get(id, 0.0):
                    found[id] = alike
        return self._numbered(typed, found) if numbers(typed) else found

    def _numbered(self, typed: str, found: Mapping[str, float]) -> dict[str, float]:
        """Return of what sounds like a text those that have its numbers in that name."""
        alike = {
            id: max(sounds_like(typed, name) for name in wordings(self._known[id])) for id in found
        }
        return {id: how for id, how in alike.items() if how}

    def near(self, wordings: Iterable[str]) -> set[str]:
        """Return the ids of those with a name like one of some."""
        found = self._of(name for each in wordings if (name := fold(each)) in self._written)
        return found.union(*map(self.sounding, wordings))


def written(wanted: str, folded: str) -> float:
    """Say how well a name matches what is typed, both folded; 0 where it is not in it."""
    if folded == wanted:
        return EXACT
    if folded.startswith(wanted):
        return START
    if f" {wanted}" in folded:
        return WORD
    return INSIDE if wanted in folded else 0.0


def _folded(entity: Entity) -> set[str]:
    return set(map(fold, wordings(entity)))


def _sounds(entity: Entity) -> set[Parts]:
    return set(map(skeletons, wordings(entity)))
