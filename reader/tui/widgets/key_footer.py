"""The last row: the most useful keys of the present place, as many as fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from reader.tui.commands import Need
from reader.tui.hints import HINTS
from reader.tui.keymap import Keymap

_GAP = 2


class KeyFooter(Widget):
    """Keys and what they are for, from the list of commands.

    Args:
        keymap: Where the keys are.
        context: Which place to show the keys of.
        unsaved: Tells how many actions could not be saved yet, which is said before the keys.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"footer--key", "footer--label", "footer--unsaved"}
    DEFAULT_CSS = """
    KeyFooter {
        height: 1;
        background: $panel;
        color: $foreground;
        & > .footer--key { color: $accent; text-style: bold; background: $panel; }
        & > .footer--label { color: $foreground; background: $panel; }
        & > .footer--unsaved { color: $error; text-style: bold reverse; background: $panel; }
    }
    """

    def __init__(self, keymap: Keymap, context: str, unsaved: Callable[[], int]) -> None:
        super().__init__()
        self._unsaved = unsaved
        self.keymap = keymap
        self.context = context
        self.met: frozenset[Need] = frozenset()

    def show(self, context: str, met: frozenset[Need] = frozenset()) -> None:
        """Show the keys of a place where some needs of commands are met."""
        if (context, met) != (self.context, self.met):
            self.context, self.met = context, met
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the hints that fit, the first ones first."""
        key = self.get_component_rich_style("footer--key")
        label = self.get_component_rich_style("footer--label")
        segments = list(self._fitting(self.size.width, key, label))
        return Strip(segments).adjust_cell_length(self.size.width, label)

    def _fitting(self, width: int, key: Style, label: Style) -> Iterator[Segment]:
        used = 1
        yield Segment(" ", label)
        if count := self._unsaved():
            words = f" {count:,} NOT SAVED "
            used += len(words) + _GAP
            yield Segment(words, self.get_component_rich_style("footer--unsaved"))
            yield Segment(" " * _GAP, label)
        for keys, words in self._hints():
            needed = len(keys) + 1 + len(words)
            if used + needed > width:
                continue
            gap = " " * min(_GAP, width - used - needed)
            used += needed + len(gap)
            yield Segment(keys, key)
            yield Segment(f" {words}{gap}", label)

    def _hints(self) -> Iterator[tuple[str, str]]:
        for hint in HINTS[self.context]:
            if hint.needs and hint.needs not in self.met:
                continue
            keys = [shown for id in hint.commands if (shown := self.keymap.shown(id))]
            if keys:
                together = "" if all(len(shown) == 1 for shown in keys) else "/"
                yield together.join(keys), hint.label
