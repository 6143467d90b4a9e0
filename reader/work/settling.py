"""What is to be settled after libraries were brought together, and how somebody settles it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from reader.annotation.actions import shorten
from reader.annotation.changes import Action, Change
from reader.annotation.codec import decode_record, encode_record
from reader.annotation.ids import new_id, now
from reader.annotation.layers import decision_in
from reader.annotation.model import (
    ArticleDetails,
    Claim,
    ClaimMention,
    Entity,
    Mention,
    Note,
    Record,
    Ref,
)
from reader.corpus.article import display_title
from reader.errors import AnnotationError, ConflictError
from reader.merging.registers import with_value
from reader.merging.resolve import DELETED, Conflict
from reader.session import Session
from reader.store.library import Library
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the values.

    Attributes:
        annotator: Name of who gave it, "" when it follows from something else.
        value: The value as JSON; None when there is none, or the record is deleted.
        text: The value in words.
    """

    annotator: str
    value: Any
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A field that people gave different values.

    Attributes:
        ref: The record.
        field: Name of the field, or of the group of fields.
        what: The record in words.
        answers: The values; the first is the one that is shown.
        conflict: What the library says.
    """

    ref: Ref
    field: str
    what: str
    answers: tuple[Answer, ...]
    conflict: Conflict


def questions(library: Library) -> tuple[Question, ...]:
    """Return what is to be settled, by kind and id of the record."""
    names = {who.id: who.name for who in library.people.all()}
    return tuple(_question(library, names, each) for each in library.exchange.conflicts())


def settle_question(session: Session, question: Question, number: int) -> str:
    """Choose a value, as one action that undo takes back; return what was done in words.

    Args:
        session: Who settles.
        question: What is to be settled.
        number: Place of the value in the answers, from 0.

    Raises:
        ConflictError: If the record is gone meanwhile, or something refers to what is to go.
        LibraryError: If the library cannot be written.
    """
    ref, answer = question.ref, question.answers[number]
    record = session.library.records.get(ref)
    if record is None:
        raise ConflictError("It was deleted meanwhile; there is nothing to settle any more.")
    by = question.conflict.versions[number].annotator
    changes = tuple(_changes(session, question, record, answer, by))
    what = f"settle {question.field.replace('_', ' ')} of {question.what}: {answer.text}"
    session.apply(Action(new_id(), session.author.annotator.id, what, changes, now()))
    return f"{question.what}: {question.field.replace('_', ' ')} is {answer.text}."


def _changes(
    session: Session, question: Question, record: Record, answer: Answer, by: str
) -> Iterator[Change]:
    conflict = question.conflict
    settled = (conflict.settled,)
    if conflict.key == DELETED:
        yield Change(record, None if answer.value is None else record, settled)
        return
    if conflict.field == "merged_into" and isinstance(record, Entity) and answer.value:
        yield _opened_elsewhere(session, record, answer.value)
    data = with_value(conflict.kind, encode_record(record), conflict.key, answer.value)
    if isinstance(data, dict) and "updated" in data:
        data["updated"] = now()
    if "updated_by" in data:
        data["updated_by"] = session.author.annotator.id
    if isinstance(record, Note) and conflict.field == "text" and decision_in(record):
        # The decision that stands is that of who made it.
        data["annotator"] = by
    yield Change(record, decode_record(conflict.kind, data), settled)


def _opened_elsewhere(session: Session, entity: Entity, target: str) -> Change:
    """Let the entity stand that leads back to one which is now merged into it."""
    found = session.library.records.get(Ref("entity", target))
    while isinstance(found, Entity) and found.merged_into not in (None, entity.id):
        found = session.library.records.get(Ref("entity", str(found.merged_into)))
    if not isinstance(found, Entity) or found.merged_into is None:
        raise AnnotationError("The two are not merged into each other any more.")
    by = session.author.annotator.id
    return Change(found, replace(found, merged_into=None, updated=now(), updated_by=by))


def _question(library: Library, names: Mapping[str, str], conflict: Conflict) -> Question:
    ref = Ref(conflict.kind, conflict.record)
    answers = tuple(
        Answer(names.get(each.annotator, ""), each.value, _text(library, conflict, each.value))
        for each in conflict.versions
    )
    return Question(ref, conflict.field, described(library, ref), answers, conflict)


def described(library: Library, ref: Ref) -> str:
    """Return a record in words: its kind, and its name, text or quote."""
    record = library.records.get(ref)
    kind = ref.kind.replace("_", " ")
    if isinstance(record, Entity):
        return f"{kind} “{shorten(record.name)}”"
    if isinstance(record, Claim | Note):
        return f"{kind} “{shorten(record.text)}”"
    if isinstance(record, Mention | ClaimMention):
        return f"{kind} “{shorten(record.span.quote)}”"
    if isinstance(record, ArticleDetails):
        return f"{kind} “{shorten(display_title(library.articles.read(ref.id))[0])}”"
    return kind if ref.kind == "schema" else f"{kind} {ref.id}"


def _text(library: Library, conflict: Conflict, value: Any) -> str:
    """Return a value in words."""
    if conflict.key == DELETED:
        return "deleted" if value is None else "kept"
    if value is None or value == "":
        return "nothing"
    if isinstance(value, str) and (named := library.records.get(Ref("entity", value))):
        return described(library, Ref("entity", value)) if isinstance(named, Entity) else value
    if isinstance(value, dict):
        words = next((str(value[name]) for name in ("quote", "text", "name") if name in value), "")
        place = f" {value['start']}-{value['end']}" if "start" in value else ""
        return f"“{shorten(words)}”{place}" if words else str(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return shorten(str(value))
