"""`reader doctor` on a pipe, on terminals, and on libraries that are not well."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from reader import __version__
from reader.terminal.answers import QUERIES
from reader.terminal.asking import LONG_PATIENCE, PATIENCE
from reader.text.emit import one_row
from reader.user.state import State
from tests.cli.run import run, run_on_terminal
from tests.terminal import Terminal
from tests.terminals.real import REAL

QUESTION = "Which one is right?"
NOMINAL = "قال"


def visual(text: str) -> str:
    return "".join(cell.text for cell in one_row(text, 40)[0].cells)


def spoil(folder: Path) -> None:
    connection = sqlite3.connect(folder / "annotations.db")
    connection.execute("UPDATE span SET quote = quote || 'x' WHERE rowid = 1")
    connection.commit()
    connection.close()


def test_on_a_pipe_it_prints_and_asks_nothing(folder: Path) -> None:
    done = run(folder, "doctor")
    assert done.code == 0
    assert f"reader: {__version__}" in done.out
    assert "The library is sound." in done.out
    assert "terminal: none" in done.out
    assert QUESTION not in done.out and "\x1b" not in done.out


def test_a_library_that_is_not_well_is_an_error(folder: Path) -> None:
    spoil(folder)
    done = run(folder, "doctor")
    assert done.code == 1
    assert "is not its quote" in done.out and "wrong: " in done.out


def test_a_file_that_is_no_library_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "annotations.db").write_bytes(b"nothing of the kind" * 100)
    done = run(tmp_path, "doctor")
    assert done.code == 1 and "wrong: " in done.out and "Traceback" not in done.err


def test_no_library_is_no_error(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor")
    assert done.code == 0
    assert "There is no library there yet" in done.out
    assert not (tmp_path / "annotations.db").exists()


@pytest.mark.parametrize("well", [True, False])
def test_as_json_it_can_be_read_by_programs(folder: Path, well: bool) -> None:
    if not well:
        spoil(folder)
    done = run(folder, "doctor", "--json")
    found = json.loads(done.out)
    assert done.code == (0 if well else 1)
    assert found["library"]["exists"] is True
    assert bool(found["library"]["problems"]) is not well
    assert found["versions"]["reader"] == __version__
    assert found["paths"]["library"] == str(folder / "annotations.db")
    assert found["terminal"] is None


def test_without_input_the_terminal_is_told_and_nothing_asked(folder: Path) -> None:
    done = run_on_terminal(folder, "doctor", "--no-input", KONSOLE_VERSION="221203", TERM="konsole")
    assert "terminal: konsole" in done.out
    assert "rows: terminal, as for konsole" in done.out
    assert QUESTION not in done.out


def doctor(folder: Path, answers: bytes, command: str = "doctor") -> Terminal:
    environment = {
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    arguments = ["--db", str(folder / "annotations.db"), command]
    return Terminal(arguments, environment=environment, answers=answers)


@pytest.mark.parametrize(("key", "kept"), [("1", "visual"), ("2", "terminal"), ("\r", None)])
def test_the_answer_is_kept_for_this_terminal(folder: Path, key: str, kept: str | None) -> None:
    with doctor(folder, REAL["Konsole 22.12.3"].answers) as terminal:
        terminal.wait_for(QUESTION)
        rows = "\n".join(terminal.rows)
        terminal.press(key)
        assert terminal.wait_for_end() == 0
    # The sample as it is seen, and as a terminal orders it.
    assert visual(NOMINAL) in rows and NOMINAL in rows
    state = State(folder / "state" / "bidi-reader")
    assert state.terminal("konsole") == kept


def test_a_terminal_that_never_answers_is_asked_once_and_not_waited_for(folder: Path) -> None:
    with doctor(folder, b"") as terminal:
        terminal.wait_for(QUESTION)
        assert terminal.received.count(QUERIES) == 1
        assert visual(NOMINAL) in "\n".join(terminal.rows)
        terminal.press("\r")
        assert terminal.wait_for_end() == 0
    with doctor(folder, b"", "list") as terminal:
        assert terminal.wait_for_end() == 0
        assert terminal.received.count(QUERIES) == 1
    # Nobody presses a key for what is printed, and what is shown goes on without the answer.
    assert PATIENCE <= 0.2 and LONG_PATIENCE <= 1.0


def test_lists_follow_what_was_kept(folder: Path) -> None:
    state = State(folder / "state" / "bidi-reader")
    state.keep_terminal("vte", "terminal")
    state.flush()
    assert run_on_terminal(folder, "list").out.startswith("\x1b[8l")
    assert not run_on_terminal(folder, "list", XDG_STATE_HOME=str(folder / "state")).out.startswith(
        "\x1b[8l"
    )


@pytest.mark.parametrize("command", ["list", "stats"])
def test_konsole_gets_rows_to_order(folder: Path, command: str) -> None:
    done = run_on_terminal(folder, command, TERM="konsole", KONSOLE_VERSION="221203")
    shaped = run_on_terminal(folder, command)
    name = "أوباما"
    assert visual(name) in shaped.out and name not in shaped.out
    assert name in done.out and visual(name) not in done.out
    assert "\x1b[8l" not in done.out
