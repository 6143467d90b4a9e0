"""What a record names: other records, people, places in articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from reader.annotation.model import (
    Annotator,
    ArticleDetails,
    Attribution,
    Claim,
    ClaimMention,
    Entity,
    Mention,
    Note,
    Record,
    Ref,
    Refusal,
    Relation,
    SchemaRecord,
    Suggestion,
    spans_of,
)
from reader.annotation.spans import Span
from reader.corpus.article import Article


def references(record: Record) -> Iterator[tuple[str, Ref]]:
    """Give the fields that name another record, with what they name.

    An article counts as a record of kind `article` here.
    """
    if isinstance(record, Relation):
        yield "source", record.source
        yield "target", record.target
    elif isinstance(record, Note):
        yield "on", record.on
    for name, kind in _fields(record):
        id: str | None = getattr(record, name)
        if id is not None:
            yield name, Ref(kind, id)


def _fields(record: Record) -> tuple[tuple[str, str], ...]:
    """Return the fields of a record that hold an id, with the kind they point at."""
    if isinstance(record, Mention | Suggestion):
        return (("entity", "entity"),)
    if isinstance(record, Attribution):
        return (("source_entity", "entity"),)
    if isinstance(record, ClaimMention):
        entities = (("claimant", "entity"), ("affiliation", "entity"))
        return (("claim", "claim"), ("attribution", "attribution"), *entities)
    if isinstance(record, Claim):
        return (("place", "entity"),)
    if isinstance(record, Entity):
        return (("merged_into", "entity"),)
    return ()


def map_refs(record: Any, ref: Callable[[Ref], Ref], person: Callable[[str], str]) -> Any:
    """Return a record with what it names changed: other records, and annotators."""
    changed: dict[str, Any] = {}
    for name, old in references(record):
        new = ref(old)
        changed[name] = new if isinstance(getattr(record, name), Ref) else new.id
    changed |= {name: person(id) for name, id in people(record)}
    return replace(record, **changed)


def next_in_chain(record: Record | Article) -> Ref | None:
    """Return what a record hands on to: a merged entity, a note's note, an earlier version.

    Such a chain has an end.
    """
    if isinstance(record, Article):
        return None if record.replaces is None else Ref("article", record.replaces)
    if isinstance(record, Entity):
        return None if record.merged_into is None else Ref("entity", record.merged_into)
    if isinstance(record, Note) and record.on.kind == "note":
        return record.on
    return None


def people(record: Record) -> Iterator[tuple[str, str]]:
    """Give the fields that name an annotator, with the annotator's id."""
    if isinstance(record, ArticleDetails):
        if record.updated_by is not None:
            yield "updated_by", record.updated_by
        return
    if isinstance(record, SchemaRecord | Annotator):
        return
    names = ("created_by", "updated_by") if isinstance(record, Entity | Claim) else ("annotator",)
    for name in names:
        yield name, getattr(record, name)


def all_spans(record: Record) -> tuple[Span, ...]:
    """Return the spans of a record, also those of a claim's evidence."""
    if isinstance(record, Claim):
        return tuple(item.span for item in record.evidence if item.span is not None)
    return spans_of(record)


def map_spans(record: Record, change: Callable[[Span, str], Span]) -> Record:
    """Return a record with each span changed.

    Args:
        record: The record.
        change: Gets a span and the name of its field (such as `.cue`; nothing
            for the span the record stands on) and gives the new one.
    """
    if isinstance(record, Mention | ClaimMention | Refusal | Suggestion):
        return replace(record, span=change(record.span, ""))
    if isinstance(record, Attribution):
        source, cue, content = record.source, record.cue, record.content
        return replace(
            record,
            source=source and change(source, ".source"),
            cue=cue and change(cue, ".cue"),
            content=content and change(content, ".content"),
        )
    if isinstance(record, Claim):
        evidence = tuple(
            item if item.span is None else replace(item, span=change(item.span, f".evidence[{i}]"))
            for i, item in enumerate(record.evidence)
        )
        return replace(record, evidence=evidence)
    return record
