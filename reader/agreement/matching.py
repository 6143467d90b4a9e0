"""Marks of two annotators put side by side, one to one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.agreement.layers import Mark, shared
from reader.agreement.measures import Overlap
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Matched:
    """Marks of two annotators, those that are the same or share text in pairs.

    Attributes:
        exact: Pairs on exactly the same text.
        partial: Pairs that share a part of it.
        left: What only the first has.
        right: What only the second has.
    """

    exact: tuple[tuple[Mark, Mark], ...]
    partial: tuple[tuple[Mark, Mark], ...]
    left: tuple[Mark, ...]
    right: tuple[Mark, ...]

    @property
    def pairs(self) -> tuple[tuple[Mark, Mark], ...]:
        """All pairs."""
        return (*self.exact, *self.partial)


def match(left: Sequence[Mark], right: Sequence[Mark]) -> Matched:
    """Pair marks one to one: the same text and label first, then what shares most text.

    Args:
        left: Marks of one kind by one annotator, in the order of the text.
        right: Those by another.
    """
    taken_left, taken_right = set[int](), set[int]()
    pairs: list[tuple[int, int]] = []
    for one, other in sorted(_candidates(left, right), key=lambda pair: _rank(left, right, pair)):
        if one not in taken_left and other not in taken_right:
            taken_left.add(one)
            taken_right.add(other)
            pairs.append((one, other))
    paired = [(left[one], right[other]) for one, other in sorted(pairs)]
    return Matched(
        exact=tuple(pair for pair in paired if pair[0].fragments == pair[1].fragments),
        partial=tuple(pair for pair in paired if pair[0].fragments != pair[1].fragments),
        left=tuple(mark for i, mark in enumerate(left) if i not in taken_left),
        right=tuple(mark for i, mark in enumerate(right) if i not in taken_right),
    )


def exact_overlap(matched: Matched) -> Overlap:
    """Count pairs on the same text with the same label."""
    return _counted(matched, [one.label == other.label for one, other in matched.exact])


def partial_overlap(matched: Matched) -> Overlap:
    """Count pairs that share text and have the same label."""
    return _counted(matched, [one.label == other.label for one, other in matched.pairs])


def _counted(matched: Matched, same: list[bool]) -> Overlap:
    pairs = len(matched.pairs)
    return Overlap(sum(same), pairs + len(matched.left), pairs + len(matched.right))


def _candidates(left: Sequence[Mark], right: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """Give the pairs that share text."""
    first = 0
    longest = max((_end(mark) - _start(mark) for mark in right), default=0)
    for one, mark in enumerate(left):
        while first < len(right) and _start(right[first]) + longest < _start(mark):
            first += 1
        for other in range(first, len(right)):
            if _start(right[other]) >= _end(mark):
                break
            if shared(mark, right[other]):
                yield one, other


def _rank(left: Sequence[Mark], right: Sequence[Mark], pair: tuple[int, int]) -> tuple[object, ...]:
    one, other = left[pair[0]], right[pair[1]]
    apart = one.size + other.size - 2 * shared(one, other)
    return one.fragments != other.fragments, one.label != other.label, apart, pair


def _start(mark: Mark) -> int:
    return mark.fragments[0][0]


def _end(mark: Mark) -> int:
    return mark.fragments[-1][1]
