"""Waiting for a library that another program holds, in a window that goes on living.

What was to be done is done whole once more when the lock is gone, so that all
it looks at is looked at again. Meanwhile keys are held back in their order,
for each of them may mean something else before it is done.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events
from textual.timer import Timer

from reader.errors import LibraryBusyError, ReaderError
from reader.text.directions import worded
from reader.values import dataclass

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.screens.base import CommandScreen, Verb
    from reader.tui.widgets.article_view import ArticleView

PATIENCE = 5.0
"""Seconds after which an action counts as not saved, and is kept."""

_PAGES = {"go.page_down": +1, "go.page_up": -1}
_LOOK = 0.1
"""Seconds between two looks at the lock."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is to be done.

    Attributes:
        screen: Where.
        verb: Does it; done again from its beginning, it does the same.
        given_up: Called when the user gives it up, to go on with what was typed for it.
    """

    screen: CommandScreen[Any]
    verb: Verb
    given_up: Callable[[], Awaitable[Any]] | None


class Waiting:
    """What waits for the library, and what was typed since.

    Args:
        app: The application.
    """

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self._job: Job | None = None
        self._what = self._said = ""
        self._until = 0.0
        self._held: deque[events.Event | Job] = deque()
        self._pressed = False
        self._working_off = False
        self._top: tuple[ArticleView, int] | None = None
        """The row that was at the top of a text before it was read on."""
        self._timer: Timer | None = None

    @property
    def holds(self) -> bool:
        """Whether something waits, or is still held back."""
        return self._job is not None or bool(self._held)

    def begin(self, job: Job, error: LibraryBusyError) -> None:
        """Do something as soon as the library can be written."""
        if self._job is not None:
            self._held.append(job)
            return
        self._job, self._what, self._pressed = job, error.what, False
        self._until = monotonic() + PATIENCE
        if self._timer is None:
            self._timer = self._app.set_interval(_LOOK, self._look)
        else:
            self._timer.resume()
        self._say()

    async def take(self, event: events.Event) -> bool:
        """Hold back what is typed and clicked; Esc gives up. False for what goes on meanwhile."""
        if self._working_off or not self.holds or event.is_forwarded:
            return False
        if isinstance(event, events.Key):
            await self._take_key(event)
        elif isinstance(event, events.Paste):
            self._hold(event)
        elif isinstance(event, events.MouseDown):
            # A click would change what is waited for; the wheel changes nothing.
            self._pressed = True
        elif isinstance(event, events.MouseUp) and self._pressed:
            self._pressed = False
        else:
            # Moving the mouse with a button down selects.
            return isinstance(event, events.MouseMove) and bool(event.button)
        return True

    async def _take_key(self, event: events.Key) -> None:
        from reader.tui.driver import after_escape

        following = after_escape(event)
        if self._job is None or (event.key != "escape" and following is None):
            self._hold(event)
            return
        await self._give_up()
        for key in following or ():
            if key.key != "escape":
                await self._app.on_event(key)

    def _hold(self, event: events.Event) -> None:
        self._held.append(event)
        if self._job is not None:
            self._say()
            if isinstance(event, events.Key):
                self._scroll(event)

    def _scroll(self, event: events.Key) -> None:
        """Let the text be read on by pages, although the selection stays where it is."""
        from reader.tui.screens.article_screen import ArticleScreen

        screen = self._app.screen
        if not isinstance(screen, ArticleScreen) or screen.line is not None:
            return
        command = self._app.keymap.find(screen.context, event.key, event.character)
        step = 0 if command is None else _PAGES.get(command.id, 0)
        if step:
            if self._top is None:
                self._top = screen.view, screen.view.position()
            screen.view.scroll_rows(step * max(1, screen.view.page - 1))

    def _say(self) -> None:
        what = f" Then: {worded(self._what)}." if self._what else ""
        count = len(self._held)
        typed = f" {_keys(count)} typed since wait{'s' * (count == 1)} too." if count else ""
        self._said = f"Another program is writing…{what} Esc gives up.{typed}"
        self._app.notify(self._said, title="Waiting for the library", severity="warning")

    async def _look(self) -> None:
        """Do what waits when the lock is gone, or when the time is up."""
        if self._job is None or not self._app.is_running:
            return
        waits = monotonic() < self._until
        if not (waits and self._app.session.library.is_locked()):
            await self._try(self._job, waits)

    async def _try(self, job: Job, waits: bool) -> None:
        kept = self._app.session.kept
        kept.may_wait = waits
        read_on = self._scroll_back()
        try:
            await job.screen.do(job.verb)
        except LibraryBusyError as error:
            if kept.may_wait:
                read_on()
                return
            job.screen.refuse(error)
        except ReaderError as error:
            job.screen.refuse(error)
        finally:
            kept.may_wait = False
        self._end()

    def _scroll_back(self) -> Callable[[], None]:
        """Show the text as it was: the keys that scroll are held back too; return the way on."""
        if self._top is None:
            return lambda: None
        view, top = self._top
        now = view.position()
        view.go_to(top)
        return lambda: view.go_to(now)

    def _end(self) -> None:
        self._job = self._top = None
        self._app.session.kept.waits = None
        if self._timer is not None:
            self._timer.pause()
        self._app.unsay(self._said)
        if self._held:
            self._app.call_next(self._go_on)

    async def _go_on(self) -> None:
        """Work off one of the things that were held back, after what the one before has led to."""
        if self._job is not None or not self._held:
            return
        event = self._held.popleft()
        self._working_off = True
        try:
            if isinstance(event, Job):
                await event.screen.attempt(event.verb, event.given_up)
            else:
                await self._app.on_event(event)
        finally:
            self._working_off = False
        if self._held and self._job is None:
            self._app.call_next(self._go_on)

    async def _give_up(self) -> None:
        """Leave undone what waits, and what was typed after it."""
        job, count = self._job, len(self._held)
        self._held.clear()
        self._end()
        if job is not None and job.given_up is not None:
            await job.given_up()
        typed = f" {_keys(count)} typed after it went too." if count else ""
        said = f"Not done: {worded(self._what or 'what had to wait')}.{typed}"
        self._app.notify(said, title="Given up", severity="warning")


def _keys(count: int) -> str:
    return f"{count:,} key{'s' * (count != 1)}"
