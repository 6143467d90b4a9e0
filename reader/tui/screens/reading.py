"""The article: text, inspector or claim form beside it, and what is selected."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events

from reader.annotation.annotation_set import AnnotationSet, Placed
from reader.annotation.layers import foremost, marked_by, signs
from reader.annotation.spans import Range, Span
from reader.corpus.article import Article
from reader.errors import ConflictError, ReaderError
from reader.session import Changed, Session
from reader.text.directions import worded
from reader.tui.commands import Need, command
from reader.tui.screens.article_screen import ArticleScreen
from reader.tui.screens.article_status import status_of
from reader.tui.screens.base import Verb, list_verbs
from reader.tui.widgets.inspector_listing import Entry
from reader.tui.widgets.inspector_panel import InspectorPanel
from reader.tui.widgets.overlay import Proposed
from reader.tui.widgets.rows import RowList
from reader.tui.widgets.status_line import Legend
from reader.user.state import Position

if TYPE_CHECKING:
    from reader.annotation.carrying import Leftover
    from reader.suggest.proposals import Proposal
    from reader.tui.screens.slices import Slices
    from reader.tui.verbs.picking import Part
    from reader.tui.widgets.article_view import ArticleView
    from reader.tui.widgets.claim_panel import ClaimPanel
    from reader.work.suggesting import Suggestions

_IDLE, _SLICE = 1.0, 0.008
"""Seconds after which the names of entities are made ready, and seconds of that at a time."""


class ReadingScreen(ArticleScreen):
    """One article, with everything that can be done to its text.

    Args:
        article: The session's open article.
        left: Where it was left the last time, if it was open before.
    """

    CONTEXT: ClassVar[str] = "reading"

    def __init__(self, article: Article, left: Position | None = None) -> None:
        super().__init__(article, left)
        self.picking: Part | None = None
        self.placing: Leftover | None = None
        self._preparing: Slices | None = None
        self._suggestions: Suggestions | None = None
        self._names: dict[str, str] = {}
        self._signs: tuple[AnnotationSet | None, dict[str, str]] = (None, {})

    @property
    def inspector(self) -> InspectorPanel:
        """The list of annotations."""
        return self.split.inspector

    @property
    def session(self) -> Session:
        """Where all that is marked is kept."""
        return self.program.session

    @property
    def annotations(self) -> AnnotationSet:
        """What is looked at of the records of the article, and the shared ones."""
        return self.session.seen

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
        self.view.others = self.signs
        self.view.show(self.article, self.annotations, self.session.schema, self.sentences)
        if self.split.share == 1:
            self.split.asked = self.program.looks.inspector
        self.take_up_bases()
        self.take_up_looks()
        self.dress()
        self.view.focus()
        self.return_to_left()
        self.show_state()
        if self.program.looks.suggestions:
            self.call_after_refresh(self.show_proposed)
        self.set_timer(_IDLE, self._prepare_names)
        if self.article.replaces is not None or self.article.removed:
            self.call_after_refresh(self._tell_version)

    def _tell_version(self) -> None:
        """Say of a new version what waits in it, of an old one that it is old."""
        from reader.tui.verbs.placing import tell

        tell(self)

    def _prepare_names(self) -> None:
        """Make the names of entities ready, so that linking need not wait for very many."""
        from reader.tui.screens.slices import Slices

        self._preparing = Slices(self, lambda: None, self.refuse, seconds=_SLICE)
        self._preparing.start(self.session.finding.preparing_names())

    def on_unmount(self) -> None:
        """Stop listening, and remember where one was."""
        self._unsubscribe()
        if self._preparing is not None:
            self._preparing.stop()
        self.keep_position()

    def on_resize(self, event: events.Resize) -> None:
        """Put the inspector beside the text or below it."""
        if self.mode is not None:
            self.end_mode()
        self.split.lay_out()
        self.call_after_refresh(self.show_state)

    def toggle_inspector(self) -> None:
        """Show or hide the inspector; beside a text that stands alone, show it."""
        shown = not self.inspector.display
        self._leave_zen()
        self.split.show_inspector(shown)
        self.program.remember(inspector=shown)
        self.call_after_refresh(self.show_state)

    def enter_inspector(self) -> None:
        """Go to the inspector, which is shown for it."""
        self._leave_zen()
        self.split.show_inspector(True)
        self.inspector.focus()
        self.show_state()
        self.inspector.come_back()
        self.call_after_refresh(self.show_state)

    def _leave_zen(self) -> None:
        if self.program.zen:
            self.show_zen(False)

    async def open_form(self, panel: ClaimPanel) -> None:
        """Show the claim form in place of the inspector."""
        await self.split.open_form(panel)
        self.dress()
        self.show_state()

    async def close_form(self) -> None:
        """Take the claim form away."""
        await self.split.close_form()
        self.dress()
        self.show_state()

    @property
    def context(self) -> str:
        """Text, inspector, claim form, picking a part for the form in the text, or a mode."""
        if self.mode is not None:
            return self.mode.context
        if self.form is not None:
            return "pick" if self.picking is not None else "claim"
        if self.placing is not None:
            return "place"
        return "inspector" if self.inspector.has_focus else "reading"

    @property
    def met(self) -> frozenset[Need]:
        """What is under the selection, and whether there is what was done before."""
        needs = self.inspector.met if self.context == "inspector" else set[Need]()
        if self.here():
            needs.add("annotation")
        if self.view.pinned:
            needs.add("pinned")
        if self.proposal_here() is not None:
            needs.add("suggestion")
        if self.program.last_query:
            needs.add("searched")
        if self.program.last_tag is not None:
            needs.add("tagged")
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
        from reader.tui.verbs import claims, placing
        from reader.tui.verbs.jumping import FAR
        from reader.tui.verbs.motions import MOTIONS
        from reader.tui.verbs.reading import VERBS

        return {
            **{id: partial(motion, self.view) for id, motion in MOTIONS.items()},
            **{id: partial(verb, self) for id, verb in FAR.items()},
            **{
                id: partial(verb, self)
                for id, verb in {**claims.VERBS, **placing.VERBS, **VERBS}.items()
            },
        }

    def _inspector_verbs(self) -> dict[str, Verb]:
        return list_verbs(self.inspector) | {
            "list.accept": self._go_to_row,
            "list.cancel": self._leave_inspector,
            "inspector.leave": self._leave_inspector,
            "inspector.fold": self._fold,
        }

    def _go_to_row(self) -> None:
        place = self.inspector.entry.place
        if place is not None:
            self.inspector.leave()
            self.jump_to(place)

    def _leave_inspector(self) -> None:
        self.inspector.leave()
        self.enter_text()

    def _fold(self) -> None:
        """Show or hide the mentions of the entity under the cursor."""
        if not self.inspector.fold(self.session.finding.mentions_elsewhere, self.show_state):
            self.program.notify("This row has no mentions to show: entities have.")

    @property
    def sentences(self) -> Callable[[], Sequence[Range]]:
        """Gives the sentences of the article."""
        return self.session.sentences

    @property
    def shown_articles(self) -> frozenset[str]:
        """Ids of the articles whose texts show."""
        return frozenset((self.article.id,))

    def turn_to(self, article: str) -> bool:
        """Give the keys to an article if it shows here; tell whether it has them now."""
        return article == self.article.id

    def here(self) -> tuple[Placed, ...]:
        """What stands under the selection, the foremost first."""
        return self.foremost_in(self.view)

    def foremost_in(self, view: ArticleView) -> tuple[Placed, ...]:
        """What stands under the selection of a view, in the order in which commands take it."""
        ranges = view.selection.ranges
        return foremost(view.annotations_at_caret(), ranges, self.session.annotator.id)

    def other(self, annotator: str) -> str:
        """Return the name of an annotator who is somebody else; "" for this one."""
        if annotator == self.session.annotator.id:
            return ""
        if annotator not in self._names:
            with self.session.kept.doing_without():
                self._names = {each.id: each.name for each in self.session.library.people.all()}
        return self._names.get(annotator, "somebody else")

    def signs(self) -> dict[str, str]:
        """Return the signs of others who have marked something that shows here, by id."""
        records = self.annotations
        if self._signs[0] is not records:
            me = self.session.annotator.id
            marked = marked_by(records, self.article.id).keys()
            # Where all is one person's there is nothing to tell apart, and little room.
            there = marked - {me} if len(marked) > 1 else set()
            self._signs = records, self._signs[1]
            with self.session.kept.doing_without():
                people = self.session.library.people.all() if there else ()
                self._signs = records, signs(each for each in people if each.id in there)
        return self._signs[1]

    def span(self) -> Span:
        """The selection as a span.

        Raises:
            AnnotationError: If nothing is selected.
        """
        return self.session.span(self.view.selection.ranges)

    async def on_row_list_taken(self, event: RowList.Taken) -> None:
        """Go to the row that is clicked, or change the field."""
        if event.rows is self.form:
            await self.run(command("form.next"))
        elif isinstance(event.row.value, Entry):
            self._go_to_row()

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
            self.catch_up()
        super().refuse(error)

    def _on_changed(self, changed: Changed) -> None:
        """Bring view, inspector and status up to date after a commit."""
        self.catch_up()
        if self.has_class("-bare"):
            self.program.notify(worded(changed.what))

    def take_news(self, here: bool) -> None:
        """Show what others did in the article; selection and rows stay where they are."""
        if here:
            self._names.clear()
            self._signs = None, {}
            self.catch_up()

    def catch_up(self) -> None:
        """Show the article and its annotations as they are now."""
        before, self.article = self.article, self.session.article or self.article
        legend = self.query_one(Legend)
        if self.article.direction != before.direction or legend.schema != self.session.schema:
            legend.show(self.session.schema)
            self._show_anew()
        else:
            self.view.update_annotations(self.annotations, self.article)
        self.show_proposed()
        self.show_state()

    @property
    def suggestions(self) -> Suggestions:
        """What is proposed in the article."""
        from reader.work.suggesting import Suggestions

        if self._suggestions is None:
            self._suggestions = Suggestions(self.session)
        self._suggestions.patterns = self.program.suggests_patterns
        self._suggestions.least = self.program.least_score
        return self._suggestions

    def show_proposed(self) -> None:
        """Show in the text what is proposed, if that is wanted."""
        found = self.suggestions.here() if self.program.looks.suggestions else ()
        if found or self.view.proposed:
            self.view.show_proposed([Proposed(each.start, each.end, each.type) for each in found])

    def proposal_here(self) -> Proposal | None:
        """Return what is proposed under the selection, if that is shown."""
        selection = self.view.selection
        if not self.program.looks.suggestions:
            return None
        return self.suggestions.at(selection.start, selection.end)

    def _show_anew(self) -> None:
        """Lay the text out from the other side, with the same selection."""
        selection, top = self.view.selection, self.view.position()
        self.view.show(self.article, self.annotations, self.session.schema, self.sentences)
        self.take_up_bases()
        self.view.put_back(selection, top)

    def show_state(self) -> None:
        """Show the selection and what stands there in status, inspector and footer."""
        here = self.here()
        if self.inspector.display:
            self._show_inspector(here)
        self.status.show(status_of(self, here))
        self.show_keys()

    def _show_inspector(self, here: Sequence[Placed]) -> None:
        schema, beside = self.session.schema, self.split.wide
        self.inspector.show_article(
            self.article.id, self.annotations, schema, here, self.other, beside, self.signs()
        )

    def leave(self) -> Awaitable[Any] | None:
        """Drop pins, else end zen, else mark no hits any more, else go to the library."""
        if self.view.pinned:
            self.view.drop_fragments()
            return None
        if self.program.zen:
            self.show_zen(False)
            return None
        if self.view.hits:
            self.view.show_hits(())
            return None
        self.keep_position()
        self.mark_spot()
        return self.program.navigation.show_library()
