"""The terminal's bidirectional mode, watched from the other end of a pseudo-terminal."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from reader.text.terminals import PROFILES

_APP = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from textual.app import App
from textual.widgets import Static
from reader.text.terminals import PROFILES
from reader.tui.terminal import TerminalBidi

class Small(App[None]):
    def compose(self):
        yield Static("ready")
    def on_key(self, event):
        if event.key == "q":
            self.exit()
        if event.key == "x":
            raise RuntimeError("boom")
        if event.key == "z":
            self.action_suspend_process()

with TerminalBidi(PROFILES[{profile!r}]) as terminal:
    app = Small(driver_class=terminal.driver_class())
    app.run()
sys.exit(app.return_code or 0)
"""


class Terminal:
    """A program in a pseudo-terminal of its own session, and what it wrote."""

    def __init__(self, profile: str) -> None:
        self.output = b""
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", _APP.format(profile=profile)],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "xterm-256color", "LINES": "10", "COLUMNS": "40"},
            start_new_session=True,
        )
        os.close(slave)

    def read_until(self, done: Callable[[bytes], bool], seconds: float = 30.0) -> bytes:
        """Read until `done` says so of all output; fail after `seconds`."""
        deadline = time.monotonic() + seconds
        while not done(self.output):
            assert time.monotonic() < deadline, self.output
            if not select.select([self.master], [], [], 0.05)[0]:
                continue
            self.output += os.read(self.master, 65536)
        return self.output

    def ready(self) -> None:
        self.read_until(lambda output: b"ready" in output)

    def type(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def end(self) -> tuple[bytes, int]:
        """Read to the end of the program; return all output and the exit status."""
        with contextlib.suppress(OSError):  # the last writer has gone
            while True:
                ready, _, _ = select.select([self.master], [], [], 30)
                assert ready, self.output
                self.output += os.read(self.master, 65536)
        return self.output, self.process.wait(timeout=30)


@pytest.fixture
def start() -> Iterator[Callable[[str], Terminal]]:
    running: list[Terminal] = []

    def run(profile: str = "visual") -> Terminal:
        running.append(Terminal(profile))
        return running[-1]

    yield run
    for terminal in running:
        if terminal.process.poll() is None:
            terminal.process.kill()
            terminal.process.wait()
        with contextlib.suppress(OSError):
            os.close(terminal.master)


# Those that are sent something of their own.
PROFILED = ("visual", "mlterm")


def assert_kept_and_restored(output: bytes, name: str = "visual") -> None:
    """The terminal's ordering is off before the alternate screen and on after it, each once."""
    profile = PROFILES[name]
    off, on = profile.off.encode(), profile.on.encode()
    assert output.startswith(off)
    assert output.index(off) < output.index(b"\x1b[?1049h")
    assert output.rindex(on) > output.rindex(b"\x1b[?1049l")
    assert output.count(off) == output.count(on) == 1


@pytest.mark.parametrize("profile", PROFILED)
def test_a_normal_exit_restores_the_terminal(start: Callable[..., Terminal], profile: str) -> None:
    terminal = start(profile)
    terminal.ready()
    terminal.type(b"q")
    output, status = terminal.end()
    assert_kept_and_restored(output, profile)
    assert status == 0


@pytest.mark.parametrize("profile", PROFILED)
def test_a_crash_restores_the_terminal(start: Callable[..., Terminal], profile: str) -> None:
    terminal = start(profile)
    terminal.ready()
    terminal.type(b"x")
    output, status = terminal.end()
    assert b"boom" in output
    assert_kept_and_restored(output, profile)
    assert status != 0


@pytest.mark.parametrize("profile", PROFILED)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_terminating_signal_restores_the_terminal(
    start: Callable[..., Terminal], number: signal.Signals, profile: str
) -> None:
    terminal = start(profile)
    terminal.ready()
    terminal.process.send_signal(number)
    output, status = terminal.end()
    assert_kept_and_restored(output, profile)
    assert status == 128 + number


def test_a_closed_terminal_ends_the_program(start: Callable[..., Terminal]) -> None:
    terminal = start()
    terminal.ready()
    os.close(terminal.master)
    assert terminal.process.wait(timeout=30) != 0


@pytest.mark.parametrize("profile", PROFILED)
def test_suspending_gives_the_order_back_and_resuming_takes_it(
    start: Callable[..., Terminal], profile: str
) -> None:
    terminal = start(profile)
    terminal.ready()
    terminal.type(b"z")
    on = PROFILES[profile].on.encode()
    output = terminal.read_until(lambda output: output.endswith(on))
    assert_kept_and_restored(output, profile)
    terminal.output = b""
    _wait_until_stopped(terminal.process.pid)
    terminal.process.send_signal(signal.SIGCONT)
    terminal.ready()
    terminal.type(b"q")
    output, status = terminal.end()
    assert_kept_and_restored(output, profile)
    assert status == 0


@pytest.mark.parametrize("profile", ["plain", "konsole", "kitty"])
def test_a_terminal_with_no_such_mode_is_sent_none(
    start: Callable[..., Terminal], profile: str
) -> None:
    terminal = start(profile)
    terminal.ready()
    terminal.type(b"q")
    output, _ = terminal.end()
    for other in PROFILED:
        assert PROFILES[other].off.encode() not in output
        assert PROFILES[other].on.encode() not in output


def _wait_until_stopped(pid: int) -> None:
    """Wait for the kernel to say so: a signal sent earlier would be lost."""
    seen, status = os.waitpid(pid, os.WUNTRACED)
    assert seen == pid
    assert os.WIFSTOPPED(status)
