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

_APP = """
import sys
from textual.app import App
from textual.widgets import Static
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

with TerminalBidi({mode!r}) as terminal:
    app = Small(driver_class=terminal.driver_class())
    app.run()
sys.exit(app.return_code or 0)
"""


class Terminal:
    """A program in a pseudo-terminal of its own session, and what it wrote."""

    def __init__(self, mode: str) -> None:
        self.output = b""
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", _APP.format(mode=mode)],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "xterm-256color", "LINES": "10", "COLUMNS": "40"},
            preexec_fn=_own_terminal,
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


def _own_terminal() -> None:
    import fcntl
    import termios

    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture
def start() -> Iterator[Callable[[str], Terminal]]:
    running: list[Terminal] = []

    def run(mode: str = "visual") -> Terminal:
        running.append(Terminal(mode))
        return running[-1]

    yield run
    for terminal in running:
        if terminal.process.poll() is None:
            terminal.process.kill()
            terminal.process.wait()
        with contextlib.suppress(OSError):
            os.close(terminal.master)


def assert_kept_and_restored(output: bytes) -> None:
    """Explicit mode before the alternate screen, implicit after it, each once."""
    assert output.startswith(b"\x1b[8l")
    assert output.index(b"\x1b[8l") < output.index(b"\x1b[?1049h")
    assert output.rindex(b"\x1b[8h") > output.rindex(b"\x1b[?1049l")
    assert output.count(b"\x1b[8l") == output.count(b"\x1b[8h") == 1


def test_a_normal_exit_restores_the_terminal(start: Callable[..., Terminal]) -> None:
    terminal = start()
    terminal.ready()
    terminal.type(b"q")
    output, status = terminal.end()
    assert_kept_and_restored(output)
    assert status == 0


def test_a_crash_restores_the_terminal(start: Callable[..., Terminal]) -> None:
    terminal = start()
    terminal.ready()
    terminal.type(b"x")
    output, status = terminal.end()
    assert b"boom" in output
    assert_kept_and_restored(output)
    assert status != 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_terminating_signal_restores_the_terminal(
    start: Callable[..., Terminal], number: signal.Signals
) -> None:
    terminal = start()
    terminal.ready()
    terminal.process.send_signal(number)
    output, status = terminal.end()
    assert_kept_and_restored(output)
    assert status == 128 + number


def test_a_closed_terminal_ends_the_program(start: Callable[..., Terminal]) -> None:
    terminal = start()
    terminal.ready()
    os.close(terminal.master)
    assert terminal.process.wait(timeout=30) != 0


def test_suspending_gives_the_order_back_and_resuming_takes_it(
    start: Callable[..., Terminal],
) -> None:
    terminal = start()
    terminal.ready()
    terminal.type(b"z")
    output = terminal.read_until(lambda output: output.endswith(b"\x1b[8h"))
    assert_kept_and_restored(output)
    terminal.output = b""
    _wait_until_stopped(terminal.process.pid)
    terminal.process.send_signal(signal.SIGCONT)
    terminal.ready()
    terminal.type(b"q")
    output, status = terminal.end()
    assert_kept_and_restored(output)
    assert status == 0


def test_off_leaves_the_mode_alone(start: Callable[..., Terminal]) -> None:
    terminal = start("off")
    terminal.ready()
    terminal.type(b"q")
    output, _ = terminal.end()
    assert b"\x1b[8l" not in output
    assert b"\x1b[8h" not in output


def _wait_until_stopped(pid: int) -> None:
    """Wait for the kernel to say so: a signal sent earlier would be lost."""
    seen, status = os.waitpid(pid, os.WUNTRACED)
    assert seen == pid
    assert os.WIFSTOPPED(status)
