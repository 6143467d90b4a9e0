"""A library for programs: what `import reader` gives.

    >>> import reader
    >>> with reader.open("annotations.db") as library:
    ...     [article.language for article in library.articles()]
    ['id', 'en', 'ar']

Every value is a frozen record; every change is one action of the annotator that
the history keeps and `undo` takes back; whatever bad input or a bad moment can
cause is a `reader.ReaderError`.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reader.annotation.model import (
    Annotator,
    Attribution,
    ClaimMention,
    Entity,
    Mention,
    Record,
    spans_of,
)
from reader.api.reading import Reading
from reader.errors import ArticleError, LibraryError
from reader.store import library as stored
from reader.user.identity import Identity
from reader.user.paths import annotator_name, state_folder

if TYPE_CHECKING:
    from reader.corpus.sources import Source
    from reader.formats.incoming import Taken
    from reader.formats.intake import Policy
    from reader.formats.loss import Loss
    from reader.session import Session
    from reader.work.additions import Arrival, Outcome

AnyPath = str | os.PathLike[str]
R = TypeVar("R", bound=Record)


def open_library(path: AnyPath, annotator: str | None = None, *, create: bool = False) -> Library:
    """Open a library (as `reader.open`).

    Nothing is written before something is changed, and reading changes no byte.

    Args:
        path: Its file.
        annotator: Who acts; else `$READER_ANNOTATOR`, else the login name.
        create: Whether a missing file is a new library, which the first change makes.

    Raises:
        LibraryError: If it cannot be opened, or is missing.
    """
    file = Path(path)
    if not create and not os.path.lexists(file):
        raise LibraryError(
            f"{file}: there is no library here; create=True makes one with the first change."
        )
    me = Identity(state_folder())
    return Library(stored.Library(file, me), annotator_name(annotator))


class Library(Reading):
    """An open library. It is a context manager; `reader.open` makes it."""

    @cached_property
    def _session(self) -> Session:
        from reader.session import Session

        return Session(self._stored, self._name)

    @property
    def annotator(self) -> Annotator:
        """Who acts."""
        return self._session.annotator

    def add(
        self, *paths: AnyPath, language: str | None = None, encoding: str | None = None
    ) -> tuple[Outcome, ...]:
        """Add articles from files, folders and archives, as `reader add` does.

        All of them can be read, or none is added.

        Args:
            paths: Where they are.
            language: What they are written in (BCP 47); else it is detected.
            encoding: What the files are in; else it is detected.

        Returns:
            What became of each text: added, known already, a new version ...

        Raises:
            ArticleError: If one cannot be read.
            LibraryError: If the library cannot be written.
        """
        from reader.corpus.folders import owned_by
        from reader.corpus.sources import find_sources

        sources = find_sources(paths, own=owned_by(self._stored.path))
        return self._added(sources, language, encoding)

    def add_text(self, text: str, *, name: str = "text", language: str | None = None) -> Outcome:
        """Add an article from a string.

        Args:
            text: It is stored as it is.
            name: What the article's source is called.
            language: What it is written in (BCP 47); else it is detected.

        Raises:
            ArticleError: If there is nothing in it, or half of a surrogate pair.
            LibraryError: If the library cannot be written.
        """
        from reader.corpus.sources import Source

        try:
            data = text.encode()
        except UnicodeEncodeError as error:
            raise ArticleError(
                f"{name}: half of a surrogate pair at {error.start}, which no file can keep; "
                "take it out."
            ) from error
        source = Source(name, None, data)
        return self._added([source], language, "utf-8", kind="text")[0]

    def tag(
        self, article: str, start: int, end: int, type: str, entity: str | None = None
    ) -> Mention:
        """Tag a range of an article as a mention.

        Args:
            article: Id of the article.
            start: First code point of the text.
            end: One past the last.
            type: An entity type of the schema.
            entity: Id of the entity that it names, or None.

        Raises:
            AnnotationError: If the range or type cannot be, or it is tagged so already.
            LibraryError: If there is no such article, or the library cannot be written.
        """
        return self._at(article).marking.tag([(start, end)], type, entity)

    def link(self, mention: Mention, entity: str | None) -> None:
        """Link a mention to an entity, which learns its wording; None takes the link away.

        Raises:
            ConflictError: If somebody changed the mention meanwhile.
            LibraryError: If there is no such entity, or the library cannot be written.
        """
        target = None if entity is None else self.entity(entity)
        self._at(mention.span.article).marking.link(mention, target)

    def create_entity(self, name: str, type: str, mention: Mention | None = None) -> Entity:
        """Make an entity, and link a mention to it in the same action.

        Raises:
            AnnotationError: If the name is empty.
        """
        if mention is not None:
            return self._at(mention.span.article).marking.create_entity(name, type, mention)
        from reader.work.entities import EntityWork

        return EntityWork(self._session).create(name, type)

    def delete(self, record: Mention | ClaimMention | Attribution) -> None:
        """Delete what is marked in an article, with what hangs on it.

        Raises:
            ConflictError: If somebody changed it meanwhile.
        """
        (span, *_) = spans_of(record)
        self._at(span.article).marking.delete(record)

    def undo(self) -> str | None:
        """Take back this annotator's last action; return what it was, None if there is none.

        Raises:
            ConflictError: If another has changed its records since.
        """
        undone = self._stored.undo(self.annotator)
        self._forget()
        return None if undone is None else undone.what

    def export(
        self,
        path: AnyPath,
        format: str = "json",
        *,
        articles: Collection[str] | None = None,
        removed: bool = False,
    ) -> tuple[Loss, ...]:
        """Write the library, as `reader export` does; return what the format could not hold.

        Args:
            path: A file; a folder or a `.zip` where the format has many files.
            format: Its name; `reader formats` lists them.
            articles: Ids of the articles to write, or None for all.
            removed: Whether the removed articles are written too.

        Raises:
            ReaderError: If it cannot be written; what was there is left as it was.
        """
        from reader.formats.exporting import write_out

        lost: list[Loss] = []
        name = os.fspath(path)
        write_out(self._stored, name, format, articles, removed=removed, report=lost.extend)
        return tuple(lost)

    def import_(
        self, *paths: AnyPath, format: str | None = None, on_conflict: Policy = "refuse"
    ) -> Taken:
        """Take in annotations, as `reader import` does: all of them or nothing.

        Args:
            paths: What an export or another tool wrote.
            format: Its name, or None to recognise it.
            on_conflict: What to do where the library has something else.

        Raises:
            FormatError: Naming the file, the place and the cure.
        """
        from reader.corpus.folders import owned_by, shown_path
        from reader.formats.incoming import Wishes, given_at, take_in

        own = owned_by(self._stored.path)
        given = [given_at(Path(path), shown_path(path), own) for path in paths]
        wishes = Wishes(format=format, policy=on_conflict)
        taken = take_in(self._stored, given, self._name, wishes)
        self._forget()
        return taken

    def _forget(self) -> None:
        """Begin a new session with the next change: the store has changed below this one."""
        self.__dict__.pop("_session", None)

    def _at(self, article: str) -> Session:
        """The session with an article open, as it is now."""
        session = self._session
        session.open_article(article)
        return session

    def _added(
        self,
        sources: Iterable[Source],
        language: str | None,
        encoding: str | None,
        kind: str | None = None,
    ) -> tuple[Outcome, ...]:
        from reader.corpus.loading import Wishes
        from reader.work.additions import Additions

        wishes = Wishes(kind, encoding, language)  # type: ignore[arg-type]
        adding = Additions(
            self._stored, lambda: self._session.annotator, wishes, told=lambda said: None
        )
        read = [arrival for source in sources for arrival in adding.read(source)]
        return tuple(adding.store([_readable(arrival) for arrival in read]))


def _readable(arrival: Arrival | ArticleError) -> Arrival:
    if isinstance(arrival, ArticleError):
        raise arrival
    return arrival
