"""`reader assign`: who is to annotate which articles."""

from __future__ import annotations

from dataclasses import replace

import click

from reader.cli.candidates import complete_articles
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import tell
from reader.work.articles import edit_article


@click.command("assign")
@click.argument(
    "articles", metavar="ARTICLE...", nargs=-1, required=True, shell_complete=complete_articles
)
@click.option("--to", "names", metavar="NAME", multiple=True, required=True, help="Who; also more.")
@click.option("--take-back", is_flag=True, help="Assign them no longer.")
@shared_options
@click.pass_obj
def command(
    settings: Settings, articles: tuple[str, ...], names: tuple[str, ...], take_back: bool
) -> None:
    """Assign ARTICLEs to annotators; undo in the interface takes it back.

    An article that is assigned to ann is in the collection `@ann`: the list
    of the interface can be narrowed to it, exports and merges carry it. The
    key for the next unfinished article goes to yours first.

    \b
    Examples:
      reader assign 1 2 3 --to ann
      reader assign 3 --to ann --to bob
      reader assign 1 --to ann --take-back
      reader list --assigned
    """
    from reader.annotation.details import form_of
    from reader.cli.article_names import find_articles
    from reader.overview.shelf import assigned_to
    from reader.session import Session

    tags = [assigned_to(name) for name in names]
    with settings.open_existing() as library:
        session = Session(library, settings.name)
        for entry in find_articles(library, articles):
            article = library.articles.read(entry.id)
            form = form_of(article)
            kept = [tag for tag in form.tags if tag not in tags]
            wanted = replace(form, tags=tuple(kept if take_back else [*kept, *tags]))
            same = set(wanted.tags) == set(form.tags)
            if not same:
                edit_article(session, article, wanted)
            done = "taken back" if take_back else f"assigned to {', '.join(names)}"
            tell(f"{article.id}: {'it is so already' if same else done}.")
