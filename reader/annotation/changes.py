"""Changes and actions: what happened to the records, with the way back.

A *change* replaces one record by another (or by none, or none by one). An
*action* is what the user did with one key: some changes that stand or fall
together, and where in the text it happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reader.annotation.ids import new_id
from reader.annotation.model import (
    Annotator,
    Attribution,
    Record,
    Ref,
    SchemaRecord,
    article_of,
    kind_of,
    spans_of,
)
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after; None means that it is not there.

    Attributes:
        before: The record as it was.
        after: The record as it is then.
        settled: Fields with several values of which the change chooses the one it has.
    """

    before: Record | None
    after: Record | None
    settled: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError("a change needs a record before or after")

    @property
    def ref(self) -> Ref:
        """What is changed."""
        record = self.after if self.after is not None else self.before
        assert record is not None
        return Ref(kind_of(record), record.id)

    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return Change(before=self.after, after=self.before)


@dataclass(frozen=True, slots=True)
class Action:
    """What one key did.

    Attributes:
        id: ULID; also the group under which the history keeps the changes.
        annotator: Id of who did it.
        what: In the user's words, for example `tag PER “Alexander Nix”`.
        changes: In the order in which they are to be made.
        created: ISO 8601, UTC.
    """

    id: str
    annotator: str
    what: str
    changes: tuple[Change, ...]
    created: str

    def inverse(self, created: str) -> Action:
        """Return the action that takes this one back, as a new entry."""
        back = tuple(change.inverse() for change in reversed(self.changes))
        return Action(new_id(), self.annotator, self.what, back, created)

    def again(self, created: str) -> Action:
        """Return the action that does the same once more, as a new entry."""
        return replace(self, id=new_id(), created=created)

    @property
    def place(self) -> Place | None:
        """Where in the articles it happened, or None for shared records alone."""
        return place_of(self.changes)


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of an article (code points)."""

    article: str
    start: int
    end: int


def place_of(changes: Iterable[Change]) -> Place | None:
    """Return where changes stand: a mention or claim, else any span, else the article's start.

    A change of the schema, or of what somebody is called, stands nowhere, whatever else it renames.

    Args:
        changes: The changes, as often as they are asked for.
    """
    if any(isinstance(record, SchemaRecord | Annotator) for record in _records(changes)):
        return None
    for last in (False, True):
        for record in _records(changes):
            if isinstance(record, Attribution) is last:
                for span in spans_of(record):
                    return Place(span.article, span.start, span.end)
    articles = map(article_of, _records(changes))
    return next((Place(article, 0, 0) for article in articles if article), None)


def _records(changes: Iterable[Change]) -> Iterator[Record]:
    return (r for change in changes for r in (change.after, change.before) if r is not None)
