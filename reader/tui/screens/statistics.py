"""The statistics: what is marked, in numbers and bars, each of which leads to what it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Any, ClassVar

from textual import events

from reader.annotation.statistics import Statistics, StatisticsView
from reader.errors import ReaderError
from reader.overview.census import Census
from reader.overview.charts import Bar, Chart, charts, head_parts, sentence_chart
from reader.overview.shelf import languages
from reader.session import Changed
from reader.tui.jumps import StatisticsSpot
from reader.tui.screens.base import CommandScreen, Verb, list_verbs
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.screens.slices import Slices
from reader.tui.screens.statistics_rows import (
    Line,
    columns,
    empty_rows,
    line_row,
    lines,
    shown_words,
)
from reader.tui.widgets.lazy_rows import LazyRows
from reader.tui.widgets.rows import Row, RowList
from reader.tui.widgets.text_row import TextRow

_AT_ONCE = 0.05
"""Seconds for which one waits for the numbers when the screen opens: most libraries need less."""


class StatisticsScreen(CommandScreen[None]):
    """Charts of what is marked; the sentences are counted while one looks at the rest.

    Args:
        spot: What to count, and where to put the cursor.
    """

    CONTEXT: ClassVar[str] = "statistics"
    STAYS: ClassVar[bool] = True
    DEFAULT_CSS = """
    StatisticsScreen {
        & > #head { background: $panel; color: $accent; text-style: bold; }
        & > #shown { background: $panel; color: $foreground; }
        & > #charts { height: 1fr; }
    }
    """

    def __init__(self, spot: StatisticsSpot) -> None:
        super().__init__()
        self.view, self._home, self.here = spot.view, spot.home, spot.here
        self.rows = RowList(columns(80), driven=True, id="charts")
        self.lines: Sequence[Line] = ()
        self._row = spot.row
        self._unfolded: set[str] = set()
        self._counted: Statistics | None = None
        self._charts: tuple[Chart, ...] = ()
        self._people: dict[str, str] = {}
        self._slices = Slices(self, self._tell, self.refuse)

    def body(self) -> Iterator[Any]:
        """Head, what is counted, charts."""
        yield TextRow("", id="head", base=0)
        yield TextRow("", id="shown", base=0)
        yield self.rows

    def on_mount(self) -> None:
        """Begin to count."""
        self._unsubscribe = self.program.session.subscribe(self._on_changed)
        self.rows.focus()
        self.refill()

    def on_unmount(self) -> None:
        """Stop counting and listening."""
        self._slices.stop()
        self._unsubscribe()

    def on_screen_suspend(self) -> None:
        """Leave the time to what is open now."""
        self._slices.stop()

    def on_screen_resume(self) -> None:
        """Go on, with what was changed meanwhile."""
        if self.is_mounted:
            self.refill()

    def on_resize(self, event: events.Resize) -> None:
        """Share the width out anew."""
        self._tell()

    @property
    def census(self) -> Census:
        """What has been counted."""
        return self.program.views.census

    @property
    def current(self) -> Bar | None:
        """The bar under the cursor."""
        at = self.rows.cursor
        return self.lines[at].bar if at < len(self.lines) else None

    def spot(self) -> StatisticsSpot:
        """Where one is."""
        return StatisticsSpot(self.view, self._home, self.here, self._kept())

    def refill(self) -> None:
        """Count what has not been counted yet: a moment of it at once, the rest beside the keys."""
        if not (self.census.is_current(self.view) and self.census.whole):
            self._slices.start(self.census.steps(self.view))
            until = monotonic() + _AT_ONCE
            self._slices.go_on(lambda: monotonic() > until)
        self._tell()

    def take_news(self, here: bool) -> None:
        """Count what others have done."""
        if self.is_current:
            self.refill()

    def _on_changed(self, changed: Changed) -> None:
        if self.is_current:
            self.refill()

    def look(self, view: StatisticsView) -> None:
        """Count something else."""
        self.view = view
        self.refill()

    def _kept(self) -> tuple[str, str]:
        """What tells the row under the cursor from others."""
        at = self.rows.cursor
        return self.lines[at].key if at < len(self.lines) else self._row

    def _tell(self) -> None:
        """Show what is known by now; what was counted before stays until then."""
        census = self.census
        if census.statistics is None or census.view != self.view:
            self.query_one("#shown", TextRow).update(" counting…", 0)
            return
        if census.statistics is not self._counted:
            self._counted = census.statistics
            self._charts = charts(census.statistics, census.articles)
            self._people = {who.id: who.name for who in self.program.session.library.people.all()}
        kept, otherwise = self._kept(), self.rows.cursor
        sentences = sentence_chart(census.coverage.total, len(census.articles))
        shown = self._charts if sentences is None else (sentences, *self._charts)
        self.lines = list(lines(shown, self._unfolded))
        found = (i for i, line in enumerate(self.lines) if line.key == kept and kept[1])
        self._show(next(found, otherwise))
        head = " · ".join(head_parts(census.statistics))
        self.query_one("#head", TextRow).update(f" {head}", 0)
        words = shown_words(census, self._slices.busy, self._people)
        self.query_one("#shown", TextRow).update(words, 0)

    def _show(self, cursor: int) -> None:
        width = self.app.size.width
        self.rows.columns = columns(width)
        schema, coverage = self.program.session.schema, self.census.coverage
        make = partial(line_row, coverage=coverage, schema=schema, width=width)
        rows: Sequence[Row] = LazyRows(self.lines, make) if self.lines else list(empty_rows())
        self.rows.show(rows, cursor)
        # A row may say more by now than when it was drawn, for the same line.
        self.rows.refresh()

    def verbs(self) -> Mapping[str, Verb]:
        """Move in the charts, filter, go to what a row counts, leave."""
        from reader.tui.verbs.statistics import take

        return list_verbs(self.rows) | {
            "list.accept": lambda: take(self),
            "list.cancel": self._leave,
            "statistics.next": lambda: self._go_to_chart(+1),
            "statistics.previous": lambda: self._go_to_chart(-1),
            "statistics.article": self._turn_article,
            "statistics.language": self._ask_language,
            "statistics.annotator": self._ask_annotator,
        }

    def fold(self) -> None:
        """Show all bars of the chart under the cursor, or the first ones alone."""
        chart = self.lines[self.rows.cursor].chart
        if chart is not None:
            self._unfolded ^= {chart.kind}
            self._tell()

    def go_to_chart(self, kind: str) -> None:
        """Put the cursor on the first bar of a chart, if it shows, and its heading at the top."""
        for index, line in enumerate(self.lines):
            if line.bar is not None and line.bar.kind == kind:
                self.rows.move_to(index)
                self.rows.scroll_to(y=index - 1, animate=False, force=True)
                return

    def _go_to_chart(self, step: int) -> None:
        kinds = list(dict.fromkeys(line.chart.kind for line in self.lines if line.chart))
        if kinds:
            here = self.lines[self.rows.cursor].chart
            at = kinds.index(here.kind) if here is not None else 0
            self.go_to_chart(kinds[(at + step) % len(kinds)])

    def _leave(self) -> None:
        """Count again what was counted at first, else go back to where one was."""
        if self.view != self._home:
            self.look(self._home)
        else:
            self.dismiss(None)

    def _turn_article(self) -> None:
        bar = self.current
        article = bar.key if bar is not None and bar.kind == "article" else self.here
        if self.view.articles:
            self.look(replace(self.view, articles=()))
        elif article:
            self.look(replace(self.view, articles=(article,)))
        else:
            self.program.notify("Put the cursor on an article.")

    async def _ask_language(self) -> None:
        entries = self.program.session.articles()
        choices = [Choice("all", "", f"{len(entries):,}", key="a")]
        for number, (code, count) in enumerate(languages(entries), 1):
            choices.append(Choice(code, code, f"{count:,}", key=str(number)))
        overlay: ChoiceScreen[str] = ChoiceScreen("Count the articles of which language?", choices)
        await self.ask(overlay, lambda code: self.look(replace(self.view, language=code)))

    async def _ask_annotator(self) -> None:
        people = self.program.session.library.people.all()
        choices = [Choice("everybody", "", key="a")]
        choices += [Choice("", who.id, who.name) for who in people]
        overlay: ChoiceScreen[str] = ChoiceScreen("Count what whom has marked?", choices)
        await self.ask(overlay, lambda id: self.look(replace(self.view, annotator=id)))

    async def on_row_list_taken(self, event: RowList.Taken) -> None:
        """Go to what the row that is clicked counts."""
        from reader.tui.verbs.statistics import take

        await self.attempt(lambda: take(self))

    def refuse(self, error: ReaderError) -> None:
        """Say what could not be counted."""
        self._slices.stop()
        super().refuse(error)
