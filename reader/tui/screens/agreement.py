"""How far annotators agree: tables, each of whose rows leads on, and every disagreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import ClassVar

from reader.agreement.disagreements import Disagreement
from reader.overview.comparison import Comparison
from reader.tui.commands import Need
from reader.tui.jumps import AgreementSpot
from reader.tui.screens.agreement_rows import (
    Line,
    Section,
    by_article,
    columns,
    confusions,
    difference_words,
    differing,
    empty_rows,
    fitting,
    line_row,
    lines,
    measures,
    of_all,
)
from reader.tui.screens.base import Verb, list_verbs, needs_met
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.screens.tables import TablesScreen
from reader.tui.widgets.lazy_rows import LazyRows
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Row
from reader.tui.widgets.text_row import TextRow


class AgreementScreen(TablesScreen):
    """Tables of two annotators; they are compared while keys go on to work.

    Args:
        spot: Whom to compare and where, and where to put the cursor.
    """

    CONTEXT: ClassVar[str] = "agreement"

    def __init__(self, spot: AgreementSpot) -> None:
        super().__init__(columns(80))
        self.pair, self.article = spot.pair, spot.article
        self.lines: Sequence[Line] = ()
        self._row = spot.row
        self._read = 0
        self.comparison: Comparison
        """What has been compared."""
        self._shown: tuple[object, ...] = ()
        self._titles: dict[str, str] = {}
        self._stale = False
        """Whether others have changed something since this comparison was begun."""

    def take_news(self, here: bool) -> None:
        """Compare anew what others have changed; what shows stays until that is done."""
        if not self.is_current:
            return
        if self.slices.busy:
            self._stale = True
        else:
            self.refill()

    @property
    def current(self) -> Line | None:
        """The row under the cursor."""
        at = self.rows.cursor
        return self.lines[at] if at < len(self.lines) else None

    @property
    def met(self) -> frozenset[Need]:
        """Whether two are compared, and what the row under the cursor leads to."""
        return frozenset(needs_met(self.rows)).union(self._at_hand())

    def _at_hand(self) -> Iterator[Need]:
        if self.pair:
            yield "pair"
        if self.article or self._article_here:
            yield "article"

    @property
    def _article_here(self) -> str:
        """The id of the article that the row under the cursor is about, or ""."""
        value = None if self.current is None else self.current.value
        here = value.article if isinstance(value, Disagreement) else value
        return here if isinstance(here, str) else ""

    def spot(self) -> AgreementSpot:
        """Where one is."""
        line = self.current
        return AgreementSpot(self.pair, self.article, self._row if line is None else line.value)

    def refill(self) -> None:
        """Compare what has not been compared yet, beside the keys."""
        self._stale = False
        self.comparison = self.program.views.comparison
        self.slices.start(self._steps(self.comparison))
        self.tell()

    def _steps(self, comparison: Comparison) -> Iterator[None]:
        """Read the articles, then compare the two in each of them."""
        self._read = 0
        if not comparison.whole:
            for _ in comparison.steps():
                self._read += 1
                yield
        if self.pair is None or set(self.pair) not in map(set, comparison.pairs):
            me = self.program.session.annotator.id
            self.pair = comparison.pair_of(me, self.article)
        if self.pair is not None:
            yield from comparison.steps_between(*self.pair)
            if self.article not in comparison.compared(*self.pair):
                self.article = ""

    def tell(self) -> None:
        """Show what is known by now; what was compared before stays until then."""
        comparison = self.comparison
        if self.slices.busy or not comparison.whole:
            told = f" comparing… {self._read:,} articles read"
            self.query_one("#shown", TextRow).update(told, 0)
            return
        if self._stale:
            self.call_next(self.refill)
        shown = comparison, self.pair, self.article, self.app.size.width
        if shown == self._shown:
            self._tell_head()
            return
        kept = self.spot().row
        self._shown = shown
        entries = self.program.session.articles()
        self._titles = {entry.id: entry.title for entry in entries}
        self.lines = list(lines(self._sections(self.pair))) if self.pair else []
        found = (i for i, line in enumerate(self.lines) if line.value == kept and kept is not None)
        self._show(next(found, self.rows.cursor))

    def _sections(self, pair: tuple[str, str]) -> Iterator[Section]:
        left, right = pair
        comparison, names = self.comparison, self._names(pair)
        compared = comparison.compared(left, right)
        here = {id: each for id, each in compared.items() if self.article in ("", id)}
        found = compared.get(self.article) if self.article else comparison.total(left, right)
        if found is None:
            return
        differences = [
            each for each in comparison.disagreements(left, right) if each.article in here
        ]
        room = fitting(self.app.size.width)
        yield measures(found, names)
        if not self.article:
            yield of_all(comparison.together())
        yield from confusions(found, names, room)
        if not self.article:
            counted = Counter(each.article for each in differences)
            yield by_article(here, self._titles, counted)
        yield differing(differences)

    def _words(self, difference: Disagreement) -> str:
        records = self.comparison.annotated[0].records
        names = ("", "") if self.pair is None else self._names(self.pair)
        return difference_words(difference, names, self._titles, records)

    def _names(self, pair: tuple[str, str]) -> tuple[str, str]:
        left, right = (self.comparison.people[id].name for id in pair)
        return left, right

    def _show(self, cursor: int) -> None:
        width = self.app.size.width
        self.rows.columns = columns(width)
        make = partial(line_row, room=fitting(width), words=self._words)
        rows: Sequence[Row] = LazyRows(self.lines, make) if self.lines else list(empty_rows())
        self.rows.show(rows, cursor)
        self.rows.refresh()
        self._tell_head()

    def _tell_head(self) -> None:
        head, where = "Agreement", ""
        if self.pair:
            head = "Agreement of " + " and ".join(isolated(name) for name in self._names(self.pair))
            articles = len(self.comparison.compared(*self.pair))
            where = f"{articles:,} article{'s' * (articles != 1)} that both annotated"
        if self.article:
            where = f"only “{isolated(self._titles.get(self.article, self.article))}”"
        self.query_one("#head", TextRow).update(f" {head}", 0)
        self.query_one("#shown", TextRow).update(f" {where}", 0)

    async def take(self) -> None:
        """Go to what the row under the cursor leads to."""
        from reader.tui.verbs.agreement import take

        await take(self)

    def verbs(self) -> Mapping[str, Verb]:
        """Move in the tables, choose whom and where to compare, go to a disagreement, leave."""
        return list_verbs(self.rows) | {
            "list.accept": self.take,
            "list.cancel": self._leave,
            "agreement.next": lambda: self._go_to_table(+1),
            "agreement.previous": lambda: self._go_to_table(-1),
            "agreement.differences": self._go_to_differences,
            "agreement.people": self._ask_people,
            "agreement.article": self._turn_article,
            "agreement.adjudicate": self._adjudicate,
        }

    def look(self, *, article: str) -> None:
        """Compare in one article alone, or with "" in all."""
        self.article = article
        self.tell()

    def _leave(self) -> None:
        if self.article:
            self.look(article="")
        else:
            self.dismiss(None)

    def _go_to_table(self, step: int) -> None:
        starts = [
            i + 1 for i, line in enumerate(self.lines) if line.heading and line.cells != ("",)
        ]
        if starts:
            here = self.lines[self.rows.cursor].section
            self.go_to(starts[(here + step) % len(starts)])

    def _go_to_differences(self) -> None:
        found = (i for i, line in enumerate(self.lines) if isinstance(line.value, Disagreement))
        at = next(found, None)
        if at is None:
            self.program.notify("The two differ nowhere here.")
        else:
            self.go_to(at)

    def _turn_article(self) -> None:
        if self.article:
            self.look(article="")
        elif self._article_here:
            self.look(article=self._article_here)
        else:
            self.program.notify("Put the cursor on an article or on a disagreement.")

    async def _ask_people(self) -> None:
        comparison = self.comparison
        if not comparison.whole or not comparison.pairs:
            return
        people, known = comparison.people, set(comparison.pairs)
        choices = [
            Choice("", pair, " and ".join(isolated(people[id].name) for id in pair))
            for pair in combinations(people, 2)
            if pair in known
        ]
        overlay: ChoiceScreen[tuple[str, str]] = ChoiceScreen("Compare which two?", choices)
        await self.ask(overlay, self._compare)

    def _compare(self, pair: tuple[str, str]) -> None:
        self.pair, self.article = pair, ""
        self.refill()

    async def _adjudicate(self) -> None:
        from reader.tui.verbs.adjudicating import adjudicate

        if self.pair is not None:
            await adjudicate(self.program, self.pair)
