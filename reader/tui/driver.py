"""What comes from the terminal, whatever it is: a key pressed, a text pasted, or bytes of neither.

Textual's driver takes all input to be UTF-8, and all numbers in it to be those of
characters; a terminal in another encoding, or a file pasted that is no text, would end it.
"""

from __future__ import annotations

import os
from codecs import getincrementaldecoder
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ, DefaultSelector
from signal import SIGHUP

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

_PORTION = 65536
"""Bytes read at once: what is pasted comes in many."""

_HUNG_UP = 128 + SIGHUP

_TICK = 0.1
"""Seconds after which an escape sequence that is not finished is taken for the key Esc."""


def _with_alt(key: events.Key) -> events.Key:
    """Say of any key that Esc came right before it: Textual says so of letters and digits only."""
    name = key.key if key.key.startswith("alt+") else f"alt+{key.key}"
    return events.Key(name, key.character)


def after_escape(event: events.Key) -> tuple[events.Key, events.Key] | None:
    """Return the two keys that a key with Alt may have been; None where it was surely one.

    Most terminals send for Alt and a key what they send for Esc and that key; on a slow line
    both arrive together. Where a terminal tells them apart, Alt leaves no character.
    """
    if not event.key.startswith("alt+") or event.character is None:
        return None
    typed = event.character
    name = typed if typed.isalnum() else event.key.removeprefix("alt+")
    return events.Key("escape", "\x1b"), events.Key(name, typed)


class TolerantParser(XTermParser):
    """Passes over numbers that are no character's, and tells Alt from Esc where that can be."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        """Give the keys of a sequence; none for numbers that are no character's."""
        try:
            keys = list(super()._sequence_to_key_events(sequence, alt))
        except (ValueError, OverflowError):
            return ()
        return map(_with_alt, keys) if alt else keys


class TolerantDriver(LinuxDriver):
    """Reads on after bytes that are not UTF-8: each shows as U+FFFD where text is typed."""

    def run_input_thread(self) -> None:
        """Read what comes and pass it on, until the program ends."""
        decoder = getincrementaldecoder("utf-8")("replace")
        parser = TolerantParser(self._debug)
        with DefaultSelector() as selector:
            selector.register(self.fileno, EVENT_READ)
            while not self.exit_event.is_set():
                data = self._read() if selector.select(_TICK) else b""
                if data is None:
                    break
                text = decoder.decode(data)
                # Nothing at all would tell the parser that this is the end.
                for message in parser.feed(text) if text else ():
                    self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)

    def _read(self) -> bytes | None:
        """Read what has come; None when the terminal is gone, which ends the program."""
        try:
            data = os.read(self.fileno, _PORTION)
        except OSError:
            data = b""
        if data:
            return data
        # Who has no terminal is not always sent SIGHUP. The loop may have ended meanwhile.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(partial(self._app.exit, return_code=_HUNG_UP))
        return None
