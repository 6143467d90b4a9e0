"""The rows of an entity that is open: its names, what is known, and each of its mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from reader.annotation.model import Alias, Entity, Mention
from reader.corpus.scripts import count_scripts
from reader.overview.quotes import Quotes
from reader.tui.widgets.rows import Cell, Row

_ROOMY = 60
"""Columns of the screen from which on scripts and annotators show."""

_WITHOUT = {"none": "looked for, no item", "ambiguous": "several may be meant"}
"""What stands in place of the id of a link without one."""

Kind = Literal["name", "alias", "link", "merged", "note", "mention"]


class Item(NamedTuple):
    """What a row of an open entity stands for.

    Attributes:
        kind: What it is.
        value: The record, or the entity itself.
    """

    kind: Kind
    value: Any


def columns(width: int) -> tuple[int, ...]:
    """Language or type, text, and where there is room script or annotator."""
    return (9, 0, 10) if width >= _ROOMY else (5, 0)


def script_of(alias: Alias) -> str:
    """Return the script of an alias, as it is stored or as its letters say."""
    return alias.script or next(iter(count_scripts(alias.text)), "")


def facts(entity: Entity, absorbed: Sequence[Entity]) -> Iterator[Row]:
    """Yield the rows above the mentions."""
    yield _heading("Names")
    name = Alias(entity.name)
    yield _row("", entity.name, script_of(name), Item("name", entity), look="strong")
    for alias in sorted(entity.aliases, key=lambda each: (each.language, script_of(each))):
        if alias.text != entity.name or alias.language:
            yield _row(alias.language, alias.text, script_of(alias), Item("alias", alias))
    if entity.links:
        yield _heading("In knowledge bases")
    for link in entity.links:
        shown = link.id or _WITHOUT.get(link.status, "")
        yield _row(link.base, shown, link.status, Item("link", link), base=0)
    if absorbed:
        yield _heading("Merged into it")
    for other in absorbed:
        yield _row(other.type, other.name, "", Item("merged", other))
    if entity.note:
        yield _heading("Note")
    for line in entity.note.split("\n") if entity.note else ():
        yield _row("", line, "", Item("note", entity))


def places(mentions: Sequence[Mention]) -> Iterator[Mention | tuple[str, int]]:
    """Yield the mentions, with id and count above those of each article."""
    counts = Counter(mention.span.article for mention in mentions)
    article = ""
    for mention in mentions:
        if mention.span.article != article:
            article = mention.span.article
            yield article, counts[article]
        yield mention


class MentionRows:
    """Makes the rows of the mentions when they are looked at.

    Args:
        entity: Whose mentions they are.
        quotes: Gives sentences and titles.
        marked: Ids of the mentions that are chosen for a split.
        other: Gives the name of an annotator who is somebody else, or "".
    """

    def __init__(
        self,
        entity: Entity,
        quotes: Quotes,
        marked: Collection[str],
        other: Callable[[str], str],
    ) -> None:
        self.entity, self.quotes, self.marked, self.other = entity, quotes, marked, other

    def row(self, thing: Row | Mention | tuple[str, int]) -> Row:
        """Return the row of a mention, of an article, or the one that is there already."""
        if isinstance(thing, Row):
            return thing
        return self._mention(thing) if isinstance(thing, Mention) else self._article(*thing)

    def _article(self, id: str, count: int) -> Row:
        title, marked = self.quotes.title(id)
        article = self.quotes.article(id)
        cells = (
            Cell(article.language, "dim", base=0),
            Cell(f"“{title}…" if marked else title, base=int(article.direction == "rtl")),
            Cell(f"{count:>10,}", "dim", base=0),
        )
        return Row(cells, heading=True)

    def _mention(self, mention: Mention) -> Row:
        quote = self.quotes.sentence(mention.span).excerpt()
        sign = "✓" if mention.id in self.marked else " "
        type = "" if mention.type == self.entity.type else f"{mention.type}?"
        kind = "" if mention.kind == "name" else mention.kind
        cells = (
            Cell(f"{sign} {type}", "strong" if sign == "✓" else "dim", base=0),
            Cell(quote.text, base=quote.base, marks=quote.marks),
            Cell(self.other(mention.annotator) or kind, "dim", base=0),
        )
        return Row(cells, Item("mention", mention), lit=mention.id in self.marked)


def _heading(text: str) -> Row:
    return Row((Cell(text, "strong", base=0),), heading=True)


def _row(
    label: str, text: str, remark: str, item: Item, base: int | None = None, look: str = "plain"
) -> Row:
    cells = (
        Cell(label, "dim", base=0),
        Cell(text, "strong" if look == "strong" else "plain", base=base),
        Cell(remark, "dim", base=0),
    )
    return Row(cells, item)
