"""A small app around the reading view, and short ways to make what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual.app import App, ComposeResult

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import ClaimMention, Mention, Note, Record, Ref
from reader.annotation.schema import DEFAULT_SCHEMA
from reader.annotation.spans import make_span
from reader.corpus.article import Article, Direction, RoleRange, article_id, text_digest
from reader.text.breaking import sentences
from reader.text.selection import Range, Selection
from reader.tui.themes import DARK, THEMES
from reader.tui.widgets.article_view import ArticleView

WHEN = "2026-01-01T00:00:00Z"


def article(text: str, direction: Direction = "rtl", roles: tuple[RoleRange, ...] = ()) -> Article:
    return Article(
        id=article_id(text),
        text=text,
        text_sha256=text_digest(text),
        source_sha256="",
        encoding="utf-8",
        bom=False,
        sources=(),
        publisher=None,
        published=None,
        title=None,
        language="ar",
        language_confidence=1.0,
        language_method="given",
        direction=direction,
        roles=roles,
        tags=(),
        replaces=None,
        added=WHEN,
    )


def mention(text: str, type: str, *ranges: Range, id: str = "") -> Mention:
    span = make_span(article_id(text), text, ranges)
    return Mention(id or f"{type}{ranges}", span, type, "me", WHEN, WHEN)


def claim(text: str, *ranges: Range, id: str = "") -> ClaimMention:
    span = make_span(article_id(text), text, ranges)
    return ClaimMention(id or f"claim{ranges}", span, "me", WHEN, WHEN)


def note(record: Record) -> Note:
    return Note(f"note{record.id}", Ref("mention", record.id), "?", "me", WHEN, WHEN)


class ViewApp(App[None]):
    """Shows one article."""

    def __init__(self, article: Article, records: Sequence[Record] = (), theme: str = DARK) -> None:
        super().__init__()
        for each in THEMES:
            self.register_theme(each)
        self.theme = theme
        self.article = article
        self.records = records
        self.selections: list[Selection] = []
        self.view = ArticleView()

    def compose(self) -> ComposeResult:
        yield self.view

    def on_mount(self) -> None:
        annotations = AnnotationSet.of(self.records)
        self.view.show(self.article, annotations, DEFAULT_SCHEMA, self.sentences)

    def sentences(self) -> list[Range]:
        text = self.article.text
        return [(start, start + len(text[start:end].rstrip())) for start, end in sentences(text)]

    def on_article_view_selection_changed(self, event: ArticleView.SelectionChanged) -> None:
        self.selections.append(event.selection)

    def rows(self) -> list[str]:
        """The text of each row of the screen, without the blanks at its end."""
        return [self.view.render_line(y).text.rstrip() for y in range(self.view.size.height)]

    def selected(self) -> str:
        return self.view.selected_text()

    def style_of(self, y: int, x: int) -> Style:
        """The style of a cell of the screen."""
        (segment,) = self.view.render_line(y).crop(x, x + 1)
        return segment.style or Style()
