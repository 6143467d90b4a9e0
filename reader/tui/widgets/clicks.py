"""Clicks in a row on one place: the second selects a word, the third something larger."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset

_AGAIN = 0.5
"""Seconds in which the next click counts as a further one."""

_MOST = 3


class Clicks:
    """Counts the presses of the left button on one cell: 1, 2, 3, and 1 again."""

    def __init__(self) -> None:
        self._count = 0
        self._at = Offset(-1, -1)
        self._when = 0.0

    def count(self, event: events.MouseDown) -> int:
        """Count a press of the button."""
        at = Offset(event.screen_x, event.screen_y)
        again = at == self._at and event.time - self._when <= _AGAIN
        self._count = self._count % _MOST + 1 if again else 1
        self._at, self._when = at, event.time
        return self._count
