"""The rows of the list of entities, and what is said above them."""

from __future__ import annotations

from collections.abc import Iterator

from reader.annotation.actions import shorten
from reader.annotation.entity_list import EntityEntry, EntityTable, EntityView, Listed
from reader.annotation.name_index import wordings
from reader.annotation.schema import Schema
from reader.annotation.wikidata import confirmed, said
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Look, Row

NARROW = 70
"""Columns of the screen below which only type, name and mentions show."""
_WIDE = 110
"""Columns from which on other names have a column."""

_SORTED = {
    "mentions": "mentions, most first",
    "name": "name",
    "recent": "last change",
    "type": "type",
}


def columns(width: int) -> tuple[int, ...]:
    """Type, name, other names, mentions, articles, languages, Wikidata id; fewer if narrow."""
    if width < NARROW:
        return (6, 0, 6)
    others = () if width < _WIDE else (max(30, width // 3),)
    return (6, 0, *others, 6, 5, 9, 11)


def titles(width: int) -> Row:
    """The row above the columns."""
    if width < NARROW:
        words: tuple[str, ...] = ("Type", "Name", " Ment.")
    else:
        others = () if width < _WIDE else ("Other names",)
        words = ("Type", "Name", *others, " Ment.", " Art.", "Languages", "Wikidata")
    return Row(tuple(Cell(word, "dim") for word in words), heading=True)


def entity_row(listed: Listed, schema: Schema, width: int) -> Row:
    """Return the row of an entity."""
    entry = listed.entry
    entity = entry.entity
    kind = schema.entity_type(entity.type)
    look: Look = "dim" if entity.retired else "strong"
    cells = [
        Cell(entity.type, colour="" if kind is None else kind.colour, base=0),
        Cell(f"{entity.name} (retired)" if entity.retired else entity.name, look),
    ]
    if width >= _WIDE:
        cells.append(Cell(other_names(entry), "dim"))
    cells.append(_count(entry.mentions, 6))
    if width >= NARROW:
        item = Cell(said(entity), "plain" if confirmed(entity) else "dim", base=0)
        languages = Cell(" ".join(entry.languages), "dim", base=0)
        cells += [_count(entry.articles, 5), languages, item]
    return Row(tuple(cells), listed)


def pair_row(listed: Listed) -> Row:
    """Return the row above two entities that may be one: why they may."""
    assert listed.twin is not None
    said = f"{listed.twin.why}: {isolated(shorten(listed.twin.wording))}"
    return Row((Cell(said, base=0),), heading=True)


def other_names(entry: EntityEntry) -> str:
    """The aliases of an entity, each in its own direction when there are several."""
    others = wordings(entry.entity)[1:]
    return ", ".join(map(isolated, others)) if len(others) > 1 else "".join(others)


def _count(count: int, width: int) -> Cell:
    return Cell(f"{count:>{width},}", "plain" if count else "dim", base=0)


def head_words(table: EntityTable) -> str:
    """Say how many there are."""
    count, retired, mentions = len(table.entries), table.retired, table.mentions
    parts = (
        "1 entity" if count == 1 else f"{count:,} entities",
        "1 mention" if mentions == 1 else f"{mentions:,} mentions",
        f"{retired:,} retired" if retired else "",
    )
    return f" {' · '.join(filter(None, parts))}"


def shown_words(view: EntityView, shown: int, entries: int) -> str:
    """Say how the list is sorted, how many are shown, and why not all."""
    if view.duplicates:
        pairs = shown // 2
        counted = "1 pair" if pairs == 1 else f"{pairs:,} pairs"
    else:
        counted = f"{shown:,} of {entries:,} shown"
    filters = (
        "possible duplicates" if view.duplicates else "",
        f"name “{isolated(view.text.strip())}”" if view.text.strip() else "",
        f"type {view.type}" if view.type else "",
        "in several languages" if view.several else "",
        "not identified" if view.unidentified else "",
    )
    why = f": {', '.join(filter(None, filters))}" if view.filtered else ""
    return f" {counted}{why} · sorted by {_SORTED[view.sort]}"


def empty_rows(link: str, new: str) -> Iterator[Row]:
    """What stands in place of the list while there are no entities."""
    yield Row((Cell("There are no entities yet.", "strong", base=0),))
    yield Row((Cell(f"In an article {link} links the selection to one, and makes it.", base=0),))
    yield Row((Cell(f"{new} makes one here.", base=0),))
