"""Web Annotations as they are found in files: what an annotation says, whoever wrote it.

The standard allows a single value where it allows a list, a string where it allows an
object, and several containers; all of that ends here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from reader.errors import FormatError
from reader.formats.json_values import mapping, offset, string
from reader.formats.offsets import Mark
from reader.formats.w3c_terms import digest_of
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """A body: words, or a thing that an IRI names.

    Attributes:
        purpose: Its purpose, else the motivation of the annotation.
        text: Words, or None.
        iri: The IRI, or "".
        language: What the words are written in, or "".
    """

    purpose: str
    text: str | None = None
    iri: str = ""
    language: str = ""


class Quote(NamedTuple):
    """Words by which a place is found, without a position.

    Attributes:
        exact: The words.
        prefix: What stands before them.
        suffix: What stands after them.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What an annotation is about.

    Attributes:
        iri: The text, annotation or thing.
        sha256: Digest of the text, or "".
        place: A place in the text, or None for all of it.
        problem: Why the place is not understood, or "".
    """

    iri: str
    sha256: str = ""
    place: Mark | Quote | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An annotation.

    Attributes:
        where: Its place in the file.
        id: Its IRI, or "".
        motivation: The first of its motivations, or "".
        bodies: Its bodies.
        targets: Its targets.
        creator: IRI and name of who made it, either may be "".
        created: When it was made, or "".
        modified: When it was changed, or "".
    """

    where: str
    id: str
    motivation: str
    bodies: tuple[Body, ...]
    targets: tuple[Target, ...]
    creator: tuple[str, str]
    created: str
    modified: str

    @property
    def is_on_text(self) -> bool:
        """Whether all of its targets are places in a text."""
        return all(target.place is not None or target.problem for target in self.targets)

    def texts(self, *purposes: str) -> Iterator[Body]:
        """Give the bodies of words with one of some purposes."""
        return (b for b in self.bodies if b.text is not None and b.purpose in purposes)

    def iris(self, *purposes: str) -> Iterator[Body]:
        """Give the bodies that an IRI names, with one of some purposes."""
        return (body for body in self.bodies if body.iri and body.purpose in purposes)


def items_of(value: Any) -> Iterator[Item]:
    """Give the annotations of a file: one, a list, a page, a collection, a graph.

    Raises:
        FormatError: Naming the place.
    """
    for where, data in _annotations(value, ""):
        yield _item(mapping(data, where or "the file"), where or "the file")


def _annotations(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        for i, each in enumerate(value):
            yield from _annotations(each, f"{where}[{i}]")
        return
    data = mapping(value, where or "the file")
    for name in ("items", "first", "@graph"):
        if name in data and "target" not in data:
            yield from _annotations(data[name], f"{where}.{name}".lstrip("."))
            return
    yield where, data


def _item(data: Mapping[str, Any], where: str) -> Item:
    motivation = _first(data.get("motivation"), f"{where}.motivation")
    bodies = [
        _body(each, motivation, f"{where}.body[{i}]")
        for i, each in enumerate(_listed(data.get("body")))
    ]
    if "bodyValue" in data:
        bodies.append(Body(motivation, string(data["bodyValue"], f"{where}.bodyValue")))
    targets = tuple(
        _target(each, f"{where}.target[{i}]") for i, each in enumerate(_listed(data.get("target")))
    )
    if not targets:
        raise FormatError(f"{where}.target: is missing; an annotation is about something.")
    return Item(
        where,
        _optional(data, "id", where),
        motivation,
        tuple(bodies),
        targets,
        _creator(data.get("creator"), f"{where}.creator"),
        _optional(data, "created", where),
        _optional(data, "modified", where),
    )


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _first(value: Any, where: str) -> str:
    """Return the one value of a property, or the first; "" without one."""
    return next((string(each, where) for each in _listed(value)), "")


def _optional(data: Mapping[str, Any], name: str, where: str) -> str:
    value = data.get(name)
    return "" if value is None else string(value, f"{where}.{name}")


def _creator(value: Any, where: str) -> tuple[str, str]:
    """Return IRI and name of the first creator."""
    for each in _listed(value)[:1]:
        if isinstance(each, str):
            return each, each
        data = mapping(each, where)
        id = _optional(data, "id", where)
        names = (_first(data.get(name), f"{where}.{name}") for name in ("name", "nickname"))
        return id, next(filter(None, names), id)
    return "", ""


def _body(value: Any, motivation: str, where: str) -> Body:
    if isinstance(value, str):
        return Body(motivation, iri=value)
    data = mapping(value, where)
    purpose = _first(data.get("purpose"), f"{where}.purpose") or motivation
    if "value" in data:
        language = _first(data.get("language"), f"{where}.language")
        return Body(purpose, string(data["value"], f"{where}.value"), language=language)
    return Body(purpose, iri=_iri(data, where))


def _iri(data: Mapping[str, Any], where: str) -> str:
    """Return what a resource is named by: its source, which may be described, or its id."""
    source = data.get("source")
    if isinstance(source, dict):
        return _optional(source, "id", f"{where}.source")
    return _optional(data, "source" if source is not None else "id", where)


def _target(value: Any, where: str) -> Target:
    if isinstance(value, str):
        return Target(value)
    data = mapping(value, where)
    states = (each for each in _listed(data.get("state")) if isinstance(each, dict))
    sha256 = next(
        (d for state in states for d in map(digest_of, _listed(state.get("cached"))) if d), ""
    )
    selectors = [mapping(each, f"{where}.selector") for each in _listed(data.get("selector"))]
    if not selectors:
        return Target(_iri(data, where), sha256)
    place = _place(selectors, f"{where}.selector")
    problem = "" if place else f"no selector of it is read ({_types(selectors)})"
    return Target(_iri(data, where), sha256, place, problem)


def _types(selectors: Iterable[Mapping[str, Any]]) -> str:
    return ", ".join(str(each.get("type")) for each in selectors)


def _place(selectors: list[Mapping[str, Any]], where: str) -> Mark | Quote | None:
    position = quote = None
    for selector in selectors:
        # A refined selector means a part of what it selects, so that it alone is not the place.
        kinds = _listed(selector.get("type")) if "refinedBy" not in selector else ()
        if "TextPositionSelector" in kinds and position is None:
            position = tuple(
                offset(selector.get(name), f"{where}.{name}") for name in ("start", "end")
            )
        elif "TextQuoteSelector" in kinds and quote is None:
            exact = string(selector.get("exact"), f"{where}.exact")
            around = (_optional(selector, name, where) for name in ("prefix", "suffix"))
            quote = Quote(exact, *around)
    if position is not None:
        return Mark(position[0], position[1], None if quote is None else quote.exact)
    return quote
