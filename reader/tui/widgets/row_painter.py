"""Draws the rows of an article: text, what is laid over it, and the margin."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.annotation.annotation_set import AnnotationSet, Placed
from reader.annotation.model import ClaimMention, Note
from reader.annotation.schema import Schema
from reader.corpus.article import Article
from reader.text.layout import Line
from reader.text.selection import Range, Selection
from reader.tui.widgets.article_rows import ArticleRows, Place
from reader.tui.widgets.frame import Frame
from reader.tui.widgets.look_styles import LookStyles
from reader.tui.widgets.margin import (
    NO_OTHERS,
    Label,
    margin_pieces,
    proposed_labels,
    row_labels,
    type_letters,
)
from reader.tui.widgets.overlay import (
    Fragment,
    Look,
    Proposed,
    SpanIndex,
    dimmed,
    row_looks,
    with_hits,
    with_proposed,
)
from reader.tui.widgets.text_row import cell_segments


class RowPainter:
    """What an article's rows look like, but for the selection and the theme.

    Args:
        article: The article.
        annotations: Its records.
        schema: Types, which give the margin its letters.
        starts: Where each paragraph of the article begins.
        others: Signs of the annotators who are somebody else, by id.
    """

    def __init__(
        self,
        article: Article,
        annotations: AnnotationSet,
        schema: Schema,
        starts: Sequence[int],
        others: Mapping[str, str] = NO_OTHERS,
    ) -> None:
        self._others = others
        self.placed = shown_spans(article.id, annotations)
        self.spans = SpanIndex(self.placed, starts)
        self._parts = article.roles
        self._roles = [(part.start, part.end, part.role) for part in article.roles]
        self._letters = type_letters(schema)
        self._noted = frozenset(note.on.id for note in annotations.all(Note))

    def changes(self, other: RowPainter) -> list[Range]:
        """Return ranges that hold everything whose look differs from another painter's."""
        differing: set[tuple[Any, ...]] = set(self._marks() ^ other._marks())
        if self._parts is not other._parts:
            differing |= set(self._roles) ^ set(other._roles)
        return [(start, end) for start, end, *_ in differing]

    def strip(
        self,
        rows: ArticleRows,
        place: Place,
        frame: Frame,
        selection: Selection,
        styles: LookStyles,
        lit: Range | None = None,
        hits: Sequence[Range] = (),
        proposed: Sequence[Proposed] = (),
    ) -> Strip:
        """Draw a row, exactly as wide as the view.

        Args:
            rows: The rows of the article.
            place: Which row.
            frame: Where text and margin stand.
            selection: What is selected and kept.
            styles: The styles of the theme.
            lit: What stays bright while the rest is dimmed; None dims nothing.
            hits: What was looked for and stands on the row.
            proposed: What is proposed on the row.
        """
        line, offset = rows.line(place), rows.starts[place.paragraph]
        start, end = offset + line.start, offset + line.end
        fragments = self.spans.on(place.paragraph, start, end)
        looks = self._looks(line, offset, fragments, selection, lit)
        if hits:
            looks = with_hits(looks, line, offset, hits)
        if proposed:
            looks = with_proposed(looks, line, offset, proposed)
        text = _text(line, map(styles.of, looks), frame, styles.text)
        labels = row_labels(fragments, start, self._letters, self._noted, self._others)
        labels += proposed_labels(type for _, _, type in proposed)
        margin = _margin(labels, frame, styles, rows.rtl)
        parts = [*text, *margin] if rows.rtl else [*margin, *text]
        left = min(frame.text, frame.margin)
        right = frame.width - left - frame.text_width - frame.margin_width
        blanks = [Segment(" " * columns, styles.text) for columns in (left, right)]
        segments = [blanks[0], *parts, blanks[1]]
        return Strip([segment for segment in segments if segment.text], frame.width)

    def _roles_on(self, start: int, end: int) -> Sequence[tuple[int, int, str]]:
        """The roles on a range; a long article has one for each of its paragraphs."""
        first = bisect_right(self._roles, start, key=itemgetter(1))
        last = bisect_left(self._roles, end, key=itemgetter(0))
        return self._roles[first:last]

    def _looks(
        self,
        line: Line,
        offset: int,
        fragments: Sequence[Fragment],
        selection: Selection,
        lit: Range | None,
    ) -> list[Look]:
        roles = self._roles_on(offset + line.start, offset + line.end)
        looks = row_looks(line, offset, fragments, roles, _chosen(selection))
        return looks if lit is None else dimmed(looks, line, offset, lit)

    def _marks(self) -> set[tuple[int, int, str, str, str, str, bool]]:
        """All that the look of each stretch of each span depends on."""
        return {
            (
                start,
                end,
                each.role,
                fragment_type,
                by,
                each.record.id,
                each.record.id in self._noted,
            )
            for each in self.placed
            for fragment_type in (getattr(each.record, "type", ""),)
            for by in (self._others.get(each.record.annotator, ""),)
            for start, end in each.span.fragments
        }


def shown_spans(article: str, records: AnnotationSet) -> tuple[Placed, ...]:
    """Return the spans of an article, but for contents of attributions that are a claim's own."""
    own = {
        (claim.attribution, claim.span.fragments)
        for claim in records.all(ClaimMention)
        if claim.attribution is not None
    }
    return tuple(
        placed
        for placed in records.placed(article)
        if placed.role != "content" or (placed.record.id, placed.span.fragments) not in own
    )


def _text(line: Line, styles: Iterable[Style], frame: Frame, plain: Style) -> Iterable[Segment]:
    """The text of a row, with the blanks on both its sides."""
    yield Segment(" " * line.indent, plain)
    yield from cell_segments(zip(line.cells, styles, strict=True))
    missing = frame.text_width - line.indent - line.width
    yield Segment(" " * max(0, missing), plain)


def _margin(labels: Sequence[Label], frame: Frame, styles: LookStyles, rtl: bool) -> list[Segment]:
    """Labels next to the text, the first one where reading starts."""
    if not frame.margin_width:
        return []
    pieces = margin_pieces(labels, frame.margin_width - 1)
    drawn = [Segment(sign, styles.label(type, opens)) for sign, type, opens in pieces]
    blank = Segment(" " * (frame.margin_width - 1 - len(drawn)), styles.text)
    gap = Segment(" ", styles.text)
    return [gap, *drawn[::-1], blank] if rtl else [blank, *drawn, gap]


def _chosen(selection: Selection) -> list[tuple[int, int, str]]:
    kept = [(start, end, "kept") for start, end in selection.kept]
    return [*kept, (selection.start, selection.end, "selected")]
