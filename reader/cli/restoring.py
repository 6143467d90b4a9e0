"""`reader restore`: a removed article comes back."""

from __future__ import annotations

import click

from reader.article_work import restore_article
from reader.cli.candidates import complete_removed
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import tell


@click.command("restore")
@click.argument(
    "articles", metavar="ARTICLE...", nargs=-1, required=True, shell_complete=complete_removed
)
@shared_options
@click.pass_obj
def command(settings: Settings, articles: tuple[str, ...]) -> None:
    """Bring removed ARTICLEs back, with all that is marked in them.

    ARTICLE is its number in `reader list --removed`, its id or the beginning
    of it, or a part of its title.

    \b
    Examples:
      reader restore 1
      reader list --removed
    """
    from reader.cli.article_names import find_articles
    from reader.session import Session

    with settings.open_existing() as library:
        found = find_articles(library, articles, "removed")
        session = Session(library, settings.name)
        for entry in found:
            restore_article(session, library.article(entry.id))
            tell(f"{entry.id}: back in the list.")
