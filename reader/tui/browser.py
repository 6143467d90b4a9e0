"""The driver for browsers: what they send comes by standard input, in packets of a server."""

from __future__ import annotations

from codecs import getincrementaldecoder
from contextlib import suppress
from functools import partial
from signal import SIGHUP

from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver

from reader.tui.driver import TolerantParser

_HUNG_UP = 128 + SIGHUP


class BrowserDriver(WebDriver):
    """Textual's driver for the web that bears any input, and ends when its server is gone."""

    def run_input_thread(self) -> None:
        """Read what comes and pass it on, until the program or the server ends."""
        decode = getincrementaldecoder("utf-8")("replace").decode
        parser, stream = TolerantParser(self._debug), ByteStream()
        for data in self._input_reader:
            for kind, payload in stream.feed(data) if data else ():
                if kind != "D":
                    self._on_meta(kind, payload)
                elif text := decode(payload):
                    for message in parser.feed(text):
                        self.process_message(message)
            for message in parser.tick():
                self.process_message(message)
        if not self.exit_event.is_set():
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(partial(self._app.exit, return_code=_HUNG_UP))

    def write(self, data: str) -> None:
        """Send something to the browser; to nobody, when the server is gone."""
        with suppress(BrokenPipeError):
            super().write(data)

    def write_meta(self, data: dict[str, object]) -> None:
        """Tell the server something, if it is there."""
        with suppress(BrokenPipeError):
            super().write_meta(data)
