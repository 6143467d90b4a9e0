"""What one annotator marked in one article, as marks that can be compared."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, get_args

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import Attribution, ClaimMention, Mention, Record
from reader.annotation.spans import Range, Span
from reader.corpus.article import Article
from reader.values import dataclass

MarkKind = Literal["mention", "claim", "source", "cue", "content"]
MARK_KINDS: tuple[MarkKind, ...] = get_args(MarkKind)
OUTSIDE = ""
"""Label of a token in no mark."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span with a label.

    Attributes:
        kind: What it is, or which part of an attribution.
        label: Type of a mention; for the others the kind.
        fragments: Where it stands (code points of the article).
        record: What it belongs to.
    """

    kind: MarkKind
    label: str
    fragments: tuple[Range, ...]
    record: Record

    @property
    def size(self) -> int:
        """Code points in it."""
        return sum(end - start for start, end in self.fragments)


@dataclass(frozen=True, slots=True)
class Layer:
    """What one annotator marked in one article."""

    annotator: str
    marks: Mapping[MarkKind, tuple[Mark, ...]]


def layers(records: AnnotationSet, article: str) -> Mapping[str, Layer]:
    """Return what each annotator marked in an article, by id of the annotator."""
    found: dict[str, list[Mark]] = {}
    for record in records:
        if isinstance(record, Mention | ClaimMention) and record.span.article == article:
            found.setdefault(record.annotator, []).append(_mark(record))
        elif isinstance(record, Attribution) and record.article == article:
            found.setdefault(record.annotator, []).extend(_parts(record))
    return {id: layer(id, marks) for id, marks in found.items()}


def layer(annotator: str, marks: Iterable[Mark] = ()) -> Layer:
    """Return a layer with its marks in the order of the text."""
    ordered = sorted(marks, key=lambda mark: (mark.fragments, mark.label, mark.record.id))
    return Layer(
        annotator, {kind: tuple(m for m in ordered if m.kind == kind) for kind in MARK_KINDS}
    )


def tokens(article: Article) -> tuple[Range, ...]:
    """Return the words of an article that are there to be annotated: none of the boilerplate."""
    from reader.text.breaking import words

    furniture = [(r.start, r.end) for r in article.roles if r.role == "boilerplate"]
    found = words(article.text)
    return tuple(each for each in found if not any(_overlap(each, part) for part in furniture))


def token_labels(found: Sequence[Range], marks: Iterable[Mark]) -> list[str]:
    """Return the label of each token: of the shortest mark that has a part of it.

    Args:
        found: The tokens, in order.
        marks: Marks of one kind.
    """
    labels = [OUTSIDE] * len(found)
    ends = [end for _, end in found]
    for mark in sorted(marks, key=lambda mark: (-mark.size, mark.fragments, mark.label)):
        for start, end in mark.fragments:
            place = bisect_left(ends, start + 1)
            while place < len(found) and found[place][0] < end:
                labels[place] = mark.label
                place += 1
    return labels


def shared(one: Mark, other: Mark) -> int:
    """Return how many code points two marks share."""
    return sum(
        max(0, min(end, last) - max(start, first))
        for start, end in one.fragments
        for first, last in other.fragments
    )


def _mark(record: Mention | ClaimMention) -> Mark:
    if isinstance(record, Mention):
        return Mark("mention", record.type, record.span.fragments, record)
    return Mark("claim", "claim", record.span.fragments, record)


def _parts(record: Attribution) -> Iterable[Mark]:
    parts: tuple[tuple[MarkKind, Span | None], ...] = (
        ("source", record.source),
        ("cue", record.cue),
        ("content", record.content),
    )
    return (Mark(kind, kind, span.fragments, record) for kind, span in parts if span)


def _overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]
