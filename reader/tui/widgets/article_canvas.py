"""An article drawn row by row: only the rows whose look changes are drawn again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from textual.message import Message
from textual.strip import Strip

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.schema import DEFAULT_SCHEMA, Schema
from reader.corpus.article import Article
from reader.text.selection import Range, Selection
from reader.tui.widgets.article_rows import ArticleRows, Place
from reader.tui.widgets.look_styles import Colours, LookStyles
from reader.tui.widgets.overlay import Proposed
from reader.tui.widgets.row_painter import RowPainter
from reader.tui.widgets.row_scroll import RowScroll
from reader.tui.widgets.row_signs import Sign, with_signs

S = TypeVar("S", bound=tuple[Any, ...])

_MOST_DRAWN = 400
"""Rows kept as drawn."""

_FEW = 64
"""Changes that are looked up row by row; more of them draw the whole view again."""


class ArticleCanvas(RowScroll):
    """The rows of an article with its annotations and a selection."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"article--dim", "article--partly", "article--sign"}
    DEFAULT_CSS = """
    ArticleCanvas {
        background: $background;
        color: $foreground;
        & > .article--dim { color: $foreground 60%; }
        & > .article--partly { color: $accent; }
        & > .article--sign { color: $background; background: $accent; }
        &:nocolor > .article--sign {
            color: $foreground;
            background: $background;
            text-style: bold reverse;
        }
    }
    """

    class SelectionChanged(Message, namespace="article_view"):
        """Something else is selected."""

        def __init__(self, view: ArticleCanvas, selection: Selection) -> None:
            super().__init__()
            self.view = view
            self.selection = selection

        @property
        def control(self) -> ArticleCanvas:
            """The view."""
            return self.view

    def __init__(self, *, text_width: int = 80, id: str | None = None) -> None:
        super().__init__(text_width=text_width, id=id)
        self._article: Article | None = None
        self._schema = DEFAULT_SCHEMA
        self._painter: RowPainter | None = None
        self._styles: LookStyles | None = None
        self._drawn: dict[Place, tuple[Range, Strip]] = {}
        self._signs: Mapping[Place, Sequence[Sign]] = {}
        self._lit: Range | None = None
        self._hits: Sequence[Range] = ()
        self._proposed: Sequence[Proposed] = ()
        self._quiet = False
        self._selection = Selection(0, 0)
        self.others: Callable[[], Mapping[str, str]] = dict
        """Gives the signs of the annotators who are somebody else, by id."""

    @property
    def selection(self) -> Selection:
        """What is selected."""
        return self._selection

    def set_article(
        self,
        article: Article,
        rows: ArticleRows,
        annotations: AnnotationSet,
        schema: Schema,
        selection: Selection,
    ) -> None:
        """Draw another article, from its beginning."""
        self._article, self._schema, self._styles = article, schema, None
        self._painter = RowPainter(article, annotations, schema, rows.starts, self.others())
        self._selection = selection
        self._lit = self._light(selection)
        self._signs, self._hits, self._proposed = {}, (), ()
        self.set_rows(rows)
        self.post_message(self.SelectionChanged(self, selection))

    def update_annotations(
        self, annotations: AnnotationSet, article: Article | None = None
    ) -> None:
        """Show other annotations, or other parts, of the article.

        Rows that look the same stay as drawn.
        """
        if self._article is None or self._painter is None:
            return
        before, self._article = self._painter, article or self._article
        self._painter = RowPainter(
            self._article, annotations, self._schema, self._rows.starts, self.others()
        )
        self._draw_again(self._painter.changes(before))

    def set_selection(self, selection: Selection) -> None:
        """Select something else, without scrolling to it."""
        before, self._selection = self._selection, selection
        if selection == before or self._quiet:
            return
        self._draw_again(_differing(before, selection))
        self._light_again()
        self.post_message(self.SelectionChanged(self, selection))

    def show_signs(self, signs: Mapping[Place, Sequence[Sign]]) -> None:
        """Lay signs over the rows, which stay as they are below; none take them away."""
        if signs or self._signs:
            self._signs = signs
            self.refresh()

    @property
    def hits(self) -> Sequence[Range]:
        """What was looked for, and stands out."""
        return self._hits

    def show_hits(self, hits: Sequence[Range]) -> None:
        """Let what was looked for stand out, in place of what did before.

        Args:
            hits: Ranges of the article, in order and disjoint; none to end it.
        """
        before, self._hits = self._hits, hits
        drawn = [row for row, _ in self._drawn.values()]
        self._draw_again([row for row in drawn if _on(before, row) != _on(hits, row)])

    @property
    def proposed(self) -> Sequence[Proposed]:
        """What is shown as proposed."""
        return self._proposed

    def show_proposed(self, proposed: Sequence[Proposed]) -> None:
        """Show what is proposed, in place of what was before.

        Args:
            proposed: In order and apart; none to show nothing.
        """
        before, self._proposed = self._proposed, proposed
        self._draw_again([each[:2] for each in set(before) ^ set(proposed)])

    def _light(self, selection: Selection) -> Range | None:
        """What stays bright around a selection while the rest is dimmed; None dims nothing."""
        return None

    def _light_again(self) -> None:
        """Dim what is no more to be read now, and show what is."""
        before, self._lit = self._lit, self._light(self._selection)
        if before == self._lit:
            return
        if before is None or self._lit is None:
            self._drawn.clear()
            self.refresh()
        else:
            self._draw_again([before, self._lit])

    def render_line(self, y: int) -> Strip:
        """Draw a line of the screen."""
        # Between a change of size and the event that tells of it nothing fits.
        fits = self._rows.width == self.frame.text_width
        place = self.place_at(y) if fits else None
        if place is None or self._painter is None:
            return Strip.blank(self.columns, self.rich_style)
        drawn = self._drawn.get(place)
        if drawn is None:
            drawn = self._draw(self._painter, place)
            if len(self._drawn) >= _MOST_DRAWN:
                self._drawn.clear()
            self._drawn[place] = drawn
        signs = self._signs.get(place)
        return drawn[1] if not signs else self._signed(drawn[1], signs)

    def _draw(self, painter: RowPainter, place: Place) -> tuple[Range, Strip]:
        row, styles = self._rows.range(place), self._look_styles()
        hits = _on(self._hits, row)
        return row, painter.strip(
            self._rows,
            place,
            self.frame,
            self._selection,
            styles,
            self._lit,
            hits,
            _on(self._proposed, row),
        )

    def _signed(self, strip: Strip, signs: Sequence[Sign]) -> Strip:
        return with_signs(strip, signs, self.get_component_rich_style("article--sign"))

    def forget_drawings(self) -> None:
        """Draw everything anew from now on."""
        self._drawn.clear()

    def notify_style_update(self) -> None:
        """Take up the colours of another theme."""
        super().notify_style_update()
        self._styles = None
        self._drawn.clear()

    def _look_styles(self) -> LookStyles:
        if self._styles is None:
            dim = self.get_component_styles("article--dim")
            partly = self.get_component_styles("article--partly")
            ground = self.background_colors[1]
            self._styles = LookStyles(
                self.rich_style,
                dim=(ground + dim.color).hex6,
                accent=(ground + partly.color).hex6,
                schema=self._schema,
                colours=self._colours(),
            )
        return self._styles

    def _colours(self) -> Colours:
        if self.app.native_ansi_color:
            return "none" if self.app.no_color else "own"
        system = self.app.console.color_system
        if self.app.no_color or system not in ("256", "truecolor"):
            return "none"
        return "few" if system == "256" else "full"

    def _draw_again(self, changed: Sequence[Range]) -> None:
        """Draw the rows anew that show a part of one of the ranges."""
        if len(changed) > _FEW:
            self._drawn.clear()
            self.refresh()
            return
        stale = {
            place
            for place, ((start, end), _) in self._drawn.items()
            if any(first < end and start < last for first, last in changed)
        }
        for place in stale:
            del self._drawn[place]
        for index, place in enumerate(self.shown_places() if stale else ()):
            if place in stale:
                self.refresh_row(index)


def _on(ranges: Sequence[S], row: Range) -> Sequence[S]:
    """Pick those of many ranges, in order and apart, that share a code point with a row."""
    first = bisect_right(ranges, row[0], key=itemgetter(1))
    return ranges[first : bisect_left(ranges, row[1], key=itemgetter(0))]


def _differing(old: Selection, new: Selection) -> list[Range]:
    """Ranges that hold every code point whose look two selections make different."""
    edges = [sorted((old.start, new.start)), sorted((old.end, new.end))]
    if old.end <= new.start or new.end <= old.start:
        edges = [[old.start, old.end], [new.start, new.end]]
    kept = set(old.kept) ^ set(new.kept)
    return [*((start, end) for start, end in edges if start < end), *kept]
