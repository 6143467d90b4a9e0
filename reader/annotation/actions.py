"""What a user can do to the records, as functions that build actions.

Each takes the records as they are and gives the action that the key stands
for; nothing is stored here. `Author` says who acts and hands out ids and times.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.changes import Action, Change
from reader.annotation.ids import new_id, now
from reader.annotation.model import (
    Alias,
    Annotator,
    Attribution,
    Claim,
    ClaimMention,
    Entity,
    Mention,
    Note,
    Record,
    Ref,
    Relation,
    Status,
    StatusValue,
    article_of,
    kind_of,
    ref_to,
    status_id,
)
from reader.annotation.spans import Span
from reader.errors import AnnotationError
from reader.values import dataclass

_SHOWN = 40
"""Code points of a quote that a description shows."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who acts, on which records."""

    annotator: Annotator
    records: AnnotationSet

    def action(self, what: str, changes: Iterable[Change]) -> Action:
        """Bundle changes into one action; the first annotation of an article starts it."""
        made = tuple(changes)
        return Action(new_id(), self.annotator.id, what, made + self._start(made), now())

    def _start(self, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        """Set the status to `in progress` where a new annotation meets a new article."""
        touched = {
            article_of(change.after)
            for change in changes
            if change.before is None
            and isinstance(change.after, Mention | ClaimMention | Attribution)
        }
        return tuple(
            Change(status, self._status(article, "in progress"))
            for article in sorted(article for article in touched if article)
            if (status := self.status(article)) is None or status.value == "new"
        )

    def status(self, article: str) -> Status | None:
        """Return this annotator's status on an article, if it was ever set."""
        return self.records.status(status_id(article, self.annotator.id))

    def _status(self, article: str, value: StatusValue) -> Status:
        id = status_id(article, self.annotator.id)
        return Status(id, article, self.annotator.id, value, now())


def shorten(text: str, length: int = _SHOWN) -> str:
    """Shorten a text to one line of at most `length` code points, for descriptions."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def tag(author: Author, span: Span, type: str, entity: str | None = None) -> Action:
    """Tag a span as a mention of a type, linked to an entity or not yet.

    Raises:
        AnnotationError: If this annotator has tagged the same span so already.
    """
    for known in author.records.all(Mention):
        same = known.span.fragments == span.fragments and known.span.article == span.article
        if same and known.type == type and known.annotator == author.annotator.id:
            raise AnnotationError(f"“{shorten(span.quote)}” is tagged {type} already.")
    mention = Mention(new_id(), span, type, author.annotator.id, *_times(), entity=entity)
    return author.action(f"tag {type} “{shorten(span.quote)}”", [Change(None, mention)])


def tag_all(
    author: Author,
    spans: Iterable[Span],
    type: str,
    entity: str | None = None,
    language: str = "",
) -> Action:
    """Tag spans as mentions of a type in one action; they are marked as propagated.

    Spans that this annotator has tagged so already are left out; with an entity,
    those that are not linked yet are linked to it, and it learns their wordings.

    Raises:
        AnnotationError: If no span is left.
    """
    me = author.annotator.id
    mine = (m for m in author.records.all(Mention) if (m.type, m.annotator) == (type, me))
    known = {(m.span.article, m.span.fragments): m for m in mine}
    new = {(span.article, span.fragments): span for span in spans}
    left = [span for place, span in new.items() if place not in known]
    open_ones = [known[place] for place in new if place in known and not known[place].entity]
    linked = [edited(mention, entity=entity) for mention in open_ones] if entity else []
    if not left and not linked:
        raise AnnotationError(f"There is nothing to tag {type} that is not tagged so already.")
    mentions = [
        Mention(new_id(), span, type, me, *_times(), entity=entity, origin="propagated")
        for span in left
    ]
    quote = left[0].quote if left else open_ones[0].span.quote
    what = f"tag {len(left) + len(linked)} {type} “{shorten(quote)}”"
    quotes = [span.quote for span in left] + [mention.span.quote for mention in open_ones]
    learned = _learned(author, author.records.entity(entity), quotes, language)
    return author.action(what, [*(Change(None, each) for each in mentions), *linked, *learned])


def _learned(
    author: Author, entity: Entity | None, wordings: Iterable[str], language: str
) -> list[Change]:
    """The change that gives an entity wordings it does not have, if there are any."""
    if entity is None:
        return []
    known = {entity.name, *(alias.text for alias in entity.aliases)}
    new = [Alias(text, language) for text in dict.fromkeys(wordings) if text not in known]
    if not new:
        return []
    return [Change(entity, signed_again(author, entity, aliases=(*entity.aliases, *new)))]


def link(author: Author, mention: Mention, entity: str | None) -> Action:
    """Link a mention to an entity, or take the link away."""
    name = author.records.entity(entity)
    what = f"link “{shorten(mention.span.quote)}” to {name.name}" if name else "unlink"
    return author.action(what, [edited(mention, entity=entity)])


def create_entity(
    author: Author, name: str, type: str, mentions: Iterable[Mention] = (), language: str = ""
) -> Action:
    """Make an entity and link mentions to it; their wordings become its aliases.

    Args:
        author: Who acts.
        name: The canonical name.
        type: An entity type of the schema.
        mentions: What to link to it.
        language: Of the article the wordings are taken from.

    Raises:
        AnnotationError: If the name is empty.
    """
    if not name.strip():
        raise AnnotationError("An entity needs a name.")
    linked = tuple(mentions)
    wordings = dict.fromkeys(mention.span.quote for mention in linked)
    aliases = tuple(Alias(text, language) for text in wordings if text != name)
    entity = Entity(new_id(), type, name, *signed(author), aliases=aliases)
    changes = [Change(None, entity), *(edited(mention, entity=entity.id) for mention in linked)]
    return author.action(f"new entity {shorten(name)}", changes)


def link_and_learn(author: Author, mention: Mention, entity: Entity, language: str) -> Action:
    """Link a mention to an entity and keep its wording as an alias of the entity."""
    wordings = [mention.span.quote] if mention.kind == "name" else []
    changes = [
        edited(mention, entity=entity.id),
        *_learned(author, entity, wordings, language),
    ]
    return author.action(f"link “{shorten(mention.span.quote)}” to {entity.name}", changes)


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
    mention = ClaimMention(new_id(), span, author.annotator.id, *_times())
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
    statement = form.statement.strip()
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
        shared = known is not None and _other_users(author.records, known, mention)
        return None, [Change(known, None)] if known is not None and not shared else []
    if known is None:
        made = Attribution(new_id(), mention.span.article, author.annotator.id, *_times())
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


def _other_users(records: AnnotationSet, known: Attribution, mention: ClaimMention) -> bool:
    return any(
        other.attribution == known.id and other.id != mention.id
        for other in records.all(ClaimMention)
    )


def add_note(author: Author, on: Ref, text: str, article: str | None) -> Action:
    """Put a note on a record or article."""
    note = Note(new_id(), on, text, author.annotator.id, *_times(), article=article)
    return author.action(f"note “{shorten(text)}”", [Change(None, note)])


def edit_note(author: Author, note: Note, text: str) -> Action:
    """Change the text of a note; an empty text takes the note away."""
    if not text.strip():
        return author.action("delete note", [Change(note, None)])
    return author.action(f"edit note “{shorten(text)}”", [edited(note, text=text)])


def edit_mention(author: Author, mention: Mention, **fields: Any) -> Action:
    """Change fields of a mention: `span`, `type`, `kind`, `entity`."""
    told = {name: getattr(mention, name) for name in ("type", "kind") if name in fields}
    how = "".join(f" from {was} to {fields[n]}" for n, was in told.items() if was != fields[n])
    what = f"change “{shorten(mention.span.quote)}”{how}"
    return author.action(what, [edited(mention, **fields)])


def move_span(author: Author, record: Mention | ClaimMention, span: Span) -> Action:
    """Give a mention or claim mention other borders."""
    return author.action(f"move “{shorten(span.quote)}”", [edited(record, span=span)])


def relate(
    author: Author, type: str, source: Record, target: Record, rationale: str = ""
) -> Action:
    """Relate two records."""
    relation = Relation(
        new_id(),
        type,
        ref_to(source),
        ref_to(target),
        author.annotator.id,
        *_times(),
        rationale=rationale,
    )
    return author.action(f"relation {type}", [Change(None, relation)])


def set_status(author: Author, article: str, value: StatusValue) -> Action:
    """Say how far this annotator is with an article."""
    id = status_id(article, author.annotator.id)
    status = Status(id, article, author.annotator.id, value, now())
    return author.action(f"status {value}", [Change(author.status(article), status)])


def delete(
    author: Author, record: Mention | ClaimMention | Attribution | Note | Relation
) -> Action:
    """Delete an annotation with its notes and relations; what refers to it lets go of it."""
    what = _wording(record)
    return author.action(f"delete {what}", _deletion(author.records, record))


def _deletion(records: AnnotationSet, record: Record) -> Iterator[Change]:
    ref = ref_to(record)
    for note in records.notes_on(ref):
        yield Change(note, None)
    for relation in records.relations_of(ref):
        yield Change(relation, None)
    released = _released(records, record)
    yield from released
    yield Change(record, None)
    if isinstance(record, ClaimMention):
        known = records.attribution(record.attribution)
        if known is not None and not _other_users(records, known, record):
            yield from _deletion(records.apply([*released, Change(record, None)]), known)


def _released(records: AnnotationSet, record: Record) -> list[Change]:
    """Return the changes that take away what refers to a record."""
    if isinstance(record, Attribution):
        users = [m for m in records.all(ClaimMention) if m.attribution == record.id]
        return [edited(user, attribution=None) for user in users]
    return []


def _wording(record: Record) -> str:
    if isinstance(record, Mention):
        return f"{record.type} “{shorten(record.span.quote)}”"
    if isinstance(record, ClaimMention):
        return f"claim “{shorten(record.span.quote)}”"
    return kind_of(record).replace("_", " ")


def _times() -> tuple[str, str]:
    moment = now()
    return moment, moment


def signed(author: Author) -> tuple[str, str, str, str]:
    """Return when and by whom a shared record is made: its last four required fields."""
    moment, who = now(), author.annotator.id
    return moment, who, moment, who


def signed_again(author: Author, record: Any, **fields: Any) -> Any:
    """Return a shared record with other fields, signed by who changes it."""
    return replace(record, updated=now(), updated_by=author.annotator.id, **fields)


def edited(record: Any, **fields: Any) -> Change:
    """Return the change of a record's fields."""
    return Change(record, replace(record, updated=now(), **fields))
