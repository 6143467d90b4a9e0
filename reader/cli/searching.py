"""`reader search QUERY`: where words stand in the articles of the library."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby, islice
from typing import TYPE_CHECKING

import click

from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_fields, print_json, tell
from reader.errors import UsageError

if TYPE_CHECKING:
    from reader.overview.search import Found, Hit

_ID_SHOWN = 8
_PLACE = 13
"""Columns of start and end of a hit."""


@click.command("search")
@click.argument("query")
@click.option("--language", default="", metavar="CODE", help="Only articles of this language.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of objects.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Stop after this many hits.")
@shared_options
@click.pass_obj
@click.pass_context
def command(
    context: click.Context,
    settings: Settings,
    query: str,
    language: str,
    as_json: bool,
    limit: int | None,
) -> None:
    """Find words in the texts and titles of the library.

    Case, accents, harakat, tatweel, the forms of alef, ya and ta marbuta, and
    the kinds of quotes and spaces do not count. Words inside longer words are
    found too.

    A line for each hit: on a terminal with the words around it; on a pipe
    with tabs between article, start, end, the words as they are written, the
    words around them and the title. Where only a typed title has the words,
    start and end are empty. The exit code is 1 when nothing is found.

    \b
    Examples:
      reader search "2016 campaign"
      reader search ترامب --language ar
      reader search Trump --json | jq '.[].article' | sort | uniq -c
    """
    from reader.overview.search import search
    from reader.text.fold import fold

    if not fold(query):
        raise UsageError("there is nothing to look for in the query; give a letter or more.")
    # Python counts no further than that.
    limit = None if limit is None else min(limit, sys.maxsize)
    with settings.reading() as library:
        found = (each for each in search(library, query, language, limit) if each is not None)
        places = islice(_places(found), limit)
        shown = _print_json(places) if as_json else _print(places, Output.here(settings.bidi))
    if not shown:
        tell(f"“{query}” is in no article{f' in {language}' if language else ''}.")
        context.exit(1)


def _places(found: Iterable[Found]) -> Iterator[tuple[Found, Hit | None]]:
    """Give each hit with its article; an article alone where only its title has the words."""
    for article in found:
        for hit in article.hits or (None,):
            yield article, hit


def _print_json(places: Iterable[tuple[Found, Hit | None]]) -> int:
    rows = [_as_json(article, hit) for article, hit in places]
    print_json(rows)
    return len(rows)


def _as_json(article: Found, hit: Hit | None) -> dict[str, object]:
    of_article = {"article": article.article, "title": article.title, "language": article.language}
    if hit is None:
        return of_article | {"start": None, "end": None, "excerpt": article.title, "mark": None}
    fields = asdict(hit)
    del fields["base"]
    return of_article | fields


def _print(places: Iterable[tuple[Found, Hit | None]], output: Output) -> int:
    count = 0
    with output.explicit():
        for article, group in groupby(places, key=lambda place: place[0]):
            hits = [hit for _, hit in group]
            (_print_rows if output.is_terminal else _print_lines)(article, hits, output)
            count += len(hits)
    return count


def _print_lines(article: Found, hits: Iterable[Hit | None], output: Output) -> None:
    for hit in hits:
        if hit is None:
            print_fields(article.article, "", "", "", "", article.title)
        else:
            quote = hit.excerpt[slice(*hit.mark)]
            print_fields(article.article, hit.start, hit.end, quote, hit.excerpt, article.title)


def _print_rows(article: Found, hits: Iterable[Hit | None], output: Output) -> None:
    """Print an article's title, and below it a row for each hit."""
    head = f"{article.article[:_ID_SHOWN]}  "
    output.row(head + output.marked(article.title, article.in_title, output.width - len(head)))
    for hit in hits:
        if hit is not None:
            place = f"{hit.start}-{hit.end}".rjust(_PLACE)
            room = output.width - len(place) - 2
            output.row(f"{place}  {output.marked(hit.excerpt, [hit.mark], room, hit.base)}")
