"""The way to the agreement of annotators, and from its rows into the articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.agreement.disagreements import Disagreement, disagreements
from reader.agreement.layers import layer, layers
from reader.annotation.model import spans_of
from reader.annotation.settled import SETTLED
from reader.tui.jumps import AgreementSpot
from reader.tui.screens.agreement import AgreementScreen
from reader.tui.screens.agreement_rows import record_words
from reader.tui.screens.general import sees_others
from reader.tui.screens.reading import ReadingScreen
from reader.tui.verbs.jumping import to_span
from reader.tui.widgets.pieces import isolated

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp


async def show(app: ReaderApp) -> None:
    """Show the agreement, from an article that of the article; what is open already if any is."""
    if any(isinstance(screen, AgreementScreen) for screen in app.screen_stack):
        while not isinstance(app.screen, AgreementScreen):
            await app.pop_screen()
        return
    screen = app.screen
    article = screen.article.id if isinstance(screen, ReadingScreen) else ""
    await show_again(app, AgreementSpot(article=article))


async def show_again(app: ReaderApp, spot: AgreementSpot) -> None:
    """Show the agreement as it was left."""
    await app.push_screen(AgreementScreen(spot))


async def take(screen: AgreementScreen) -> None:
    """Go to the place of a disagreement, or look at an article alone."""
    value = None if screen.current is None else screen.current.value
    if isinstance(value, Disagreement):
        record = value.left or value.right
        spans = () if record is None else spans_of(record)
        if spans:
            await to_span(screen, spans[-1])
    elif isinstance(value, str):
        screen.look(article="" if screen.article else value)


def next_difference(desk: ReadingScreen) -> None:
    """Select the next place that others have otherwise than oneself, and say what they have."""
    if not sees_others(desk.program):
        return
    found = _differences(desk)
    if not found:
        desk.program.notify("Nobody else has marked this article otherwise than you.")
        return
    selection = desk.view.selection
    places = sorted({_place(each) for _, each in found})
    after = [place for place in places if place > (selection.start, selection.end)] or places
    told = "; ".join(_words(desk, by, each) for by, each in found if _place(each) == after[0])
    desk.jump_to(after[:1])
    number = f"{places.index(after[0]) + 1:,} of {len(places):,}"
    desk.program.notify(told, title=f"Disagreement {number}")


def _differences(desk: ReadingScreen) -> list[tuple[str, Disagreement]]:
    """Return where anybody whose marks show has it otherwise than oneself, with who it is."""
    records, article = desk.annotations, desk.article.id
    found, me = layers(records, article), desk.session.annotator.id
    own = found.get(me) or layer(me)
    return [
        (id, each)
        for id, other in found.items()
        if id not in (me, SETTLED.id)
        for each in disagreements(article, own, other, records)
    ]


def _place(each: Disagreement) -> tuple[int, int]:
    """Where it is to be looked at: what one has oneself, else what the other has."""
    record = each.left or each.right
    spans = () if record is None else spans_of(record)
    return spans[-1].fragments[0] if spans else (each.start, each.end)


def _words(desk: ReadingScreen, by: str, each: Disagreement) -> str:
    """Say what another has, and one has oneself."""
    theirs, mine = (
        "nothing" if record is None else record_words(record, each, desk.annotations)
        for record in (each.right, each.left)
    )
    return f"{isolated(desk.other(by))} has {theirs}, you have {mine}"
