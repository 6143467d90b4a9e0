"""Long work in short slices, so that no key has to wait for its end."""

from __future__ import annotations

from asyncio import TimerHandle, get_running_loop
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import Any

from textual.screen import Screen

from reader.errors import ReaderError

_SLICE = 0.03
"""Seconds of work after which keys are worked off again."""

_BREATH = 0.001
"""Seconds between two slices."""


class Slices:
    """Work that is one step after the other, done while no key is pressed.

    Args:
        screen: Whose time it takes.
        told: Called after each slice, and at the end.
        refuse: Called with an error that ends the work.
        seconds: Seconds of work after which keys are worked off again.
    """

    def __init__(
        self,
        screen: Screen[Any],
        told: Callable[[], None],
        refuse: Callable[[ReaderError], None],
        seconds: float = _SLICE,
    ) -> None:
        self._seconds = seconds
        self._screen, self._told, self._refuse = screen, told, refuse
        self._steps: Iterator[object] = iter(())
        self._waiting: TimerHandle | None = None
        self.busy = False

    def start(self, steps: Iterable[object], pause: float = _BREATH) -> None:
        """Begin other work, in place of what was not finished.

        Args:
            steps: What does a little whenever the next value is asked for.
            pause: Seconds to wait before.
        """
        self.stop()
        self._steps, self.busy = iter(steps), True
        self._wait(pause)

    def done_at_once(self, steps: Iterable[object]) -> bool:
        """Begin other work, as much as one slice allows; tell whether that was all of it."""
        self.start(steps)
        until = monotonic() + self._seconds
        self.go_on(lambda: monotonic() > until)
        if not self.busy:
            self.stop()
        return not self.busy

    def stop(self) -> None:
        """Leave the rest of the work undone."""
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting, self.busy = None, False

    def _wait(self, seconds: float) -> None:
        """Go on a little later.

        A timer of Textual's leaves its only tick out when the process gets no time
        until that is over, which with so short a time happens on a busy machine.
        """
        self._waiting = get_running_loop().call_later(seconds, self._due)

    def _due(self) -> None:
        if self.busy and self._screen.is_running:
            self._screen.call_next(self._slice)

    def go_on(self, enough: Callable[[], bool]) -> None:
        """Work now, and at once, a step or more, until it is enough or done."""
        try:
            next(self._steps)
            while not enough():
                next(self._steps)
        except StopIteration:
            self.busy = False
        except ReaderError as error:
            self.busy = False
            self._refuse(error)

    def _slice(self) -> None:
        if not self.busy:
            return
        until = monotonic() + self._seconds
        self.go_on(lambda: monotonic() > until)
        self._told()
        if self.busy:
            self._wait(_BREATH)
