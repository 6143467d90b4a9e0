"""The statistics: what is marked, in numbers and bars, each of which leads to what it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import ClassVar

from reader.annotation.statistics import Statistics, StatisticsView
from reader.overview.census import Census
from reader.overview.charts import Bar, Chart, charts, head_parts, sentence_chart
from reader.overview.shelf import languages
from reader.tui.commands import Need
from reader.tui.jumps import StatisticsSpot
from reader.tui.screens.base import Verb, list_verbs, needs_met
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.screens.statistics_rows import (
    Line,
    columns,
    empty_rows,
    line_row,
    lines,
    shown_words,
)
from reader.tui.screens.tables import TablesScreen
from reader.tui.widgets.lazy_rows import LazyRows
from reader.tui.widgets.rows import Row
from reader.tui.widgets.text_row import TextRow

_AT_ONCE = 0.05
"""Seconds for which one waits for the numbers when the screen opens: most libraries need less."""


class StatisticsScreen(TablesScreen):
    """Charts of what is marked; the sentences are counted while one looks at the rest.

    Args:
        spot: What to count, and where to put the cursor.
    """

    CONTEXT: ClassVar[str] = "statistics"

    def __init__(self, spot: StatisticsSpot) -> None:
        super().__init__(columns(80))
        self.view, self._home, self.here = spot.view, spot.home, spot.here
        self.lines: Sequence[Line] = ()
        self._row = spot.row
        self._unfolded: set[str] = set()
        self._counted: Statistics | None = None
        self._charts: tuple[Chart, ...] = ()
        self._people: dict[str, str] = {}

    @property
    def census(self) -> Census:
        """What has been counted."""
        return self.program.views.census

    @property
    def current(self) -> Bar | None:
        """The bar under the cursor."""
        at = self.rows.cursor
        return self.lines[at].bar if at < len(self.lines) else None

    @property
    def met(self) -> frozenset[Need]:
        """Whether there is a bar, and an article that alone can be counted."""
        rows: set[Need] = {"row"} if self.lines else set()
        narrowed: set[Need] = {"article"} if self.view.articles or self._article_here else set()
        return frozenset(needs_met(self.rows) | rows | narrowed)

    @property
    def _article_here(self) -> str:
        """The id of the article under the cursor, else of the one that one comes from, or ""."""
        bar = self.current
        return bar.key if bar is not None and bar.kind == "article" else self.here

    def spot(self) -> StatisticsSpot:
        """Where one is."""
        return StatisticsSpot(self.view, self._home, self.here, self._kept())

    def refill(self) -> None:
        """Count what has not been counted yet: a moment of it at once, the rest beside the keys."""
        if not (self.census.is_current(self.view) and self.census.whole):
            self.slices.start(self.census.steps(self.view))
            until = monotonic() + _AT_ONCE
            self.slices.go_on(lambda: monotonic() > until)
        self.tell()

    def look(self, view: StatisticsView) -> None:
        """Count something else."""
        self.view = view
        self.refill()

    def _kept(self) -> tuple[str, str]:
        """What tells the row under the cursor from others."""
        at = self.rows.cursor
        return self.lines[at].key if at < len(self.lines) else self._row

    def tell(self) -> None:
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
        words = shown_words(census, self.slices.busy, self._people)
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

    async def take(self) -> None:
        """Go to what the row under the cursor leads to."""
        from reader.tui.verbs.statistics import take

        await take(self)

    def verbs(self) -> Mapping[str, Verb]:
        """Move in the charts, filter, go to what a row counts, leave."""
        return list_verbs(self.rows) | {
            "list.accept": self.take,
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
            self.tell()

    def go_to_chart(self, kind: str) -> None:
        """Put the cursor on the first bar of a chart, if it shows, and its heading at the top."""
        for index, line in enumerate(self.lines):
            if line.bar is not None and line.bar.kind == kind:
                self.go_to(index)
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
        article = self._article_here
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
