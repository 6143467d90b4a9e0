"""Calling oneself otherwise, as one action that undo takes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reader.annotation.actions import Author, shorten
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.assignments import by_id, tag_of
from reader.annotation.changes import Action, Change
from reader.annotation.detail_checks import checked_line
from reader.annotation.details import signed
from reader.annotation.ids import is_id, new_id, now
from reader.annotation.model import Annotator, details_of
from reader.annotation.settled import SETTLED
from reader.errors import DetailsError, UsageError
from reader.store.library import Library

MOST = 60
"""Characters of the longest name: with its sign it is a tag of what is assigned."""


def rename(library: Library, me: str, old: str, new: str) -> tuple[Annotator, Annotator]:
    """Give whoever acts another name in a library.

    What is assigned to the old name is assigned to the id from then on.

    Args:
        library: Where.
        me: Name or beginning of the id of who acts.
        old: The same person, as a check.
        new: What the person is to be called.

    Returns:
        Who it was, and who it is now; the same when that was the name already.

    Raises:
        UsageError: If it is somebody else, or the name cannot be one or is taken.
        ConflictError: If somebody else took the name at this moment.
        LibraryError: If the library cannot be written.
    """
    people = library.people.all()
    own, name = _who(library, people, me, old), _checked(new)
    named = replace(own, name=name)
    if named == own:
        return own, own
    taken = next((each for each in people if each.name == name), None)
    if taken is not None:
        raise UsageError(f"--rename: somebody else here is called {name!r} ({taken.id}).")
    changes = (Change(own, named), *_reassigned(library, own, people))
    what = f"rename annotator “{shorten(own.name)}” to “{shorten(name)}”"
    library.perform(own, Action(new_id(), own.id, what, changes, now()))
    if library.identity is not None:
        library.identity.keep(name, own.id)
    return own, named


def _who(library: Library, people: Sequence[Annotator], me: str, old: str) -> Annotator:
    """Return who acts.

    Raises:
        UsageError: If that is nobody here, or not who is to be called otherwise.
    """
    own, meant = library.people.who(me), library.people.who(old)
    if meant not in people:
        raise UsageError(f"--rename: nobody here is called {old!r}; see `reader annotators`.")
    if meant.id != own.id:
        raise UsageError(
            f"--rename: you are {own.name!r} here, and {meant.name!r} is somebody else; "
            f"who is both says --annotator {meant.id[:10]}."
        )
    if own.id == SETTLED.id:
        raise UsageError(f"--rename: {own.name!r} is what decisions belong to, and stays so.")
    return own


def _checked(typed: str) -> str:
    """Return a name, trimmed.

    Raises:
        UsageError: If it is empty or too long, or has in it what no name can have.
    """
    try:
        name = checked_line(typed, "name")
        name.encode()
    except (DetailsError, UnicodeEncodeError) as error:
        said = error.message if isinstance(error, DetailsError) else "The name is not UTF-8."
        raise UsageError(f"--rename: {said}") from error
    fault = next(_faults(name), None)
    if fault is not None:
        raise UsageError(f"--rename: {fault}")
    return name


def _faults(name: str) -> Iterator[str]:
    if not name:
        yield "the new name is empty."
    if len(name) > MOST:
        yield f"the new name has {len(name)} characters, and at most {MOST} are allowed."
    if "," in name or "،" in name:
        yield "the new name has a comma in it, which parts names."
    if name == SETTLED.name:
        yield f"{name!r} is what decisions belong to; take another name."
    if is_id(name.upper()):
        yield "the new name looks like an id; take another."


def _reassigned(library: Library, own: Annotator, people: Iterable[Annotator]) -> Iterator[Change]:
    """Give the changes of articles that are assigned to a name, so that ids are in its place."""
    author, known = Author(own, AnnotationSet(), library.schema()), tuple(people)
    for entry in library.articles.listed("", "all"):
        # The list has ids in place of names; what is stored may be either.
        if tag_of(own.id) not in entry.tags:
            continue
        article = library.articles.read(entry.id)
        if tag_of(own.name) in article.tags:
            after = replace(details_of(article), tags=by_id(article.tags, known))
            yield from signed(author, article, "", after).changes
