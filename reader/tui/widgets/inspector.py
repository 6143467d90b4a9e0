"""The annotations of the article as rows: at the selection, entities, claims, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import NamedTuple, TypeVar

from reader.annotation.annotation_set import AnnotationSet, Placed
from reader.annotation.model import (
    Attribution,
    ClaimMention,
    Entity,
    Mention,
    Note,
    Ref,
    ref_to,
)
from reader.annotation.schema import Schema
from reader.tui.widgets.rows import Cell, Row, wrapped

COLUMNS = (10, 0, 8)
"""Widths of the inspector's columns: kind, text, remark."""

OtherName = Callable[[str], str]
Place = tuple[tuple[int, int], ...]
M = TypeVar("M", Mention, ClaimMention)


def inspector_rows(
    article: str,
    records: AnnotationSet,
    schema: Schema,
    here: Sequence[Placed],
    width: int,
    other: OtherName,
    least: int = 0,
) -> list[Row]:
    """Return all rows of the inspector.

    Args:
        article: Id of the article.
        records: Its records and the shared ones.
        schema: For the colours of types.
        here: What stands under the selection, innermost first.
        width: Columns for texts; longer ones are broken into lines.
        other: Gives the name of an annotator who is somebody else, else "".
        least: Rows to keep for what stands under the selection, so that the
            rest of the list stays where it is.
    """
    rows = _Details(records, schema, other)
    details = [part for row in rows.at_selection(here) for part in _whole(row, width)]
    rest = _listing(article, records, schema).lit({placed.record.id for placed in here})
    blank = Row((Cell(""),), more=True)
    return [*details, *[blank] * (least - len(details) if rest else 0), *rest]


class _Listing(NamedTuple):
    """The rows of an article that are there whatever is selected.

    Attributes:
        rows: The rows.
        places: Number of the row of each mention and claim mention, by id.
    """

    rows: tuple[Row, ...]
    places: dict[str, int]

    def lit(self, ids: Iterable[str]) -> list[Row]:
        """The rows, lit where one of some records stands."""
        rows = list(self.rows)
        for place in {self.places[id] for id in ids if id in self.places}:
            rows[place] = replace(rows[place], lit=True)
        return rows


@lru_cache(maxsize=1)
def _listing(article: str, records: AnnotationSet, schema: Schema) -> _Listing:
    """Kept until the records change: the caret moves far more often than they do."""
    rows = _Rows(article, records, schema)
    found = [*rows.entities(), *rows.claims(), *rows.notes()]
    places = {id: number for number, (_, ids) in enumerate(found) for id in ids}
    return _Listing(tuple(row for row, _ in found), places)


_Listed = tuple[Row, Iterable[str]]
"""A row, and the ids of the mentions that it stands for."""


class _Rows:
    """Makes the rows of one article."""

    def __init__(self, article: str, records: AnnotationSet, schema: Schema) -> None:
        self.article = article
        self.records = records
        self.schema = schema

    def entities(self) -> Iterator[_Listed]:
        """One row for each entity and for each wording that is not linked."""
        groups: dict[str, list[Mention]] = {}
        for mention in self._here(Mention):
            key = mention.entity or f"{mention.type} {mention.span.quote}"
            groups.setdefault(key, []).append(mention)
        if groups:
            yield _heading(f"Entities ({len(groups)})"), ()
        for mentions in groups.values():
            yield self._entity_row(mentions), [mention.id for mention in mentions]

    def _entity_row(self, mentions: Sequence[Mention]) -> Row:
        first = mentions[0]
        entity = self.records.entity(first.entity)
        times = f"×{len(mentions)}" if len(mentions) > 1 else ""
        remark = times if entity is not None else f"{times} ?".strip()
        name = entity.name if entity is not None else first.span.quote
        type = entity.type if isinstance(entity, Entity) else first.type
        return _typed(self.schema, type, name, remark, first.span.fragments)

    def claims(self) -> Iterator[_Listed]:
        """One row for each claim mention."""
        mentions = list(self._here(ClaimMention))
        if mentions:
            yield _heading(f"Claims ({len(mentions)})"), ()
        for mention in mentions:
            claim = self.records.claim(mention.claim)
            denied = "" if mention.polarity == "affirm" else "refutes"
            text = claim.text if claim else mention.span.quote
            place = mention.span.fragments
            cells = (Cell("claim", "strong"), Cell(text), Cell(denied, "dim"))
            yield Row(cells, place), (mention.id,)

    def notes(self) -> Iterator[_Listed]:
        """One row for each note on the article or on something in it."""
        notes = [note for note in self.records.all(Note) if note.article == self.article]
        if notes:
            yield _heading(f"Notes ({len(notes)})"), ()
        for note in notes:
            record = self.records.get(note.on)
            place = _place_of(record)
            on = "article" if record is None else "on " + _short_kind(record)
            yield Row((Cell(on, "dim"), Cell(note.text), Cell("")), place), ()

    def _here(self, cls: type[M]) -> Iterable[M]:
        found = (m for m in self.records.all(cls) if m.span.article == self.article)
        return sorted(found, key=lambda mention: (mention.span.start, -mention.span.end))


class _Details:
    """Makes the rows about what stands under the selection."""

    def __init__(self, records: AnnotationSet, schema: Schema, other: OtherName) -> None:
        self.records = records
        self.schema = schema
        self.other = other

    def at_selection(self, here: Sequence[Placed]) -> Iterator[Row]:
        """Everything about what stands under the selection."""
        yield _heading("At the selection" if here else "Nothing marked here")
        for placed in here:
            place = placed.span.fragments
            if isinstance(placed.record, Mention):
                yield from self._mention_details(placed.record, place)
            elif isinstance(placed.record, ClaimMention):
                yield from self._claim_details(placed.record, place)
            else:
                yield Row((Cell(placed.role, "dim"), Cell(placed.span.quote), Cell("")), place)
            if by := self.other(placed.record.annotator):
                yield _detail("by", by, place)

    def _mention_details(self, mention: Mention, place: Place) -> Iterator[Row]:
        kind = "" if mention.kind == "name" else mention.kind
        yield _typed(self.schema, mention.type, mention.span.quote, kind, place, lit=True)
        entity = self.records.entity(mention.entity)
        if entity is None:
            yield _detail("entity", "not linked yet", place)
        else:
            differs = "" if entity.type == mention.type else f"is {entity.type}!"
            yield _detail("entity", entity.name, place, differs or entity.type)
            for alias in entity.aliases:
                yield _detail("alias", alias.text, place, alias.language)
        yield from self._notes_on(ref_to(mention), place)

    def _claim_details(self, mention: ClaimMention, place: Place) -> Iterator[Row]:
        yield Row((Cell("claim", "strong"), Cell(mention.span.quote), Cell("")), place, lit=True)
        claim = self.records.claim(mention.claim)
        claimant = self.records.entity(mention.claimant)
        yield _detail("says", claim.text if claim else "no statement yet", place)
        if claimant is not None:
            yield _detail("claimant", claimant.name, place, claimant.type)
        attribution = self.records.attribution(mention.attribution)
        for role in ("source", "cue"):
            span = getattr(attribution, role, None)
            if span is not None:
                yield _detail(role, span.quote, span.fragments)
        how = f"{mention.polarity}, {mention.mode}, held {mention.epistemic}"
        yield _detail("how", f"{how}, check: {mention.check_worthy}", place)
        yield from self._notes_on(ref_to(mention), place)

    def _notes_on(self, ref: Ref, place: Place) -> Iterator[Row]:
        for note in self.records.notes_on(ref):
            yield _detail("note", note.text, place)


def _typed(
    schema: Schema, type: str, text: str, remark: str, place: Place, *, lit: bool = False
) -> Row:
    known = schema.entity_type(type)
    colour = known.colour if known is not None else ""
    cells = (Cell(type, colour=colour, base=0), Cell(text), Cell(remark, "dim", base=0))
    return Row(cells, place, lit=lit)


def _whole(row: Row, width: int) -> list[Row]:
    """Show all of a row's text, in as many rows as that takes."""
    return [row] if row.heading else wrapped(row, 1, width)


def _heading(text: str) -> Row:
    return Row((Cell(text, "strong", base=0),), heading=True)


def _detail(name: str, text: str, place: Place, remark: str = "") -> Row:
    return Row((Cell(f" {name}", "dim"), Cell(text), Cell(remark, "dim", base=0)), place)


def _place_of(record: object) -> Place | None:
    if isinstance(record, Mention | ClaimMention):
        return record.span.fragments
    return None


def _short_kind(record: object) -> str:
    if isinstance(record, Mention):
        return record.type
    return "claim" if isinstance(record, ClaimMention | Attribution) else "record"


def words_for(here: Sequence[Placed], records: AnnotationSet, other: OtherName) -> tuple[str, ...]:
    """Say what stands under the selection, innermost first, in pieces of one direction."""
    return tuple(chain.from_iterable(_words(placed, records, other) for placed in here))


def _words(placed: Placed, records: AnnotationSet, other: OtherName) -> Iterator[str]:
    record = placed.record
    by = other(record.annotator)
    if isinstance(record, Mention):
        entity = records.entity(record.entity)
        unlinked = "not linked" if by else "not linked: Enter links it"
        yield from (f"{record.type} ", "“", record.span.quote, "” ")
        yield from ("= ", entity.name) if entity is not None else (unlinked,)
        if entity is not None and entity.type != record.type:
            yield f" is {entity.type}!"
    elif isinstance(record, ClaimMention):
        claim = records.claim(record.claim)
        yield from ("claim ", claim.text if claim is not None else record.span.quote)
    else:
        yield from (f"{placed.role} ", "“", placed.span.quote, "”")
    if by:
        yield from (", by ", by)
    yield "   "
