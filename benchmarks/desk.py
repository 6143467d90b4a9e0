"""The whole interface at work in one process, on a terminal that shows nothing of what it gets.

Times are those of the processor, from a key (or another cause) until the last
paint that follows from it, the making of the escape sequences included; the
waiting in between costs none.
"""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App, ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.keys import _character_to_key
from textual.widget import Widget

from reader.corpus.article import Article
from reader.session import Session
from reader.store.library import Library
from reader.tui.app import ReaderApp
from reader.tui.screens.reading import ReadingScreen

_QUIET = 0.04
"""Seconds after which everything is painted that is going to be: a bit more than two frames."""


class Nowhere(HeadlessDriver):
    """A terminal of which nothing is seen."""

    @property
    def is_headless(self) -> bool:
        """Whether nothing is drawn: everything is, up to the last byte."""
        return False


async def timed(act: Callable[[], Awaitable[object] | None]) -> float:
    """Seconds of the processor until all is painted that follows from an act."""
    await asyncio.sleep(_QUIET)
    start = time.process_time()
    done = act()
    if done is not None:
        await done
    await asyncio.sleep(_QUIET)
    return time.process_time() - start


async def press(app: App[Any], *keys: str) -> list[float]:
    """Seconds of the processor for each key that an application gets."""

    def send(key: str) -> None:
        character = key if len(key) == 1 else None
        name = _character_to_key(key) if character else key
        app.post_message(events.Key(name, character))

    return [await timed(partial(send, key)) for key in keys]


class Desk:
    """An interface that runs.

    Args:
        app: The application.
    """

    def __init__(self, app: ReaderApp) -> None:
        self.app = app

    @property
    def reading(self) -> ReadingScreen:
        """The article's screen, which is open."""
        screen = self.app.screen
        assert isinstance(screen, ReadingScreen)
        return screen

    async def timed(self, act: Callable[[], Awaitable[object] | None]) -> float:
        """Seconds of the processor until all is painted that follows from an act."""
        return await timed(act)

    async def press(self, *keys: str) -> list[float]:
        """Seconds of the processor for each key."""
        return await press(self.app, *keys)

    async def open(self, article: str, at: int = 0) -> None:
        """Open an article, with a place in the middle of the screen."""
        await self.app.navigation.open_article(article)
        await asyncio.sleep(_QUIET)
        self.reading.view.select(at, at + 1, centre=True)
        await asyncio.sleep(_QUIET)
        gc.collect()


@asynccontextmanager
async def desk(library: Path, size: tuple[int, int] = (80, 50)) -> AsyncIterator[Desk]:
    """Run the interface on a library, at a size in columns and rows."""
    session = Session.open(library, "benchmark")
    app = ReaderApp(session, driver=Nowhere)
    try:
        async with app.run_test(headless=False, size=size):
            yield Desk(app)
    finally:
        session.close()


@asynccontextmanager
async def desk_on(
    articles: Iterable[Article], size: tuple[int, int] = (80, 50)
) -> AsyncIterator[Desk]:
    """Run the interface on a new library with some articles."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "library.db")
        with Library(path) as library:
            library.add_articles(articles)
        async with desk(path, size) as opened:
            yield opened


@asynccontextmanager
async def plain_desk(
    widget: Widget, size: tuple[int, int]
) -> AsyncIterator[Callable[..., Awaitable[list[float]]]]:
    """Run one widget alone; gives what presses keys in it."""

    class Plain(App[None]):
        def compose(self) -> ComposeResult:
            yield widget

    app = Plain(driver_class=Nowhere)
    async with app.run_test(headless=False, size=size):
        widget.focus()
        yield partial(press, app)
