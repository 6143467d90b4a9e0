"""The inspector beside or below the text: a list that keeps its place and what is unfolded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual.geometry import Region

from reader.annotation.annotation_set import AnnotationSet, Placed
from reader.annotation.schema import Schema
from reader.tui.commands import Need
from reader.tui.widgets.inspector import OtherName, Room, inspector_rows
from reader.tui.widgets.inspector_listing import Entry, Unfolded, listing
from reader.tui.widgets.margin import NO_OTHERS
from reader.tui.widgets.rows import Row, RowList

_COLUMNS = (10, 0, 8)
"""Widths of the columns: kind, text, remark."""
_WIDE_COLUMNS = (10, 0, 26, 8)
"""The same with one for other names, claimants, and what notes are on."""
_WIDE = 80
"""Columns from which there are four."""
_LEAST_DETAILS = 9
"""Rows that an inspector beside the text keeps for what stands under the selection, at least."""


class InspectorPanel(RowList):
    """What stands under the selection, and all that the article has."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(_COLUMNS, id=id)
        self._unfolded: dict[str, Unfolded] = {}
        self._left = ""

    @property
    def entry(self) -> Entry:
        """What the row under the cursor stands for."""
        value = self.current.value if self.current is not None else None
        return value if isinstance(value, Entry) else Entry(None)

    @property
    def met(self) -> set[Need]:
        """What the row under the cursor has: a place in the text, mentions to show."""
        entry = self.entry
        has: dict[Need, object] = {"place": entry.place, "group": entry.group}
        return {need for need, found in has.items() if found}

    def show_article(
        self,
        article: str,
        records: AnnotationSet,
        schema: Schema,
        here: Sequence[Placed],
        other: OtherName,
        beside: bool,
        signs: Mapping[str, str] = NO_OTHERS,
    ) -> None:
        """Show an article's annotations; while one is in the text, from the beginning.

        Args:
            article: Its id.
            records: Its records and the shared ones.
            schema: For the colours of types.
            here: What stands under the selection, innermost first.
            other: Gives the name of an annotator who is somebody else, else "".
            beside: Whether the panel stands beside the text.
            signs: Signs of these annotators, by id.
        """
        wide = self.scrollable_content_region.width >= _WIDE
        self.columns = _WIDE_COLUMNS if wide else _COLUMNS
        details = max(_LEAST_DETAILS, self.size.height // 4) if beside else 0
        room = Room(len(self.columns), self.room(1), details)
        unfolded = tuple(self._unfolded.values())
        rest = listing(article, records, schema, unfolded, room.columns, tuple(signs.items()))
        rows = inspector_rows(rest, records, schema, here, room, other)
        self.show(rows, self.cursor if self.has_focus else 0)

    def leave(self) -> None:
        """Remember the row under the cursor."""
        self._left = self.entry.key

    def come_back(self) -> None:
        """Go to the row that was left, if it is still there."""
        self._go(self._left)

    def fold(self, count: Callable[[str], tuple[int, int]], again: Callable[[], None]) -> bool:
        """Show or hide the mentions of the entity under the cursor; tell whether there is one.

        Args:
            count: Gives the mentions elsewhere, and in how many articles, by key.
            again: Shows the article again.
        """
        group = self.entry.group
        if not group:
            return False
        if group in self._unfolded:
            del self._unfolded[group]
        else:
            self._unfolded[group] = Unfolded(group, *count(group))
        again()
        self._go(group)
        self.call_after_refresh(self._show_mentions)
        return True

    def _show_mentions(self) -> None:
        """Scroll so that what belongs to the row under the cursor shows too."""
        group, last = self.entry.group, self.cursor
        while last + 1 < len(self.rows) and _belongs(self.rows[last + 1], group):
            last += 1
        rows = min(last - self.cursor + 1, max(1, self.size.height))
        self.scroll_to_region(Region(0, self.cursor, 1, rows), animate=False, force=True)

    def _go(self, key: str) -> None:
        keys = (row.value.key if isinstance(row.value, Entry) else "" for row in self.rows)
        places = [number for number, each in enumerate(keys) if key and each == key]
        if places:
            self.move_to(places[0])


def _belongs(row: Row, group: str) -> bool:
    """Whether a row is one of an entity's mentions, or says how many there are elsewhere."""
    return row.more or (isinstance(row.value, Entry) and row.value.group == group)
