"""Which entity somebody means: an id, a Wikidata id, or a name in any script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.annotation.actions import shorten
from reader.annotation.model import Entity
from reader.annotation.name_index import EXACT, NameIndex
from reader.annotation.wikidata import links_of
from reader.errors import UsageError
from reader.text.fold import fold
from reader.work.entities import Entities

_ID_DIGITS = 6
"""What the beginning of an id needs at least."""
_CANDIDATES = 5


def find_entity(now: Entities, name: str, where: str) -> Entity:
    """Return the entity that is meant.

    An id goes before a Wikidata id, these before a whole name, that before a
    part of one, and last comes what sounds so: the first of these that fits
    any entity counts.

    Args:
        now: The entities.
        name: What somebody typed.
        where: The library's file, for messages.

    Raises:
        UsageError: If the name fits none, or several; those, or near ones, are named.
    """
    for ids in _fitting(now, name):
        standing = {found.id: found for id in ids if (found := now.standing(id))}
        if len(standing) == 1:
            return next(iter(standing.values()))
        if standing:
            raise UsageError(
                f"{name!r} may be {_candidates(now, standing.values())}; "
                "give more of the name, or an id."
            )
    raise UsageError(f"{where}: no entity is {name!r}{_near(now, name)}; see `reader entities`.")


def _fitting(now: Entities, name: str) -> Iterator[Iterable[str]]:
    typed = name.strip()
    yield [typed] if typed in now.all else []
    if len(typed) >= _ID_DIGITS:
        yield [id for id in now.all if id.startswith(typed.upper())]
    items = {typed.upper()}
    yield [e.id for e in now.all.values() if items & {link.id for link in links_of(e)}]
    names, wanted = NameIndex(), fold(typed)
    names.follow(now.all)
    if wanted:
        written = names.written(wanted)
        yield [id for id, match in written.items() if match == EXACT]
        yield written
        yield names.containing(wanted.split())
        yield names.sounding(typed)


def _candidates(now: Entities, found: Iterable[Entity]) -> str:
    entries = [entry for each in found if (entry := now.entry(each.id))]
    entries.sort(key=lambda entry: (-entry.mentions, entry.entity.name))
    shown = [f"{e.entity.id} “{shorten(e.entity.name)}”" for e in entries[:_CANDIDATES]]
    more = [f"{len(entries) - _CANDIDATES:,} more"] if len(entries) > _CANDIDATES else []
    *first, last = [*shown, *more]
    return f"{', '.join(first)} or {last}"


def _near(now: Entities, name: str) -> str:
    """Name what is spelt nearly so."""
    from difflib import get_close_matches

    names = {fold(entry.entity.name): entry.entity.name for entry in now.entries}
    near = get_close_matches(fold(name), names, n=3, cutoff=0.6)
    return f"; near are {', '.join(f'“{shorten(names[each])}”' for each in near)}" if near else ""
