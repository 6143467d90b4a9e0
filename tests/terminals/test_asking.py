"""Asking a terminal, watched from the other end of a pseudo-terminal."""

from __future__ import annotations

import os
import select
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reader.terminal.answers import QUERIES
from tests.terminals.real import REAL

_PROGRAM = """
import os, sys, time
from reader.terminal.discovery import Discovery
discovery = Discovery(os.environ, ask=True)
discovery.begin()
found = discovery.found()
discovery.asking.restore()
with open({path!r}, "w") as file:
    print(found.name, found.profile.name, discovery.asking.take_typed(), sep="|", file=file)
print("END")
"""


class Asked:
    """A program that asks, in a pseudo-terminal that we are.

    Args:
        path: Where it writes what it has found.
        environment: Its environment variables.
    """

    def __init__(self, path: Path, environment: dict[str, str]) -> None:
        self.path = path
        self.ours, theirs = os.openpty()
        self.before = termios.tcgetattr(self.ours)
        self.screen = b""
        self.child = os.fork()
        if self.child == 0:
            os.setsid()
            os.login_tty(theirs) if hasattr(os, "login_tty") else _login(theirs)
            variables = {"PYTHONPATH": os.getcwd(), "PATH": os.environ["PATH"], **environment}
            code = _PROGRAM.format(path=str(path))
            os.execve(sys.executable, [sys.executable, "-c", code], variables)
        os.close(theirs)

    def read_until(self, words: bytes) -> None:
        limit = time.monotonic() + 20
        while words not in self.screen:
            assert time.monotonic() < limit, self.screen
            if select.select([self.ours], [], [], 0.05)[0]:
                try:
                    self.screen += os.read(self.ours, 4096)
                except OSError:
                    return

    def type(self, keys: bytes) -> None:
        os.write(self.ours, keys)

    def result(self) -> list[str]:
        """Name, profile, and what was typed, when the program has ended."""
        self.read_until(b"END")
        assert termios.tcgetattr(self.ours)[3] == self.before[3]
        os.waitpid(self.child, 0)
        return self.path.read_text().strip().split("|")


def _login(descriptor: int) -> None:
    import fcntl

    fcntl.ioctl(descriptor, termios.TIOCSCTTY, 0)
    for number in range(3):
        os.dup2(descriptor, number)


@contextmanager
def asked(folder: Path, environment: dict[str, str]) -> Iterator[Asked]:
    terminal = Asked(folder / "found", environment)
    try:
        yield terminal
    finally:
        os.close(terminal.ours)


@pytest.mark.parametrize("name", ["xterm 379", "VTE 0.70.6", "Konsole 22.12.3", "kitty 0.26.5"])
def test_a_terminal_is_known_by_what_it_answers(tmp_path: Path, name: str) -> None:
    real = REAL[name]
    with asked(tmp_path, {"TERM": "xterm-256color"}) as terminal:
        terminal.read_until(QUERIES)
        terminal.type(real.answers)
        assert terminal.result() == [real.name, real.profile, "b''"]
        # Neither questions nor answers have left anything on the screen.
        assert terminal.screen == QUERIES + b"END\r\n"


def test_keys_typed_meanwhile_are_handed_on(tmp_path: Path) -> None:
    with asked(tmp_path, {"TERM": "xterm-256color"}) as terminal:
        terminal.type(b"ab")
        terminal.read_until(QUERIES)
        terminal.type("cع\x1b[A".encode() + REAL["Konsole 22.12.3"].answers + b"d")
        name, _, typed = terminal.result()
        assert name == "konsole"
        assert typed.startswith(repr("abcع\x1b[A".encode())[:-1])
        assert terminal.screen.endswith(QUERIES + b"END\r\n")


def test_a_terminal_that_does_not_answer_is_not_waited_for(tmp_path: Path) -> None:
    with asked(tmp_path, {"TERM": "xterm-256color"}) as terminal:
        terminal.read_until(QUERIES)
        terminal.type(b"x")
        assert terminal.result() == ["xterm-256color", "visual", "b'x'"]


@pytest.mark.parametrize("term", ["dumb", "linux"])
def test_some_are_not_asked(tmp_path: Path, term: str) -> None:
    with asked(tmp_path, {"TERM": term}) as terminal:
        terminal.result()
        assert terminal.screen == b"END\r\n"


def test_an_output_that_is_no_terminal_is_not_asked(tmp_path: Path) -> None:
    from subprocess import run

    code = _PROGRAM.format(path=str(tmp_path / "found"))
    done = run([sys.executable, "-c", code], input=b"keys", capture_output=True, check=True)
    assert done.stdout == b"END\n"
