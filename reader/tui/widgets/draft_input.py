"""What a line to type into and an editor of several lines share: keys, paste, mouse, drawing."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.text.draft import Draft, control_count
from reader.text.layout import Cell, Line
from reader.tui.commands import COMMANDS
from reader.tui.widgets.article_rows import Place
from reader.tui.widgets.clicks import Clicks
from reader.tui.widgets.draft_rows import DraftRows
from reader.tui.widgets.overlay import Look, row_looks
from reader.tui.widgets.text_row import cell_segments

_Edit = Callable[[Draft], Draft]
_Motion = Callable[[Draft, DraftRows, bool], Draft]

EDITS: dict[str, _Edit] = {
    "edit.backspace": Draft.backspace,
    "edit.delete": Draft.delete,
    "edit.delete_word": Draft.delete_word,
    "edit.delete_to_start": Draft.delete_to_start,
    "edit.delete_to_end": Draft.delete_to_end,
    "edit.mark": Draft.mark,
    "edit.select_all": Draft.select_all,
    "edit.undo": Draft.undo,
    "edit.redo": Draft.redo,
    "edit.break": lambda draft: draft.insert("\n"),
}
"""What each command does to the text."""

MOTIONS: dict[str, _Motion] = {
    "edit.left": lambda draft, rows, select: rows.beside(draft, -1, select=select),
    "edit.right": lambda draft, rows, select: rows.beside(draft, +1, select=select),
    "edit.word_left": lambda draft, rows, select: rows.word(draft, -1, select=select),
    "edit.word_right": lambda draft, rows, select: rows.word(draft, +1, select=select),
    "edit.row_start": lambda draft, rows, select: rows.row_start(draft, select=select),
    "edit.row_end": lambda draft, rows, select: rows.row_end(draft, select=select),
    "edit.first": lambda draft, rows, select: draft.to(0, select=select),
    "edit.last": lambda draft, rows, select: draft.to(len(draft.text), select=select),
}
"""Where each command puts the caret; with Shift they select."""

_BROKEN = Look(chosen="selected")

SELECTING = frozenset({*MOTIONS, "edit.up", "edit.down", "edit.page_up", "edit.page_down"})
"""Commands that select when Shift is held."""

KEYS = {key: c.id for c in COMMANDS if c.scope in ("edit", "lines") for key in c.keys}
"""The commands by their keys, where no screen looks keys up."""

_AFTER = Cell(" ", 1, 0, 0, 0, 0)
"""What the caret stands on beside a row, and what shows that a break is selected."""


def without_shift(key: str) -> str | None:
    """Return what a key is called without Shift, as `ctrl+left` of `ctrl+shift+left`."""
    plain = key.replace("shift+", "", 1)
    return plain if plain != key else None


class DraftInput(Widget, can_focus=True):
    """A text that is typed into.

    Args:
        draft: What it holds at first.
        base: Base level of all paragraphs; None for each one's own.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"draft--selection"}
    DEFAULT_CSS = """
    DraftInput {
        & > .draft--selection { background: $primary; color: $background; }
    }
    """
    ALLOW_SELECT = False

    class Copied(Message):
        """A part of the text is to be put into the clipboard."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Trimmed(Message):
        """Not all of a paste was taken.

        Attributes:
            left_out: Code points that found no room.
            controls: Control characters among the rest, which are never taken.
        """

        def __init__(self, left_out: int, controls: int) -> None:
            super().__init__()
            self.left_out = left_out
            self.controls = controls

    def __init__(
        self, draft: Draft, base: int | None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._draft = draft
        self._base = base
        self._laid: DraftRows | None = None
        self._clicks = Clicks()
        self._held: tuple[int, int] | None = None

    @property
    def draft(self) -> Draft:
        """The text as it is edited."""
        return self._draft

    @property
    def value(self) -> str:
        """What was typed, in logical order."""
        return self._draft.text

    @property
    def caret(self) -> int:
        """The code point before which typed text goes."""
        return self._draft.caret

    @property
    def rows(self) -> DraftRows:
        """The text laid out."""
        width = self._columns()
        laid = self._laid
        if laid is None or laid.text is not self._draft.text or laid.width != width:
            laid = self._laid = DraftRows(self._draft.text, width, self._base)
        return laid

    @abstractmethod
    def _columns(self) -> int:
        """Columns to lay the text out in."""

    @abstractmethod
    def _tell(self) -> None:
        """Say that the text has changed."""

    @abstractmethod
    def _under(self, offset: Offset) -> tuple[Place, int]:
        """The row under the pointer or nearest to it, and the column of the layout."""

    def edit(self, id: str, *, select: bool = False) -> None:
        """Do what a command means in a text.

        Args:
            id: A command of the scopes `edit` and `lines`.
            select: Whether Shift is held.
        """
        if id in MOTIONS:
            self.take(MOTIONS[id](self._draft, self.rows, select))
        elif id in EDITS:
            self.take(EDITS[id](self._draft))
        elif id == "edit.paste":
            self.paste(self._draft.killed or self.app.clipboard)
        elif self._draft.selected:
            self.post_message(self.Copied(self._draft.selected))
            self.take(self._draft.cut() if id == "edit.cut" else self._draft.copied())

    def paste(self, text: str) -> None:
        """Put a text in as a whole."""
        clean = self._draft.clean(text)
        left_out, controls = max(0, len(clean) - self._draft.room()), control_count(text)
        self.take(self._draft.insert(text))
        if left_out or controls:
            self.post_message(self.Trimmed(left_out, controls))

    def type_in(self, event: events.Key) -> bool:
        """Type the character of a key; False if it has none."""
        char = event.character
        if not char or event.key.startswith(("ctrl+", "alt+", "super+")):
            return False
        if char < " " or not self._draft.clean(char):
            return False
        self.take(self._draft.insert(char))
        return True

    async def press(self, event: events.Key) -> bool:
        """Do what a key means in a text; False if it means nothing here."""
        id, plain = KEYS.get(event.key), without_shift(event.key)
        if id is None and plain is not None and KEYS.get(plain) in SELECTING:
            self.edit(KEYS[plain], select=True)
        elif id is not None:
            self.edit(id)
        else:
            return self.type_in(event)
        return True

    async def on_key(self, event: events.Key) -> None:
        """Edit; a key that means nothing here, such as Escape, goes on to the screen."""
        if await self.press(event):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Put a pasted text in."""
        event.stop()
        self.paste(event.text)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the caret under the pointer; twice selects the word, thrice the line."""
        offset = event.get_content_offset(self)
        if offset is None or event.button != 1:
            return
        self.capture_mouse()
        place, column = self._under(offset)
        clicked = self.rows.hit(self._draft.unselect(), place, column)
        count = self._clicks.count(event)
        if event.shift:
            clicked = self.rows.hit(self._draft, place, column, select=True)
        elif count == 2:
            clicked = clicked.select(*clicked.word_at(clicked.caret))
        elif count == 3:
            clicked = clicked.select(
                clicked.line_start(clicked.caret), clicked.line_end(clicked.caret)
            )
        anchor = clicked.caret if clicked.anchor is None else clicked.anchor
        self._held = (anchor, clicked.caret)
        self.take(clicked)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the pointer while the button is held."""
        if self._held is None:
            return
        place, column = self._under(Offset(event.x, event.y) - self._inset())
        to = self.rows.hit(self._draft.unselect(), place, column).caret
        first, last = sorted(self._held)
        start, end = min(first, to), max(last, to)
        at, other = (start, end) if to < first else (end, start)
        self.take(self._draft.unselect().to(other).to(at, select=True))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End a drag."""
        if self._held is not None:
            self._held = None
            self.release_mouse()

    def _inset(self) -> Offset:
        return self.content_region.offset - self.region.offset

    def on_focus(self) -> None:
        """Show the caret."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the caret."""
        self.refresh()

    def take(self, draft: Draft) -> None:
        """Show another state of the text."""
        before, self._draft = self._draft, draft
        if draft.text != before.text:
            self._tell()
        self.refresh()

    def paint(
        self,
        line: Line,
        offset: int,
        first: int,
        width: int,
        caret: int | None,
        *,
        broken: int | None = None,
    ) -> Strip:
        """Draw some columns of a row.

        Args:
            line: The row.
            offset: Where its paragraph starts in the text.
            first: The first column of the layout that shows.
            width: How many of them show.
            caret: The column of the caret, if it is in this row.
            broken: The column that shows that the break of the row is selected, if it is.
        """
        looks = row_looks(line, offset, (), (), [(*self._draft.selection, "selected")])
        plain = self.rich_style
        styles: dict[Look, Style] = {Look(): plain}
        for look in {*looks, _BROKEN} - {Look()}:
            styles[look] = plain + self._look_style(look)
        shown = [
            (column, cell, styles[look])
            for (column, cell), look in zip(line.columns(), looks, strict=True)
            if first <= column and column + cell.width <= first + width
        ]
        if broken is not None:
            shown.append((broken, _AFTER, styles[_BROKEN]))
        if caret is not None and not any(at <= caret < at + c.width for at, c, _ in shown):
            shown.append((caret, _AFTER, plain))
        shown.sort(key=lambda each: each[0])
        return _strip(shown, first, width, caret if self.has_focus else None, plain)

    def _look_style(self, look: Look) -> Style:
        if look.partly:
            return Style(underline=True)
        system = self.app.console.color_system
        if self.app.no_color or system not in ("256", "truecolor"):
            # In few colours the ground of a selection may be that of the caret.
            return Style(underline=True, bold=True)
        return self.get_component_rich_style("draft--selection")

    def point_terminal_at(self, x: int, y: int) -> None:
        """Put the terminal's own cursor there: input methods open their windows beside it."""
        if self.has_focus:
            self.app.cursor_position = self.content_region.offset + Offset(x, y)


def _strip(
    shown: list[tuple[int, Cell, Style]], first: int, width: int, caret: int | None, plain: Style
) -> Strip:
    """Set cells where they belong, blanks between them, the one of the caret reversed."""
    segments: list[Segment] = []
    reached = first
    on_caret = plain + Style(reverse=True)
    run: list[tuple[Cell, Style]] = []
    for column, cell, style in shown:
        if column < reached or column + cell.width > first + width:
            continue
        if column > reached:
            segments += [*cell_segments(run), Segment(" " * (column - reached), plain)]
            run = []
        on = caret is not None and column <= caret < column + cell.width
        run.append((cell, on_caret if on else style))
        reached = column + cell.width
    segments += [*cell_segments(run), Segment(" " * (first + width - reached), plain)]
    return Strip([segment for segment in segments if segment.text], width)
