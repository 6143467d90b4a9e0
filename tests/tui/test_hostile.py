"""A hostile library in a real terminal: from the start to the end nothing but letters is sent."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from tests.hostile import ANN, make_hostile_library
from tests.terminal import Terminal

# Colours, cursor, erasing, modes, questions; the shape of the pointer; what is copied.
_OURS = re.compile(
    "\x1b(?:\\[[0-9;]*[mHJK]|\\[[?><=][0-9;:]*[a-zA-Z]|\\[\\??[0-9;]*\\$p|\\[[0-9]*c|\\[8[lh]|[78=>])"
    "|\x1b\\]22;[a-z-]+\x07|\x1b\\]52;c;[A-Za-z0-9+/=]+\x07"
)
_NEVER = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)


def _shows(words: str, footer: str, rows: list[str]) -> bool:
    return footer in rows[-1] and any(words in row for row in rows)


@pytest.mark.parametrize("kind", ["xterm-256color", "linux"])
def test_no_text_reaches_the_terminal_but_as_letters(tmp_path: Path, kind: str) -> None:
    place = make_hostile_library(tmp_path)
    # Keys, what they show, and the last row, which is drawn last.
    places = (
        ("\r", "[b]first[/b]", "asdf borders"),
        ("\t", "At the selection", "go there"),
        ("\x1b", "At the selection", "asdf borders"),
        ("o", "Note on", "Ctrl+S save"),
        ("\x1b", "At the selection", "asdf borders"),
        ("C", "Copy the selection", "Enter take"),
        ("t", "[b]first[/b]", "asdf borders"),
        (":", "Commands", "Enter take"),
        ("\x1b", "At the selection", "asdf borders"),
        ("\x1b", "[b]heading[/b]", "unfinished"),
    )
    arguments = ["--db", str(place.path), "--annotator", ANN.id]
    with Terminal(arguments, environment={"TERM": kind}) as terminal:
        terminal.wait_for("[b]heading[/b]")
        for keys, shown, footer in places:
            terminal.press(keys)
            terminal.wait(partial(_shows, shown, footer), f"{shown!r} after {keys!r}")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    sent = _OURS.sub("", terminal.received.decode())
    assert "pwned" in sent
    assert [ascii(sent[max(0, f.start() - 40) : f.end() + 20]) for f in _NEVER.finditer(sent)] == []
