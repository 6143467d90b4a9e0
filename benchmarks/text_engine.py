"""Levels and layout of the Arabic seed beside python-bidi, side by side in one run.

    python -m benchmarks.text_engine

Every contender takes its turn in each round, so that a busy moment of the
machine strikes all of them; the best time of each counts.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from bidi import get_display
from bidi.algorithm import get_display as pure_get_display

from reader.text.bidi import resolve_levels
from reader.text.layout import layout_paragraph
from reader.text.paragraphs import paragraphs

ARTICLE = Path(__file__).parent.parent / "seeds" / "002_70828c8592e70463.txt"
ROUNDS = 60
WIDTH = 80


def article_paragraphs() -> list[str]:
    """The paragraphs of the Arabic seed that are not blank."""
    text = ARTICLE.read_text(encoding="utf-8")
    return [text[item.start : item.end] for item in paragraphs(text) if item.start < item.end]


def best_times(contenders: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Seconds of the best run of each, taken in turns."""
    best = dict.fromkeys(contenders, float("inf"))
    for _ in range(rounds):
        for name, run in contenders.items():
            start = time.perf_counter()
            run()
            best[name] = min(best[name], time.perf_counter() - start)
    return best


def measure(rounds: int = ROUNDS) -> dict[str, float]:
    """The three ratios that the engine is held to."""
    texts = article_paragraphs()
    best = best_times(
        {
            "compiled": lambda: [get_display(text) for text in texts],
            "pure": lambda: [pure_get_display(text) for text in texts],
            "levels": lambda: [resolve_levels(text) for text in texts],
            "layout": lambda: [layout_paragraph(text, WIDTH) for text in texts],
        },
        rounds,
    )
    return {
        "levels / compiled get_display": best["levels"] / best["compiled"],
        "pure get_display / levels": best["pure"] / best["levels"],
        "layout / compiled get_display": best["layout"] / best["compiled"],
    }


BARS = {
    "levels / compiled get_display": "at most 8",
    "pure get_display / levels": "at least 3",
    "layout / compiled get_display": "at most 30",
}


def main() -> None:
    """Print each ratio with its bar."""
    for name, ratio in measure().items():
        print(f"{name:32} {ratio:5.1f}   ({BARS[name]})")


if __name__ == "__main__":
    main()
