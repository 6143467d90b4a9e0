"""How a record falls apart into registers: what two people can change without a conflict.

A register is a field, fields that only make sense together (a span, a text with
its language), or one element of a list that is a set (an alias, a tag).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from reader.merging.steps import Json

Key = tuple[str, ...]
"""The field or the name of the group; for an element of a list, what makes it the same."""

_SPAN = ("article", "start", "end", "quote", "prefix", "suffix", "fragments")
_ON_SPAN = {"span": _SPAN}
_GROUPS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "mention": _ON_SPAN,
    "claim_mention": _ON_SPAN,
    "refusal": _ON_SPAN,
    "suggestion": _ON_SPAN,
    "claim": {"text": ("text", "language"), "gloss": ("gloss", "gloss_language")},
    "article": {"language": ("language", "language_confidence", "language_method")},
}
_SETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "entity": {"aliases": (), "links": ("base", "id")},
    "claim": {"evidence": ()},
    "article": {"tags": (), "sources": ()},
    "schema": dict.fromkeys(("entity_types", "relation_types", "attribute_types"), ("name",)),
}
"""Lists that are sets, with the fields that make an element the same; none: all of it."""

_MAPPINGS = ("attributes",)
_LATEST = frozenset({("updated",), ("updated_by",)})
_SAID_LAST = frozenset({"status", "annotator"})
"""Kinds of records that are each one person's own."""
_EARLIEST = frozenset({("created",), ("created_by",), ("annotator",), ("origin",)})


def spread(kind: str, data: Json) -> dict[Key, Json]:
    """Return the registers of a record; elements in the order of their lists."""
    groups, sets = _GROUPS.get(kind, {}), _SETS.get(kind, {})
    home = {field: name for name, members in groups.items() for field in members}
    found: dict[Key, Json] = {}
    for field, value in data.items():
        if field in sets:
            for item in value:
                found.setdefault((field, *_same(item, sets[field])), item)
        elif field in _MAPPINGS:
            found |= {(field, name): item for name, item in value.items()}
        elif field in home:
            found.setdefault((home[field],), {})[field] = value
        else:
            found[(field,)] = value
    return found


def gather(kind: str, registers: Iterable[tuple[Key, Json]]) -> Json:
    """Put a record together from registers; the elements of a list come in the order given."""
    groups, sets = _GROUPS.get(kind, {}), _SETS.get(kind, {})
    data: dict[str, Json] = {field: [] for field in sets}
    for key, value in registers:
        field = key[0]
        if field in sets:
            data[field].append(value)
        elif field in _MAPPINGS:
            data.setdefault(field, {})[key[1]] = value
        elif field in groups:
            data |= value
        else:
            data[field] = value
    return data


def label(key: Key) -> str:
    """Name a register in one string, as a step does that settles it."""
    return "/".join(key)


def with_value(kind: str, data: Json, key: Key, value: Json | None) -> Json:
    """Return a record with another value in one register; None takes it out."""
    registers = spread(kind, data)
    if value is None:
        registers.pop(key, None)
    else:
        registers[key] = value
    return gather(kind, registers.items())


def is_element(key: Key) -> bool:
    """Tell whether a register is an element of a set, which is there or is not."""
    return len(key) > 1 and key[0] not in _MAPPINGS


def taken(kind: str, key: Key) -> int | None:
    """Say which of several values is no conflict: -1 the latest, 0 the earliest, None none.

    Who made a record, and when it was changed, nobody has to settle; and how
    far somebody is with an article, or is called, that person said last. A note is
    signed by whoever wrote the text that is shown: two may decide one thing otherwise.
    """
    if key in _LATEST or kind in _SAID_LAST or (kind == "note" and key == ("annotator",)):
        return -1
    return 0 if key in _EARLIEST else None


def _same(item: Json, fields: tuple[str, ...]) -> Key:
    if fields:
        return tuple(str(item[field]) for field in fields)
    return (json.dumps(item, ensure_ascii=False, sort_keys=True),)
