"""Selecting in the text who is the source of a claim, and the word that attributes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reader.annotation.model import Mention
from reader.annotation.spans import Range, Span
from reader.annotation.speakers import Speakers, Spoken, speakers

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen

Part = Literal["source", "cue"]


def pick(desk: ReadingScreen, part: Part) -> None:
    """Let the user select the source or the cue in the text."""
    form = desk.panel.form
    span = form.source if part == "source" else form.cue
    desk.picking = part
    if span is not None:
        desk.select_ranges(span.fragments)
    elif part == "cue" and form.source is not None:
        # A verb of saying follows its subject, as a rule.
        desk.select_ranges(form.source.fragments[-1:])
        desk.view.move_unit("word", +1)
    elif part == "source" and (named := _named_near(desk)) is not None:
        desk.select_ranges([named])
    else:
        # Sources and cues are short: begin with the first word of the claim.
        start = desk.panel.ranges[0][0]
        desk.view.select(start, start + 1, unit="cluster")
        desk.view.widen()
    desk.view.focus()
    desk.show_state()


def _named_near(desk: ReadingScreen) -> Range | None:
    """Who is named last before the claim in its paragraph, else first after it."""
    types = _speakers(desk).types
    text, (start, end) = desk.article.text, (desk.panel.ranges[0][0], desk.panel.ranges[-1][1])
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    named = sorted(
        mention.span.fragments[0]
        for mention in desk.annotations.all(Mention)
        if mention.type in types and mention.span.article == desk.article.id
    )
    before = [each for each in named if first <= each[0] and each[1] <= start]
    after = [each for each in named if end <= each[0] and (last < 0 or each[1] <= last)]
    return before[-1] if before else after[0] if after else None


def take(desk: ReadingScreen) -> None:
    """Take the selection as the part that was asked for; a source can tell the claimant."""
    span = desk.span()
    part = desk.picking
    stop_picking(desk)
    if part is not None:
        desk.panel.fill(desk.annotations, **{part: span})
    if part == "source" and desk.panel.form.claimant is None:
        desk.panel.fill(desk.annotations, claimant=_entity_in(desk, span))


def _entity_in(desk: ReadingScreen, span: Span) -> str | None:
    """The entity that is named last in the source: its name follows its role and firm."""
    speaking = _speakers(desk)
    named = [
        (mention.span.fragments, mention.entity)
        for mention in desk.annotations.all(Mention)
        if mention.entity and mention.type in speaking.types and _lies_in(mention.span, span)
    ]
    people = [each for each in named if _type_of(desk, each[1]) in speaking.people]
    return max(people or named)[1] if named else None


def _type_of(desk: ReadingScreen, entity: str) -> str:
    known = desk.annotations.entity(entity)
    return "" if known is None else known.type


def _speakers(desk: ReadingScreen) -> Speakers:
    """Who speaks, by type: as the claims of the library have it that are shown."""
    spoken: tuple[Spoken, ...] = ()
    with desk.session.kept.doing_without():
        spoken = desk.session.shown.claims.spoken()
    return speakers(desk.session.schema, spoken)


def _lies_in(inner: Span, outer: Span) -> bool:
    return inner.article == outer.article and all(
        any(first <= start and end <= last for first, last in outer.fragments)
        for start, end in inner.fragments
    )


def stop_picking(desk: ReadingScreen) -> None:
    """Go back to the form."""
    desk.picking = None
    desk.view.drop_fragments()
    desk.select_ranges(desk.panel.ranges)
    desk.panel.focus()
    desk.show_state()
