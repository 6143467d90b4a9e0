"""The article on a screen: how it looks, where one is in it, and what keys mean for a while."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events

from reader.annotation.spans import Range
from reader.corpus.article import Article
from reader.errors import ReaderError
from reader.tui.jumps import Spot
from reader.tui.screens.base import CommandScreen
from reader.tui.widgets.article_split import ArticleSplit
from reader.tui.widgets.status_line import StatusLine
from reader.user.state import Position

if TYPE_CHECKING:
    from reader.tui.screens.mode import Mode
    from reader.tui.widgets.article_view import ArticleView
    from reader.tui.widgets.claim_panel import ClaimPanel


class ArticleScreen(CommandScreen[None]):
    """An article with its looks, its place, and modes for the next keys.

    Args:
        article: The session's open article.
        left: Where it was left the last time, if it was open before.
    """

    CHROME: ClassVar[int] = 4
    DEFAULT_CSS = """
    ArticleScreen.-form Legend { display: none; }
    ArticleScreen.-bare {
        & StatusLine, & Legend, & KeyFooter { display: none; }
        & #article {
            scrollbar-color: $background;
            scrollbar-color-hover: $panel;
            scrollbar-color-active: $panel;
            scrollbar-background: $background;
            scrollbar-background-hover: $background;
            scrollbar-background-active: $background;
        }
    }
    """

    def __init__(self, article: Article, left: Position | None = None) -> None:
        super().__init__()
        self.article = article
        self.left = left
        self.split = ArticleSplit()
        self.status = StatusLine()
        self.mode: Mode | None = None
        self.bases: dict[int, int] = {}
        """Base levels that the user gave to paragraphs, by where these start."""

    @property
    def view(self) -> ArticleView:
        """The text."""
        return self.split.view

    @property
    def form(self) -> ClaimPanel | None:
        """The claim form, while it is open."""
        return self.split.form

    def show_state(self) -> None:
        """Show the selection and what stands there."""

    def enter_text(self) -> None:
        """Go to the text."""
        self.view.focus()
        self.show_keys()

    def select_ranges(self, ranges: Sequence[Range], *, centre: bool = False) -> None:
        """Select one or several ranges, the first one as the current one."""
        (start, end), *others = ranges
        self.view.select(start, end, kept=tuple(others), centre=centre)

    def go_to(self, ranges: Sequence[Range]) -> None:
        """Go to a place in the article."""
        self.enter_text()
        self.select_ranges(ranges, centre=True)

    def jump_to(self, ranges: Sequence[Range]) -> None:
        """Go to a place from which one can come back."""
        self.mark_spot()
        shown = self.view.shows(ranges[0][0])
        self.enter_text()
        self.select_ranges(ranges, centre=not shown)

    def spot(self) -> Spot:
        """Where one is now."""
        selection = self.view.selection
        return Spot(self.article.id, selection.start, selection.end, self.view.position())

    def mark_spot(self) -> None:
        """Remember where one is: a jump leaves it."""
        self.program.jumps.leave(self.spot())

    def show_spot(self, spot: Spot) -> None:
        """Go where one was: the same selection, and the same row at the top."""
        self.enter_text()
        self.view.select(spot.start, spot.end)
        self.view.go_to(spot.top)

    def return_to_left(self) -> None:
        """Select what was selected when the article was left, with the same row at the top."""
        length = len(self.article.text)
        if self.left is not None and self.left.end <= length and self.left.top <= length:
            self.view.select(self.left.start, self.left.end)
            self.view.go_to(self.left.top)

    def keep_position(self) -> None:
        """Remember where one is in the article."""
        now = self.spot()
        self.program.state.keep_position(self.article.id, Position(now.start, now.end, now.top))

    def take_up_looks(self) -> None:
        """Show the article as the user wants it now; the row of the selection stays in place."""
        looks, view = self.program.looks, self.view
        view.dims = looks.dim
        narrower = looks.text_width <= view.text_width
        self.split.text_width = looks.text_width

        def change() -> None:
            view.set_look(looks.text_width, looks.line_spacing - 1, view.selection.start)

        if narrower:
            change()
            self.split.lay_out()
        else:
            # First the panel makes room, then the rows grow into it.
            self.split.lay_out()
            self.call_after_refresh(change)

    def take_up_bases(self) -> None:
        """Lay paragraphs out as the user has turned them."""
        self.bases = self.program.state.bases(self.article.id)
        self.view.set_bases(self.bases)

    def show_zen(self, zen: bool) -> None:
        """Show the text alone, or with all that belongs to it."""
        self.program.zen = zen
        self.dress()

    def dress(self, bare: bool = True) -> None:
        """Show or hide what stands around the text.

        Args:
            bare: Whether the text may stand alone if the user wants it so.
        """
        self.split.alone = self.program.zen
        self.split.lay_out()
        alone = bare and self.program.zen and self.form is None
        self.set_class(alone, "-bare")
        self.set_class(self.form is not None, "-form")  # digits tag nothing while it is open
        if self.notice is not None:
            self.notice.styles.margin = (0, 0, 0 if alone else self.CHROME, 0)
        self.call_after_refresh(self.show_state)

    def on_screen_suspend(self) -> None:
        """Give a dialog the rows below the text to stand on."""
        if self.program.zen:
            self.dress(bare=False)

    def on_screen_resume(self) -> None:
        """Take them away again."""
        if self.program.zen:
            self.dress()

    def begin_mode(self, mode: Mode) -> None:
        """Let keys mean something else for a while."""
        self.mode = mode
        self.show_mode()

    def show_mode(self) -> None:
        """Show what the mode waits for: where the text is alone, in a notice if need be."""
        self.show_state()
        if self.mode is not None and not self.mode.in_sight and self.has_class("-bare"):
            self.program.notify(self.mode.task)

    def end_mode(self) -> None:
        """Let keys mean again what they usually do."""
        mode, self.mode = self.mode, None
        if mode is not None:
            mode.end()
        if self.notice is not None:
            self.notice.hide()
        self.show_state()

    def on_mouse_down(self) -> None:
        """Leave a mode: who takes the mouse does not go on with keys."""
        if self.mode is not None:
            self.end_mode()

    async def press(self, event: events.Key) -> None:
        """Do what a key means in the mode, else what it means on the screen."""
        if self.mode is None or not self._pressed(self.mode, event):
            await super().press(event)

    def _pressed(self, mode: Mode, event: events.Key) -> bool:
        try:
            return mode.press(event)
        except ReaderError as error:
            self.refuse(error)
            return True
