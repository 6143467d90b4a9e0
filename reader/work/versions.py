"""New versions of articles: what is marked is carried over, and the rest placed by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from reader.annotation.actions import shorten
from reader.annotation.alignment import Alignment
from reader.annotation.carrying import (
    Carried,
    Leftover,
    carried_id,
    carried_note,
    carried_relation,
    carry_over,
    leftovers,
    successor,
)
from reader.annotation.changes import Action, Change
from reader.annotation.ids import new_id, now
from reader.annotation.model import (
    Annotator,
    Attribution,
    ClaimMention,
    Note,
    Record,
    Ref,
    Relation,
    ref_to,
)
from reader.annotation.spans import Range, Span
from reader.corpus.article import Article
from reader.session import Session
from reader.store.library import Library


def replace_article(
    library: Library, annotator: Annotator, old: Article, new: Article, alignment: Alignment
) -> Carried:
    """Put a new version in the place of an article, as one action that undo takes back.

    Args:
        library: Where the old version is.
        annotator: Who does so.
        old: The version before, which stays, out of the list.
        new: The version after; if the library has it, it is removed there.
        alignment: Of the texts of both.
    """
    records = (*library.records.within(old.id), *library.records.relations_in(old.id))
    lefts = waiting(library, old.id)
    carried = carry_over(annotator, records, old, new, alignment, lefts)
    library.add_version(annotator, new, carried.action)
    return carried


def older_versions(library: Library) -> frozenset[str]:
    """Return the ids of the articles that listed ones stand in the place of."""
    links = library.articles.links()
    older: set[str] = set()
    for entry in library.articles.listed(""):
        version = links[entry.id].replaces
        while version is not None and version not in older:
            older.add(version)
            version = links[version].replaces
    return frozenset(older)


def waiting(library: Library, article: str) -> tuple[Leftover, ...]:
    """Return what waits to be placed in an article, in the order of the version before."""
    here = Ref("article", article)
    own = library.records.within(article)
    notes = [record for record in own if isinstance(record, Note) and record.on == here]
    if not notes:
        return ()
    found = leftovers(article, notes, _earlier(library, article))
    return tuple(sorted(found, key=lambda left: (left.span.start, left.span.end, left.part)))


def _earlier(library: Library, article: str) -> Iterator[Record]:
    """The records in all versions before one."""
    passed = {article}
    version = library.articles.read(article).replaces
    while version is not None and version not in passed:
        passed.add(version)
        yield from library.records.within(version)
        version = library.articles.read(version).replaces


def place(session: Session, left: Leftover, ranges: Iterable[Range]) -> None:
    """Place what was left over on ranges of the open article, with its notes and relations.

    Raises:
        AnnotationError: If nothing is selected.
        UsageError: If no article is open.
    """
    span = session.span(ranges)
    changes = tuple(_placing(session.library, left, span))
    what = f"place “{shorten(left.span.quote)}”"
    session.apply(Action(new_id(), session.annotator.id, what, changes, now()))


def let_go(session: Session, lefts: Iterable[Leftover]) -> None:
    """Place something nowhere; it stays in the version before."""
    chosen = tuple(lefts)
    changes = tuple(Change(left.note, None) for left in chosen)
    what = f"let go of “{shorten(chosen[0].span.quote)}”"
    session.apply(Action(new_id(), session.annotator.id, what, changes, now()))


def _placing(library: Library, left: Leftover, span: Span) -> Iterator[Change]:
    yield Change(left.note, None)
    made = _placed(library, left, span)
    yield made
    assert made.after is not None
    if made.before is None:
        yield from _users(library, left.record, made.after, span.article)
        yield from _companions(library, left, made.after)


def _placed(library: Library, left: Leftover, span: Span) -> Change:
    """The record in the new version, or its further part."""
    record, version = left.record, span.article
    known: Any
    if isinstance(record, Attribution):
        known = library.records.get(Ref("attribution", carried_id(record.id, version)))
        if known is not None:
            fields: dict[str, Any] = {left.part: span}
            return Change(known, replace(known, updated=now(), **fields))
        parts: dict[str, Any] = {"source": None, "cue": None, "content": None, left.part: span}
        return Change(None, successor(record, version, article=version, **parts))
    if isinstance(record, ClaimMention) and record.attribution is not None:
        known = library.records.get(Ref("attribution", carried_id(record.attribution, version)))
        attribution = None if known is None else known.id
        return Change(None, successor(record, version, span=span, attribution=attribution))
    return Change(None, successor(record, version, span=span))


def _users(library: Library, old: Record, made: Record, version: str) -> Iterator[Change]:
    """Give an attribution that was placed to the claim mentions that waited for it."""
    if not isinstance(old, Attribution):
        return
    for user in library.records.within(old.article):
        if isinstance(user, ClaimMention) and user.attribution == old.id:
            known = library.records.get(Ref("claim_mention", carried_id(user.id, version)))
            if isinstance(known, ClaimMention) and known.attribution is None:
                yield Change(known, replace(known, attribution=made.id, updated=now()))


def _companions(library: Library, left: Leftover, made: Record) -> Iterator[Change]:
    """The notes and relations that hang on what was placed, as far as their ends are there."""
    version, article = left.note.article or "", left.span.article
    own = library.records.within(article)
    related = library.records.relations_in(article)
    inside = frozenset(map(ref_to, own))

    def successor_of(ref: Ref) -> Ref | None:
        if ref == ref_to(left.record):
            return ref_to(made)
        if ref not in inside:
            return ref
        there = Ref(ref.kind, carried_id(ref.id, version))
        return there if library.records.get(there) is not None else None

    ours = ref_to(left.record)
    for record in (*own, *related):
        if isinstance(record, Note) and record.on == ours:
            yield Change(None, carried_note(record, version, ref_to(made)))
        elif isinstance(record, Relation) and ours in (record.source, record.target):
            relation = carried_relation(record, version, successor_of)
            if relation is not None:
                yield Change(None, relation)
