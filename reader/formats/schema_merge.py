"""The types of a document's schema beside those of the library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reader.annotation.schema import EntityType, RelationType, Schema


def merge(here: Schema, new: Schema, takes: Callable[[str, str], bool]) -> Schema:
    """Add to a schema the types of another that it lacks.

    How a type looks (title, key, colour, retired) is the library's own choice
    and stays; what a type of relation relates has to agree.

    Args:
        here: The library's schema.
        new: The document's.
        takes: Asked, with the place and the name, whether a type of relation
            that differs is taken from the document.
    """
    entity_types = list(here.entity_types)
    for kind in new.entity_types:
        _add_entity_type(entity_types, kind)
    relation_types = list(here.relation_types)
    for i, relation in enumerate(new.relation_types):
        _add_relation_type(relation_types, relation, f"schema.relation_types[{i}]", takes)
    return Schema(tuple(entity_types), tuple(relation_types))


def _add_entity_type(types: list[EntityType], new: EntityType) -> None:
    if any(known.name == new.name for known in types):
        return
    taken = any(known.key == new.key for known in types)
    types.append(replace(new, key="") if taken else new)


def _add_relation_type(
    types: list[RelationType], new: RelationType, where: str, takes: Callable[[str, str], bool]
) -> None:
    names = [known.name for known in types]
    if new.name not in names:
        types.append(new)
        return
    at = names.index(new.name)
    wanted = replace(types[at], source=new.source, target=new.target, symmetric=new.symmetric)
    if wanted != types[at] and takes(where, new.name):
        types[at] = wanted
