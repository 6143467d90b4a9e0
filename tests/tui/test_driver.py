"""What a terminal sends: keys and pastes in their order, and bytes that are neither."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.store.library import Library
from tests.terminal import Terminal, make_seed_library


@pytest.fixture
def note(tmp_path: Path) -> Iterator[Terminal]:
    """The program with a note open to type into."""
    make_seed_library(tmp_path / "library.db")
    arguments = ["--db", str(tmp_path / "library.db"), "open", "1"]
    with Terminal(arguments, environment={"XDG_STATE_HOME": str(tmp_path)}) as terminal:
        terminal.wait_for("not marked")
        terminal.press("o")
        terminal.wait_for("Note on")
        yield terminal


def test_keys_and_pastes_take_effect_in_their_order(note: Terminal) -> None:
    note.press("before\x1b[200~, pasted\x1b[201~, after\x1b[200~, again\x1b[201~, at the end")
    note.wait_for("before, pasted, after, again, at the end")


@pytest.mark.parametrize(
    "sent",
    [
        b"\xff\xfe caf\xe9",
        b"\xed\xa0\x80",
        b"\x1b[200~\x89PNG\r\n\x1a\n\x80\x81\x1b[201~",
        b"\x1b[1114112u",
        b"\x1b[999999999999999999A",
        b"\x1b[27;5;9999999~",
        b"\x1b[9;5:7u",
    ],
    ids=repr,
)
def test_what_is_no_text_and_no_key_does_not_end_the_program(note: Terminal, sent: bytes) -> None:
    note.press(sent)
    note.press("still here")
    note.wait_for("still here")


def test_a_letter_may_come_in_two_parts(note: Terminal) -> None:
    first, second = "é".encode()[:1], "é".encode()[1:]
    note.press(b"caf" + first)
    note.wait_for("caf")
    note.press(second)
    note.wait_for("café")


def test_a_key_right_after_esc_comes_after_it(tmp_path: Path) -> None:
    make_seed_library(tmp_path / "library.db")
    arguments = ["--db", str(tmp_path / "library.db"), "open", "1"]
    with Terminal(arguments, environment={"XDG_STATE_HOME": str(tmp_path)}) as terminal:
        terminal.wait_for("not marked")
        terminal.press("\x1b/")
        terminal.wait_for("Find in all articles")
        terminal.press("\x1b")
        terminal.wait_for("3 articles")
        terminal.press("\r")
        terminal.wait_for("not marked")
        terminal.press("\x1bs")
        terminal.wait_for("by title")


def test_the_program_ends_with_its_terminal(tmp_path: Path) -> None:
    make_seed_library(tmp_path / "library.db")
    arguments = ["--db", str(tmp_path / "library.db"), "open", "1"]
    with Terminal(arguments, environment={"XDG_STATE_HOME": str(tmp_path)}) as terminal:
        terminal.wait_for("not marked")
        assert terminal.hang_up() == 128 + signal.SIGHUP


def test_told_twice_to_end_it_leaves_everything_in_order(tmp_path: Path) -> None:
    """As by a shell and by the system when a window is closed, or by `timeout`."""
    path = tmp_path / "library" / "annotations.db"
    path.parent.mkdir()
    make_seed_library(path)
    arguments = ["--db", str(path), "open", "1"]
    with Terminal(arguments, environment={"XDG_STATE_HOME": str(tmp_path)}) as terminal:
        terminal.wait_for("not marked")
        terminal.press("1")
        terminal.wait_for("PER “")
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGTERM, signal.SIGHUP):
            os.kill(terminal.process, number)
        terminal.wait_for_end()
    assert os.listdir(path.parent) == [path.name]
    (copy,) = (tmp_path / "bidi-reader" / "backups").glob("*/*")
    with Library(copy) as library:
        assert len(library.history()) == 1
