"""Marking a claim and filling in its form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from reader.annotation.actions import shorten
from reader.annotation.claim_marking import ClaimForm
from reader.annotation.model import Claim, ClaimMention, Entity, ref_to
from reader.errors import ConflictError
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.screens.search import SearchScreen
from reader.tui.verbs.picking import pick, stop_picking, take
from reader.tui.verbs.tagging import NewName, ask_entity, ask_type
from reader.tui.widgets.claim_panel import CHOICES, ClaimPanel, form_of
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen

_Statement = tuple[Literal["new", "reword"], str] | Claim


async def mark(desk: ReadingScreen) -> None:
    """Open the form of a new claim over the selection."""
    await _open(desk, ClaimPanel(desk.program.keymap, desk.span(), ClaimForm(), None))


async def edit(desk: ReadingScreen, mention: ClaimMention) -> None:
    """Open the form of a claim."""
    form = form_of(mention, desk.annotations)
    await _open(desk, ClaimPanel(desk.program.keymap, mention.span, form, mention))


async def _open(desk: ReadingScreen, panel: ClaimPanel) -> None:
    await desk.open_form(panel)
    panel.fill(desk.annotations)
    # The form takes rows of the text: what is claimed stays in sight.
    desk.call_after_refresh(_show_claimed, desk, panel)


def _show_claimed(desk: ReadingScreen, panel: ClaimPanel) -> None:
    """Fit form and text to the columns and rows that they have now."""
    if not panel.is_attached:
        return
    panel.fill(desk.annotations)
    desk.view.bring(panel.ranges[-1][1] - 1)
    desk.view.bring(panel.ranges[0][0])


async def save(desk: ReadingScreen) -> None:
    """Save the claim and close the form."""
    panel = desk.panel
    try:
        if panel.mention is None:
            desk.session.marking.mark_claim(panel.ranges, panel.form)
        else:
            desk.session.marking.edit_claim(panel.mention, panel.form)
    except ConflictError as error:
        _stay(desk, error)
        return
    await close(desk)


def _stay(desk: ReadingScreen, error: ConflictError) -> None:
    """Leave the form as it is filled in, to be saved over what another has done meanwhile."""
    panel, key = desk.panel, desk.program.keymap.shown("form.save")
    if panel.mention is not None:
        found = desk.session.annotations.get(ref_to(panel.mention))
        panel.mention = found if isinstance(found, ClaimMention) else None
    desk.refuse(error)
    again = "as a new claim" if panel.mention is None else "over that"
    desk.program.notify(
        f"{error.message} What you filled in is still here: {key} saves it {again}.",
        title="Not saved",
        severity="warning",
    )


async def close(desk: ReadingScreen) -> None:
    """Close the form and select the claim."""
    ranges = desk.panel.ranges
    await desk.close_form()
    desk.select_ranges(ranges)


async def leave(desk: ReadingScreen) -> None:
    """Close the form; ask first when something in it is not saved."""
    if not desk.panel.changed:
        await close(desk)
        return
    choices = [
        Choice("save it", save, key="s"),
        Choice("drop what was filled in", close, key="d"),
        Choice("back to the form", None, key="b"),
    ]
    overlay: ChoiceScreen[Callable[[ReadingScreen], Awaitable[None]]]
    overlay = ChoiceScreen("The claim is not saved yet.", choices)
    await desk.ask(overlay, lambda chosen: chosen(desk))


async def statement(desk: ReadingScreen) -> None:
    """Type the normalised claim, or find one to link."""
    linked = desk.panel.form.claim is not None
    overlay: SearchScreen[_Statement] = SearchScreen(
        "The claim in one sentence that stands alone",
        lambda typed: _statement_rows(desk, typed.strip(), linked),
        (8, 0),
        typed=desk.panel.form.statement,
        words=desk.panel.quote,
        placeholder="type it, or words of a claim that is there already",
    )
    await desk.ask(overlay, lambda chosen: _set_statement(desk, chosen))


def _statement_rows(desk: ReadingScreen, typed: str, linked: bool) -> Sequence[Row]:
    claims = desk.session.finding.find_claims(typed)
    same = [claim for claim in claims if claim.text == typed]
    others = [claim for claim in claims if claim not in same]
    rows = [_claim_row("same", claim) for claim in same]
    if not typed:
        # Enter on nothing typed must not link whatever claim happens to come first.
        rows.append(Row((Cell("none", "dim"), Cell("leave the statement open")), ("new", "")))
    elif not same:
        if linked:
            rows.append(Row((Cell("reword", "dim"), Cell(typed)), ("reword", typed)))
        rows.append(Row((Cell("new", "dim"), Cell(typed)), ("new", typed)))
    return rows + [_claim_row("claim", claim) for claim in others]


def _claim_row(kind: str, claim: Claim) -> Row:
    return Row((Cell(kind, "dim"), Cell(claim.text)), claim)


def _set_statement(desk: ReadingScreen, chosen: _Statement) -> None:
    if isinstance(chosen, Claim):
        desk.panel.fill(desk.annotations, claim=chosen.id, statement=chosen.text)
    elif chosen[0] == "new":
        desk.panel.fill(desk.annotations, claim=None, statement=chosen[1])
    else:
        desk.panel.fill(desk.annotations, statement=chosen[1])


async def claimant(desk: ReadingScreen) -> None:
    """Find the entity that claims it."""
    source = desk.panel.form.source
    name = source.quote if source is not None else desk.article.publisher or ""
    await _ask_for(desk, "Who claims it?", "claimant", name)


async def affiliation(desk: ReadingScreen) -> None:
    """Find the entity that the claimant speaks for."""
    await _ask_for(desk, "Whom does the claimant speak for?", "affiliation", "")


async def _ask_for(desk: ReadingScreen, question: str, field: str, name: str) -> None:
    await ask_entity(desk, question, None, name, lambda chosen: _set_entity(desk, field, chosen))


async def _set_entity(desk: ReadingScreen, field: str, chosen: Entity | NewName) -> None:
    if isinstance(chosen, Entity):
        desk.panel.fill(desk.annotations, **{field: chosen.id})
        return

    def make(type: str) -> None:
        entity = desk.session.marking.create_entity(chosen, type)
        desk.panel.fill(desk.annotations, **{field: entity.id})

    await ask_type(desk, f"Type of the new entity “{isolated(shorten(chosen))}”", make)


async def turn(desk: ReadingScreen, field: str, step: int) -> None:
    """Change the value of a field, or open what fills it in."""
    if field in CHOICES:
        desk.panel.turn(field, step, desk.annotations)
    elif step > 0:
        done = FIELDS[field](desk)
        if done is not None:
            await done


FIELDS: dict[str, Callable[[ReadingScreen], Awaitable[Any] | None]] = {
    "form.statement": statement,
    "form.claimant": claimant,
    "form.affiliation": affiliation,
    "form.source": lambda desk: pick(desk, "source"),
    "form.cue": lambda desk: pick(desk, "cue"),
}
"""What fills in the fields that are no choice."""

VERBS: dict[str, Callable[[ReadingScreen], Awaitable[Any] | None]] = {
    **FIELDS,
    **{field: partial(turn, field=field, step=+1) for field in CHOICES},
    "form.up": lambda desk: desk.panel.move(-1),
    "form.down": lambda desk: desk.panel.move(+1),
    "form.next": lambda desk: turn(desk, desk.panel.field, +1),
    "form.back": lambda desk: turn(desk, desk.panel.field, -1),
    "form.clear": lambda desk: desk.panel.empty(desk.panel.field, desk.annotations),
    "form.save": save,
    "form.cancel": leave,
    "pick.accept": take,
    "pick.cancel": stop_picking,
}
"""What the commands of the scopes `claim` and `pick` do."""
