"""Gazetteers: lists of names from a file, to be looked for in the texts.

As text, one name a line: `name`, or `name TAB type`, or `name TAB type TAB other
names, parted by |`; empty lines and lines that begin with `#` are left out. As
JSON, a list of names, or of objects with `name` and perhaps `type`, `aliases`
and `wikidata`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from reader.annotation.wikidata import ids_in
from reader.errors import AnnotationError, UsageError
from reader.suggest.names import Listed

_LONGEST = 1000
"""Code points of a name."""


def read_gazetteer(
    text: str, where: str, types: Collection[str], default: str | None = None
) -> tuple[Listed, ...]:
    """Read a gazetteer.

    Args:
        text: What the file holds.
        where: How to call the file in errors.
        types: Entity types of the schema.
        default: Type of the names that have none of their own.

    Raises:
        UsageError: Naming the file, the line or entry, and what to do.
    """
    if text.lstrip()[:1] == "{":
        raise UsageError(f"{where}: a gazetteer in JSON is one list, in [ and ].")
    is_json = text.lstrip()[:1] == "["
    listed = tuple(_of_json(text, where) if is_json else _of_lines(text, where, types))
    if not listed:
        raise UsageError(f"{where}: there is no name in it.")
    return tuple(_typed(one, place, types, default) for place, one in listed)


def _of_lines(text: str, where: str, types: Collection[str]) -> Iterator[tuple[str, Listed]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, *rest = [part.strip() for part in line.split("\t")]
        if not name or len(rest) > 2:
            raise UsageError(
                f"{where}: line {number}: expected a name, or name, type and other names "
                "parted by tabs."
            )
        if not rest and name.rpartition(",")[2].strip(' "') in types:
            raise UsageError(f"{where}: line {number}: part name and type by a tab, not a comma.")
        type, others = (*rest, "", "")[:2]
        aliases = tuple(alias.strip() for alias in others.split("|") if alias.strip())
        yield f"{where}: line {number}", Listed(name, type, aliases)


def _of_json(text: str, where: str) -> Iterator[tuple[str, Listed]]:
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = error if isinstance(error, json.JSONDecodeError) else "nested or long beyond use"
        raise UsageError(f"{where}: not JSON: {reason}.") from error
    for number, entry in enumerate(entries, 1):
        place = f"{where}: entry {number}"
        yield place, _of_entry({"name": entry} if isinstance(entry, str) else entry, place)


def _of_entry(entry: Any, place: str) -> Listed:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise UsageError(f'{place}: expected a name, or an object with "name".')
    unknown = set(entry) - {"name", "type", "aliases", "wikidata"}
    if unknown:
        raise UsageError(
            f"{place}: {min(unknown)!r} is not known here; use name, type, aliases, wikidata."
        )
    aliases = entry.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise UsageError(f"{place}: aliases should be a list of names.")
    type, wikidata = entry.get("type", ""), entry.get("wikidata", "")
    if not isinstance(type, str) or not isinstance(wikidata, str):
        raise UsageError(f"{place}: type and wikidata should be strings.")
    return Listed(entry["name"].strip(), type, tuple(aliases), _item(wikidata, place))


def _item(wikidata: str, place: str) -> str:
    """Return the Wikidata id that is meant, or ""."""
    try:
        ids = ids_in(wikidata)
    except AnnotationError as error:
        raise UsageError(f"{place}: {error}") from error
    if len(ids) > 1:
        raise UsageError(f"{place}: {wikidata!r} is more than one Wikidata id; keep one.")
    return ids[0] if ids else ""


def _typed(one: Listed, place: str, types: Collection[str], default: str | None) -> Listed:
    type = one.type or default
    if not one.name:
        raise UsageError(f"{place}: the name is empty.")
    if any(len(name) > _LONGEST for name in (one.name, *one.aliases)):
        raise UsageError(f"{place}: a name has {_LONGEST:,} characters at most.")
    if type is None:
        raise UsageError(f"{place}: “{one.name}” has no type: write one, or give --type.")
    if type not in types:
        raise UsageError(f"{place}: there is no type {type!r}; known are {', '.join(types)}.")
    return one._replace(type=type)
