"""The line that tells how far long work is: on a terminal alone, and never in the way."""

from __future__ import annotations

import io

import pytest

from reader.cli import progress
from reader.cli.progress import ProgressLine


class Screen(io.StringIO):
    """Standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


def on_screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """A terminal on which every count shows at once."""
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    for name in ("_FIRST", "_EVERY"):
        monkeypatch.setattr(progress, name, 0.0)
    return screen


def test_files_and_texts_are_counted_and_the_line_goes_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = on_screen(monkeypatch)
    with ProgressLine(4) as line:
        line.count_text()
        line.count_file()
        shown = screen.getvalue().rsplit("\r", 1)[1]
        assert shown.startswith("\x1b[K███")
        assert shown.endswith(" 25%  1 of 4 files")
        line.count_text()
        line.count_text()
        assert screen.getvalue().endswith(", 3 texts")
    assert screen.getvalue().endswith("\r\x1b[K")


def test_of_one_file_the_texts_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = on_screen(monkeypatch)
    line = ProgressLine(1)
    line.count_text()
    assert screen.getvalue() == "\r\x1b[K1 text"


def test_on_a_pipe_there_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = on_screen(monkeypatch)
    monkeypatch.setattr(screen, "isatty", lambda: False)
    with ProgressLine(2) as line:
        line.count_file()
    assert screen.getvalue() == ""
