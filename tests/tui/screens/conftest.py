"""A real library with three short articles, and an app on it at a size."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from textual.pilot import Pilot

from reader.corpus.article import Article, article_id
from reader.corpus.loading import load_article
from reader.session import Session
from reader.store.library import Library
from reader.tui.app import ReaderApp
from reader.user.state import Looks, State

ENGLISH = """Minister denies the report

Anna Berg of the ministry told the Daily Post on Monday that no money was paid.
Anna Berg said the report was wrong, and Karim Haddad agreed with her later.
"""
ARABIC = """الوزيرة تنفي التقرير

قالت آنا بيرغ لصحيفة النهار يوم الاثنين إن الوزارة لم تدفع أي أموال.
وأكد كريم حداد أن التقرير غير صحيح، وأن الوزارة ستنشر وثائقها قريبا.
"""
HOSTILE = """see [/ and [b c \x1b[31mred\x1b[0m

A line with NUL \x00 and \u202ebackwards\u202c and \x9b2J and \x1b]0;title\x07 in it.
[bold red]Not markup[/] but text, and $variables [@click=app.quit]too[/].
"""


def _articles(texts: tuple[str, ...]) -> list[Article]:
    return [load_article(text.encode(), f"{i}.txt") for i, text in enumerate(texts)]


@lru_cache(maxsize=64)
def _library(texts: tuple[str, ...]) -> bytes:
    """A library of some articles, which is made once for all tests that begin with it."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "library.db")
        with Library(path) as library:
            library.add_articles(_articles(texts))
        return path.read_bytes()


class Desk:
    """An app on a library, and what is on its screen.

    Attributes:
        app: The running app.
        pilot: Presses its keys.
    """

    def __init__(self, app: ReaderApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys; what follows `type:` is typed letter by letter."""
        for key in keys:
            if key.startswith("type:"):
                await self.pilot.press(*("space" if c == " " else c for c in key[5:]))
            else:
                await self.pilot.press(key)
        await self.pilot.pause()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for what the program does by itself a little later."""
        for _ in range(1200):
            if condition():
                return
            await self.pilot.pause(0.05)
        raise TimeoutError(self.screen_text())

    def rows(self) -> list[str]:
        """Every row of the terminal, as text."""
        screen = self.app.screen
        return [
            "".join(segment.text for segment in strip)
            for strip in screen._compositor.render_strips()
        ]

    def screen_text(self) -> str:
        """All rows."""
        return "\n".join(self.rows())


class Shelf:
    """A library in a file.

    Attributes:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, *texts: str) -> list[str]:
        """Add articles; return their ids."""
        if not self.path.exists():
            self.path.write_bytes(_library(texts))
        else:
            with Library(self.path) as library:
                library.add_articles(_articles(texts))
        return [article_id(text) for text in texts]

    @asynccontextmanager
    async def desk(
        self,
        size: tuple[int, int] = (80, 24),
        article: str | None = None,
        annotator: str = "sam",
        state: State | None = None,
        looks: Looks | None = None,
        offers_tour: bool = False,
    ) -> AsyncIterator[Desk]:
        """Run the app on the library."""
        session = Session.open(self.path, annotator)
        app = ReaderApp(session, article=article, state=state, looks=looks)
        app.offers_tour = offers_tour
        try:
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                yield Desk(app, pilot)
        finally:
            session.close()

    def session(self, article: str) -> Session:
        """Open the library anew, on an article: what is stored, not what is shown."""
        session = Session.open(self.path, "sam")
        session.open_article(article)
        return session


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    yield Shelf(tmp_path / "library.db")
