"""A schema as TOML, to edit and to apply again."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

from reader.annotation.schema import AttributeChoice, EntityType, Schema
from reader.annotation.schema_reading import Mistake, Path, Reading, Rename, read_values
from reader.annotation.toml_lines import lines_of
from reader.errors import FormatError
from reader.values import dataclass

_WHERE = re.compile(r" \(at line (\d+), column \d+\)$")
_TABLES = ("entity_types", "relation_types", "attributes")
_WIDTH = 96
# Written as escapes: what TOML wants so, what some terminals obey (C1), what reorders a line.
_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """A schema as a file has it.

    Attributes:
        where: What messages call the file.
        schema: The schema.
        renames: What is to be renamed (`was = "..."`).
        lines: In which line things stand.
    """

    where: str
    schema: Schema
    renames: tuple[Rename, ...]
    lines: dict[Path, int]


def read_toml(text: str, where: str) -> SchemaFile:
    """Read a schema from TOML.

    Raises:
        FormatError: Of the first mistake, naming file, line and cure.
    """
    reading, lines = _read(text, where)
    for mistake in reading.mistakes:
        raise FormatError(_told(mistake, where, lines))
    return SchemaFile(where, reading.schema, reading.renames, lines)


def mistakes_in(text: str, where: str) -> tuple[str, ...]:
    """Return a line for each mistake in a schema, by its place in the file."""
    try:
        reading, lines = _read(text, where)
    except FormatError as error:
        return (error.message,)
    placed = sorted(reading.mistakes, key=lambda mistake: _line(mistake.path, lines))
    return tuple(_told(mistake, where, lines) for mistake in placed)


def _read(text: str, where: str) -> tuple[Reading, dict[Path, int]]:
    import tomllib

    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FormatError(_syntax(str(error), text, where)) from error
    lines = lines_of(text)
    reading = read_values(data, renaming=True)
    if not reading.mistakes and not reading.schema.entity_types:
        cure = "begin with what `reader schema` prints."
        raise FormatError(f"{where}: there is no entity type in it; {cure}")
    return reading, lines


def _syntax(said: str, text: str, where: str) -> str:
    """Say what is wrong where a file is not TOML."""
    found = _WHERE.search(said)
    line = int(found[1]) if found else len(text.splitlines())
    what = _WHERE.sub("", said).removesuffix(" (at end of document)")
    if what.startswith("Cannot overwrite"):
        return f"{where}, line {line}: this field stands twice in its table; keep one."
    if what.startswith("Cannot declare"):
        return f"{where}, line {line}: this table stands twice; keep one, or write [[...]]."
    return f"{where}, line {line}: not TOML: {what}."


def _told(mistake: Mistake, where: str, lines: dict[Path, int]) -> str:
    line = _line(mistake.path, lines)
    place = f"{where}, line {line}" if line else where
    also = f" (see line {_line(mistake.also, lines)})" if mistake.also else ""
    return f"{place}: {mistake.message[:-1]}{also}{mistake.message[-1]}"


def _line(path: Path, lines: dict[Path, int]) -> int:
    """Return the line of a path, or of the table that it is missing in; 0 for the file."""
    ends = range(len(path), 0, -1)
    return next((lines[path[:end]] for end in ends if path[:end] in lines), 0)


def write_toml(schema: Schema) -> str:
    """Write a schema as TOML that `read_toml` reads back."""
    rows = ((name, row) for name in _TABLES for row in getattr(schema, name))
    return "\n\n".join(_table(name, row) for name, row in rows) + "\n"


def _table(name: str, row: Any) -> str:
    lines = [f"[[{name}]]"]
    for field in fields(row):
        # What a name says as a rule is written too: the file may give it another name.
        is_value = isinstance(row, EntityType) and field.name == "value"
        value = row.says if is_value else getattr(row, field.name)
        # An empty list says nothing; the other fields are there to be changed.
        if value != ():
            lines.append(f"{field.name} = {_value(value)}")
    return "\n".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, AttributeChoice):
        return _choice(value)
    written = [_value(each) for each in value]
    in_one = f"[{', '.join(written)}]"
    if len(in_one) <= _WIDTH and all(isinstance(each, str) for each in value):
        return in_one
    return "[\n" + "".join(f"    {each},\n" for each in written) + "]"


def _choice(value: AttributeChoice) -> str:
    if value == AttributeChoice(value.name, value.name):
        return _string(value.name)
    retired = ", retired = true" if value.retired else ""
    return f"{{ name = {_string(value.name)}, title = {_string(value.title)}{retired} }}"


def _string(value: str) -> str:
    return '"' + "".join(map(_character, value)) + '"'


def _character(character: str) -> str:
    if character in '\\"':
        return "\\" + character
    return f"\\u{ord(character):04X}" if _STEERING.match(character) else character
