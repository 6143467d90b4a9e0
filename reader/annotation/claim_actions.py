"""What a user can do to canonical claims and their relations, as functions that build actions.

`author.records` must have all that refers to the claims in question, in all
articles: their mentions, relations and notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, get_args

from reader.annotation.actions import Author, edited, shorten, signed_again
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.changes import Action, Change
from reader.annotation.detail_checks import (
    checked_language,
    checked_line,
    checked_published,
    checked_url,
)
from reader.annotation.ids import new_id, now
from reader.annotation.model import (
    Claim,
    ClaimMention,
    ClaimType,
    Evidence,
    EvidenceStance,
    Note,
    Record,
    Ref,
    Relation,
    Verdict,
    kind_of,
    ref_to,
    spans_of,
)
from reader.annotation.schema import RelationType, Schema
from reader.annotation.wording import checked_statement
from reader.errors import AnnotationError


def edit(author: Author, claim: Claim, **fields: Any) -> Action | None:
    """Change fields of a claim; None when they are so already.

    Args:
        author: Who acts.
        claim: As it is now.
        fields: `text`, `language`, `gloss`, `gloss_language`, `topic`, `type`, `time`,
            `place`, `verdict`, `justification`.

    Raises:
        AnnotationError: If something cannot be right.
    """
    after = {name: _CHECKS[name](value) for name, value in fields.items()}
    changed = [name for name, value in after.items() if value != getattr(claim, name)]
    if not changed:
        return None
    names = ", ".join(_NAMES.get(name, name) for name in changed)
    what = f"{names} of claim “{shorten(after.get('text', claim.text))}”"
    return author.action(what, [Change(claim, signed_again(author, claim, **after))])


def add_evidence(author: Author, claim: Claim, evidence: Evidence) -> Action:
    """Put what speaks for or against a claim beside it.

    Raises:
        AnnotationError: If it is neither a span nor a web address, both, or there already.
    """
    if (evidence.span is None) == (not evidence.url.strip()):
        raise AnnotationError("Evidence is a span of an article, or a web address.")
    checked = replace(
        evidence,
        stance=_one_of(evidence.stance, EvidenceStance, "stance of evidence"),
        url=checked_url(evidence.url),
        accessed=checked_published(evidence.accessed),
        note=evidence.note.strip(),
    )
    if any(_place(known) == _place(checked) for known in claim.evidence):
        raise AnnotationError("The claim has this evidence already: remove it to change it.")
    what = f"{checked.stance} “{shorten(claim.text)}”"
    return _with_evidence(author, claim, (*claim.evidence, checked), f"evidence {what}")


def remove_evidence(author: Author, claim: Claim, evidence: Evidence) -> Action:
    """Take evidence away from a claim."""
    left = tuple(known for known in claim.evidence if known != evidence)
    return _with_evidence(author, claim, left, f"no such evidence for “{shorten(claim.text)}”")


def merge(author: Author, kept: Claim, absorbed: Claim) -> Action:
    """Make one claim of two: mentions, evidence, relations and notes come to the one that is kept.

    A statement that would be lost becomes the gloss, in another language, or a note.

    Raises:
        AnnotationError: If they are one, or were checked with different verdicts.
    """
    if kept.id == absorbed.id:
        raise AnnotationError("This is one claim: choose another one to merge it with.")
    verdicts = [c.verdict for c in (kept, absorbed) if c.verdict != "unchecked"]
    if len(set(verdicts)) > 1:
        raise AnnotationError(
            f"One is {verdicts[0]}, the other {verdicts[1]}: they are two claims, "
            "or one verdict is to be corrected first."
        )
    after = _merged(author, kept, absorbed)
    records = author.records
    changes = [
        Change(kept, after),
        *_moved_mentions(records, kept, absorbed),
        *_moved_relations(records, kept, absorbed),
        *(edited(note, on=ref_to(kept)) for note in records.notes_on(ref_to(absorbed))),
        *_kept_statement(author, after, absorbed),
        Change(absorbed, None),
    ]
    return author.action(f"merge “{shorten(absorbed.text)}” into “{shorten(kept.text)}”", changes)


def move_mention(author: Author, mention: ClaimMention, claim: str) -> Action:
    """Make a claim mention one of another claim."""
    what = f"“{shorten(mention.span.quote)}” is a mention of another claim"
    return author.action(what, [edited(mention, claim=claim)])


def relate(
    author: Author,
    type: str,
    source: Record,
    target: Record,
    *,
    confidence: float | None = None,
    rationale: str = "",
) -> Action:
    """Relate two records as the schema allows.

    Raises:
        AnnotationError: If the schema has no such type, or other ends for it; if the two
            are one, or related so already.
    """
    kind = _checked_type(author.schema, type, kind_of(source), kind_of(target))
    if ref_to(source) == ref_to(target):
        raise AnnotationError("Nothing is related to itself: choose something else.")
    ends = {(ref_to(source), ref_to(target))}
    if kind.symmetric:
        ends.add((ref_to(target), ref_to(source)))
    known = author.records.all(Relation)
    if any(r.type == type and (r.source, r.target) in ends for r in known):
        raise AnnotationError(f"They are related by “{type}” already.")
    moment = now()
    relation = Relation(
        *(new_id(), type, ref_to(source), ref_to(target), author.annotator.id, moment, moment),
        confidence=_checked_confidence(confidence),
        rationale=rationale.strip(),
    )
    words = ", ".join(filter(None, map(_quoted, (source, target))))
    what = f"relation {type}: {words}" if words else f"relation {type}"
    return author.action(what, [Change(None, relation)])


def _quoted(record: Record) -> str:
    """Return the words that tell a record from others; "" where it has none."""
    spans = spans_of(record)
    words = record.text if isinstance(record, Claim) else spans[0].quote if spans else ""
    return f"“{shorten(words)}”" if words else ""


def edit_relation(
    author: Author, relation: Relation, *, confidence: float | None, rationale: str
) -> Action | None:
    """Say how sure a relation is, and why it holds; None when that is so already.

    Raises:
        AnnotationError: If the confidence is not from 0 to 1.
    """
    fields = {"confidence": _checked_confidence(confidence), "rationale": rationale.strip()}
    if all(getattr(relation, name) == value for name, value in fields.items()):
        return None
    return author.action(f"edit relation {relation.type}", [edited(relation, **fields)])


def delete(author: Author, claim: Claim) -> Action:
    """Delete a claim that nothing refers to any more, with its notes.

    Raises:
        AnnotationError: If mentions or relations refer to it.
    """
    mentions = sum(m.claim == claim.id for m in author.records.all(ClaimMention))
    relations = len(author.records.relations_of(ref_to(claim)))
    if mentions or relations:
        counts = _counted(mentions, "mention"), _counted(relations, "relation")
        raise AnnotationError(
            f"{' and '.join(filter(None, counts))} still belong to this claim: "
            "delete or move them first, or merge it with another claim."
        )
    notes = [Change(note, None) for note in author.records.notes_on(ref_to(claim))]
    return author.action(f"delete claim “{shorten(claim.text)}”", [*notes, Change(claim, None)])


def allowed_types(schema: Schema, source: str, target: str) -> tuple[RelationType, ...]:
    """Return the types of relation that may join records of two kinds, retired ones left out."""
    return tuple(
        kind
        for kind in schema.relation_types
        if (kind.source, kind.target) == (source, target) and not kind.retired
    )


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}" if count else ""


def _with_evidence(
    author: Author, claim: Claim, evidence: tuple[Evidence, ...], what: str
) -> Action:
    return author.action(what, [Change(claim, signed_again(author, claim, evidence=evidence))])


def _place(evidence: Evidence) -> object:
    """What makes evidence the same: where it stands, and what it is said to do."""
    span = evidence.span
    where = None if span is None else (span.article, span.fragments)
    return evidence.stance, where, evidence.url


def _merged(author: Author, kept: Claim, absorbed: Claim) -> Claim:
    """Return the claim that is kept, with what only the other one knows."""
    gaps = ("topic", "time", "place")
    fields: dict[str, Any] = {n: getattr(kept, n) or getattr(absorbed, n) for n in gaps}
    if not kept.gloss and absorbed.language != kept.language:
        fields |= {"gloss": absorbed.text, "gloss_language": absorbed.language}
    elif not kept.gloss:
        fields |= {"gloss": absorbed.gloss, "gloss_language": absorbed.gloss_language}
    places = {_place(evidence) for evidence in kept.evidence}
    more = tuple(e for e in absorbed.evidence if _place(e) not in places)
    reasons = dict.fromkeys(c.justification for c in (kept, absorbed) if c.justification)
    fields["evidence"] = (*kept.evidence, *more)
    fields["justification"] = "\n".join(reasons)
    fields["verdict"] = absorbed.verdict if kept.verdict == "unchecked" else kept.verdict
    merged: Claim = signed_again(author, kept, **fields)
    return merged


def _kept_statement(author: Author, after: Claim, absorbed: Claim) -> Iterator[Change]:
    """Note the wordings of the other claim that stand nowhere any more."""
    known = (after.text, after.gloss)
    lost = dict.fromkeys(t for t in (absorbed.text, absorbed.gloss) if t and t not in known)
    if lost:
        moment, text = now(), "\n".join(lost)
        note = Note(new_id(), ref_to(after), text, author.annotator.id, moment, moment)
        yield Change(None, note)


def _moved_mentions(records: AnnotationSet, kept: Claim, absorbed: Claim) -> Iterator[Change]:
    for mention in records.all(ClaimMention):
        if mention.claim == absorbed.id:
            yield edited(mention, claim=kept.id)


def _moved_relations(records: AnnotationSet, kept: Claim, absorbed: Claim) -> Iterator[Change]:
    """Move the ends of relations; what would join a claim with itself, or twice, is taken away."""
    gone, stays = ref_to(absorbed), ref_to(kept)
    known = {(r.type, r.source, r.target) for r in records.relations_of(stays)}
    for relation in records.relations_of(gone):
        source, target = (_moved(end, gone, stays) for end in (relation.source, relation.target))
        made = (relation.type, source, target)
        if source == target or made in known:
            for note in records.notes_on(ref_to(relation)):
                yield edited(note, on=stays)
            yield Change(relation, None)
        else:
            known.add(made)
            yield edited(relation, source=source, target=target)


def _moved(end: Ref, gone: Ref, stays: Ref) -> Ref:
    return stays if end == gone else end


def _checked_type(schema: Schema, name: str, source: str, target: str) -> RelationType:
    kind = schema.relation_type(name)
    if kind is None or kind.retired:
        offered = ", ".join(k.name for k in allowed_types(schema, source, target))
        lacks = "is not used any more" if kind is not None else "is no relation of the schema"
        raise AnnotationError(f"“{name}” {lacks}; there is: {offered or 'none for these two'}.")
    return kind


def _checked_confidence(confidence: float | None) -> float | None:
    if confidence is not None and not 0 <= confidence <= 1:
        raise AnnotationError(f"A confidence is from 0 to 1, not {confidence:g}.")
    return confidence


def _one_of(value: Any, literal: Any, name: str) -> Any:
    allowed = get_args(literal)
    if value not in allowed:
        raise AnnotationError(f"{value!r} is no {name}; it is one of {', '.join(allowed)}.")
    return value


_NAMES = {"text": "statement", "gloss_language": "language of the gloss"}
"""How fields are called where their own name is not the user's word."""

_CHECKS: dict[str, Callable[[Any], Any]] = {
    "text": checked_statement,
    "language": checked_language,
    "gloss": lambda typed: " ".join(typed.split()),
    "gloss_language": lambda typed: checked_language(typed) if typed.strip() else "",
    "topic": lambda typed: checked_line(typed, "topic"),
    "type": lambda value: _one_of(value, ClaimType, "type of claim"),
    "time": lambda typed: checked_line(typed, "time"),
    "place": lambda entity: entity or None,
    "verdict": lambda value: _one_of(value, Verdict, "verdict"),
    "justification": lambda typed: typed.strip(),
}
