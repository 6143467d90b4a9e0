"""What is marked in one version of an article, carried over to the next.

Each record whose words are found for certain becomes a new record in the new
version, with the same annotator and time of making; its id follows from the
old one's, so that both can be told to belong together. A mention, a claim
mention or a part of an attribution whose words are not found is *left over*: a
note on the new version says so, under an id that follows from the old record's
too, and waits until somebody places that by hand or lets it go. The old version
keeps all of its records.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from reader.annotation.actions import shorten
from reader.annotation.alignment import Alignment
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.changes import Action, Change
from reader.annotation.ids import derived_id, new_id, now
from reader.annotation.model import (
    Annotator,
    Attribution,
    ClaimMention,
    Mention,
    Note,
    Record,
    Ref,
    Refusal,
    Relation,
    Status,
    Suggestion,
    details_of,
    kind_of,
    ref_to,
    status_id,
)
from reader.annotation.spans import Range, Span, make_span
from reader.corpus.article import Article, display_title
from reader.values import dataclass

PARTS = ("source", "cue", "content")
"""The parts of an attribution."""

_STAMP = 10
"""Digits of a ULID that tell the time."""

Place = Callable[[int, int], Range | None]


@dataclass(frozen=True, slots=True)
class Leftover:
    """What could not be placed in a new version.

    Attributes:
        note: Waits in the new version.
        record: What is marked in the old version.
        part: Which part of an attribution, or "".
        span: Where it stands in the old version.
    """

    note: Note
    record: Mention | ClaimMention | Attribution
    part: str
    span: Span


@dataclass(frozen=True, slots=True)
class Carried:
    """What becomes of the records of an old version.

    Attributes:
        action: Makes the new version the present one, with all that was carried over.
        placed: How many spans found their place.
        leftovers: What waits to be placed by hand.
        proposals: How many proposals and refusals stay behind, because their words are gone.
    """

    action: Action
    placed: int
    leftovers: tuple[Note, ...]
    proposals: int


def carried_id(id: str, article: str, part: str = "") -> str:
    """Return the id of a record's successor in a new version: its time, and a digest."""
    return id[:_STAMP] + derived_id(id, article, part)[_STAMP:]


def carry_over(
    annotator: Annotator,
    records: Iterable[Record],
    old: Article,
    new: Article,
    alignment: Alignment,
    waiting: Iterable[Leftover] = (),
) -> Carried:
    """Replace an article by a new version of it.

    Args:
        annotator: Who does so.
        records: All records of the old version, and the relations of these with
            their notes.
        old: The version before, listed.
        new: The version after, stored as removed.
        alignment: Of the texts of both.
        waiting: What has waited in the old version since one before it.
    """
    crossing = _Crossing(annotator, old, new, alignment.place)
    crossing.wait_on(waiting)
    changes = crossing.changes(tuple(records))
    moment = now()
    signed: dict[str, Any] = {"updated": moment, "updated_by": annotator.id}
    was, is_now = details_of(old), details_of(new)
    swap = [
        Change(was, replace(was, removed=True, **signed)),
        Change(is_now, replace(is_now, removed=False, replaces=old.id, **signed)),
    ]
    title = shorten(display_title(new)[0])
    what = f"new version of “{title}”: {crossing.placed} carried over"
    if crossing.leftovers:
        what += f", {len(crossing.leftovers)} to be placed"
    action = Action(new_id(), annotator.id, what, (*swap, *changes), moment)
    return Carried(action, crossing.placed, tuple(crossing.leftovers), crossing.proposals)


def carry_late(
    annotator: Annotator,
    records: Iterable[Record],
    old: Article,
    new: Article,
    alignment: Alignment,
    waiting: Iterable[Leftover],
    there: AnnotationSet,
    ever: Collection[str],
) -> tuple[Action, int] | None:
    """Carry over what was marked in an old version when the new one was there already.

    Somebody who had not heard of the new version did so. What was carried over
    before, or has waited, is left as it has become there.

    Args:
        annotator: Who does so.
        records: All records of the old version, and the relations of these with their notes.
        old: The version before.
        new: The version after.
        alignment: Of the texts of both.
        waiting: What waits in the old version since one before it.
        there: The records of the new version.
        ever: Which of the ids of `late_ids` any step of the history is about.

    Returns:
        The action, and how many spans found their place; None when there is nothing to do.
    """
    crossing = _Crossing(annotator, old, new, alignment.place)
    crossing.wait_on(waiting)
    changes = [
        change
        for change in crossing.changes(tuple(records), there, ever)
        if change.ref.id not in ever and not _is_doubled(change.after, there)
    ]
    if not changes:
        return None
    title = shorten(display_title(new)[0])
    what = f"carry over what was marked late in the version before of “{title}”"
    return Action(new_id(), annotator.id, what, tuple(changes), now()), crossing.placed


def late_ids(record: Record, version: str) -> tuple[str, ...]:
    """Return the ids under which a record is known in a new version, or waits there."""
    if isinstance(record, Status):
        return (status_id(version, record.annotator),)
    parts = PARTS if isinstance(record, Attribution) else ("",)
    waits = (_waiting_id(record, part, version) for part in parts)
    return (carried_id(record.id, version), *waits)


def _is_doubled(record: Record | None, there: AnnotationSet) -> bool:
    """Whether its annotator has tagged the same in the new version, too."""
    return isinstance(record, Mention) and any(
        (known.annotator, known.type, known.span.fragments)
        == (record.annotator, record.type, record.span.fragments)
        for known in there.all(Mention)
    )


def succeeded(old: Article, new: Article) -> Article:
    """Return a new version with what a user said about the old one, where its source is silent."""
    is_given = old.language_method == "given" and new.language_method != "given"
    kept: dict[str, Any] = {
        "publisher": new.publisher or old.publisher,
        "published": new.published or old.published,
        "heading": new.heading or old.heading,
        "tags": tuple(dict.fromkeys((*old.tags, *new.tags))),
        "sources": tuple(dict.fromkeys((*new.sources, *old.sources))),
        "replaces": old.id,
        "removed": True,
    }
    if is_given:
        kept |= {"language": old.language, "language_confidence": old.language_confidence}
        kept |= {"language_method": old.language_method, "direction": old.direction}
    return replace(new, **kept)


class _Crossing:
    """The way of all records from one version to the next."""

    def __init__(self, annotator: Annotator, old: Article, new: Article, place: Place) -> None:
        self._annotator = annotator
        self._new = new
        self._place = place
        self._ids: dict[Ref, Ref] = {Ref("article", old.id): Ref("article", new.id)}
        self._own = frozenset[Ref]()
        self._waited = set[str]()
        self.placed = 0
        self.proposals = 0
        self.leftovers: list[Note] = []

    def changes(
        self,
        records: tuple[Record, ...],
        there: AnnotationSet | None = None,
        ever: Collection[str] = (),
    ) -> list[Change]:
        """Make the new records, what others point at first.

        Args:
            records: Of the old version.
            there: Those of the new version, which take the place of what they were made of.
            ever: Ids of the new version that are taken already.
        """
        made: list[Record] = []
        self._own = frozenset(map(ref_to, records))
        if there is not None:
            self._meet(records, there)
        ways: tuple[tuple[type[Record], Callable[[Any], Any]], ...] = (
            (Attribution, self._attribution),
            (Mention, self._on_span),
            (ClaimMention, self._on_span),
            (Refusal, self._proposal),
            (Suggestion, self._proposal),
            (Relation, self._relation),
            (Note, self._note),
            (Status, self._status),
        )
        for cls, carry in ways:
            for record in records:
                if isinstance(record, cls) and not self._is_done(record, ever):
                    found = carry(record)
                    if found is not None:
                        self._ids[ref_to(record)] = ref_to(found)
                        made.append(found)
        return [Change(None, record) for record in (*made, *self.leftovers)]

    def _meet(self, records: Iterable[Record], there: AnnotationSet) -> None:
        """Learn what stands in the new version for records of the old one."""
        for record in records:
            ref = Ref(kind_of(record), carried_id(record.id, self._new.id))
            if there.get(ref) is not None:
                self._ids[ref_to(record)] = ref

    def _is_done(self, record: Record, ever: Collection[str]) -> bool:
        return any(id in ever for id in late_ids(record, self._new.id)) if ever else False

    def _moved(self, span: Span) -> Span | None:
        """The span in the new version, if all of its fragments are found, in order."""
        found = [self._place(start, end) for start, end in span.fragments]
        ranges = [each for each in found if each is not None]
        in_order = all(one[1] <= two[0] for one, two in pairwise(ranges))
        if len(ranges) < len(found) or not in_order:
            return None
        moved = make_span(self._new.id, self._new.text, ranges)
        # Fragments that came to touch would be one: another annotation than it was.
        return moved if moved.quotes == span.quotes else None

    def _on_span(self, record: Any) -> Any:
        span = self._moved(record.span)
        if span is None:
            self._leave(record, "")
            return None
        self.placed += 1
        carried = successor(record, self._new.id, span=span)
        if isinstance(record, ClaimMention) and record.attribution is not None:
            known = self._ids.get(Ref("attribution", record.attribution))
            carried = replace(carried, attribution=None if known is None else known.id)
        return carried

    def _proposal(self, record: Any) -> Any:
        span = self._moved(record.span)
        if span is None:
            self.proposals += 1
            return None
        return successor(record, self._new.id, span=span)

    def _attribution(self, record: Attribution) -> Attribution | None:
        parts: dict[str, Span | None] = {}
        for part in PARTS:
            span = getattr(record, part)
            parts[part] = None if span is None else self._moved(span)
            if span is not None and parts[part] is None:
                self._leave(record, part)
        found = sum(span is not None for span in parts.values())
        self.placed += found
        if not found and any(getattr(record, part) for part in PARTS):
            return None
        made: Attribution = successor(record, self._new.id, article=self._new.id, **parts)
        return made

    def _relation(self, record: Relation) -> Relation | None:
        return carried_relation(record, self._new.id, self._successor)

    def _successor(self, ref: Ref) -> Ref | None:
        """What stands for a record here: itself, unless it belongs to the old version."""
        return self._ids.get(ref, None if ref in self._own else ref)

    def _note(self, record: Note) -> Note | None:
        if record.id in self._waited:
            return None
        on = self._successor(record.on)
        return None if on is None else carried_note(record, self._new.id, on)

    def wait_on(self, waiting: Iterable[Leftover]) -> None:
        """Let what has waited in the old version wait in the new one."""
        for left in waiting:
            self._waited.add(left.note.id)
            self._leave(left.record, left.part)

    def _status(self, record: Status) -> Status:
        """What was finished is to be looked through once more; what was skipped stays so."""
        value = "in progress" if record.value in ("done", "reviewed") else record.value
        id = status_id(self._new.id, record.annotator)
        return Status(id, self._new.id, record.annotator, value, now())

    def _leave(self, record: Mention | ClaimMention | Attribution, part: str) -> None:
        span = getattr(record, part or "span")
        moment = now()
        note = Note(
            _waiting_id(record, part, self._new.id),
            Ref("article", self._new.id),
            f"Not found in this version: {_called(record, part)} “{shorten(span.quote)}”.",
            self._annotator.id,
            moment,
            moment,
            article=self._new.id,
        )
        self.leftovers.append(note)


def successor(record: Any, version: str, **fields: Any) -> Any:
    """Return the record that stands for one in a new version.

    Args:
        record: In the old version.
        version: Id of the new one.
        fields: What differs there.
    """
    return replace(record, id=carried_id(record.id, version), updated=now(), **fields)


def carried_relation(
    relation: Relation, version: str, successor_of: Callable[[Ref], Ref | None]
) -> Relation | None:
    """Return a relation between the successors of its ends; None as long as one has none.

    Args:
        relation: With an end in the old version, or both.
        version: Id of the new version.
        successor_of: Tells what stands for a record there.
    """
    source, target = successor_of(relation.source), successor_of(relation.target)
    if source is None or target is None:
        return None
    made: Relation = successor(relation, version, source=source, target=target)
    return made


def carried_note(note: Note, version: str, on: Ref) -> Note:
    """Return a note on the successor of what it is on."""
    within = None if note.article is None else version
    made: Note = successor(note, version, on=on, article=within)
    return made


def _waiting_id(record: Record, part: str, version: str) -> str:
    """The id of the note that says of a record, or a part of it, that it waits."""
    return carried_id(record.id, version, f"left:{part}")


def _called(record: Mention | ClaimMention | Attribution, part: str) -> str:
    if isinstance(record, Mention):
        return record.type
    return f"{part} of an attribution" if part else kind_of(record).replace("_mention", "")


def leftovers(version: str, notes: Iterable[Note], earlier: Iterable[Record]) -> Iterator[Leftover]:
    """Find what waits to be placed.

    Args:
        version: Id of an article.
        notes: Notes on it.
        earlier: Records in the versions before.
    """
    known = {note.id: note for note in notes}
    for record in earlier:
        if not isinstance(record, Mention | ClaimMention | Attribution):
            continue
        for part in PARTS if isinstance(record, Attribution) else ("",):
            note = known.get(_waiting_id(record, part, version))
            span = getattr(record, part or "span")
            if note is not None and span is not None:
                yield Leftover(note, record, part, span)
