"""What is read of a library: its articles, its records, and who works on them.

`Library` gives one of each; they read the state of the moment when they are asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reader.annotation.ids import new_id
from reader.annotation.model import KINDS, Annotator, Record, Ref
from reader.corpus.article import Article
from reader.errors import LibraryError
from reader.store import articles, database, rows
from reader.store.access import Access, Stored
from reader.store.articles import ArticleEntry, ArticleLinks, ArticleText, Shown

if TYPE_CHECKING:
    from reader.annotation.schema_changes import Used
    from reader.annotation.speakers import Spoken
    from reader.store.claims import Claims
    from reader.store.known import KnownArticles
    from reader.store.people import Activity
    from reader.store.streaming import Encoded
    from reader.store.survey import Survey
    from reader.store.touched import Mark
    from reader.user.identity import Identity


class StoredArticles(Stored):
    """The articles of a library.

    Args:
        access: The library.
    """

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self._listed: dict[tuple[str, Shown], tuple[object, tuple[ArticleEntry, ...]]] = {}

    def listed(self, annotator: str, shown: Shown = "present") -> tuple[ArticleEntry, ...]:
        """List the articles, with the status of one annotator.

        Args:
            annotator: Id of the annotator, or "" for nobody.
            shown: Which articles to list.
        """
        self._access.refresh()
        with database.explained(self._path):
            state = self._access.state()
            known = self._listed.get((annotator, shown))
            if known is None or known[0] != state:
                known = state, articles.list_articles(self._connection, annotator, shown)
                self._listed[annotator, shown] = known
            return known[1]

    def marked_by(self, annotator: str) -> Mapping[str, int]:
        """Count the mentions, claims and notes of an annotator by the id of the article."""
        with database.explained(self._path):
            return articles.read_marked_by(self._connection, annotator)

    def read(self, id: str) -> Article:
        """Read an article.

        Raises:
            LibraryError: If there is none with this id.
        """
        with database.explained(self._path):
            found = articles.read_article(self._connection, id)
        if found is None:
            raise LibraryError(f"{self._path}: there is no article {id}; see `reader list`.")
        return found

    def has(self, id: str) -> bool:
        """Tell whether there is an article, also a removed one."""
        with database.explained(self._path):
            return rows.exists(self._access.connection, Ref("article", id))

    def with_crlf(self) -> Iterator[tuple[str, str]]:
        """Give the ids and texts of the articles with lines that end in CRLF."""
        query = "SELECT id, text FROM article WHERE instr(text, char(13, 10))"
        with database.explained(self._path):
            yield from self._access.connection.execute(query)

    def sources(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Give the id of each article, and where it came from."""
        with database.explained(self._path):
            yield from articles.read_sources(self._access.connection)

    def text(self, id: str) -> ArticleText | None:
        """Read what a search looks at in an article; None when there is none with this id."""
        with database.explained(self._path):
            return articles.read_text(self._connection, id)

    def candidates(self, query: str, language: str = "") -> tuple[str, ...]:
        """Return the ids of the listed articles that may hold a query, in the order of the list.

        Args:
            query: What is looked for; it is compared folded.
            language: Only articles of this language; "" for all.
        """
        from reader.store import text_index

        self._access.refresh()
        with database.explained(self._path):
            return text_index.candidates(self._connection, query, language)

    def sharing_entities(self, article: str) -> tuple[tuple[str, int], ...]:
        """Return the articles that name entities which one names too, and how many of these."""
        with database.explained(self._path):
            return articles.read_sharing(self._connection, article)

    def links(self) -> Mapping[str, ArticleLinks]:
        """Read what the articles, removed ones too, point at, by id."""
        with database.explained(self._path):
            return articles.read_links(self._connection)

    def known(self) -> KnownArticles:
        """Return what tells whether something is here already, of removed articles too."""
        from reader.store.known import KnownArticles

        with database.explained(self._path):
            return KnownArticles(self._connection)

    def newer_version(self, article: str) -> str | None:
        """Return the listed article that stands in the place of one, or None."""
        with database.explained(self._path):
            return articles.read_newer(self._connection, article)


class StoredRecords(Stored):
    """The records of a library: what is marked in its articles, and what stands above them."""

    def get(self, ref: Ref) -> Record | None:
        """Read one record, or None when there is none."""
        with database.explained(self._path):
            return rows.read(self._connection, ref)

    def kind(self, id: str) -> str | None:
        """Return the kind of the record with an id, or None when there is none."""
        with database.explained(self._path):
            return rows.read_kind(self._access.connection, id)

    def refs(self) -> frozenset[Ref]:
        """Return references to all records."""
        query = " UNION ALL ".join(f"SELECT '{kind}' AS kind, id FROM \"{kind}\"" for kind in KINDS)
        with database.explained(self._path):
            return frozenset(Ref(*row) for row in self._connection.execute(query))

    def all(self) -> tuple[Record, ...]:
        """Read every record above and in the articles, also in removed ones."""
        with database.snapshot(self._connection, self._path):
            return tuple(
                record
                for kind in KINDS
                if kind != "article"
                for record in rows.read_where(self._connection, kind)
            )

    def around(self, article: str) -> tuple[Record, ...]:
        """Read the records of an article and all that stand above articles."""
        with database.snapshot(self._connection, self._path):
            here = rows.read_in_article(self._connection, article)
            return (*here, *rows.read_shared(self._connection))

    def within(self, article: str) -> tuple[Record, ...]:
        """Read the records of an article alone."""
        with database.explained(self._path):
            return tuple(rows.read_in_article(self._connection, article))

    def shared(self) -> tuple[Record, ...]:
        """Read the records above the articles: entities, claims, relations, notes on them."""
        with database.explained(self._path):
            return tuple(rows.read_shared(self._connection))

    def relations_in(self, article: str) -> tuple[Record, ...]:
        """Read the relations of what is marked in an article, with the notes on them."""
        with database.explained(self._path):
            return tuple(rows.read_relations(self._connection, article))

    def typed(self, types: Collection[str]) -> tuple[Record, ...]:
        """Read the records, in all articles, whose type of the schema is one of some."""
        from reader.store.used_labels import read_typed

        with database.explained(self._path):
            return read_typed(self._connection, types)

    def used_labels(self) -> Used:
        """Read what is used of the schema, in all articles, also removed ones."""
        from reader.store.used_labels import read_used

        with database.explained(self._path):
            return read_used(self._connection)

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of record in articles of which there are any."""
        from reader.store import streaming

        with database.explained(self._path):
            return streaming.stored_kinds(self._connection)

    def encoded(self, article: str, kinds: Iterable[str]) -> Iterator[Encoded]:
        """Give the records of an article as JSON values, `record` first; no record is made.

        Args:
            article: Id of the article.
            kinds: Which; see `kinds`.
        """
        from reader.store import streaming

        with database.explained(self._path):
            for kind in kinds:
                yield from streaming.encoded(self._connection, kind, article)

    def survey(self, *, removed: bool) -> Survey:
        """Tell what the records in the articles name; see `reader.store.survey`.

        Args:
            removed: Whether the removed articles count.
        """
        from reader.store.survey import read_survey

        with database.explained(self._path):
            return read_survey(self._connection, removed=removed)


class StoredClaims(Stored):
    """The claims of all articles, read anew only where something has changed.

    Args:
        access: The library.
    """

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self._known: tuple[Mark, Claims] | None = None

    def all(self) -> Claims:
        """List the claims, with where they are made and what relates them."""
        from reader.store.claims import read_changed, read_claims
        from reader.store.touched import mark, touched_since

        self._access.refresh()
        connection = self._connection
        with database.snapshot(connection, self._path):
            now, known = mark(connection), self._known
            if known is None or known[0] != now:
                touched = None if known is None else touched_since(connection, known[0])
                if known is None or touched is None:
                    known = now, read_claims(connection)
                else:
                    known = now, read_changed(connection, known[1], touched)
                self._known = known
            return known[1]

    def spoken(self) -> tuple[Spoken, ...]:
        """Count the claim mentions by the types of who makes them, and of whom that speaks for."""
        from reader.store.claims import read_spoken

        with database.explained(self._path):
            return read_spoken(self._access.connection)

    def like(self, claim: str) -> Claims:
        """List the claims that say the same as one, and what these are related to."""
        from reader.store.claims import read_same

        with database.snapshot(self._connection, self._path):
            return read_same(self._connection, claim)

    def about(self, *claims: str) -> tuple[Record, ...]:
        """Read claims with all that refers to them, in all articles, also removed ones."""
        from reader.store.claims import read_about

        with database.snapshot(self._connection, self._path):
            return tuple(read_about(self._connection, claims))


class StoredPeople(Stored):
    """Those who have annotated in a library.

    Args:
        access: The library.
        identity: Who this user is under each name; None where names alone tell.
    """

    def __init__(self, access: Access, identity: Identity | None) -> None:
        super().__init__(access)
        self._identity = identity
        self._statuses: tuple[object, Mapping[str, Mapping[str, str]]] | None = None

    def all(self) -> tuple[Annotator, ...]:
        """Return everybody who has annotated here, oldest first."""
        with database.explained(self._path):
            found = self._connection.execute("SELECT id, name FROM annotator ORDER BY id")
            return tuple(Annotator(row["id"], row["name"]) for row in found)

    def who(self, said: str, new: Annotator | None = None) -> Annotator:
        """Return whom a name or the beginning of an id means.

        Args:
            said: The name or id.
            new: Who it is if nobody is known here; stored with the first action.

        Raises:
            UsageError: If it may mean several, or is the id of nobody.
        """
        from reader.store.people import find

        people = self.all()
        same = None if new is None else next((who for who in people if who.id == new.id), None)
        if same is not None:
            # Perhaps under another name than before.
            return same
        return find(people, said, self.own(said)) or new or Annotator(new_id(), said)

    def namesake(self, who: Annotator) -> Annotator | None:
        """Return who may be the same as somebody who is new here; None for nobody."""
        from reader.store.people import namesake

        with database.explained(self._path):
            return namesake(self._connection, self.all(), who)

    def statuses(self) -> Mapping[str, Mapping[str, str]]:
        """Read how far everybody is with each article, by article and annotator."""
        with database.explained(self._path):
            state = self._access.state()
            if self._statuses is None or self._statuses[0] != state:
                self._statuses = state, articles.read_statuses(self._connection)
            return self._statuses[1]

    def own(self, name: str) -> Sequence[str]:
        """Return the ids that this user has under a name."""
        return () if self._identity is None else self._identity.ids(name)

    def activity(self) -> tuple[Activity, ...]:
        """Count what everybody has done here, oldest first."""
        from reader.store.people import read_activity

        with database.snapshot(self._connection, self._path):
            return read_activity(self._connection)
