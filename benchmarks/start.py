"""From nothing to the first article, beside a bare Textual app; `--help` beside `import click`.

    python -m benchmarks.start

Each program runs in a pseudo-terminal of its own; the clock stops when the
words that it is to show have arrived there.
"""

from __future__ import annotations

import fcntl
import os
import pty
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

from benchmarks.timing import best, median, report

SHIPPED = Path(__file__).parent.parent / "annotations.db"
RUNS = 15
BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("Scrutiny on the digital side")
Bare().run()
"""


def until_shown(command: list[str], words: bytes, folder: str) -> None:
    """Run a program in a terminal of 80x24 until it has shown some words, then end it.

    What it remembers and how it is set up by the user is looked for in a folder of its own.
    """
    process, terminal = pty.fork()
    if process == 0:
        os.environ.pop("NO_COLOR", None)
        os.environ |= {
            "TERM": "xterm-256color",
            "XDG_STATE_HOME": folder,
            "XDG_CONFIG_HOME": folder,
        }
        os.execv(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    shown = b""
    while words not in shown:
        shown += os.read(terminal, 65536)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    os.close(terminal)


def quietly(*command: str) -> None:
    """Run a command to its end."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Print each ratio with its bar."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        library = shutil.copy(SHIPPED, folder)
        opening = [python, "-m", "reader", "--db", str(library), "open"]
        starts = median(
            {
                "bare": lambda: until_shown([python, "-c", BARE], b"Scrutiny", folder),
                "English": lambda: until_shown([*opening, "2"], b"Scrutiny", folder),
                "Arabic": lambda: until_shown([*opening, "3"], b"06/17", folder),
            },
            RUNS,
        )
    helps = best(
        {
            "click": lambda: quietly(python, "-c", "import click"),
            "help": lambda: quietly(python, "-m", "reader", "--help"),
        },
        RUNS,
    )
    for article in ("English", "Arabic"):
        ratio = starts[article] / starts["bare"]
        report(f"first {article} article / bare Textual app", ratio, "at most 1.7")
    report("reader --help / import click", helps["help"] / helps["click"], "at most 2")


if __name__ == "__main__":
    main()
