"""The terminal's own ordering of rows, switched off while we draw and back on after.

Terminals that follow the terminal-wg BiDi recommendation (VTE, mintty, WezTerm)
reorder what they are sent. `CSI 8 l` (BDSM reset, explicit mode) makes them
show cells as written; `CSI 8 h` gives the user's terminal its own order back.
What a terminal takes is in its profile.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from types import FrameType, TracebackType
from typing import IO, TYPE_CHECKING, Any

from reader.text.terminals import PLAIN, TerminalProfile

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.message import Message

    from reader.terminal.asking import Asking

_ERASE_ALL = "\x1b[2J"
_BREATH = 0.05
"""Seconds that a key waits which may be the beginning of a late answer."""

_SIGNALS = (signal.SIGTERM, signal.SIGHUP)

_PATIENCE = 10.0
"""Seconds that ending in order may take."""

_Previous = Callable[[int, FrameType | None], Any] | int | signal.Handlers | None


class TerminalBidi:
    """Keeps the terminal from ordering rows while an app draws.

    Use as a context around `App.run()`, and give the app `driver_class()`, which
    restores the terminal when the app is suspended and asks it again on return.
    A terminated or hung-up program ends through `App.exit`, so that everything
    it changed is put back. It is often told twice within a moment, which is one time;
    told later again, or when no app runs, it does what it would without this context.

    Args:
        profile: What is known of the terminal; `use` can tell better later.
        stream: The terminal; by default the one Textual writes to.
        asking: Questions to the terminal that are under way.
    """

    def __init__(
        self,
        profile: TerminalProfile = PLAIN,
        stream: IO[str] | None = None,
        asking: Asking | None = None,
    ) -> None:
        self.profile = profile
        self.asking = asking
        self.lost = False
        """Whether the terminal was found closed when the program was told to hang up."""
        self._descriptor = _terminal_of(stream if stream is not None else sys.__stderr__)
        self._on = ""
        self.told_late: Callable[[], None] | None = None
        self._exit: Callable[[int], None] | None = None
        self._told: float | None = None
        self._previous: dict[int, _Previous] = {}

    def __enter__(self) -> TerminalBidi:
        for number in _SIGNALS:
            self._previous[number] = signal.signal(number, self._on_signal)
        self.switch_off()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.switch_on()
        self.end_asking()
        for number, previous in self._previous.items():
            signal.signal(number, previous)
        self._previous.clear()

    def use(self, profile: TerminalProfile) -> None:
        """Take a profile before anything is drawn."""
        self.profile = profile
        self.switch_off()

    def change(self, profile: TerminalProfile) -> str:
        """Take another profile while the app draws; return what the app has to write.

        Rows that exist may keep the mode they were made in: all are erased.
        """
        sent = self._on + profile.off
        self.profile = profile
        self._on = profile.on if profile.off else ""
        return sent + _ERASE_ALL

    def switch_off(self) -> None:
        """Ask for cells as written, unless this job is in the background."""
        profile = self.profile
        if profile.off and not self._on and self._in_foreground():
            self._send(profile.off)
            self._on = profile.on

    def switch_on(self) -> None:
        """Give the terminal its own order back, if it was taken."""
        if self._on:
            self._send(self._on)
            self._on = ""

    def on_late(self, told: Callable[[], None]) -> None:
        """Set what is called, from the thread that reads keys, when a late answer has come."""
        self.told_late = told

    def on_exit(self, leave: Callable[[int], None]) -> None:
        """Set what a terminating signal calls, from the main thread, with the exit status."""
        self._exit = leave

    def app_is_over(self) -> None:
        """Handle signals again after an app that handled them, and ended with its loop."""
        self._exit = None
        for number in self._previous:
            signal.signal(number, self._on_signal)

    @property
    def is_drawn_on(self) -> bool:
        """Whether the app is drawn on this terminal, and not in a browser for example."""
        from textual import constants

        return self._descriptor is not None and constants.DRIVER is None

    def driver_class(self) -> type[Driver] | None:
        """Return the driver for `App(driver_class=...)`; None leaves Textual's choice."""
        from textual import constants

        if sys.platform == "win32" or constants.DRIVER is not None:
            return None
        return _driver_class(self)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.lost = self._descriptor is not None and not os.isatty(self._descriptor)
        now = time.monotonic()
        if self._told is not None and now < self._told + _PATIENCE:
            return
        self._told = now
        leave, self._exit = self._exit, None
        if leave is not None:
            leave(128 + number)
            return
        self.switch_on()
        self.end_asking()
        previous = self._previous[number]
        if callable(previous):
            previous(number, frame)
            return
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def end_asking(self) -> None:
        """Let the terminal show again what is typed."""
        if self.asking is not None:
            self.asking.restore()

    def _in_foreground(self) -> bool:
        if self._descriptor is None:
            return False
        try:
            return os.tcgetpgrp(self._descriptor) == os.getpgrp()
        except OSError:
            # Not our controlling terminal: nobody can have put us in its background.
            return True

    def _send(self, sequence: str) -> None:
        if self._descriptor is not None:
            # A closed terminal has no mode left to restore.
            with suppress(OSError):
                os.write(self._descriptor, sequence.encode())


def _terminal_of(stream: IO[str] | None) -> int | None:
    """The file descriptor of a stream, or None when it is no terminal."""
    if stream is None or stream.closed or not stream.isatty():
        return None
    return stream.fileno()


class TypedKeys:
    """Makes key presses of what was read before the interface read anything itself.

    Args:
        press: Takes each key.
    """

    def __init__(self, press: Callable[[Message], None]) -> None:
        from textual._xterm_parser import XTermParser

        self._unfinished = False
        self._press = press
        self._parser = XTermParser()
        self._decode = getincrementaldecoder("utf-8")("replace").decode

    def take(self, data: bytes) -> None:
        """Take what was read; what it is not the end of waits for the next time."""
        if text := self._decode(data):
            for event in self._parser.feed(text):
                self._press(event)
        self._unfinished = data.endswith(b"\x1b") or (self._unfinished and not data)
        for event in self._parser.tick():
            self._press(event)

    def end(self) -> None:
        """Wait, if the last key may be Escape, for the time after which it is."""
        if self._unfinished:
            from textual import constants

            time.sleep(constants.ESCAPE_DELAY + _BREATH)
            self.take(b"")


def _driver_class(terminal: TerminalBidi) -> type[Driver]:
    """Make Textual's Unix driver keep the terminal's mode in step with its own."""
    from reader.tui.driver import TolerantDriver

    class BidiDriver(TolerantDriver):
        """No ordering from before the alternate screen opens until after it closes."""

        def start_application_mode(self) -> None:
            # Rows keep the mode they were made in, so it comes before `?1049h`.
            terminal.switch_off()
            loop = asyncio.get_running_loop()

            def leave(status: int) -> None:
                # An app that has just ended needs no telling.
                with suppress(RuntimeError):
                    loop.call_soon_threadsafe(lambda: self._app.exit(return_code=status))

            terminal.on_exit(leave)
            terminal.end_asking()
            resumed = self._must_signal_resume
            super().start_application_mode()  # type: ignore[no-untyped-call]
            if resumed:
                # Textual draws no more than what has changed since, on a screen now blank.
                loop.call_soon_threadsafe(self._app.call_later, self._app.refresh)

        def run_input_thread(self) -> None:
            asking = terminal.asking
            if asking is not None:
                typed = TypedKeys(self.process_message)
                typed.take(asking.take_typed())
                while asking.late and not self.exit_event.is_set():
                    asking.listen(_BREATH)
                    typed.take(asking.take_typed())
                    if not asking.pending and terminal.told_late is not None:
                        self._app.call_later(terminal.told_late)
                typed.take(asking.release())
                typed.end()
            super().run_input_thread()

        def close(self) -> None:
            # The last bytes of the alternate screen are out only when its writer is.
            super().close()
            terminal.switch_on()

        def write(self, data: str) -> None:
            # Textual's writer dies with the terminal and would block all who write on.
            if not terminal.lost:
                super().write(data)

    return BidiDriver
