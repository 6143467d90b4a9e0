"""Entities that may be one: proposals for merging, which only a person decides.

Of two entities of one type it is proposed when they share a wording (folded) or
a Wikidata id, or when a name of one sounds like one of the other: in another
script by its consonants alone, in the same script only if it is written nearly
alike too. Two that are confirmed to be different items are never proposed.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Literal, NamedTuple, get_args

from reader.annotation.entity_index import STEP, EntityIndex
from reader.annotation.model import Entity
from reader.annotation.name_index import wordings
from reader.annotation.wikidata import confirmed
from reader.corpus.scripts import script_of
from reader.text.fold import fold
from reader.text.skeleton import skeleton, sounds_like

_LEAST = 4
"""Consonants below which two names that sound alike say nothing."""

_NEARLY = 0.85
"""Similarity of two names in one script from which on they may be one:
أوكزكوفسكي and أوزكوفسكي have 0.95, `John Smith` and `Jane Smith` 0.8."""

_CROWD = 12
"""Entities that share a key above which a sound says nothing, and a wording is not compared
each with each."""

Why = Literal["same Wikidata id", "same wording", "sounds alike"]
_WHYS: tuple[Why, ...] = get_args(Why)
_ITEM, _NAME, _SOUND = range(3)
"""Places in `_WHYS`."""

Pair = tuple[str, str]
"""Ids of two entities, in their order."""

_Key = tuple[int, str]
"""What the entities of a group share: a place in `_WHYS`, and type with wording or sound."""


class Duplicate(NamedTuple):
    """Two entities that may be one.

    Attributes:
        one: Id of one of them.
        other: Id of the other; it comes after the first.
        why: What speaks for it.
        wording: The name of the first that does.
    """

    one: str
    other: str
    why: Why
    wording: str

    @property
    def pair(self) -> Pair:
        """The ids of both."""
        return self.one, self.other

    def beside(self, id: str) -> str:
        """Return the id of the other one of the two."""
        return self.other if id == self.one else self.one


_WORST = (len(_WHYS), 0, Duplicate("", "", "sounds alike", ""))


def duplicates(
    entities: Iterable[Entity], refused: Container[Pair] = frozenset()
) -> tuple[Duplicate, ...]:
    """Find the pairs of entities that may be one, what is surer first.

    Args:
        entities: Those to look at; merged and retired ones are left out.
        refused: Pairs of which somebody has said that they are two.
    """
    index = DuplicateIndex()
    index.follow({entity.id: entity for entity in entities})
    return index.pairs(refused)


class DuplicateIndex(EntityIndex):
    """The possible duplicates among entities, kept while these change.

    Entities stand in groups that share a key: an item, a wording, a sound. Only the groups
    of what has changed are looked through anew.
    """

    def __init__(self) -> None:
        super().__init__()
        self._groups: dict[_Key, str | tuple[str, ...]] = {}
        """Ids by key; most keys have one, which stands there by itself."""
        self._pairs: dict[_Key, tuple[Duplicate, ...]] = {}
        self._touched: set[_Key] = set()

    def pairs(self, refused: Container[Pair] = frozenset()) -> tuple[Duplicate, ...]:
        """Return the pairs of entities that may be one, what is surer first."""
        best: dict[Pair, tuple[int, int, Duplicate]] = {}
        for (why, _), pairs in self._pairs.items():
            for each in pairs:
                # Of several wordings, the longest says most.
                found = why, -len(each.wording), each
                if each.pair not in refused and found < best.get(each.pair, _WORST):
                    best[each.pair] = found
        return tuple(each for *_, each in sorted(best.values(), key=_surest))

    def _update(self, entity: Entity, before: Entity | None) -> None:
        if before is not None:
            if _seen(before) == _seen(entity):
                self._known[entity.id] = entity
                return
            self._remove(self._known.pop(before.id))
        if not (entity.merged_into or entity.retired):
            self._known[entity.id] = entity
            for key in _keys(entity):
                ids = self._ids(key)
                self._groups[key] = (*ids, entity.id) if ids else entity.id
                if ids:
                    self._touched.add(key)

    def _remove(self, entity: Entity) -> None:
        for key in _keys(entity):
            left = tuple(id for id in self._ids(key) if id != entity.id)
            if len(left) > 1:
                self._groups[key] = left
            elif left:
                self._groups[key] = left[0]
            else:
                del self._groups[key]
            self._touched.add(key)

    def _finish(self) -> Iterator[None]:
        for number, key in enumerate(tuple(self._touched)):
            self._look_through(key)
            if number % STEP == 0:
                yield

    def _ids(self, key: _Key) -> tuple[str, ...]:
        ids = self._groups.get(key, ())
        return (ids,) if isinstance(ids, str) else ids

    def _look_through(self, key: _Key) -> None:
        group = [self._known[id] for id in sorted(self._ids(key))]
        pairs = tuple(_among(group, key))
        if pairs:
            self._pairs[key] = pairs
        else:
            self._pairs.pop(key, None)
        self._touched.discard(key)


def _surest(found: tuple[int, int, Duplicate]) -> tuple[int, Pair]:
    return found[0], found[2].pair


def _seen(entity: Entity) -> tuple[object, ...]:
    """Return all of an entity that is looked at here."""
    gone = entity.merged_into is not None or entity.retired
    return entity.type, entity.name, entity.aliases, entity.links, gone


def _among(group: Sequence[Entity], key: _Key) -> Iterator[Duplicate]:
    """Yield the pairs of a group that may be one."""
    why = _WHYS[key[0]]
    for one, other in _candidates(group, why):
        if one.type == other.type and len(_items(one) | _items(other)) < 2:
            name, beside = _wording(one, key), _wording(other, key)
            if why != "sounds alike" or _alike(name, beside):
                yield Duplicate(one.id, other.id, why, name)


def _candidates(group: Sequence[Entity], why: Why) -> Iterable[tuple[Entity, Entity]]:
    if len(group) <= _CROWD:
        return combinations(group, 2)
    return () if why == "sounds alike" else pairwise(group)


def _items(entity: Entity) -> set[str]:
    item = confirmed(entity)
    return {item} if item else set()


@lru_cache(maxsize=65536)
def _alike(one: str, other: str) -> bool:
    if not (sounds_like(one, other) and sounds_like(other, one)):
        return False
    if _script(one) != _script(other):
        return True
    return SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio() >= _NEARLY


def _script(text: str) -> str | None:
    return next(filter(None, map(script_of, text)), None)


def _keys(entity: Entity) -> set[_Key]:
    """Return the groups that an entity belongs to."""
    names = wordings(entity)
    found = {(_ITEM, item) for item in _items(entity)}
    found |= {(_NAME, f"{entity.type} {key}") for name in names if (key := fold(name))}
    sounds = {sound for name in names if len(sound := _sound(name)) >= _LEAST}
    return found | {(_SOUND, f"{entity.type} {key}") for s in sounds for key in _nearby(s)}


def _wording(entity: Entity, key: _Key) -> str:
    """Return the first name that an entity has a key for."""
    kind, shared = key
    wanted = shared.removeprefix(f"{entity.type} ")
    if kind == _NAME:
        return next(name for name in wordings(entity) if fold(name) == wanted)
    if kind == _SOUND:
        return next(name for name in wordings(entity) if _is_near(_sound(name), wanted))
    return entity.name


@lru_cache(maxsize=65536)
def _sound(name: str) -> str:
    return "".join(map(skeleton, name.split()))


def _nearby(sound: str) -> set[str]:
    """Return a sound and, unless it is a short one, it without each of its consonants.

    Two names share one of these when they are the same but for one that either has too many.
    """
    if len(sound) == _LEAST:
        return {sound}
    return {sound, *[sound[:i] + sound[i + 1 :] for i in range(len(sound))]}


def _is_near(sound: str, key: str) -> bool:
    """Tell whether a key is one of a sound, of which most are settled by their length."""
    more = len(sound) - len(key)
    return len(sound) >= _LEAST and 0 <= more < 2 and key in _nearby(sound)
