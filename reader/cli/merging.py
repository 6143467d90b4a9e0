"""`reader merge`: the work of other libraries comes into this one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli.candidates import complete_files
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import tell
from reader.errors import FormatError, LibraryError, UsageError

if TYPE_CHECKING:
    from reader.merging.knowledge import Knowledge
    from reader.store.library import Library


@click.command("merge")
@click.argument(
    "others", metavar="LIBRARY...", nargs=-1, required=True, shell_complete=complete_files
)
@click.option("--dry-run", is_flag=True, help="Only say what would come in.")
@shared_options
@click.pass_obj
def command(settings: Settings, others: tuple[str, ...], dry_run: bool) -> None:
    """Take in what is in other LIBRARYs: articles, annotations, and their history.

    The others are only read. It makes no difference in which order libraries
    are merged, or how often. Where two gave one field different values without
    knowing of each other, both are kept: see `reader conflicts`.

    \b
    Examples:
      reader merge colleague.db
      reader merge --dry-run ann.db bob.db
    """
    from reader.store.library import Library

    with settings.open() as library:
        for name in others:
            _check(name, settings.path)
            known = library.exchange.known()
            with Library(Path(name)) as other:
                told = other.exchange.tell(known)
            is_news = _check_content(library, told, name)
            if dry_run:
                count = sum(deed.id not in known.actions for deed in told.deeds)
                tell(f"{name}: {_counted(len(told.texts), count)} would come in.")
            elif is_news:
                tell(f"{name}: {_taken(library, told, name)}")
            else:
                tell(f"{name}: {news(0, 0)}")
        if not dry_run:
            for line in follow(library, settings.name):
                tell(line)
            tell_conflicts(library)


def follow(library: Library, name: str) -> Iterator[str]:
    """Do what follows from what came in, and say so.

    Entities that are one are united; what was marked in an old version of an
    article by who had not heard of the new one is carried over.
    """
    from reader.work.lateness import carry_all_late, forks
    from reader.work.uniting import unite

    for kept, absorbed in unite(library, name):
        yield (
            f"{absorbed.name} is {kept.name}: both are confirmed to be one item; undo parts them, "
            "and `p` on the page of the entity."
        )
    for late in carry_all_late(library, name):
        line = f"{late.article}: {late.placed} carried over that the version before got meanwhile"
        yield (
            f"{line}; {late.left} to be placed, see `reader unplaced`." if late.left else f"{line}."
        )
    for old, new in forks(library):
        yield (
            f"{' and '.join(new)}: each is a new version of {old}; `reader remove` the one that "
            "is not to stay."
        )


def tell_conflicts(library: Library) -> None:
    """Say how much is to be settled."""
    count = len(library.exchange.conflicts())
    if count:
        noun = "conflict is" if count == 1 else "conflicts are"
        tell(f"{count} {noun} to be settled: see `reader conflicts`.")


def news(articles: int, actions: int) -> str:
    """Say what came in."""
    if not (articles or actions):
        return "nothing new."
    return f"{_counted(articles, actions)} came in."


def _check_content(library: Library, told: Knowledge, name: str) -> bool:
    """Tell whether there is anything new; refuse what is known otherwise."""
    from reader.store.sameness import DifferingError

    try:
        return library.exchange.check(told)
    except DifferingError as error:
        raise FormatError(
            f"{name}: {error.message} One of the two files was changed by something else than "
            "this program; merge a backup of it from before that. Nothing was changed."
        ) from error
    except FormatError as error:
        raise FormatError(f"{name}: {error.message} Nothing was changed.") from error


def _taken(library: Library, told: Knowledge, name: str) -> str:
    from reader.store.backups import back_up

    back_up(library.path, "merge")
    try:
        taken = library.exchange.take_in(told)
    except FormatError as error:
        raise FormatError(f"{name}: {error.message} Nothing was changed.") from error
    return news(taken.articles, taken.actions)


def _counted(articles: int, actions: int) -> str:
    nouns = "article" if articles == 1 else "articles", "action" if actions == 1 else "actions"
    return f"{articles} new {nouns[0]} and {actions} new {nouns[1]}"


def _check(name: str, own: Path) -> None:
    path = Path(name)
    if not path.is_file():
        raise LibraryError(f"{name}: there is no library of this name; nothing was changed.")
    if not path.stat().st_size:
        raise LibraryError(f"{name}: it is empty, and no library; nothing was changed.")
    if own.exists() and path.samefile(own):
        raise UsageError(f"{name}: it is the library itself; name another.")
