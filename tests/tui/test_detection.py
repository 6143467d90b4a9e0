"""The interface in terminals that answer as real ones do, in time, late, or not at all."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from reader.text.emit import one_line
from tests.terminal import Terminal, make_seed_library
from tests.terminals.real import REAL

OFF, ON, ALTERNATE, LEFT = b"\x1b[8l", b"\x1b[8h", b"\x1b[?1049h", b"\x1b[?1049l"
# A word of a title as letters in their order, and as it is seen, from the left.
NOMINAL = "كامبريدج"
SHAPED = one_line(NOMINAL, 20)[0]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.db"
    make_seed_library(path)
    return path


def start(library: Path, answers: bytes, *options: str, **environment: str) -> Terminal:
    variables = {
        "XDG_STATE_HOME": str(library.parent / "state"),
        "XDG_CONFIG_HOME": str(library.parent / "config"),
    } | environment
    arguments = ["--db", str(library), "--annotator", "ann", *options]
    return Terminal(arguments, environment=variables, answers=answers)


def leave(terminal: Terminal) -> bytes:
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    return terminal.received


def test_vte_is_told_to_stop_ordering_and_to_go_on_after(library: Path) -> None:
    with start(library, REAL["VTE 0.70.6"].answers) as terminal:
        terminal.wait_for(SHAPED)
        received = leave(terminal)
    assert NOMINAL.encode() not in received
    assert received.index(OFF) < received.index(ALTERNATE)
    assert received.rindex(ON) > received.rindex(LEFT)


@pytest.mark.parametrize("name", ["Konsole 22.12.3", "kitty 0.26.5"])
def test_one_that_cannot_stop_gets_rows_to_order(library: Path, name: str) -> None:
    with start(library, REAL[name].answers) as terminal:
        terminal.wait_for(NOMINAL)
        received = leave(terminal)
    assert SHAPED.encode() not in received
    assert OFF not in received and ON not in received


def test_one_that_shows_cells_as_they_come_is_sent_nothing_else(library: Path) -> None:
    with start(library, REAL["xterm 379"].answers) as terminal:
        terminal.wait_for(SHAPED)
        received = leave(terminal)
    assert OFF not in received and ON not in received


def test_an_answer_that_comes_late_is_heeded_and_types_nothing(library: Path) -> None:
    with start(library, b"") as terminal:
        terminal.wait_for(SHAPED)
        assert OFF in terminal.received
        terminal.press(REAL["Konsole 22.12.3"].answers)
        terminal.wait_for(NOMINAL)
        # What the terminal was told before is taken back.
        assert ON in terminal.received
        rows = terminal.rows
        received = leave(terminal)
    assert not any("Konsole" in row for row in rows)
    assert received.count(OFF) == received.count(ON) == 1


def test_keys_work_while_an_answer_is_waited_for(library: Path) -> None:
    with start(library, b"") as terminal:
        terminal.wait_for(SHAPED)
        leave(terminal)


def test_keys_typed_before_the_interface_stands_reach_it(library: Path) -> None:
    with start(library, b"\x1b[?62c" + b"?") as terminal:
        terminal.wait_for("Select in the text")
        terminal.press("q")
        terminal.wait(lambda rows: "Title" in rows[2], "the library")
        leave(terminal)


def test_the_user_may_know_better(library: Path) -> None:
    with start(library, REAL["VTE 0.70.6"].answers, "--bidi", "terminal") as terminal:
        terminal.wait_for(NOMINAL)
        assert OFF not in leave(terminal)
    with start(library, REAL["VTE 0.70.6"].answers, READER_BIDI="konsole") as terminal:
        terminal.wait_for(NOMINAL)
        assert b"\x1b[c" not in leave(terminal)


def test_what_was_chosen_for_a_terminal_holds_there_alone(library: Path) -> None:
    from reader.user.state import State

    state = State(library.parent / "state" / "bidi-reader")
    state.keep_terminal("vte", "implicit")
    state.flush()
    with start(library, REAL["VTE 0.70.6"].answers) as terminal:
        terminal.wait_for(NOMINAL)
        assert OFF not in leave(terminal)
    with start(library, REAL["mintty 3.7"].answers) as terminal:
        terminal.wait_for(SHAPED)
        assert OFF in leave(terminal)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_ended_while_it_asks_it_leaves_the_terminal_as_it_was(
    library: Path, number: signal.Signals
) -> None:
    with start(library, b"") as terminal:
        terminal.wait(lambda _: b"\x1b[c" in terminal.received, "the questions")
        os.kill(terminal.process, number)
        assert terminal.wait_for_end() != 0
        assert terminal.echoes


def test_a_late_answer_in_pieces_is_one_answer(library: Path) -> None:
    with start(library, b"") as terminal:
        terminal.wait_for(SHAPED)
        terminal.press(b"\x1bP>|Konsole 22")
        terminal.press(b".12.3\x1b\\\x1b[?62c")
        terminal.wait_for(NOMINAL)
        leave(terminal)


def test_what_is_not_drawn_on_this_terminal_is_not_ordered_for_it(library: Path) -> None:
    """As when a browser shows it, started from a shell in Konsole."""
    driver = "textual.drivers.linux_driver:LinuxDriver"
    variables = {"TEXTUAL_DRIVER": driver, "KONSOLE_VERSION": "221203"}
    with start(library, REAL["Konsole 22.12.3"].answers, **variables) as terminal:
        terminal.wait_for(SHAPED)
        assert NOMINAL.encode() not in leave(terminal)
