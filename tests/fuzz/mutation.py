"""Inputs that are nearly right: good files with some places changed, and values of any kind."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from tests.text.texts import any_text

_FIELD = re.compile(rb"[^\s,;\"{}\[\]<>|=:]+")
_TOKENS = (
    *(b"", b"0", b"-1", b"1", b"2", b"999999999999999999999999", b"1e999", b"NaN", b"null"),
    *(b"true", b"[]", b"{}", b'""', b"\x00", b"\x1b[2J", b"\xff\xfe", b"\xed\xa0\x80", b"\\ud800"),
    *(b"=1+1", b"../../x", b"/etc/passwd", b"C:\\x", b"[" * 3000, b"{" * 40, b'{"a":' * 2000),
    *(b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>", b"&e;", b"<![CDATA[", b"-->"),
    *(b"\xe2\x80\xae", b"\xe2\x81\xa6", b"\xd9\x82\xd8\xa7\xd9\x84", b"\xf0\x9f\x98\x8a", b"\r\n"),
    *(
        b"\n",
        b"\t",
        b"'",
        b'"',
        b"\xc2\x85",
        b"\xe2\x80\xa8",
        b"T1",
        b"R1\t",
        b"#1\t",
        b"B-",
        b"I-",
    ),
    *(b"PER", b"NUMBER", b"__proto__", b"2026-02-30T25:00:00Z", b"0" * 5000),
)


def tokens() -> st.SearchStrategy[bytes]:
    """What programs stumble over."""
    return st.sampled_from(_TOKENS) | any_text.map(str.encode) | st.binary(max_size=6)


@st.composite
def mutated(draw: st.DrawFn, corpus: Sequence[bytes]) -> bytes:
    """A file of a corpus with a few changes."""
    data = draw(st.sampled_from(corpus))
    for _ in range(draw(st.integers(0, 5))):
        data = draw(st.sampled_from((_field, _line, _noise, _cut, _splice, _repeat)))(
            draw, data, corpus
        )
    return data


def _field(draw: st.DrawFn, data: bytes, corpus: Sequence[bytes]) -> bytes:
    places = [found.span() for found in _FIELD.finditer(data)]
    if not places:
        return draw(tokens())
    start, end = draw(st.sampled_from(places))
    other = slice(*draw(st.sampled_from(places)))
    return data[:start] + draw(tokens() | st.just(data[other])) + data[end:]


def _line(draw: st.DrawFn, data: bytes, corpus: Sequence[bytes]) -> bytes:
    lines = data.split(b"\n")
    i, j = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
    how = draw(st.sampled_from(("drop", "twice", "swap")))
    if how == "drop":
        del lines[i]
    elif how == "twice":
        lines.insert(j, lines[i])
    else:
        lines[i], lines[j] = lines[j], lines[i]
    return b"\n".join(lines)


def _noise(draw: st.DrawFn, data: bytes, corpus: Sequence[bytes]) -> bytes:
    start = draw(st.integers(0, len(data)))
    end = min(len(data), start + draw(st.integers(0, 4)))
    return data[:start] + draw(tokens()) + data[end:]


def _cut(draw: st.DrawFn, data: bytes, corpus: Sequence[bytes]) -> bytes:
    place = draw(st.integers(0, len(data)))
    return data[place:] if draw(st.booleans()) else data[:place]


def _splice(draw: st.DrawFn, data: bytes, corpus: Sequence[bytes]) -> bytes:
    other = draw(st.sampled_from(corpus))
    return data[: draw(st.integers(0, len(data)))] + other[draw(st.integers(0, len(other))) :]


def _repeat(draw: st.DrawFn, data: bytes, corpus: Sequence[bytes]) -> bytes:
    start = draw(st.integers(0, len(data)))
    piece = data[start : start + draw(st.integers(0, 200))]
    return data[:start] + piece * draw(st.integers(2, 40)) + data[start:]


SCALARS: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        (None, True, False, 0, 1, -1, 2**31, 2**63, 2**70, 0.5, float("inf"), float("nan"), "")
    ),
    st.integers(-3, 200),
    st.sampled_from(("\ud800", "\x00", "=1+1", "PER", "ar", "..", "mention", "done", "\u202e")),
    any_text,
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3),
    max_leaves=4,
)


@st.composite
def changed_json(draw: st.DrawFn, value: Any) -> bytes:
    """JSON in which a few places hold something else, or a thing from another place."""
    value = json.loads(json.dumps(value))
    for _ in range(draw(st.integers(1, 4))):
        places = list(_places(value))
        if not places:
            break
        holder, key = draw(st.sampled_from(places))
        other_holder, other = draw(st.sampled_from(places))
        how = draw(st.sampled_from(("value", "value", "other", "drop", "more", "nest")))
        _change(draw, how, holder, key, other_holder[other])
    return json.dumps(value, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")


def _change(draw: st.DrawFn, how: str, holder: Any, key: Any, other: Any) -> None:
    if how == "value":
        holder[key] = draw(VALUES)
    elif how == "other":
        # A copy: JSON has no circles.
        holder[key] = json.loads(json.dumps(other))
    elif how == "drop":
        del holder[key]
    elif how == "nest":
        holder[key] = [holder[key]]
    elif isinstance(holder, list):
        holder.append(json.loads(json.dumps(other)))
    else:
        holder[draw(any_text)] = draw(VALUES)


def _places(value: Any) -> Any:
    """Give every place of a value: what it is in, and the key or number there."""
    keys = value.keys() if isinstance(value, dict) else range(len(value))
    for key in list(keys):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])


@st.composite
def changed_file(draw: st.DrawFn, name: str, corpus: Sequence[bytes]) -> bytes:
    """A file of a corpus, changed as bytes, or as JSON if its name says that it is."""
    if name.endswith((".json", ".jsonld")) and draw(st.booleans()):
        return draw(changed_json(json.loads(draw(st.sampled_from(corpus)))))
    if name.endswith(".jsonl") and draw(st.booleans()):
        lines = draw(st.sampled_from(corpus)).splitlines()
        number = draw(st.integers(0, len(lines) - 1))
        lines[number] = draw(changed_json(json.loads(lines[number])))
        return b"\n".join(lines)
    return draw(mutated(corpus))
