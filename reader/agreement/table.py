"""How far two annotators agree, as the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.agreement.comparing import Compared
from reader.agreement.layers import MARK_KINDS, MarkKind
from reader.agreement.measures import Overlap, cohen_kappa

HEAD = ("exact", "overlap", "kappa", "left", "right")
"""Titles of the columns after the first."""


def table(found: Compared) -> Iterator[tuple[str, ...]]:
    """Give the rows: kinds, their labels, links, and what is said.

    Returns:
        What the row is about, F1 of the same text and of shared text, Cohen's kappa, and
        how many the left and the right have; "" where a column says nothing.
    """
    for kind in MARK_KINDS:
        exact, partial = found.of_kind(kind)
        if exact.left or exact.right:
            yield _row(kind, exact, partial, found.kappa(kind))
        for key in _labels(found, kind):
            label = key[1]
            kappa = found.kappa(kind, label)
            yield _row(f"{kind} {label}", found.exact[key], found.partial[key], kappa)
    for name, links in (("link to an entity", found.links), ("link to a claim", found.claims)):
        if links.left or links.right:
            yield name, number(links.f1), "", "", str(links.left), str(links.right)
    for name, pairs in found.fields.items():
        if pairs:
            count = str(sum(pairs.values()))
            yield name.replace("_", " "), "", "", number(cohen_kappa(pairs)), count, count


def _labels(found: Compared, kind: MarkKind) -> Sequence[tuple[MarkKind, str]]:
    """Return the labels of a kind, what both have most of first."""
    keys = (key for key in found.exact if key[0] == kind and key[1] != kind)
    return sorted(keys, key=lambda key: (-found.exact[key].left - found.exact[key].right, key[1]))


def number(value: float | None) -> str:
    """Write a coefficient; a dash where there is none."""
    return "–" if value is None else f"{value:.3f}"


def _row(name: str, exact: Overlap, partial: Overlap, kappa: float | None) -> tuple[str, ...]:
    scores = number(exact.f1), number(partial.f1), number(kappa)
    return name, *scores, str(exact.left), str(exact.right)
