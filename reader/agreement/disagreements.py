"""Where two annotators differ, one place after another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from reader.agreement.layers import Layer, Mark, MarkKind
from reader.agreement.matching import match
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import Attribution, ClaimMention, Mention, Record
from reader.values import dataclass

Difference = Literal["only left", "only right", "type", "borders", "entity", "claim", "fields"]

_OF_CLAIMS = ("epistemic", "polarity", "mode", "check_worthy", "claimant")
_OF_ATTRIBUTIONS = ("source_kind", "directness", "source_entity")
_PARTS = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place where two annotators differ.

    Attributes:
        article: Id of the article.
        start: Where it begins (code points).
        end: Where it ends.
        kind: Kind of the records, as `Ref.kind` names it.
        differences: In what they differ.
        fields: Which fields differ, when that is the difference.
        left: What the first has, or None.
        right: What the second has, or None.
    """

    article: str
    start: int
    end: int
    kind: str
    differences: tuple[Difference, ...]
    fields: tuple[str, ...]
    left: Record | None
    right: Record | None


def disagreements(
    article: str, left: Layer, right: Layer, records: AnnotationSet
) -> tuple[Disagreement, ...]:
    """Return where two annotators differ in one article, in the order of the text.

    Args:
        article: Id of the article.
        left: What one marked.
        right: What the other marked.
        records: The records of the article and all that stand above it.
    """
    found: list[Disagreement] = []
    for one, other in _paired(left, right):
        differences, fields = _differ(one, other, records)
        if differences:
            places = [mark.fragments for mark in (one, other) if mark is not None]
            start = min(each[0][0] for each in places)
            end = max(each[-1][1] for each in places)
            records_of = [None if mark is None else mark.record for mark in (one, other)]
            kind = _kind((one or other or _nothing()).kind)
            found.append(Disagreement(article, start, end, kind, differences, fields, *records_of))
    return tuple(sorted(found, key=lambda each: (each.start, each.end, each.kind)))


def side_by_side(left: Layer, right: Layer) -> tuple[tuple[Record | None, Record | None], ...]:
    """Return the records of two annotators in pairs; None where the other has nothing there."""
    return tuple(
        (None if one is None else one.record, None if other is None else other.record)
        for one, other in _paired(left, right)
    )


def agreements(
    left: Layer, right: Layer, records: AnnotationSet
) -> tuple[tuple[Record, Record], ...]:
    """Return the records that two annotators have alike in one article."""
    return tuple(
        (one.record, other.record)
        for one, other in _paired(left, right)
        if one is not None and other is not None and not _differ(one, other, records)[0]
    )


def _paired(left: Layer, right: Layer) -> Iterator[tuple[Mark | None, Mark | None]]:
    """Give marks side by side; an attribution by its content, or the first part it has."""
    for kind in ("mention", "claim", "attribution"):
        matched = match(_marks(left, kind), _marks(right, kind))
        yield from matched.pairs
        yield from ((mark, None) for mark in matched.left)
        yield from ((None, mark) for mark in matched.right)


def _marks(layer: Layer, kind: str) -> tuple[Mark, ...]:
    if kind != "attribution":
        return layer.marks["mention" if kind == "mention" else "claim"]
    by_record: dict[str, Mark] = {}
    parts: tuple[MarkKind, ...] = ("content", "cue", "source")
    for part in parts:
        for mark in layer.marks[part]:
            by_record.setdefault(mark.record.id, mark)
    return tuple(sorted(by_record.values(), key=lambda mark: (mark.fragments, mark.record.id)))


def _differ(
    one: Mark | None, other: Mark | None, records: AnnotationSet
) -> tuple[tuple[Difference, ...], tuple[str, ...]]:
    if one is None or other is None:
        return (("only right",) if one is None else ("only left",)), ()
    found: list[Difference] = []
    left, right = one.record, other.record
    fields: tuple[str, ...] = ()
    if isinstance(left, Attribution) and isinstance(right, Attribution):
        parts = (name for name in _PARTS if _place(left, name) != _place(right, name))
        found += ["borders"] * any(True for _ in parts)
        fields = _fields(left, right, _OF_ATTRIBUTIONS, records)
    elif one.fragments != other.fragments:
        found.append("borders")
    if isinstance(left, Mention) and isinstance(right, Mention):
        found += ["type"] * (left.type != right.type)
        found += ["entity"] * (_entity(left.entity, records) != _entity(right.entity, records))
    if isinstance(left, ClaimMention) and isinstance(right, ClaimMention):
        found += ["claim"] * (left.claim != right.claim)
        fields = _fields(left, right, _OF_CLAIMS, records)
    found += ["fields"] * bool(fields)
    return tuple(found), fields


def _fields(
    left: Any, right: Any, names: tuple[str, ...], records: AnnotationSet
) -> tuple[str, ...]:
    def value(record: Any, name: str) -> Any:
        given = getattr(record, name)
        return _entity(given, records) if name in ("claimant", "source_entity") else given

    return tuple(name for name in names if value(left, name) != value(right, name))


def _place(record: Attribution, part: str) -> Any:
    span = getattr(record, part)
    return None if span is None else span.fragments


def _entity(id: str | None, records: AnnotationSet) -> str | None:
    found = records.entity(id)
    return None if found is None else found.id


def _kind(kind: MarkKind) -> str:
    return {"mention": "mention", "claim": "claim_mention"}.get(kind, "attribution")


def _nothing() -> Mark:
    raise ValueError("two marks are compared, of which one is there at least")
