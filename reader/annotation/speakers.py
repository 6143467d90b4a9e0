"""Which entity types name who speaks: told by the claims that are there, and by the schema.

A library's types are its users', so no name of one says anything here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from reader.annotation.schema import Schema
from reader.values import dataclass

_FIRST = 2
"""Types of a schema that are taken for those of speakers until claims tell: people, and
what they speak for, are what nearly every schema begins with."""


class Spoken(NamedTuple):
    """How often entities of a type claim something.

    Attributes:
        type: The entity type of the claimants.
        speaks_for: The type of what they speak for, or None where they speak for themselves.
        times: In how many claim mentions.
    """

    type: str
    speaks_for: str | None
    times: int


@dataclass(frozen=True, slots=True)
class Speakers:
    """The types of those who speak.

    Attributes:
        types: All of them, also those of what is spoken for, which speaks for itself, too.
        people: Those of them that speak for others, as people do for firms and offices.
    """

    types: frozenset[str]
    people: frozenset[str]


def speakers(schema: Schema, spoken: Iterable[Spoken]) -> Speakers:
    """Tell who speaks, by type.

    Args:
        schema: The types; those whose mentions are values never speak.
        spoken: Who claims something already.
    """
    able = [kind.name for kind in schema.offered if kind.says == "none"]
    told: set[str] = set()
    for_others: Counter[str] = Counter()
    for type, speaks_for, times in spoken:
        told.add(type)
        if speaks_for is not None:
            told.add(speaks_for)
            for_others[type] += times
            for_others[speaks_for] -= times
    people = {type for type, count in for_others.items() if count > 0}
    if not people:
        people = {type for type in able[:1] if for_others[type] >= 0}
    return Speakers(frozenset((*told, *able[:_FIRST])), frozenset(people))
