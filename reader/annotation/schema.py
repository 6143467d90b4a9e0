"""The label schema of a library: entity types, relation types, and attributes of records.

It lives in the library, travels in the JSON export, and is read and written
as TOML. A type, attribute or value in use can be retired or renamed, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, Literal, TypeVar

from reader.values import dataclass

ValueKind = Literal["choice", "choices", "yes-no", "number", "text"]
"""What an attribute says: one of its values, some of them, yes or no, a number, free text."""
Meaning = Literal["none", "same", "contradicts", "supports", "updates"]
"""What a relation says of claims: that they belong together, or are set against each other."""
ValueForm = Literal["none", "date", "money", "number", "other"]
"""What a mention says all by itself, so that it need not be linked to an entity; `none`: nothing.

A date, an amount of money and a number can be proposed by their form.
"""

Named = TypeVar("Named", "EntityType", "RelationType", "AttributeType", "AttributeChoice")

Keyed = TypeVar("Keyed", "EntityType", "AttributeType")

_USUAL_VALUES: Mapping[str, ValueForm] = {
    "DATE": "date",
    "MONEY": "money",
    "NUMBER": "number",
    **dict.fromkeys(("TIME", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"), "other"),
}
ENDS = ("entity", "claim", "mention", "claim_mention", "attribution")
"""Kinds of record that a relation may join."""
TYPED_ENDS = ("entity", "mention")
"""Those of them that have an entity type."""
CLAIM_ENDS = ("claim", "claim_mention")
ATTRIBUTED = ("mention", "claim", "claim_mention", "attribution", "relation")
"""Kinds of record that attributes can be said of."""


@dataclass(frozen=True, slots=True)
class EntityType:
    """A type of entity.

    Attributes:
        name: Short and unique, for example `PER`; what mentions carry.
        title: For people, for example `Person`.
        key: The digit that tags with it, or "" for none.
        colour: `#rrggbb`, for dark backgrounds; themes derive their own from it.
        retired: Kept for what is tagged with it, no longer offered.
        value: What its mentions say all by themselves, where that is not what a type of
            this name says as a rule; else "".
    """

    name: str
    title: str
    key: str = ""
    colour: str = "#888888"
    retired: bool = False
    value: ValueForm | Literal[""] = ""

    @property
    def says(self) -> ValueForm:
        """What its mentions say all by themselves."""
        return self.value or usual_value(self.name)

    def saying(self, value: ValueForm) -> EntityType:
        """Return the type with mentions that say something else by themselves."""
        return replace(self, value="" if value == usual_value(self.name) else value)

    def called(self, name: str) -> EntityType:
        """Return the type under another name, under which its mentions say the same."""
        return replace(self, name=name).saying(self.says)


@dataclass(frozen=True, slots=True)
class RelationType:
    """A type of relation, with what may stand at its ends.

    Attributes:
        name: Short and unique; what relations carry.
        title: For people.
        source: Kind of the record that it begins at.
        target: Kind of the record that it ends at.
        symmetric: Whether it says the same in both directions.
        retired: Kept for the relations that are there, no longer offered.
        source_types: Entity types that a mention or entity at the source may have; () for any.
        target_types: The same for the target.
        meaning: What it says of claims: the board goes by this, never by the name.
    """

    name: str
    title: str
    source: str = "claim"
    target: str = "claim"
    symmetric: bool = False
    retired: bool = False
    source_types: tuple[str, ...] = ()
    target_types: tuple[str, ...] = ()
    meaning: Meaning = "none"


@dataclass(frozen=True, slots=True)
class AttributeChoice:
    """One of the values of an attribute.

    Attributes:
        name: Unique in its attribute; what records carry.
        title: For people.
        retired: Kept where it is said, no longer offered.
    """

    name: str
    title: str
    retired: bool = False


@dataclass(frozen=True, slots=True)
class AttributeType:
    """Something that can be said of records, or left unsaid.

    Attributes:
        name: Short and unique; what records carry.
        title: For people.
        kind: What it says.
        on: Kinds of record that it can be said of.
        types: Entity types of the mentions that it can be said of; () for any.
        values: What there is to choose from.
        key: The letter that fills it in in the form, or "" for the number of its row.
        required: Whether a record without it is pointed out; it is never refused.
        retired: Kept where it is said, no longer offered.
    """

    name: str
    title: str
    kind: ValueKind = "choice"
    on: tuple[str, ...] = ("mention",)
    types: tuple[str, ...] = ()
    values: tuple[AttributeChoice, ...] = ()
    key: str = ""
    required: bool = False
    retired: bool = False

    def value(self, name: str) -> AttributeChoice | None:
        """Return one of the values by its name."""
        return _named(self.values, name)

    def is_for(self, record: str, type: str) -> bool:
        """Tell whether it can be said of a record of this kind and, if a mention, entity type."""
        return record in self.on and (record != "mention" or not self.types or type in self.types)


@dataclass(frozen=True, slots=True)
class Schema:
    """The types in use in a library, in the order in which they are shown."""

    entity_types: tuple[EntityType, ...]
    relation_types: tuple[RelationType, ...]
    attributes: tuple[AttributeType, ...] = ()

    def entity_type(self, name: str) -> EntityType | None:
        """Return an entity type by its name."""
        return _named(self.entity_types, name)

    def relation_type(self, name: str) -> RelationType | None:
        """Return a relation type by its name."""
        return _named(self.relation_types, name)

    def attribute(self, name: str) -> AttributeType | None:
        """Return an attribute by its name."""
        return _named(self.attributes, name)

    def attributes_of(self, record: str, type: str = "") -> tuple[AttributeType, ...]:
        """Return the attributes that can be said of a record, retired ones left out.

        Args:
            record: Its kind.
            type: Its entity type, if it is a mention.
        """
        return tuple(a for a in self.attributes if not a.retired and a.is_for(record, type))

    def meaning(self, relation: str) -> Meaning:
        """Return what a type of relation says of claims."""
        kind = self.relation_type(relation)
        return "none" if kind is None else kind.meaning

    @property
    def values(self) -> frozenset[str]:
        """Names of the entity types whose mentions need not be linked to an entity."""
        return frozenset(kind.name for kind in self.entity_types if kind.says != "none")

    @property
    def by_value(self) -> dict[ValueForm, str]:
        """The first offered entity type of each value."""
        found: dict[ValueForm, str] = {}
        for kind in self.offered:
            found.setdefault(kind.says, kind.name)
        return found

    def for_key(self, key: str) -> EntityType | None:
        """Return the entity type that a digit tags with."""
        return next((kind for kind in self.offered if kind.key == key), None)

    @property
    def offered(self) -> tuple[EntityType, ...]:
        """The entity types that are not retired."""
        return tuple(kind for kind in self.entity_types if not kind.retired)


def _named(rows: tuple[Named, ...], name: str) -> Named | None:
    return next((row for row in rows if row.name == name), None)


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
        RelationType("same as", "says the same as", symmetric=True, meaning="same"),
        RelationType("supports", "supports", meaning="supports"),
        RelationType("refutes", "refutes", meaning="contradicts"),
        RelationType("updates", "updates", meaning="updates"),
        RelationType("related", "is related to", symmetric=True),
    ),
)


def repaired(schema: Schema) -> Schema:
    """Return a schema that was put together of two, without what clashes in it.

    Of two that share a key the first keeps it; a type that is gone is not asked for.
    """
    types = {kind.name for kind in schema.entity_types}

    def known(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name in types)

    keys: set[tuple[str, str]] = set()

    def keyless(row: Keyed, forms: tuple[str, ...]) -> Keyed:
        own = {(form, row.key) for form in forms if row.key}
        clash = not keys.isdisjoint(own)
        keys.update(own)
        return replace(row, key="") if clash else row

    return Schema(
        tuple(keyless(kind, ("type",)) for kind in schema.entity_types),
        tuple(
            replace(r, source_types=known(r.source_types), target_types=known(r.target_types))
            for r in schema.relation_types
        ),
        tuple(keyless(replace(a, types=known(a.types)), a.on) for a in schema.attributes),
    )


_LATER = frozenset(("value", "source_types", "target_types", "attributes"))
"""Fields that were not there at first: written to JSON only where they say something."""


def usual_value(name: str) -> ValueForm:
    """Return what mentions of an entity type say by themselves where nothing is said of that.

    Types had no values of their own at first: those of dates and amounts were
    known by their names, with large or small letters.
    """
    return _USUAL_VALUES.get(name.upper(), "none")


def usual_meaning(name: str, source: str, target: str) -> Meaning:
    """Return what a type of relation means where nothing is said of it.

    Relations had no meaning of their own at first: those that every library
    began with were known by their names.
    """
    known = DEFAULT_SCHEMA.relation_type(name)
    between_claims = source in CLAIM_ENDS and target in CLAIM_ENDS
    return "none" if known is None or not between_claims else known.meaning


def encode_schema(schema: Schema) -> dict[str, Any]:
    """Turn a schema into plain JSON values.

    What was added to the form later is left out where it says nothing new, so
    that a schema that does not use it looks as it always did.
    """
    return dict(_fields(schema))


def _fields(row: Any) -> Iterator[tuple[str, Any]]:
    for field in fields(row):
        value = getattr(row, field.name)
        if field.name in _LATER and not value:
            continue
        if field.name == "meaning" and value == usual_meaning(row.name, row.source, row.target):
            continue
        if isinstance(value, tuple):
            value = [each if isinstance(each, str) else dict(_fields(each)) for each in value]
        yield field.name, value
