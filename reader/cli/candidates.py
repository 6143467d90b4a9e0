"""What the shell offers for the word that is being typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from reader.errors import ReaderError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from reader.store.articles import ArticleEntry, Shown

_ID_DIGITS = 2
"""Digits from which on a number may also be the beginning of an id."""


def complete_files(
    context: click.Context, parameter: click.Parameter, typed: str
) -> list[CompletionItem]:
    """Leave it to the shell to offer files and folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(typed, type="file")]


def complete_articles(
    context: click.Context, parameter: click.Parameter, typed: str
) -> list[CompletionItem]:
    """Offer the numbers and ids of articles that begin so, with their titles."""
    return _offered(context, typed, "present")


def complete_removed(
    context: click.Context, parameter: click.Parameter, typed: str
) -> list[CompletionItem]:
    """Offer the numbers and ids of removed articles that begin so, with their titles."""
    return _offered(context, typed, "removed")


def _offered(context: click.Context, typed: str, shown: Shown) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from reader.text.emit import safe_text

    return [
        CompletionItem(name, help=safe_text(" ".join(entry.title.split())))
        for number, entry in enumerate(_articles(context, shown), 1)
        for name in _names(number, entry, typed)
        if name.startswith(typed)
    ]


def _articles(context: click.Context, shown: Shown) -> tuple[ArticleEntry, ...]:
    from reader.cli.settings import Settings

    settings: Settings = context.obj or Settings()
    try:
        with settings.open_existing() as library:
            return library.articles.listed("", shown)
    except ReaderError:
        # In the middle of a line there is no place for a message; the command will give it.
        return ()


def _names(number: int, entry: ArticleEntry, typed: str) -> Iterator[str]:
    yield str(number)
    if typed and (len(typed) >= _ID_DIGITS or not typed.isdecimal()):
        yield entry.id


def complete_formats(
    context: click.Context, parameter: click.Parameter, typed: str
) -> list[CompletionItem]:
    """Offer the names of formats that begin so."""
    from click.shell_completion import CompletionItem

    from reader.formats.registry import MODULES

    return [CompletionItem(name) for name in MODULES if name.startswith(typed)]
