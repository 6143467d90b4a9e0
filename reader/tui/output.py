"""Composed rows on their way to a terminal that orders rows itself.

Widgets draw what is to be seen. Where a terminal would order it once more, each
row that changes is sent whole, as the row that the terminal turns into the one
composed: panes, dialogs and notices need no care of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from reader.text.terminals import TerminalProfile

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen


class RowCompositor(Compositor):
    """Sends changed rows whole where the terminal orders rows.

    Args:
        profile: Gives the terminal's profile, which the user may change.
    """

    def __init__(self, profile: Callable[[], TerminalProfile]) -> None:
        super().__init__()
        self._profile = profile
        self._sent: dict[int, str] = {}

    def seen_column(self, column: int, row: int) -> int:
        """Return the composed column that the mouse is on.

        Args:
            column: As the terminal tells it: of the row that it was sent.
            row: On the screen.
        """
        profile = self._profile()
        if profile.emitter != "terminal":
            return column
        from reader.text.emitters import seen_columns

        seen = seen_columns(self._sent.get(row, ""), profile)
        return seen[column] if 0 <= column < len(seen) else column

    def render_update(
        self,
        full: bool = False,
        screen_stack: list[Screen[object]] | None = None,
        simplify: bool = False,
    ) -> RenderableType | None:
        """What is to be written, or None when nothing has changed."""
        profile = self._profile()
        if profile.emitter == "visual":
            return super().render_update(full, screen_stack, simplify)
        width = self.size.width
        regions = [Region(0, dirty.y, width, dirty.height) for dirty in self._dirty_regions]
        self._dirty_regions = set(regions)
        update = super().render_update(full, screen_stack, simplify)
        if update is None:
            return None
        changed = RowUpdate(cast("LayoutUpdate | ChopsUpdate", update), profile)
        for y, strips in changed.rows():
            self._sent[y] = "".join(segment.text for strip in strips for segment in strip)
        return changed


class RowUpdate(CompositorUpdate):
    """Whole rows for a terminal that orders them.

    Args:
        update: What has changed, with all columns of each row.
        profile: The terminal.
    """

    def __init__(self, update: LayoutUpdate | ChopsUpdate, profile: TerminalProfile) -> None:
        self._update = update
        self._profile = profile

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The rows as composed: what a picture shows."""
        yield from self._update.__rich_console__(console, options)

    def render_segments(self, console: Console) -> str:
        """The bytes for the terminal."""
        sent = (
            Control.move_to(0, y).segment.text + emitted(strips, self._profile).render(console)
            for y, strips in self.rows()
        )
        return "".join(sent)

    def rows(self) -> Iterable[tuple[int, Iterable[Strip]]]:
        """The number of each row, and its parts from left to right."""
        update = self._update
        if isinstance(update, LayoutUpdate):
            return enumerate(update.strips, update.region.y)
        chops = cast("Sequence[Mapping[int, Strip]]", update.chops)
        return [(y, chops[y].values()) for y, _, _ in update.spans]


def emitted(strips: Iterable[Strip], profile: TerminalProfile) -> Strip:
    """Return the row to send so that a terminal shows a composed row.

    Args:
        strips: Parts of the row from left to right, all its columns.
        profile: The terminal.
    """
    # Most terminals show rows as they are.
    from reader.text.emitters import emit_row

    pieces = [(segment.text, segment.style) for strip in strips for segment in strip]
    return Strip(Segment(text, style) for text, style in emit_row(pieces, profile, _face))


def _face(style: Style | None) -> tuple[bool, bool]:
    """What of a style chooses the font."""
    return (bool(style.bold), bool(style.italic)) if style is not None else (False, False)


def draw_again(app: App[Any]) -> None:
    """Lay everything out anew and send it, as if the size of the terminal had changed."""
    from reader.tui.widgets.row_scroll import RowScroll

    for screen in app.screen_stack:
        for widget in screen.walk_children(Widget, with_self=True):
            widget.notify_style_update()
            if isinstance(widget, RowScroll):
                widget.break_again()
            widget.post_message(events.Resize(widget.size, widget.virtual_size))
        screen.refresh(layout=True)


def place_mouse(event: events.MouseEvent, screen: Screen[Any]) -> None:
    """Put the mouse where it is seen; a terminal that orders rows tells another column."""
    compositor = screen._compositor
    if isinstance(compositor, RowCompositor):
        moved = compositor.seen_column(int(event.x), int(event.y)) - int(event.x)
        event._x += moved
        event._screen_x += moved
