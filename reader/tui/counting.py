"""A count before a motion: the digits typed so far."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 999
"""The highest count: further than that nobody counts, and no motion takes long."""

ONCE = frozenset({"select.pin", "select.unpin", "go.first", "go.last"})
"""Motions that a count does not repeat."""


@dataclass(frozen=True, slots=True)
class Count:
    """What is typed of a count.

    Attributes:
        digits: `0` to `9`, without zeros before them.
    """

    digits: str = ""

    def typed(self, digit: str) -> Count:
        """Return the count with one more digit, at most `MOST`."""
        return Count(str(min(int(self.digits + digit), MOST)).lstrip("0"))

    def shortened(self) -> Count:
        """Return the count without its last digit."""
        return Count(self.digits[:-1])

    def times(self, id: str) -> int:
        """Return how often to do the command of an id: at least once."""
        return 1 if id in ONCE else int(self.digits or "1")
