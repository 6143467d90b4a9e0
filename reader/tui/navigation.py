"""Which screen is open: the list of articles, one article, or two side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.errors import ReaderError
from reader.tui.screens.base import CommandScreen

if TYPE_CHECKING:
    from reader.corpus.article import Article
    from reader.tui.app import ReaderApp
    from reader.tui.jumps import Spot
    from reader.tui.screens.reading import ReadingScreen


class Navigation:
    """Goes from screen to screen; the list of articles is always the lowest one.

    Args:
        app: The application.
    """

    def __init__(self, app: ReaderApp) -> None:
        self._app = app

    async def show_library(self) -> None:
        """Go back to the list of articles, which is made when it is first needed."""
        from reader.tui.screens.library import LibraryScreen

        await self._close_down_to_library()
        if not self._at_library():
            await self._app.push_screen(LibraryScreen())

    async def open_article(self, id: str, *, jump: bool = True) -> ReadingScreen | None:
        """Open an article where it was left; None when it cannot be.

        Args:
            id: Which one.
            jump: Whether one can come back from there to where one is now.
        """
        from reader.tui.screens.reading import ReadingScreen

        try:
            article = self._app.session.open_article(id)
        except ReaderError as error:
            if self._app.session.kept.waits_for(error):
                raise
            self._app.report(error)
            return None
        for left in self._app.screen_stack if jump else ():
            if isinstance(left, ReadingScreen):
                left.mark_spot()
        await self._close_down_to_library()
        screen = ReadingScreen(article, self._app.state.position(id))
        await self._app.push_screen(screen)
        return screen

    async def open_pair(self, article: Article, other: str) -> None:
        """Open two articles side by side; the first one gets the keys.

        Raises:
            ReaderError: If the other one cannot be read.
        """
        from reader.tui.screens.pair import PairScreen

        app = self._app
        second = app.session.library.articles.read(other)
        app.session.require_readable(second)
        app.last_beside = other
        await self._close_down_to_library()
        places = app.state.position(article.id), app.state.position(other)
        await app.push_screen(PairScreen((article, second), places))

    async def open_spot(self, spot: Spot) -> None:
        """Go back to a place in another article."""
        screen = await self.open_article(spot.article, jump=False)
        if screen is not None:
            screen.show_spot(spot)

    async def _close_down_to_library(self) -> None:
        while len(self._app.screen_stack) > 1 and not self._at_library():
            await self._app.pop_screen()

    def _at_library(self) -> bool:
        screen = self._app.screen
        return isinstance(screen, CommandScreen) and screen.CONTEXT == "library"
