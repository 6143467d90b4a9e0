"""The article with a panel: the inspector or the claim form, beside the text or below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container

from reader.tui.widgets.article_view import ArticleView
from reader.tui.widgets.frame import make_frame
from reader.tui.widgets.inspector_panel import InspectorPanel

if TYPE_CHECKING:
    from reader.tui.widgets.claim_panel import ClaimPanel

WIDE = 116
"""Columns from which the panel stands beside the text, and the inspector is shown at first."""

_LEAST_SIDE = 34
_MOST_SIDE = 90
_AROUND = 10
"""Columns beside the text: its margin, the scroll bar, and some to part it from the edges."""
_USUAL_WIDTH = 80


class ArticleSplit(Container):
    """Text and one panel; the claim form takes the inspector's place while it is open."""

    DEFAULT_CSS = """
    ArticleSplit {
        height: 1fr;
        layout: vertical;
        & #article { width: 1fr; height: 1fr; }
        & #inspector, & #claim-panel {
            height: 40%;
            min-height: 4;
            background: $surface;
            border-top: solid $panel;
        }
        & #claim-panel { height: 12; }
        &.-wide { layout: horizontal; }
        &.-wide #inspector, &.-wide #claim-panel {
            height: 100%;
            border-top: none;
            border-left: solid $panel;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.view = ArticleView(id="article")
        self.inspector = InspectorPanel(id="inspector")
        self.form: ClaimPanel | None = None
        self.text_width = _USUAL_WIDTH
        """Most columns of a row of text."""
        self.alone = False
        """Whether the text is to stand alone, but for a form."""
        self.share = 1
        """How many of these stand side by side on the screen."""
        self.asked: bool | None = None
        """Whether the inspector is to be shown; None where there is room."""

    def compose(self) -> ComposeResult:
        """Text and inspector."""
        yield self.view
        yield self.inspector

    @property
    def room(self) -> int:
        """Columns of the screen for this article."""
        return self.app.size.width // self.share

    @property
    def wide(self) -> bool:
        """Whether the panel stands beside the text."""
        return self.room >= WIDE

    def lay_out(self) -> None:
        """Put the panel where the terminal has room for it."""
        wide, width = self.wide, self.room
        self.set_class(wide, "-wide")
        shown = wide if self.asked is None else self.asked
        self.inspector.display = shown and self.form is None and not self.alone
        text = max(_USUAL_WIDTH, self.text_width) + _AROUND
        side = max(_LEAST_SIDE, min(_MOST_SIDE, width - text))
        for panel in (self.inspector, self.form):
            if panel is not None:
                panel.styles.width = side if wide else "100%"

    def widest(self) -> int:
        """Return the most columns of text that there is room for."""
        beside = self.wide and (self.inspector.display or self.form is not None)
        view = self.room - (_LEAST_SIDE if beside else 0)
        return make_frame(view - 1, view, False).text_width

    def show_inspector(self, shown: bool | None = None) -> None:
        """Show the inspector or hide it, whatever the width; by default change it."""
        self.asked = not self.inspector.display if shown is None else shown
        self.lay_out()

    async def open_form(self, panel: ClaimPanel) -> None:
        """Show the claim form in place of the inspector."""
        self.form = panel
        await self.mount(panel)
        self.lay_out()
        panel.focus()

    async def close_form(self) -> None:
        """Take the claim form away."""
        form, self.form = self.form, None
        if form is not None:
            await form.remove()
        self.lay_out()
        self.view.focus()
