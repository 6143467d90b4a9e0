"""A library: articles, records and history in one SQLite file.

Opened for reading until the first write; every write is one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from reader.annotation.changes import Action, Change
from reader.annotation.ids import now
from reader.annotation.model import Annotator
from reader.annotation.schema import Schema
from reader.corpus.article import Article
from reader.store import articles, database, history, labels, rows
from reader.store.access import Access
from reader.store.reading import StoredArticles, StoredClaims, StoredPeople, StoredRecords

if TYPE_CHECKING:
    from reader.store.entities import StoredEntities
    from reader.store.exchange import Exchange
    from reader.store.past import Past
    from reader.store.repair import Repaired
    from reader.store.statistics import StoredStatistics
    from reader.store.watching import Watch
    from reader.user.identity import Identity


def _migrate(connection: sqlite3.Connection) -> None:
    """Load the migrations, and sqlite-utils with them, only when they are needed."""
    from reader.store.migrations import migrate

    migrate(connection)


def _hide_others(annotator: str, connection: sqlite3.Connection) -> None:
    """Load what hides the marks of others only where they are to be hidden."""
    from reader.store.own_marks import hide_others

    hide_others(connection, annotator)


def _index_texts(connection: sqlite3.Connection, new: Collection[str] | None = None) -> None:
    """Load the index of the texts only when something comes into it."""
    from reader.store import text_index

    text_index.update(connection, new)


class Library:
    """One library file.

    Args:
        path: The file. It need not exist: it is made by the first write.
        identity: Who this user is under each name; None where names alone tell.
        only: Id of the annotator whose marks alone are read, as if there were no others;
            such a library is for reading. "" for all.

    Attributes:
        path: The file.
        identity: Who this user is under each name; None where names alone tell.
        articles: The articles that are in it.
        records: What is marked in them, and what stands above them.
        claims: What is claimed, in all of them.
        people: Who has annotated in it.
        greet: Called when somebody new has acted who may be known here under another name,
            with both.

    Raises:
        LibraryError: If it cannot be opened.
    """

    def __init__(self, path: Path, identity: Identity | None = None, only: str = "") -> None:
        self.path = path
        self.identity = identity
        self._access = Access(path, _migrate, partial(_hide_others, only) if only else None)
        self.articles = StoredArticles(self._access)
        self.records = StoredRecords(self._access)
        self.claims = StoredClaims(self._access)
        self.people = StoredPeople(self._access, identity)
        self.greet: Callable[[Annotator, Annotator], None] | None = None
        self._is_indexed = False

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._access.connection

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the library; as the last one, make it one plain file again."""
        self._access.close()

    @property
    def patience(self) -> float | None:
        """Seconds that it waits for another program; None for the usual time."""
        return self._access.patience

    def be_patient(self, seconds: float) -> None:
        """Wait so long for another program, each time, from now on."""
        self._access.be_patient(seconds)

    def is_locked(self) -> bool:
        """Whether another program keeps everybody from writing at this moment."""
        return self._access.is_locked()

    @property
    def wrote(self) -> bool:
        """Whether anything was written, or was to be."""
        return self._access.wrote

    @property
    def state(self) -> object:
        """What is equal as long as nobody, here or elsewhere, has changed the library."""
        with database.explained(self.path):
            return self._access.state()

    def state_at_once(self) -> object | None:
        """Return `state` without waiting; None while another program keeps all from reading."""
        with database.explained(self.path), database.at_once(self._connection) as ready:
            return self._access.state() if ready() else None

    @property
    def is_empty(self) -> bool:
        """Whether there is no article and no record."""
        with database.explained(self.path):
            return rows.is_empty(self._connection)

    @property
    def anything_unsettled(self) -> bool:
        """Whether there may be conflicts; `exchange` tells which."""
        with database.explained(self.path):
            found = self._connection.execute("SELECT 1 FROM unsettled LIMIT 1")
            return found.fetchone() is not None

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Read one state of the library, whatever others write meanwhile.

        Inside, `records.around` and `records.all` are not at hand: they begin a state of their own.
        """
        with database.snapshot(self._connection, self.path):
            yield

    @contextmanager
    def _acting(self, author: Annotator) -> Iterator[sqlite3.Connection]:
        """Write as somebody; what this user is called from then on is remembered."""
        own = self.people.own(author.name)
        same = None if self.greet is None else self.people.namesake(author)
        with self._access.transaction() as connection:
            if author.id in own:
                # Somebody else of this name may be here: two people, and known to be two.
                history.know(connection, author)
            yield connection
        if self.identity is not None:
            self.identity.keep(author.name, author.id)
        if same is not None and self.greet is not None:
            self.greet(author, same)

    def schema(self) -> Schema:
        """Return the label schema."""
        with database.explained(self.path):
            return labels.read_schema(self._connection)

    @property
    def entities(self) -> StoredEntities:
        """The entities, with what is counted and found over all articles."""
        from reader.store.entities import StoredEntities

        return StoredEntities(self._access)

    @property
    def statistics(self) -> StoredStatistics:
        """What statistics of all articles are counted from."""
        from reader.store.statistics import StoredStatistics

        return StoredStatistics(self._access)

    @property
    def exchange(self) -> Exchange:
        """What libraries tell each other."""
        from reader.store.exchange import Exchange

        return Exchange(self._access)

    @property
    def past(self) -> Past:
        """The history looked through, and earlier states."""
        from reader.store.past import Past

        return Past(self._access)

    def watch(self) -> Watch:
        """Return what sees whatever changes from now on, or has since the library was opened."""
        from reader.store.watching import Watch

        return Watch(self._access, self.path, self._access.first)

    def add_articles(self, new: Iterable[Article]) -> tuple[bool, ...]:
        """Add articles in one transaction; False for each text that is there already."""
        wanted = tuple(new)
        with self._access.transaction() as connection:
            added = tuple(articles.add_article(connection, article) for article in wanted)
            # What others left out is looked for once: it takes a look at all articles.
            _index_texts(connection, [each.id for each in wanted] if self._is_indexed else None)
        self._is_indexed = True
        return added

    def add_version(self, author: Annotator, new: Article, action: Action) -> None:
        """Add an article, unless it is here, and make an action's changes, in one transaction.

        An undo of the action takes the article out of the list again.

        Raises:
            ConflictError: If somebody changed a record meanwhile.
            LibraryError: If the library cannot be written.
        """
        with self._acting(author) as connection:
            articles.add_article(connection, new)
            _index_texts(connection)
            history.perform(connection, author, action)

    def perform(self, author: Annotator, action: Action) -> Action:
        """Make an action's changes in one transaction; return the action as it was made.

        Raises:
            ConflictError: If somebody changed a record meanwhile, or something refers to it.
            LibraryError: If the library cannot be written.
        """
        with self._acting(author) as connection:
            return history.perform(connection, author, action)

    def take_in(
        self,
        people: Iterable[Annotator],
        new: Iterable[Article],
        author: Annotator,
        action: Action,
        changes: Iterable[Change] | None = None,
    ) -> None:
        """Add what an import brings, all or nothing. It is no action that undo takes back.

        Args:
            people: Annotators who are to be known here.
            new: Articles to add.
            author: Who imports.
            action: The records that come in, and what changes about the schema and about
                articles that are here.
            changes: All that comes in, in place of the action's own changes, where that is
                too much to be held; it is asked for it several times.
        """
        with self._acting(author) as connection:
            for article in new:
                articles.add_article(connection, article)
            _index_texts(connection)
            for person in people:
                history.know(connection, person)
            if changes is not None or action.changes:
                history.take_in(connection, author, action, changes or action.changes)

    def undo(self, author: Annotator) -> Action | None:
        """Take back the annotator's last action; return what was done to do so.

        Raises:
            ConflictError: If another has changed a record of it since.
        """
        return self._turn(author, "undo", history.last_done)

    def redo(self, author: Annotator) -> Action | None:
        """Bring back what was undone last, if nothing was done since.

        Raises:
            ConflictError: If another has changed a record of it since.
        """
        return self._turn(author, "redo", history.last_undone)

    def next_turn(self, author: Annotator, *, again: bool = False) -> Action | None:
        """Return the action that undo, or redo, is about next; None when there is none."""
        find = history.last_undone if again else history.last_done
        with database.explained(self.path):
            target = find(self._connection, author.id)
            return None if target is None else history.read_action(self._connection, target)

    def _turn(
        self,
        author: Annotator,
        mode: Literal["undo", "redo"],
        find: Callable[[sqlite3.Connection, str], str | None],
    ) -> Action | None:
        with database.explained(self.path):
            # To begin writing makes the file: only with something to write.
            if find(self._connection, author.id) is None:
                return None
        with self._access.transaction() as connection:
            target = find(connection, author.id)
            if target is None:
                return None
            action = history.read_action(connection, target)
            made = action.inverse(now()) if mode == "undo" else action.again(now())
            return history.perform(connection, author, made, mode, target)

    def history(self) -> tuple[history.Entry, ...]:
        """Return the whole history, oldest first."""
        with database.explained(self.path):
            return history.entries(self._connection)

    def repair(self, copies: Iterable[Path] = ()) -> Repaired:
        """Write the tables anew from the history; make a copy of the library first.

        Args:
            copies: Copies of the library, the newest first, for what no history tells.

        Raises:
            LibraryError: If it cannot be written, or its history cannot be followed.
        """
        from reader.store.repair import repair

        with self._access.transaction() as connection:
            done = repair(connection, copies, _migrate)
            _index_texts(connection)
            return done

    def loss(self, *, accept: bool = False) -> str:
        """Say that annotations are missing which nobody deleted since it was last seen; else "".

        What is seen now is remembered, in the user's state folder.

        Args:
            accept: Whether it is remembered too when some are missing.
        """
        from reader.store import loss

        with database.snapshot(self._connection, self.path):
            now, before = loss.look(self._connection), loss.recall(self.path)
            found = before and loss.find_loss(self._connection, before, now)
        if now != before and (accept or not found):
            loss.remember(self.path, now)
        return loss.words(self.path, found) if found else ""

    def problems(self) -> tuple[str, ...]:
        """Check the file, the references, and every quote against its text."""
        from reader.store.integrity import problems

        with database.snapshot(self._connection, self.path):
            return problems(self._connection)
