"""Two articles side by side: one is worked on, the other shows what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import ClaimMention, Mention, Ref, Relation, article_of
from reader.annotation.spans import Range, Span
from reader.corpus.article import Article, display_title
from reader.errors import ReaderError
from reader.tui.screens.base import Verb
from reader.tui.screens.reading import ReadingScreen
from reader.tui.widgets.article_split import ArticleSplit
from reader.tui.widgets.status_line import Legend
from reader.tui.widgets.text_row import TextRow
from reader.user.state import Position


class Pane:
    """One of the two articles.

    Args:
        article: The article.
        left: Where it was left the last time, if it was open before.
        split: Shows it.
    """

    def __init__(self, article: Article, left: Position | None, split: ArticleSplit) -> None:
        self.article, self.left, self.split = article, left, split
        split.share, split.asked = 2, False
        self.head = TextRow("", classes="head")
        self.records = AnnotationSet()
        self.bases: dict[int, int] = {}

    def sentences(self) -> Sequence[Range]:
        """Return the sentences of the article."""
        from reader.corpus.sentences import sentences

        return sentences(self.article.text, self.article.roles, self.article.language)

    def tell(self, here: bool) -> None:
        """Show the title, with a sign where the keys go."""
        title, is_opening = display_title(self.article)
        shown = f"“{title}…" if is_opening else title
        base = int(self.article.direction == "rtl")
        self.head.update(f"▸ {shown}" if here else shown, base)
        self.head.set_class(here, "-here")


class _Side(Vertical):
    """The title of an article above its text."""

    def __init__(self, pane: Pane) -> None:
        super().__init__()
        self._pane = pane

    def compose(self) -> ComposeResult:
        """Title and text."""
        yield self._pane.head
        yield self._pane.split


class PairScreen(ReadingScreen):
    """Two articles, each in its own direction; everything is done in the one with the keys.

    The session's open article is that one. What is selected in it, an entity or a
    claim, stands out in the other.

    Args:
        articles: The session's open article, and the other one.
        left: Where each was left the last time, if it was open before.
    """

    DEFAULT_CSS = """
    PairScreen {
        & > #pair { height: 1fr; }
        & _Side { width: 1fr; height: 1fr; }
        & _Side:last-of-type { border-left: solid $panel; }
        & .head { background: $surface; color: $reader-dim; padding: 0 1; }
        & .head.-here { background: $panel; color: $accent; text-style: bold; }
    }
    """

    def __init__(
        self, articles: tuple[Article, Article], left: tuple[Position | None, Position | None]
    ) -> None:
        super().__init__(articles[0], left[0])
        self.pane = Pane(articles[0], left[0], self.split)
        self.beside = Pane(articles[1], left[1], ArticleSplit())
        self._sides = (self.pane, self.beside)

    def body(self) -> Iterator[Any]:
        """Both texts, status, types."""
        yield Horizontal(*(_Side(pane) for pane in self._sides), id="pair")
        yield self.status
        yield Legend(self.session.schema)

    @property
    def sentences(self) -> Callable[[], Sequence[Range]]:
        """Gives the sentences of the article with the keys, also when it has them no more."""
        return self.pane.sentences

    def on_mount(self) -> None:
        """Show the second article, then the first, which has the keys."""
        self._turn()
        self._lay_out_other()
        self._show_pane()
        self._turn()
        super().on_mount()
        self.toggle_heads()

    def _show_pane(self) -> None:
        """Show the article with the keys where it was left."""
        self.view.show(self.article, self.annotations, self.session.schema, self.sentences)
        self.take_up_bases()
        self.take_up_looks()
        self.return_to_left()

    def on_unmount(self) -> None:
        """Remember where one was in both."""
        super().on_unmount()
        view = self.beside.split.view
        start, end = view.selection.start, view.selection.end
        position = Position(start, end, view.position())
        self.program.state.keep_position(self.beside.article.id, position)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out both."""
        super().on_resize(event)
        self.beside.split.lay_out()

    def dress(self, bare: bool = True) -> None:
        """Show or hide what stands around both texts."""
        super().dress(bare)
        self._lay_out_other()

    def take_up_looks(self) -> None:
        """Show both articles as the user wants them now."""
        super().take_up_looks()
        looks, other = self.program.looks, self.beside.split
        other.view.dims, other.text_width = looks.dim, looks.text_width
        if other.view.is_attached and self.is_mounted:
            at = other.view.selection.start
            other.view.set_look(looks.text_width, looks.line_spacing - 1, at)

    def _lay_out_other(self) -> None:
        self.beside.split.alone = self.program.zen
        self.beside.split.lay_out()

    def toggle_heads(self) -> None:
        """Show which article has the keys."""
        for pane in self._sides:
            pane.tell(pane is self.pane)

    def change_sides(self) -> None:
        """Give the keys to the other article."""
        self._turn()
        self.view.show_hits(())
        self.toggle_heads()
        self.view.focus()
        self.show_state()

    def _turn(self) -> None:
        """Make the other article the session's open one."""
        if self.mode is not None:
            self.end_mode()
        now, then = self.beside, self.pane
        then.article, then.bases, then.records = self.article, self.bases, self.annotations
        article = self.session.turn_to(now.article.id)
        now.article = article
        self.pane, self.beside = now, then
        self.split, self.article, self.left, self.bases = now.split, article, now.left, now.bases
        self._suggestions = None

    @property
    def shown_articles(self) -> frozenset[str]:
        """Ids of both."""
        return frozenset((self.article.id, self.beside.article.id))

    def turn_to(self, article: str) -> bool:
        """Give the keys to an article if it shows here."""
        if article == self.beside.article.id and self.form is None:
            self.change_sides()
        return article == self.article.id

    def on_descendant_focus(self) -> None:
        """Give the keys to the article that is clicked."""
        if not self.beside.split.view.has_focus or self.form is not None:
            super().on_descendant_focus()
            return
        try:
            self.change_sides()
        except ReaderError as error:
            self.refuse(error)

    def verbs(self) -> Mapping[str, Verb]:
        """What the commands do; Tab goes to the other article."""
        return {**super().verbs(), "view.focus": self.change_sides}

    def command_titles(self) -> dict[str, str]:
        """Say what is otherwise than with one article."""
        return super().command_titles() | {
            "view.focus": "To the other article",
            "article.beside": "Link with the other article…",
        }

    def take_news(self, here: bool) -> None:
        """Show what others did in either article."""
        super().take_news(True)

    def catch_up(self) -> None:
        """Show both articles and their annotations as they are now."""
        super().catch_up()
        library, other = self.session.library, self.beside
        other.article = library.articles.read(other.article.id)
        shared = (record for record in self.annotations if article_of(record) is None)
        records = AnnotationSet.of((*shared, *library.records.within(other.article.id)))
        other.records = self.session.layers.seen(records, self.session.annotator.id)
        other.split.view.update_annotations(other.records, other.article)
        self._light_up()

    def show_state(self) -> None:
        """Show the selection and what belongs to it, also in the other article."""
        super().show_state()
        self._light_up()

    def _light_up(self) -> None:
        """Let what is the same as the selection stand out in the other article."""
        view = self.beside.split.view
        ranges = [part for span in self.places_beside() for part in span.fragments]
        if list(view.hits) != ranges:
            view.show_hits(ranges)

    def places_beside(self) -> list[Span]:
        """Return where the selected entity, else the claim, stands in the other article."""
        for placed in self.here():
            record = placed.record
            if isinstance(record, Mention) and record.entity is not None:
                return self._named_beside(record.entity)
            if isinstance(record, ClaimMention) and record.claim is not None:
                return self._claimed_beside(record.claim)
        return []

    def _named_beside(self, entity: str) -> list[Span]:
        records = self.beside.records
        wanted = records.entity(entity)
        found = [
            mention.span
            for mention in records.all(Mention)
            if mention.entity and mention.span.article == self.beside.article.id
            if records.entity(mention.entity) == wanted
        ]
        return sorted(found, key=lambda span: span.start)

    def _claimed_beside(self, claim: str) -> list[Span]:
        """Where a claim, or one that says the same, is made in the other article."""
        ref, wanted, schema = Ref("claim", claim), {claim}, self.session.schema
        for relation in self.annotations.all(Relation):
            ends = (relation.source, relation.target)
            if ref in ends and schema.meaning(relation.type) == "same":
                wanted |= {end.id for end in ends}
        found = [m.span for m in self.beside.records.all(ClaimMention) if m.claim in wanted]
        here = (span for span in found if span.article == self.beside.article.id)
        return sorted(here, key=lambda span: span.start)
