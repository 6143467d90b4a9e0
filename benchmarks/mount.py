"""The first screen of a 5 MB Arabic text, beside Textual's own text widget.

    python -m benchmarks.mount

Both get the same text, of ordinary paragraphs, when they are mounted; the
clock stops after the first paint.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

from textual.app import App
from textual.widget import Widget
from textual.widgets import TextArea

from benchmarks.timing import report
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.schema import DEFAULT_SCHEMA
from reader.corpus.article import Article
from reader.corpus.loading import load_article
from reader.tui.widgets.article_view import ArticleView

SEED = Path(__file__).parent.parent / "seeds" / "002_70828c8592e70463.txt"
SIZE = 5_000_000
RUNS = 3


class _Timed(App[None]):
    """Mounts one widget and notes how long it takes until it is painted."""

    def __init__(self, make: Callable[[], Widget]) -> None:
        super().__init__()
        self.make = make
        self.seconds = 0.0
        self.painted = asyncio.Event()

    async def on_mount(self) -> None:
        start = time.perf_counter()

        def stop() -> None:
            self.seconds = time.perf_counter() - start
            self.painted.set()

        await self.mount(self.make())
        self.call_after_refresh(stop)


class _View(ArticleView):
    def __init__(self, article: Article) -> None:
        super().__init__()
        self.article = article

    def on_mount(self) -> None:
        self.show(self.article, AnnotationSet(), DEFAULT_SCHEMA, tuple)


async def first_paint(make: Callable[[], Widget]) -> float:
    """Seconds from the making of a widget to its first paint, at 100x40."""
    app = _Timed(make)
    async with app.run_test(size=(100, 40)):
        await app.painted.wait()
    return app.seconds


def large_article() -> Article:
    """The Arabic seed over and over, 5 MB in UTF-8."""
    text = SEED.read_text(encoding="utf-8")
    copies = SIZE // len(text.encode()) + 1
    return load_article("\n".join([text] * copies).encode(), "large.txt")


def main() -> None:
    """Print the ratio with its bar."""
    article = large_article()
    ours, theirs = [], []
    for _ in range(RUNS):
        theirs.append(asyncio.run(first_paint(lambda: TextArea(article.text, read_only=True))))
        ours.append(asyncio.run(first_paint(lambda: _View(article))))
    print(f"first paint of 5 MB: TextArea {min(theirs):.2f} s, reader {min(ours):.2f} s")
    report("TextArea / reading view, 5 MB", min(theirs) / min(ours), "at least 5")


if __name__ == "__main__":
    main()
