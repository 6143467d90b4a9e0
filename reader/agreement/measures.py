"""Coefficients of agreement for categories without an order.

Each returns None where it says nothing: no item, or only one category in use, so
that agreement cannot be told from having no choice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reader.values import dataclass

Label = Any
Pairs = Mapping[tuple[Label, Label], int]
"""How often one annotator gave the first label where the other gave the second."""
Judged = Mapping[frozenset[tuple[Label, int]], int]
"""How many items there are for which so many annotators gave these labels."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two sets of spans: how many each has, and how many are matched one to one."""

    matched: int
    left: int
    right: int

    @property
    def precision(self) -> float | None:
        """Share of the right ones that the left has too."""
        return self.matched / self.right if self.right else None

    @property
    def recall(self) -> float | None:
        """Share of the left ones that the right has too."""
        return self.matched / self.left if self.left else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; it is the same from either side."""
        both = self.left + self.right
        return 2 * self.matched / both if both else None

    def __add__(self, other: Overlap) -> Overlap:
        return Overlap(
            self.matched + other.matched, self.left + other.left, self.right + other.right
        )


NOTHING = Overlap(0, 0, 0)


def cohen_kappa(pairs: Pairs) -> float | None:
    """Agreement of two annotators beyond chance (Cohen 1960).

    Args:
        pairs: The confusion of their labels.
    """
    total = sum(pairs.values())
    if not total:
        return None
    left, right = Counter[Label](), Counter[Label]()
    for (one, other), count in pairs.items():
        left[one] += count
        right[other] += count
    observed = sum(count for (one, other), count in pairs.items() if one == other) / total
    expected = sum(left[label] * right[label] for label in left) / total**2
    return _beyond(observed, expected)


def fleiss_kappa(items: Iterable[Mapping[Label, int]]) -> float | None:
    """Agreement of several annotators who all judged every item (Fleiss 1971).

    Args:
        items: For each item, how many gave which label.

    Raises:
        ValueError: If items were judged by different numbers of annotators.
    """
    return fleiss_of(Counter(frozenset((k, n) for k, n in item.items() if n) for item in items))


def fleiss_of(rows: Judged) -> float | None:
    """Return Fleiss' kappa of items that are counted already.

    Raises:
        ValueError: If items were judged by different numbers of annotators.
    """
    sizes = {sum(n for _, n in row) for row in rows}
    if len(sizes) > 1:
        raise ValueError("Fleiss' kappa needs the same number of annotators for every item")
    size = next(iter(sizes), 0)
    if size < 2:
        return None
    total = sum(rows.values())
    shares, observed = Counter[Label](), 0.0
    for row, times in rows.items():
        observed += times * sum(n * (n - 1) for _, n in row) / (size * (size - 1))
        for label, n in row:
            shares[label] += times * n
    expected = sum((n / (total * size)) ** 2 for n in shares.values())
    return _beyond(observed / total, expected)


def krippendorff_alpha(items: Iterable[Sequence[Label]]) -> float | None:
    """Agreement of any number of annotators, of whom some may not have judged all items.

    Nominal, by the matrix of coincidences (Krippendorff 2011).

    Args:
        items: For each item, the labels of those who judged it, in any order.
    """
    return alpha_of(Counter(frozenset(Counter(item).items()) for item in items if len(item) > 1))


def alpha_of(rows: Judged) -> float | None:
    """Return Krippendorff's alpha of items that are counted already, each judged by two or more."""
    agreed, totals = 0.0, Counter[Label]()
    for row, times in rows.items():
        size = sum(n for _, n in row)
        agreed += times * sum(n * (n - 1) for _, n in row) / (size - 1)
        for label, n in row:
            totals[label] += times * n
    whole = sum(totals.values())
    if not whole or len(totals) < 2:
        return None
    expected = (whole**2 - sum(n**2 for n in totals.values())) / (whole - 1)
    return 1 - (whole - agreed) / expected


def _beyond(observed: float, expected: float) -> float | None:
    """Return the share of what chance leaves open."""
    return None if expected >= 1 else (observed - expected) / (1 - expected)
