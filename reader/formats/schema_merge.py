"""The types of a document's schema beside those of the library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reader.annotation.schema import AttributeType, EntityType, RelationType, Schema


def merge(here: Schema, new: Schema, takes: Callable[[str, str], bool]) -> Schema:
    """Add to a schema the types of another that it lacks.

    How an entity type looks and counts (title, key, colour, value, retired) is the
    library's own choice and stays, as is what others are called; what a relation
    joins and means, and what an attribute says of what, has to agree. Values that
    an attribute lacks are added to it.

    Args:
        here: The library's schema.
        new: The document's.
        takes: Asked, with the place and the name, whether a relation or attribute
            that differs is taken from the document.
    """
    entity_types = list(here.entity_types)
    for kind in new.entity_types:
        _add_entity_type(entity_types, kind)
    relation_types = list(here.relation_types)
    for i, relation in enumerate(new.relation_types):
        _add_relation_type(relation_types, relation, f"schema.relation_types[{i}]", takes)
    attributes = list(here.attributes)
    for i, attribute in enumerate(new.attributes):
        _add_attribute(attributes, attribute, f"schema.attributes[{i}]", takes)
    return Schema(tuple(entity_types), tuple(relation_types), tuple(attributes))


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
    wanted = replace(new, title=types[at].title, retired=types[at].retired)
    if wanted != types[at] and takes(where, new.name):
        types[at] = wanted


def _add_attribute(
    rows: list[AttributeType], new: AttributeType, where: str, takes: Callable[[str, str], bool]
) -> None:
    names = [known.name for known in rows]
    if new.name not in names:
        taken = any(known.key == new.key and set(known.on) & set(new.on) for known in rows)
        rows.append(replace(new, key="") if taken else new)
        return
    at = names.index(new.name)
    known = rows[at]
    more = tuple(value for value in new.values if known.value(value.name) is None)
    both = replace(known, values=(*known.values, *more)) if known.kind == new.kind else known
    wanted = replace(both, kind=new.kind, on=new.on, types=new.types)
    if wanted != both and takes(where, new.name):
        both = replace(wanted, values=both.values if known.kind == new.kind else new.values)
    rows[at] = both
