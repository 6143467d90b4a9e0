"""The records that a screen shows at one time, as an immutable value with queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeVar

from reader.annotation.changes import Change
from reader.annotation.model import (
    KINDS,
    Attribution,
    Claim,
    ClaimMention,
    Entity,
    Mention,
    Note,
    Record,
    Ref,
    Relation,
    Status,
    kind_of,
    spans_of,
)
from reader.annotation.spans import Span
from reader.values import dataclass

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Placed:
    """A span with the record that stands on it and the part it plays there.

    Attributes:
        role: `mention`, `claim`, `source`, `cue` or `content`.
    """

    span: Span
    record: Mention | ClaimMention | Attribution
    role: str


class AnnotationSet:
    """Records by kind and id. `apply` returns a new set; nothing changes in place.

    A set equals itself alone, so that what is made of it can be kept for it.

    Args:
        records: By kind, and there by id.
    """

    def __init__(self, records: Mapping[str, Mapping[str, Record]] | None = None) -> None:
        self.records: Final = records or {}

    @classmethod
    def of(cls, records: Iterable[Record]) -> AnnotationSet:
        """Make a set of the given records."""
        grouped: dict[str, dict[str, Record]] = {kind: {} for kind in KINDS}
        for record in records:
            grouped[kind_of(record)][record.id] = record
        return cls(grouped)

    def apply(self, changes: Iterable[Change]) -> AnnotationSet:
        """Return the set after the changes."""
        grouped = dict(self.records)
        copied: set[str] = set()
        for change in changes:
            ref = change.ref
            if ref.kind not in copied:
                grouped[ref.kind] = dict(grouped.get(ref.kind, {}))
                copied.add(ref.kind)
            target = grouped[ref.kind]
            assert isinstance(target, dict)
            if change.after is None:
                target.pop(ref.id, None)
            else:
                target[ref.id] = change.after
        return AnnotationSet(grouped)

    def get(self, ref: Ref) -> Record | None:
        """Return the record, or None when it is not in the set."""
        return self.records.get(ref.kind, {}).get(ref.id)

    def __iter__(self) -> Iterator[Record]:
        for group in self.records.values():
            yield from group.values()

    def __len__(self) -> int:
        return sum(len(group) for group in self.records.values())

    def all(self, cls: type[R]) -> tuple[R, ...]:
        """Return all records of a class, by id."""
        kind = next(name for name, known in KINDS.items() if known is cls)
        group = self.records.get(kind, {})
        return tuple(record for _, record in sorted(group.items()) if isinstance(record, cls))

    def entity(self, id: str | None) -> Entity | None:
        """Return an entity by id; for one that was merged into another, that one."""
        group, passed = self.records.get("entity", {}), set[str]()
        found = group.get(id or "")
        while isinstance(found, Entity) and found.merged_into and found.id not in passed:
            passed.add(found.id)
            found = group.get(found.merged_into, found)
        return found if isinstance(found, Entity) else None

    def merged(self, id: str) -> tuple[str, ...]:
        """Return the ids of an entity and of all that were merged into it, by id."""
        group = self.records.get("entity", {})
        into = {e.id: e.merged_into for e in group.values() if isinstance(e, Entity)}
        found = [id, *(other for other in into if other != id and _leads(into, other, id))]
        return tuple(sorted(found))

    def claim(self, id: str | None) -> Claim | None:
        """Return a claim by id."""
        found = self.records.get("claim", {}).get(id or "")
        return found if isinstance(found, Claim) else None

    def attribution(self, id: str | None) -> Attribution | None:
        """Return an attribution by id."""
        found = self.records.get("attribution", {}).get(id or "")
        return found if isinstance(found, Attribution) else None

    def status(self, id: str) -> Status | None:
        """Return a status by its id."""
        found = self.records.get("status", {}).get(id)
        return found if isinstance(found, Status) else None

    def notes_on(self, ref: Ref) -> tuple[Note, ...]:
        """Return the notes on a record or article, oldest first."""
        return tuple(note for note in self.all(Note) if note.on == ref)

    def relations_of(self, ref: Ref) -> tuple[Relation, ...]:
        """Return the relations that begin or end at a record."""
        return tuple(r for r in self.all(Relation) if ref in (r.source, r.target))

    def placed(self, article: str) -> tuple[Placed, ...]:
        """Return every span in an article, by start, longer ones first."""
        found = [
            placed
            for kind in ("mention", "claim_mention", "attribution")
            for record in self.records.get(kind, {}).values()
            for placed in _placed(record)
            if placed.span.article == article
        ]
        return tuple(sorted(found, key=_reading_order))

    def placed_at(self, article: str, offset: int) -> tuple[Placed, ...]:
        """Return the spans over a code point, innermost (shortest) first."""
        over = [placed for placed in self.placed(article) if placed.span.covers(offset)]
        return tuple(sorted(over, key=lambda placed: placed.span.length))


def standing(entities: Mapping[str, Record]) -> dict[str, str]:
    """Return what each merged entity was merged into in the end, by id.

    Args:
        entities: Entities by id.
    """
    into = {e.id: e.merged_into for e in entities.values() if isinstance(e, Entity)}
    return {id: _end(into, id) for id, first in into.items() if first}


def _end(into: Mapping[str, str | None], id: str) -> str:
    passed = set[str]()
    while id not in passed and (after := into.get(id)) and after in into:
        passed.add(id)
        id = after
    return id


def _leads(into: Mapping[str, str | None], start: str, end: str) -> bool:
    """Tell whether an entity was merged into another, perhaps by way of more of them."""
    passed, at = set[str](), into.get(start)
    while at is not None and at != end and at not in passed:
        passed.add(at)
        at = into.get(at)
    return at == end


def _placed(record: Record) -> Iterator[Placed]:
    if isinstance(record, Attribution):
        for role in ("source", "cue", "content"):
            span: Span | None = getattr(record, role)
            if span is not None:
                yield Placed(span, record, role)
    elif isinstance(record, Mention | ClaimMention):
        role = "mention" if isinstance(record, Mention) else "claim"
        yield Placed(spans_of(record)[0], record, role)


def _reading_order(placed: Placed) -> tuple[int, int, str, str]:
    return (placed.span.start, -placed.span.end, placed.record.id, placed.role)
