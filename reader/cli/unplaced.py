"""`reader unplaced`: marks that could not be placed in new versions of articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from reader.cli.candidates import complete_articles
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_fields, print_json, tell

if TYPE_CHECKING:
    from reader.annotation.carrying import Leftover
    from reader.store.library import Library

_CONTEXT = 24


@click.command("unplaced")
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1, shell_complete=complete_articles)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of objects.")
@shared_options
@click.pass_obj
def command(settings: Settings, articles: tuple[str, ...], as_json: bool) -> None:
    """List what could not be placed in new versions of ARTICLEs, or of all.

    When a file has changed, `reader add` carries marks over to its new
    version. What stands in words that are gone, or that stand in several
    places, is listed here: what it is, its words, and where they stood in the
    version before. Nothing of it is lost: that version keeps it. In the
    interface Ctrl+N in an article goes through the list, to place each by
    hand or to let it go.

    On a pipe one line each with tabs between article, kind, type, words,
    earlier version, start, end, and the words before and after.

    \b
    Examples:
      reader unplaced
      reader unplaced 3 | cut -f4
    """
    from reader.cli.article_names import find_articles

    with settings.reading() as library:
        chosen = find_articles(library, articles) if articles else library.articles.listed("")
        found = [left for entry in chosen for left in _waiting(library, entry.id, entry.notes)]
    if as_json:
        print_json([_data(left) for left in found])
    elif not found:
        tell("everything that was marked has its place.")
    else:
        output = Output.here(settings.bidi)
        (_print_rows if output.is_terminal else _print_lines)(found, output)


def _waiting(library: Library, article: str, notes: int) -> tuple[Leftover, ...]:
    from reader.work.versions import waiting

    # What waits is a note each.
    return waiting(library, article) if notes else ()


def _kind(left: Leftover) -> str:
    from reader.annotation.model import kind_of

    return kind_of(left.record)


def _data(left: Leftover) -> dict[str, Any]:
    return {
        "article": left.note.article,
        "note": left.note.id,
        "kind": _kind(left),
        "part": left.part,
        "type": _type(left),
        "quote": left.span.quote,
        "from": left.span.article,
        "fragments": left.span.fragments,
        "prefix": left.span.prefix,
        "suffix": left.span.suffix,
    }


def _type(left: Leftover) -> str:
    return str(getattr(left.record, "type", ""))


def _print_lines(found: Sequence[Leftover], output: Output) -> None:
    for left in found:
        kind = f"{_kind(left)} {left.part}".strip()
        print_fields(
            *(left.note.article, kind, _type(left), left.span.quote, left.span.article),
            *(left.span.start, left.span.end, left.span.prefix, left.span.suffix),
        )


def _print_rows(found: Sequence[Leftover], output: Output) -> None:
    with output.explicit():
        for left in found:
            kind = left.part or _type(left) or _kind(left).replace("_mention", "")
            head = f"{str(left.note.article)[:8]}  {kind:9.9}  "
            text, mark = _excerpt(left)
            output.row(head + output.marked(text, [mark], output.width - len(head)))


def _excerpt(left: Leftover) -> tuple[str, tuple[int, int]]:
    """The words with some of those around them, and where they stand in this."""
    span = left.span
    before = "".join(_blank(span.prefix[-_CONTEXT:]))
    quote = "".join(_blank(span.quote))
    return before + quote + "".join(_blank(span.suffix)), (len(before), len(before) + len(quote))


def _blank(text: str) -> Iterator[str]:
    """Each character, a blank for what breaks the line."""
    return (" " if char.isspace() else char for char in text)
