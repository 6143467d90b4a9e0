"""Where two annotators differ, decided one after the other into a layer that is settled.

The settled layer is an annotator of its own, the same in every library. What both have
alike goes into it by itself. A decision is an action of whoever decides, and leaves a
note on the settled mark, or where none is to be on what it was about, so that it is listed,
exported and brought together like all else: the id of that note follows from what the two
had, so that a place at which one of them changes something is open again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import combinations
from typing import Literal

from reader.agreement.disagreements import (
    Disagreement,
    agreements,
    disagreements,
    side_by_side,
)
from reader.agreement.layers import Layer, layer, layers
from reader.annotation import actions
from reader.annotation.actions import shorten
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.changes import Action, Change
from reader.annotation.codec import encode_record
from reader.annotation.ids import derived_id, new_id, now
from reader.annotation.layers import DECIDED, decision_in
from reader.annotation.model import (
    Annotator,
    Attribution,
    ClaimMention,
    Mention,
    Note,
    Record,
    Ref,
    Status,
    StatusValue,
    kind_of,
    ref_to,
    spans_of,
    status_id,
)
from reader.annotation.rules import check
from reader.annotation.settled import SETTLED
from reader.errors import ConflictError
from reader.session import Session
from reader.store.library import Library
from reader.values import dataclass

Marked = Mention | ClaimMention | Attribution
Choice = Literal["left", "right", "edited", "neither"]

_OWN = ("id", "annotator", "created", "updated", "origin", "attribution")
"""Fields that do not say what somebody marked."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided at a place.

    Attributes:
        article: Id of the article.
        start: Where it begins (code points).
        end: Where it ends.
        kind: Kind of the records, as `Ref.kind` names it.
        quote: The text of it.
        choice: `takes NAME`, `edited` or `neither`.
        by: Name of who decided.
        at: When.
        current: Whether both still have what they had then.
    """

    article: str
    start: int
    end: int
    kind: str
    quote: str
    choice: str
    by: str
    at: str
    current: bool


class Adjudication:
    """Two annotators, and what is decided between them.

    Args:
        session: Who decides.
        left: Id of one annotator.
        right: Id of the other.
    """

    def __init__(self, session: Session, left: str, right: str) -> None:
        self.session = session
        self.left, self.right = left, right

    @property
    def names(self) -> Mapping[str, str]:
        """Names of all annotators, by id."""
        return {who.id: who.name for who in self.session.library.people.all()}

    @cached_property
    def settled(self) -> Annotator:
        """Whose layer is the settled one."""
        return self.session.library.people.who(SETTLED.name, SETTLED)

    def articles(self) -> Iterator[str]:
        """Give the listed articles that both have annotated; each is read when it is asked for."""
        return (
            entry.id for entry in self.session.library.articles.listed("") if self.shares(entry.id)
        )

    def shares(self, article: str) -> bool:
        """Tell whether both have annotated an article."""
        return {self.left, self.right} <= layers(self._own(article), article).keys()

    def tally(self, article: str) -> tuple[int, int]:
        """Return at how many places of an article something is decided, and how many there are."""
        records = self._records(article)
        found = self._differences(records, article)
        decided = (records.get(Ref("note", decision_id(each))) for each in found)
        return sum(note is not None for note in decided), len(found)

    def open(self, article: str) -> tuple[Disagreement, ...]:
        """Return the places of an article at which nothing is decided, in the order of the text."""
        records = self._records(article)
        return tuple(
            each
            for each in self._differences(records, article)
            if records.get(Ref("note", decision_id(each))) is None
        )

    def begin(self, article: str) -> int:
        """Take what both have alike into the settled layer, as one action; return how many.

        What was taken from records that are there no more goes with it.
        """
        records = self._records(article)
        changes: list[Change] = []
        for one, other in self._agreed(records, article):
            id = result_id(one.id, other.id)
            changes += self._put(records, Ref(kind_of(one), id), one, changes)
        count = len(changes)
        for left_over in self._left_over(records, article):
            changes += self._removed(records, left_over)
        if changes:
            what = f"settle {count:,} that both have alike"
            self._apply(records, article, what, changes)
        return count

    def decide(self, question: Disagreement, choice: Choice, edited: Marked | None = None) -> None:
        """Decide at a place, as one action that undo takes back.

        Args:
            question: The place.
            choice: Whose version is right.
            edited: The right version, when it is neither's.

        Raises:
            ConflictError: If one of them has changed it meanwhile.
            AnnotationError: If what is edited breaks a rule of the schema.
        """
        records = self._records(question.article)
        here = self._differences(records, question.article)
        if decision_id(question) not in map(decision_id, here):
            raise ConflictError(
                "One of the two has changed it meanwhile; it is shown as it is now."
            )
        versions: dict[Choice, Record | None] = {
            "left": question.left,
            "right": question.right,
            "edited": edited,
            "neither": None,
        }
        ref = Ref(question.kind, result_id(*_ids(question)))
        put = list(self._put(records, ref, versions[choice]))
        right = self._settled_copy(records.apply(put), versions[choice])
        note = self._note(records, question, choice, right)
        changes = [*(change for change in put if change.ref != note.ref), note]
        what = f"settle “{shorten(_quote(question))}”: {self._words(choice)}"
        self._apply(records, question.article, what, changes)

    def _put(
        self,
        records: AnnotationSet,
        ref: Ref,
        source: Record | None,
        planned: Iterable[Change] = (),
    ) -> Iterator[Change]:
        """Put a copy of a record into the settled layer, in place of what stands there."""
        before = records.get(ref)
        made = None
        if isinstance(source, Marked):
            made = self._copy(records, source, ref, planned)
        if isinstance(before, Marked) and (made is None or made.id != before.id):
            yield from self._removed(records, before)
            before = None
        if made is not None:
            old = before if made.id == ref.id else records.get(ref_to(made))
            if not isinstance(old, Marked) or content(old) != content(made):
                yield Change(old, made)

    def _removed(self, records: AnnotationSet, record: Marked) -> Iterator[Change]:
        """Take a record out of the settled layer; what was decided there goes to what it was."""
        was = next((r for r in records if self._may_be_source(r, record)), None)
        author = replace(self.session.author, records=records)
        for change in actions.delete(author, record).changes:
            note = change.before
            if was is not None and isinstance(note, Note) and decision_in(note):
                yield Change(note, replace(note, on=ref_to(was)))
            else:
                yield change

    def _may_be_source(self, record: Record, settled: Marked) -> bool:
        """Whether a settled record may have been taken from this one, by its place."""
        if type(record) is not type(settled) or _is_of(record, self.settled.id, settled):
            return False
        ranges = [part for span in spans_of(settled) for part in span.fragments]
        return any(span.overlaps(*part) for span in spans_of(record) for part in ranges)

    def _settled_copy(self, records: AnnotationSet, source: Record | None) -> Record | None:
        """Return the record of the settled layer that says what one says."""
        if not isinstance(source, Marked):
            return None
        mine = (r for r in records if _is_of(r, self.settled.id, source))
        return next((r for r in mine if _place(r) == _place(source)), None)

    def _copy(
        self, records: AnnotationSet, source: Marked, ref: Ref, planned: Iterable[Change]
    ) -> Marked:
        """Return a record as the settled layer has it, where it has the same under its id there."""
        mine = [r for r in records if _is_of(r, self.settled.id, source)]
        same = (r.id for r in mine if _place(r) == _place(source))
        id = next(same, ref.id) if records.get(ref) is None else ref.id
        old = records.get(Ref(ref.kind, id))
        created = old.created if isinstance(old, Marked) else now()
        by = self.settled.id
        if isinstance(source, ClaimMention):
            attribution = self._attribution(records, source, planned)
            source = replace(source, attribution=attribution)
        return replace(
            source, id=id, annotator=by, created=created, updated=now(), origin="propagated"
        )

    def _attribution(
        self, records: AnnotationSet, mention: ClaimMention, planned: Iterable[Change]
    ) -> str | None:
        """Return the settled attribution that says what the one of a claim mention says."""
        source = records.attribution(mention.attribution)
        if source is None:
            return None
        made = [change.after for change in planned]
        mine = (r for r in (*records, *made) if r and _is_of(r, self.settled.id, source))
        return next((r.id for r in mine if content(r) == content(source)), None)

    def _note(
        self, records: AnnotationSet, question: Disagreement, choice: Choice, right: Record | None
    ) -> Change:
        """Return the note that says who decided what: on the settled mark, if there is one."""
        on = right or question.left or question.right
        assert on is not None
        id, by = decision_id(question), self.session.author.annotator.id
        text = f"{DECIDED}{self._words(choice)}"
        note = Note(id, ref_to(on), text, by, now(), now(), article=question.article)
        return Change(records.get(Ref("note", id)), note)

    def _words(self, choice: Choice) -> str:
        who = {"left": self.left, "right": self.right}.get(choice)
        return choice if who is None else f"takes {self.names[who]}"

    def _apply(
        self, records: AnnotationSet, article: str, what: str, changes: list[Change]
    ) -> None:
        """Make an action; with nothing left open the article is done in the settled layer."""
        session = self.session
        check(changes, records, session.schema)
        after = records.apply(changes)
        whole = all(
            after.get(Ref("note", decision_id(each))) is not None
            for each in self._differences(after, article)
        )
        value: StatusValue = "done" if whole else "in progress"
        id = status_id(article, self.settled.id)
        before = records.status(id)
        if before is None or before.value != value:
            changes.append(Change(before, Status(id, article, self.settled.id, value, now())))
        author = session.author.annotator.id
        session.apply(Action(new_id(), author, what, tuple(changes), now()))

    def _agreed(self, records: AnnotationSet, article: str) -> Iterable[tuple[Marked, Marked]]:
        """Give what both have alike, attributions before what refers to them."""
        found = agreements(*self._sides(records, article), records)
        pairs = [
            (one, other)
            for one, other in found
            if isinstance(one, Marked) and isinstance(other, Marked)
        ]
        return sorted(pairs, key=lambda pair: not isinstance(pair[0], Attribution))

    def _left_over(self, records: AnnotationSet, article: str) -> Iterator[Marked]:
        """Give what was taken from records of any two that are not side by side any more."""
        found = [each for id, each in layers(records, article).items() if id != self.settled.id]
        known = {
            result_id(*(side.id if side else "" for side in pair))
            for one, other in combinations(found, 2)
            for pair in side_by_side(one, other)
        }
        for record in records:
            if not isinstance(record, Marked) or record.annotator != self.settled.id:
                continue
            if record.origin == "propagated" and record.id not in known:
                yield record

    def _differences(self, records: AnnotationSet, article: str) -> tuple[Disagreement, ...]:
        return disagreements(article, *self._sides(records, article), records)

    def _sides(self, records: AnnotationSet, article: str) -> tuple[Layer, Layer]:
        found = layers(records, article)
        left, right = (found.get(id) or layer(id) for id in (self.left, self.right))
        return left, right

    def _own(self, article: str) -> AnnotationSet:
        return AnnotationSet.of(self.session.library.records.within(article))

    def _records(self, article: str) -> AnnotationSet:
        return self.session.known_in(article)


def decisions(library: Library, articles: Iterable[str] = ()) -> Iterator[Decision]:
    """Give what was decided, article after article, in the order of the text.

    Args:
        library: The library.
        articles: Ids of the articles to look at; none for all that are listed.
    """
    names = {who.id: who.name for who in library.people.all()}
    for article in tuple(articles) or [entry.id for entry in library.articles.listed("")]:
        records = AnnotationSet.of(library.records.within(article))
        notes = [note for note in records.all(Note) if decision_in(note)]
        if not notes:
            continue
        shared = AnnotationSet.of(library.records.around(article))
        current = _current(shared, article)
        found = [_decision(records, note, names, note.id in current) for note in notes]
        yield from sorted(
            (each for each in found if each is not None), key=lambda each: (each.start, each.at)
        )


def _current(records: AnnotationSet, article: str) -> frozenset[str]:
    """Return the ids that decisions on what differs now have, whoever the two are."""
    return frozenset(
        decision_id(each)
        for one, other in combinations(layers(records, article).values(), 2)
        for each in disagreements(article, one, other, records)
    )


def _decision(
    records: AnnotationSet, note: Note, names: Mapping[str, str], current: bool
) -> Decision | None:
    on = records.get(note.on)
    if not isinstance(on, Marked) or not spans_of(on):
        return None
    span = spans_of(on)[-1]
    return Decision(
        article=span.article,
        start=span.start,
        end=span.end,
        kind=note.on.kind,
        quote=span.quote,
        choice=decision_in(note),
        by=names.get(note.annotator, ""),
        at=note.updated,
        current=current,
    )


def content(record: Record) -> str:
    """Return what a record says, whoever says it and when."""
    data = encode_record(record)
    return json.dumps({k: v for k, v in data.items() if k not in _OWN}, sort_keys=True)


def decision_id(question: Disagreement) -> str:
    """Return the id of the note that a decision leaves, whichever of the two is the left one."""
    sides = (question.left, question.right)
    had = sorted(f"{side.id}\0{content(side)}" if side is not None else "" for side in sides)
    return derived_id("decision", *had)


def result_id(*ids: str) -> str:
    """Return the id of the settled record of records that were put side by side."""
    return derived_id("settled", *sorted(ids))


def _ids(question: Disagreement) -> tuple[str, ...]:
    return tuple("" if side is None else side.id for side in (question.left, question.right))


def _quote(question: Disagreement) -> str:
    record = question.left or question.right
    return "" if record is None else " … ".join(span.quote for span in spans_of(record))


def _is_of(record: Record, annotator: str, like: Marked) -> bool:
    return type(record) is type(like) and getattr(record, "annotator", "") == annotator


def _place(record: Record) -> object:
    """Return what no two records of one annotator share."""
    type = record.type if isinstance(record, Mention) else ""
    return type, tuple(span.fragments for span in spans_of(record))
