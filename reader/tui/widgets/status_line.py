"""What is selected, to the letter, and what stands there."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from reader.annotation.schema import Schema
from reader.tui.themes import type_style
from reader.tui.widgets.pieces import joined, piece
from reader.values import dataclass

_ROOMY = 60
"""Columns from which more than quote and offsets has room in the row of the selection."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the status shows.

    Attributes:
        quotes: The exact text of each fragment of the selection.
        ranges: Their offsets, in code points.
        unit: What the selection is, such as a word or several sentences.
        pinned: How many of the fragments are pinned.
        progress: Share of the article up to the selection, 0 to 1.
        status: The annotator's status of the article.
        here: What stands under the selection, in pieces of one direction.
        colour: `#rrggbb` of the type of what stands there, or "".
        task: What the user is asked to select or type, or "".
        direction: What the user has set for the paragraph, or "".
        conflicts: How many conflicts of the library are to be settled.
        unsaved: How many actions could not be written to the library yet.
        hidden: What says that marks are hidden, or "".
    """

    quotes: tuple[str, ...] = ()
    ranges: tuple[tuple[int, int], ...] = ()
    unit: str = "word"
    pinned: int = 0
    progress: float = 0.0
    status: str = "new"
    here: tuple[str, ...] = ()
    colour: str = ""
    task: str = ""
    direction: str = ""
    conflicts: int = 0
    unsaved: int = 0
    hidden: str = ""


class StatusLine(Widget):
    """Two rows: the selection with its offsets, and the annotation under it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--quote", "status--dim", "status--task"}
    DEFAULT_CSS = """
    StatusLine {
        height: 2;
        background: $surface;
        color: $foreground;
        & > .status--quote { background: $surface; color: $foreground; text-style: bold; }
        & > .status--dim { background: $surface; color: $reader-dim; }
        & > .status--task { background: $surface; color: $accent; text-style: bold; }
        &:ansi > .status--dim { text-style: dim; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.reading = Reading()

    def show(self, reading: Reading) -> None:
        """Show another state."""
        if reading != self.reading:
            self.reading = reading
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the row of the selection, or that of what stands there."""
        return self._selection() if y == 0 else self._here()

    def _selection(self) -> Strip:
        width, plain = self.size.width, self.rich_style
        quote = self.get_component_rich_style("status--quote")
        words = self._facts() if width >= _ROOMY else self._places()
        facts = piece(words, width, self.get_component_rich_style("status--dim"))
        room = width - facts.cell_length - 2
        parts = [piece(" ", 1, plain)]
        for number, text in enumerate(self.reading.quotes):
            mark = piece(" … " if number else "", 3, plain)
            left = room - sum(part.cell_length for part in parts) - mark.cell_length - 2
            if left > 2:
                parts += [mark, piece("“", 1, plain), piece(text, left, quote)]
                parts.append(piece("”", 1, plain))
        return joined([joined(parts, width - facts.cell_length, plain), facts], width, plain)

    def _places(self) -> str:
        places = ", ".join(f"{start}–{end}" for start, end in self.reading.ranges)
        pins = f" · {self.reading.pinned} pinned" if self.reading.pinned else ""
        unsaved = f" · {self.reading.unsaved} NOT SAVED" if self.reading.unsaved else ""
        hidden = f" · {self.reading.hidden}" if self.reading.hidden else ""
        return f"{places}{pins}{hidden}{unsaved} "

    def _facts(self) -> str:
        now = self.reading
        turned = f" · ¶ {now.direction}" if now.direction else ""
        unsettled = f" · {now.conflicts:,} to settle" if now.conflicts else ""
        return (
            f"{self._places()}· {now.unit}{turned} · {now.progress:.0%} · {now.status}{unsettled} "
        )

    def _here(self) -> Strip:
        width, now = self.size.width, self.reading
        plain = self.rich_style
        if now.task:
            style = self.get_component_rich_style("status--task")
        elif now.colour:
            own = self.app.native_ansi_color
            style = plain + type_style(now.colour, plain.bgcolor, own)
        else:
            style = self.get_component_rich_style("status--dim")
        parts = [piece(" ", 1, plain)]
        for text in (now.task,) if now.task else now.here:
            parts.append(piece(text, width - 1 - sum(part.cell_length for part in parts), style))
        return joined(parts, width, plain)


class Legend(Widget):
    """One row: which digit tags with which type."""

    DEFAULT_CSS = """
    Legend { height: 1; background: $surface; color: $foreground; }
    """

    def __init__(self, schema: Schema) -> None:
        super().__init__()
        self.schema = schema

    def show(self, schema: Schema) -> None:
        """Show the types of a schema."""
        self.schema = schema
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the types with their keys, in their colours."""
        plain, own = self.rich_style, self.app.native_ansi_color
        parts = [piece(" ", 1, plain)]
        for kind in self.schema.offered:
            if kind.key:
                colour = plain + type_style(kind.colour, plain.bgcolor, own)
                parts.append(piece(f"{kind.key} ", 2, plain + Style(bold=True)))
                parts.append(piece(f"{kind.name}", 20, colour))
                parts.append(piece("  ", 2, plain))
        return joined(parts, self.size.width, plain)
