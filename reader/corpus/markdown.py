"""Markdown: the text stays as it is; its front matter and first heading are understood.

Front matter is the block of `key: value` lines between two `---` that many
site generators write (or TOML between two `+++`). What is not a plain value
there (lists of lists, anchors, types) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reader.corpus.article import Direction, RoleRange
from reader.corpus.manuscript import Manuscript, date_of, language_of, one_line, url_of

_FRONT = re.compile(r"(---|\+\+\+)[ \t]*\r?\n(.*?\r?\n)?\1[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"([A-Za-z_][\w -]*?)[ \t]*:(?:[ \t]+(.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.+)")
_ATX = re.compile(r"^ {0,3}#[ \t]+(\S.*?)[ \t]*(?:#+[ \t]*)?\r?$", re.MULTILINE)
_SETEXT = re.compile(r"^ {0,3}(\S.*?)[ \t]*\r?\n {0,3}=+[ \t]*\r?$", re.MULTILINE)
_COMMENT = re.compile(r"[ \t]#.*$")
_DIRECTIONS: Mapping[str, Direction] = {"ltr": "ltr", "rtl": "rtl"}
#: Code points in which the heading of the whole is looked for.
_HEAD = 4_000

_TITLES = ("title", "headline")
_DATES = ("date", "published", "pubdate", "publishdate", "datepublished", "created")
_PUBLISHERS = ("publisher", "source", "site", "sitename", "outlet")
_URLS = ("url", "canonical", "canonicalurl", "link", "source", "permalink")
_LANGUAGES = ("lang", "language", "locale")
_TAGS = ("tags", "collections")


def read_markdown(plain: Manuscript) -> Manuscript:
    """Add to a text that was decoded what its front matter and first heading say."""
    front = _FRONT.match(plain.text)
    data = _data(front[1], front[2] or "") if front else {}
    begin = front.end() if front and data else 0
    span = _heading(plain.text, begin)
    told = _first(data, _TITLES)
    heading = plain.text[slice(*span)] if span else ""
    direction = _first(data, ("dir", "direction"))
    published = _first(data, _DATES)
    date = date_of(published)
    doubts = (f"its date {published[:40]!r} is not understood and left out",)
    return replace(
        plain,
        title=told or heading,
        title_span=span if not told or one_line(heading) == told else None,
        published=date,
        publisher=next((v for v in _all(data, _PUBLISHERS) if not url_of(v)), ""),
        url=next(filter(None, map(url_of, _all(data, _URLS))), ""),
        language=language_of(_first(data, _LANGUAGES)),
        direction=_DIRECTIONS.get(direction.lower()),
        tags=_tags(data),
        parts=_parts(plain.text, begin),
        doubts=doubts if published and not date else (),
    )


def _parts(text: str, end: int) -> tuple[RoleRange, ...]:
    """The front matter, line by line, as furniture around the article."""
    lines = re.finditer(r"[^\r\n]*\S", text[:end])
    return tuple(RoleRange(line.start(), line.end(), "boilerplate") for line in lines)


def _heading(text: str, begin: int) -> tuple[int, int] | None:
    """Where the words of the first heading of the first level stand."""
    end = begin + _HEAD
    found = [
        match for form in (_ATX, _SETEXT) if (match := form.search(text, begin, end)) is not None
    ]
    first = min(found, key=lambda match: match.start(), default=None)
    return None if first is None else first.span(1)


def _data(mark: str, block: str) -> Mapping[str, Any]:
    return _toml(block) if mark == "+++" else _yaml(block)


def _toml(block: str) -> Mapping[str, Any]:
    import tomllib

    try:
        return {_key(name): value for name, value in tomllib.loads(block).items()}
    except ValueError:
        return {}


def _yaml(block: str) -> Mapping[str, Any]:
    """Plain values and lists of them; anything deeper is passed over."""
    data: dict[str, Any] = {}
    key = ""
    for line in block.splitlines():
        pair = _PAIR.fullmatch(line)
        item = _ITEM.fullmatch(line)
        if pair:
            key = _key(pair[1])
            data.setdefault(key, _value(pair[2] or ""))
        elif item and key and not isinstance(data[key], str | None):
            data[key].append(_scalar(item[1]))
        elif item and key and not data[key]:
            data[key] = [_scalar(item[1])]
    return data


def _key(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def _value(written: str) -> Any:
    text = _COMMENT.sub("", written).strip() if written[:1] not in "\"'" else written.strip()
    if text.startswith("[") and text.endswith("]"):
        return [_scalar(item) for item in text[1:-1].split(",") if item.strip()]
    return _scalar(text)


def _scalar(written: str) -> str:
    text = written.strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        inner = text[1:-1]
        return inner.replace("''", "'") if text[0] == "'" else inner.replace('\\"', '"')
    return text


def _all(data: Mapping[str, Any], names: tuple[str, ...]) -> list[str]:
    values = (data.get(name) for name in names)
    return [
        one_line(str(value)) for value in values if value and not isinstance(value, list | dict)
    ]


def _first(data: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next(iter(_all(data, names)), "")


def _tags(data: Mapping[str, Any]) -> tuple[str, ...]:
    found = next((data[name] for name in _TAGS if data.get(name)), ())
    items = found if isinstance(found, list) else str(found).split(",")
    return tuple(dict.fromkeys(tag for item in items if (tag := one_line(str(item))[:64])))
