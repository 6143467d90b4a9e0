"""The list of entities as somebody looks at it: counted, sorted, filtered.

Computed from what is given; nothing here reads a library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal, NamedTuple, get_args

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.duplicates import Duplicate, duplicates
from reader.annotation.model import Entity
from reader.text.fold import fold
from reader.text.skeleton import sounds_like
from reader.values import dataclass

EntitySort = Literal["mentions", "name", "recent", "type"]
SORTS: tuple[EntitySort, ...] = get_args(EntitySort)


class EntityEntry(NamedTuple):
    """One row of the list of entities; a tuple, as there may be very many.

    Attributes:
        entity: The entity, which was merged into no other.
        mentions: Mentions of it, and of those that were merged into it.
        articles: In how many articles.
        languages: In which languages these are, by code, the most frequent first.
    """

    entity: Entity
    mentions: int = 0
    articles: int = 0
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityView:
    """Which entities are looked at, and in which order.

    Attributes:
        sort: What they are sorted by.
        text: Part of a name, folded, or what sounds like one; "" for all.
        type: An entity type; "" for all.
        several: Whether only those are shown that are named in several languages.
        unidentified: Whether only those without a Wikidata id are shown.
        duplicates: Whether only those are shown that may be the same as another.
    """

    sort: EntitySort = "mentions"
    text: str = ""
    type: str = ""
    several: bool = False
    unidentified: bool = False
    duplicates: bool = False

    @property
    def filtered(self) -> bool:
        """Whether some entities may be left out."""
        return self != self.cleared()

    def sorted_next(self) -> EntityView:
        """Sort by the next of `SORTS`, after the last one by the first."""
        return replace(self, sort=SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)])

    def cleared(self) -> EntityView:
        """Leave nothing out; the order stays."""
        return EntityView(self.sort)


class Listed(NamedTuple):
    """A row of a view.

    Attributes:
        entry: The entity.
        twin: What it may be the same as, where possible duplicates are shown.
    """

    entry: EntityEntry
    twin: Duplicate | None = None


def standing(entities: AnnotationSet) -> dict[str, str]:
    """Return what each merged entity was merged into in the end, by id."""
    merged = (entity for entity in entities.all(Entity) if entity.merged_into)
    ends = ((entity.id, entities.entity(entity.id)) for entity in merged)
    return {id: end.id for id, end in ends if end is not None}


def entries(
    entities: AnnotationSet, uses: Iterable[tuple[str, str, int, int]]
) -> tuple[EntityEntry, ...]:
    """List the entities that were merged into no other, with what is counted of them.

    Args:
        entities: All entities.
        uses: Id of one that is listed, a language, mentions, and articles in this language.
    """
    found: dict[str, list[tuple[str, int, int]]] = {}
    for id, language, mentions, articles in uses:
        found.setdefault(id, []).append((language, mentions, articles))
    listed = (entity for entity in entities.all(Entity) if not entity.merged_into)
    return tuple(_entry(entity, found.get(entity.id, ())) for entity in listed)


def _entry(entity: Entity, uses: Sequence[tuple[str, int, int]]) -> EntityEntry:
    ranked = sorted(uses, key=lambda use: (-use[1], use[0]))
    mentions, articles = sum(use[1] for use in uses), sum(use[2] for use in uses)
    return EntityEntry(entity, mentions, articles, tuple(use[0] for use in ranked))


def arranged(found: Sequence[EntityEntry], view: EntityView) -> tuple[Listed, ...]:
    """Return the entities of a view, in its order: what is written so before what sounds so."""
    shown = filter(_filter(view), found)
    ordered = sorted(shown, key=_KEYS[view.sort])
    if view.duplicates:
        return tuple(_paired(ordered, found))
    if fold(view.text):
        ordered.sort(key=lambda entry: not _is_written(entry.entity, view.text))
    return tuple(map(Listed, ordered))


def _paired(ordered: Iterable[EntityEntry], found: Iterable[EntityEntry]) -> Iterable[Listed]:
    """Yield each pair of possible duplicates where the first of the two stands in the order."""
    by_id = {entry.entity.id: entry for entry in found}
    twins: dict[str, list[Duplicate]] = {}
    for pair in duplicates(entry.entity for entry in by_id.values()):
        twins.setdefault(pair.one, []).append(pair)
        twins.setdefault(pair.other, []).append(pair)
    done = set[Duplicate]()
    for entry in ordered:
        for pair in twins.get(entry.entity.id, ()):
            if pair not in done:
                done.add(pair)
                yield Listed(entry, pair)
                yield Listed(by_id[pair.beside(entry.entity.id)], pair)


def _filter(view: EntityView) -> Callable[[EntityEntry], bool]:
    text = view.text if fold(view.text) else ""

    def shown(entry: EntityEntry) -> bool:
        entity = entry.entity
        if view.type and entity.type != view.type:
            return False
        if view.several and len(entry.languages) < 2:
            return False
        if view.unidentified and wikidata(entity):
            return False
        return not text or _is_written(entity, text) or sounds(entity, text)

    return shown


def names(entity: Entity) -> tuple[str, ...]:
    """Return the wordings of an entity, its name first, each once."""
    return tuple(dict.fromkeys((entity.name, *(alias.text for alias in entity.aliases))))


def wikidata(entity: Entity) -> str:
    """Return the confirmed Wikidata id of an entity, or ""."""
    ids = (k.id for k in entity.links if (k.base, k.status) == ("wikidata", "confirmed"))
    return next(ids, "")


def _is_written(entity: Entity, text: str) -> bool:
    """Tell whether one of the names has all the words."""
    words = fold(text).split()
    folded = map(fold, names(entity))
    return any(all(word in name for word in words) for name in folded)


def sounds(entity: Entity, text: str) -> bool:
    """Tell whether one of the names sounds like a text."""
    return any(sounds_like(text, name) for name in names(entity))


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Sort by letters and digits: quotes and what else stands before them do not count."""
    return "".join(c if c.isalnum() else " " for c in fold(name)).strip()


def _latest(entity: Entity) -> tuple[int, ...]:
    """Sort a time of ISO 8601 from the latest to the first."""
    return tuple(-ord(character) for character in entity.updated)


_KEYS: dict[EntitySort, Callable[[EntityEntry], Any]] = {
    "mentions": lambda e: (-e.mentions, -e.articles, name_key(e.entity.name), e.entity.id),
    "name": lambda e: (name_key(e.entity.name), e.entity.id),
    "recent": lambda e: (_latest(e.entity), e.entity.id),
    "type": lambda e: (e.entity.type, name_key(e.entity.name), e.entity.id),
}
