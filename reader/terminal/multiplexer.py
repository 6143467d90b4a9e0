"""What tmux tells of the terminal it is shown on."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from reader.terminal.found import Outer

if TYPE_CHECKING:
    from subprocess import Popen

_FORMAT = "#{client_activity}\t#{client_pid}\t#{client_termname}\t#{client_termtype}"
_PATIENCE = 1.0
"""Seconds to wait for tmux, which is on the same machine."""


class TmuxClient:
    """The question which terminal shows this session of tmux, under way.

    Args:
        environment: The environment variables.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._process = _ask_tmux(environment.get("TMUX_PANE", ""))

    @cached_property
    def outer(self) -> Outer | None:
        """What is known of the terminal; None if nothing is."""
        if self._process is None:
            return None
        from subprocess import TimeoutExpired

        try:
            told, _ = self._process.communicate(timeout=_PATIENCE)
        except TimeoutExpired:
            self._process.kill()
            self._process.communicate()
            return None
        # The one that was used last, if there are several.
        clients = sorted(line.split("\t") for line in told.splitlines() if line.count("\t") == 3)
        if not clients:
            return None
        _, process, term, version = clients[-1]
        return Outer(version, {**_environment_of(process), "TERM": term})


def _ask_tmux(pane: str) -> Popen[str] | None:
    from subprocess import DEVNULL, PIPE, Popen

    target = ["-t", pane] if pane else []
    command = ["tmux", "list-clients", *target, "-F", _FORMAT]
    try:
        return Popen(command, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, text=True)
    except OSError:
        return None


def _environment_of(process: str) -> dict[str, str]:
    """The environment of a process of ours, where the system shows it."""
    try:
        with open(f"/proc/{int(process)}/environ", "rb") as file:
            entries = os.fsdecode(file.read()).split("\0")
    except (OSError, ValueError):
        return {}
    return dict(entry.split("=", 1) for entry in entries if "=" in entry)
