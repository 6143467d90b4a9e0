"""Opening the form of the attributes of what is selected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reader.annotation.actions import shorten
from reader.annotation.model import (
    Attributed,
    Attribution,
    Claim,
    ClaimMention,
    Mention,
    Relation,
    kind_of,
)
from reader.errors import AnnotationError
from reader.tui.screens.attributes import attributes_screen
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.verbs.targets import owner_words, spans_at

if TYPE_CHECKING:
    from reader.tui.screens.claim_sheet import ClaimScreen
    from reader.tui.screens.reading import ReadingScreen


async def edit_here(desk: ReadingScreen) -> None:
    """Say something of the annotation under the selection; a list asks which of several.

    Raises:
        AnnotationError: If nothing is marked here, or the schema has no attributes for it.
    """
    found = _found(desk)
    if not found:
        raise AnnotationError("Nothing is marked under the selection; n goes to the next mark.")
    schema = desk.session.schema
    offered = [r for r in found if r.attributes or schema.attributes_of(kind_of(r), _type(r))]
    if len(offered) < 2:
        await open_form(desk, (offered or found)[0])
        return
    choices = [
        Choice(_kind(record) + _whose(desk, record), record, _quote(record)) for record in offered
    ]
    overlay: ChoiceScreen[Attributed] = ChoiceScreen("Attributes of what?", choices)
    await desk.ask(overlay, lambda record: open_form(desk, record))


def _found(desk: ReadingScreen) -> Sequence[Attributed]:
    """Return what can be meant: mentions and claims at the selection, with their attributions."""
    spans = spans_at(desk)
    claims = [record for record in spans if isinstance(record, ClaimMention)]
    given = (desk.annotations.attribution(claim.attribution) for claim in claims)
    return [*spans, *(attribution for attribution in given if attribution is not None)]


async def open_form(desk: ReadingScreen, record: Attributed) -> None:
    """Open the form of a record of the article.

    Raises:
        AnnotationError: If the schema has no attributes for it.
    """
    quote, kind = shorten(_quote(record)), _kind(record)
    form = attributes_screen(
        desk.session, record, kind, quote, lambda: desk.session.author, _whose(desk, record)
    )
    await desk.app.push_screen(form)


async def edit_claim(sheet: ClaimScreen) -> None:
    """Say something of the relation or mention under the cursor, else of the claim.

    Raises:
        AnnotationError: If the claim is gone, or the schema has no attributes for it.
    """
    item = sheet.item
    value: Any = None if item is None else item.value
    record = value if isinstance(value, Relation | ClaimMention) else sheet.claim
    if record is None:
        raise AnnotationError("This claim is no longer there.")
    quote = shorten(_quote(record))
    form = attributes_screen(sheet.session, record, _kind(record), quote, sheet.author)
    await sheet.app.push_screen(form)


def _whose(desk: ReadingScreen, record: Attributed) -> str:
    return "" if isinstance(record, Claim | Relation) else owner_words(desk, record)


def _type(record: Attributed) -> str:
    return record.type if isinstance(record, Mention) else ""


def _kind(record: Attributed) -> str:
    return _type(record) or kind_of(record).replace("_", " ")


def _quote(record: Attributed) -> str:
    if isinstance(record, Attribution):
        spans = (record.source, record.cue, record.content)
        return next((span.quote for span in spans if span is not None), "")
    if isinstance(record, Claim):
        return record.text
    return record.type if isinstance(record, Relation) else record.span.quote
