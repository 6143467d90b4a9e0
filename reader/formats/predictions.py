"""Predictions of a model: JSON lines, each a mention that the model proposes.

A line is an object with `article` (its id, or the name of its file), `start`
and `end` (code points of the stored text, end exclusive), `quote` (the text in
between), `type`, and perhaps `score` (0 to 1), `entity` (id or name of one in the
library) and `model`. Whatever else it has is passed over.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import PurePath
from typing import Any, NamedTuple

from reader.annotation.ids import new_id, now
from reader.annotation.model import Entity, Suggestion
from reader.annotation.spans import make_span
from reader.corpus.article import Article
from reader.errors import FormatError
from reader.store.library import Library

_LONGEST = 200
"""Code points of a model's name."""
_SHOWN = 40
"""Code points of a text that a message quotes."""


class Predictions(NamedTuple):
    """What a file of predictions brings.

    Attributes:
        new: Suggestions that the library does not have.
        known: How many it has already, or are twice in the file.
    """

    new: tuple[Suggestion, ...]
    known: int


def read_predictions(
    library: Library, data: bytes, where: str, model: str, annotator: str
) -> Predictions:
    """Check predictions against the library.

    Args:
        library: Whose articles they are about.
        data: What the file holds.
        where: How to call the file in errors.
        model: What to call the model in lines that do not name it.
        annotator: Id of who imports.

    Raises:
        FormatError: Naming the line, and what would be right.
    """
    reading = _Reading(library, model, annotator)
    new: dict[object, Suggestion] = {}
    known = 0
    for number, line in _lines(data, where):
        try:
            record = reading.suggestion(line)
        except FormatError as error:
            message = f"{where}: line {number}: {error.message} Nothing was imported."
            raise FormatError(message) from error
        key = _key(record)
        if key in new or key in reading.stored(record.span.article):
            known += 1
        else:
            new[key] = record
    return Predictions(tuple(new.values()), known)


def _lines(data: bytes, where: str) -> Iterator[tuple[int, str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(
            f"{where}: not UTF-8 at byte {error.start}; save it as UTF-8. Nothing was imported."
        ) from error
    # Only LF ends a line: others may stand inside the strings of JSON.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def _key(record: Suggestion) -> object:
    return record.span.article, record.span.fragments, record.type, record.model


class _Reading:
    """Reads the lines of one file; the articles they name are read once."""

    def __init__(self, library: Library, model: str, annotator: str) -> None:
        self._library, self._model, self._annotator = library, model, annotator
        self._types = {kind.name for kind in library.schema().offered}
        self._articles: dict[str, Article] = {}
        self._stored: dict[str, frozenset[object]] = {}

    def suggestion(self, line: str) -> Suggestion:
        """Turn a line into a suggestion.

        Raises:
            FormatError: If it cannot be right.
        """
        given = _object(line)
        article = self._article(_text(given, "article"))
        start, end = _offset(given, "start"), _offset(given, "end")
        _check_place(article, start, end, _text(given, "quote"))
        moment = now()
        return Suggestion(
            new_id(),
            make_span(article.id, article.text, [(start, end)]),
            self._type(_text(given, "type")),
            self._annotator,
            moment,
            moment,
            _model(given, self._model),
            _score(given),
            self._entity(given.get("entity")),
        )

    def stored(self, article: str) -> frozenset[object]:
        """Return what the library has of an article already."""
        if article not in self._stored:
            records = self._library.records.within(article)
            found = frozenset(_key(each) for each in records if isinstance(each, Suggestion))
            self._stored[article] = found
        return self._stored[article]

    def _article(self, name: str) -> Article:
        if name not in self._articles:
            ids = [name] if name in self._ids else self._named.get(name, [])
            if len(ids) != 1:
                many = "several articles are" if ids else "no article of the library is"
                raise FormatError(
                    f"{many} “{_short(name)}”; give the id that `reader list` shows on a pipe."
                )
            self._articles[name] = self._library.articles.read(ids[0])
        return self._articles[name]

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(entry.id for entry in self._library.articles.listed(""))

    @cached_property
    def _named(self) -> Mapping[str, list[str]]:
        """Ids of articles by their sources, whole and without folders."""
        found: dict[str, list[str]] = {}
        for id in self._ids:
            sources = self._library.articles.read(id).sources
            for name in {*sources, *(PurePath(source).name for source in sources)}:
                found.setdefault(name, []).append(id)
        return found

    def _type(self, type: str) -> str:
        if type not in self._types:
            known = ", ".join(sorted(self._types))
            raise FormatError(f"there is no type “{_short(type)}”; known are {known}.")
        return type

    def _entity(self, given: Any) -> str | None:
        if given is None:
            return None
        found = self._entities.get(given, []) if isinstance(given, str) else []
        if len(found) != 1:
            many = "several entities have" if found else "no entity of the library has"
            raise FormatError(f"{many} the id or name “{_short(str(given))}”; leave it out.")
        return found[0]

    @cached_property
    def _entities(self) -> Mapping[str, list[str]]:
        """Ids of entities by id and by name."""
        found: dict[str, list[str]] = {}
        for record in self._library.records.shared():
            if isinstance(record, Entity) and record.merged_into is None:
                for name in dict.fromkeys((record.id, record.name)):
                    found.setdefault(name, []).append(record.id)
        return found


def _object(line: str) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "nested too deeply")
        raise FormatError(f"not JSON ({reason}); each line should be one object.") from error
    if not isinstance(given, dict):
        raise FormatError("should be a JSON object with article, start, end, quote and type.")
    return given


def _text(given: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = given.get(name, default)
    if not isinstance(value, str) or not value:
        raise FormatError(f"{name} should be a string that is not empty.")
    return value


def _model(given: Mapping[str, Any], default: str) -> str:
    name = _text(given, "model", default)
    if len(name) > _LONGEST or any(unicodedata.category(c) in ("Cc", "Cs") for c in name):
        raise FormatError(
            f"model should be a name of {_LONGEST} characters at most, without control characters."
        )
    return name


def _offset(given: Mapping[str, Any], name: str) -> int:
    value = given.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise FormatError(f"{name} should be a number of code points.")
    return value


def _score(given: Mapping[str, Any]) -> float | None:
    value = given.get("score")
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise FormatError("score should be a number from 0 to 1.")
    return float(value)


def _check_place(article: Article, start: int, end: int, quote: str) -> None:
    text = article.text
    if start >= end or end > len(text):
        raise FormatError(
            f"{start}-{end} is no range of the text, which has {len(text)} code points."
        )
    if text[start:end] != quote:
        raise FormatError(
            f"the text has “{_short(text[start:end])}” at {start}-{end}, not “{_short(quote)}”; "
            f"{_cure(text, start, quote)}"
        )


def _cure(text: str, start: int, quote: str) -> str:
    """Say where the words stand, or what the offsets may count instead."""
    near = [place for place in (text.rfind(quote, 0, start), text.find(quote, start)) if place >= 0]
    if not near:
        return "the quote is nowhere in it."
    place = min(near, key=lambda each: abs(each - start))
    return f"it stands at {place}-{place + len(quote)}: count code points, not bytes or UTF-16."


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
