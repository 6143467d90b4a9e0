"""The JSON document as values: what the fields are, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from reader.annotation.codec import encode
from reader.annotation.model import (
    Annotator,
    Attribution,
    Claim,
    ClaimMention,
    Entity,
    Mention,
    Note,
    Record,
    Refusal,
    Relation,
    Status,
    StatusValue,
    Suggestion,
    status_id,
)
from reader.annotation.schema import Schema, encode_schema
from reader.corpus.article import Article, Direction, LanguageMethod, RoleRange
from reader.values import dataclass

FORMAT = "bidi-reader"
VERSION = 1

_WHEN_SAID = frozenset(("heading", "updated", "updated_by", "removed", "refusals", "suggestions"))


@dataclass(frozen=True, slots=True)
class Title:
    """The headline: its place in the text, and its words."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class ArticleStatus:
    """How far an annotator is with the article this stands in."""

    annotator: str
    value: StatusValue
    updated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleData:
    """An article with the records that belong to it; see `reader.corpus.article.Article`.

    What has no default has to be given.
    """

    id: str
    text: str
    sha256: str
    source_sha256: str
    encoding: str
    bom: bool = False
    sources: tuple[str, ...] = ()
    title: Title | None = None
    heading: str = ""
    language: str
    language_confidence: float = 0.0
    language_method: LanguageMethod = "none"
    direction: Direction
    publisher: str | None = None
    published: str | None = None
    tags: tuple[str, ...] = ()
    replaces: str | None = None
    added: str
    updated: str | None = None
    updated_by: str | None = None
    removed: bool = False
    roles: tuple[RoleRange, ...] = ()
    status: tuple[ArticleStatus, ...] = ()
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claim_mentions: tuple[ClaimMention, ...] = ()
    notes: tuple[Note, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Everything a file holds.

    Attributes:
        schema: The types that the records use.
        annotators: Everybody whom a record names.
        articles: Texts with what is marked in them.
        entities: Entities of all articles.
        claims: Claims of all articles.
        relations: Relations between any records.
        notes: Notes on entities, claims and relations.
    """

    schema: Schema
    annotators: tuple[Annotator, ...] = ()
    articles: tuple[ArticleData, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Located:
    """A record and where it stands in the document.

    Attributes:
        path: For messages, for example `articles[0].mentions[3]`.
        record: The record.
        article: Id of the article it stands under, or None at the top.
    """

    path: str
    record: Record
    article: str | None


IN_ARTICLES = ("mentions", "attributions", "claim_mentions", "notes", "refusals", "suggestions")
"""Fields of an article that hold records."""

_AT_THE_TOP = ("entities", "claims", "relations", "notes")


def located(document: Document) -> Iterator[Located]:
    """Give every record of a document, those of the articles first."""
    for i, article in enumerate(document.articles):
        yield from located_in(article, f"articles[{i}]")
    for name in _AT_THE_TOP:
        for j, record in enumerate(getattr(document, name)):
            yield Located(f"{name}[{j}]", record, None)


def located_in(article: ArticleData, path: str) -> Iterator[Located]:
    """Give every record of an article that stands at a place of the document."""
    for name in IN_ARTICLES:
        for j, record in enumerate(getattr(article, name)):
            yield Located(f"{path}.{name}[{j}]", record, article.id)
    for j, status in enumerate(article.status):
        yield Located(f"{path}.status[{j}]", status_of(article.id, status), article.id)


def to_article(data: ArticleData) -> Article:
    """Return the article without its records."""
    return Article(
        id=data.id,
        text=data.text,
        text_sha256=data.sha256,
        source_sha256=data.source_sha256,
        encoding=data.encoding,
        bom=data.bom,
        sources=data.sources,
        publisher=data.publisher,
        published=data.published,
        title=None if data.title is None else (data.title.start, data.title.end),
        language=data.language,
        language_confidence=data.language_confidence,
        language_method=data.language_method,
        direction=data.direction,
        roles=data.roles,
        tags=data.tags,
        replaces=data.replaces,
        added=data.added,
        heading=data.heading,
        removed=data.removed,
        updated=data.updated,
        updated_by=data.updated_by,
    )


def from_article(article: Article, records: tuple[Record, ...]) -> ArticleData:
    """Return an article with the records that stand in it, each kind by id."""
    title = article.title
    return ArticleData(
        id=article.id,
        text=article.text,
        sha256=article.text_sha256,
        source_sha256=article.source_sha256,
        encoding=article.encoding,
        bom=article.bom,
        sources=article.sources,
        title=None if title is None else Title(*title, article.text[slice(*title)]),
        heading=article.heading,
        language=article.language,
        language_confidence=article.language_confidence,
        language_method=article.language_method,
        direction=article.direction,
        publisher=article.publisher,
        published=article.published,
        tags=article.tags,
        replaces=article.replaces,
        added=article.added,
        updated=article.updated,
        updated_by=article.updated_by,
        removed=article.removed,
        roles=article.roles,
        status=tuple(
            ArticleStatus(record.annotator, record.value, record.updated)
            for record in _of(records, Status)
        ),
        mentions=_of(records, Mention),
        attributions=_of(records, Attribution),
        claim_mentions=_of(records, ClaimMention),
        notes=_of(records, Note),
        refusals=_of(records, Refusal),
        suggestions=_of(records, Suggestion),
    )


def records_of(data: ArticleData) -> Iterator[Record]:
    """Give the records of an article, each kind in the order in which it stands there."""
    for name in IN_ARTICLES:
        yield from getattr(data, name)
    for status in data.status:
        yield status_of(data.id, status)


def without_records(data: ArticleData) -> ArticleData:
    """Return an article alone."""
    nothing: dict[str, Any] = dict.fromkeys((*IN_ARTICLES, "status"), ())
    return replace(data, **nothing)


def head(schema: Schema) -> dict[str, Any]:
    """Return what a file begins with."""
    return {"format": FORMAT, "version": VERSION, "schema": encode_schema(schema)}


def article_json(data: ArticleData) -> dict[str, Any]:
    """Return an article as plain JSON values, keys in the order of the fields.

    What few articles have is left out where it says nothing.
    """
    encoded: dict[str, Any] = encode(data)
    return {name: value for name, value in encoded.items() if value or name not in _WHEN_SAID}


def status_of(article: str, status: ArticleStatus) -> Status:
    """Return the record of how far an annotator is with an article."""
    id = status_id(article, status.annotator)
    return Status(id, article, status.annotator, status.value, status.updated)


def _of(records: tuple[Record, ...], cls: type[Any]) -> tuple[Any, ...]:
    """Pick the records of a class, by id."""
    return tuple(sorted((r for r in records if isinstance(r, cls)), key=lambda r: str(r.id)))
