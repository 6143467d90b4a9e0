"""The article: text, inspector or claim form beside it, and what is selected."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events

from reader.annotation.annotation_set import AnnotationSet, Placed
from reader.annotation.spans import Range, Span
from reader.corpus.article import Article
from reader.errors import ConflictError, ReaderError
from reader.session import Changed, Session
from reader.state import Position
from reader.tui.commands import Need, command
from reader.tui.screens.article_status import status_of
from reader.tui.screens.base import CommandScreen, Verb, list_verbs
from reader.tui.widgets.article_split import ArticleSplit
from reader.tui.widgets.inspector import inspector_rows
from reader.tui.widgets.rows import RowList
from reader.tui.widgets.status_line import Legend, StatusLine

if TYPE_CHECKING:
    from reader.tui.verbs.claims import Part
    from reader.tui.widgets.article_view import ArticleView
    from reader.tui.widgets.claim_panel import ClaimPanel

_DETAILS = 9
"""Rows that a wide inspector keeps for what stands under the selection."""


class ReadingScreen(CommandScreen[None]):
    """One article, with everything that can be done to its text.

    Args:
        article: The session's open article.
        left: Where it was left the last time, if it was open before.
    """

    CONTEXT: ClassVar[str] = "reading"
    CHROME: ClassVar[int] = 4

    def __init__(self, article: Article, left: Position | None = None) -> None:
        super().__init__()
        self.article = article
        self.left = left
        self.split = ArticleSplit()
        self.status = StatusLine()
        self.picking: Part | None = None
        self._names: dict[str, str] = {}

    @property
    def view(self) -> ArticleView:
        """The text."""
        return self.split.view

    @property
    def inspector(self) -> RowList:
        """The list of annotations."""
        return self.split.inspector

    @property
    def form(self) -> ClaimPanel | None:
        """The claim form, while it is open."""
        return self.split.form

    @property
    def session(self) -> Session:
        """Where all that is marked is kept."""
        return self.program.session

    @property
    def annotations(self) -> AnnotationSet:
        """The records of the article and the shared ones."""
        return self.session.annotations

    @property
    def panel(self) -> ClaimPanel:
        """The claim form, which is open."""
        assert self.form is not None
        return self.form

    def body(self) -> Iterator[Any]:
        """Text and inspector, status, types."""
        yield self.split
        yield self.status
        yield Legend(self.session.schema)

    def on_mount(self) -> None:
        """Show the article where it was left."""
        self._unsubscribe = self.session.subscribe(self._on_changed)
        self.view.show(self.article, self.annotations, self.session.schema, self.session.sentences)
        self._arrange()
        self.view.focus()
        self._return()
        self.show_state()

    def _return(self) -> None:
        """Select what was selected when the article was left, with the same row at the top."""
        length = len(self.article.text)
        if self.left is not None and self.left.end <= length and self.left.top <= length:
            self.view.select(self.left.start, self.left.end)
            self.view.go_to(self.left.top)

    def keep_position(self) -> None:
        """Remember where one is in the article."""
        selection = self.view.selection
        position = Position(selection.start, selection.end, self.view.position())
        self.program.keep_position(self.article.id, position)

    def on_unmount(self) -> None:
        """Stop listening, and remember where one was."""
        self._unsubscribe()
        self.keep_position()

    def on_resize(self, event: events.Resize) -> None:
        """Put the inspector beside the text or below it."""
        self._arrange()

    def _arrange(self) -> None:
        self.split.lay_out()
        self.call_after_refresh(self.show_state)

    def toggle_inspector(self) -> None:
        """Show or hide the inspector."""
        self.split.show_inspector()
        self.call_after_refresh(self.show_state)

    def enter_inspector(self) -> None:
        """Go to the inspector, which is shown for it."""
        self.split.show_inspector(True)
        self.call_after_refresh(self.show_state)
        self.inspector.focus()
        self.show_keys()

    def enter_text(self) -> None:
        """Go to the text."""
        self.view.focus()
        self.show_keys()

    async def open_form(self, panel: ClaimPanel) -> None:
        """Show the claim form in place of the inspector."""
        await self.split.open_form(panel)
        self.call_after_refresh(self.show_state)
        self.show_state()

    async def close_form(self) -> None:
        """Take the claim form away."""
        await self.split.close_form()
        self.call_after_refresh(self.show_state)
        self.show_state()

    @property
    def context(self) -> str:
        """Text, inspector, claim form, or picking a part for the form in the text."""
        if self.form is not None:
            return "pick" if self.picking is not None else "claim"
        return "inspector" if self.inspector.has_focus else "reading"

    @property
    def met(self) -> frozenset[Need]:
        """Whether annotations are under the selection, and fragments pinned."""
        needs: set[Need] = set()
        if self.here():
            needs.add("annotation")
        if self.view.pinned:
            needs.add("pinned")
        return frozenset(needs)

    def command_titles(self) -> dict[str, str]:
        """Name the types of the digits."""
        kinds = self.session.schema.offered
        return {f"tag.{k.key}": f"Tag {k.name}: {k.title}" for k in kinds if k.key}

    def verbs(self) -> Mapping[str, Verb]:
        """What the commands do to this screen."""
        if self.context == "inspector":
            return self._inspector_verbs()
        # Loaded with the first key, so that the article shows before it.
        from reader.tui.verbs import claims
        from reader.tui.verbs.motions import MOTIONS
        from reader.tui.verbs.reading import VERBS

        return {
            **{id: partial(motion, self.view) for id, motion in MOTIONS.items()},
            **{id: partial(verb, self) for id, verb in {**claims.VERBS, **VERBS}.items()},
        }

    def _inspector_verbs(self) -> dict[str, Verb]:
        return list_verbs(self.inspector) | {
            "list.accept": self._go_to_row,
            "list.cancel": self.enter_text,
            "inspector.leave": self.enter_text,
        }

    def _go_to_row(self) -> None:
        row = self.inspector.current
        if row is not None and row.value is not None:
            self.go_to(row.value)

    def here(self) -> tuple[Placed, ...]:
        """What stands under the selection, innermost first."""
        return tuple(self.view.annotations_at_caret())

    def other(self, annotator: str) -> str:
        """Return the name of an annotator who is somebody else; "" for this one."""
        if annotator == self.session.annotator.id:
            return ""
        if annotator not in self._names:
            self._names = {each.id: each.name for each in self.session.library.annotators()}
        return self._names.get(annotator, "somebody else")

    def span(self) -> Span:
        """The selection as a span.

        Raises:
            AnnotationError: If nothing is selected.
        """
        return self.session.span(self.view.selection.ranges)

    def select_ranges(self, ranges: Sequence[Range], *, centre: bool = False) -> None:
        """Select one or several ranges, the first one as the current one."""
        (start, end), *others = ranges
        self.view.select(start, end, kept=tuple(others), centre=centre)

    def go_to(self, ranges: Sequence[Range]) -> None:
        """Go to a place in the article."""
        self.enter_text()
        self.select_ranges(ranges, centre=True)

    async def on_row_list_taken(self, event: RowList.Taken) -> None:
        """Go to the row that is clicked, or change the field."""
        if event.rows is self.form:
            await self.run(command("form.next"))
        elif event.row.value is not None:
            self.go_to(event.row.value)

    def on_article_view_selection_changed(self) -> None:
        """Show what is selected now."""
        self.show_state()
        self.keep_position()

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus, and in a list that is left its head again."""
        self.show_state()

    def refuse(self, error: ReaderError) -> None:
        """Say what could not be done; show what another has changed meanwhile."""
        if isinstance(error, ConflictError):
            self.session.open_article(self.article.id)
            self.view.update_annotations(self.annotations)
            self.show_state()
        super().refuse(error)

    def _on_changed(self, changed: Changed) -> None:
        """Bring view, inspector and status up to date after a commit."""
        self.view.update_annotations(self.annotations)
        self.show_state()

    def show_state(self) -> None:
        """Show the selection and what stands there in status, inspector and footer."""
        here = self.here()
        if self.inspector.display:
            self._show_inspector(here)
        self.status.show(status_of(self, here))
        self.show_keys()

    def _show_inspector(self, here: Sequence[Placed]) -> None:
        records, schema = self.annotations, self.session.schema
        self.inspector.show(
            inspector_rows(
                self.article.id,
                records,
                schema,
                here,
                self.inspector.room(1),
                self.other,
                _DETAILS if self.split.wide else 0,
            ),
            self.inspector.cursor if self.inspector.has_focus else 0,
        )

    def leave(self) -> Awaitable[Any] | None:
        """Drop pinned fragments; when there are none, go back to the library."""
        if self.view.pinned:
            self.view.drop_fragments()
            return None
        self.keep_position()
        return self.program.show_library()
