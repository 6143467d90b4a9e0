"""What is in a library, for programs: everything that changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from reader.annotation.model import (
    Annotator,
    Attribution,
    Claim,
    ClaimMention,
    Entity,
    Mention,
    Note,
    Record,
    Ref,
    Relation,
    spans_of,
)
from reader.annotation.schema import Schema
from reader.corpus.article import Article
from reader.errors import LibraryError
from reader.store import library as stored
from reader.store.articles import ArticleEntry

if TYPE_CHECKING:
    from reader.annotation.entity_list import EntityEntry
    from reader.store.claims import ClaimEntry
    from reader.store.history import Entry

R = TypeVar("R", bound=Record)


class Reading:
    """An open library, to read from. It is a context manager.

    Args:
        library: The store below it; it is closed with this.
        annotator: Name of who acts.
    """

    def __init__(self, library: stored.Library, annotator: str) -> None:
        self._stored = library
        self._name = annotator

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the library. Every change is on the disk already."""
        self._stored.close()

    @property
    def path(self) -> Path:
        """The library's file."""
        return self._stored.path

    @property
    def annotators(self) -> tuple[Annotator, ...]:
        """Everybody who has annotated here, oldest first."""
        return self._stored.people.all()

    @property
    def schema(self) -> Schema:
        """The types of entities and relations, and the attributes."""
        return self._stored.schema()

    def articles(self, *, removed: bool = False) -> tuple[ArticleEntry, ...]:
        """List the articles in the order in which they were added, without their texts.

        Args:
            removed: List the removed articles instead.
        """
        me = self._stored.people.who(self._name).id
        return self._stored.articles.listed(me, "removed" if removed else "present")

    def article(self, id: str) -> Article:
        """Read an article with its text; offsets are its code points, ends exclusive.

        Raises:
            LibraryError: If there is none with this id.
        """
        return self._stored.articles.read(id)

    def mentions(self, article: str | None = None, *, entity: str | None = None) -> list[Mention]:
        """Read mentions in the order of the list and of reading.

        Args:
            article: Id of an article, or None for all that are listed.
            entity: Id of an entity: only its mentions, and those of what was merged into it.
        """
        found = self._marked(Mention, article)
        if entity is None:
            return list(found)
        same = {entity, *self._absorbed(entity)}
        return [mention for mention in found if mention.entity in same]

    def claim_mentions(
        self, article: str | None = None, *, claim: str | None = None
    ) -> list[ClaimMention]:
        """Read the places where claims are made; like `mentions`."""
        found = self._marked(ClaimMention, article)
        return [made for made in found if claim in (None, made.claim)]

    def attributions(self, article: str | None = None) -> list[Attribution]:
        """Read who is said to have said what; like `mentions`."""
        return list(self._marked(Attribution, article))

    def notes(self, article: str) -> list[Note]:
        """Read the notes on an article and on what is marked in it."""
        return list(self._marked(Note, article))

    def entities(self) -> tuple[EntityEntry, ...]:
        """List the entities that were merged into no other, with what is counted of them."""
        from reader.work.entities import Entities

        return Entities(self._stored).entries

    def entity(self, id: str) -> Entity:
        """Read an entity.

        Raises:
            LibraryError: If there is none with this id.
        """
        return self._record("entity", id, Entity)

    def claims(self) -> tuple[ClaimEntry, ...]:
        """List the claims that articles of the list make, with where they are made."""
        return self._stored.claims.all().entries

    def claim(self, id: str) -> Claim:
        """Read a claim with its evidence.

        Raises:
            LibraryError: If there is none with this id.
        """
        return self._record("claim", id, Claim)

    def relations(self) -> list[Relation]:
        """Read the relations between any two records."""
        return [each for each in self._stored.records.shared() if isinstance(each, Relation)]

    def history(self) -> tuple[Entry, ...]:
        """Read all actions, oldest first."""
        return self._stored.history()

    def _record(self, kind: str, id: str, cls: type[R]) -> R:
        found = self._stored.records.get(Ref(kind, id))
        if not isinstance(found, cls):
            raise LibraryError(f"{self.path}: there is no {kind} {id}.")
        return found

    def _marked(self, cls: type[R], article: str | None) -> Iterator[R]:
        """Read the records of a class in one article or all, in the order of reading."""
        ids = [article] if article is not None else [entry.id for entry in self.articles()]
        for id in ids:
            found = (each for each in self._stored.records.within(id) if isinstance(each, cls))
            yield from sorted(found, key=_place)

    def _absorbed(self, entity: str) -> Iterator[str]:
        from reader.work.entities import Entities

        now = Entities(self._stored)
        return (each.id for each in now.absorbed(self.entity(entity)))


def _place(record: Record) -> tuple[int, int, str]:
    spans = spans_of(record)
    return (spans[0].start, -spans[0].end, record.id) if spans else (0, 0, record.id)
