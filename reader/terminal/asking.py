"""Asking the terminal about itself before anything is drawn on it.

The questions go out first thing; the answers are read when they are needed, which
is after other work. What is typed meanwhile is not shown, and not lost.
"""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from reader.terminal.answers import QUERIES, Answers, Listener, may_ask

PATIENCE = 0.2
"""Seconds from the questions to when a program that reads on waits for answers no longer."""

LONG_PATIENCE = 1.0
"""The same for one that reads no more after: what came later would be typed into the shell."""

LATEST = 3.0
"""Seconds from the questions to when an answer is taken for keys that are typed."""

_LOCAL, _CHARACTERS = 3, 6
"""Places of local modes and of special characters in what `termios` gives."""


class Asking:
    """Questions under way.

    Args:
        environment: The environment variables.
        patience: Seconds from now to when the answers are waited for no longer.

    Attributes:
        typed: What was read and is no answer.
    """

    def __init__(self, environment: Mapping[str, str], patience: float = PATIENCE) -> None:
        self.typed = b""
        self._patience = patience
        self._listener = Listener()
        self._before: list[Any] | None = None
        self._until = 0.0
        self._may_ask = may_ask(environment)

    def begin(self) -> None:
        """Ask, if that can be done without harm."""
        if self._may_ask and _is_ours():
            self._ask()

    @property
    def asked(self) -> bool:
        """Whether anything was asked."""
        return self._until > 0

    @property
    def pending(self) -> bool:
        """Whether answers may still come."""
        return self.asked and not self._listener.answers.complete

    @property
    def late(self) -> bool:
        """Whether answers may come that nobody waits for any more."""
        return self.pending and time.monotonic() < self._until - self._patience + LATEST

    def answers(self) -> Answers:
        """Wait for the answers, but not long, and return what there is of them."""
        # What is there already is read, however late it is.
        while self.pending and self.listen(max(0, self._until - time.monotonic())):
            pass
        if not self.pending:
            self.restore()
            self.typed += self._listener.release()
        return self._listener.answers

    def listen(self, seconds: float) -> bool:
        """Read once what comes within some seconds; False when nothing did."""
        try:
            if not select.select([_input()], [], [], seconds)[0]:
                self.typed += self._listener.release()
                return False
            data = os.read(_input(), 4096)
        except OSError:
            return False
        self.typed += self._listener.hear(data)
        return bool(data)

    def take_typed(self) -> bytes:
        """Return what was typed since the last time."""
        typed, self.typed = self.typed, b""
        return typed

    def release(self) -> bytes:
        """Return what may have been the beginning of an answer, and was none."""
        return self._listener.release()

    def put_back(self) -> None:
        """Give what was typed to whoever reads the terminal next, where the system lets us."""
        import fcntl
        import termios

        with suppress(OSError, AttributeError):
            for byte in self.take_typed():
                fcntl.ioctl(_input(), termios.TIOCSTI, bytes([byte]))

    def restore(self) -> None:
        """Let the terminal show again what is typed, and hand it on by the line."""
        if self._before is not None:
            import termios

            before, self._before = self._before, None
            with suppress(termios.error, ValueError):
                termios.tcsetattr(_input(), termios.TCSANOW, before)

    def _ask(self) -> None:
        import termios

        with suppress(termios.error, OSError):
            before = termios.tcgetattr(_input())
            silent = [*before[:_CHARACTERS], list(before[_CHARACTERS])]
            silent[_LOCAL] &= ~(termios.ECHO | termios.ICANON)
            silent[_CHARACTERS][termios.VMIN], silent[_CHARACTERS][termios.VTIME] = 1, 0
            # First, for a signal may end the program at any point.
            self._before = before
            termios.tcsetattr(_input(), termios.TCSANOW, silent)
            os.write(_output(), QUERIES)
            self._until = time.monotonic() + self._patience


def _input() -> int:
    return sys.__stdin__.fileno() if sys.__stdin__ is not None else 0


def _output() -> int:
    """The first of the streams we write to that is a terminal."""
    streams = (sys.__stdout__, sys.__stderr__)
    return next(each.fileno() for each in streams if each is not None and each.isatty())


def _is_ours() -> bool:
    """Whether standard input and what we write to are a terminal of which we are the foreground."""
    if sys.platform == "win32":
        return False
    try:
        _output()
        return os.isatty(_input()) and os.tcgetpgrp(_input()) == os.getpgrp()
    except (OSError, ValueError, StopIteration):
        return False
