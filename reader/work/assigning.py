"""Saying who is to annotate which articles, as one action that undo takes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reader.annotation.assignments import by_id, tag_of
from reader.annotation.changes import Action, Change
from reader.annotation.detail_checks import checked_tags
from reader.annotation.details import quoted, signed
from reader.annotation.ids import new_id, now
from reader.annotation.model import details_of
from reader.corpus.article import Article
from reader.errors import AnnotationError, UsageError
from reader.session import Session
from reader.store.people import find
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Assignee:
    """Who is to annotate.

    Attributes:
        tag: The tag of an article that says so.
        name: The name.
        known: Whether this one is known in the library.
    """

    tag: str
    name: str
    known: bool


def assignee(session: Session, said: str) -> Assignee:
    """Return whom a name or the beginning of an id means.

    Raises:
        UsageError: If it can be nobody's, or may mean several.
    """
    name = said.strip()
    _check_name(name)
    me = session.annotator
    if name in (me.name, me.id):
        return Assignee(tag_of(me.id), me.name, True)
    found = find(session.library.people.all(), name, (), "--to")
    if found is None:
        return Assignee(tag_of(name), name, False)
    return Assignee(tag_of(found.id), found.name, True)


def _check_name(name: str) -> None:
    """Refuse what no tag can hold, in the words of who names somebody.

    Raises:
        UsageError: If the name is empty, has several lines or a comma, or is too long.
    """
    if not name:
        raise UsageError("--to: the name is empty; say who is to annotate.")
    if len(name.splitlines()) > 1:
        raise UsageError("--to: a name stands on one line; name several people by several --to.")
    if "," in name or "،" in name:
        raise UsageError("--to: a name has no comma in it; name several people by several --to.")
    try:
        checked_tags([tag_of(name)])
    except AnnotationError as error:
        raise UsageError(f"--to: this can be no name: {error.message}") from error


def assign(
    session: Session,
    articles: Sequence[Article],
    people: Iterable[Assignee],
    *,
    take_back: bool = False,
) -> frozenset[str]:
    """Assign articles, or take them back, in one action; return the ids of those changed.

    Names that have an id by now are written as ids, too.
    """
    known, who = session.library.people.all(), tuple(people)
    tags = {each.tag for each in who} | {tag_of(each.name) for each in who if each.known}
    changes: list[Change] = []
    for article in articles:
        kept = [tag for tag in by_id(article.tags, known) if not take_back or tag not in tags]
        new = [] if take_back else [each.tag for each in who]
        wanted = tuple(dict.fromkeys((*kept, *new)))
        if set(wanted) != set(article.tags):
            after = replace(details_of(article), tags=wanted)
            changes += signed(session.author, article, "", after).changes
    if changes:
        what = _words(articles, who, len(changes), take_back=take_back)
        session.apply(Action(new_id(), session.author.annotator.id, what, tuple(changes), now()))
    return frozenset(change.ref.id for change in changes)


def _words(
    articles: Sequence[Article], people: Iterable[Assignee], count: int, *, take_back: bool
) -> str:
    names = ", ".join(each.name for each in people)
    what = quoted(articles[0]) if len(articles) == 1 else f"{count:,} articles"
    return f"take {what} back from {names}" if take_back else f"assign {what} to {names}"
