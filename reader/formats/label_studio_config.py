"""The labelling interface of Label Studio that an export can be imported under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import quoteattr

from reader.annotation.schema import AttributeType, Schema
from reader.formats.label_studio_read import CLAIM, FIELDS, NOTES

TEXT = "text"
LABEL = "label"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAGS = {"choices": "Choices", "textarea": "TextArea", "number": "Number", "rating": "Rating"}

RESERVED = frozenset((TEXT, LABEL, NOTES, *(name for each in FIELDS.values() for name in each)))
"""Names of controls that are ours."""


def can_be_named(word: str) -> bool:
    """Tell whether a word can stand in the interface."""
    return bool(word.strip()) and not _NO_XML.search(word)


def is_control(row: Mapping[str, object]) -> bool:
    """Tell whether a result on a text can be written back, because its control can be."""
    name = row.get("from_name")
    known = row.get("type") in _TAGS and isinstance(row.get("value"), dict)
    return known and isinstance(name, str) and can_be_named(name) and name not in RESERVED


def interface(schema: Schema, controls: Mapping[tuple[str, str], Iterable[str]]) -> str:
    """Return the interface.

    Args:
        schema: The types.
        controls: What is said of texts as a whole: the name and the type of each
            control, with what was chosen.
    """
    return "\n".join(("<View>", *(f"  {line}" for line in _lines(schema, controls)), "</View>", ""))


def _lines(schema: Schema, controls: Mapping[tuple[str, str], Iterable[str]]) -> Iterator[str]:
    yield f'<Labels name="{LABEL}" toName="{TEXT}">'
    for kind in schema.entity_types:
        key = f" hotkey={quoteattr(kind.key)}" if kind.key else ""
        yield f"  <Label value={quoteattr(kind.name)} background={quoteattr(kind.colour)}{key}/>"
    if schema.entity_type(CLAIM) is None:
        yield f"  <Label value={quoteattr(CLAIM)}/>"
    yield "</Labels>"
    yield f'<Text name="{TEXT}" value="${TEXT}" granularity="symbol"/>'
    yield "<Relations>"
    yield from (f"  <Relation value={quoteattr(each.name)}/>" for each in schema.relation_types)
    yield "</Relations>"
    for fields in FIELDS.values():
        for name, values in fields.items():
            yield from _choices(name, values, ' perRegion="true"')
    for attribute in schema.attributes:
        if attribute.name not in RESERVED:
            yield from _of_attribute(attribute)
    yield f'<TextArea name="{NOTES}" toName="{TEXT}"/>'
    for (name, control), chosen in sorted(controls.items()):
        if control == "choices":
            yield from _choices(name, sorted(chosen), "", several=True)
        else:
            yield f'<{_TAGS[control]} name={quoteattr(name)} toName="{TEXT}"/>'


def _choices(
    name: str, values: Iterable[str], scope: str, *, several: bool = False
) -> Iterator[str]:
    how = "multiple" if several else "single"
    yield f'<Choices name={quoteattr(name)} toName="{TEXT}" choice="{how}"{scope}>'
    yield from (f"  <Choice value={quoteattr(value)}/>" for value in values)
    yield "</Choices>"


def _of_attribute(kind: AttributeType) -> Iterator[str]:
    scope = ' perRegion="true"'
    if kind.kind == "yes-no":
        yield from _choices(kind.name, ("yes", "no"), scope)
    elif kind.kind in ("choice", "choices"):
        values = [value.name for value in kind.values]
        yield from _choices(kind.name, values, scope, several=kind.kind == "choices")
    else:
        tag = "Number" if kind.kind == "number" else "TextArea"
        yield f'<{tag} name={quoteattr(kind.name)} toName="{TEXT}"{scope}/>'
