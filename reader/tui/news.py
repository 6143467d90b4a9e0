"""What other windows and programs do in the library, shown here within a second or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.errors import ReaderError
from reader.tui.screens.article_screen import ArticleScreen
from reader.tui.screens.base import CommandScreen, Overlay

if TYPE_CHECKING:
    from reader.store.watching import News
    from reader.tui.app import ReaderApp


class Watching:
    """Looks for news, and gives them to the session and the screens.

    Args:
        app: The application.
    """

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self._watch = app.session.library.watch()
        self._told = ""
        self.missed = ""
        """What was said when something could not be read because another program wrote."""

    def look(self) -> None:
        """Save what could not be saved, and take in what was done elsewhere.

        That is left for later while somebody is in the middle of something here.
        """
        if not self._app.is_running:
            # It is being closed, screen by screen.
            return
        if self._app.session.kept.actions:
            from reader.tui.verbs.unsaved import save_by_itself

            save_by_itself(self._app)
        if not self._is_free():
            return
        try:
            if self.missed and self._app.session.library.state_at_once() is not None:
                missed, self.missed = self.missed, ""
                self._app.unsay(missed)
                self._show(True)
            news = self._watch.look()
            if news is not None:
                self._tell(news)
            self._told = ""
        except ReaderError as error:
            # Once is enough: what is wrong now is wrong in a second, too.
            if error.message != self._told:
                self._app.report(error)
            self._told = error.message

    def _is_free(self) -> bool:
        """Whether nothing is asked, typed or filled in at this moment."""
        screen = self._app.screen
        if not isinstance(screen, CommandScreen) or isinstance(screen, Overlay):
            return False
        if self._app.waiting is not None and self._app.waiting.holds:
            return False
        if isinstance(screen, ArticleScreen) and (
            screen.mode is not None or screen.form is not None
        ):
            return False
        return screen.line is None and screen.is_mounted

    def _tell(self, news: News) -> None:
        self._show(self._app.session.take_in(news.records))

    def _show(self, here: bool) -> None:
        for screen in self._app.screen_stack:
            if isinstance(screen, CommandScreen) and screen.is_mounted:
                screen.take_news(here)
