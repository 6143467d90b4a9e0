"""Two annotators, or several, compared over articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

from reader.agreement.layers import (
    MARK_KINDS,
    OUTSIDE,
    Layer,
    Mark,
    MarkKind,
    token_labels,
)
from reader.agreement.matching import Matched, exact_overlap, match, partial_overlap
from reader.agreement.measures import (
    NOTHING,
    Judged,
    Overlap,
    Pairs,
    alpha_of,
    cohen_kappa,
    fleiss_of,
)
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import Attribution, ClaimMention, Mention
from reader.annotation.spans import Range
from reader.values import dataclass

FIELDS = (
    *("epistemic", "polarity", "mode", "check_worthy", "claimant", "source_kind"),
    *("directness", "source_entity"),
)
"""Fields of claim mentions and attributions that are compared where two share text."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two annotators in some articles; two of these add up.

    Attributes:
        exact: Spans of the same text and label, by kind and label.
        partial: Spans that share text and have the same label.
        tokens: The confusion of the labels of the tokens, by kind.
        links: Mentions that share text: how many both link to one entity, and each to any.
        claims: Claim mentions that share text: how many both give to one claim, and each to any.
        fields: The confusion of what is said of claim mentions and attributions, by field.
    """

    exact: Mapping[tuple[MarkKind, str], Overlap]
    partial: Mapping[tuple[MarkKind, str], Overlap]
    tokens: Mapping[MarkKind, Pairs]
    links: Overlap
    claims: Overlap
    fields: Mapping[str, Pairs]

    def __add__(self, other: Compared) -> Compared:
        return Compared(
            _added(self.exact, other.exact, NOTHING),
            _added(self.partial, other.partial, NOTHING),
            {kind: _sum(self.tokens[kind], other.tokens[kind]) for kind in MARK_KINDS},
            self.links + other.links,
            self.claims + other.claims,
            {name: _sum(self.fields[name], other.fields[name]) for name in FIELDS},
        )

    def of_kind(self, kind: MarkKind) -> tuple[Overlap, Overlap]:
        """Return exact and partial agreement on all spans of a kind."""
        return _total(self.exact, kind), _total(self.partial, kind)

    def kappa(self, kind: MarkKind, label: str | None = None) -> float | None:
        """Return Cohen's kappa on tokens, of all labels or of one against the rest."""
        pairs = self.tokens[kind]
        if label is None:
            return cohen_kappa(pairs)
        return cohen_kappa(_only(pairs, label))


def compare(left: Layer, right: Layer, tokens: Sequence[Range], records: AnnotationSet) -> Compared:
    """Compare two annotators in one article.

    Args:
        left: What one marked.
        right: What the other marked.
        tokens: The tokens of the article.
        records: The records of the article and all that stand above it.
    """
    matched = {kind: match(left.marks[kind], right.marks[kind]) for kind in MARK_KINDS}
    return Compared(
        exact=_by_label(matched, exact_overlap),
        partial=_by_label(matched, partial_overlap),
        tokens={
            kind: Counter(
                zip(
                    token_labels(tokens, left.marks[kind]),
                    token_labels(tokens, right.marks[kind]),
                    strict=True,
                )
            )
            for kind in MARK_KINDS
        },
        links=_linked(matched["mention"], lambda record: _entity(records, record)),
        claims=_linked(matched["claim"], lambda record: record.claim),
        fields=_fields(matched, records),
    )


def several(annotated: Iterable[tuple[Sequence[Layer], Sequence[Range]]]) -> Counter[Any]:
    """Count the labels that all annotators gave one token, for Fleiss' kappa and alpha.

    Args:
        annotated: For each article the layers of those who annotated it, and its tokens.

    Returns:
        How often which labels met, by kind and labels.
    """
    found: Counter[Any] = Counter()
    for layers, tokens in annotated:
        for kind in MARK_KINDS:
            labels = (token_labels(tokens, layer.marks[kind]) for layer in layers)
            found.update((kind, row) for row in zip(*labels, strict=True))
    return found


def fleiss(rows: Counter[Any], kind: MarkKind) -> float | None:
    """Return Fleiss' kappa of what `several` counted, on tokens that equally many judged."""
    judged = [(row, n) for (k, row), n in rows.items() if k == kind]
    most = max((len(row) for row, _ in judged), default=0)
    return fleiss_of(_judged((row, n) for row, n in judged if len(row) == most))


def alpha(rows: Counter[Any], kind: MarkKind) -> float | None:
    """Return Krippendorff's alpha of what `several` counted."""
    return alpha_of(_judged((row, n) for (k, row), n in rows.items() if k == kind and len(row) > 1))


def _judged(rows: Iterable[tuple[Sequence[str], int]]) -> Judged:
    found: Counter[frozenset[tuple[str, int]]] = Counter()
    for row, times in rows:
        found[frozenset(Counter(row).items())] += times
    return found


def _by_label(
    matched: Mapping[MarkKind, Matched], count: Callable[[Matched], Overlap]
) -> dict[tuple[MarkKind, str], Overlap]:
    """Count each label by itself: a pair with two labels is one miss on either side."""
    found: dict[tuple[MarkKind, str], Overlap] = {}
    for kind, each in matched.items():
        for label in {mark.label for mark in _all(each)}:
            found[kind, label] = count(_restricted(each, label))
    return found


def _restricted(matched: Matched, label: str) -> Matched:
    exact: list[tuple[Mark, Mark]] = []
    partial: list[tuple[Mark, Mark]] = []
    left, right = list[Mark](), list[Mark]()
    for pairs, kept in ((matched.exact, exact), (matched.partial, partial)):
        for one, other in pairs:
            if one.label == other.label == label:
                kept.append((one, other))
            elif one.label == label:
                left.append(one)
            elif other.label == label:
                right.append(other)
    left += [mark for mark in matched.left if mark.label == label]
    right += [mark for mark in matched.right if mark.label == label]
    return Matched(tuple(exact), tuple(partial), tuple(left), tuple(right))


def _all(matched: Matched) -> Iterable[Mark]:
    for one, other in matched.pairs:
        yield from (one, other)
    yield from matched.left
    yield from matched.right


def _linked(matched: Matched, target: Callable[[Any], str | None]) -> Overlap:
    ends = [(target(one.record), target(other.record)) for one, other in matched.pairs]
    return Overlap(
        matched=sum(one is not None and one == other for one, other in ends),
        left=sum(one is not None for one, _ in ends),
        right=sum(other is not None for _, other in ends),
    )


def _entity(records: AnnotationSet, mention: Mention) -> str | None:
    found = records.entity(mention.entity)
    return None if found is None else found.id


def _fields(matched: Mapping[MarkKind, Matched], records: AnnotationSet) -> dict[str, Pairs]:
    """Compare what claim mentions, and attributions of shared content, say."""
    found: dict[str, Counter[tuple[Any, Any]]] = {name: Counter() for name in FIELDS}
    pairs = [*matched["claim"].pairs, *matched["content"].pairs]
    for one, other in pairs:
        for name in FIELDS:
            if hasattr(one.record, name):
                found[name][_value(one, name, records), _value(other, name, records)] += 1
    return dict(found)


def _value(mark: Mark, name: str, records: AnnotationSet) -> str:
    value = getattr(mark.record, name)
    if name in ("claimant", "source_entity"):
        entity = records.entity(value)
        return OUTSIDE if entity is None else entity.id
    assert isinstance(mark.record, ClaimMention | Attribution)
    return str(value)


def _total(counts: Mapping[tuple[MarkKind, str], Overlap], kind: MarkKind) -> Overlap:
    return reduce(Overlap.__add__, (n for (k, _), n in counts.items() if k == kind), NOTHING)


def _only(pairs: Pairs, label: str) -> Pairs:
    found: Counter[tuple[bool, bool]] = Counter()
    for (one, other), count in pairs.items():
        found[one == label, other == label] += count
    return found


def _sum(one: Pairs, other: Pairs) -> Pairs:
    return Counter(one) + Counter(other)


def _added(one: Mapping[Any, Any], other: Mapping[Any, Any], nothing: Any) -> dict[Any, Any]:
    return {
        key: one.get(key, nothing) + other.get(key, nothing)
        for key in sorted(one.keys() | other.keys())
    }
