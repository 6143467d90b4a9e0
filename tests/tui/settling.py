"""When an app has nothing left to do, so that a test goes on at once and not before.

Textual's pilot sleeps, and takes a process that needs little time for an idle one: that is
a twentieth of a second for a key, and on a busy machine the end of waiting before the end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from itertools import chain
from typing import Any

from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen

_SOON = 0.05
"""Seconds: what the app has put off for less is waited for."""

_SHORT = 0.002
_PATIENCE = 30.0


async def settle(app: App[Any]) -> None:
    """Let an app work until only what it put off for longer is left, and all of it is drawn.

    Raises:
        TimeoutError: If it does not come to rest.
    """
    loop: Any = asyncio.get_running_loop()
    async with asyncio.timeout(_PATIENCE):
        while True:
            await asyncio.sleep(0)
            if loop._ready:
                continue
            screen = app.screen if app._screen_stack else None
            if screen is not None and _is_stale(screen):
                screen._on_timer_update()
            elif (due := _next_due(loop)) < _SOON:
                await asyncio.sleep(max(due, 0))
            elif _is_at_work(app):
                await asyncio.sleep(_SHORT)
            else:
                return


def _is_stale(screen: Screen[Any]) -> bool:
    """Whether something of a screen is still to be laid out, drawn or told."""
    if not screen.is_running or screen.app._batch_count:
        return False
    wanted = screen._layout_required or screen._scroll_required or screen._repaint_required
    return bool(wanted or screen._dirty_widgets or screen._recompose_required or screen._callbacks)


def _is_at_work(app: App[Any]) -> bool:
    """Whether a message is still worked off, which waits for something outside, as a program."""
    widgets = [screen.walk_children(with_self=True) for screen in app._screen_stack]
    pumps: Iterable[MessagePump] = chain((app,), *widgets)
    return any(each.is_running and not _awaits_messages(each) for each in pumps)


def _awaits_messages(pump: MessagePump) -> bool:
    return bool(pump._message_queue.ready_event._waiters)


def _next_due(loop: Any) -> float:
    """Seconds until the next thing is done that was put off."""
    times = (handle.when() for handle in loop._scheduled if not handle.cancelled())
    return float(min(times, default=float("inf")) - loop.time())
