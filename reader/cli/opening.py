"""`reader` and `reader open ARTICLE`: the interface."""

from __future__ import annotations

import os
import sys

import click

from reader.cli.candidates import complete_articles
from reader.cli.settings import Settings, shared_options
from reader.errors import UsageError


def start(settings: Settings, article: str | None, between: tuple[str, str] | None = None) -> int:
    """Open the interface; return its exit code.

    Args:
        settings: Library, annotator, bidi mode.
        article: Id of the article to open, or None for the list.
        between: Ids of two annotators to decide between, or None.

    Raises:
        UsageError: If there is no terminal to open it in, or one that shows lines alone.
    """
    in_browser = "TEXTUAL_DRIVER" in os.environ
    if not in_browser and not (_is_terminal(sys.stdin) and _is_terminal(sys.stdout)):
        raise UsageError(
            "the interface needs a terminal for its input and output; run `reader` in one, "
            "or use a command such as `reader list` (see `reader --help`)."
        )
    if not in_browser and os.environ.get("TERM") == "dumb":
        raise UsageError(
            "this terminal cannot show the interface (TERM is dumb); run `reader` in another, "
            "or use a command such as `reader list` (see `reader --help`)."
        )
    from reader.cli.interface import run_interface

    return run_interface(settings, article, between)


def _is_terminal(stream: object) -> bool:
    isatty = getattr(stream, "isatty", None)
    return isatty is not None and bool(isatty())


@click.command("open")
@click.argument("article", shell_complete=complete_articles)
@shared_options
@click.pass_obj
@click.pass_context
def command(context: click.Context, settings: Settings, article: str) -> None:
    """Open ARTICLE in the interface.

    ARTICLE is its number in `reader list`, its id or the beginning of it, or
    a part of its title.

    \b
    Examples:
      reader open 3
      reader open "cambridge" --annotator noor
    """
    from reader.cli.article_names import find_article

    with settings.open_existing() as library:
        id = find_article(library, article).id
    context.exit(start(settings, id))
