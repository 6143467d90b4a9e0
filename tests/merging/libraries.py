"""Real libraries that annotate on their own and tell each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from reader.annotation import actions, entity_actions
from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.changes import Action
from reader.annotation.codec import encode_record
from reader.annotation.ids import new_id
from reader.annotation.model import Annotator, Entity, Mention, kind_of
from reader.annotation.spans import make_span
from reader.errors import ConflictError, ReaderError
from reader.session import Session
from reader.store.library import Library
from reader.work.renaming import rename
from reader.work.settling import questions, settle_question
from tests.records import ENGLISH, make_article

ARTICLE = make_article(ENGLISH)
PLACES = ((0, 13), (10, 13), (19, 33))
VERBS = (
    "tag",
    "link",
    "create",
    "rename",
    "merge",
    "delete",
    "drop",
    "undo",
    "redo",
    "hear",
    "settle",
    "call",
)


class Desk:
    """An annotator with a library of their own.

    Args:
        folder: Where the library is.
        name: The annotator's name.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.library = Library(folder / f"{name}.db")
        self.annotator = Annotator(new_id(), name)

    @property
    def author(self) -> Author:
        records = (
            self.library.records.around(ARTICLE.id) if self.library.articles.listed("") else ()
        )
        return Author(self.annotator, AnnotationSet.of(records))

    def add(self) -> None:
        self.library.add_articles([ARTICLE])

    def do(self, action: Action) -> None:
        self.library.perform(self.annotator, action)

    def hear(self, other: Desk) -> None:
        """Take in what another library knows, without a thing that it knows already."""
        exchange = self.library.exchange
        exchange.take_in(other.library.exchange.tell(exchange.known()))

    def settle(self, number: int) -> None:
        """Settle a conflict, if there is one and the annotator is known in the library."""
        found = questions(self.library)
        if found and self.annotator in self.library.people.all():
            question = found[number % len(found)]
            session = Session(self.library, self.annotator.id)
            settle_question(session, question, number % len(question.answers))

    def call(self, who: Annotator, name: str) -> None:
        """Let somebody who is known here, perhaps on another machine too, take a free name."""
        if name not in {each.name for each in self.library.people.all()}:
            rename(self.library, who.id, who.id, name)
        self.annotator = self.library.people.who(self.name, self.annotator)

    def mentions(self) -> list[Mention]:
        return sorted(self.author.records.all(Mention), key=lambda record: record.id)

    def entities(self) -> list[Entity]:
        found = self.author.records.all(Entity)
        return sorted((e for e in found if e.merged_into is None), key=lambda record: record.id)

    def dump(self) -> dict[str, Any]:
        """Return all that the library says."""
        records = self.library.records.all()
        return {
            "records": sorted(
                (kind_of(r), encode_record(r)["id"], encode_record(r)) for r in records
            ),
            "articles": [
                self.library.articles.read(e.id) for e in self.library.articles.listed("", "all")
            ],
            "conflicts": self.library.exchange.conflicts(),
            "actions": sorted(entry.id for entry in self.library.history()),
            "people": self.library.people.all(),
            "problems": self.library.problems(),
        }


scripts = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(VERBS), st.integers(0, 5)), max_size=16
)


def act(desks: list[Desk], who: int, verb: str, number: int) -> None:
    """Let one do something, if there is anything to do it to."""
    desk = desks[who]
    try:
        _act(desks, desk, verb, number)
    except ConflictError:
        # What the program says to somebody whose undo comes too late.
        return


def _act(desks: list[Desk], desk: Desk, verb: str, number: int) -> None:
    mentions, entities, author = desk.mentions(), desk.entities(), desk.author
    if verb == "hear":
        desk.hear(desks[number % len(desks)])
    elif verb == "tag":
        span = make_span(ARTICLE.id, ENGLISH, [PLACES[number % 3]])
        try:
            desk.do(actions.tag(author, span, "PER", None))
        except ReaderError:
            return
    elif verb == "create":
        desk.do(actions.create_entity(author, f"{desk.name}{number}", "PER", mentions[:1], "en"))
    elif verb == "undo":
        desk.library.undo(desk.annotator)
    elif verb == "redo":
        desk.library.redo(desk.annotator)
    elif verb == "settle":
        desk.settle(number)
    elif verb == "call":
        people = desk.library.people.all()
        if people:
            desk.call(people[number % len(people)], f"{desk.name} {number}")
    elif verb in ("link", "delete") and mentions:
        _act_on_mention(desk, verb, mentions[number % len(mentions)], entities)
    elif entities:
        _act_on_entity(desk, verb, entities, number)


def _act_on_mention(desk: Desk, verb: str, mention: Mention, entities: list[Entity]) -> None:
    if verb == "delete":
        desk.do(actions.delete(desk.author, mention))
    elif entities:
        desk.do(actions.link(desk.author, mention, entities[0].id))


def _act_on_entity(desk: Desk, verb: str, entities: list[Entity], number: int) -> None:
    entity = entities[number % len(entities)]
    if verb == "rename":
        desk.do(entity_actions.rename(desk.author, entity, f"{desk.name}-{number}"))
    elif verb == "merge" and len(entities) > 1:
        desk.do(entity_actions.merge(desk.author, entities[0], entities[-1]))
    elif verb == "drop":
        desk.do(entity_actions.delete(desk.author, entity))
