"""A table of mentions: a row for each, with its article and entity."""

from __future__ import annotations

from collections.abc import Iterator

from reader.formats.csv_table import (
    ARTICLE,
    NOT_IN_A_TABLE,
    SPAN,
    Names,
    article_cells,
    attributes_cell,
    span_cells,
    table,
)
from reader.formats.format import ExportOptions, File, Format
from reader.formats.outgoing import Outgoing

FORMAT = Format(
    name="csv-mentions",
    title="Table of mentions (CSV)",
    suffixes=(".csv",),
    media="text/csv",
    offsets="code points",
    reads=False,
    lacks=(
        *NOT_IN_A_TABLE,
        ("claim", "csv-claims is the table of claims"),
        ("claim_mention", "csv-claims is the table of claims"),
    ),
    notes="For spreadsheets; --bom for those that take a file without it for another encoding. "
    "It is not read: a table cannot say all that a mention is.",
)
HEADER = (
    *("mention", *ARTICLE, *SPAN, "type", "kind"),
    *("entity", "entity_name", "wikidata", "annotator", "origin", "created", "updated"),
    "attributes",
)


def write(outgoing: Outgoing, options: ExportOptions) -> Iterator[File]:
    """Write one table, row by row."""
    yield File("mentions.csv", table(HEADER, _rows(outgoing), options))


def _rows(outgoing: Outgoing) -> Iterator[tuple[str, ...]]:
    names = Names(outgoing)
    for article in outgoing.articles:
        about = article_cells(article)
        for mention in article.mentions:
            yield (
                *(mention.id, *about, *span_cells(mention.span), mention.type, mention.kind),
                *(*names.entity(mention.entity), names.person(mention.annotator)),
                *(mention.origin, mention.created, mention.updated),
                attributes_cell(mention.attributes),
            )
