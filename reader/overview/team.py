"""Who works on which article: to whom it is assigned, and how far each one is with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from reader.annotation.assignments import SIGN, is_assignment, own_tags, shown_tags, tag_of
from reader.annotation.model import Annotator
from reader.annotation.settled import SETTLED
from reader.overview.shelf import FINISHED
from reader.store.articles import ArticleEntry
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """What one person has to do with an article.

    Attributes:
        id: Id of the annotator, "" for somebody who has none here.
        name: The name as it is shown.
        status: How far this one is; `new` when nothing was begun.
        assigned: Whether the article is assigned to this one.
    """

    id: str
    name: str
    status: str
    assigned: bool

    @property
    def finished(self) -> bool:
        """Whether the article is done, reviewed or skipped."""
        return self.status in FINISHED


class Team:
    """The annotators of a library, and the articles between them.

    Args:
        people: Who is known in the library.
        me: Whose eyes look.
        statuses: How far each is, by article and annotator.
        blind: Whether nothing is known here of how far others are.
    """

    def __init__(
        self,
        people: Iterable[Annotator],
        me: Annotator,
        statuses: Mapping[str, Mapping[str, str]],
        *,
        blind: bool = False,
    ) -> None:
        self._people = [who for who in people if who.id != SETTLED.id]
        self._statuses = statuses
        self._own = own_tags(me)
        self._me = me.id
        self._blind = blind

    @cached_property
    def shown(self) -> Mapping[str, str]:
        """How tags that assign are shown, by the tag."""
        return shown_tags(self._people)

    def collection(self, tag: str) -> str:
        """Return a tag as it is shown."""
        return self.shown.get(tag, tag)

    def parts(self, article: str, tags: Iterable[str]) -> tuple[Part, ...]:
        """Return everybody who has begun an article, or to whom it is assigned.

        Those who are known stand in the order in which they came.

        Args:
            article: Id of the article.
            tags: Its tags, those of people by their ids.
        """
        found = self._parts(article, tags)
        return tuple(part for part in found if not self._blind or part.id == self._me)

    def _parts(self, article: str, tags: Iterable[str]) -> Iterator[Part]:
        assigned = [tag for tag in tags if is_assignment(tag)]
        statuses = self._statuses.get(article, {})
        if not assigned and not statuses:
            return
        for who in self._people:
            tag = tag_of(who.id)
            status = statuses.get(who.id, "new")
            if tag in assigned or status != "new":
                name = self.shown[tag].removeprefix(SIGN)
                yield Part(who.id, name, status, tag in assigned)
        for tag in assigned:
            if tag not in self.shown:
                yield Part("", tag.removeprefix(SIGN), "new", True)

    def is_mine(self, entry: ArticleEntry) -> bool:
        """Tell whether an article is assigned to who looks."""
        return not self._own.isdisjoint(entry.tags)

    def progress(self, entry: ArticleEntry) -> str:
        """Say how many of those who work on it have finished an article; "" for nobody else."""
        found = self.parts(entry.id, entry.tags)
        if all(part.id == self._me for part in found):
            return ""
        return f"{sum(part.finished for part in found)}/{len(found)}"

    def assignees(self, entry: ArticleEntry) -> tuple[str, ...]:
        """Return the names of those to whom an article is assigned."""
        return tuple(part.name for part in self.parts(entry.id, entry.tags) if part.assigned)

    def matters(self, entries: Iterable[ArticleEntry]) -> bool:
        """Tell whether anybody else works on any of these articles, or one is assigned."""
        alone = {self._me, SETTLED.id}
        # There may be very many articles: whoever has begun any of them is enough to know.
        if not all(alone.issuperset(each) for each in self._statuses.values()):
            return True
        return any(self._shows(tag) for entry in entries for tag in entry.tags)

    def _shows(self, tag: str) -> bool:
        """Whether a tag tells who works on an article, and may be known here."""
        return is_assignment(tag) and (not self._blind or tag in self._own)


def part_words(part: Part, me: str) -> str:
    """Say how far somebody is, in a few words.

    Args:
        part: Who it is.
        me: Id of who reads it.
    """
    status = "not begun" if part.status == "new" else part.status
    you = "you, " if part.id == me else ""
    return f"{you}{status}{', assigned' if part.assigned else ''}"
