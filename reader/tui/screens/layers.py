"""Whose marks are shown: each annotator with how much is marked, shown or hidden at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from reader.annotation.layers import Layers, marked_by
from reader.annotation.model import Annotator
from reader.tui.commands import Need
from reader.tui.screens.article_screen import ArticleScreen
from reader.tui.screens.base import Overlay, Verb, list_verbs
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.widgets.rows import Cell, Row, RowList
from reader.tui.widgets.text_row import TextRow


class LayersScreen(Overlay[None]):
    """A list of the annotators over the article, which shows what is chosen here at once."""

    CONTEXT: ClassVar[str] = "layers"
    DEFAULT_CSS = """
    LayersScreen { background: $background 0%; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.said = TextRow("", base=0)
        self.rows = RowList((3, 0, 10, 12))

    def body(self) -> Iterator[Any]:
        """What is shown in all, above the annotators."""
        yield self.said
        yield self.rows

    def on_mount(self) -> None:
        """Fill the list."""
        self.rows.focus()
        self._show()

    def _people(self) -> list[tuple[Annotator, int]]:
        """Who has marked how much: in the article, or in all of them in the library."""
        session = self.program.session
        me, article = session.annotator, session.article
        if article is None or not isinstance(self.program.screen_stack[-2], ArticleScreen):
            marks = {each.id: each.marks for each in session.library.people.activity()}
        else:
            marks = marked_by(session.annotations, article.id)
        others = [
            (each, marks.get(each.id, 0))
            for each in session.library.people.all()
            if each.id != me.id and not session.layers.blind
        ]
        return [(me, marks.get(me.id, 0)), *(pair for pair in others if pair[1])]

    def _show(self) -> None:
        session = self.program.session
        me, layers = session.annotator.id, session.layers
        rows = [
            Row(
                (
                    Cell("" if layers.hides(each.id, me) else "●", "strong", base=0),
                    Cell(each.name),
                    Cell("you" if each.id == me else each.id[:10], "dim", base=0),
                    Cell(f"{count:,} mark{'s' * (count != 1)}", "dim", base=0),
                ),
                each.id,
            )
            for each, count in self._people()
        ]
        self.rows.show(rows, min(self.rows.cursor, len(rows) - 1))
        self.said.update(f"Whose marks are shown: {words(layers)}", 0)

    @property
    def met(self) -> frozenset[Need]:
        """Whether the layer under the cursor is somebody else's, and any is hidden."""
        return frozenset(self._at_hand())

    def _at_hand(self) -> Iterator[Need]:
        session = self.program.session
        if self._chosen and self._chosen != session.annotator.id:
            yield "theirs"
        if session.layers.hidden or session.layers.alone:
            yield "hidden"

    def verbs(self) -> Mapping[str, Verb]:
        """Show and hide layers, leave."""
        return list_verbs(self.rows) | {
            "list.accept": lambda: self._leave(),
            "list.cancel": lambda: self._leave(),
            "layers.toggle": self._toggle,
            "layers.compare": self._compare,
            "layers.mine": lambda: self._look_if_seeing(Layers(alone=True)),
            "layers.all": lambda: self._look_if_seeing(Layers()),
            "layers.blind": self._turn_blind,
        }

    def on_row_list_taken(self, event: RowList.Taken) -> None:
        """Show or hide the layer that is clicked."""
        self._toggle()

    @property
    def _chosen(self) -> str:
        return "" if self.rows.current is None else str(self.rows.current.value)

    def _toggle(self) -> None:
        session = self.program.session
        layers, me = session.layers, session.annotator.id
        if layers.blind:
            self._say_blind()
            return
        people = {each.id for each, _ in self._people()}
        hidden = {id for id in people | layers.hidden if layers.hides(id, me)}
        self._look(Layers(frozenset(hidden ^ {self._chosen})))

    def _compare(self) -> None:
        """Show the layer under the cursor and one's own."""
        session = self.program.session
        if session.layers.blind:
            self._say_blind()
            return
        if self._chosen == session.annotator.id:
            self.program.notify("These are yours: put the cursor on somebody else's marks.")
            return
        others = {each.id for each, _ in self._people()}
        self._look(Layers(frozenset(others - {self._chosen, session.annotator.id})))

    async def _turn_blind(self) -> None:
        """Begin blind mode; end it only when that is meant."""
        if not self.program.session.layers.blind:
            self._look(Layers(blind=True))
            return
        choices = [
            Choice("stay blind", None, "nothing changes", key="n"),
            Choice("end it", True, "what others have marked shows at once", key="y"),
        ]
        overlay: ChoiceScreen[bool] = ChoiceScreen("End blind mode?", choices)
        await self.ask(overlay, lambda _: self._look(Layers()))

    def _look_if_seeing(self, layers: Layers) -> None:
        """Look at other layers, unless that would end blind mode by the way."""
        if self.program.session.layers.blind:
            self._say_blind()
        else:
            self._look(layers)

    def _say_blind(self) -> None:
        key = self.program.keymap.shown("layers.blind")
        self.program.notify(f"Blind mode hides what others do; {key} ends it.")

    def _look(self, layers: Layers) -> None:
        self.program.look_at(layers)
        self._show()

    def _leave(self) -> None:
        self.dismiss(None)


def words(layers: Layers) -> str:
    """Say in a few words what is shown."""
    if layers.blind:
        return "yours alone, blind to others everywhere"
    if layers.alone:
        return "yours alone"
    count = len(layers.hidden)
    return f"all but {count}" if count else "everybody's"
