"""What a verb is about: the records under the selection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.annotation.annotation_set import AnnotationSet, Placed
from reader.annotation.model import (
    Attribution,
    ClaimMention,
    Mention,
    MentionKind,
    Note,
    Ref,
    ref_to,
)
from reader.tui.screens.choice import Choice
from reader.tui.widgets.pieces import isolated

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen

Target = Mention | ClaimMention | Note
KINDS: dict[str, MentionKind] = {"n": "name", "o": "nominal", "p": "pronoun"}
"""How a mention can name its entity, by the key that chooses it."""


def mention_at(desk: ReadingScreen) -> Mention | None:
    """Return this annotator's mention that the selection is, or lies in; the innermost."""
    ranges, me = desk.view.selection.ranges, desk.session.annotator.id
    mentions = [
        placed.record
        for placed in desk.here()
        if isinstance(placed.record, Mention) and placed.record.annotator == me
    ]
    around = (mention for mention in mentions if _holds(mention, ranges))
    return next(iter(mentions_on(desk)), None) or next(around, None)


def mentions_on(desk: ReadingScreen) -> list[Mention]:
    """Return this annotator's mentions that the selection is, to the letter."""
    ranges, me = desk.view.selection.ranges, desk.session.annotator.id
    return [
        mention
        for mention in desk.annotations.all(Mention)
        if mention.span.fragments == ranges
        and mention.span.article == desk.article.id
        and mention.annotator == me
    ]


def _holds(mention: Mention, ranges: Iterable[tuple[int, int]]) -> bool:
    return all(
        any(first <= start and end <= last for first, last in mention.span.fragments)
        for start, end in ranges
    )


def spans_at(desk: ReadingScreen) -> list[Mention | ClaimMention]:
    """Return the mentions and claims that the selection touches, those at its caret first."""
    ranges = desk.view.selection.ranges
    touched = [
        placed
        for placed in desk.annotations.placed(desk.article.id)
        if any(placed.span.overlaps(start, end) for start, end in ranges)
    ]
    found = (owner for p in (*desk.here(), *touched) for owner in _owners(p, desk.annotations))
    return list(dict.fromkeys(found))


def _owners(placed: Placed, records: AnnotationSet) -> Iterable[Mention | ClaimMention]:
    if isinstance(placed.record, Attribution):
        claims = records.all(ClaimMention)
        return [claim for claim in claims if claim.attribution == placed.record.id]
    return [placed.record]


def targets(desk: ReadingScreen) -> list[Target]:
    """Return what can be edited or deleted here; where nothing is, the article's notes."""
    spans = spans_at(desk)
    refs = [ref_to(record) for record in spans] or [Ref("article", desk.article.id)]
    notes = [note for ref in refs for note in desk.annotations.notes_on(ref)]
    return [*spans, *notes]


def choice_of(desk: ReadingScreen, target: Target) -> Choice:
    """Show a target in a list of choices."""
    by = desk.other(target.annotator)
    owner = f" by {isolated(by)}" if by else ""
    if isinstance(target, Note):
        return Choice(f"note{owner}", target, target.text)
    if isinstance(target, Mention):
        kind = desk.session.schema.entity_type(target.type)
        colour = kind.colour if kind is not None else ""
        return Choice(f"{target.type}{owner}", target, target.span.quote, colour=colour)
    return Choice(f"claim{owner}", target, target.span.quote)
