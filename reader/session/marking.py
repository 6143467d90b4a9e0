"""What is marked in the open article: each call is one action, committed when it returns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from reader.annotation import actions
from reader.annotation.actions import Author
from reader.annotation.changes import Action
from reader.annotation.model import (
    Attribution,
    ClaimMention,
    Entity,
    Mention,
    Note,
    Record,
    Ref,
    Relation,
    StatusValue,
)
from reader.annotation.spans import Range, Span, make_span

if TYPE_CHECKING:
    from reader.annotation.claim_marking import ClaimForm
    from reader.session.session import Session

R = TypeVar("R")


class Marking:
    """Tags, links, claims, notes and status.

    Args:
        session: Whose open article it is.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._apply, self._span, self._opened = session.apply, session.span, session.opened

    @property
    def _author(self) -> Author:
        return self._session.author

    def tag(self, ranges: Iterable[Range], type: str, entity: str | None = None) -> Mention:
        """Tag ranges as one mention.

        Raises:
            AnnotationError: If it is tagged so already, or nothing is selected.
        """
        return self._make(actions.tag(self._author, self._span(ranges), type, entity), Mention)

    def tag_all(
        self, ranges_list: Iterable[Iterable[Range]], type: str, entity: str | None = None
    ) -> int:
        """Tag each of several ranges as a mention, in one action; return how many were new.

        Raises:
            AnnotationError: If all are tagged so already, or there are none.
        """
        spans = [self._span(ranges) for ranges in ranges_list]
        languages = {self._opened().id: self._opened().language}
        return self._tag(actions.tag_all(self._author, spans, type, entity, languages))

    def tag_everywhere(
        self, places: Mapping[str, Iterable[Range]], type: str, entity: Entity | None = None
    ) -> int:
        """Tag ranges of any articles as mentions, in one action; return how many were new.

        Args:
            places: The ranges, by article id.
            type: The entity type.
            entity: What to link them to, as it is now; None for nothing.

        Raises:
            AnnotationError: If all are tagged so already, or there are none.
        """
        spans: list[Span] = []
        records: list[Record] = [] if entity is None else [entity]
        languages: dict[str, str] = {}
        for id, ranges in places.items():
            article = self._session.library.articles.read(id)
            spans += [make_span(id, article.text, [each]) for each in ranges]
            records += self._session.library.records.within(id)
            languages[id] = article.language
        linked, author = None if entity is None else entity.id, self._author.on(records)
        return self._tag(actions.tag_all(author, spans, type, linked, languages))

    def retag(self, mention: Mention, type: str) -> None:
        """Give a mention another type."""
        self._apply(actions.edit_mention(self._author, mention, type=type))

    def link(self, mention: Mention, entity: Entity | None) -> None:
        """Link a mention to an entity, which learns its wording; None takes the link away."""
        if entity is None:
            self._apply(actions.link(self._author, mention, None))
            return
        language = self._opened().language
        self._apply(actions.link_and_learn(self._author, mention, entity, language))

    def create_entity(self, name: str, type: str, mention: Mention | None = None) -> Entity:
        """Make an entity and link a mention to it, in one action."""
        mentions = () if mention is None else (mention,)
        language = self._opened().language
        action = actions.create_entity(self._author, name, type, mentions, language)
        return self._make(action, Entity)

    def mark_claim(self, ranges: Iterable[Range], form: ClaimForm) -> ClaimMention:
        """Mark ranges as one claim mention, with what the form says."""
        from reader.annotation.claim_marking import mark_claim

        span, language = self._span(ranges), self._opened().language
        return self._make(mark_claim(self._author, span, form, language), ClaimMention)

    def edit_claim(self, mention: ClaimMention, form: ClaimForm) -> None:
        """Change a claim mention to what the form says."""
        from reader.annotation.claim_marking import edit_claim

        self._apply(edit_claim(self._author, mention, form, self._opened().language))

    def note(self, on: Ref, text: str) -> Note:
        """Put a note on a record of the open article, or on the article itself."""
        article = None if on.kind in ("entity", "claim", "relation") else self._opened().id
        return self._make(actions.add_note(self._author, on, text, article), Note)

    def edit_note(self, note: Note, text: str) -> None:
        """Change a note; an empty text takes it away."""
        self._apply(actions.edit_note(self._author, note, text))

    def move_span(self, record: Mention | ClaimMention, ranges: Iterable[Range]) -> None:
        """Give a mention or claim mention other borders."""
        self._apply(actions.move_span(self._author, record, self._span(ranges)))

    def delete(self, record: Mention | ClaimMention | Attribution | Note | Relation) -> None:
        """Delete an annotation with what hangs on it."""
        self._apply(actions.delete(self._author, record))

    def set_status(self, value: StatusValue) -> None:
        """Say how far this annotator is with the open article."""
        self._apply(actions.set_status(self._author, self._opened().id, value))

    def _tag(self, action: Action) -> int:
        """Apply an action that tags, and return how many mentions it makes or links."""
        self._apply(action)
        return sum(isinstance(change.after, Mention) for change in action.changes)

    def _make(self, action: Action, cls: type[R]) -> R:
        """Apply an action that makes a record of this class, and return the record."""
        self._apply(action)
        made = (change.after for change in action.changes if change.before is None)
        return next(record for record in made if isinstance(record, cls))
