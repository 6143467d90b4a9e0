"""Being told to end from outside: what is unfinished goes, and the library is left in order.

A terminal that is closed, `timeout`, and what ends a session tell it often twice, within a
moment. That is one time: a second one that came seconds later is from somebody impatient.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGTERM, signal.SIGHUP)
PATIENCE = 10.0
"""Seconds that ending in order may take."""

_Handler = Callable[[int, FrameType | None], Any]


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Let signals to end leave what runs inside as `sys.exit` does, with the status of a shell."""
    told: float | None = None

    def end(number: int, frame: FrameType | None) -> None:
        nonlocal told
        if told is None:
            told = time.monotonic()
            raise SystemExit(128 + number)
        if time.monotonic() > told + PATIENCE:
            _die(number)

    with _handled(end):
        yield


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put signals to end off: what runs inside takes moments, and must not stop half-way."""
    told: dict[int, float] = {}

    def put_off(number: int, frame: FrameType | None) -> None:
        if time.monotonic() > told.setdefault(number, time.monotonic()) + PATIENCE:
            _die(number)

    try:
        with _handled(put_off):
            yield
    finally:
        for number in told:
            os.kill(os.getpid(), number)


@contextmanager
def _handled(handler: _Handler) -> Iterator[None]:
    """Handle the signals, but those that whoever started the program had it ignore."""
    previous: dict[int, Any] = {}
    try:
        for number in SIGNALS:
            if signal.getsignal(number) not in (signal.SIG_IGN, None):
                previous[number] = signal.signal(number, handler)
    except ValueError:
        # Only the first thread of a program can; in another, that is for the program to do.
        pass
    try:
        yield
    finally:
        for known, before in previous.items():
            signal.signal(known, before)


def _die(number: int) -> None:
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
