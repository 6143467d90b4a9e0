"""Which row of an article each paragraph begins at, kept while counts change."""

from __future__ import annotations

from collections.abc import Sequence


class RowIndex:
    """Counts of rows with their running sums, as a binary indexed tree (Fenwick 1994).

    Changing a count and looking a row up take as long as the number of
    paragraphs has binary digits, so that an estimate can be put right at once.

    Args:
        counts: Rows of each paragraph, each at least 1.
    """

    def __init__(self, counts: Sequence[int]) -> None:
        self._counts = list(counts)
        size = len(self._counts)
        self._tree = [0, *self._counts]
        for index in range(1, size + 1):
            above = index + (index & -index)
            if above <= size:
                self._tree[above] += self._tree[index]
        self._top_bit = 1 << size.bit_length() >> 1
        self.total = sum(self._counts)

    def __len__(self) -> int:
        return len(self._counts)

    def count(self, paragraph: int) -> int:
        """Rows of a paragraph."""
        return self._counts[paragraph]

    def set_count(self, paragraph: int, count: int) -> None:
        """Change the rows of a paragraph."""
        difference = count - self._counts[paragraph]
        if not difference:
            return
        self._counts[paragraph] = count
        self.total += difference
        index = paragraph + 1
        while index < len(self._tree):
            self._tree[index] += difference
            index += index & -index

    def before(self, paragraph: int) -> int:
        """Rows of all paragraphs before one."""
        total = 0
        while paragraph > 0:
            total += self._tree[paragraph]
            paragraph &= paragraph - 1
        return total

    def find(self, row: int) -> tuple[int, int]:
        """Return the paragraph a row is in, and its number there.

        A row before the first or after the last counts as that one.
        """
        left = min(max(row, 0), self.total - 1)
        paragraph, step = 0, self._top_bit
        while step:
            following = paragraph + step
            if following < len(self._tree) and self._tree[following] <= left:
                paragraph = following
                left -= self._tree[following]
            step >>= 1
        return paragraph, left
