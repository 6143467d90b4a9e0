"""What a verb is about: the records under the selection.

There is one order for all of them, that of `reader.annotation.layers.foremost`: what is
selected to the letter before what is only touched, one's own before what others have
marked, then the innermost, then the latest. A verb that acts on one mark takes the first
it can act on, and says whose it is; who tags or links never changes what is another's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.annotation.actions import shorten
from reader.annotation.annotation_set import AnnotationSet, Placed
from reader.annotation.layers import decision_in, foremost
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
    ranges = desk.view.selection.ranges
    return next((mention for mention in _own_mentions(desk) if _holds(mention, ranges)), None)


def mentions_on(desk: ReadingScreen) -> list[Mention]:
    """Return this annotator's mentions that the selection is to the letter, oldest first."""
    ranges = desk.view.selection.ranges
    latest = [mention for mention in _own_mentions(desk) if mention.span.fragments == ranges]
    return latest[::-1]


def _own_mentions(desk: ReadingScreen) -> list[Mention]:
    me, found = desk.session.annotator.id, spans_at(desk)
    return [each for each in found if isinstance(each, Mention) and each.annotator == me]


def _holds(mention: Mention, ranges: Iterable[tuple[int, int]]) -> bool:
    return all(
        any(first <= start and end <= last for first, last in mention.span.fragments)
        for start, end in ranges
    )


def spans_at(desk: ReadingScreen) -> list[Mention | ClaimMention]:
    """Return the mentions and claims that the selection touches, the foremost first."""
    ranges, records = desk.view.selection.ranges, desk.annotations
    touched = (
        placed
        for placed in records.placed(desk.article.id)
        if any(placed.span.overlaps(start, end) for start, end in ranges)
    )
    found = foremost(touched, ranges, desk.session.annotator.id)
    return list(dict.fromkeys(owner for placed in found for owner in _owners(placed, records)))


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
    # A decision is taken back by undo, or decided otherwise: its words are no text to edit.
    return [*spans, *(note for note in notes if not decision_in(note))]


def called(desk: ReadingScreen, target: Target) -> str:
    """Say what a target is, with its text, and whose if it is another's."""
    if isinstance(target, Note):
        words = f"note “{isolated(shorten(target.text))}”"
    else:
        kind = target.type if isinstance(target, Mention) else "claim"
        words = f"{kind} “{isolated(shorten(target.span.quote))}”"
    return words + owner_words(desk, target)


def owner_words(desk: ReadingScreen, target: Target | Attribution) -> str:
    """Say whose a record is, if it is another's; else ""."""
    by = desk.other(target.annotator)
    return f" by {isolated(by)}" if by else ""


def choice_of(desk: ReadingScreen, target: Target) -> Choice:
    """Show a target in a list of choices."""
    owner = owner_words(desk, target)
    if isinstance(target, Note):
        return Choice(f"note{owner}", target, target.text)
    if isinstance(target, Mention):
        kind = desk.session.schema.entity_type(target.type)
        colour = kind.colour if kind is not None else ""
        return Choice(f"{target.type}{owner}", target, target.span.quote, colour=colour)
    return Choice(f"claim{owner}", target, target.span.quote)
