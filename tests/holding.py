"""Another program that holds a library's lock: a process of its own, as long as is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import TracebackType

_PROGRAM = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
for line in sys.stdin:
    other.execute(line)
    print(line.strip(), flush=True)
"""


class Holder:
    """A process on a library.

    Args:
        path: The library's file.
    """

    def __init__(self, path: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Holder:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def hold(self) -> None:
        """Take the lock; it is held when this returns."""
        self._do("BEGIN EXCLUSIVE")

    def free(self) -> None:
        """Give it back."""
        self._do("ROLLBACK")

    def _do(self, statement: str) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{statement}\n")
        self._process.stdin.flush()
        said = self._process.stdout.readline().strip()
        assert said == statement, "the other program has ended"
