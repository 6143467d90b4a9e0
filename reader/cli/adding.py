"""`reader add`: files, folders and standard input become articles."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli.candidates import complete_files
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_fields, tell
from reader.errors import ArticleError, UsageError

if TYPE_CHECKING:
    from reader.corpus.article import Article
    from reader.corpus.sources import Source
    from reader.preferences import Settled
    from reader.store.library import Library

_BATCH = 100
"""Articles that are added in one transaction."""


@click.command("add")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, shell_complete=complete_files)
@click.option("--encoding", metavar="NAME", help="What the files are in; else it is detected.")
@click.option("--language", metavar="CODE", help="What they are written in; else it is detected.")
@shared_options
@click.pass_obj
@click.pass_context
def command(
    context: click.Context,
    settings: Settings,
    paths: tuple[str, ...],
    encoding: str | None,
    language: str | None,
) -> None:
    """Add articles to the library, which is made if there is none.

    PATH is a file, a folder (its *.txt files and those below), or - for
    standard input. Printed for each article: its id, language (with
    confidence and method), encoding, and title.

    \b
    Examples:
      reader add news/
      reader add letter.txt --encoding windows-1256 --language ar
      curl ... | reader add -
    """
    if "" in paths:
        raise UsageError("a PATH is empty; name a file or a folder (. is this one).")
    adding = _Adding(
        settings,
        settings.settled("add.encoding", encoding),
        settings.settled("add.language", language),
    )
    found = adding.articles(paths)
    with settings.open() as library:
        while batch := list(islice(found, _BATCH)):
            adding.add(library, batch)
    context.exit(1 if adding.failed else 0)


class _Adding:
    """One run of the command.

    Args:
        settings: Names the library, to which sources are relative.
        encoding: Of all files, if it is given.
        language: Of all files, if it is given.
    """

    def __init__(self, settings: Settings, encoding: Settled, language: Settled) -> None:
        self._library = settings.path
        self._encoding = encoding
        self._language = language
        self._output = Output.here(settings.bidi)
        self.failed = False

    def articles(self, paths: Iterable[str]) -> Iterator[tuple[str, Article]]:
        """Give each article with the name of its source; what cannot be read is told."""
        for path in paths:
            sources = self._sources(path)
            while True:
                try:
                    source = next(sources, None)
                    if source is None:
                        break
                    yield source.name, self._load(source)
                except ArticleError as error:
                    tell(error.message)
                    self.failed = True

    def add(self, library: Library, batch: Sequence[tuple[str, Article]]) -> None:
        """Add articles in one transaction, and print each that is new."""
        known = {entry.id: entry.removed for entry in library.list_articles("", "all")}
        new = {article.id: article for _, article in batch if article.id not in known}
        # Nothing new is nothing to write, so that a library at rest is left alone.
        flags = library.add_articles(new.values()) if new else ()
        added = {id for id, is_new in zip(new, flags, strict=True) if is_new}
        for name, article in batch:
            if article.id in added:
                added.remove(article.id)
                self._print(article)
            elif known.get(article.id):
                tell(
                    f"{name}: its text is in the library already, but removed; bring it back with "
                    f"`reader restore {article.id}`."
                )
            else:
                tell(f"{name}: its text is in the library already, as {article.id}.")

    def _sources(self, path: str) -> Iterator[Source]:
        from reader.corpus.sources import STANDARD_INPUT, find_sources

        stdin = sys.stdin.buffer.read() if path == STANDARD_INPUT else None
        yield from find_sources([path], stdin)

    def _load(self, source: Source) -> Article:
        from reader.corpus.loading import load_article

        encoding, language = self._encoding.text, self._language.text
        try:
            article = load_article(source.read(), source.name, encoding=encoding, language=language)
        except UsageError as error:
            raise self._placed(error) from error
        return replace(article, sources=(self._relative(source),))

    def _placed(self, error: UsageError) -> UsageError:
        """Say of a value that is not understood where it is set, unless it was just typed."""
        for settled in (self._encoding, self._language):
            if not settled.typed and repr(settled.text) in error.message:
                return UsageError(f"{settled.origin}: {error.message}")
        return error

    def _relative(self, source: Source) -> str:
        """Return a source's path as seen from the library, so that both can move together."""
        if source.path is None or source.name != str(source.path):
            # Standard input, or a name that no text can hold.
            return source.name
        try:
            path = os.path.relpath(source.path, self._library.absolute().parent)
        except ValueError:
            # Another drive: there is no way from here to there.
            path = str(source.path.absolute())
        return Path(path).as_posix()

    def _print(self, article: Article) -> None:
        from reader.corpus.article import display_title

        title, _ = display_title(article)
        how = "given" if self._encoding.value else "detected"
        confidence = f"{article.language_confidence:.2f}"
        language = (article.language, confidence, article.language_method)
        if not self._output.is_terminal:
            print_fields(article.id, *language, article.encoding, how, title)
            return
        head = f"{article.id}  {' '.join(language)}  {article.encoding} ({how})  "
        with self._output.explicit():
            self._output.row(head + self._output.cut(title, self._output.width - len(head)))
