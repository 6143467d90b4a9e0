"""The label schema of a library: entity types and relation types.

It lives in the library, travels in the JSON export, and is read and written
as TOML. A type in use can be retired or renamed, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from reader.errors import FormatError
from reader.values import dataclass

_NAME = re.compile(r"[^\W\d_][\w-]*( [\w-]+)*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_VALUES = frozenset(
    ("DATE", "TIME", "MONEY", "NUMBER", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL")
)
_ENDS = ("entity", "claim", "mention", "claim_mention", "attribution")


@dataclass(frozen=True, slots=True)
class EntityType:
    """A type of entity.

    Attributes:
        name: Short and unique, for example `PER`; what mentions carry.
        title: For people, for example `Person`.
        key: The digit that tags with it, or "" for none.
        colour: `#rrggbb`, for dark backgrounds; themes derive their own from it.
        retired: Kept for what is tagged with it, no longer offered.
    """

    name: str
    title: str
    key: str = ""
    colour: str = "#888888"
    retired: bool = False


@dataclass(frozen=True, slots=True)
class RelationType:
    """A type of relation, with the kinds of record at its ends."""

    name: str
    title: str
    source: str = "claim"
    target: str = "claim"
    symmetric: bool = False
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """The types in use in a library, in the order in which they are shown."""

    entity_types: tuple[EntityType, ...]
    relation_types: tuple[RelationType, ...]

    def entity_type(self, name: str) -> EntityType | None:
        """Return an entity type by its name."""
        return next((kind for kind in self.entity_types if kind.name == name), None)

    def relation_type(self, name: str) -> RelationType | None:
        """Return a relation type by its name."""
        return next((kind for kind in self.relation_types if kind.name == name), None)

    def for_key(self, key: str) -> EntityType | None:
        """Return the entity type that a digit tags with."""
        return next((kind for kind in self.offered if kind.key == key), None)

    @property
    def offered(self) -> tuple[EntityType, ...]:
        """The entity types that are not retired."""
        return tuple(kind for kind in self.entity_types if not kind.retired)


DEFAULT_SCHEMA = Schema(
    entity_types=(
        EntityType("PER", "Person", "1", "#7cb7ff"),
        EntityType("ORG", "Organisation", "2", "#ffb454"),
        EntityType("LOC", "Location", "3", "#8fd694"),
        EntityType("EVENT", "Event", "4", "#f29ac2"),
        EntityType("WORK", "Work", "5", "#c9a8ff"),
        EntityType("DATE", "Date", "6", "#6fd3d3"),
        EntityType("MONEY", "Money", "7", "#d9d06a"),
        EntityType("NUMBER", "Number", "8", "#b9c4d0"),
        EntityType("OTHER", "Other", "9", "#f08d7d"),
    ),
    relation_types=(
        RelationType("same as", "says the same as", symmetric=True),
        RelationType("supports", "supports"),
        RelationType("refutes", "refutes"),
        RelationType("updates", "updates"),
        RelationType("related", "is related to", symmetric=True),
    ),
)


def is_value(type: str) -> bool:
    """Tell whether what an entity type tags is a value, such as a date or an amount.

    Such a mention says all by itself: it need not be linked to an entity.
    """
    return type.upper() in _VALUES


def encode_schema(schema: Schema) -> dict[str, Any]:
    """Turn a schema into plain JSON values."""
    return {
        "entity_types": [asdict(kind) for kind in schema.entity_types],
        "relation_types": [asdict(kind) for kind in schema.relation_types],
    }


def decode_schema(data: Any, where: str = "schema") -> Schema:
    """Turn plain values (from JSON or TOML) into a schema, and check it.

    Raises:
        FormatError: Naming the place and what would be right.
    """
    if not isinstance(data, Mapping):
        raise FormatError(f"{where}: should be a table of entity_types and relation_types.")
    _known_keys(data, ("entity_types", "relation_types"), where)
    schema = Schema(
        entity_types=tuple(_rows(data, "entity_types", EntityType, where)),
        relation_types=tuple(_rows(data, "relation_types", RelationType, where)),
    )
    _check(schema, where)
    return schema


def read_toml(text: str, where: str) -> Schema:
    """Read a schema from TOML.

    Raises:
        FormatError: Naming the line, or the table and the field.
    """
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormatError(f"{where}: not TOML: {error}.") from error
    return decode_schema(data, where)


def write_toml(schema: Schema) -> str:
    """Write a schema as TOML that `read_toml` reads back."""
    tables: list[str] = []
    for name, rows in (
        ("entity_types", schema.entity_types),
        ("relation_types", schema.relation_types),
    ):
        for row in rows:
            lines = [f"{key} = {_toml_value(value)}" for key, value in asdict(row).items()]
            tables.append("\n".join([f"[[{name}]]", *lines]))
    return "\n\n".join(tables) + "\n"


def keep_used_types(old: Schema, new: Schema, used: Iterable[str]) -> Schema:
    """Return `new` with every type of `old` that is in use and missing, retired.

    Args:
        old: The schema the library has.
        new: The schema to apply.
        used: Names of the entity types and relation types on records.
    """
    in_use = set(used)
    entity = [
        replace(kind, retired=True, key="")
        for kind in old.entity_types
        if kind.name in in_use and new.entity_type(kind.name) is None
    ]
    relation = [
        replace(kind, retired=True)
        for kind in old.relation_types
        if kind.name in in_use and new.relation_type(kind.name) is None
    ]
    return Schema((*new.entity_types, *entity), (*new.relation_types, *relation))


def _toml_value(value: str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    escaped = "".join(_toml_character(character) for character in value)
    return f'"{escaped}"'


def _toml_character(character: str) -> str:
    if character in '\\"':
        return "\\" + character
    if ord(character) < 32 or ord(character) == 127:
        return f"\\u{ord(character):04X}"
    return character


def _known_keys(data: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    names = list(known)
    for key in data:
        if key not in names:
            from difflib import get_close_matches

            near = get_close_matches(str(key), names, n=1, cutoff=0)
            raise FormatError(f"{where}: unknown key {key!r}; did you mean {near[0]!r}?")


def _rows(data: Mapping[str, Any], name: str, cls: type[Any], where: str) -> list[Any]:
    rows = data.get(name, [])
    if not isinstance(rows, list):
        raise FormatError(f"{where}: {name} should be a list of tables ([[{name}]]).")
    return [_row(row, cls, f"{where}: {name}[{i}]") for i, row in enumerate(rows)]


def _row(row: Any, cls: type[Any], where: str) -> Any:
    if not isinstance(row, Mapping):
        raise FormatError(f"{where}: should be a table.")
    types: dict[str, type] = dict.fromkeys(cls.__slots__, str) | {
        "retired": bool,
        "symmetric": bool,
    }
    _known_keys(row, cls.__slots__, where)
    for key, value in row.items():
        if not isinstance(value, types[key]):
            wanted = "true or false" if types[key] is bool else "text"
            raise FormatError(f"{where}: {key} should be {wanted}.")
    if "name" not in row:
        raise FormatError(f"{where}: the name is missing.")
    return cls(**{"title": row["name"], **row})


def _check(schema: Schema, where: str) -> None:
    for rows in (schema.entity_types, schema.relation_types):
        names = [row.name for row in rows]
        for name in names:
            if not _NAME.fullmatch(name):
                raise FormatError(f"{where}: the name {name!r} should be letters and digits.")
            if names.count(name) > 1:
                raise FormatError(f"{where}: the name {name!r} stands twice.")
    _check_entity_types(schema.entity_types, where)
    for row in schema.relation_types:
        for end in (row.source, row.target):
            if end not in _ENDS:
                raise FormatError(f"{where}: {row.name}: {end!r} is not one of {', '.join(_ENDS)}.")


def _check_entity_types(rows: tuple[EntityType, ...], where: str) -> None:
    taken: dict[str, str] = {}
    for row in rows:
        if not _COLOUR.fullmatch(row.colour):
            raise FormatError(f"{where}: {row.name}: the colour {row.colour!r} is not #rrggbb.")
        if row.key and row.key not in tuple("123456789"):
            raise FormatError(f"{where}: {row.name}: the key {row.key!r} is not a digit 1-9.")
        if row.key in taken:
            raise FormatError(f"{where}: {row.name} and {taken[row.key]} share the key {row.key}.")
        if row.key:
            taken[row.key] = row.name
