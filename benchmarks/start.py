"""From nothing to the first article, beside a bare Textual app; `--help` beside `import click`.

    python -m benchmarks.start

Each program runs in a pseudo-terminal of its own until the words that it is to
show have arrived there. Its time is that of the processor, so that programs
which run beside it count as little as can be.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.terminal import until_shown
from benchmarks.timing import median, report
from reader.store.library import Library

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


def quietly(*command: str) -> float:
    """Run a command to its end; return the seconds of the processor that it took."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print each ratio with its bar."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(SHIPPED, folder)
        with Library(Path(path)) as library:
            # The first write brings it up to date, should it come from an older version.
            library.add_articles(())
        opening = [python, "-m", "reader", "--db", path, "open"]
        starts = median(
            {
                "bare": lambda: until_shown([python, "-c", BARE], b"Scrutiny", folder),
                "English": lambda: until_shown([*opening, "2"], b"Scrutiny", folder),
                "Arabic": lambda: until_shown([*opening, "3"], b"06/17", folder),
            },
            RUNS,
        )
    helps = median(
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
