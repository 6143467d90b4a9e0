"""`reader assign`: who is to annotate which articles."""

from __future__ import annotations

import click

from reader.cli.candidates import complete_articles
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import tell


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

    NAME is the name of an annotator, or the beginning of an id where several
    have one name (see `reader annotators`). It is the id that is kept, whatever
    the annotator is called later. Somebody who has not annotated here yet is
    kept by name, until this one begins.

    The list of the interface and `reader list` show who is to annotate what,
    and how many are finished; exports, merges and sync carry it. The key for
    the next unfinished article goes to yours first.

    \b
    Examples:
      reader assign 1 2 3 --to ann
      reader assign 3 --to ann --to bob
      reader assign 1 --to ann --take-back
      reader list --assigned
    """
    from reader.cli.article_names import find_articles
    from reader.session import Session
    from reader.work.assigning import assign, assignee

    with settings.open_existing() as library:
        session = Session(library, settings.name)
        people = [assignee(session, name) for name in names]
        found = [library.articles.read(entry.id) for entry in find_articles(library, articles)]
        changed = assign(session, found, people, take_back=take_back)
        who = ", ".join(each.name for each in people)
        done = f"taken back from {who}" if take_back else f"assigned to {who}"
        for article in found:
            tell(f"{article.id}: {done if article.id in changed else 'it is so already'}.")
        for each in people:
            if not (each.known or take_back):
                tell(f"{each.name} has not annotated here yet; who begins under that name has it.")
