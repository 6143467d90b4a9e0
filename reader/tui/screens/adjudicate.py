"""Deciding between two annotators: each one's version in the text, and a key for each answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical

from reader.agreement.disagreements import Disagreement
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import Attribution, Record, article_of, spans_of
from reader.corpus.article import Article, display_title
from reader.errors import ConflictError, LibraryBusyError, ReaderError
from reader.session import Changed, Session
from reader.tui.screens.adjudicate_tally import Tally
from reader.tui.screens.agreement_rows import in_what, record_words
from reader.tui.screens.base import CommandScreen, Verb
from reader.tui.screens.slices import Slices
from reader.tui.verbs.motions import MOTIONS
from reader.tui.widgets.article_split import ArticleSplit
from reader.tui.widgets.pieces import isolated, worded
from reader.tui.widgets.text_row import TextRow
from reader.work.adjudication import Adjudication, Choice, Marked

_BESIDE = 100
"""Columns from which the two stand side by side, not one above the other."""


class _Version(Vertical):
    """What one annotator has: in words, and in the text.

    Args:
        key: What takes it.
    """

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.head = TextRow("", classes="version", base=0)
        self.split = ArticleSplit()
        self.split.asked = False

    def compose(self) -> ComposeResult:
        """Words above the text."""
        yield self.head
        yield self.split


class AdjudicateScreen(CommandScreen[None]):
    """The disagreements of two annotators, one after the other, article after article.

    Args:
        pair: Ids of the two.
    """

    CONTEXT: ClassVar[str] = "adjudicate"
    STAYS: ClassVar[bool] = True
    DEFAULT_CSS = """
    AdjudicateScreen {
        & > #head { background: $panel; color: $accent; text-style: bold; }
        & > #what { background: $panel; color: $foreground; }
        & > #both { height: 1fr; layout: vertical; }
        & > #both.-beside { layout: horizontal; }
        & _Version { width: 1fr; height: 1fr; }
        & #both.-beside _Version:last-of-type { border-left: solid $panel; }
        & .version { background: $surface; color: $foreground; text-style: bold; padding: 0 1; }
    }
    """

    def __init__(self, pair: tuple[str, str]) -> None:
        super().__init__()
        self._pair = pair
        self.sides = (_Version("1"), _Version("2"))
        self.both = Container(*self.sides, id="both")
        self.question: Disagreement | None = None
        self.draft: Marked | None = None
        """What is being edited."""
        self._articles: list[str] = []
        self._at = -1
        self._open: Sequence[Disagreement] = ()
        self._cursor = 0
        self._digit = self._shown = ""
        self._known: object = None
        """What the library was when it was last shown."""
        self._stale = False
        """Whether others have changed something while a version was being edited."""
        self._slices = Slices(self, self._tell, self._stopped)
        self._counting = Slices(self, self._tell, self.refuse)
        self._seeking: Callable[[], Iterator[None]] = self._search
        self._halted, self._patient = False, True

    def body(self) -> Iterator[Any]:
        """Head, what is asked, both versions."""
        yield TextRow("", id="head", base=0)
        yield TextRow("", id="what", base=0)
        yield self.both

    def on_mount(self) -> None:
        """Look for the first open place."""
        self.work = Adjudication(self.session, *self._pair)
        self._tally = Tally(self.work)
        self._lay_out()
        for side in self.sides:
            side.display = False
        self._seek(self._search)
        self._tell()

    def on_unmount(self) -> None:
        """Stop looking and counting."""
        self._slices.stop()
        self._counting.stop()

    def on_resize(self, event: events.Resize) -> None:
        """Put the two side by side where there is room."""
        self._lay_out()

    @property
    def session(self) -> Session:
        """Who decides."""
        return self.program.session

    @property
    def context(self) -> str:
        """Whether a version is being edited."""
        return self.CONTEXT if self.draft is None else "amend"

    def _lay_out(self) -> None:
        beside = self.app.size.width >= _BESIDE
        self.both.set_class(beside, "-beside")
        for side in self.sides:
            side.split.share = 2 if beside else 1
            side.split.lay_out()

    def _seek(self, steps: Callable[[], Iterator[None]], *, patient: bool = True) -> None:
        """Look for the next open place.

        Args:
            steps: Looks for it.
            patient: Whether what is settled on the way waits for a library that is locked;
                else it is kept as not saved.
        """
        self._seeking, self._halted, self._patient = steps, False, patient
        self._slices.start(steps())

    def _stopped(self, error: ReaderError) -> None:
        """Look again when the library is free; anything else is said."""
        self._halted = True
        kept = self.session.kept
        if isinstance(error, LibraryBusyError) and not kept.actions:

            def again() -> None:
                self._seek(self._seeking, patient=kept.may_wait)

            self.program.wait_with(self, again, None, error)
        else:
            self.refuse(error)

    def _search(self) -> Iterator[None]:
        """Find the articles of both, then go on to the first open place."""
        self._articles.clear()
        for entry in self.session.articles():
            if self.work.shares(entry.id):
                self._articles.append(entry.id)
            yield
        yield from self._go_on()

    def _go_on(self, step: int = 1) -> Iterator[None]:
        """Go to the next article with an open place; what both have alike is settled on the way."""
        count = len(self._articles)
        order = [*range(self._at + step, count if step > 0 else -1, step)]
        # After the last one comes what was skipped before.
        order += [] if self._open else range(count)
        for at in order:
            taken = self._begin(self._articles[at])
            self.program.say_what_is_not_saved()
            found = self.work.open(self._articles[at])
            if found:
                self._show_article(at, found, 0 if step > 0 else len(found) - 1)
                if taken:
                    self.program.notify(f"{taken:,} that both have alike: settled.")
                return
            yield
        if not self._open:
            self._finish()
        else:
            self.program.notify("There is no open place further on.")

    def _begin(self, article: str) -> int:
        """Settle what both have alike; return how much."""
        kept = self.session.kept
        kept.may_wait = self._patient and not kept.actions
        try:
            return self.work.begin(article)
        finally:
            kept.may_wait = False

    def _finish(self) -> None:
        """Say that nothing is left, or what was skipped."""
        self.question, self._known = None, self.session.library.state
        for side in self.sides:
            side.display = False

    def _show_article(self, at: int, found: Sequence[Disagreement], cursor: int) -> None:
        self._at, self._open, self._cursor = at, found, cursor
        article = self.session.open_article(self._articles[at])
        for side, who in zip(self.sides, self._pair, strict=True):
            side.display = True
            view, records = side.split.view, self._records_of(who)
            if article.id == self._shown:
                view.update_annotations(records, article)
            else:
                view.show(article, records, self.session.schema, self.session.sentences)
        self._shown = article.id
        self._tally.count(article.id)
        self._known = self.session.library.state
        if not self._counting.busy:
            self._counting.start(self._tally.steps(self._articles))
        self._show_question()

    def take_news(self, here: bool) -> None:
        """Show what others have changed; the same place stays as it is shown."""
        self._stale = self.draft is not None or self._slices.busy
        if self._stale or not self.is_current or self._known == self.session.library.state:
            return
        self._tally.forget()
        question = self.question
        if question is None:
            self._seek(self._search)
            return
        found = self.work.open(self._articles[self._at])
        same = next((i for i, each in enumerate(found) if each == question), None)
        if same is None:
            self._refill(self._cursor)
            self.program.notify("Somebody has changed or decided it; this is what is open now.")
            return
        tops = [side.split.view.position() for side in self.sides]
        self._show_article(self._at, found, same)
        for side, top in zip(self.sides, tops, strict=True):
            side.split.view.go_to(top)

    def _records_of(self, annotator: str) -> AnnotationSet:
        """Return what one of the two has, and what stands above the articles."""
        return AnnotationSet.of(
            record
            for record in self.session.annotations
            if article_of(record) is None or getattr(record, "annotator", "") == annotator
        )

    def _show_question(self) -> None:
        """Show the place under the cursor in both versions."""
        question = self.question = self._open[self._cursor]
        versions = (question.left, question.right)
        records = self.session.annotations
        for side, who, record in zip(self.sides, self._pair, versions, strict=True):
            said = "nothing" if record is None else record_words(record, question, records)
            side.head.update(f"{side.key} {isolated(self.work.names[who])}: {said}", 0)
            start, end = _place(record or question.left or question.right)
            side.split.view.select(start, end, centre=True)
        self._tell()
        self.show_keys()

    def _tell(self) -> None:
        """Say how far one is, and what is asked."""
        left, right = (isolated(self.work.names.get(who, who)) for who in self._pair)
        place = f" · article {self._at + 1:,} of {len(self._articles):,}" if self.question else ""
        title = f" · {self._title(self.session.opened())}" if self.question else ""
        self.query_one("#head", TextRow).update(f" {left} and {right}{place}{title}", 0)
        self.query_one("#what", TextRow).update(f" {self._asked()}", 0)

    def _asked(self) -> str:
        if self._slices.busy:
            return "looking for what is open…"
        if self._halted:
            return f"not all was looked at: {self.program.keymap.shown('adjudicate.skip')} goes on"
        if self.question is None:
            return self._tally.nothing_words(self._articles)
        if self.draft is not None:
            from reader.tui.verbs.adjudicating import draft_words

            return draft_words(self, self.draft)
        left, right = (self.work.names.get(who, who) for who in self._pair)
        what = in_what(self.question, (left, right))
        kind = self.question.kind.replace("_", " ")
        decided = self._tally.words(self._articles[self._at], self._articles)
        return f"{kind}, {what} · open {self._cursor + 1:,} of {len(self._open):,} · {decided}"

    def _title(self, article: Article) -> str:
        return isolated(display_title(article)[0])

    def verbs(self) -> Mapping[str, Verb]:
        """Decide, edit, go on and back, undo, leave."""
        from reader.tui.verbs import adjudicating

        if self.draft is not None:
            view = self.sides[0].split.view
            return {id: partial(motion, view) for id, motion in MOTIONS.items()} | {
                "amend.accept": self._settle_draft,
                "amend.cancel": lambda: self.amend(None),
                "amend.type": lambda: adjudicating.retype(self, self._digit),
                "amend.entity": lambda: adjudicating.link(self),
                "amend.field": lambda: adjudicating.say_otherwise(self),
            }
        return {
            "adjudicate.left": lambda: self._decide("left"),
            "adjudicate.right": lambda: self._decide("right"),
            "adjudicate.neither": lambda: self._decide("neither"),
            "adjudicate.edit": self._begin_draft,
            "adjudicate.skip": lambda: self._step(+1),
            "adjudicate.back": lambda: self._step(-1),
            "adjudicate.undo": self._turn,
            "adjudicate.redo": partial(self._turn, again=True),
            "adjudicate.leave": lambda: self.dismiss(None),
        }

    async def press(self, event: events.Key) -> None:
        """Remember which digit it is; while places are looked for, keys can only leave."""
        self._digit = self.program.keymap.typed(event.character)
        await super().press(event)

    def amend(self, draft: Marked | None) -> None:
        """Go on with another draft; None ends editing."""
        self.draft = draft
        if draft is None:
            self._show_question()
            if self._stale:
                self.take_news(True)
        else:
            self._tell()
            self.show_keys()

    def _begin_draft(self) -> None:
        if self.question is None:
            return
        record = self.question.left or self.question.right
        assert isinstance(record, Marked)
        view = self.sides[0].split.view
        view.select(*_place(record), centre=True)
        view.focus()
        self.amend(record)

    def _settle_draft(self) -> None:
        from dataclasses import replace

        draft = self.draft
        if draft is not None and not isinstance(draft, Attribution):
            ranges = self.sides[0].split.view.selection.ranges
            if ranges != draft.span.fragments:
                draft = replace(draft, span=self.session.span(ranges))
        self._decide("edited", draft)

    def _decide(self, choice: Choice, edited: Marked | None = None) -> None:
        if self.question is None or self._slices.busy:
            return
        try:
            self.work.decide(self.question, choice, edited)
        except ConflictError:
            # One of the two has changed it meanwhile.
            self.draft = None
            self._refill(self._cursor)
            raise
        self.draft = None
        self._refill(self._cursor)

    def _refill(self, cursor: int) -> None:
        """Show what is open in the article now; with nothing left go on to the next one."""
        found = self.work.open(self._articles[self._at])
        if found:
            self._show_article(self._at, found, min(cursor, len(found) - 1))
            return
        self._open = ()
        self._tally.count(self._articles[self._at])
        self._seek(self._go_on)

    def _step(self, step: int) -> None:
        """Go to another open place, leaving this one open."""
        if self._halted:
            self._seek(self._seeking)
        if self._slices.busy or not self._open:
            return
        if 0 <= self._cursor + step < len(self._open):
            self._cursor += step
            self._show_question()
        else:
            self._seek(partial(self._go_on, step))

    async def _turn(self, *, again: bool = False) -> None:
        from reader.tui.verbs.undoing import turn_at

        here = self._articles[self._at : self._at + 1] if self.question is not None else []
        await turn_at(self, frozenset(here), self._show_change, again=again)

    def _show_change(self, changed: Changed) -> None:
        """Go to where something was undone or done again."""
        place = changed.place
        if place is not None and place.article in self._articles:
            self._at = self._articles.index(place.article)
            found = self.work.open(place.article)
            here = [i for i, each in enumerate(found) if each.start >= place.start]
            self._refill(here[0] if here else 0)
        self.program.notify(worded(changed.what))

    def refuse(self, error: ReaderError) -> None:
        """Say what could not be done."""
        super().refuse(error)
        self._tell()


def _place(record: Record | None) -> tuple[int, int]:
    """Return where a record stands, of an attribution the last part."""
    spans = () if record is None else spans_of(record)
    return spans[-1].fragments[0] if spans else (0, 1)
