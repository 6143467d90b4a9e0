"""The interface as a process of its own, of which a browser is the terminal.

Textual's driver for the web writes packets to standard output after a first line: a letter
(`D` what a terminal is sent, `M` JSON about the session, `P` parts of files), the size as
four bytes, big-endian, and the content. It reads `D` and `M` likewise from standard input.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from reader.user.paths import state_folder

_READY = b"__GANGLION__\n"
_DRIVER = "reader.tui.browser:BrowserDriver"
_LARGEST = 16 << 20
"""Bytes of a packet; a screen has some hundred thousand."""
_PATIENCE = 4.0
"""Seconds for each way of asking a process to end."""
_COMPLAINT = 4000
"""Bytes that are kept of what goes wrong."""
_OF_A_DESKTOP = ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "STY", "NO_COLOR", "TEXTUAL_LOG")
"""Variables that tell of the terminal and the clipboard of whoever started the server."""


def environment_of(name: str, width: int, height: int, bidi: str, *, blind: bool) -> dict[str, str]:
    """Return the environment of the interface of an annotator.

    Args:
        name: The annotator.
        width: Columns of the browser's terminal.
        height: Its rows.
        bidi: How right-to-left text is sent.
        blind: Whether what others do is hidden.
    """
    kept = {key: value for key, value in os.environ.items() if key not in _OF_A_DESKTOP}
    own = state_folder() / "served" / sha256(name.encode()).hexdigest()[:16]
    return kept | {
        "READER_ANNOTATOR": name,
        "READER_BIDI": bidi,
        "READER_BLIND": str(blind).lower(),
        "READER_MEMORY": str(own),
        "TERM": "xterm-256color",
        "TERM_PROGRAM": "textual",
        "TEXTUAL_DRIVER": _DRIVER,
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "COLUMNS": str(width),
        "ROWS": str(height),
    }


class Child:
    """One running interface.

    Args:
        process: The process.
    """

    def __init__(self, process: Process) -> None:
        self._process = process
        self.complaint = b""
        """What it wrote to standard error: nothing, if all went well."""
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls, library: Path, environment: Mapping[str, str]) -> Child:
        """Start the interface on a library.

        No shell is asked, and no module is looked for in the folder one happens to be in.
        """
        command = (sys.executable, "-P", "-m", "reader", "--db", os.path.abspath(library))
        return cls(
            await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
            )
        )

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    async def packets(self) -> AsyncIterator[tuple[bytes, bytes]]:
        """Give kind and content of what it sends, until it ends."""
        stdout = self._process.stdout
        assert stdout is not None
        try:
            if await stdout.readexactly(len(_READY)) != _READY:
                return
            while True:
                head = await stdout.readexactly(5)
                size = int.from_bytes(head[1:], "big")
                if size > _LARGEST:
                    return
                yield head[:1], await stdout.readexactly(size)
        except (asyncio.IncompleteReadError, OSError):
            # It has ended, in one way or another.
            return

    async def type(self, text: str) -> None:
        """Send what was typed or pasted; half of a surrogate pair is no character."""
        if data := text.encode("utf-8", "ignore"):
            await self._send(b"D", data)

    async def tell(self, **message: Any) -> None:
        """Send something about the session."""
        await self._send(b"M", json.dumps(message).encode())

    async def stop(self) -> None:
        """End it: by asking, then by telling, then at once."""
        with suppress(ProcessLookupError):
            await self.tell(type="quit")
            if not await self._ended():
                self._process.terminate()
                if not await self._ended():
                    self._process.kill()
        await self._process.wait()
        with suppress(asyncio.CancelledError):
            await self._listening

    async def _ended(self) -> bool:
        try:
            await asyncio.wait_for(self._process.wait(), _PATIENCE)
        except TimeoutError:
            return False
        return True

    async def _send(self, kind: bytes, content: bytes) -> None:
        stdin = self._process.stdin
        assert stdin is not None
        with suppress(OSError, RuntimeError):
            stdin.write(kind + len(content).to_bytes(4, "big") + content)
            await stdin.drain()

    async def _listen(self) -> None:
        stderr = self._process.stderr
        assert stderr is not None
        while data := await stderr.read(_COMPLAINT):
            self.complaint = (self.complaint + data)[-_COMPLAINT:]
