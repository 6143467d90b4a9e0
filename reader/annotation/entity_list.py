"""The list of entities as somebody looks at it: counted, sorted, filtered.

Computed from what is given; nothing here reads a library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple, get_args

from reader.annotation.duplicates import Duplicate, duplicates
from reader.annotation.model import Entity
from reader.annotation.name_index import NameIndex
from reader.annotation.wikidata import is_settled
from reader.text.fold import fold
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
        unidentified: Whether only those are shown of which nobody has said for sure which Wikidata
            item they are, or that they are none.
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

    @property
    def id(self) -> str:
        """The id of the entity."""
        return self.entry.entity.id


def entry(entity: Entity, uses: Sequence[tuple[str, str, int, int]] = ()) -> EntityEntry:
    """Return the row of an entity with what is counted of it.

    Args:
        entity: One that was merged into no other.
        uses: Its id, a language, mentions, and articles in this language.
    """
    ranked = sorted(uses, key=lambda use: (-use[2], use[1]))
    mentions, articles = sum(use[2] for use in uses), sum(use[3] for use in uses)
    return EntityEntry(entity, mentions, articles, tuple(use[1] for use in ranked))


class EntityTable:
    """The entities of a library, sorted and filtered again and again.

    Args:
        found: Their rows.
        names: Gives the names of at least these.
        pairs: Gives what may be one.
    """

    def __init__(
        self,
        found: Sequence[EntityEntry],
        names: Callable[[], NameIndex],
        pairs: Callable[[], Iterable[Duplicate]],
    ) -> None:
        self.entries = found
        self._names, self._pairs = names, pairs
        self._ordered: dict[EntitySort, tuple[Listed, ...]] = {}

    @cached_property
    def mentions(self) -> int:
        """How many mentions all of them have."""
        return sum(entry.mentions for entry in self.entries)

    @cached_property
    def retired(self) -> int:
        """How many are retired."""
        return sum(entry.entity.retired for entry in self.entries)

    def arranged(self, view: EntityView) -> tuple[Listed, ...]:
        """Return the entities of a view, in its order: what is written so before what sounds so."""
        shown = list(filter(_fits(view), self._in_order(view.sort)))
        words = fold(view.text).split()
        if words:
            names = self._names()
            written = names.containing(words)
            sounding = names.sounding(view.text).keys() - written
            shown = [each for ids in (written, sounding) for each in shown if each.id in ids]
        if view.duplicates:
            return tuple(self._paired(sorted(shown, key=_KEYS[view.sort]) if words else shown))
        return tuple(shown)

    def _in_order(self, sort: EntitySort) -> tuple[Listed, ...]:
        if sort not in self._ordered:
            self._ordered[sort] = tuple(sorted(map(Listed, self.entries), key=_KEYS[sort]))
        return self._ordered[sort]

    def _paired(self, ordered: Iterable[Listed]) -> Iterable[Listed]:
        """Yield each pair of possible duplicates where the first of the two stands in the order."""
        by_id = {entry.entity.id: entry for entry in self.entries}
        twins: dict[str, list[Duplicate]] = {}
        for pair in self._pairs():
            twins.setdefault(pair.one, []).append(pair)
            twins.setdefault(pair.other, []).append(pair)
        done = set[Duplicate]()
        for entry, _ in ordered:
            for pair in twins.get(entry.entity.id, ()):
                if pair not in done:
                    done.add(pair)
                    yield Listed(entry, pair)
                    yield Listed(by_id[pair.beside(entry.entity.id)], pair)


def arranged(found: Sequence[EntityEntry], view: EntityView) -> tuple[Listed, ...]:
    """Return the entities of a view, when they are looked at once."""
    entities = {entry.entity.id: entry.entity for entry in found}

    def names() -> NameIndex:
        index = NameIndex()
        index.follow(entities)
        return index

    return EntityTable(found, names, lambda: duplicates(entities.values())).arranged(view)


def _fits(view: EntityView) -> Callable[[Listed], bool] | None:
    """Return what leaves out entities for all but their names; None leaves out none."""
    if not (view.type or view.several or view.unidentified):
        return None

    def shown(listed: Listed) -> bool:
        entity = listed.entry.entity
        if view.type and entity.type != view.type:
            return False
        if view.several and len(listed.entry.languages) < 2:
            return False
        return not (view.unidentified and is_settled(entity))

    return shown


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Sort by letters and digits: quotes and what else stands before them do not count."""
    return "".join(c if c.isalnum() else " " for c in fold(name)).strip()


def _latest(entity: Entity) -> tuple[int, ...]:
    """Sort a time of ISO 8601 from the latest to the first."""
    return tuple(-ord(character) for character in entity.updated)


_KEYS: dict[EntitySort, Callable[[Listed], Any]] = {
    "mentions": lambda row: (
        *(-row.entry.mentions, -row.entry.articles),
        *(name_key(row.entry.entity.name), row.id),
    ),
    "name": lambda row: (name_key(row.entry.entity.name), row.id),
    "recent": lambda row: (_latest(row.entry.entity), row.id),
    "type": lambda row: (row.entry.entity.type, name_key(row.entry.entity.name), row.id),
}
