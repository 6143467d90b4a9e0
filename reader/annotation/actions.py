"""What a user can do to the records, as functions that build actions.

Each takes the records as they are and gives the action that the key stands
for; nothing is stored here. `Author` says who acts and hands out ids and times.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.attributes import Attributes
from reader.annotation.changes import Action, Change
from reader.annotation.ids import new_id, now
from reader.annotation.model import (
    Alias,
    Annotator,
    Attribution,
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
from reader.annotation.schema import DEFAULT_SCHEMA, Schema
from reader.annotation.spans import Span
from reader.errors import AnnotationError
from reader.values import dataclass

_SHOWN = 40
"""Code points of a quote that a description shows."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who acts, on which records, by which schema."""

    annotator: Annotator
    records: AnnotationSet
    schema: Schema = DEFAULT_SCHEMA

    def on(self, records: Iterable[Record]) -> Author:
        """Return who acts on other records, by the same schema."""
        return replace(self, records=AnnotationSet.of(records))

    def action(self, what: str, changes: Iterable[Change]) -> Action:
        """Bundle changes into one action; the first annotation of an article starts it.

        Raises:
            AnnotationError: If a record would break a rule of the schema.
        """
        from reader.annotation.rules import check

        made = tuple(changes)
        check(made, self.records, self.schema)
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
    mention = Mention(new_id(), span, type, author.annotator.id, *times(), entity=entity)
    return author.action(f"tag {type} “{shorten(span.quote)}”", [Change(None, mention)])


def tag_all(
    author: Author,
    spans: Iterable[Span],
    type: str,
    entity: str | None = None,
    languages: Mapping[str, str] = MappingProxyType({}),
) -> Action:
    """Tag spans as mentions of a type in one action; they are marked as propagated.

    Spans that this annotator has tagged so already are left out; with an entity,
    those that are not linked yet are linked to it, and it learns their wordings.

    Args:
        author: Who tags.
        spans: Where.
        type: The entity type.
        entity: Id of the entity to link to, which `author.records` has; None for none.
        languages: The languages of the articles, by id, which it learns its wordings in.

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
        Mention(new_id(), span, type, me, *times(), entity=entity, origin="propagated")
        for span in left
    ]
    quote = left[0].quote if left else open_ones[0].span.quote
    what = f"tag {len(left) + len(linked)} {type} “{shorten(quote)}”"
    wordings = [
        Alias(span.quote, languages.get(span.article, ""))
        for span in (*left, *(mention.span for mention in open_ones))
    ]
    learned = _learned(author, author.records.entity(entity), wordings)
    return author.action(what, [*(Change(None, each) for each in mentions), *linked, *learned])


def _learned(author: Author, entity: Entity | None, wordings: Iterable[Alias]) -> list[Change]:
    """The change that gives an entity wordings it does not have, if there are any."""
    if entity is None:
        return []
    known = {entity.name, *(alias.text for alias in entity.aliases)}
    new = [wording for wording in dict.fromkeys(wordings) if wording.text not in known]
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
    wordings = [Alias(mention.span.quote, language)] if mention.kind == "name" else []
    changes = [edited(mention, entity=entity.id), *_learned(author, entity, wordings)]
    return author.action(f"link “{shorten(mention.span.quote)}” to {entity.name}", changes)


def other_users(records: AnnotationSet, known: Attribution, mention: ClaimMention) -> bool:
    """Tell whether claim mentions besides one have an attribution."""
    return any(
        other.attribution == known.id and other.id != mention.id
        for other in records.all(ClaimMention)
    )


def add_note(author: Author, on: Ref, text: str, article: str | None) -> Action:
    """Put a note on a record or article."""
    note = Note(new_id(), on, text, author.annotator.id, *times(), article=article)
    return author.action(f"note “{shorten(text)}”", [Change(None, note)])


def edit_note(author: Author, note: Note, text: str) -> Action:
    """Change the text of a note; an empty text takes the note away."""
    if not text.strip():
        return author.action("delete note", [Change(note, None)])
    return author.action(f"edit note “{shorten(text)}”", [edited(note, text=text)])


def edit_mention(author: Author, mention: Mention, **fields: Any) -> Action:
    """Change fields of a mention: `span`, `type`, `kind`, `entity`.

    What cannot be said of the new type is not said any more.
    """
    from reader.annotation.rules import kept

    said = kept(mention.attributes, author.schema, "mention", fields.get("type", mention.type))
    lost = _left_out(mention.attributes, said)
    told = {name: getattr(mention, name) for name in ("type", "kind") if name in fields}
    how = "".join(f" from {was} to {fields[n]}" for n, was in told.items() if was != fields[n])
    without = f", without {', '.join(lost)}" if lost else ""
    what = f"change “{shorten(mention.span.quote)}”{how}{without}"
    return author.action(what, [edited(mention, **{"attributes": said, **fields})])


def unsaid_as(author: Author, mention: Mention, type: str) -> list[str]:
    """Return the names of the attributes that a mention loses when it gets another type."""
    from reader.annotation.rules import kept

    return _left_out(mention.attributes, kept(mention.attributes, author.schema, "mention", type))


def _left_out(before: Attributes, after: Attributes) -> list[str]:
    return [name for name, _ in before if after.get(name) is None]


def move_span(author: Author, record: Mention | ClaimMention, span: Span) -> Action:
    """Give a mention or claim mention other borders."""
    return author.action(f"move “{shorten(span.quote)}”", [edited(record, span=span)])


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
        if known is not None and not other_users(records, known, record):
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


def times() -> tuple[str, str]:
    """Return when a record is made and changed last: now."""
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
