"""The command line as a process of its own: on pipes, on a terminal, without root's powers."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

READER = (sys.executable, "-m", "reader")
# Root may read and write everything. Without these two capabilities (1:
# DAC_OVERRIDE, 2: DAC_READ_SEARCH) the permissions of files count for root too.
_BOUND = (
    "import ctypes, os, sys\n"
    "libc = ctypes.CDLL(None, use_errno=True)\n"
    "dropped = [libc.prctl(24, power, 0, 0, 0) for power in (1, 2)]\n"
    "if os.geteuid() == 0 and any(dropped): sys.exit(99)\n"
    "os.execv(sys.executable, [sys.executable, '-m', 'reader', *sys.argv[1:]])\n"
)
NOT_BOUND = 99


@dataclass(frozen=True)
class Run:
    """What a process left."""

    code: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("READER_", "NO_COLOR"))}
    return kept | {"PYTHONPATH": str(Path(__file__).parents[2])} | more


def run(
    folder: Path, *arguments: str | Path, stdin: bytes = b"", bound: bool = False, **more: str
) -> Run:
    """Run `reader` in a folder.

    Args:
        folder: The working folder.
        arguments: Of the command line.
        stdin: What it reads.
        bound: Whether permissions count although the tests run as root.
        more: Environment variables.
    """
    command = (sys.executable, "-c", _BOUND) if bound else READER
    done = subprocess.run(
        [*command, *map(str, arguments)],
        cwd=folder,
        input=stdin,
        capture_output=True,
        env=environment(**more),
        timeout=60,
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


def run_on_terminal(folder: Path, *arguments: str, columns: int = 80, **more: str) -> Run:
    """Run `reader` with a pseudo-terminal as its input and output; `out` is what it wrote."""
    ours, theirs = pty.openpty()
    # A terminal that is known by its variables is not asked, and nobody is here to answer.
    variables = {
        "TERM": "xterm-256color",
        "VTE_VERSION": "7006",
        "COLUMNS": str(columns),
        "LINES": "24",
    }
    with subprocess.Popen(
        [*READER, *arguments],
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=environment(**variables | more),
    ) as process:
        os.close(theirs)
        written = _drain(ours)
        error = process.stderr.read() if process.stderr else b""
    os.close(ours)
    return Run(process.returncode, written.decode().replace("\r\n", "\n"), error.decode())


def _drain(descriptor: int) -> bytes:
    """Read a terminal until nobody has it open any more, which Linux tells by an error."""
    written = b""
    while True:
        try:
            portion = os.read(descriptor, 65536)
        except OSError:
            return written
        if not portion:
            return written
        written += portion


def assert_one_line(done: Run, *words: str, code: int = 1) -> None:
    """Check that a run failed with one clear line, and no traceback."""
    assert "Traceback" not in done.err
    assert done.err.count("\n") == 1 and done.err.endswith("\n"), done.err
    assert done.err.startswith("reader: ")
    for word in words:
        assert word in done.err
    assert not [c for c in done.err if ord(c) < 32 and c != "\n"]
    assert done.code == code
