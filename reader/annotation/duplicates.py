"""Entities that may be one: proposals for merging, which only a person decides.

Of two entities of one type it is proposed when they share a wording (folded) or
a Wikidata id, or when a name of one sounds like one of the other: in another
script by its consonants alone, in the same script only if it is written nearly
alike too. Two that are confirmed to be different items are never proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations, pairwise
from typing import Literal, NamedTuple

from reader.annotation.model import Entity
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

Why = Literal["same wording", "same Wikidata id", "sounds alike"]


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

    def beside(self, id: str) -> str:
        """Return the id of the other one of the two."""
        return self.other if id == self.one else self.one


def duplicates(entities: Iterable[Entity]) -> tuple[Duplicate, ...]:
    """Find the pairs of entities that may be one, what is surer first.

    Merged and retired entities are left out.
    """
    live = {e.id: e for e in entities if not e.merged_into and not e.retired}
    found: dict[tuple[str, str], Duplicate] = {}
    for why, groups in (
        ("same Wikidata id", _by_link(live.values())),
        ("same wording", _by_wording(live.values())),
        ("sounds alike", _by_sound(live.values())),
    ):
        for pair in _pairs(groups, live, why):  # type: ignore[arg-type]
            found.setdefault((pair.one, pair.other), pair)
    return tuple(found.values())


_Groups = dict[str, dict[str, str]]
"""By key: the wording that has it, by id of the entity."""


def _pairs(groups: _Groups, live: dict[str, Entity], why: Why) -> Iterator[Duplicate]:
    looked_at = set[tuple[str, str, str, str]]()
    for group in groups.values():
        for one, other in _candidates(group, why):
            pair = (one, other, group[one], group[other])
            if pair in looked_at or not _may_be_one(live[one], live[other]):
                continue
            looked_at.add(pair)
            if why != "sounds alike" or _alike(group[one], group[other]):
                yield Duplicate(one, other, why, group[one])


def _candidates(group: dict[str, str], why: Why) -> Iterable[tuple[str, str]]:
    if len(group) < 2:
        return ()
    if len(group) <= _CROWD:
        return combinations(sorted(group), 2)
    return () if why == "sounds alike" else pairwise(sorted(group))


def _may_be_one(one: Entity, other: Entity) -> bool:
    return one.type == other.type and len(_items(one) | _items(other)) < 2


def _items(entity: Entity) -> set[str]:
    return {k.id for k in entity.links if (k.base, k.status) == ("wikidata", "confirmed")}


def _alike(one: str, other: str) -> bool:
    if not (sounds_like(one, other) and sounds_like(other, one)):
        return False
    if _script(one) != _script(other):
        return True
    return SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio() >= _NEARLY


def _script(text: str) -> str | None:
    return next(filter(None, map(script_of, text)), None)


def _by_link(entities: Iterable[Entity]) -> _Groups:
    groups: _Groups = {}
    for entity in entities:
        for item in _items(entity):
            groups.setdefault(item, {})[entity.id] = entity.name
    return groups


def _by_wording(entities: Iterable[Entity]) -> _Groups:
    groups: _Groups = {}
    for entity in entities:
        for name in _wordings(entity):
            if key := fold(name).strip():
                groups.setdefault(f"{entity.type} {key}", {}).setdefault(entity.id, name)
    return groups


def _by_sound(entities: Iterable[Entity]) -> _Groups:
    """Group names whose consonants are the same but for one that either has too many."""
    groups: _Groups = {}
    for entity in entities:
        for name in _wordings(entity):
            sound = "".join(map(skeleton, name.split()))
            if len(sound) < _LEAST:
                continue
            for key in _nearby(sound):
                groups.setdefault(f"{entity.type} {key}", {}).setdefault(entity.id, name)
    return groups


def _nearby(sound: str) -> set[str]:
    """Return a sound and, unless it is a short one, it without each of its consonants."""
    if len(sound) == _LEAST:
        return {sound}
    return {sound, *(sound[:i] + sound[i + 1 :] for i in range(len(sound)))}


def _wordings(entity: Entity) -> tuple[str, ...]:
    return (entity.name, *(alias.text for alias in entity.aliases))
