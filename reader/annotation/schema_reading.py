"""Plain values, from JSON or TOML, as a schema: every mistake in them is found and told.

A mistake has the path of what is wrong: `("entity_types", 0, "colour")`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, get_args

from reader.annotation.schema import (
    ATTRIBUTED,
    CLAIM_ENDS,
    ENDS,
    TYPED_ENDS,
    AttributeChoice,
    AttributeType,
    EntityType,
    Meaning,
    RelationType,
    Schema,
    ValueForm,
    ValueKind,
    usual_meaning,
    usual_value,
)
from reader.errors import FormatError
from reader.patterns import pattern
from reader.values import dataclass

Path = tuple[str | int, ...]

_NAME = pattern(r"[^\W\d_][\w-]*( [\w-]+)*")
_COLOUR = pattern(r"#[0-9a-fA-F]{6}")
_UNSEEN = pattern(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LETTER = pattern("[a-z]")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something that is wrong in a schema.

    Attributes:
        path: What is wrong, from the top.
        message: What, and what would be right: one sentence.
        also: Path of the other thing that it clashes with, if there is one.
    """

    path: Path
    message: str
    also: Path = ()


@dataclass(frozen=True, slots=True)
class Rename:
    """A name that is given up for another.

    Attributes:
        table: `entity_types`, `relation_types`, `attributes` or `values`.
        old: The name so far.
        new: The name from now on.
        attribute: New name of the attribute that a value belongs to, else "".
    """

    table: str
    old: str
    new: str
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of plain values.

    Attributes:
        schema: The schema, without the rows that cannot be read.
        renames: What is to be renamed.
        mistakes: All that is wrong, in the order of the tables.
    """

    schema: Schema
    renames: tuple[Rename, ...]
    mistakes: tuple[Mistake, ...]


def decode_schema(data: Any, where: str = "schema") -> Schema:
    """Turn plain values from JSON into a schema, and check it.

    Raises:
        FormatError: Naming the place of the first mistake, and what would be right.
    """
    found = read_values(data)
    for mistake in found.mistakes:
        place = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in mistake.path)
        raise FormatError(f"{where}{place}: {mistake.message}")
    return found.schema


def read_values(data: Any, *, renaming: bool = False) -> Reading:
    """Read a schema from plain values.

    Args:
        data: A table of `entity_types`, `relation_types` and `attributes`.
        renaming: Whether tables may say what they were called, in `was`.
    """
    reader = _Reader(renaming)
    schema = reader.read(data)
    mistakes = reader.mistakes or list(_clashes(schema))
    return Reading(schema, tuple(reader.renames), tuple(mistakes))


Decode = Callable[["_Reader", Any, Path], Any]


class _Reader:
    """Reads tables field by field, and keeps what is wrong in them."""

    def __init__(self, renaming: bool) -> None:
        self.renaming = renaming
        self.mistakes: list[Mistake] = []
        self.renames: list[Rename] = []

    def wrong(self, path: Path, message: str) -> None:
        self.mistakes.append(Mistake(path, message))

    def read(self, data: Any) -> Schema:
        tables = ("entity_types", "relation_types", "attributes")
        if not isinstance(data, Mapping):
            self.wrong((), f"should be a table of {_listed(tables)}.")
            return Schema((), ())
        self._known(data, tables, ())
        rows = {name: self._rows(data.get(name, []), name, (name,)) for name in tables}
        return Schema(**rows)

    def _rows(self, data: Any, table: str, path: Path, owner: str = "") -> tuple[Any, ...]:
        if not isinstance(data, list):
            self.wrong(path, f"{table} should be a list of tables ([[{table}]]).")
            return ()
        rows = (self._row(row, table, (*path, i), owner) for i, row in enumerate(data))
        return tuple(row for row in rows if row is not None)

    def _row(self, data: Any, table: str, path: Path, owner: str) -> Any:
        cls, decoders = _TABLES[table]
        if table == "values" and isinstance(data, str):
            data = {"name": data}
        if not isinstance(data, Mapping):
            self.wrong(path, f"should be a table, not {_kind(data)}.")
            return None
        before = len(self.mistakes)
        self._known(data, (*decoders, *(["was"] if self.renaming else [])), path)
        if "name" not in data:
            self.wrong(path, 'the name is missing; add name = "...".')
        given = {n: decoders[n](self, v, (*path, n)) for n, v in data.items() if n in decoders}
        self._renamed(data, given.get("name"), table, path, owner)
        if "values" in data and table == "attributes":
            rows = self._rows(data["values"], "values", (*path, "values"), str(given.get("name")))
            given["values"] = rows
        if len(self.mistakes) > before:
            return None
        row = cls(**{"title": given["name"], **_usual(table, data), **given})
        return row.saying(row.says) if isinstance(row, EntityType) else row

    def _renamed(
        self, data: Mapping[str, Any], name: Any, table: str, path: Path, owner: str
    ) -> None:
        if not self.renaming or "was" not in data:
            return
        was = _text(self, data["was"], (*path, "was"))
        if was and name and was != name:
            self.renames.append(Rename(table, was, name, owner))

    def _known(self, data: Mapping[str, Any], known: Sequence[str], path: Path) -> None:
        for name in data:
            if name not in known:
                shown = repr(str(name)[:_LONGEST])
                meant = _near(str(name)[:_LONGEST], known) or f" It has {_listed(known)}."
                self.wrong((*path, name), f"unknown field {shown}.{meant}")


def _usual(table: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a table means by what it does not say."""
    name = str(data.get("was") or data["name"])
    if table == "entity_types":
        return {"value": usual_value(name)}
    if table != "relation_types":
        return {}
    ends = data.get("source", "claim"), data.get("target", "claim")
    return {"meaning": usual_meaning(name, *ends)}


def _text(reader: _Reader, value: Any, path: Path) -> str:
    if isinstance(value, str):
        return value
    reader.wrong(path, f"{path[-1]} should be text, not {_kind(value)}.")
    return ""


def _truth(reader: _Reader, value: Any, path: Path) -> bool:
    if isinstance(value, bool):
        return value
    reader.wrong(path, f"{path[-1]} should be true or false, not {_kind(value)}.")
    return False


def _name(reader: _Reader, value: Any, path: Path) -> str:
    name = _text(reader, value, path)
    if isinstance(value, str) and not _NAME.fullmatch(name):
        reader.wrong(path, f"the name {name[:_LONGEST]!r} should be letters and digits.")
    return name


def _value_name(reader: _Reader, value: Any, path: Path) -> str:
    name = _text(reader, value, path)
    if isinstance(value, str) and (
        not name or name != name.strip() or len(name) > _LONGEST or _UNSEEN.search(name)
    ):
        shown = repr(name[:_LONGEST])
        reader.wrong(path, f"the value {shown} should be one line of text, not empty, not long.")
    return name


def _pattern(form: re.Pattern[str], what: str) -> Decode:
    def decode(reader: _Reader, value: Any, path: Path) -> str:
        text = _text(reader, value, path)
        if isinstance(value, str) and not form.fullmatch(text):
            reader.wrong(path, f"the {path[-1]} {text[:_LONGEST]!r} is not {what}.")
        return text

    return decode


def _one_of(words: Sequence[str]) -> Decode:
    def decode(reader: _Reader, value: Any, path: Path) -> str:
        text = _text(reader, value, path)
        if isinstance(value, str) and text not in words:
            reader.wrong(
                path, f"{text[:_LONGEST]!r} is not one of {_listed(words)}.{_near(text, words)}"
            )
        return text

    return decode


def _some(decode: Decode) -> Decode:
    def decode_all(reader: _Reader, value: Any, path: Path) -> tuple[str, ...]:
        if not isinstance(value, list):
            reader.wrong(path, f"{path[-1]} should be a list of texts, not {_kind(value)}.")
            return ()
        return tuple(decode(reader, each, (*path, i)) for i, each in enumerate(value))

    return decode_all


def _each(reader: _Reader, value: Any, path: Path) -> str:
    if isinstance(value, str):
        return value
    reader.wrong(path, f"{path[-2]} should be a list of texts; this is {_kind(value)}.")
    return ""


def _later(reader: _Reader, value: Any, path: Path) -> tuple[()]:
    """The values of an attribute are tables, read with the name of the attribute."""
    return ()


_KEY = _pattern(pattern("[1-9]?"), "a digit 1-9")
_END = _one_of(ENDS)
_TABLES: Mapping[str, tuple[type[Any], Mapping[str, Decode]]] = {
    "entity_types": (
        EntityType,
        {
            "name": _name,
            "title": _text,
            "key": _KEY,
            "colour": _pattern(_COLOUR, "#rrggbb"),
            "retired": _truth,
            "value": _one_of(get_args(ValueForm)),
        },
    ),
    "relation_types": (
        RelationType,
        {
            "name": _name,
            "title": _text,
            "source": _END,
            "target": _END,
            "symmetric": _truth,
            "retired": _truth,
            "source_types": _some(_each),
            "target_types": _some(_each),
            "meaning": _one_of(get_args(Meaning)),
        },
    ),
    "attributes": (
        AttributeType,
        {
            "name": _name,
            "title": _text,
            "kind": _one_of(get_args(ValueKind)),
            "on": _some(_one_of(ATTRIBUTED)),
            "types": _some(_each),
            "values": _later,
            "key": _pattern(pattern("[a-z]?"), "a letter a-z"),
            "required": _truth,
            "retired": _truth,
        },
    ),
    "values": (AttributeChoice, {"name": _value_name, "title": _text, "retired": _truth}),
}


def _clashes(schema: Schema) -> Iterator[Mistake]:
    """Give what is wrong between tables that are right by themselves."""
    for table in ("entity_types", "relation_types", "attributes"):
        yield from _twice(getattr(schema, table), (table,))
    yield from _same_keys(schema.entity_types)
    types = [kind.name for kind in schema.entity_types]
    for i, relation in enumerate(schema.relation_types):
        yield from _relation_clashes(relation, ("relation_types", i), types)
    for i, attribute in enumerate(schema.attributes):
        yield from _attribute_clashes(attribute, ("attributes", i), types)
    yield from _same_letters(schema.attributes)


def _twice(rows: Sequence[Any], path: Path) -> Iterator[Mistake]:
    seen: dict[str, int] = {}
    for i, row in enumerate(rows):
        if row.name in seen:
            also = (*path, seen[row.name], "name")
            yield Mistake((*path, i, "name"), f"the name {row.name!r} stands twice.", also)
        seen.setdefault(row.name, i)


def _same_keys(rows: Sequence[EntityType]) -> Iterator[Mistake]:
    taken: dict[str, int] = {}
    for i, row in enumerate(rows):
        if row.key in taken:
            other = taken[row.key]
            message = f"{row.name} and {rows[other].name} share the key {row.key}."
            yield Mistake(("entity_types", i, "key"), message, ("entity_types", other, "key"))
        elif row.key:
            taken[row.key] = i


def _same_letters(rows: Sequence[AttributeType]) -> Iterator[Mistake]:
    """Two attributes that stand in one form cannot be filled in with one letter."""
    for i, row in enumerate(rows):
        for other in range(i):
            before = rows[other]
            if row.key and row.key == before.key and set(row.on) & set(before.on):
                message = f"{row.name} and {before.name} share the key {row.key}."
                yield Mistake(("attributes", i, "key"), message, ("attributes", other, "key"))


def _relation_clashes(row: RelationType, path: Path, types: Sequence[str]) -> Iterator[Mistake]:
    for end, names in (("source", row.source_types), ("target", row.target_types)):
        kind: str = getattr(row, end)
        if names and kind not in TYPED_ENDS:
            message = (
                f"{end}_types are for a {end} that is {_listed(TYPED_ENDS, 'or')}, not {kind}."
            )
            yield Mistake((*path, f"{end}_types"), message)
        else:
            yield from _unknown_types(names, (*path, f"{end}_types"), types)
    if row.meaning != "none" and not {row.source, row.target} <= set(CLAIM_ENDS):
        message = f"the meaning {row.meaning!r} is for relations between claims or their mentions."
        yield Mistake((*path, "meaning"), message)


def _attribute_clashes(row: AttributeType, path: Path, types: Sequence[str]) -> Iterator[Mistake]:
    if not row.on:
        yield Mistake((*path, "on"), f"on should name some of {_listed(ATTRIBUTED)}.")
    if row.types and "mention" not in row.on:
        yield Mistake((*path, "types"), 'types are for mentions; add "mention" to on.')
    yield from _unknown_types(row.types, (*path, "types"), types)
    yield from _twice(row.values, (*path, "values"))
    chosen = row.kind in ("choice", "choices")
    if chosen and not row.values:
        yield Mistake((*path, "values"), f"{row.name} needs values to choose from.")
    if row.values and not chosen:
        message = f"{row.name} is {row.kind}: only a choice or choices have values."
        yield Mistake((*path, "values"), message)


def _unknown_types(names: Sequence[str], path: Path, types: Sequence[str]) -> Iterator[Mistake]:
    for i, name in enumerate(names):
        if name not in types:
            message = f"there is no entity type {name[:_LONGEST]!r}.{_near(name, types)}"
            yield Mistake((*path, i), message)


def _near(word: str, words: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, words, n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


def _listed(words: Sequence[str], last: str = "and") -> str:
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else words[0]


def _kind(value: Any) -> str:
    names = {dict: "a table", list: "a list", str: "text", bool: "true or false"}
    return names.get(type(value), "a number" if isinstance(value, int | float) else "nothing")
