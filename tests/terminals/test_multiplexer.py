"""What tmux tells of the terminal behind it, by a program of that name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.terminal.discovery import Discovery

VARIABLES = {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0", "TMUX_PANE": "%3"}


def tmux(folder: Path, *lines: str) -> None:
    """Put a program into a folder that says what `tmux list-clients` would."""
    path = folder / "tmux"
    path.write_text("#!/bin/sh\n" + "".join(f"printf '{line}\\n'\n" for line in lines))
    path.chmod(0o755)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("reader.terminal.multiplexer._PATIENCE", 60)
    return tmp_path


def found() -> tuple[str, str]:
    result = Discovery(VARIABLES, ask=False).found()
    return result.name, result.profile.name


def test_the_client_that_was_used_last_decides(path: Path) -> None:
    tmux(
        path,
        "1700000002\\t1\\txterm-256color\\tKonsole 22.12.3",
        "1700000009\\t1\\txterm-kitty\\tkitty(0.26.5)",
        "1700000004\\t1\\txterm-256color\\tXTerm(379)",
    )
    assert found() == ("tmux.kitty", "kitty")


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no variables to be read")
def test_the_variables_of_the_client_tell_of_a_silent_terminal(path: Path) -> None:
    child = os.fork()
    if child == 0:
        os.execve("/bin/sleep", ["sleep", "30"], {"VTE_VERSION": "7006"})
    try:
        while b"VTE_VERSION" not in Path(f"/proc/{child}/environ").read_bytes():
            pass
        tmux(path, f"1700000002\\t{child}\\txterm-256color\\t")
        assert found() == ("tmux.vte", "vte-implicit")
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)


@pytest.mark.parametrize("lines", [(), ("no server running",), ("1\\tx\\t\\t",)])
def test_nothing_of_use_leaves_it_unknown(path: Path, lines: tuple[str, ...]) -> None:
    tmux(path, *lines)
    assert found() == ("tmux.unknown", "plain")


def test_no_tmux_to_ask_leaves_it_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert found() == ("tmux.unknown", "plain")
