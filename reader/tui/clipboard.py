"""The clipboard of the desktop: by the terminal (OSC 52), and by a program of the system.

Neither way tells whether it arrived, and each fails somewhere: OSC 52 in
terminals that do not know it or forbid it, a program wherever the reader runs
on another machine than the screen. So both are tried, and what was tried is told.
"""

from __future__ import annotations

import asyncio
import base64
import shutil
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping

MOST_OSC52 = 74_994
"""Bytes in base64 that xterm takes; longer sequences are cut or dropped by many terminals."""

PATIENCE = 2.0
"""Seconds that a program may take."""

_WAYLAND = (("wl-copy",),)
_X11 = (("xclip", "-selection", "clipboard"), ("xsel", "--clipboard", "--input"))
_MAC = (("pbcopy",),)


def osc52(text: str) -> str | None:
    """Return the sequence that gives a text to the terminal; None when it is too long."""
    encoded = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    return f"\x1b]52;c;{encoded}\x07" if len(encoded) <= MOST_OSC52 else None


def local_tool(environment: Mapping[str, str], platform: str = sys.platform) -> list[str] | None:
    """Return the command that fills the clipboard of this machine; None without one."""
    known: list[tuple[str, ...]] = []
    if environment.get("WAYLAND_DISPLAY"):
        known += _WAYLAND
    if environment.get("DISPLAY"):
        known += _X11
    if platform == "darwin":
        known += _MAC
    for name, *arguments in known:
        found = shutil.which(name, path=environment.get("PATH"))
        if found is not None:
            return [found, *arguments]
    return None


async def give_to(command: list[str], text: str) -> str | None:
    """Give a text to a program; return what went wrong, or None.

    Nothing of it reaches the terminal, and what it leaves running is its own.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True
        )
    except OSError as error:
        return error.strerror or "could not be started"
    try:
        data = text.encode("utf-8", "replace")
        await asyncio.wait_for(process.communicate(data), PATIENCE)
    except TimeoutError:
        process.kill()
        await process.wait()
        return f"gave no answer in {PATIENCE:.0f} seconds"
    return None if process.returncode == 0 else f"failed with status {process.returncode}"
