"""Does a record obey the schema? The one place that says so, to front ends and imports alike.

A problem is one sentence without its place, which begins with the name that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import isfinite

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.attributes import Attributes, AttributeValue
from reader.annotation.changes import Change
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
from reader.annotation.schema import AttributeType, RelationType, Schema
from reader.errors import AnnotationError

Find = Callable[[Ref], Record | None]

_TYPED = (Mention, Entity, Refusal, Suggestion)
_KINDS = {
    "entity": "an entity",
    "claim": "a claim",
    "mention": "a mention",
    "claim_mention": "a claim mention",
    "attribution": "an attribution",
    "relation": "a relation",
}
_FIELDS = ("type", "attributes", "source", "target")
"""Fields of records about which a schema says something."""


def check(changes: Sequence[Change], records: AnnotationSet, schema: Schema) -> None:
    """Refuse changes after which a record would break a rule of the schema.

    What a change leaves as it was is not looked at: a record from before a
    rule was made can still be linked, moved and noted.

    Raises:
        AnnotationError: With the first problem.
    """
    after = {change.ref: change.after for change in changes}

    def find(ref: Ref) -> Record | None:
        return after[ref] if ref in after else records.get(ref)

    for record in _affected(changes, after, records, schema):
        if (wrong := problem(record, schema, find)) is not None:
            raise AnnotationError(wrong)


def _affected(
    changes: Iterable[Change],
    after: dict[Ref, Record | None],
    records: AnnotationSet,
    schema: Schema,
) -> Iterator[Record]:
    """Give what rules have to be looked at for: what changed, and relations of what did."""
    retyped: set[Ref] = set()
    for change in changes:
        if change.after is None or not _differs(change):
            continue
        yield change.after
        if change.before is not None and isinstance(change.after, Mention | Entity):
            retyped.add(change.ref)
    if retyped and any(kind.source_types or kind.target_types for kind in schema.relation_types):
        for relation in records.all(Relation):
            if not retyped.isdisjoint((relation.source, relation.target)):
                kept = after.get(ref_to(relation), relation)
                if kept is not None:
                    yield kept


def _differs(change: Change) -> bool:
    if change.before is None:
        return True
    return any(
        getattr(change.before, name, None) != getattr(change.after, name, None) for name in _FIELDS
    )


def problem(record: Record, schema: Schema, find: Find) -> str | None:
    """Return what rule of the schema a record breaks, or None.

    Args:
        record: The record.
        schema: The schema.
        find: Gives what stands at the ends of a relation, where that is at hand.
    """
    return next(_problems(record, schema, find), None)


def _problems(record: Record, schema: Schema, find: Find) -> Iterator[str]:
    if isinstance(record, _TYPED) and schema.entity_type(record.type) is None:
        yield _unknown("entity type", record.type, [kind.name for kind in schema.offered])
    if isinstance(record, Relation):
        relation = schema.relation_type(record.type)
        if relation is None:
            yield _unknown("relation", record.type, [kind.name for kind in schema.relation_types])
        else:
            yield from _wrong_ends(record, relation, find)
    if isinstance(record, Attributed):
        yield from _wrong_attributes(record, schema)


def _wrong_ends(record: Relation, kind: RelationType, find: Find) -> Iterator[str]:
    ends = (record.source.kind, record.target.kind)
    if ends != (kind.source, kind.target):
        yield wrong_ends(kind, *ends)
        return
    for ref, way, types in (
        (record.source, "from", kind.source_types),
        (record.target, "to", kind.target_types),
    ):
        end = find(ref) if types else None
        type = end.type if isinstance(end, Mention | Entity) else None
        if types and type is not None and type not in types:
            yield f"“{kind.name}” goes {way} {listed(types, 'or')}, not {way} {type}."


def wrong_ends(kind: RelationType, source: str, target: str) -> str:
    """Say that a type of relation does not join records of two kinds."""
    return (
        f"“{kind.name}” goes from {_KINDS[kind.source]} to {_KINDS[kind.target]}, "
        f"not from {_KINDS.get(source, source)} to {_KINDS.get(target, target)}."
    )


def _wrong_attributes(record: Attributed, schema: Schema) -> Iterator[str]:
    kind = kind_of(record)
    type = record.type if isinstance(record, Mention) else ""
    for name, value in record.attributes:
        attribute = schema.attribute(name)
        if attribute is None:
            yield _unknown("attribute", name, [known.name for known in schema.attributes])
        elif kind not in attribute.on:
            places = listed([_KINDS[on] for on in attribute.on], "or")
            yield f"“{name}” can be said of {places}, not of {_KINDS[kind]}."
        elif not attribute.is_for(kind, type):
            yield f"“{name}” can be said of {listed(attribute.types, 'or')}, not of {type}."
        elif (wrong := wrong_value(attribute, value)) is not None:
            yield wrong


def wrong_value(attribute: AttributeType, value: AttributeValue) -> str | None:
    """Return why an attribute cannot have a value, or None when it can."""
    kind, names = attribute.kind, [each.name for each in attribute.values]
    if kind == "choice":
        allowed = value in names
        wanted = f"one of {', '.join(names)}"
    elif kind == "choices":
        several = isinstance(value, tuple) and value and len(set(value)) == len(value)
        allowed = isinstance(value, tuple) and bool(several) and set(value) <= set(names)
        wanted = f"some of {', '.join(names)}"
    elif kind == "yes-no":
        allowed, wanted = isinstance(value, bool), "yes or no"
    elif kind == "number":
        number = isinstance(value, int | float) and not isinstance(value, bool)
        allowed, wanted = number and isfinite(value), "a number"  # type: ignore[arg-type]
    else:
        allowed, wanted = isinstance(value, str) and bool(value.strip()), "some text"
    return None if allowed else f"“{attribute.name}” is {wanted}, not {shown(value)}."


def kept(attributes: Attributes, schema: Schema, kind: str, type: str) -> Attributes:
    """Return those attributes that can still be said of a record of another type.

    Those that the schema does not know stay, to be told about.
    """
    known = {name: schema.attribute(name) for name, _ in attributes}
    return Attributes(
        tuple(
            (name, value)
            for name, value in attributes
            if (attribute := known[name]) is None or attribute.is_for(kind, type)
        )
    )


def unsaid(record: Record, schema: Schema) -> tuple[AttributeType, ...]:
    """Return the required attributes that a record says nothing of."""
    if not schema.attributes or not isinstance(record, Attributed):
        return ()
    type = record.type if isinstance(record, Mention) else ""
    offered = schema.attributes_of(kind_of(record), type)
    return tuple(a for a in offered if a.required and record.attributes.get(a.name) is None)


def shown(value: AttributeValue) -> str:
    """Write a value as people read it: quoted text, yes or no, a number, several values."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(f"“{each}”" for each in value) or "nothing"
    return f"“{value}”" if isinstance(value, str) else f"{value:g}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Write several words as people do."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def _unknown(what: str, word: str, words: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word[:80], words, n=1)
    meant = f"; did you mean “{near[0]}”?" if near else "."
    return f"“{word}” is no {what} of the schema{meant}"
