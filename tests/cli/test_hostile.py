"""A library full of control characters, and what the commands print of it: nothing but letters."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.run import run, run_on_terminal
from tests.hostile import make_hostile_library

_OURS = re.compile("\x1b\\[(?:8[lh]|K|[0-9;]*m)")
_NEVER = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)
# In JSON marks and joiners may stand: they are letters to whoever reads it.
_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_LISTS = (
    *("list", "search pwned", "suggest", "entities", "entity [b]right", "claims", "stats"),
    *("history", "annotators", "agreement", "conflicts", "unplaced"),
)
_COMMANDS = (
    *_LISTS,
    *("show 1", "show 2", "schema", "adjudicate --list", "assign 1 nobody", "backup"),
    *("remove [b]heading", "restore [b]removed", "show \u202e", "nothing\x1b"),
    *("add \x1b]0;x\x07.txt", "import \x9b2J.json", "merge \u202e.db", "sync \x1b/x\x07/y"),
    *("list --language \x1b[31m", "--annotator \x1b]0;x\x07 annotators", "export --format \x9b"),
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the library, which is found under the name that is usual."""
    folder = tmp_path_factory.mktemp("hostile")
    make_hostile_library(folder).path.rename(folder / "annotations.db")
    return folder


def checked(said: str, never: re.Pattern[str] = _NEVER) -> None:
    found = never.search(_OURS.sub("", said))
    assert found is None, ascii(said[max(0, found.start() - 60) :][:120])


@pytest.mark.parametrize("command", _COMMANDS, ids=ascii)
def test_no_command_prints_what_a_terminal_would_obey(hostile: Path, command: str) -> None:
    done = run_on_terminal(hostile, *command.split(" "))
    assert "Traceback" not in done.err
    checked(done.out)
    checked(done.err)


# `show` gives the text to a pipe as it is stored; `doctor` would ask a terminal.
@pytest.mark.parametrize(
    "command", ["doctor", *(each for each in _COMMANDS if not each.startswith("show"))], ids=ascii
)
def test_nor_does_a_pipe_get_it(hostile: Path, command: str) -> None:
    done = run(hostile, *command.split(" "))
    assert "Traceback" not in done.err
    checked(done.out)
    checked(done.err)


@pytest.mark.parametrize("command", [*_LISTS, "adjudicate", "doctor"])
def test_nor_does_who_reads_json(hostile: Path, command: str) -> None:
    done = run(hostile, *command.split(" "), "--json")
    assert "Traceback" not in done.err
    checked(done.out, _STEERS)
    json.loads(done.out or "[]")
