"""The rows of the inspector: what stands at the selection, then all that the article has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from reader.annotation.annotation_set import AnnotationSet, Placed
from reader.annotation.layers import decision_in
from reader.annotation.model import Attributed, ClaimMention, Mention, Note, Ref, ref_to
from reader.annotation.schema import Schema
from reader.tui.widgets.inspector_listing import Entry, Listing, Place, heading, narrowed, typed
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row, wrapped

OtherName = Callable[[str], str]


class Room(NamedTuple):
    """The room of an inspector.

    Attributes:
        columns: How many columns its rows have.
        text: Screen columns for texts; longer ones are broken into lines.
        details: Rows to keep for what stands under the selection, so that the
            rest of the list stays where it is.
    """

    columns: int
    text: int
    details: int


def inspector_rows(
    listing: Listing,
    records: AnnotationSet,
    schema: Schema,
    here: Sequence[Placed],
    room: Room,
    other: OtherName,
) -> list[Row]:
    """Return all rows of the inspector.

    Args:
        listing: What the article has.
        records: Its records and the shared ones.
        schema: For the colours of types, and which are of values.
        here: What stands under the selection, innermost first.
        room: How much room there is.
        other: Gives the name of an annotator who is somebody else, else "".
    """
    rows = _Details(records, schema, other)
    found = (narrowed(row, room.columns) for row in rows.at_selection(here))
    details = [part for row in found for part in _whole(row, room.text)]
    rest = listing.lit({placed.record.id for placed in here})
    blank = Row((Cell(""),), more=True)
    return [*details, *[blank] * (room.details - len(details) if rest else 0), *rest]


class _Details:
    """Makes the rows about what stands under the selection."""

    def __init__(self, records: AnnotationSet, schema: Schema, other: OtherName) -> None:
        self.records = records
        self.schema = schema
        self.other = other

    def at_selection(self, here: Sequence[Placed]) -> Iterator[Row]:
        """Everything about what stands under the selection."""
        yield heading("At the selection" if here else "Nothing marked here")
        for placed in here:
            place = placed.span.fragments
            if isinstance(placed.record, Mention):
                yield from self._mention_details(placed.record, place)
            elif isinstance(placed.record, ClaimMention):
                yield from self._claim_details(placed.record, place)
            else:
                cells = (Cell(placed.role, "dim"), Cell(placed.span.quote), Cell(""), Cell(""))
                yield Row(cells, Entry(place))
            if by := self.other(placed.record.annotator):
                yield _detail("by", by, place)

    def _mention_details(self, mention: Mention, place: Place) -> Iterator[Row]:
        kind = "" if mention.kind == "name" else mention.kind
        row = typed(self.schema, mention.type, mention.span.quote, "", kind, Entry(place))
        yield replace(row, lit=True)
        entity = self.records.entity(mention.entity)
        if entity is None and mention.type not in self.schema.values:
            yield _detail("entity", "not linked yet", place)
        elif entity is not None:
            differs = "" if entity.type == mention.type else f"is {entity.type}!"
            yield _detail("entity", entity.name, place, differs or entity.type)
            for alias in entity.aliases:
                yield _detail("alias", alias.text, place, alias.language)
        yield from self._attributes(mention, place)
        yield from self._notes_on(ref_to(mention), place)

    def _claim_details(self, mention: ClaimMention, place: Place) -> Iterator[Row]:
        cells = (Cell("claim", "strong"), Cell(mention.span.quote), Cell(""), Cell(""))
        yield Row(cells, Entry(place), lit=True)
        claim = self.records.claim(mention.claim)
        claimant = self.records.entity(mention.claimant)
        yield _detail("says", claim.text if claim else "no statement yet", place)
        if claimant is not None:
            yield _detail("claimant", claimant.name, place, claimant.type)
        speaks_for = self.records.entity(mention.affiliation)
        if speaks_for is not None:
            yield _detail("for", speaks_for.name, place, speaks_for.type)
        attribution = self.records.attribution(mention.attribution)
        for role in ("source", "cue"):
            span = getattr(attribution, role, None)
            if span is not None:
                yield _detail(role, span.quote, span.fragments)
        if attribution is not None:
            yield from self._attributes(attribution, place)
        how = f"{mention.polarity}, {mention.mode}, held {mention.epistemic}"
        yield _detail("how", f"{how}, check: {mention.check_worthy}", place)
        yield from self._attributes(mention, place)
        if claim is not None:
            yield from self._attributes(claim, place)
        yield from self._notes_on(ref_to(mention), place)

    def _attributes(self, record: Attributed, place: Place) -> Iterator[Row]:
        """What the attributes of the schema say of a record, and what it ought to say."""
        if not self.schema.attributes:
            return
        # Loaded only where a schema has some: the first paint does without as a rule.
        from reader.annotation.attribute_actions import in_words
        from reader.annotation.rules import unsaid

        for name, value in record.attributes:
            attribute = self.schema.attribute(name)
            title = name if attribute is None else attribute.title
            yield _detail(title, in_words(attribute, value), place)
        for attribute in unsaid(record, self.schema):
            yield _detail(attribute.title, "not said yet", place, "!")

    def _notes_on(self, ref: Ref, place: Place) -> Iterator[Row]:
        for note in self.records.notes_on(ref):
            decided = _decided(note, self.other)
            yield _detail("decided" if decided else "note", decided or note.text, place)


def _decided(note: Note, other: OtherName) -> str:
    """Say what was decided, by whom; "" when the note is no decision."""
    words = decision_in(note)
    return words and f"{words}, by {isolated(other(note.annotator) or 'you')}"


def _whole(row: Row, width: int) -> list[Row]:
    """Show all of a row's text, in as many rows as that takes."""
    return [row] if row.heading else wrapped(row, 1, width)


def _detail(name: str, text: str, place: Place, remark: str = "") -> Row:
    cells = (Cell(f" {name}", "dim"), Cell(text), Cell(""), Cell(remark, "dim", base=0))
    return Row(cells, Entry(place))


def words_for(
    here: Sequence[Placed], records: AnnotationSet, schema: Schema, other: OtherName
) -> tuple[str, ...]:
    """Say what stands under the selection, innermost first, in pieces of one direction."""
    return tuple(chain.from_iterable(_words(placed, records, schema, other) for placed in here))


def _line(text: str) -> str:
    return " ".join(text.split())


def _words(
    placed: Placed, records: AnnotationSet, schema: Schema, other: OtherName
) -> Iterator[str]:
    record = placed.record
    by = other(record.annotator)
    if isinstance(record, Mention):
        entity = records.entity(record.entity)
        yield from (f"{record.type} ", "“", record.span.quote, "”")
        if entity is not None:
            yield from (" = ", entity.name)
        elif record.type not in schema.values:
            yield " not linked" if by else " not linked: Enter links it"
        if entity is not None and entity.type != record.type:
            yield f" is {entity.type}!"
    elif isinstance(record, ClaimMention):
        claim = records.claim(record.claim)
        yield from ("claim ", claim.text if claim is not None else record.span.quote)
    else:
        yield from (f"{placed.role} ", "“", placed.span.quote, "”")
    if by:
        yield from (", by ", by)
    for note in records.notes_on(ref_to(record)):
        decided = _decided(note, other)
        yield from (" · decided: " if decided else " · note: ", decided or _line(note.text))
    yield "   "
