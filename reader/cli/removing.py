"""`reader remove`: an article leaves the list, with what is marked in it."""

from __future__ import annotations

import click

from reader.cli.candidates import complete_articles
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import tell
from reader.work.articles import remove_article


@click.command("remove")
@click.argument(
    "articles", metavar="ARTICLE...", nargs=-1, required=True, shell_complete=complete_articles
)
@shared_options
@click.pass_obj
def command(settings: Settings, articles: tuple[str, ...]) -> None:
    """Take ARTICLEs out of the list, of exports and of the figures.

    ARTICLE is its number in `reader list`, its id or the beginning of it, or
    a part of its title. Text and annotations stay in the library: `reader
    list --removed` shows what is removed, `reader restore` brings it back.

    \b
    Examples:
      reader remove 3
      reader remove "breaking news"
    """
    from reader.cli.article_names import find_articles
    from reader.session import Session

    with settings.open_existing() as library:
        found = find_articles(library, articles)
        session = Session(library, settings.name)
        for entry in found:
            remove_article(session, library.articles.read(entry.id))
            tell(f"{entry.id}: removed; `reader restore {entry.id}` brings it back.")
