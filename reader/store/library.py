"""A library: articles, records and history in one SQLite file.

Opened for reading until the first write; every write is one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from reader.annotation.changes import Action
from reader.annotation.ids import new_id, now
from reader.annotation.model import KINDS, Annotator, Record, Ref
from reader.annotation.schema import Schema
from reader.corpus.article import Article
from reader.errors import LibraryError
from reader.store import articles, database, history, labels, rows
from reader.store.access import Access
from reader.store.articles import ArticleEntry, ArticleLinks, ArticleText, Shown

if TYPE_CHECKING:
    from reader.annotation.schema_changes import Used
    from reader.store.claims import Claims
    from reader.store.entities import StoredEntities
    from reader.store.exchange import Exchange
    from reader.store.past import Past
    from reader.store.people import Activity
    from reader.store.repair import Repaired
    from reader.store.statistics import StoredStatistics
    from reader.store.streaming import Encoded
    from reader.store.survey import Survey
    from reader.store.touched import Mark
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


def _index_texts(connection: sqlite3.Connection) -> None:
    """Load the index of the texts only when something comes into it."""
    from reader.store import text_index

    text_index.update(connection)


class Library:
    """One library file.

    Args:
        path: The file. It need not exist: it is made by the first write.
        identity: Who this user is under each name; None where names alone tell.
        only: Id of the annotator whose marks alone are read, as if there were no others;
            such a library is for reading. "" for all.

    Raises:
        LibraryError: If it cannot be opened.
    """

    def __init__(self, path: Path, identity: Identity | None = None, only: str = "") -> None:
        self.path = path
        self._identity = identity
        self._access = Access(path, _migrate, partial(_hide_others, only) if only else None)
        self._listed: dict[tuple[str, Shown], tuple[object, tuple[ArticleEntry, ...]]] = {}
        self._claims: tuple[Mark, Claims] | None = None

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
    def wrote(self) -> bool:
        """Whether anything was written, or was to be."""
        return self._access.wrote

    @property
    def state(self) -> object:
        """What is equal as long as nobody, here or elsewhere, has changed the library."""
        with database.explained(self.path):
            return self._access.state()

    @property
    def anything_unsettled(self) -> bool:
        """Whether there may be conflicts; `exchange` tells which."""
        with database.explained(self.path):
            found = self._connection.execute("SELECT 1 FROM unsettled LIMIT 1")
            return found.fetchone() is not None

    def list_articles(self, annotator: str, shown: Shown = "present") -> tuple[ArticleEntry, ...]:
        """List the articles, with the status of one annotator.

        Args:
            annotator: Id of the annotator, or "" for nobody.
            shown: Which articles to list.
        """
        self._access.refresh()
        with database.explained(self.path):
            state = self._access.state()
            known = self._listed.get((annotator, shown))
            if known is None or known[0] != state:
                known = state, articles.list_articles(self._connection, annotator, shown)
                self._listed[annotator, shown] = known
            return known[1]

    def claims(self) -> Claims:
        """List the claims, with where they are made and what relates them."""
        from reader.store.claims import read_changed, read_claims
        from reader.store.touched import mark, touched_since

        self._access.refresh()
        with database.snapshot(self._connection, self.path):
            now, known = mark(self._connection), self._claims
            if known is None or known[0] != now:
                touched = None if known is None else touched_since(self._connection, known[0])
                known = (
                    now,
                    (
                        read_claims(self._connection)
                        if known is None or touched is None
                        else read_changed(self._connection, known[1], touched)
                    ),
                )
                self._claims = known
            return known[1]

    def claims_like(self, claim: str) -> Claims:
        """List the claims that say the same as one, and what these are related to."""
        from reader.store.claims import read_same

        with database.snapshot(self._connection, self.path):
            return read_same(self._connection, claim)

    def about_claims(self, *claims: str) -> tuple[Record, ...]:
        """Read claims with all that refers to them, in all articles, also removed ones."""
        from reader.store.claims import read_about

        with database.snapshot(self._connection, self.path):
            return tuple(read_about(self._connection, claims))

    def sharing_entities(self, article: str) -> tuple[tuple[str, int], ...]:
        """Return the articles that name entities which one names too, and how many of these."""
        with database.explained(self.path):
            return articles.read_sharing(self._connection, article)

    def article_links(self) -> Mapping[str, ArticleLinks]:
        """Read what the articles, removed ones too, point at, by id."""
        with database.explained(self.path):
            return articles.read_links(self._connection)

    def article(self, id: str) -> Article:
        """Read an article.

        Raises:
            LibraryError: If there is none with this id.
        """
        with database.explained(self.path):
            found = articles.read_article(self._connection, id)
        if found is None:
            raise LibraryError(f"{self.path}: there is no article {id}; see `reader list`.")
        return found

    def candidates(self, query: str, language: str = "") -> tuple[str, ...]:
        """Return the ids of the listed articles that may hold a query, in the order of the list.

        Args:
            query: What is looked for; it is compared folded.
            language: Only articles of this language; "" for all.
        """
        from reader.store import text_index

        self._access.refresh()
        with database.explained(self.path):
            return text_index.candidates(self._connection, query, language)

    def text(self, id: str) -> ArticleText | None:
        """Read what a search looks at in an article; None when there is none with this id."""
        with database.explained(self.path):
            return articles.read_text(self._connection, id)

    def records_in(self, article: str) -> tuple[Record, ...]:
        """Read the records of an article and all that stand above articles."""
        with database.snapshot(self._connection, self.path):
            here = rows.read_in_article(self._connection, article)
            return (*here, *rows.read_shared(self._connection))

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Read one state of the library, whatever others write meanwhile.

        Inside, `records_in` and `all_records` are not at hand: they begin a state of their own.
        """
        with database.snapshot(self._connection, self.path):
            yield

    def own_records(self, article: str) -> tuple[Record, ...]:
        """Read the records of an article alone."""
        with database.explained(self.path):
            return tuple(rows.read_in_article(self._connection, article))

    def encoded_records(self, article: str, kinds: Iterable[str]) -> Iterator[Encoded]:
        """Give the records of an article as JSON values, `record` first; no record is made.

        Args:
            article: Id of the article.
            kinds: Which; see `stored_kinds`.
        """
        from reader.store import streaming

        with database.explained(self.path):
            for kind in kinds:
                yield from streaming.encoded(self._connection, kind, article)

    def stored_kinds(self) -> tuple[str, ...]:
        """Return the kinds of record in articles of which there are any."""
        from reader.store import streaming

        with database.explained(self.path):
            return streaming.stored_kinds(self._connection)

    def survey(self, *, removed: bool) -> Survey:
        """Tell what the records in the articles name; see `reader.store.survey`.

        Args:
            removed: Whether the removed articles count.
        """
        from reader.store.survey import read_survey

        with database.explained(self.path):
            return read_survey(self._connection, removed=removed)

    def shared_records(self) -> tuple[Record, ...]:
        """Read the records above the articles: entities, claims, relations, notes on them."""
        with database.explained(self.path):
            return tuple(rows.read_shared(self._connection))

    def all_records(self) -> tuple[Record, ...]:
        """Read every record above and in the articles, also in removed ones."""
        with database.snapshot(self._connection, self.path):
            return tuple(
                record
                for kind in KINDS
                if kind != "article"
                for record in rows.read_where(self._connection, kind)
            )

    def refs(self) -> frozenset[Ref]:
        """Return references to all records."""
        query = " UNION ALL ".join(f"SELECT '{kind}' AS kind, id FROM \"{kind}\"" for kind in KINDS)
        with database.explained(self.path):
            return frozenset(Ref(*row) for row in self._connection.execute(query))

    def record(self, ref: Ref) -> Record | None:
        """Read one record, or None when there is none."""
        with database.explained(self.path):
            return rows.read(self._connection, ref)

    def annotators(self) -> tuple[Annotator, ...]:
        """Return everybody who has annotated here, oldest first."""
        with database.explained(self.path):
            found = self._connection.execute("SELECT id, name FROM annotator ORDER BY id")
            return tuple(Annotator(row["id"], row["name"]) for row in found)

    def annotator(self, said: str, new: Annotator | None = None) -> Annotator:
        """Return whom a name or the beginning of an id means.

        Args:
            said: The name or id.
            new: Who it is if nobody is known here; stored with the first action.

        Raises:
            UsageError: If it may mean several, or is the id of nobody.
        """
        from reader.store.people import find

        people = self.annotators()
        if new is not None and new in people:
            return new
        own = () if self._identity is None else self._identity.ids(said)
        return find(people, said, own) or new or Annotator(new_id(), said)

    def activity(self) -> tuple[Activity, ...]:
        """Count what everybody has done here, oldest first."""
        from reader.store.people import read_activity

        with database.snapshot(self._connection, self.path):
            return read_activity(self._connection)

    @contextmanager
    def _acting(self, author: Annotator) -> Iterator[sqlite3.Connection]:
        """Write as somebody; what this user is called from then on is remembered."""
        own = () if self._identity is None else self._identity.ids(author.name)
        with self._access.transaction() as connection:
            if author.id in own:
                # Somebody else of this name may be here: two people, and known to be two.
                history.know(connection, author)
            yield connection
        if self._identity is not None:
            self._identity.keep(author.name, author.id)

    def schema(self) -> Schema:
        """Return the label schema."""
        with database.explained(self.path):
            return labels.read_schema(self._connection)

    @property
    def entities(self) -> StoredEntities:
        """The entities, with what is counted and found over all articles."""
        from reader.store.entities import StoredEntities

        return StoredEntities(self._access, self.path)

    @property
    def statistics(self) -> StoredStatistics:
        """What statistics of all articles are counted from."""
        from reader.store.statistics import StoredStatistics

        return StoredStatistics(self._access, self.path)

    @property
    def exchange(self) -> Exchange:
        """What libraries tell each other."""
        from reader.store.exchange import Exchange

        return Exchange(self._access, self.path)

    @property
    def past(self) -> Past:
        """The history looked through, and earlier states."""
        from reader.store.past import Past

        return Past(self._access, self.path)

    def watch(self) -> Watch:
        """Return what sees whatever changes from now on, or has since the library was opened."""
        from reader.store.watching import Watch

        return Watch(self._access, self.path, self._access.first)

    def used_labels(self) -> Used:
        """Read what is used of the schema, in all articles, also removed ones."""
        from reader.store.used_labels import read_used

        with database.explained(self.path):
            return read_used(self._connection)

    def typed_records(self, types: Collection[str]) -> tuple[Record, ...]:
        """Read the records, in all articles, whose type of the schema is one of some."""
        from reader.store.used_labels import read_typed

        with database.explained(self.path):
            return read_typed(self._connection, types)

    def add_articles(self, new: Iterable[Article]) -> tuple[bool, ...]:
        """Add articles in one transaction; False for each text that is there already."""
        with self._access.transaction() as connection:
            added = tuple(articles.add_article(connection, article) for article in new)
            _index_texts(connection)
            return added

    def known_articles(self) -> tuple[articles.KnownArticle, ...]:
        """Read what tells whether something is here already, of removed articles too."""
        with database.explained(self.path):
            return articles.read_known(self._connection)

    def newer_version(self, article: str) -> str | None:
        """Return the listed article that stands in the place of one, or None."""
        with database.explained(self.path):
            return articles.read_newer(self._connection, article)

    def relations_in(self, article: str) -> tuple[Record, ...]:
        """Read the relations of what is marked in an article, with the notes on them."""
        with database.explained(self.path):
            return tuple(rows.read_relations(self._connection, article))

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
    ) -> None:
        """Add what an import brings, all or nothing. It is no action that undo takes back.

        Args:
            people: Annotators to store, in place of whom is known under their ids.
            new: Articles to add.
            author: Who imports.
            action: The records that come in, and what changes about the schema and about
                articles that are here.
        """
        with self._acting(author) as connection:
            for article in new:
                articles.add_article(connection, article)
            _index_texts(connection)
            for person in people:
                history.rename(connection, person)
            if action.changes:
                history.perform(connection, author, action, mode="import")

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
            back = history.read_action(connection, target).inverse(now())
            made = back if mode == "undo" else back.inverse(now())
            return history.perform(connection, author, made, mode, target)

    def history(self) -> tuple[history.Entry, ...]:
        """Return the whole history, oldest first."""
        with database.explained(self.path):
            return history.entries(self._connection)

    def repair(self) -> Repaired:
        """Write the tables anew from the history; make a copy of the library first.

        Raises:
            LibraryError: If it cannot be written, or its history cannot be followed.
        """
        from reader.store.repair import repair

        with self._access.transaction() as connection:
            done = repair(connection)
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
