"""Records as plain JSON values and back.

The same shapes are kept in the history and written to the JSON export. A span
that is a record's own place is laid flat into it: `article`, `start`, `end`,
`quote`, `prefix`, `suffix`, and `fragments` only when it has more than one.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from itertools import pairwise
from reprlib import repr as short_repr
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from reader.annotation.attributes import Attributes, AttributeValue
from reader.annotation.model import Record, class_of
from reader.annotation.spans import Range, Span
from reader.errors import FormatError

Json = Any
Decoder = Callable[[Json, str], Any]

_LATER = frozenset({"retired", "time", "place", "affiliation", "attributes", "value"})
"""Fields that records did not have at first: written only where they say something."""
_SPAN_KEYS = ("article", "start", "end", "quote", "prefix", "suffix", "fragments")


def encode(value: Any) -> Json:
    """Turn a record, or any value inside one, into plain JSON values."""
    if isinstance(value, Span):
        return encode_span(value)
    if isinstance(value, Attributes):
        return {name: encode(item) for name, item in value}
    if is_dataclass(value):
        return _encode_fields(value)
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return value


def _encode_fields(value: Any) -> dict[str, Json]:
    encoded: dict[str, Json] = {}
    cls: Any = type(value)
    flat = _stands_on_span(cls)
    for field in fields(value):
        item = getattr(value, field.name)
        if field.name == "span" and flat:
            encoded |= encode_span(item)
        elif item != field.default or field.name not in _LATER:
            encoded[field.name] = encode(item)
    return encoded


@cache
def _stands_on_span(cls: Any) -> bool:
    """Tell whether records of this class are laid flat over their span."""
    return any(field.name == "span" and field.default is MISSING for field in fields(cls))


def encode_span(span: Span) -> dict[str, Json]:
    """Turn a span into a JSON object with its range and quote."""
    encoded: dict[str, Json] = {
        "article": span.article,
        "start": span.start,
        "end": span.end,
        "quote": span.quote,
        "prefix": span.prefix,
        "suffix": span.suffix,
    }
    if len(span.fragments) > 1:
        encoded["fragments"] = [list(fragment) for fragment in span.fragments]
    return encoded


def encode_record(record: Record) -> dict[str, Json]:
    """Turn a record into a JSON object (its kind is not in it)."""
    return _encode_fields(record)


def decode_record(kind: str, data: Json, where: str = "") -> Record:
    """Turn a JSON object into the record of that kind.

    Args:
        kind: As `reader.annotation.model.kind_of` names it.
        data: What `encode_record` made, or what somebody wrote by hand.
        where: Named in the error, for example `articles[0].mentions[3]`.

    Raises:
        FormatError: Naming the place, if a field is missing, unknown or of the wrong type.
    """
    cls: Any = class_of(kind)
    record: Record = _object(cls)(data, where or kind)
    return record


def decode_value(hint: Any, data: Json, where: str) -> Any:
    """Turn JSON values into what a type says: a dataclass, a tuple of one, a plain value.

    Args:
        hint: A type as the fields of records have them, for example `tuple[Entity, ...]`.
        data: What `encode` made, or what somebody wrote by hand.
        where: Named in the error, for example `entities`.

    Raises:
        FormatError: Naming the place, if a field is missing, unknown or of the wrong type.
    """
    return _decoder(hint)(data, where)


@cache
def _object(cls: Any) -> Decoder:
    if cls is Span:
        return _decode_span
    if cls is Attributes:
        return _attributes
    hints = get_type_hints(cls)
    decoders = {field.name: _decoder(hints[field.name]) for field in fields(cls)}
    required = {field.name for field in fields(cls) if field.default is MISSING}
    flat = _stands_on_span(cls)
    names = [*decoders.keys() - {"span"}, *_SPAN_KEYS] if flat else [*decoders]

    def decode(data: Json, where: str) -> Any:
        given = dict(_mapping(data, where))
        values: dict[str, Any] = {}
        if flat:
            span = {key: given.pop(key) for key in _SPAN_KEYS if key in given}
            values["span"] = _decode_span(span, where)
        for name, item in given.items():
            if name not in decoders or (flat and name == "span"):
                raise _unknown(where, name, names)
            values[name] = decoders[name](item, f"{where}.{name}")
        missing = sorted(required - values.keys())
        if missing:
            raise FormatError(f"{where}: the field {missing[0]!r} is missing.")
        return cls(**values)

    return decode


def _decode_span(data: Json, where: str) -> Span:
    given = _mapping(data, where)
    unknown = sorted(given.keys() - set(_SPAN_KEYS))
    if unknown:
        raise _unknown(where, unknown[0], _SPAN_KEYS)
    for name in ("article", "start", "end", "quote"):
        if name not in given:
            raise FormatError(f"{where}: the field {name!r} is missing.")
    start, end = (_integer(given[name], f"{where}.{name}") for name in ("start", "end"))
    fragments = _fragments(given.get("fragments", [[start, end]]), f"{where}.fragments")
    if (fragments[0][0], fragments[-1][1]) != (start, end):
        raise FormatError(f"{where}: the fragments do not reach from start {start} to end {end}.")
    text = {name: _string(given.get(name, ""), f"{where}.{name}") for name in _SPAN_KEYS[3:6]}
    if len(text["quote"]) != end - start:
        raise FormatError(
            f"{where}: the quote has {len(text['quote'])} code points, "
            f"but {start}-{end} has {end - start} (article {short_repr(given['article'])}; "
            "offsets count code points of its text, end exclusive)."
        )
    return Span(article=_string(given["article"], f"{where}.article"), fragments=fragments, **text)


def _attributes(data: Json, where: str) -> Attributes:
    given = _mapping(data, where)
    return Attributes.of({name: _said(item, f"{where}.{name}") for name, item in given.items()})


def _said(data: Json, where: str) -> AttributeValue:
    """Decode the value of an attribute; whether it is one of the schema's is checked elsewhere."""
    if isinstance(data, list | tuple):
        return tuple(_string(item, f"{where}[{i}]") for i, item in enumerate(data))
    if not isinstance(data, str | bool | int | float):
        raise FormatError(
            f"{where}: should be text, a number, true or false, or a list of texts, "
            f"not {_name(data)}."
        )
    return data


def _fragments(data: Json, where: str) -> tuple[tuple[int, int], ...]:
    pairs = [_pair(item, f"{where}[{i}]") for i, item in enumerate(_list(data, where))]
    if not pairs:
        raise FormatError(f"{where}: there is no fragment.")
    if pairs[0][0] < 0:
        raise FormatError(f"{where}: an offset below 0.")
    for (_, end), (start, _) in pairwise(pairs):
        if start <= end:
            raise FormatError(f"{where}: fragments touch, overlap or are out of order.")
    return tuple(pairs)


def _pair(data: Json, where: str) -> tuple[int, int]:
    items = _list(data, where)
    if len(items) != 2:
        raise FormatError(f"{where}: not a pair of start and end.")
    start, end = _integer(items[0], where), _integer(items[1], where)
    if start >= end:
        raise FormatError(f"{where}: the range {start}-{end} is empty.")
    return start, end


@cache
def _decoder(hint: Any) -> Decoder:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _optional(_decoder(next(arg for arg in args if arg is not type(None))))
    if origin is Literal:
        return _one_of(args)
    if hint == Range:
        return _pair
    if origin is tuple:
        return _many(_decoder(args[0]))
    if is_dataclass(hint) and isinstance(hint, type):
        return _object(hint)
    return {str: _string, int: _integer, float: _number, bool: _truth}[hint]


def _optional(decode: Decoder) -> Decoder:
    return lambda data, where: None if data is None else decode(data, where)


def _one_of(values: tuple[Any, ...]) -> Decoder:
    def decode(data: Json, where: str) -> Any:
        if data not in values:
            allowed = ", ".join(values)
            raise FormatError(f"{where}: {short_repr(data)} is not one of {allowed}.")
        return data

    return decode


def _many(decode: Decoder) -> Decoder:
    def decode_all(data: Json, where: str) -> tuple[Any, ...]:
        return tuple(decode(item, f"{where}[{i}]") for i, item in enumerate(_list(data, where)))

    return decode_all


def _unknown(where: str, name: str, known: Iterable[str]) -> FormatError:
    from difflib import get_close_matches

    near = get_close_matches(name[:80], sorted(known), n=1, cutoff=0)
    return FormatError(f"{where}: unknown field {short_repr(name)}; did you mean {near[0]!r}?")


def _mapping(data: Json, where: str) -> Mapping[str, Json]:
    if not isinstance(data, Mapping):
        raise FormatError(f"{where}: should be an object, not {_name(data)}.")
    return data


def _list(data: Json, where: str) -> list[Json]:
    if not isinstance(data, list | tuple):
        raise FormatError(f"{where}: should be a list, not {_name(data)}.")
    return list(data)


def _string(data: Json, where: str) -> str:
    if not isinstance(data, str):
        raise FormatError(f"{where}: should be text, not {_name(data)}.")
    return data


def _integer(data: Json, where: str) -> int:
    if not isinstance(data, int) or isinstance(data, bool):
        raise FormatError(f"{where}: should be a whole number, not {_name(data)}.")
    return data


def _number(data: Json, where: str) -> float:
    if not isinstance(data, int | float) or isinstance(data, bool):
        raise FormatError(f"{where}: should be a number, not {_name(data)}.")
    return float(data)


def _truth(data: Json, where: str) -> bool:
    if not isinstance(data, bool):
        raise FormatError(f"{where}: should be true or false, not {_name(data)}.")
    return data


def _name(data: Json) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false"}
    return "nothing" if data is None else names.get(type(data), "a number")
