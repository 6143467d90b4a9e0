"""The articles that an import can attach to, and the making of those that are new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import Protocol

from reader.corpus.article import UNDETERMINED, article_id, text_digest
from reader.errors import ArticleError, FormatError
from reader.formats.document import ArticleData, from_article
from reader.store.library import Library

_BOM = "\ufeff"


class Catalogue(Protocol):
    """What is known of articles; every answer is an article without its records."""

    def with_id(self, id: str) -> ArticleData | None:
        """Return the article with this id."""

    def with_text(self, text: str) -> ArticleData | None:
        """Return the article with this text, or with CRLF where this text has LF."""

    def with_name(self, name: str) -> ArticleData | None:
        """Return the article that came from a file of this name, whatever its folder and ending.

        Raises:
            FormatError: If there are several.
        """

    def new(self, text: str, name: str, language: str | None = None) -> ArticleData:
        """Return the article with this text; unless it is known it is made as `reader add` does.

        Args:
            text: The text.
            name: Where it came from: the file, or an address.
            language: What it is written in, if the source says so.

        Raises:
            FormatError: If it is no text.
        """


class LibraryCatalogue:
    """The articles of a library, removed ones too.

    Args:
        library: Where the import is to go.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    def with_id(self, id: str) -> ArticleData | None:
        """Return the article with this id."""
        articles = self._library.articles
        return from_article(articles.read(id), ()) if articles.has(id) else None

    def with_text(self, text: str) -> ArticleData | None:
        """Return the article with this text, or with CRLF where this text has LF."""
        id = article_id(text)
        known = self.with_id(id)
        if known is None and id in self._unfolded:
            known = self.with_id(self._unfolded[id])
        return known

    def with_name(self, name: str) -> ArticleData | None:
        """Return the article that came from a file of this name, whatever its folder and ending."""
        for key in (name, PurePosixPath(name).name, PurePosixPath(name).stem):
            ids = self._names.get(key, [])
            if len(ids) > 1:
                raise FormatError(
                    f"several articles of the library come from “{key}”: {', '.join(ids)}; rename "
                    "the file to the id of the one that is meant."
                )
            if ids:
                return self.with_id(ids[0])
        return None

    def new(self, text: str, name: str, language: str | None = None) -> ArticleData:
        """Return the article with this text; unless it is known it is made as `reader add` does."""
        from reader.corpus.loading import load_article

        known = self.with_id(article_id(text))
        if known is not None:
            return known
        # A byte-order mark is taken off once; one that belongs to the text stays.
        data = (_BOM * text.startswith(_BOM) + text).encode()
        try:
            return from_article(load_article(data, name, encoding="utf-8", language=language), ())
        except ArticleError as error:
            raise FormatError(error.message + ".") from error

    @cached_property
    def _unfolded(self) -> Mapping[str, str]:
        """Ids of articles with CRLF, by the id that their text with LF would have."""
        found = self._library.articles.with_crlf()
        return {article_id(text.replace("\r\n", "\n")): id for id, text in found}

    @cached_property
    def _names(self) -> Mapping[str, list[str]]:
        """Ids of articles by their own id, and by what they came from."""
        found: dict[str, list[str]] = {}
        for id, sources in self._library.articles.sources():
            for name in {id, *(each for source in sources for each in _names_of(source))}:
                found.setdefault(name, []).append(id)
        return found


def _names_of(source: str) -> tuple[str, ...]:
    path = PurePosixPath(source)
    return source, path.name, path.stem


class BareCatalogue:
    """The texts of an export and nothing else about them: what a file adds then shows.

    Args:
        find: Returns an exported article by its id.
        ids: Ids of the exported articles, by name under which files may know them.
    """

    def __init__(self, find: Callable[[str], ArticleData | None], ids: Iterable[str]) -> None:
        self._find = find
        self._ids = frozenset(ids)

    def with_id(self, id: str) -> ArticleData | None:
        """Return the bare article with this id."""
        found = self._find(id) if id in self._ids else None
        return None if found is None else bare_article(found.text)

    def with_text(self, text: str) -> ArticleData | None:
        """Return the bare article with exactly this text."""
        return self.with_id(article_id(text))

    def with_name(self, name: str) -> ArticleData | None:
        """Return the bare article whose id is the name or its stem."""
        return self.with_id(PurePosixPath(name).stem) or self.with_id(name)

    def new(self, text: str, name: str, language: str | None = None) -> ArticleData:
        """Return the text as an article of which nothing else is known."""
        if not text.strip():
            raise FormatError(f"{name}: empty, nothing but white space; an article needs a text.")
        return bare_article(text)


def bare_article(text: str) -> ArticleData:
    """Return an article of which nothing but the text is known."""
    digest = text_digest(text)
    return ArticleData(
        id=article_id(text),
        text=text,
        sha256=digest,
        source_sha256=digest,
        encoding="utf-8",
        language=UNDETERMINED,
        direction="ltr",
        added="",
    )
