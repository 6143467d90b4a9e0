"""What the status of an article screen says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.annotation.annotation_set import Placed
from reader.annotation.model import Mention, status_id
from reader.tui.widgets.inspector import words_for
from reader.tui.widgets.status_line import Reading

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen


DIRECTIONS = ("left to right", "right to left")
"""Names of the base levels."""


def status_of(desk: ReadingScreen, here: Sequence[Placed]) -> Reading:
    """Return the status: the selection to the letter, and what stands under it."""
    selection, text = desk.view.selection, desk.article.text
    status = desk.annotations.status(status_id(desk.article.id, desk.session.annotator.id))
    return Reading(
        quotes=tuple(text[start:end] for start, end in selection.ranges),
        ranges=selection.ranges,
        unit=desk.view.extent,
        pinned=desk.view.pinned,
        progress=selection.end / max(1, len(text)),
        status=status.value if status is not None else "new",
        here=words_for(here, desk.annotations, desk.session.schema, desk.other)
        or _proposed(desk)
        or (_advice(desk),),
        colour=_colour(desk, here),
        task=_task(desk),
        direction=_direction(desk),
        conflicts=desk.program.views.conflicts,
        unsaved=len(desk.session.kept.actions),
        hidden=desk.session.layers.words,
    )


def _colour(desk: ReadingScreen, here: Sequence[Placed]) -> str:
    inner = here[0].record if here else None
    type = inner.type if isinstance(inner, Mention) else ""
    known = desk.session.schema.entity_type(type)
    return known.colour if known is not None else ""


def _advice(desk: ReadingScreen) -> str:
    shown = desk.program.keymap.shown
    return (
        f"not marked: 1-9 tag it, {shown('entity.link')} links an entity, "
        f"{shown('claim.mark')} marks a claim"
    )


def _proposed(desk: ReadingScreen) -> tuple[str, ...]:
    """What is proposed under the selection, in pieces of one direction, and how to decide on it."""
    found = desk.proposal_here()
    if found is None:
        return ()
    shown = desk.program.keymap.shown
    known = desk.annotations.entity(found.entity)
    named = () if known is None else (" → ", known.name)
    keys = f"   {shown('suggest.take')} takes it, {shown('suggest.refuse')} refuses it"
    return (f"suggested: {found.type} ", found.quote, *named, keys)


def _direction(desk: ReadingScreen) -> str:
    """The direction that the user gave the paragraph, or ""."""
    base = desk.bases.get(desk.view.head_of(desk.view.selection.start))
    return "" if base is None else DIRECTIONS[base]


def _task(desk: ReadingScreen) -> str:
    if desk.mode is not None:
        return desk.mode.task
    if desk.placing is not None:
        from reader.tui.verbs.placing import task

        return task(desk, desk.placing)
    if desk.picking is None:
        return ""
    take, back = (desk.program.keymap.shown(id) for id in ("pick.accept", "pick.cancel"))
    return f"Select the {desk.picking} in the text: {take} takes it, {back} goes back"
