"""Placing by hand what a new version of an article has no certain place for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from reader.annotation.actions import shorten
from reader.annotation.model import Mention
from reader.tui.widgets.pieces import isolated

if TYPE_CHECKING:
    from reader.annotation.carrying import Leftover
    from reader.tui.screens.reading import ReadingScreen

_ALIGNED = 200_000
"""Code points of an article that are compared to guess a place without making anybody wait."""


def called(left: Leftover) -> str:
    """Say what kind of mark it is: its type, or what it is a part of."""
    if isinstance(left.record, Mention):
        return left.record.type
    return left.part or "claim"


def task(desk: ReadingScreen, left: Leftover) -> str:
    """Say what the user is to do while something is placed."""
    take, back = (desk.program.keymap.shown(id) for id in ("place.accept", "place.cancel"))
    words = isolated(shorten(left.span.quote, 30))
    return f"Select where {called(left)} “{words}” stands now: {take} places it, {back} goes back"


def tell(desk: ReadingScreen) -> None:
    """Say of a new version what waits in it, of an old one that it is old."""
    from reader.work.versions import waiting

    if desk.article.removed:
        desk.program.notify("This is an older version: the list has the newer one.")
        return
    count = len(waiting(desk.session.shown, desk.article.id))
    if count:
        key = desk.program.keymap.shown("article.unplaced")
        marks = "1 mark" if count == 1 else f"{count:,} marks"
        desk.program.notify(
            f"{marks} of the version before found no certain place: {key} goes through them."
        )


async def open_list(desk: ReadingScreen) -> None:
    """Look through what waits; go to the text with what is to be placed."""
    from reader.tui.screens.unplaced import UnplacedScreen
    from reader.work.versions import waiting

    if not waiting(desk.session.shown, desk.article.id):
        desk.program.notify("Everything that was marked has its place in this version.")
        return
    await desk.ask(UnplacedScreen(desk), partial(_begin, desk))


def _begin(desk: ReadingScreen, left: Leftover) -> None:
    """Let the user select where it stands, from near where it stood."""
    desk.placing = left
    start = _guess(desk, left)
    desk.mark_spot()
    desk.view.select(start, start + 1, unit="cluster")
    desk.view.widen()
    desk.view.focus()
    desk.show_state()


def _guess(desk: ReadingScreen, left: Leftover) -> int:
    """Where the words may stand: after what is unchanged before them."""
    from reader.annotation.alignment import Alignment

    old, new = desk.session.library.articles.read(left.span.article).text, desk.article.text
    guess = left.span.start * len(new) // max(1, len(old))
    if max(len(old), len(new)) <= _ALIGNED:
        before = [b for b in Alignment(old, new).blocks if b.old <= left.span.start]
        if before:
            last = before[-1]
            guess = last.new + min(last.length, left.span.start - last.old)
    return max(0, min(guess, len(new) - 1))


async def accept(desk: ReadingScreen) -> None:
    """Place it on the selection; go on with the list."""
    from reader.work.versions import place, waiting

    left = desk.placing
    if left is None:
        return
    place(desk.session, left, desk.view.selection.ranges)
    desk.placing = None
    desk.view.drop_fragments()
    desk.show_state()
    words = isolated(shorten(left.span.quote, 30))
    desk.program.notify(f"{called(left)} “{words}” has its place.")
    if waiting(desk.session.shown, desk.article.id):
        await open_list(desk)


async def cancel(desk: ReadingScreen) -> None:
    """Go back to the list; what was to be placed goes on waiting."""
    desk.placing = None
    desk.view.drop_fragments()
    desk.show_state()
    await open_list(desk)


VERBS: dict[str, Callable[[ReadingScreen], Awaitable[Any] | None]] = {
    "place.accept": accept,
    "place.cancel": cancel,
}
"""What the commands of the scope `place` do."""
