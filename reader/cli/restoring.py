"""`reader restore`: a removed article comes back, or the library as a backup has it."""

from __future__ import annotations

from pathlib import Path

import click

from reader.cli.candidates import complete_removed
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import tell
from reader.errors import LibraryError, UsageError
from reader.work.articles import restore_article

_SQLITE = b"SQLite format 3\0"
"""What a library begins with; an empty file would read as an empty library."""


@click.command("restore")
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1, shell_complete=complete_removed)
@click.option(
    "--from",
    "backup",
    metavar="BACKUP",
    default=None,
    help="Make the library what a backup has: its number in `reader backup --list`, or a file.",
)
@shared_options
@click.pass_obj
def command(settings: Settings, articles: tuple[str, ...], backup: str | None) -> None:
    """Bring removed ARTICLEs back, with all that is marked in them; or the whole library.

    ARTICLE is its number in `reader list --removed`, its id or the beginning
    of it, or a part of its title. With --from the library is what a backup
    has, and what it was is kept as a backup too.

    \b
    Examples:
      reader restore 1
      reader list --removed
      reader restore --from 1
    """
    if bool(articles) == (backup is not None):
        raise UsageError("name either articles or, with --from, a backup.")
    if backup is not None:
        _restore_library(settings, backup)
        return
    from reader.cli.article_names import find_articles
    from reader.session import Session

    with settings.open_existing() as library:
        found = find_articles(library, articles, "removed")
        session = Session(library, settings.name)
        for entry in found:
            restore_article(session, library.articles.read(entry.id))
            tell(f"{entry.id}: back in the list.")


def _restore_library(settings: Settings, name: str) -> None:
    from reader.store.backups import put_back

    source = _named(settings.path, name)
    if settings.path.exists() and source.exists() and settings.path.samefile(source):
        raise UsageError(f"{source}: it is the library itself; name another.")
    _require_sound(source)
    kept = put_back(settings.path, source)
    tell(f"{settings.path}: it is what {source} has.")
    if kept is not None:
        tell(f"{kept}: what it was before.")


def _named(library: Path, name: str) -> Path:
    from reader.store.backups import backups_of

    if not name.isdecimal():
        return Path(name)
    found = backups_of(library)
    if not 1 <= int(name) <= len(found):
        raise UsageError(f"there is no backup {name}; see `reader backup --list`.")
    return found[int(name) - 1].path


def _require_sound(source: Path) -> None:
    """Refuse a backup with which something is wrong."""
    from reader.store.library import Library

    if not source.is_file():
        raise LibraryError(f"{source}: there is no backup of this name; nothing was changed.")
    with source.open("rb") as file:
        if file.read(len(_SQLITE)) != _SQLITE:
            raise LibraryError(f"{source}: it is not a library; nothing was changed.")
    with Library(source) as library:
        problems = library.problems()
    if problems:
        raise LibraryError(
            f"{source}: something is wrong with it ({problems[0]}); nothing was changed, "
            "choose another backup."
        )
