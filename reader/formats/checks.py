"""Is a document right in itself, and beside what the library holds?

Each problem is a `FormatError` of one line that names the place in the
document, what was found, and what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from reprlib import repr as short_repr
from typing import Protocol

from reader.annotation.model import (
    Annotator,
    Claim,
    ClaimMention,
    Entity,
    Note,
    Record,
    Ref,
    Relation,
    Status,
    article_of,
    kind_of,
)
from reader.annotation.references import map_spans, people, references
from reader.annotation.rules import problem
from reader.annotation.spans import Span, make_span
from reader.annotation.wikidata import fault
from reader.errors import FormatError
from reader.formats.article_checks import check_article, check_range, mismatch
from reader.formats.contents import Contents
from reader.formats.document import ArticleData, Located

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")
_SHARED = ("entity", "claim", "relation")
_ON_SPANS = ("mention", "attribution", "claim_mention")


class Known(Protocol):
    """What is there beside the document: the library, and what came in before."""

    def text(self, article: str) -> str | None:
        """Return the text of an article, or None when there is no such article."""

    def has(self, ref: Ref) -> bool:
        """Tell whether there is such a record."""

    def kind(self, id: str) -> str | None:
        """Return the kind of the record with this id, or None when there is none."""

    def has_person(self, annotator: str) -> bool:
        """Tell whether there is such an annotator."""


class Checks:
    """The contents of a file, each thing checked as it is given.

    Args:
        contents: What the file holds.
        known: What its records may refer to beside.
    """

    def __init__(self, contents: Contents, known: Known) -> None:
        self._contents, self._known = contents, known
        self._last: tuple[str, str | None] = ("", None)

    def people(self) -> Iterator[tuple[str, Annotator]]:
        """Give the people.

        Raises:
            FormatError: Naming the first thing that is wrong; likewise for articles and records.
        """
        for path, who in self._contents.people():
            _check_id(who.id, path)
            if not who.name.strip():
                raise FormatError(f"{path}.name: is empty; write a name.")
            yield path, who

    def articles(self) -> Iterator[tuple[str, ArticleData]]:
        """Give the articles; those before which others stand may come later."""
        for path, article in self._contents.articles():
            check_article(article, path)
            if article.replaces is not None and self.text(article.replaces) is None:
                raise _missing(f"{path}.replaces", "article", article.replaces)
            if article.updated_by is not None and not self.has_person(article.updated_by):
                raise _nobody(f"{path}.updated_by", article.updated_by)
            yield path, article

    def records(self) -> Iterator[Located]:
        """Give the records, with the context of every span filled in."""
        return map(self._checked, self._contents.records())

    def text(self, article: str) -> str | None:
        """Return a text of the file, or one that is known."""
        # Most records stand beside others of their article.
        if self._last[0] != article:
            here = self._contents.text(article)
            self._last = article, self._known.text(article) if here is None else here
        return self._last[1]

    def has(self, ref: Ref) -> bool:
        """Tell whether something is in the file, or known."""
        if ref.kind == "article":
            return self.text(ref.id) is not None
        return self._contents.has(ref) or self._known.has(ref)

    def has_person(self, id: str) -> bool:
        """Tell whether somebody is in the file, or known."""
        return self._contents.has_person(id) or self._known.has_person(id)

    def record(self, ref: Ref) -> Record | None:
        """Return a record of the file, or None."""
        return self._contents.record(ref)

    def _checked(self, place: Located) -> Located:
        record, path = place.record, place.path
        if not isinstance(record, Status):
            _check_id(record.id, path)
        if place.article is not None and self.text(place.article) is None:
            raise _missing(path, "article", place.article)
        where = _named(place)
        _check_home(place, where)
        _check_wording(record, where)
        _check_names(record, where, self)
        _check_confidence(record, where)
        wrong = problem(record, self._contents.schema, self.record)
        if wrong is not None:
            raise broken(place, wrong, "the schema of the file")
        _check_kind_in_library(record, where, self._known)
        settled = map_spans(record, _settling(place, where, self))
        return replace(place, record=settled)


def _check_id(id: str, where: str) -> None:
    if not _ID.fullmatch(id):
        raise FormatError(
            f"{where}.id: {short_repr(id)} should be up to 64 letters and digits, best a ULID."
        )


def _check_home(place: Located, where: str) -> None:
    """A record under an article belongs to it, one at the top to none."""
    if article_of(place.record) != place.article:
        wanted = place.article or "null"
        raise FormatError(f"{where}: its article should be {wanted}, where it stands.")


def _check_wording(record: Record, where: str) -> None:
    """What is shown by its words alone needs some."""
    field = {Entity: "name", Claim: "text", Note: "text"}.get(type(record))
    if field and not getattr(record, field).strip():
        raise FormatError(f"{where}.{field}: is empty; write something, or leave the record out.")
    if isinstance(record, Entity) and (wrong := fault(record.links)):
        raise FormatError(f"{where}.links: {wrong}.")


def _check_names(record: Record, where: str, page: Checks) -> None:
    for field, id in people(record):
        if not page.has_person(id):
            raise _nobody(f"{where}.{field}", id)
    for field, ref in references(record):
        _check_end(record, ref, f"{where}.{field}", page)
    if isinstance(record, ClaimMention) and record.attribution is not None:
        _check_same_article(Ref("attribution", record.attribution), record, where, page)
    if isinstance(record, Note) and record.on.kind in _ON_SPANS:
        _check_same_article(record.on, record, where, page)


def _check_end(record: Record, ref: Ref, where: str, page: Checks) -> None:
    allowed = _ends(record)
    if ref.kind not in allowed:
        kinds = ", ".join(allowed)
        raise FormatError(f"{where}.kind: {short_repr(ref.kind)} is not one of {kinds}.")
    if not page.has(ref):
        raise _missing(where, ref.kind, ref.id)


def _ends(record: Record) -> tuple[str, ...]:
    """Return the kinds of record that this one may point at."""
    if not isinstance(record, Note):
        return (*_SHARED[:2], *_ON_SPANS)
    return ("note", *_SHARED) if record.article is None else ("article", "note", *_ON_SPANS)


def _check_same_article(ref: Ref, record: Record, where: str, page: Checks) -> None:
    there = page.record(ref)
    if there is not None and article_of(there) != article_of(record):
        raise FormatError(f"{where}: the {ref.kind} {ref.id} stands in another article.")


def _nobody(where: str, id: str) -> FormatError:
    return FormatError(
        f"{where}: there is no annotator {short_repr(id)}, "
        "neither in the file nor in the library; add the annotator."
    )


def _missing(where: str, kind: str, id: str) -> FormatError:
    return FormatError(
        f"{where}: there is no {kind.replace('_', ' ')} {short_repr(id)}, "
        "neither in the file nor in the library; export it along."
    )


def _check_confidence(record: Record, where: str) -> None:
    sure = record.confidence if isinstance(record, Relation) else None
    if sure is not None and not 0 <= sure <= 1:
        raise FormatError(f"{where}.confidence: should be from 0 to 1, or null.")


def broken(place: Located, wrong: str, schema: str) -> FormatError:
    """Return the error of a record that breaks a rule of a schema.

    Args:
        place: The record, and where it stands.
        wrong: What `reader.annotation.rules` says.
        schema: Which schema that is, in words.
    """
    return FormatError(f"{_named(place)}: {wrong} Correct the record, or {schema}.")


def _named(place: Located) -> str:
    kind = kind_of(place.record).replace("_", " ")
    return f"{place.path} ({kind} {place.record.id})"


def _check_kind_in_library(record: Record, where: str, known: Known) -> None:
    """An id stands for one thing, whatever its kind."""
    kind = known.kind(record.id)
    if kind not in (None, kind_of(record)):
        raise FormatError(
            f"{where}: the library has a {str(kind).replace('_', ' ')} with this id; "
            "give the record a new one."
        )


def _settling(place: Located, where: str, page: Checks) -> Callable[[Span, str], Span]:
    """Return what checks a span against the text and gives it its full context."""

    def settle(span: Span, field: str) -> Span:
        text = page.text(span.article)
        if text is None:
            raise _missing(where + field, "article", span.article)
        if not isinstance(place.record, Claim) and span.article != place.article:
            raise FormatError(f"{where}{field}: its article should be {place.article}.")
        check_range(text, span.start, span.end, where + field)
        if text[span.start : span.end] != span.quote:
            raise mismatch(where + field, span.article, text, (span.start, span.end), span.quote)
        settled = make_span(span.article, text, span.fragments)
        if not settled.prefix.endswith(span.prefix) or not settled.suffix.startswith(span.suffix):
            raise FormatError(
                f"{where}{field}: the text before or after the quote is not its prefix or suffix; "
                "leave them out, or give what stands there."
            )
        return settled

    return settle
