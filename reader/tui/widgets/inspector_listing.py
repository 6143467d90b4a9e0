"""All that an article has, as rows: entities, claims, notes, under headings with counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple, TypeVar

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.layers import decision_in
from reader.annotation.model import Attribution, ClaimMention, Entity, Mention, Note
from reader.annotation.schema import Schema
from reader.annotation.spans import CONTEXT, Span
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row

Place = tuple[tuple[int, int], ...]
M = TypeVar("M", Mention, ClaimMention)

_ALSO = 2
"""Number of the column that only a wide inspector has."""


class Entry(NamedTuple):
    """What a row of the inspector stands for.

    Attributes:
        place: Where it is in the text; None for nowhere.
        key: What tells the row from others, also after a change; "" for none.
        group: Key of the entity whose mentions can be shown or hidden here; "" for none.
    """

    place: Place | None
    key: str = ""
    group: str = ""


class Unfolded(NamedTuple):
    """An entity, or an unlinked wording, whose mentions are shown.

    Attributes:
        key: Its key.
        mentions: Its mentions in other articles.
        articles: How many articles these are.
    """

    key: str
    mentions: int = 0
    articles: int = 0


class Listing(NamedTuple):
    """The rows of an article that are there whatever is selected.

    Attributes:
        rows: The rows.
        places: Numbers of the rows of each mention and claim mention, by id.
    """

    rows: tuple[Row, ...]
    places: dict[str, list[int]]

    def lit(self, ids: Iterable[str]) -> list[Row]:
        """The rows, lit where one of some records stands."""
        rows = list(self.rows)
        for place in {place for id in ids for place in self.places.get(id, ())}:
            rows[place] = replace(rows[place], lit=True)
        return rows


@lru_cache(maxsize=1)
def listing(
    article: str,
    records: AnnotationSet,
    schema: Schema,
    unfolded: tuple[Unfolded, ...],
    columns: int,
    others: tuple[tuple[str, str], ...] = (),
) -> Listing:
    """Return the rows of an article.

    Kept until something changes: the caret moves far more often than records do.

    Args:
        article: Its id.
        records: Its records and the shared ones.
        schema: For the colours of types, and which are of values.
        unfolded: Entities whose mentions are shown.
        columns: How many columns the rows have, 3 or 4.
        others: Ids of annotators who are somebody else, with their signs.
    """
    rows = _Rows(article, records, schema, {each.key: each for each in unfolded}, dict(others))
    found = [*rows.entities(), *rows.claims(), *rows.notes()]
    places: dict[str, list[int]] = {}
    for number, (_, ids) in enumerate(found):
        for id in ids:
            places.setdefault(id, []).append(number)
    return Listing(tuple(narrowed(row, columns) for row, _ in found), places)


_Listed = tuple[Row, Iterable[str]]
"""A row, and the ids of the mentions that it stands for."""


class _Rows:
    """Makes the rows of one article."""

    def __init__(
        self,
        article: str,
        records: AnnotationSet,
        schema: Schema,
        unfolded: dict[str, Unfolded],
        others: dict[str, str],
    ) -> None:
        self.article = article
        self.records = records
        self.schema = schema
        self.unfolded = unfolded
        self.others = others

    def entities(self) -> Iterator[_Listed]:
        """One row for each entity and for each wording that is not linked."""
        groups: dict[str, list[Mention]] = {}
        for mention in self._here(Mention):
            entity = self.records.entity(mention.entity)
            key = entity.id if entity else mention.entity or f"{mention.type} {mention.span.quote}"
            groups.setdefault(key, []).append(mention)
        if groups:
            yield heading(f"Entities ({len(groups)})"), ()
        for key, mentions in groups.items():
            yield self._entity_row(key, mentions), [mention.id for mention in mentions]
            if key in self.unfolded:
                yield from self._mentions(self.unfolded[key], mentions)

    def _entity_row(self, key: str, mentions: Sequence[Mention]) -> Row:
        first = mentions[0]
        entity = self.records.entity(first.entity)
        times = f"×{len(mentions)}" if len(mentions) > 1 else ""
        times += "".join(dict.fromkeys(map(self._by, mentions)))
        entry = Entry(first.span.fragments, key, key)
        if not isinstance(entity, Entity):
            remark = times if first.type in self.schema.values else f"{times} ?".strip()
            return typed(self.schema, first.type, first.span.quote, "", remark, entry)
        return typed(self.schema, entity.type, entity.name, _other_names(entity), times, entry)

    def _mentions(self, shown: Unfolded, mentions: Sequence[Mention]) -> Iterator[_Listed]:
        """One row for each mention with the words around it, and how many there are elsewhere."""
        for number, mention in enumerate(mentions, 1):
            kind = ("" if mention.kind == "name" else mention.kind) + self._by(mention)
            cells = (
                Cell(f"  {number}", "dim", base=0),
                Cell(_around(mention.span)),
                Cell(""),
                Cell(kind, "dim", base=0),
            )
            entry = Entry(mention.span.fragments, mention.id, shown.key)
            yield Row(cells, entry), (mention.id,)
        if mentions[0].entity is not None:
            cells = (Cell(""), Cell(_elsewhere(shown), "dim", base=0), Cell(""), Cell(""))
            yield Row(cells, more=True), ()

    def claims(self) -> Iterator[_Listed]:
        """One row for each claim mention."""
        mentions = list(self._here(ClaimMention))
        if mentions:
            yield heading(f"Claims ({len(mentions)})"), ()
        for mention in mentions:
            claim = self.records.claim(mention.claim)
            claimant = self.records.entity(mention.claimant)
            how = "" if mention.polarity == "affirm" else "refutes"
            cells = (
                Cell("claim", "strong"),
                Cell(claim.text if claim else mention.span.quote),
                Cell(claimant.name if claimant else "", "dim"),
                Cell(how + self._by(mention), "dim", base=0),
            )
            yield Row(cells, Entry(mention.span.fragments, mention.id)), (mention.id,)

    def notes(self) -> Iterator[_Listed]:
        """One row for each note on the article or on something in it."""
        notes = [note for note in self.records.all(Note) if note.article == self.article]
        if notes:
            yield heading(f"Notes ({len(notes)})"), ()
        for note in notes:
            record = self.records.get(note.on)
            span = record.span if isinstance(record, Mention | ClaimMention) else None
            decided = decision_in(note)
            on = "article" if record is None else "on " + _short_kind(record)
            on = "decided" if decided else on
            text = decided or " ".join(note.text.split())
            quote = span.quote if span is not None else ""
            by = Cell(self._by(note), "dim", base=0)
            cells = (Cell(on, "dim"), Cell(text), Cell(quote, "dim"), by)
            yield Row(cells, Entry(span.fragments if span is not None else None, note.id)), ()

    def _by(self, record: Mention | ClaimMention | Note) -> str:
        """The sign of who made it, if that is somebody else."""
        return self.others.get(record.annotator, "")

    def _here(self, cls: type[M]) -> Iterable[M]:
        found = (m for m in self.records.all(cls) if m.span.article == self.article)
        return sorted(found, key=lambda mention: (mention.span.start, -mention.span.end))


def typed(schema: Schema, type: str, text: str, also: str, remark: str, entry: Entry) -> Row:
    """Return a row that begins with an entity type in its colour."""
    known = schema.entity_type(type)
    colour = known.colour if known is not None else ""
    kind = Cell(type, colour=colour, base=0)
    return Row((kind, Cell(text), Cell(also, "dim"), Cell(remark, "dim", base=0)), entry)


def heading(text: str) -> Row:
    """Return a row that stands above others."""
    return Row((Cell(text, "strong", base=0),), heading=True)


def narrowed(row: Row, columns: int) -> Row:
    """Return a row without what there is a column for only in a wide inspector."""
    if columns > _ALSO + 1 or len(row.cells) <= columns:
        return row
    return replace(row, cells=(*row.cells[:_ALSO], *row.cells[_ALSO + 1 :]))


def _other_names(entity: Entity) -> str:
    """Its aliases, each in its own direction when there are several."""
    names = list(dict.fromkeys(a.text for a in entity.aliases if a.text != entity.name))
    return ", ".join(map(isolated, names)) if len(names) > 1 else "".join(names)


def _around(span: Span) -> str:
    """A span with a few whole words of its paragraph around it."""
    before, after = span.prefix.rpartition("\n")[2], span.suffix.partition("\n")[0]
    if len(before) == CONTEXT:
        before = before.partition(" ")[2]
    if len(after) == CONTEXT:
        after = after.rpartition(" ")[0]
    return " ".join(f"{before}{span.quote}{after}".split())


def _elsewhere(shown: Unfolded) -> str:
    if not shown.mentions:
        return "in no other article"
    mentions = f"{shown.mentions:,} mention{'s' * (shown.mentions > 1)}"
    return f"{mentions} in {shown.articles:,} other article{'s' * (shown.articles > 1)}"


def _short_kind(record: object) -> str:
    if isinstance(record, Mention):
        return record.type
    return "claim" if isinstance(record, ClaimMention | Attribution) else "record"
