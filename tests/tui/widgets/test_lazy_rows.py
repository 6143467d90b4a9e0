"""A long list costs what is seen of it."""

from __future__ import annotations

from textual.app import App, ComposeResult

from reader.tui.themes import DARK, THEMES
from reader.tui.widgets.lazy_rows import LazyRows
from reader.tui.widgets.rows import Cell, Row, RowList


class ListApp(App[None]):
    """Shows a list of numbers, and keeps which rows were made."""

    def __init__(self, count: int) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK
        self.count = count
        self.made: set[int] = set()
        self.rows = RowList((0, 8), driven=True)

    def compose(self) -> ComposeResult:
        yield self.rows

    def on_mount(self) -> None:
        self.show()

    def show(self, cursor: int = 0) -> None:
        self.rows.show(LazyRows(range(self.count), self.row), cursor)

    def row(self, number: int) -> Row:
        self.made.add(number)
        return Row((Cell(f"row {number}"), Cell("")), number)

    def seen(self) -> list[str]:
        return [self.rows.render_line(y).text[1:10].strip() for y in range(self.rows.size.height)]


async def test_only_rows_in_sight_are_made() -> None:
    app = ListApp(20_000)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert app.seen() == [f"row {number}" for number in range(10)]
        app.rows.move_to(19_999)
        await pilot.pause()
        assert app.seen() == [f"row {number}" for number in range(19_990, 20_000)]
        app.rows.move(-1)
        app.rows.move_page(-1)
        await pilot.pause()
        assert app.rows.current == app.row(19_989)
        app.show(10_000)
        await pilot.pause()
        assert "row 10000" in app.seen()
        assert len(app.made) < 100


def test_rows_are_like_any_sequence() -> None:
    rows = LazyRows("abc", lambda char: Row((Cell(char),), char))
    assert [row.value for row in rows] == ["a", "b", "c"]
    assert [row.value for row in rows[1:]] == ["b", "c"]
    assert rows[-1].value == "c"
    assert len(rows) == 3
    assert rows[0] in rows
