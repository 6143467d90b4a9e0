"""A program in a pseudo-terminal, and the screen as a person would see it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import pyte

_PATIENCE = 60.0
# The program, with more time for a terminal that is not as quick as a real one: `patience`
# until what it answers is waited for no longer, and a minute until it counts as typed.
_START = """
import sys
from reader.terminal import asking, discovery
discovery.Discovery.__init__.__kwdefaults__["patience"] = {patience}
discovery.LONG_PATIENCE = {patience}
asking.LATEST = 60
from reader.cli.main import main
sys.exit(main())
"""
_QUICK = 0.2
_QUESTION = b"\x1b[c"
_ANSWER = b"\x1b[?62c"
# Sequences that pyte shows as text, and joiners, after which it shows no more of a row.
_PRIVATE = re.compile(
    rb"\xe2\x80[\x8c-\x8f]|\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[[0-9;?]*\$[a-z]|\x1b\[[0-9;]* [a-zA-Z]"
)


class Terminal:
    """`reader` with some arguments in a terminal of its own.

    Args:
        arguments: What stands after `reader` on the command line.
        size: Columns and rows.
        environment: Added to the environment.
        answers: What it sends when it is asked what it is; b"" to be silent.
        within: A command that runs the program, and its options.
    """

    def __init__(
        self,
        arguments: list[str],
        size: tuple[int, int] = (80, 24),
        environment: dict[str, str] | None = None,
        answers: bytes = _ANSWER,
        within: Sequence[str] = (),
    ) -> None:
        self._answers, self._answered = answers, 0
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self.received = b""
        self._parsed = 0
        self.process, self._file = pty.fork()
        if self.process == 0:
            # A job in the background, or under `nohup`, inherits that some are ignored.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.environ.update({"TERM": "xterm-256color"}, **(environment or {}))
            start = _START.format(patience=_PATIENCE if answers else _QUICK)
            command = [*within, sys.executable, "-c", start, *arguments]
            os.execvp(command[0], command)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    @property
    def echoes(self) -> bool:
        """Whether it shows what is typed and hands it on by the line, as in a shell."""
        wanted = termios.ECHO | termios.ICANON
        local: int = termios.tcgetattr(self._file)[3]
        return local & wanted == wanted

    @property
    def rows(self) -> list[str]:
        """The rows of the screen as they are now."""
        # Not `display`: it fails where half of a wide character was drawn over.
        screen = self._screen
        lines = [screen.buffer[y] for y in range(screen.lines)]
        return ["".join(line[x].data for x in range(screen.columns)).rstrip() for line in lines]

    def press(self, keys: str | bytes) -> None:
        """Send keys as the terminal would."""
        os.write(self._file, keys.encode() if isinstance(keys, str) else keys)

    def read(self, seconds: float = 0.05) -> bool:
        """Take in what the program has sent; False when it has ended."""
        if not select.select([self._file], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._file, 65536)
        except OSError:
            return False
        self.received += data
        asked = self.received.count(_QUESTION)
        if asked > self._answered:
            self.press(self._answers * (asked - self._answered))
            self._answered = asked
        # The end of a sequence may still be under way; it is parsed with what follows.
        whole = max(self._parsed, self.received.rfind(b"\x1b", -64))
        end = len(self.received) if b"\x1b" not in self.received[-64:] else whole
        self._feed(end)
        return bool(data)

    def _feed(self, end: int) -> None:
        self._stream.feed(_PRIVATE.sub(b"", self.received[self._parsed : end]))
        self._parsed = end

    def wait(self, condition: Callable[[list[str]], bool], what: str = "") -> None:
        """Read until the screen fulfils a condition.

        Raises:
            EOFError: The program has ended.
            TimeoutError: With the screen as it was at the end.
        """
        limit = time.monotonic() + _PATIENCE
        while True:
            alive = self.read()
            if not alive or not select.select([self._file], [], [], 0)[0]:
                self._feed(len(self.received))
            if condition(self.rows):
                return
            if not alive:
                raise EOFError(f"the program ended before it showed {what}")
            if time.monotonic() > limit:
                raise TimeoutError(f"{what} was not shown:\n" + "\n".join(self.rows))

    def wait_for(self, words: str) -> None:
        """Read until some words are on the screen."""
        self.wait(lambda rows: any(words in row for row in rows), repr(words))

    def wait_for_end(self) -> int:
        """Read until the program ends; return its exit status."""
        limit = time.monotonic() + _PATIENCE
        while self.read():
            if time.monotonic() > limit:
                raise TimeoutError("the program goes on:\n" + "\n".join(self.rows))
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])

    def hang_up(self) -> int:
        """Close the terminal, as a lost connection does; return the program's exit status."""
        os.close(self._file)
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            ended, status = os.waitpid(self.process, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.05)
        raise AssertionError("the program goes on without a terminal")

    def kill(self, number: int = signal.SIGKILL) -> None:
        """End the program now, if it has not ended."""
        try:
            os.kill(self.process, number)
            os.waitpid(self.process, 0)
        except (ProcessLookupError, ChildProcessError):
            return


def make_seed_library(path: Path) -> None:
    """Make a library of the three seed articles."""
    from reader.corpus.loading import load_article
    from reader.store.library import Library

    seeds = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
    with Library(path) as library:
        library.add_articles([load_article(seed.read_bytes(), seed.name) for seed in seeds])
