"""From one schema to another: what changes, what cannot, and what becomes of the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from reader.annotation.attributes import Attributes, AttributeValue
from reader.annotation.model import (
    Attributed,
    Entity,
    Mention,
    Record,
    Ref,
    Refusal,
    Relation,
    Suggestion,
    kind_of,
    ref_to,
)
from reader.annotation.rules import Find, problem
from reader.annotation.schema import AttributeType, EntityType, Schema
from reader.annotation.schema_reading import Rename
from reader.values import dataclass

TABLES = ("entity_types", "relation_types", "attributes")
_CALLED = {
    "entity_types": "entity type",
    "relation_types": "relation",
    "attributes": "attribute",
    "values": "value",
}
_TYPED = (Mention, Entity, Refusal, Suggestion)


@dataclass(frozen=True, slots=True)
class Used:
    """What a library uses of its schema.

    Attributes:
        types: How many records have a type, by kind of record and type.
        speaking: The records of which an attribute says something.
        relations: The relations.
    """

    types: Mapping[tuple[str, str], int]
    speaking: Sequence[Attributed]
    relations: Sequence[Relation]


@dataclass(frozen=True, slots=True)
class Plan:
    """What applying a schema does.

    Attributes:
        old: The schema so far.
        new: The schema from now on.
        renames: Names that are given up for others.
        steps: What changes, each as one line.
        refused: Why it cannot be applied, each as one line; none when it can.
    """

    old: Schema
    new: Schema
    renames: tuple[Rename, ...]
    steps: tuple[str, ...]
    refused: tuple[str, ...]


def plan(old: Schema, new: Schema, renames: Sequence[Rename], used: Used, find: Find) -> Plan:
    """Compare two schemas.

    Args:
        old: What a library has.
        new: What it is to have.
        renames: Names of `old` that are called otherwise in `new`.
        used: What the library uses.
        find: Gives what stands at the ends of relations.
    """
    due = tuple(rename for rename in renames if not _is_done(rename, old))
    clashes = tuple(_rename_clashes(old, new, due))
    if clashes:
        return Plan(old, new, due, (), clashes)
    counts = _Counts(used, due)
    between = renamed_schema(old, due)
    steps = (*_rename_steps(due, old, used, counts), *_steps(between, new, counts))
    refused = (*_missing(between, new, counts), *breaches(new, used, find, due, between))
    return Plan(old, new, due, steps, refused)


def _is_done(rename: Rename, old: Schema) -> bool:
    """Tell whether a file that was applied before asks for the same once more."""
    names = _names(old, rename)
    return rename.old not in names and rename.new in names


def _names(schema: Schema, rename: Rename) -> list[str]:
    """Return the names among which one is renamed."""
    if rename.table != "values":
        return [row.name for row in getattr(schema, rename.table)]
    attribute = schema.attribute(rename.attribute)
    return [] if attribute is None else [value.name for value in attribute.values]


def _rename_clashes(old: Schema, new: Schema, renames: Sequence[Rename]) -> Iterator[str]:
    before = renamed_schema(old, [r for r in renames if r.table == "attributes"])
    given_up = Counter((r.table, r.attribute, r.old) for r in renames)
    for rename in renames:
        what, names = _CALLED[rename.table], _names(before, rename)
        if rename.table == "attributes":
            names = [row.name for row in old.attributes]
        if rename.old not in names:
            near = _near(rename.old, names)
            yield f"there is no {what} “{rename.old}” to rename to “{rename.new}”{near}"
        elif given_up[rename.table, rename.attribute, rename.old] > 1:
            yield f"the {what} “{rename.old}” cannot be renamed twice; keep one was."
        elif rename.old in _names(new, rename) and not _is_new_name(rename.old, rename, renames):
            yield (
                f"the {what} “{rename.old}” is renamed to “{rename.new}”, but it is in the file "
                "too; take that one out, or take was away."
            )
        elif (
            rename.table != "entity_types"
            and rename.new in names
            and (rename.table, rename.attribute, rename.new) not in given_up
        ):
            yield (
                f"the {what} “{rename.old}” cannot be renamed: “{rename.new}” is there "
                "already; choose another name."
            )


def _is_new_name(name: str, rename: Rename, renames: Iterable[Rename]) -> bool:
    """Tell whether another one takes over a name that is given up."""
    place = (rename.table, rename.attribute, name)
    return any((other.table, other.attribute, other.new) == place for other in renames)


def _near(word: str, words: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, words, n=1)
    return f"; did you mean “{near[0]}”?" if near else "."


class _Names:
    """New names by the old ones."""

    def __init__(self, renames: Iterable[Rename]) -> None:
        self._new = {(r.table, r.attribute, r.old): r.new for r in renames}

    def __bool__(self) -> bool:
        return bool(self._new)

    def of(self, table: str, name: str, attribute: str = "") -> str:
        return self._new.get((table, attribute, name), name)

    def attributes(self, said: Attributes) -> Attributes:
        items = {}
        for name, value in said:
            new = self.of("attributes", name)
            items[new] = self._value(new, value)
        return Attributes.of(items)

    def _value(self, attribute: str, value: AttributeValue) -> AttributeValue:
        if isinstance(value, tuple):
            return tuple(self.of("values", each, attribute) for each in value)
        return self.of("values", value, attribute) if isinstance(value, str) else value


def renamed_schema(schema: Schema, renames: Iterable[Rename]) -> Schema:
    """Return a schema with other names, and nothing else changed.

    An entity type that gets the name of one that keeps it becomes one with it.
    """
    names = _Names(renames)
    kept = {r.name for r in schema.entity_types if names.of("entity_types", r.name) == r.name}

    def types(given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(names.of("entity_types", name) for name in given))

    def entity_types() -> Iterator[EntityType]:
        for row in schema.entity_types:
            name = names.of("entity_types", row.name)
            if name == row.name or name not in kept:
                yield row.called(name)

    def attribute(row: AttributeType) -> AttributeType:
        name = names.of("attributes", row.name)
        values = tuple(replace(v, name=names.of("values", v.name, name)) for v in row.values)
        return replace(row, name=name, types=types(row.types), values=values)

    return Schema(
        tuple(entity_types()),
        tuple(
            replace(
                r,
                name=names.of("relation_types", r.name),
                source_types=types(r.source_types),
                target_types=types(r.target_types),
            )
            for r in schema.relation_types
        ),
        tuple(attribute(row) for row in schema.attributes),
    )


def renamed(record: Record, renames: Iterable[Rename]) -> Record:
    """Return a record under other names; when and by whom it was changed last stays.

    To rename and to rename back leaves every record as it was.
    """
    names = _Names(renames)
    if not names:
        return record
    if isinstance(record, _TYPED):
        record = replace(record, type=names.of("entity_types", record.type))
    elif isinstance(record, Relation):
        record = replace(record, type=names.of("relation_types", record.type))
    if isinstance(record, Attributed) and record.attributes:
        record = replace(record, attributes=names.attributes(record.attributes))
    return record


class _Counts:
    """How often everything is used, under the new names."""

    def __init__(self, used: Used, renames: Sequence[Rename]) -> None:
        names = _Names(renames)
        self._found: dict[tuple[str, str, str], Counter[str]] = {}
        for (kind, type), count in used.types.items():
            table = "relation_types" if kind == "relation" else "entity_types"
            self._count(table, names.of(table, type), kind, count=count)
        for record in used.speaking:
            for name, value in names.attributes(record.attributes):
                self._count("attributes", name, kind_of(record))
                chosen = value if isinstance(value, tuple) else (value,)
                for each in chosen:
                    if isinstance(each, str):
                        self._count("values", each, kind_of(record), name)

    def _count(self, table: str, name: str, kind: str, owner: str = "", count: int = 1) -> None:
        self._found.setdefault((table, owner, name), Counter())[kind] += count

    def told(self, table: str, name: str, owner: str = "") -> str:
        """Say by how many records of each kind something is used; "" for none."""
        found = self._found.get((table, owner, name), Counter())
        return ", ".join(f"{n:,} {_plural(kind, n)}" for kind, n in sorted(found.items()) if n)


def _plural(kind: str, count: int) -> str:
    word = kind.replace("_", " ")
    if count == 1:
        return word
    return word.removesuffix("y") + "ies" if word.endswith("y") else word + "s"


def _counted(counts: str) -> str:
    return f" ({counts})" if counts else ""


def _rename_steps(
    renames: Sequence[Rename], old: Schema, used: Used, counts: _Counts
) -> Iterator[str]:
    given_up = {each.old for each in renames if each.table == "entity_types"}
    kept = {row.name for row in old.entity_types} - given_up
    for each in renames:
        if each.table == "entity_types" and each.new in kept:
            told = _counted(_Counts(used, ()).told(each.table, each.old))
            yield f"take entity type “{each.old}” into “{each.new}”{told}"
            continue
        of = f" of “{each.attribute}”" if each.attribute else ""
        told = _counted(counts.told(each.table, each.new, each.attribute))
        yield f"rename {_CALLED[each.table]} “{each.old}”{of} to “{each.new}”{told}"


def _steps(old: Schema, new: Schema, counts: _Counts) -> Iterator[str]:
    for table in TABLES:
        yield from _row_steps(table, getattr(old, table), getattr(new, table), counts)
        orders = [[row.name for row in getattr(each, table)] for each in (old, new)]
        if _reordered(*orders):
            yield f"change the order of the {_plural(_CALLED[table], 2)}"


def _reordered(old: Sequence[str], new: Sequence[str]) -> bool:
    return [n for n in old if n in new] != [n for n in new if n in old]


def _row_steps(
    table: str, old: Sequence[Any], new: Sequence[Any], counts: _Counts, owner: str = ""
) -> Iterator[str]:
    before, after = ({row.name: row for row in rows} for rows in (old, new))
    of = f" of “{owner}”" if owner else ""
    for name, row in after.items():
        what = f"{_CALLED[table]} “{name}”{of}"
        known = before.get(name)
        if known is None:
            yield f"add {what}"
            continue
        told = _counted(counts.told(table, name, owner))
        if row.retired != known.retired:
            yield f"retire {what}{told}" if row.retired else f"bring back {what}{told}"
        if changed := _changed(known, row):
            yield f"change {what}: {', '.join(changed)}"
        if table == "attributes":
            yield from _row_steps("values", known.values, row.values, counts, name)
    for name in before:
        if name not in after and not counts.told(table, name, owner):
            yield f"remove {_CALLED[table]} “{name}”{of}, which is not in use"


def _changed(old: Any, new: Any) -> list[str]:
    """Return the fields that differ, besides those that have a word of their own."""
    names = (field.name for field in fields(new) if field.name not in ("name", "retired"))
    differing = [name for name in names if getattr(old, name) != getattr(new, name)]
    if "values" in differing and not _reordered(
        *([value.name for value in row.values] for row in (old, new))
    ):
        # What is added, removed or changed in one of them has a line of its own.
        differing.remove("values")
    return differing


def _missing(old: Schema, new: Schema, counts: _Counts) -> Iterator[str]:
    """Say what cannot vanish, because records have it."""
    for table in TABLES:
        there = {row.name for row in getattr(new, table)}
        for row in getattr(old, table):
            if row.name not in there and (told := counts.told(table, row.name)):
                yield _in_use(f"the {_CALLED[table]} “{row.name}”", told, row.name)
    for attribute in new.attributes:
        known = old.attribute(attribute.name)
        for value in () if known is None else known.values:
            if attribute.value(value.name) is None:
                told = counts.told("values", value.name, attribute.name)
                if told:
                    what = f"the value “{value.name}” of “{attribute.name}”"
                    yield _in_use(what, told, value.name)


def _in_use(what: str, counts: str, name: str) -> str:
    return (
        f"{what} is in use ({counts}) and cannot vanish: keep it with retired = true, "
        f'or rename it with was = "{name}".'
    )


def breaches(
    new: Schema, used: Used, find: Find, renames: Sequence[Rename] = (), old: Schema | None = None
) -> Iterator[str]:
    """Say which rules of a schema records would break, each with how many do.

    Args:
        new: The schema.
        used: What has been said so far, under the old names.
        find: Gives what stands at the ends of relations, under the old names.
        renames: The names that change.
        old: The schema so far under the new names: what it has and the new one
            lacks is told elsewhere.
    """
    found: Counter[str] = Counter()

    def end(ref: Ref) -> Record | None:
        record = find(ref)
        return None if record is None else renamed(record, renames)

    for record in {ref_to(r): r for r in (*used.relations, *used.speaking)}.values():
        now = renamed(record, renames)
        assert isinstance(now, Attributed)
        if _has_type(now, new):
            said = _still_there(now.attributes, new, old)
            wrong = problem(replace(now, attributes=said), new, end)
            found.update([wrong] if wrong else [])
    for wrong, count in found.items():
        yield f"{count:,} record{'s' * (count != 1)} would break a rule: {wrong}"


def _has_type(record: Attributed, schema: Schema) -> bool:
    """Tell whether the type of a record stays; one that would vanish is told elsewhere."""
    if isinstance(record, Relation):
        return schema.relation_type(record.type) is not None
    return not isinstance(record, Mention) or schema.entity_type(record.type) is not None


def _still_there(said: Attributes, new: Schema, old: Schema | None) -> Attributes:
    """Leave out what is refused because it would vanish."""
    if old is None:
        return said
    kept = {}
    for name, value in said:
        attribute = new.attribute(name)
        known = old.attribute(name)
        if attribute is None:
            continue
        chosen = value if isinstance(value, tuple) else (value,)
        gone = known is not None and any(
            isinstance(each, str) and known.value(each) and not attribute.value(each)
            for each in chosen
        )
        if not gone:
            kept[name] = value
    return Attributes.of(kept)
