"""The command line as a process of its own: on pipes, on a terminal, without root's powers."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cli.forks import Request

READER = (sys.executable, "-m", "reader")
# A job in the background inherits that SIGINT is ignored.
INTERRUPTIBLE = (
    sys.executable,
    "-c",
    "import signal, sys\n"
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "from reader.cli.main import main\n"
    "sys.exit(main())\n",
)
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
ROOT = Path(__file__).parents[2]
# What Python itself looks at when it starts.
_OF_PYTHON = ("PYTHON", "LC_", "LANG")


@dataclass(frozen=True)
class Run:
    """What a process left."""

    code: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("READER_", "NO_COLOR"))}
    return kept | {"PYTHONPATH": str(ROOT)} | more


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
    if bound or any(name.startswith(_OF_PYTHON) for name in more):
        return _started(folder, *map(str, arguments), stdin=stdin, bound=bound, **more)
    forks = _forks()
    files = [Path(forks.folder.name, name) for name in ("in", "out", "err")]
    for file, data in zip(files, (stdin, b"", b""), strict=True):
        file.write_bytes(data)
    code = forks.run(
        Request(str(folder), [*map(str, arguments)], environment(**more), [*map(str, files)])
    )
    return Run(code, files[1].read_bytes().decode(), files[2].read_bytes().decode())


def _started(folder: Path, *arguments: str, stdin: bytes, bound: bool, **more: str) -> Run:
    """Run it in an interpreter of its own."""
    command = (sys.executable, "-c", _BOUND) if bound else READER
    done = subprocess.run(
        [*command, *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        env=environment(**more),
        timeout=60,
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


class _Forks:
    """A process that forks for us, and a folder for what the forks read and write.

    It ends when we do, with its input.
    """

    def __init__(self) -> None:
        self.folder = TemporaryDirectory()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.cli.forks"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(),
        )

    def run(self, request: Request) -> int:
        """Make a run; return its exit code."""
        assert self._process.stdin and self._process.stdout
        print(json.dumps(request), file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())


@cache
def _forks() -> _Forks:
    return _Forks()


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
