"""The rows of the statistics: names, bars and counts in columns, and what is said above them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from reader.annotation.coverage import CoverageCount
from reader.annotation.schema import Schema
from reader.overview.census import Census
from reader.overview.charts import Bar, Chart, details
from reader.text.bars import bar
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row

FOLDED = 10
"""Bars of a chart that show before it is unfolded."""
_NARROW, _WIDE = 70, 110
"""Columns of the screen from which there is room for more."""
_LONGEST_BAR = 80
_COUNT = 7


class Line(NamedTuple):
    """A row of the screen.

    Attributes:
        chart: The chart it belongs to.
        bar: What it shows of it, or None.
        more: For the row below a long chart, how many bars it hides; 0 when it hides them again.
    """

    chart: Chart | None
    bar: Bar | None = None
    more: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the other rows."""
        kind = "" if self.chart is None else self.chart.kind
        if self.bar is not None:
            return kind, self.bar.key
        return kind, "" if self.more is None else "\n"


def lines(charts: Iterable[Chart], unfolded: Collection[str]) -> Iterator[Line]:
    """Give the rows of charts: of long ones the first, unless they are unfolded."""
    for number, chart in enumerate(charts):
        if number:
            yield Line(None)
        yield Line(chart)
        most = len(chart.bars) if chart.kind in unfolded else FOLDED
        yield from (Line(chart, each) for each in chart.bars[:most])
        if len(chart.bars) > FOLDED:
            yield Line(chart, None, len(chart.bars) - most if most == FOLDED else 0)


def bar_width(width: int) -> int:
    """Return the columns of the bars on a screen of a width."""
    if width < _NARROW:
        return width // 4
    return width // 5 if width < _WIDE else min(_LONGEST_BAR, 3 * width // 8)


def columns(width: int) -> tuple[int, ...]:
    """Name, bar, count, and with room what is to be said of it."""
    if width < _NARROW:
        return (0, bar_width(width), _COUNT)
    return (0, bar_width(width), _COUNT, 26 if width < _WIDE else 34)


def line_row(line: Line, coverage: CoverageCount, schema: Schema, width: int) -> Row:
    """Return the row of a line."""
    chart, shown = line.chart, line.bar
    if chart is None:
        return Row((Cell("", base=0),), None, heading=True)
    if shown is not None:
        return Row(tuple(_cells(chart, shown, coverage, schema, width)), line.key)
    if line.more is None:
        return Row((Cell(chart.title, base=0),), None, heading=True)
    words = f"{line.more:,} more" if line.more else "fewer"
    return Row((Cell(f"… {words}", "dim", base=0),), line.key)


def _cells(
    chart: Chart, shown: Bar, coverage: CoverageCount, schema: Schema, width: int
) -> Iterator[Cell]:
    yield Cell(shown.name)
    drawn = bar(shown.length, chart.most, bar_width(width))
    yield Cell(drawn, colour=_colour(shown, schema), base=0)
    yield Cell(f"{shown.length:>{_COUNT},}", "strong" if shown.length else "dim", base=0)
    if width >= _NARROW:
        yield Cell(details(shown, coverage), "dim", base=0)


def _colour(shown: Bar, schema: Schema) -> str:
    """The colour of the entity type that a bar is about, if it is about one."""
    name = shown.key if shown.kind == "type" else getattr(shown.value, "type", "")
    kind = schema.entity_type(name)
    return "" if kind is None else kind.colour


def shown_words(census: Census, busy: bool, people: dict[str, str]) -> str:
    """Say what is counted, and how far that is.

    Args:
        census: What has been counted.
        busy: Whether it goes on.
        people: Names of annotators, by id.
    """
    view = census.view
    titles = [isolated(each.entry.title) for each in census.articles.values()]
    parts = (
        f"only “{titles[0]}”" if view.articles and titles else "",
        f"language {isolated(view.language)}" if view.language else "",
        f"marked by {isolated(people.get(view.annotator, ''))}" if view.annotator else "",
    )
    told = " · ".join(filter(None, parts)) or "all articles"
    read, of = census.coverage.total.read, len(census.articles)
    now = f"sentences of {read:,} of {of:,} articles · " if busy and read < of else ""
    return f" {now}{told}"


def empty_rows() -> Iterator[Row]:
    """What stands in place of the statistics of nothing."""
    yield Row((Cell("There is nothing to count: no article is like that.", base=0),))
