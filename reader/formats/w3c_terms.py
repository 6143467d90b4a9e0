"""Names that our Web Annotations use: of records, of knowledge bases, of what a body says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, get_type_hints
from urllib.parse import quote, unquote

from reader.annotation.attributes import NO_ATTRIBUTES, Attributes, AttributeValue
from reader.annotation.codec import decode_value, encode
from reader.annotation.model import (
    Claim,
    ClaimMention,
    Entity,
    KnowledgeLink,
    LinkStatus,
    Mention,
    Record,
    Ref,
    Relation,
)
from reader.errors import FormatError
from reader.formats.json_values import parse_json

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_OWN = "urn:bidi-reader:"
_DIGEST = "urn:sha256:"
_WIKIDATA = "http://www.wikidata.org/entity/"
_OF_WIKIDATA = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/([A-Z]\d+)")

SAID: Mapping[type, tuple[str, ...]] = {
    Mention: ("kind",),
    ClaimMention: ("epistemic", "polarity", "mode", "check_worthy"),
    Entity: ("retired",),
    Claim: ("type", "verdict", "time"),
    Relation: ("confidence",),
}
"""Fields that a body says as `field: value`, to classify."""

ROLES: Mapping[type, tuple[tuple[str, str], ...]] = {
    ClaimMention: (("claimant", "entity"), ("affiliation", "entity")),
    Claim: (("place", "entity"),),
    Entity: (("merged_into", "entity"),),
}
"""Fields that a linking annotation says, with the kind of record they name."""

PURPOSES: Mapping[LinkStatus, str] = {
    "confirmed": "identifying",
    "proposed": "linking",
    "ambiguous": "questioning",
    "none": "assessing",
}
"""How sure a link into a knowledge base is, by the purpose of the body."""

_STATUSES: Mapping[str, LinkStatus] = {purpose: status for status, purpose in PURPOSES.items()}

_ATTRIBUTE = "attribute "


def iri(ref: Ref) -> str:
    """Return the IRI of a record, an article or an annotator."""
    return f"{_OWN}{ref.kind}:{ref.id}"


def ref_of(name: str) -> Ref | None:
    """Return what one of our IRIs names, or None for one of others."""
    kind, colon, id = name.removeprefix(_OWN).partition(":")
    return Ref(kind, id.partition("#")[0]) if name.startswith(_OWN) and colon else None


def digest_iri(sha256: str) -> str:
    """Return the name of a text by its digest."""
    return _DIGEST + sha256


def digest_of(name: object) -> str:
    """Return the digest that a text is named by, or ""."""
    return name.removeprefix(_DIGEST) if isinstance(name, str) and name.startswith(_DIGEST) else ""


def link_iri(link: KnowledgeLink) -> str:
    """Return the IRI of an item of a knowledge base."""
    if link.base == "wikidata" and _OF_WIKIDATA.fullmatch(_WIKIDATA + link.id):
        return _WIKIDATA + link.id
    return f"{_OWN}item:{quote(link.base, safe='')}:{quote(link.id, safe='')}"


def link_of(name: str, purpose: str) -> KnowledgeLink:
    """Return what an IRI names in a knowledge base; of one that is not known, the IRI itself."""
    status = _STATUSES.get(purpose, "proposed")
    found = _OF_WIKIDATA.fullmatch(name)
    if found:
        return KnowledgeLink("wikidata", found[1], status)
    own = ref_of(name)
    if own is not None and own.kind == "item":
        base, _, id = own.id.partition(":")
        return KnowledgeLink(unquote(base), unquote(id), status)
    return KnowledgeLink("web", name, status)


def text_body(value: str, purpose: str, language: str = "", direction: str = "") -> dict[str, str]:
    """Return a body of words."""
    body = {"type": "TextualBody", "value": value, "purpose": purpose}
    if direction:
        body |= {"format": "text/plain"}
    body |= {"language": language} if language else {}
    return body | ({"textDirection": direction} if direction else {})


def said_bodies(record: Record) -> Iterator[dict[str, str]]:
    """Give the bodies that say what a field of a record says, where it is not the default."""
    defaults = {field.name: field.default for field in fields(record)}
    for name in SAID.get(type(record), ()):
        value = getattr(record, name)
        if value != defaults[name]:
            yield text_body(f"{name}: {_written(value)}", "classifying")
    attributes: Attributes = getattr(record, "attributes", NO_ATTRIBUTES)
    for name, said in attributes:
        yield text_body(f"{_ATTRIBUTE}{name}: {json.dumps(encode(said))}", "classifying")


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def said_fields(cls: type, values: Iterable[str], where: str) -> dict[str, Any]:
    """Return the fields of a record that bodies say; others than ours are passed over.

    Raises:
        FormatError: If a value cannot be one of the field.
    """
    found: dict[str, Any] = {}
    attributes: dict[str, AttributeValue] = {}
    for name, value in filter(None, map(split_said, values)):
        if name.startswith(_ATTRIBUTE):
            said: Any = decode_value(Attributes, {"value": parse_json(value)}, where)
            attributes[name.removeprefix(_ATTRIBUTE)] = said.get("value")
        elif name in SAID.get(cls, ()):
            found[name] = _decoded(cls, name, value, where)
    if attributes:
        found["attributes"] = Attributes.of(attributes)
    return found


def split_said(value: str) -> tuple[str, str] | None:
    """Return name and value of `field: value`, or None."""
    name, colon, rest = value.partition(": ")
    return (name, rest) if colon else None


def _decoded(cls: type, name: str, value: str, where: str) -> Any:
    hint = _hints(cls)[name]
    try:
        return decode_value(hint, value, f"{where}.{name}")
    except FormatError:
        return decode_value(hint, parse_json(value), f"{where}.{name}")


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)
