"""Programs in a pseudo-terminal of 80x24, until they have shown some words."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import termios

_QUESTION, _ANSWER = b"\x1b[c", b"\x1b[?62c"
"""What every terminal is asked for, and answers (DA1)."""


def until_shown(command: list[str], words: bytes, folder: str) -> float:
    """Run a program until it has shown some words, then end it.

    Args:
        command: The program's full path, and its arguments.
        words: What it shows when it is ready.
        folder: Where what it remembers, and how the user has set it up, is looked for.

    Returns:
        Seconds of the processor that it took.
    """
    process, terminal = pty.fork()
    if process == 0:
        os.environ.pop("NO_COLOR", None)
        # Compiled modules are kept, as they are for everybody who has installed the program.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ |= {
            "TERM": "xterm-256color",
            "XDG_STATE_HOME": folder,
            "XDG_CONFIG_HOME": folder,
        }
        os.execv(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    shown = b""
    while words not in shown:
        asked = _QUESTION in shown
        shown += os.read(terminal, 65536)
        if not asked and _QUESTION in shown:
            os.write(terminal, _ANSWER)
    os.kill(process, signal.SIGKILL)
    _, _, used = os.wait4(process, 0)
    os.close(terminal)
    return used.ru_utime + used.ru_stime
