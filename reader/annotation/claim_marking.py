"""Marking a claim with all that its form holds: mention, canonical claim and attribution."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reader.annotation.actions import (
    Author,
    other_users,
    shorten,
    signed,
    signed_again,
    times,
)
from reader.annotation.changes import Action, Change
from reader.annotation.ids import new_id, now
from reader.annotation.model import Attribution, Claim, ClaimMention
from reader.annotation.spans import Span
from reader.annotation.wording import checked_statement
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class ClaimForm:
    """What the claim form holds; spans come from the text, the rest from choices.

    Attributes:
        claim: Id of the canonical claim, or None to make one of `statement`.
        statement: The normalised statement; "" leaves the mention without a claim.
        claimant: Id of the claimant's entity, or None.
        affiliation: Id of the entity that the claimant speaks for, or None.
        fields: The claim mention's own fields: epistemic, polarity, mode, check_worthy.
        source: Span of the source of the attribution, or None.
        cue: Span of its cue, or None.
        source_kind: Kind of the source.
    """

    claim: str | None = None
    statement: str = ""
    claimant: str | None = None
    epistemic: Any = "unknown"
    polarity: Any = "affirm"
    mode: Any = "asserted"
    check_worthy: Any = "undecided"
    source: Span | None = None
    cue: Span | None = None
    source_kind: Any = "named"
    affiliation: str | None = None


def mark_claim(author: Author, span: Span, form: ClaimForm, language: str) -> Action:
    """Mark a span as a claim mention, with its claim and attribution as the form says."""
    mention = ClaimMention(new_id(), span, author.annotator.id, *times())
    changes = _fill(author, mention, form, language, None)
    return author.action(f"claim “{shorten(span.quote)}”", changes)


def edit_claim(author: Author, mention: ClaimMention, form: ClaimForm, language: str) -> Action:
    """Change a claim mention, its claim and its attribution to what the form says."""
    changes = _fill(author, mention, form, language, mention)
    return author.action(f"edit claim “{shorten(mention.span.quote)}”", changes)


def _fill(
    author: Author,
    mention: ClaimMention,
    form: ClaimForm,
    language: str,
    before: ClaimMention | None,
) -> list[Change]:
    claim, claim_changes = _claim_of(author, mention, form, language)
    attribution, attribution_changes = _attribution_of(author, mention, form)
    after = replace(
        mention,
        claim=claim,
        attribution=attribution,
        claimant=form.claimant,
        affiliation=form.affiliation,
        epistemic=form.epistemic,
        polarity=form.polarity,
        mode=form.mode,
        check_worthy=form.check_worthy,
        updated=now(),
    )
    made = [c for c in (*claim_changes, *attribution_changes) if c.after is not None]
    gone = [c for c in attribution_changes if c.after is None]
    return [*made, Change(before, after), *gone]


def _claim_of(
    author: Author, mention: ClaimMention, form: ClaimForm, language: str
) -> tuple[str | None, list[Change]]:
    chosen = author.records.claim(form.claim)
    statement = form.statement.strip() and checked_statement(form.statement)
    if chosen is not None:
        if not statement or statement == chosen.text:
            return chosen.id, []
        return chosen.id, [Change(chosen, signed_again(author, chosen, text=statement))]
    if not statement:
        return None, []
    claim = Claim(new_id(), statement, language, *signed(author))
    return claim.id, [Change(None, claim)]


def _attribution_of(
    author: Author, mention: ClaimMention, form: ClaimForm
) -> tuple[str | None, list[Change]]:
    known = author.records.attribution(mention.attribution)
    if form.source is None and form.cue is None:
        shared = known is not None and other_users(author.records, known, mention)
        return None, [Change(known, None)] if known is not None and not shared else []
    if known is None:
        made = Attribution(new_id(), mention.span.article, author.annotator.id, *times())
        made = replace(made, content=mention.span)
    else:
        made = known
    after = replace(
        made,
        source=form.source,
        cue=form.cue,
        source_entity=form.claimant,
        source_kind=form.source_kind,
        updated=now(),
    )
    return after.id, [Change(known, after)]
