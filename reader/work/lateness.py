"""Marks of an old version of an article, made where nobody had heard of the new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.annotation.alignment import Alignment
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.carrying import carry_late, late_ids
from reader.annotation.model import Attribution, ClaimMention, Mention, Record, Refusal, Suggestion
from reader.store.library import Library
from reader.values import dataclass
from reader.work.versions import waiting


@dataclass(frozen=True, slots=True)
class Late:
    """What was carried over to a new version after it had come.

    Attributes:
        article: Id of the new version.
        placed: How many spans found their place.
        left: How many are to be placed by hand.
    """

    article: str
    placed: int
    left: int


def carry_all_late(library: Library, name: str) -> Iterator[Late]:
    """Carry over what the versions before of all articles have, and theirs lack; an action each.

    What follows from it has ids of its own, so that libraries that do this without
    knowing of each other come to the same.

    Args:
        library: Where.
        name: Name of who does it; undo takes it back, and it is not done again.

    Raises:
        ConflictError: If somebody changed an article meanwhile.
        LibraryError: If the library cannot be written.
    """
    links = library.articles.links()
    if not any(link.replaces for link in links.values()):
        return
    for entry in library.articles.listed(""):
        versions = [entry.id]
        while (before := links[versions[-1]].replaces) is not None and before in links:
            if before in versions:
                break
            versions.append(before)
        for old, new in zip(versions[:0:-1], versions[-2::-1], strict=True):
            late = _carry(library, name, old, new)
            if late is not None:
                yield late


def forks(library: Library) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each article of which several new versions are listed, with these."""
    links = library.articles.links()
    if not any(link.replaces for link in links.values()):
        return
    found: dict[str, list[str]] = {}
    for entry in library.articles.listed(""):
        before = links[entry.id].replaces
        if before is not None:
            found.setdefault(before, []).append(entry.id)
    yield from ((old, tuple(sorted(new))) for old, new in sorted(found.items()) if len(new) > 1)


def _carry(library: Library, name: str, old: str, new: str) -> Late | None:
    own = library.records.within(old) + library.records.relations_in(old)
    lefts = waiting(library, old)
    named = [(each, late_ids(each, new)) for each in (*own, *(left.record for left in lefts))]
    ever = library.past.known({id for _, ids in named for id in ids})
    late = tuple(each for each, ids in named if ever.isdisjoint(ids))
    if not any(map(_is_mark, late)):
        # Proposals stay behind where their words are gone; they alone are no reason to look.
        own, late = _without_proposals(own), _without_proposals(late)
    if not late:
        return None
    there = AnnotationSet.of((*library.records.within(new), *library.records.relations_in(new)))
    before, after = library.articles.read(old), library.articles.read(new)
    alignment = Alignment(before.text, after.text)
    who = library.people.who(name)
    found = carry_late(who, own, before, after, alignment, lefts, there, ever)
    if found is None:
        return None
    action, placed = found
    library.perform(who, action)
    return Late(new, placed, len(waiting(library, new)))


def _without_proposals(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(each for each in records if not isinstance(each, Suggestion | Refusal))


def _is_mark(record: Record) -> bool:
    return isinstance(record, Mention | ClaimMention | Attribution)
