"""What is proposed in an article, as a list: by name, each place with the words around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from reader.annotation.model import Mention, Suggestion
from reader.errors import UsageError
from reader.overview.search import hit_in
from reader.session import Changed
from reader.suggest.names import Name
from reader.suggest.proposals import Proposal, names_of
from reader.tui.commands import Need
from reader.tui.screens.base import Overlay, Verb, list_verbs, needs_met
from reader.tui.widgets.pieces import isolated, worded
from reader.tui.widgets.rows import Cell, Row, RowList
from reader.tui.widgets.text_row import TextRow

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen

_STEP = 0.1
"""By how much the least score goes up and down."""

_NARROW = 70
"""Columns below which a row has the words alone."""

_LEAD, _SHORT_LEAD = 36, 10
"""Code points shown before a suggestion, and in a narrow terminal."""

Group = tuple[str, str]
"""What counts as one name: its type, and its entity or else its wording."""


class Subject(NamedTuple):
    """A name to look for in other articles.

    Attributes:
        shown: How it is called.
        names: All that it is written like.
    """

    shown: str
    names: tuple[Name, ...]


class SuggestionsScreen(Overlay[Proposal]):
    """The list; in the text above, the row under the cursor is selected.

    Gives the suggestion to go to, if one is taken from the list to look at it.

    Args:
        desk: The article.
    """

    CONTEXT: ClassVar[str] = "suggestions"
    DEFAULT_CSS = """
    SuggestionsScreen { background: $background 0%; }
    """

    def __init__(self, desk: ReadingScreen) -> None:
        super().__init__()
        self.desk = desk
        self.said = TextRow("", base=0)
        self.rows = RowList((8, 0, 12))
        self._before = desk.view.selection, desk.view.position()
        self._mention = _own_mention(desk)
        self._last: Proposal | None = None

    def body(self) -> Iterator[Any]:
        """How many there are, above the list."""
        yield self.said
        yield self.rows

    def on_mount(self) -> None:
        """Fill the list; begin with what is proposed at the selection, or after it."""
        self._refill(self._first_row())
        self.rows.focus()

    @property
    def met(self) -> frozenset[Need]:
        """Whether there is a suggestion."""
        return frozenset(needs_met(self.rows))

    def verbs(self) -> Mapping[str, Verb]:
        """Look through the list, take, refuse, leave."""
        suggestions = self.desk.suggestions
        moves = {id: self._moving(verb) for id, verb in list_verbs(self.rows).items()}
        return moves | {
            "list.accept": self._go,
            "list.cancel": self._leave,
            "suggestions.take": lambda: self._do(suggestions.take, self._one()),
            "suggestions.refuse": lambda: self._do(suggestions.refuse, self._one()),
            "suggestions.take_name": lambda: self._do(suggestions.take, self._of_name()),
            "suggestions.refuse_name": lambda: self._do(suggestions.refuse, self._of_name()),
            "suggestions.take_type": lambda: self._do(suggestions.take, self._of_type()),
            "suggestions.take_all": lambda: self._do(suggestions.take, suggestions.here()),
            "suggestions.refuse_all": lambda: self._do(suggestions.refuse, suggestions.here()),
            "suggestions.everywhere": self._everywhere,
            "suggestions.patterns": self._change_patterns,
            "suggestions.surer": lambda: self._change_least(+_STEP),
            "suggestions.unsurer": lambda: self._change_least(-_STEP),
            "suggestions.forget": self._forget,
            "suggestions.undo": self._turn,
            "suggestions.redo": partial(self._turn, again=True),
        }

    def on_row_list_taken(self, event: RowList.Taken) -> None:
        """Go to the row that is clicked."""
        self._go()

    @property
    def chosen(self) -> Proposal | None:
        """What the row under the cursor proposes."""
        return self.rows.current.value if self.rows.current is not None else None

    def _moving(self, move: Verb) -> Verb:
        def moved() -> None:
            move()
            self._select()

        return moved

    def _one(self) -> Sequence[Proposal]:
        return () if self.chosen is None else (self.chosen,)

    def _of_name(self) -> Sequence[Proposal]:
        wanted = None if self.chosen is None else group_of(self.chosen)
        return [each for each in self.desk.suggestions.here() if group_of(each) == wanted]

    def _of_type(self) -> Sequence[Proposal]:
        wanted = None if self.chosen is None else self.chosen.type
        return [each for each in self.desk.suggestions.here() if each.type == wanted]

    def _do(self, does: Callable[[Sequence[Proposal]], None], chosen: Sequence[Proposal]) -> None:
        """Take or refuse, and go on with what stands next in the list."""
        does(chosen)
        self._last = chosen[0]
        undo = self.program.keymap.shown("suggestions.undo")
        done = "taken" if does == self.desk.suggestions.take else "refused"
        self._refill(self.rows.cursor)
        if len(chosen) > 1:
            self.program.notify(f"{len(chosen):,} {done}; {undo} takes all of that back.")

    async def _turn(self, *, again: bool = False) -> None:
        from reader.tui.verbs.undoing import turn_at

        await turn_at(self, self.desk.shown_articles, self._told, again=again)

    def _told(self, changed: Changed) -> None:
        """Show the list after an undo, and say what was undone."""
        self._refill(self.rows.cursor)
        self.program.notify(f"{worded(changed.what)}.")

    def _forget(self) -> None:
        self.desk.suggestions.forget()
        self._refill(self.rows.cursor)

    def _change_patterns(self) -> None:
        self.program.suggests_patterns = not self.program.suggests_patterns
        self._show_otherwise()
        wanted = "are proposed too" if self.program.suggests_patterns else "are proposed no more"
        self.program.notify(f"Dates, money and percentages {wanted}.")

    def _change_least(self, by: float) -> None:
        least = min(1.0, max(0.0, round(self.program.least_score + by, 1)))
        self.program.least_score = least
        self._show_otherwise()
        self.program.notify(f"Of models, what has {least:.0%} or more." if least else "All scores.")

    def _show_otherwise(self) -> None:
        self.desk.show_proposed()
        self._refill(0)

    def _refill(self, cursor: int) -> None:
        """Show what is proposed now."""
        self.rows.show(list(self._rows()), cursor)
        self._say()
        self._select()

    def _first_row(self) -> int:
        start = self.desk.view.selection.start
        values = [(row.value.start, n) for n, row in enumerate(self._rows()) if row.value]
        return min(((s < start, s, n) for s, n in values), default=(False, 0, 0))[2]

    def _rows(self) -> Iterator[Row]:
        groups: dict[Group, list[Proposal]] = {}
        for each in self.desk.suggestions.here():
            groups.setdefault(group_of(each), []).append(each)
        for found in groups.values():
            yield self._heading(found)
            for each in found:
                yield self._row(each)

    def _heading(self, found: Sequence[Proposal]) -> Row:
        count = f"{len(found):>5,}"
        kind = Cell(found[0].type, colour=self._colour(found[0].type), base=0)
        return Row((kind, Cell(self._called(found[0])), Cell(count, base=0)), heading=True)

    def _row(self, proposal: Proposal) -> Row:
        article = self.desk.article
        narrow = self.app.size.width < _NARROW
        lead = _SHORT_LEAD if narrow else _LEAD
        hit = hit_in(article.text, article.direction, *proposal.place, lead)
        excerpt = Cell(hit.excerpt, base=hit.base, marks=(hit.mark,))
        if narrow:
            return Row((excerpt,), proposal)
        return Row((Cell(""), excerpt, Cell(_remark(proposal), "dim", base=0)), proposal)

    def _colour(self, type: str) -> str:
        kind = self.program.session.schema.entity_type(type)
        return "" if kind is None else kind.colour

    def _called(self, proposal: Proposal) -> str:
        known = self.desk.annotations.entity(proposal.entity)
        if known is not None:
            return known.name
        return proposal.quote if group_of(proposal)[1] else "dates and amounts"

    def _say(self) -> None:
        suggestions = self.desk.suggestions
        count, refused = len(suggestions.here()), len(suggestions.refused())
        said = "1 suggestion" if count == 1 else f"{count:,} suggestions"
        if suggestions.least and self.desk.annotations.all(Suggestion):
            said += f", of models from {suggestions.least:.0%}"
        if refused:
            said += f"; {refused:,} refused"
        elsewhere = self._subject()
        if not count and elsewhere is not None:
            key = self.program.keymap.shown("suggestions.everywhere")
            said += f". {key} looks for “{isolated(elsewhere.shown)}” in other articles"
        self.said.update(said, 0)

    def _select(self) -> None:
        """Select in the text what the cursor is on, above the list."""
        view, chosen = self.desk.view, self.chosen
        if chosen is not None:
            view.show_hit(*chosen.place)
            view.go_to(chosen.start)

    def _go(self) -> None:
        if self.chosen is not None:
            self.dismiss(self.chosen)

    def _leave(self) -> None:
        self.desk.view.put_back(*self._before)
        self.dismiss(None)

    def _subject(self) -> Subject | None:
        """The name under the cursor, else what was taken last, else the mention one came from."""
        chosen, mention = self.chosen or self._last, self._mention
        records = self.desk.annotations
        if chosen is None and mention is None:
            return None
        if chosen is not None:
            type, id, quote = chosen.type, chosen.entity, chosen.quote
        else:
            assert mention is not None
            type, id, quote = mention.type, mention.entity, mention.span.quote
        known = records.entity(id)
        if known is None:
            return Subject(quote, (Name(quote, type),))
        names = dict.fromkeys((*names_of([known]), Name(quote, known.type, known.id)))
        return Subject(known.name, tuple(names))

    async def _everywhere(self) -> None:
        from reader.tui.verbs.suggesting_everywhere import suggest

        subject = self._subject()
        if subject is None:
            raise UsageError("There is no name to look for: tag one in the text first.")
        await suggest(self, subject, lambda: self._refill(self.rows.cursor))


def group_of(proposal: Proposal) -> Group:
    """Return what a suggestion is grouped under: its entity, else its wording; patterns by type."""
    if proposal.names[0].proposer == "pattern":
        return proposal.type, ""
    return proposal.type, proposal.entity or proposal.quote.casefold()


def _remark(proposal: Proposal) -> str:
    """Say how sure a model is of it."""
    models = [each for each in proposal.records if each.score == proposal.score]
    if not models:
        return ""
    score = "" if proposal.score is None else f"{proposal.score:.0%} "
    return f"{score}{models[0].model}"


def _own_mention(desk: ReadingScreen) -> Mention | None:
    from reader.tui.verbs.targets import mention_at

    return mention_at(desk)
