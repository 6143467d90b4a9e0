"""`reader show`: an article, its text as a reader of its language expects it, and its marks."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from reader.cli.candidates import complete_articles
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_fields
from reader.errors import UsageError

if TYPE_CHECKING:
    from reader.annotation.annotation_set import AnnotationSet, Placed
    from reader.annotation.schema import Schema
    from reader.corpus.article import Article

_TEXT_WIDTH = 80
_LEAST_WIDTH = 2
"""Columns of the widest cell."""


@click.command("show")
@click.argument("article", shell_complete=complete_articles)
@click.option("--width", type=int, metavar="N", help="Columns of the text; else 80 at most.")
@click.option("--visual", is_flag=True, help="Set the text as for a terminal, also on a pipe.")
@click.option("--text", "text_only", is_flag=True, help="Leave out the list of annotations.")
@shared_options
@click.pass_obj
def command(
    settings: Settings, article: str, width: int | None, visual: bool, text_only: bool
) -> None:
    """Show an article with what is marked in it.

    ARTICLE is its number in `reader list`, its id or the beginning of it, or
    a part of its title.

    On a terminal the text is broken into rows, right-to-left text in visual
    order, and annotations are highlighted and listed below. On a pipe the
    text is what was stored, code point by code point; a line with number,
    kind, type, start, end, quote, entity or claim, and what attributes say,
    if anything, follows for each annotation, with tabs between them.

    \b
    Examples:
      reader show 3
      reader show 3 --width 60
      reader show 3 --text | wc
    """
    from reader.annotation.annotation_set import AnnotationSet
    from reader.cli.article_names import find_readable

    output = Output.here(settings.bidi)
    columns = min(_TEXT_WIDTH, output.width) if width is None else width
    if columns < _LEAST_WIDTH:
        raise UsageError(f"--width {columns}: a row needs at least {_LEAST_WIDTH} columns.")
    with settings.reading() as library:
        shown = library.articles.read(find_readable(library, article).id)
        records = AnnotationSet.of(library.records.around(shown.id))
        schema = library.schema()
    marks = records.placed(shown.id)
    if output.is_terminal or visual:
        _show(shown, marks, schema, output, columns)
    else:
        _write(shown.text)
    if marks and not text_only:
        sys.stdout.write("\n")
        _list(marks, records, schema, output)


def _write(text: str) -> None:
    """Write a text as it is; what follows begins on a line of its own."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def _show(
    article: Article, marks: Sequence[Placed], schema: Schema, output: Output, width: int
) -> None:
    from reader.cli.page import Page

    page = Page(article, marks, schema, output)
    with output.explicit():
        for row in page.rows(width):
            output.row(row)


def _list(marks: Sequence[Placed], records: AnnotationSet, schema: Schema, output: Output) -> None:
    """Print a line for each annotation, in the order of the text."""
    if not output.is_terminal:
        for number, placed in enumerate(marks, 1):
            meaning, said = _meaning(placed, records), _said(placed, schema)
            quote = placed.span.quote
            print_fields(number, *_fields(placed), quote, meaning, *filter(None, [said]))
        return
    digits = len(str(len(marks)))
    with output.explicit():
        for number, placed in enumerate(marks, 1):
            kind, type, start, end = _fields(placed)
            head = f"{number:>{digits}}  {type or kind}  {start}-{end}  "
            output.row(head + _quoted(placed, records, output, output.width - len(head)))
            if said := _said(placed, schema):
                indent = " " * (digits + 2)
                output.row(indent + output.cut(said, output.width - len(indent)))


def _quoted(placed: Placed, records: AnnotationSet, output: Output, room: int) -> str:
    """Return a quote and what it means, each set in its own direction."""
    quote, meaning = " … ".join(placed.span.quotes), _meaning(placed, records)
    if not meaning:
        return output.cut(quote, room)
    half = (room - 4) // 2
    return f"{output.cut(quote, half)}  = {output.cut(meaning, half)}"


def _fields(placed: Placed) -> tuple[str, str, int, int]:
    kind = "mention" if placed.role == "mention" else placed.role
    return kind, getattr(placed.record, "type", ""), placed.span.start, placed.span.end


def _said(placed: Placed, schema: Schema) -> str:
    """Return what attributes say of a record: once, where it has several spans."""
    from reader.annotation.attribute_actions import in_words
    from reader.annotation.model import Attribution

    record = placed.record
    if isinstance(record, Attribution) and placed.span != (
        record.source or record.cue or record.content
    ):
        return ""
    said = ((schema.attribute(name), name, value) for name, value in record.attributes)
    return "; ".join(
        f"{name if attribute is None else attribute.title}: {in_words(attribute, value)}"
        for attribute, name, value in said
    )


def _meaning(placed: Placed, records: AnnotationSet) -> str:
    """Return the name of the entity, or the statement of the claim, that a mark stands for."""
    from reader.annotation.model import Attribution, ClaimMention

    record = placed.record
    if isinstance(record, ClaimMention):
        claim = records.claim(record.claim)
        return claim.text if claim else ""
    named = record.source_entity if isinstance(record, Attribution) else record.entity
    entity = records.entity(named) if placed.role in ("mention", "source") else None
    return entity.name if entity else ""
