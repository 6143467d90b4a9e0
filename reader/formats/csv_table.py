"""Tables for spreadsheets: CSV (RFC 4180) that no spreadsheet takes for formulas.

A cell that begins with `=`, `+`, `-`, `@`, TAB or CR gets an apostrophe before it,
because spreadsheets would compute it, and a file may come from anybody. Control
characters other than line ends and TAB are written as `\\u001b`.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any

from reader.annotation.attributes import Attributes
from reader.annotation.codec import encode
from reader.annotation.model import Entity
from reader.annotation.spans import Span
from reader.corpus.article import display_title
from reader.formats.document import ArticleData, to_article
from reader.formats.format import ExportOptions
from reader.formats.outgoing import Outgoing

_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

ARTICLE = ("article", "title", "language", "publisher", "published")
SPAN = ("start", "end", "fragments", "quote")

NOT_IN_A_TABLE = (
    ("article", "it stands beside its rows by id, title, language, publisher and date"),
    ("entity", "it stands beside its rows by name, type and Wikidata id"),
    ("annotator", "a row has the name alone"),
    ("attribution", "a table has no room for what binds several places"),
    ("relation", "a table has no room for what binds several rows"),
    ("note", "a table has no room for what is about other rows"),
    ("status", "it is of no row"),
    ("suggestion", "it is no annotation yet"),
    ("refusal", "it is no annotation"),
    ("entity_type", "a row has the name alone"),
    ("relation_type", "a table has no relations"),
    ("attribute", "a table has no schema"),
)
"""What neither table holds."""


class Names:
    """What rows call the people and entities of an export.

    Args:
        outgoing: What is written.
    """

    def __init__(self, outgoing: Outgoing) -> None:
        self._people = {person.id: person.name for person in outgoing.annotators}
        self._entities = {entity.id: entity for entity in outgoing.entities}

    def person(self, id: str) -> str:
        """Return the name of an annotator."""
        return self._people.get(id, id)

    def entity(self, id: str | None) -> tuple[str, str, str]:
        """Return id, name and Wikidata id of an entity, of one that was merged its own."""
        found: Entity | None = self._entities.get(id or "")
        if found is None:
            return id or "", "", ""
        items = (link.id for link in found.links if link.base == "wikidata")
        return found.id, found.name, next(items, "")


def article_cells(article: ArticleData) -> tuple[str, ...]:
    """Return the cells of `ARTICLE`."""
    title, _ = display_title(to_article(article))
    about = (article.language, article.publisher or "", article.published or "")
    return article.id, title, *about


def span_cells(span: Span) -> tuple[str, ...]:
    """Return the cells of `SPAN`; fragments are there when there are several."""
    pieces = " ".join(f"{start}-{end}" for start, end in span.fragments)
    several = pieces if len(span.fragments) > 1 else ""
    return str(span.start), str(span.end), several, span.quote


def attributes_cell(attributes: Attributes) -> str:
    """Return attributes as JSON, or nothing."""
    return json.dumps(encode(attributes), ensure_ascii=False) if attributes else ""


def table(
    header: Sequence[str], rows: Iterable[Sequence[str]], options: ExportOptions
) -> Iterator[str]:
    """Give a table row by row."""
    yield (_BOM if options.bom else "") + _line(header)
    for row in rows:
        yield _line([_cell(each) for each in row])


def _cell(text: str) -> str:
    shown = _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def _line(cells: Sequence[Any]) -> str:
    written = StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()
