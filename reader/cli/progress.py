"""One line on standard error that tells how far long work is; nothing on a pipe."""

from __future__ import annotations

import os
import shutil
import sys
import time
from types import TracebackType

_FIRST = 0.5
"""Seconds of work that need no such line."""

_EVERY = 0.1
_ERASE = "\r\x1b[K"


class ProgressLine:
    """How many files of a known number are read, and how many texts were in them.

    Args:
        total: How many files there are.
    """

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._texts = 0
        self._shown = False
        self._next = time.monotonic() + _FIRST
        is_terminal = sys.stderr.isatty() and os.environ.get("TERM", "") not in ("", "dumb")
        self._is_active = is_terminal and total > 0

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.clear()

    def count_text(self) -> None:
        """Count one more text."""
        self._texts += 1
        self._show_now_and_then()

    def count_file(self) -> None:
        """Count one more file."""
        self._done += 1
        self._show_now_and_then()

    def _show_now_and_then(self) -> None:
        moment = time.monotonic()
        if self._is_active and moment >= self._next:
            self._next = moment + _EVERY
            self._show()

    def clear(self) -> None:
        """Make room for another line."""
        if self._shown:
            self._shown = False
            sys.stderr.write(_ERASE)
            sys.stderr.flush()

    def _show(self) -> None:
        share = self._done / self._total
        texts = "1 text" if self._texts == 1 else f"{self._texts:,} texts"
        text = f"{share:4.0%}  {self._done:,} of {self._total:,} files"
        if self._total == 1:
            # How many rows a table has is known at its end alone.
            text, share = texts, 0.0
        elif self._texts > self._done:
            text += f", {texts}"
        width = shutil.get_terminal_size((80, 24)).columns - len(text) - 4
        bar = ""
        if width >= 10 and self._total > 1:
            filled = round(share * min(width, 40))
            bar = "█" * filled + "░" * (min(width, 40) - filled) + "  "
        sys.stderr.write(f"{_ERASE}{bar}{text}")
        sys.stderr.flush()
        self._shown = True
