"""Saying something of a record by the attributes of the schema, as actions."""

from __future__ import annotations

from math import isfinite

from reader.annotation.actions import Author, edited, shorten, signed_again
from reader.annotation.attributes import AttributeValue
from reader.annotation.changes import Action, Change
from reader.annotation.model import (
    Attributed,
    Claim,
    ClaimMention,
    Mention,
    Relation,
    kind_of,
)
from reader.annotation.schema import AttributeType, Schema
from reader.errors import AnnotationError


def say(
    author: Author, record: Attributed, name: str, value: AttributeValue | None
) -> Action | None:
    """Give an attribute of a record a value, or take it away; None when it is so already.

    Raises:
        AnnotationError: If the schema does not allow it, or offers it no longer.
    """
    before = record.attributes.get(name)
    if value == before and type(value) is type(before):
        return None
    attribute = author.schema.attribute(name)
    if attribute is not None and value is not None:
        _refuse_retired(attribute, value, before)
    fields = {"attributes": record.attributes.having(name, value)}
    title = name if attribute is None else attribute.title
    what = f"{title} of {_called(record)}: {in_words(attribute, value)}"
    if isinstance(record, Claim):
        change = Change(record, signed_again(author, record, **fields))
    else:
        change = edited(record, **fields)
    return author.action(what, [change])


def _refuse_retired(
    attribute: AttributeType, value: AttributeValue, before: AttributeValue | None
) -> None:
    if attribute.retired and before is None:
        raise AnnotationError(f"“{attribute.name}” is retired: it is not used any more.")
    known = _names(before)
    for name in _names(value):
        choice = attribute.value(name)
        if choice is not None and choice.retired and name not in known:
            raise AnnotationError(f"“{name}” of “{attribute.name}” is retired; choose another.")


def _names(value: AttributeValue | None) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()


def _called(record: Attributed) -> str:
    if isinstance(record, Mention | ClaimMention):
        return f"“{shorten(record.span.quote)}”"
    if isinstance(record, Claim):
        return f"claim “{shorten(record.text)}”"
    return f"relation {record.type}" if isinstance(record, Relation) else kind_of(record)


def shown_attributes(record: Attributed, schema: Schema) -> tuple[AttributeType, ...]:
    """Return the attributes a form has for a record: those offered, and others it says."""
    type = record.type if isinstance(record, Mention) else ""
    offered = schema.attributes_of(kind_of(record), type)
    names = {attribute.name for attribute in offered}
    said = (schema.attribute(name) or AttributeType(name, name) for name, _ in record.attributes)
    return (*offered, *(attribute for attribute in said if attribute.name not in names))


def typed_value(attribute: AttributeType, typed: str) -> AttributeValue | None:
    """Return what somebody typed for an attribute that is a number or text; None for nothing.

    Raises:
        AnnotationError: If it is no number where one is wanted.
    """
    text = typed.strip()
    if not text or attribute.kind != "number":
        return text or None
    try:
        number = float(text.replace(",", ".").replace("٫", "."))
    except ValueError as error:
        raise AnnotationError(f"“{shorten(text)}” is no number.") from error
    if not isfinite(number):
        raise AnnotationError(f"“{shorten(text)}” is no number.")
    return int(number) if number == int(number) else number


def in_words(attribute: AttributeType | None, value: AttributeValue | None) -> str:
    """Write a value as people read it: the titles of what is chosen."""
    if value is None:
        return "not said"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    if attribute is None or attribute.kind not in ("choice", "choices"):
        return ", ".join(value) if isinstance(value, tuple) else value
    titles = (attribute.value(name) for name in _names(value))
    words = (choice.title if choice is not None else "" for choice in titles)
    return ", ".join(word or name for word, name in zip(words, _names(value), strict=True))
