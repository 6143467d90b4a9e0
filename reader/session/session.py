"""One annotator at work in one library: the open article and what is marked in it.

Front ends read from here and act through here. An action is committed before
`apply` returns; subscribers hear of it after that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.changes import Action, Change, Place
from reader.annotation.layers import Layers
from reader.annotation.model import (
    Annotator,
    ArticleDetails,
    Record,
    Ref,
    SchemaRecord,
    article_of,
    with_details,
)
from reader.annotation.spans import Range, Span, make_span
from reader.corpus.article import Article
from reader.errors import ConflictError, LibraryBusyError, LibraryError, UsageError
from reader.session.keeping import Kept
from reader.session.marking import Marking
from reader.store.articles import ArticleEntry
from reader.store.library import Library
from reader.user.paths import annotator_name
from reader.values import dataclass

if TYPE_CHECKING:
    from reader.session.finding import Finding


@dataclass(frozen=True, slots=True)
class Changed:
    """What subscribers are told after a commit.

    Attributes:
        what: In the user's words, for example `tag PER “Alexander Nix”`.
        changes: The records before and after.
        place: Where in the articles it happened, if anywhere.
    """

    what: str
    changes: tuple[Change, ...]
    place: Place | None


class Session:
    """An annotator, a library, and the article that is open.

    Args:
        library: The library to work in; closed with the session.
        name: The annotator's name, or the beginning of the id.

    Raises:
        UsageError: If that may mean several.
    """

    def __init__(self, library: Library, name: str) -> None:
        self.library = library
        self.annotator = library.people.who(name)
        self.schema = library.schema()
        self.annotations = AnnotationSet()
        self._article: Article | None = None
        self._sentences: tuple[Range, ...] | None = None
        self.layers = Layers()
        """Whose marks are looked at; changed with `look_at`."""
        self._seen: tuple[object, AnnotationSet] = (None, self.annotations)
        self._own_alone: Library | None = None
        self._joined = False
        self._subscribers: list[Callable[[Changed], None]] = []
        self.marking = Marking(self)
        """What can be done in the open article."""
        self.kept = Kept()
        """What could not be written yet."""

    @classmethod
    def open(cls, path: Path, annotator: str | None = None) -> Session:
        """Open a library for an annotator; a missing file is an empty library.

        Raises:
            LibraryError: If it cannot be opened.
        """
        return cls(Library(path), annotator_name(annotator))

    def close(self) -> None:
        """Leave the library. Everything is committed already."""
        self._look_with_open_eyes()
        self.library.close()

    @property
    def path(self) -> Path:
        """The library's file."""
        return self.library.path

    @property
    def article(self) -> Article | None:
        """The open article."""
        return self._article

    @property
    def author(self) -> Author:
        """Who acts, on which records: what `reader.annotation.actions` asks for."""
        if not self._joined:
            # Another window may have stored this name since, and names are one person each.
            with self.kept.doing_without():
                who = self.library.people.who(self.annotator.name, self.annotator)
                if who.id != self.annotator.id:
                    self._reload()
                self.annotator = who
        return Author(self.annotator, self.annotations, self.schema)

    @property
    def seen(self) -> AnnotationSet:
        """What is looked at of the open article's records and of the shared ones."""
        key = self.annotations, self.layers, self.annotator.id
        if self._seen[0] != key:
            self._seen = key, self.layers.seen(self.annotations, self.annotator.id)
        return self._seen[1]

    @property
    def shown(self) -> Library:
        """The library to read what is shown from: without what others do, in blind mode."""
        if not self.layers.blind:
            return self.library
        if self._own_alone is None:
            self._own_alone = Library(self.path, only=self.annotator.id)
            if self.library.patience is not None:
                self._own_alone.be_patient(self.library.patience)
        return self._own_alone

    def look_at(self, layers: Layers) -> None:
        """Look at other layers."""
        self.layers = layers
        if not layers.blind:
            self._look_with_open_eyes()

    def _look_with_open_eyes(self) -> None:
        if self._own_alone is not None:
            self._own_alone.close()
            self._own_alone = None

    def articles(self) -> tuple[ArticleEntry, ...]:
        """List the library's articles."""
        return self.shown.articles.listed(self.annotator.id)

    def open_article(self, id: str) -> Article:
        """Open an article; this writes nothing.

        Raises:
            LibraryError: If there is none with this id.
            UsageError: If it is removed.
        """
        self._article = self._present(id)
        self._sentences = None
        self._reload()
        return self._article

    def turn_to(self, id: str) -> Article:
        """Open another article with the shared records as they are known, to go back and forth.

        Raises:
            LibraryError: If there is none with this id.
            UsageError: If it is removed.
        """
        article = self._present(id)
        shared = (record for record in self.annotations if article_of(record) is None)
        self.annotations = AnnotationSet.of((*shared, *self.library.records.within(id)))
        self._article, self._sentences = article, None
        for action in self.kept.actions:
            self.annotations = self.annotations.apply(self._here(action.changes, id))
        self.schema = self.library.schema()
        return article

    def _present(self, id: str) -> Article:
        article = self.library.articles.read(id)
        self.require_readable(article)
        return article

    def require_readable(self, article: Article) -> None:
        """Let an article be read that is listed, or is an older version of one that is.

        Raises:
            UsageError: If it is removed.
        """
        if article.removed and self.library.articles.newer_version(article.id) is None:
            raise UsageError("The article is removed; bring it back to read it.")

    def sentences(self) -> tuple[Range, ...]:
        """Return the sentences of the open article, found when first asked for."""
        if self._sentences is None:
            from reader.corpus.sentences import sentences

            article = self.opened()
            self._sentences = tuple(sentences(article.text, article.roles, article.language))
        return self._sentences

    def subscribe(self, callback: Callable[[Changed], None]) -> Callable[[], None]:
        """Call `callback` after each change; return what ends that."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback)

    def apply(self, action: Action) -> None:
        """Make an action: one transaction, committed when this returns.

        Where that is so (`Kept.keeps`), what cannot be written is kept, and counts as made.

        Raises:
            AnnotationError: If a text in it cannot be stored.
            ConflictError: If somebody changed a record meanwhile; the records are read anew.
            LibraryBusyError: If another program holds the library for too long.
            LibraryError: If the library cannot be written.
        """
        begun = self.annotator.id
        try:
            self.save()
            author = self.author.annotator
            if author.id != begun:
                from reader.annotation.signing import signed

                action = signed(action, begun, author.id)
            with self._reloading():
                made = self.library.perform(author, action)
        except LibraryError as error:
            action = self.kept.take(action, error)
            self._told(action, f"{action.what} (not saved)", stored=False)
            return
        self._joined = True
        self.kept.written()
        self._told(made, made.what)

    def save(self) -> int:
        """Write the actions that are kept; return how many could be made.

        Raises:
            LibraryError: If the library still cannot be written; what is not is still kept.
        """
        if not self.kept.actions:
            return 0
        refused, who = len(self.kept.refused), self.author.annotator
        try:
            return self.kept.save(lambda action: self.library.perform(who, action))
        finally:
            if len(self.kept.refused) > refused:
                self._reload()

    def undo(self) -> Changed | None:
        """Take back this annotator's last action, also one of an earlier run.

        Raises:
            ConflictError: If another has changed its records since; they are read anew.
        """
        last = self.kept.take_back()
        if last is not None:
            inverse = last.inverse(last.created)
            return self._told(inverse, f"undone: {last.what}", stored=False)
        with self._turning("undo"):
            back = self.library.undo(self.annotator)
        return None if back is None else self._told(back, f"undone: {back.what}")

    def next_turn(self, *, again: bool = False) -> Action | None:
        """Return the action that undo, or redo, is about next; None when there is none."""
        if self.kept.actions:
            return None if again else self.kept.actions[-1]
        return self.library.next_turn(self.annotator, again=again)

    def redo(self) -> Changed | None:
        """Bring back what was undone last, if nothing was done since.

        Raises:
            ConflictError: If another has changed its records since; they are read anew.
        """
        if self.kept.actions:
            return None
        with self._turning("redo"):
            again = self.library.redo(self.annotator)
        return None if again is None else self._told(again, f"redone: {again.what}")

    def span(self, ranges: Iterable[Range]) -> Span:
        """Make a span over ranges of the open article.

        Raises:
            AnnotationError: If nothing is selected.
        """
        article = self.opened()
        return make_span(article.id, article.text, ranges)

    @cached_property
    def finding(self) -> Finding:
        """Entities and claims, found by what is typed; made when it is first needed."""
        from reader.session.finding import Finding

        return Finding(self)

    def take_in(self, records: Mapping[Ref, Record | None] | None) -> bool:
        """Know records as others have left them; tell whether any differs in the open article.

        Args:
            records: Each as it is now, None for one that is gone; None instead of all of them
                to read everything anew.
        """
        if records is None:
            self._reload()
            return True
        pairs = ((self.annotations.get(ref), record) for ref, record in records.items())
        found = (Change(old, new) for old, new in pairs if old != new)
        changes = tuple(self._here(found, self._opened_id))
        self.annotations = self.annotations.apply(changes) if changes else self.annotations
        other = self._refreshed(records)
        return bool(changes) or other

    def _refreshed(self, records: Mapping[Ref, Record | None]) -> bool:
        """Take in schema, names, and what is known about the open article, if these are others."""
        before = self._article, self.schema
        for record in records.values():
            if record is not None:
                self._know(record)
            if isinstance(record, SchemaRecord):
                self.schema = self.library.schema()
        names = any(isinstance(record, Annotator) for record in records.values())
        return names or (self._article, self.schema) != before

    def _know(self, record: Record) -> None:
        """Take in what a record says of the open article, or of who works here."""
        opened = self._article
        if isinstance(record, ArticleDetails) and opened and opened.id == record.id:
            self._take(with_details(opened, record))
        elif isinstance(record, Annotator) and record.id == self.annotator.id:
            self.annotator = record

    def opened(self) -> Article:
        """The open article.

        Raises:
            UsageError: If none is open.
        """
        if self._article is None:
            raise UsageError("No article is open.")
        return self._article

    def _reload(self) -> None:
        """Read everything anew; what cannot be read leaves all as it was."""
        who = self.library.people.who(self.annotator.name, self.annotator)
        schema, id = self.library.schema(), self._opened_id
        article = None if id is None else self.library.articles.read(id)
        records = () if id is None else self.library.records.around(id)
        self._become(who)
        self.schema = schema
        if article is not None:
            self._take(article)
            self.annotations = self._with_kept(records, article.id)

    def _become(self, who: Annotator) -> None:
        """Act under the id and the name by which the library knows who works here."""
        old, self.annotator = self.annotator.id, who
        if who.id != old:
            self.kept.sign(old, who.id)
            self.layers = self.layers.by(old, who.id)
            self._look_with_open_eyes()

    def known_in(self, article: str) -> AnnotationSet:
        """Read the records of an article and the shared ones, with what is not saved yet."""
        return self._with_kept(self.library.records.around(article), article)

    def _with_kept(self, stored: Iterable[Record], article: str) -> AnnotationSet:
        records = AnnotationSet.of(stored)
        for action in self.kept.actions:
            records = records.apply(self._here(action.changes, article))
        return records

    def _take(self, article: Article) -> None:
        """Hold an article as it is now; its sentences end where its parts do."""
        if self._article is None or article.roles != self._article.roles:
            self._sentences = None
        self._article = article

    @contextmanager
    def _reloading(self) -> Iterator[None]:
        """Read the records anew when somebody else has changed them."""
        try:
            yield
        except ConflictError:
            self._reload()
            raise

    @contextmanager
    def _turning(self, what: str) -> Iterator[None]:
        """Undo or do again: what is written then is no action to be kept."""
        try:
            with self._reloading():
                yield
        except LibraryBusyError as error:
            error.what = what
            raise
        self.kept.written()

    def _here(self, changes: Iterable[Change], article: str | None) -> Iterable[Change]:
        """Pick the changes in an article and to what stands above articles."""
        for change in changes:
            record = change.before if change.after is None else change.after
            if record is None or isinstance(record, ArticleDetails | SchemaRecord | Annotator):
                continue
            if article_of(record) in (None, article):
                yield change

    @property
    def _opened_id(self) -> str | None:
        return None if self._article is None else self._article.id

    def _told(self, action: Action, what: str, *, stored: bool = True) -> Changed:
        """Know what an action has changed, and tell the subscribers.

        Args:
            action: What was done.
            what: The same in words.
            stored: Whether it is in the library; else that may be out of reach.
        """
        self.annotations = self.annotations.apply(self._here(action.changes, self._opened_id))
        for change in action.changes:
            if change.after is not None:
                self._know(change.after)
        if stored:
            # Another program may have changed it too, and what comes next goes by it.
            self.schema = self.library.schema()
        changed = Changed(what, action.changes, action.place)
        for callback in tuple(self._subscribers):
            callback(changed)
        return changed
