"""A library full of control characters, and what the commands print of it: nothing but letters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.run import run, run_on_terminal
from tests.tui.test_hostile import make_library

_OURS = re.compile("\x1b\\[(?:8[lh]|K|[0-9;]*m)")
_NEVER = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)
_COMMANDS = (
    *("list", "show 1", "search pwned", "suggest", "entities", "entity pwned", "claims", "stats"),
    *("history", "annotators", "agreement", "conflicts", "unplaced", "formats", "schema", "config"),
    *(
        "doctor",
        "backup",
        "remove pwned",
        "restore pwned",
        "show \x1b]0;x\x07\u202e",
        "nothing\x1b",
    ),
    *("add \x1b]0;x\x07.txt", "import \x9b2J.json", "merge \u202e.db", "sync \x1b/x\x07/y"),
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    make_library(folder / "annotations.db")
    return folder


_ASKS = "doctor"
"""Asks the terminal, which this one does not answer."""
_RAW = "show 1"
"""Gives the text to a pipe as it is stored."""


def checked(said: str) -> None:
    found = _NEVER.search(_OURS.sub("", said))
    assert found is None, ascii(said[max(0, found.start() - 60) :][:120])


@pytest.mark.parametrize("command", [c for c in _COMMANDS if c != _ASKS], ids=ascii)
def test_no_command_prints_what_a_terminal_would_obey(hostile: Path, command: str) -> None:
    done = run_on_terminal(hostile, *command.split(" "))
    assert "Traceback" not in done.err
    checked(done.out)
    checked(done.err)


@pytest.mark.parametrize("command", [c for c in _COMMANDS if c != _RAW], ids=ascii)
def test_nor_does_a_pipe_get_it(hostile: Path, command: str) -> None:
    done = run(hostile, *command.split(" "))
    assert "Traceback" not in done.err
    checked(done.out)
    checked(done.err)
