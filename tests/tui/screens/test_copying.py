"""Copying the selection: what is given to the terminal and to programs, and what is told."""

from __future__ import annotations

import base64
import json
import os
import re
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tests.tui.screens.conftest import ARABIC, ENGLISH, Desk, Shelf

_OSC52 = re.compile(rb"\x1b\]52;c;([^\x07]*)\x07")
_TOOL = """#!/bin/sh
printf '%s ' "$@" > {folder}/arguments
{then}
"""


def make_tool(folder: Path, name: str, then: str) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(_TOOL.format(folder=folder, then=then))
    path.chmod(0o755)


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs at the head of the path; no display until a test sets one."""
    folder = tmp_path / "tools"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setattr("reader.tui.clipboard.PATIENCE", 60)
    return folder


def copied(terminal: Terminal) -> list[str]:
    """What the terminal was given, each time."""
    return [base64.b64decode(found).decode() for found in _OSC52.findall(terminal.received)]


def told(desk: Desk) -> str:
    notice = desk.app.screen.notice  # type: ignore[attr-defined]
    return f"{notice.title}: {notice.message}"


def test_text_citation_and_json_reach_the_terminal(shelf: Shelf, tools: Path) -> None:
    (article,) = shelf.add("News\n\nSee \x1b[2J Berg.\n")
    arguments = ["--db", str(shelf.path), "--annotator", "ann", "open", "1"]
    with Terminal(arguments) as terminal:
        terminal.wait_for("Berg")
        terminal.press("wx")
        terminal.wait_for("6–20")
        terminal.press("C")
        terminal.wait_for("Copy the selection as")
        terminal.press("t")
        terminal.wait_for("14 characters, given to the terminal (OSC 52).")
        terminal.press("z1Cj")
        terminal.wait_for("What is marked here, as JSON")
        terminal.press("Cc")
        terminal.wait_for("The citation")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    text, marked, cited = copied(terminal)
    assert text == "See \x1b[2J Berg."
    record = json.loads(marked)
    assert (record["quote"], record["type"]) == ("See", "PER")
    assert cited == f"“See”\n“News…”, 0.txt, 6–9 ({article[:8]})"
    assert b"\x1b[2J Berg" not in _OSC52.sub(b"", terminal.received)


async def test_a_program_gets_the_text_too_and_the_notice_names_both(
    shelf: Shelf, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_tool(tools, "xclip", f"cat > {tools}/got; sleep 30 <&- >/dev/null 2>&1 &")
    make_tool(tools, "wl-copy", "exit 9")
    monkeypatch.setenv("DISPLAY", ":7")
    (article,) = shelf.add(ARABIC)
    async with shelf.desk(article=article) as desk:
        await desk.press("C", "t")
        assert (tools / "got").read_text("utf-8") == "الوزيرة"
        assert (tools / "arguments").read_text() == "-selection clipboard "
        assert told(desk) == (
            "Copied: The text, 7 characters, given to the terminal (OSC 52) and xclip."
        )


async def test_a_program_that_fails_or_hangs_is_named(
    shelf: Shelf, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_tool(tools, "wl-copy", "exit 3")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("C", "t")
        assert told(desk).endswith("(OSC 52); wl-copy failed with status 3.")
        make_tool(tools, "wl-copy", f"echo $$ > {tools}/pid; exec sleep 600")
        monkeypatch.setattr("reader.tui.clipboard.PATIENCE", 1)
        await desk.press("C", "t")
        assert "wl-copy gave no answer" in told(desk)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tools / "pid").read_text()), 0)


async def test_a_long_text_is_left_out_of_the_terminal_and_that_is_told(
    shelf: Shelf, tools: Path
) -> None:
    (article,) = shelf.add("Head\n\n" + "word " * 12_000)
    async with shelf.desk(article=article) as desk:
        await desk.press("}", "C", "t")
        assert told(desk) == (
            "Not copied: The text, 59,999 characters: "
            "it is too long for the terminal (OSC 52, 74,994 bytes)."
        )


async def test_what_is_cut_while_typing_is_given_on(
    shelf: Shelf, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_tool(tools, "xsel", f"cat > {tools}/got")
    monkeypatch.setenv("DISPLAY", ":7")
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("o", "type:she asked من", "ctrl+l", "ctrl+x")
        assert (tools / "got").read_text("utf-8") == "she asked من"
        assert (tools / "arguments").read_text() == "--clipboard --input "
        assert told(desk).startswith("Copied: The selection, 12 characters")
        await desk.press("ctrl+v", "ctrl+v")
        assert "she asked ﻦﻣshe asked ﻦﻣ" in desk.screen_text()
        await desk.press("escape", "d", "/", "ctrl+v")
        assert "asked ﻦﻣ" in desk.screen_text()


async def test_pieces_are_copied_with_a_gap_and_all_their_offsets(
    shelf: Shelf, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_tool(tools, "xclip", f"cat > {tools}/got")
    monkeypatch.setenv("DISPLAY", ":7")
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("v", "w", "w", "C", "c")
        first, second = (tools / "got").read_text("utf-8").split("\n")
        assert "Minister […] the" in first
        assert second == f"Minister denies the report, 0.txt, 0–8, 16–19 ({article[:8]})"
        await desk.press("C", "j")
        assert json.loads((tools / "got").read_text("utf-8"))["fragments"] == [[0, 8], [16, 19]]
