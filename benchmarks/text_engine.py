"""Levels and layout of the Arabic seed beside python-bidi, side by side in one run.

    python -m benchmarks.text_engine

Every contender takes its turn in each round, so that a busy moment of the
machine strikes all of them; the best time of each counts. The first layout of
a fresh process pays for what is loaded late and for every empty cache; it is
measured in processes of its own, beside the same process's best `get_display`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bidi import get_display
from bidi.algorithm import get_display as pure_get_display

from benchmarks.timing import best, report
from reader.text.bidi import resolve_levels
from reader.text.layout import layout_paragraph
from reader.text.paragraphs import paragraphs

ARTICLE = Path(__file__).parent.parent / "seeds" / "002_70828c8592e70463.txt"
ROUNDS = 60
PROCESSES = 15
WIDTH = 80
BARS = {
    "levels / compiled get_display": "at most 8",
    "pure get_display / levels": "at least 3",
    "first layout of a process / compiled get_display": "at most 30",
    "layout / compiled get_display": "at most 30",
}


def article_paragraphs() -> list[str]:
    """The paragraphs of the Arabic seed that are not blank."""
    text = ARTICLE.read_text(encoding="utf-8")
    return [text[item.start : item.end] for item in paragraphs(text) if item.start < item.end]


def seconds(run: Callable[[], object]) -> float:
    """How long one run takes the processor."""
    start = time.process_time()
    run()
    return time.process_time() - start


def first_layout() -> tuple[float, float]:
    """Seconds of this process's first layout, and of its best compiled `get_display`."""
    texts = article_paragraphs()
    first = seconds(lambda: [layout_paragraph(text, WIDTH) for text in texts])
    return first, min(best({"": lambda: [get_display(text) for text in texts]}, ROUNDS).values())


def fresh_ratio(processes: int = PROCESSES) -> float:
    """The best first layout of some fresh processes by their best `get_display`."""
    program = "from benchmarks.text_engine import first_layout; print(*first_layout())"
    command = [sys.executable, "-c", program]
    folder = Path(__file__).parent.parent
    layouts: list[float] = []
    displays: list[float] = []
    for _ in range(processes):
        layout, display = subprocess.check_output(command, cwd=folder, text=True).split()
        layouts.append(float(layout))
        displays.append(float(display))
    return min(layouts) / min(displays)


def measure() -> dict[str, float]:
    """The ratios that the engine is held to."""
    texts = article_paragraphs()
    times = best(
        {
            "compiled": lambda: [get_display(text) for text in texts],
            "pure": lambda: [pure_get_display(text) for text in texts],
            "levels": lambda: [resolve_levels(text) for text in texts],
            "layout": lambda: [layout_paragraph(text, WIDTH) for text in texts],
        },
        ROUNDS,
    )
    return {
        "levels / compiled get_display": times["levels"] / times["compiled"],
        "pure get_display / levels": times["pure"] / times["levels"],
        "first layout of a process / compiled get_display": fresh_ratio(),
        "layout / compiled get_display": times["layout"] / times["compiled"],
    }


def main() -> None:
    """Print each ratio with its bar."""
    for name, ratio in measure().items():
        report(name, ratio, BARS[name])


if __name__ == "__main__":
    main()
