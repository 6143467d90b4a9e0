"""Which colours reach the terminal: none with NO_COLOR, its own sixteen in an ansi theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.terminal import Terminal, make_seed_library

_STYLE = re.compile(rb"\x1b\[([0-9;]*)m")


def styles(received: bytes) -> set[str]:
    """The colours in what was sent, as the codes that set them."""
    found: set[str] = set()
    for codes in _STYLE.findall(received):
        parts = codes.decode().split(";")
        while parts:
            part = parts.pop(0)
            if part in ("38", "48"):
                length = 4 if parts[0] == "2" else 2
                found.add(";".join([part, *parts[:length]]))
                parts = parts[length:]
            elif part.isdigit() and (30 <= int(part) <= 47 or 90 <= int(part) <= 107):
                found.add(part)
    return found - {"39", "49"}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    make_seed_library(tmp_path / "a.db")
    return tmp_path / "a.db"


def look_around(library: Path, keys: str, **environment: str) -> set[str]:
    """Tag, open the list of commands, and go back; return the colours that were sent."""
    everything = {"COLORTERM": "truecolor", **environment}
    with Terminal(["--db", str(library), "open", "2"], environment=everything) as terminal:
        terminal.wait_for("Scrutiny")
        terminal.press(keys)
        terminal.press("1")
        terminal.wait_for("PER “Scrutiny”")
        terminal.press("w2:")
        terminal.wait_for("Commands")
        terminal.press("\x1b")
        terminal.wait(lambda rows: not any("Commands" in row for row in rows), "the text again")
        terminal.press("q")
        terminal.wait_for_end()
    return styles(terminal.received)


def test_without_colours_there_are_none(library: Path) -> None:
    assert look_around(library, "", NO_COLOR="1") == set()


def test_without_colours_a_theme_changes_nothing(library: Path) -> None:
    assert look_around(library, "T", NO_COLOR="1") == set()


def test_an_ansi_theme_sends_the_terminals_own_colours(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    config = tmp_path / "config" / "bidi-reader" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('looks.theme = "ansi-dark"')
    sent = look_around(library, "")
    assert sent and all(code.isdigit() for code in sent), sent


def test_our_themes_send_all_colours(library: Path) -> None:
    assert any(code.startswith("48;2;") for code in look_around(library, ""))
