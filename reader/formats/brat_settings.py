"""The settings that brat needs beside the documents of a folder: which types there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from reader.annotation.schema import EntityType, RelationType, Schema
from reader.formats import brat_names as names

_PLAIN = re.compile(r"[\w.-]+")
_ANY = "<ENTITY>|<EVENT>"


def annotation_conf(
    schema: Schema, types: Mapping[str, str], attributes: Mapping[str, Iterable[str]]
) -> str:
    """Return the types and what can be said of them.

    Args:
        schema: The types.
        types: What brat calls each.
        attributes: Names of attributes with their values, none for those that have no value.
    """
    entities = [types[kind.name] for kind in schema.entity_types]
    relations = [f"{types[kind.name]}\tArg1:{_ANY}, Arg2:{_ANY}" for kind in schema.relation_types]
    overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    parts = ", ".join(f"{role}?:{role}" for role in names.PARTS)
    event = f"{names.ATTRIBUTION}\t{parts}, {names.CLAIM}*:{names.CLAIM}"
    said: dict[str, Iterable[str]] = {names.GAP: ()}
    for kind in ("mention", "claim_mention", "attribution"):
        said |= {name: values for name, (_, values) in names.fields_of(kind).items()}
    said |= {name: sorted(values) for name, values in sorted(attributes.items())}
    return "\n".join(
        (
            *("[entities]", *entities, names.CLAIM, *names.PARTS, ""),
            *("[relations]", *relations, overlap, ""),
            *("[events]", event, ""),
            *("[attributes]", *(_attribute(name, said[name]) for name in said), ""),
        )
    )


def _attribute(name: str, values: Iterable[str]) -> str:
    listed = list(values)
    if listed and all(map(_PLAIN.fullmatch, listed)):
        return f"{name}\tArg:{_ANY}, Value:{'|'.join(listed)}"
    return f"{name}\tArg:{_ANY}"


def visual_conf(schema: Schema, types: Mapping[str, str]) -> str:
    """Return how the types are shown: their names as they are, and their colours."""
    colours = (
        f"{types[kind.name]}\tbgColor:{kind.colour}, fgColor:black, borderColor:darken"
        for kind in schema.entity_types
    )
    drawing = (
        "SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken",
        "ARC_DEFAULT\tcolor:black, arrowHead:triangle-5",
        "ATTRIBUTE_DEFAULT\tglyph:*",
    )
    return "\n".join(("[labels]", *_labels(schema, types), "", "[drawing]", *drawing, *colours, ""))


def _labels(schema: Schema, types: Mapping[str, str]) -> Iterator[str]:
    kinds: list[EntityType | RelationType] = [*schema.entity_types, *schema.relation_types]
    for kind in kinds:
        written, title = types[kind.name], _cell(kind.title)
        # Names come back from here: a title that could be taken for one is left out.
        is_title = written == kind.name and not names.spoken_types(f"{written} | {title}")
        yield f"{written} | {title if is_title else kind.name}"


def _cell(shown: str) -> str:
    return " ".join(shown.replace("|", " ").split())
