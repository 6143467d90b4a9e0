"""The application: themes, keys, notices, and which screen is open. It knows no annotation."""

from __future__ import annotations

import gc
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.timer import Timer

from reader.errors import LibraryBusyError, ReaderError
from reader.session import Session
from reader.terminal.found import Found
from reader.text.terminals import PLAIN, TerminalProfile
from reader.tui.jumps import JumpList
from reader.tui.keymap import Keymap
from reader.tui.navigation import Navigation
from reader.tui.output import draw_again, place_mouse
from reader.tui.screens.base import CommandScreen, Verb
from reader.tui.themes import DARK, FITTED, LIGHT, THEMES, fitted, other_theme
from reader.tui.views import Views
from reader.user.state import Looks, LookValue, State

if TYPE_CHECKING:
    from reader.annotation.layers import Layers
    from reader.tui.news import Watching
    from reader.tui.screens.library_search import Goal
    from reader.tui.terminal import TerminalBidi
    from reader.tui.waiting import Waiting

_NO_COLOR = "NO_COLOR"
_SAVE_AFTER = 1.0
"""Seconds from the first change to the moment when it is written."""

_SOON = 0.5
"""Seconds from the first paint to what is looked at after it."""

LOOK_EVERY = 1.0
"""Seconds from one look at what others do in the library to the next."""

LEAST_SIZE = (40, 10)
"""Columns and rows below which nothing useful can be shown."""


class ReaderApp(App[int], inherit_bindings=False):
    """The interface on one library.

    Args:
        session: An open session; it stays the caller's to close.
        keymap: Keys of the commands.
        article: Id of the article to open first, or None for the library.
        driver: How to talk to the terminal; None for Textual's choice.
        state: What is remembered over restarts; None remembers for this run.
        looks: How articles look at first; None for what is remembered.
        terminal: The terminal that the app is drawn on; None where that is no matter.
    """

    TITLE = "reader"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[Any]] = []

    def __init__(
        self,
        session: Session,
        keymap: Keymap | None = None,
        article: str | None = None,
        driver: type[Driver] | None = None,
        state: State | None = None,
        looks: Looks | None = None,
        terminal: TerminalBidi | None = None,
    ) -> None:
        if terminal is not None:
            driver = driver or terminal.driver_class()
        # Without colours the terminal's own ones are asked for, which is none at all.
        super().__init__(driver_class=driver, ansi_color=True if _NO_COLOR in os.environ else None)
        # Notices are our own and tooltips there are none: no screen needs the widgets of them.
        self._disable_notifications = self._disable_tooltips = True
        self.terminal = terminal
        self.profile = PLAIN if terminal is None else terminal.profile
        """How the terminal treats right-to-left text; changed with `use_profile`."""
        self.found = Found(self.profile, "unknown", "nobody has looked")
        """What the terminal was found to be, whatever is used."""
        self.state = state or State()
        self.looks = looks or Looks.of(self.state.looks())
        """How articles look now; changed with `remember`."""
        self.session = session
        self.navigation = Navigation(self)
        self.views = Views(session)
        self.keymap = keymap or Keymap()
        self.first_article = article
        self.last_tag: tuple[str, str | None] | None = None
        """Type and entity that `repeat` tags with."""
        self.last_query = ""
        """What was last looked for."""
        self.found_everywhere = False
        """Whether that was looked for in the whole library, not in one article alone."""
        self.last_goal: Goal | None = None
        """The hit in the library that was gone to last."""
        self.last_beside = ""
        """The article that was read beside another one last."""
        self.jumps = JumpList()
        self.zen = False
        """Whether the text of articles stands alone on the screen."""
        self.suggests_patterns = False
        """Whether dates and amounts are proposed, by their form."""
        self.least_score = 0.0
        """What a model must have given a suggestion at least."""
        self.offers_tour = False
        """Whether the tour is offered to somebody who has not been here before."""
        self.after_start: Callable[[], None] | None = None
        """What is to be done a moment after the first screen shows."""
        self._saving: Timer | None = None
        self.first_pair: tuple[str, str] | None = None
        """Ids of two annotators to decide between at first, if that is what was asked for."""
        self._too_small = False
        self.unsaved_told: tuple[ReaderError | None, int] = (None, 0)
        """Why the last action was not saved, and how many are not, as it was said last."""
        self.waiting: Waiting | None = None
        """Holds keys back while something waits for the library; None as long as nothing had to."""
        for theme in THEMES:
            self.register_theme(theme)
        self._theme_before = ""
        self.show_theme(self.looks.theme)

    @cached_property
    def watching(self) -> Watching:
        """Looks at what others do in the library; made after the first paint."""
        from reader.tui.news import Watching

        return Watching(self)

    async def on_mount(self) -> None:
        """Open the article asked for, or else the library."""
        self.state.when_pending = self._save_soon
        if (
            self.first_article is None
            or await self.navigation.open_article(self.first_article) is None
        ):
            await self.navigation.show_library()
        if self.first_pair is not None:
            from reader.tui.verbs.adjudicating import adjudicate

            await adjudicate(self, self.first_pair)
        self._mind_size(*self.size)
        self._say_what_is_not_remembered()
        if self.offers_tour and self.first_article is None:
            self._offer_tour()
        self.set_interval(LOOK_EVERY, lambda: self.watching.look())
        self.call_after_refresh(_collect_again)
        if self.after_start is not None:
            self.set_timer(_SOON, self.after_start)

    def _offer_tour(self) -> None:
        """Tell of the tour, at the very first start that has something to show."""
        if self.state.tour_seen or not self.session.articles():
            return
        key = self.keymap.shown("app.tour")
        self.notify(
            f"{key} shows you around in two minutes, on a copy of an article. This is said once; "
            f"{key} is there at any time.",
            title="New here?",
        )
        self.state.keep_tour_seen()

    def on_unmount(self) -> None:
        """Write what is to be remembered."""
        self.state.flush()

    def remember(self, **changes: LookValue) -> None:
        """Change some of `looks`, for later runs too."""
        self.looks = replace(self.looks, **changes)  # type: ignore[arg-type]
        for name, value in changes.items():
            self.state.keep_look(name, value)

    def _save_soon(self) -> None:
        """Write what is remembered a little later, at most once a second."""
        if self._saving is None:
            self._saving = self.set_timer(_SAVE_AFTER, self._save)

    def _save(self) -> None:
        self._saving = None
        self.state.flush()
        self._say_what_is_not_remembered()

    def _say_what_is_not_remembered(self) -> None:
        if warning := self.state.take_warning():
            self.notify(warning, severity="warning")

    def look_at(self, layers: Layers) -> None:
        """Show other layers of marks, on every screen that is open."""
        self.session.look_at(layers)
        self.views.look_again()
        for screen in self.screen_stack:
            if isinstance(screen, CommandScreen) and screen.is_mounted:
                screen.take_news(True)

    async def on_event(self, event: events.Event) -> None:
        """Work off each key and each paste before the next one.

        Keys typed faster than a screen opens reach that screen, not the one below it.
        """
        if self.waiting is not None and await self.waiting.take(event):
            return
        screen = self.screen if self._screen_stack else None
        if screen is not None and isinstance(event, events.MouseEvent) and not event.is_forwarded:
            place_mouse(event, screen)
        if event.is_forwarded or not isinstance(screen, CommandScreen):
            await super().on_event(event)
        elif isinstance(event, events.Key):
            await self._press(screen, event)
        elif isinstance(event, events.Paste):
            screen.take_paste(event.text)
        else:
            await super().on_event(event)

    async def _press(self, screen: CommandScreen[Any], event: events.Key) -> None:
        """Do what a key means; what Alt means nothing with was Esc and then the key."""
        from reader.tui.driver import after_escape

        keys = after_escape(event) if screen.line is None else None
        if keys is None:
            await screen.press(event)
        elif self.keymap.find(screen.context, event.key) is not None:
            await screen.press(events.Key(event.key, None))
        else:
            for key in keys:
                await self.on_event(key)

    def on_resize(self, event: events.Resize) -> None:
        """Say so when the terminal is too small for anything."""
        self._mind_size(event.size.width, event.size.height)

    def _mind_size(self, width: int, height: int) -> None:
        small = width < LEAST_SIZE[0] or height < LEAST_SIZE[1]
        if not small and not self._too_small:
            return
        from reader.tui.screens.too_small import TooSmallScreen

        self._too_small = small
        if small and not isinstance(self.screen, TooSmallScreen):
            self.push_screen(TooSmallScreen(*LEAST_SIZE))
        elif not small and isinstance(self.screen, TooSmallScreen):
            self.pop_screen()

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a notice; its text is never read as markup."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, CommandScreen) and screen.notice is not None:
                screen.notice.show(message, title, severity)
                return

    def unsay(self, message: str) -> None:
        """Take a notice away that holds no more, unless another one has taken its place."""
        for screen in self.screen_stack:
            if isinstance(screen, CommandScreen) and screen.notice is not None:
                screen.notice.take_back(message)

    def say_what_is_not_saved(self) -> None:
        """Say once of each action that it could not be saved, and when all of them are."""
        kept = self.session.kept
        if (kept.trouble, len(kept.actions)) != self.unsaved_told:
            from reader.tui.verbs import unsaved

            unsaved.tell(self)

    def wait_with(
        self,
        screen: CommandScreen[Any],
        verb: Verb,
        given_up: Callable[[], Awaitable[Any]] | None,
        error: LibraryBusyError,
    ) -> None:
        """Do something when the library is no longer held by another program."""
        from reader.tui.waiting import Job, Waiting

        if self.waiting is None:
            self.waiting = Waiting(self)
        self.waiting.begin(Job(screen, verb, given_up), error)

    def _end_batch(self) -> None:
        """Show again what changes, and what has changed meanwhile."""
        super()._end_batch()
        if not self._batch_count and self._screen_stack:
            self.screen.check_idle()

    async def _dispatch_message(self, message: Message) -> None:
        with self.reporting():
            await super()._dispatch_message(message)

    def _handle_exception(self, error: Exception) -> None:
        """End with a traceback, but not for what the user can do something about."""
        if isinstance(error, ReaderError):
            self.report(error)
        else:
            super()._handle_exception(error)

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """Show what could not be done: no screen may end because the library is out of reach."""
        try:
            yield
        except ReaderError as error:
            self.report(error)

    def report(self, error: ReaderError) -> None:
        """Show what could not be done."""
        if isinstance(error, LibraryBusyError):
            self.watching.missed = error.message
        self.notify(error.message, title=error.title, severity="error")

    async def run_general(self, id: str) -> None:
        """Run a command that works everywhere."""
        from reader.tui.screens import general

        done = general.VERBS[id](self)
        if isawaitable(done):
            await done

    def show_theme(self, name: str) -> None:
        """Show a theme, made readable; our dark one in place of one that is not there."""
        theme = self.available_themes.get(name, self.available_themes[DARK])
        if FITTED not in theme.variables:
            theme = fitted(theme)
            self.register_theme(theme)
        self.theme = theme.name

    def keep_theme(self, name: str) -> None:
        """Show a theme, now and in later runs."""
        self._theme_before = ""
        self.show_theme(name)
        self.remember(theme=name)

    def change_theme(self) -> None:
        """Go to the light theme that belongs to a dark one, or back to where one came from."""
        themes, before = self.available_themes, self.theme
        dark = themes[before].dark
        candidates = (self._theme_before, other_theme(before), LIGHT if dark else DARK)
        self.keep_theme(next(each for each in candidates if each and themes[each].dark != dark))
        self._theme_before = before

    def use_profile(self, profile: TerminalProfile) -> None:
        """Draw for another kind of terminal: everything is laid out and sent anew."""
        self.profile = profile
        if self.terminal is not None and self._driver is not None:
            self._driver.write(self.terminal.change(profile))
        draw_again(self)

    def keep_row_order(self, mode: str) -> None:
        """Remember how rows are sent to a terminal such as this one."""
        self.state.keep_terminal(self.found.name, mode)
        self.notify(f"Kept for this terminal ({self.found.name}): {mode}.")

    def suspend_to_shell(self) -> None:
        """Suspend, as every terminal program does on Ctrl+Z."""
        if hasattr(os, "fork"):
            self.action_suspend_process()


def _collect_again() -> None:
    """Let Python look for garbage again, but not among what the start has made."""
    gc.freeze()
    gc.enable()
