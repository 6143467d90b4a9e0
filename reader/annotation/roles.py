"""What the parts of an article are: its title, a dateline, body or boilerplate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import get_args

from reader.annotation.actions import Author, shorten
from reader.annotation.changes import Action
from reader.annotation.details import quoted, signed
from reader.annotation.model import details_of
from reader.annotation.spans import Range, merge_ranges
from reader.corpus.article import Article, Role, RoleRange
from reader.errors import DetailsError
from reader.text.paragraphs import paragraphs

ROLES: tuple[Role, ...] = get_args(Role)


def roles_in(article: Article, ranges: Iterable[Range]) -> tuple[Role, ...]:
    """Return what the parts of ranges (code points) are at present, in the order of `ROLES`."""
    wanted = merge_ranges(ranges)
    found = {part.role for part in article.roles if _meets(part, wanted)}
    return tuple(role for role in ROLES if role in found)


def set_role(author: Author, article: Article, ranges: Iterable[Range], role: Role) -> Action:
    """Say what ranges of an article are.

    The parts that they are taken from keep the rest. There is one title: the
    one before it becomes body, and a typed one gives way to it.

    Args:
        author: Who says so.
        article: The article.
        ranges: Code points of its text; white space at their ends does not count.
        role: What they are.

    Raises:
        DetailsError: If nothing is in the ranges, they leave the text or are that
            already, a title has gaps, or the article is removed.
    """
    wanted = _inside(article.text, ranges)
    if article.removed:
        raise DetailsError(f"{quoted(article)} is removed; bring it back first.")
    if role == "title" and len(wanted) > 1:
        raise DetailsError("A title is one piece of the text: select it without gaps.")
    before = details_of(article)
    if role == "title":
        after = replace(before, title=wanted[0], heading="")
        old: Iterable[RoleRange] = (_demoted(part) for part in article.roles)
        pieces: Sequence[Range] = wanted
    else:
        after = replace(before, title=_left_of_title(article, wanted))
        old, pieces = article.roles, [p for one in wanted for p in _lines(article.text, one)]
    quote = shorten(" ".join(article.text[start:end] for start, end in wanted))
    same = (before.title, before.heading) == (after.title, after.heading)
    if same and _covered(article, pieces, role):
        raise DetailsError(f"“{quote}” is {role} already.")
    kept = (part for one in old for part in _cut(article.text, one, wanted))
    made = (RoleRange(start, end, role) for start, end in pieces)
    roles = tuple(_joined(article.text, sorted([*kept, *made], key=_start)))
    return signed(author, article, f"make “{quote}” {role}", replace(after, roles=roles))


def _inside(text: str, ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Return ranges without the white space at their ends."""
    merged = merge_ranges(ranges)
    for start, end in merged:
        if start < 0 or end > len(text):
            raise DetailsError(
                f"The range {start}-{end} leaves the text, which has {len(text)} code points."
            )
    wanted = tuple(trimmed for one in merged if (trimmed := _trimmed(text, *one)))
    if not wanted:
        raise DetailsError("Nothing but space is selected: select some text first.")
    return wanted


def _trimmed(text: str, start: int, end: int) -> Range | None:
    found = text[start:end]
    if not found.strip():
        return None
    return start + len(found) - len(found.lstrip()), end - len(found) + len(found.rstrip())


def _lines(text: str, one: Range) -> Iterator[Range]:
    """Give the hard lines of a range, since no part of an article goes on over a line's end."""
    start, end = one
    for line in paragraphs(text[start:end]):
        trimmed = _trimmed(text, start + line.start, start + line.end)
        if trimmed is not None:
            yield trimmed


def _meets(part: RoleRange, wanted: Iterable[Range]) -> bool:
    return any(part.start < end and start < part.end for start, end in wanted)


def _without(text: str, one: Range, wanted: Iterable[Range]) -> Iterator[Range]:
    """Give what is left of a range when others are taken from it."""
    start, last = one
    for cut_start, cut_end in (*wanted, (last, last)):
        trimmed = _trimmed(text, start, min(cut_start, last)) if start < cut_start else None
        if trimmed is not None:
            yield trimmed
        start = max(start, cut_end)


def _cut(text: str, part: RoleRange, wanted: Sequence[Range]) -> Iterator[RoleRange]:
    if not _meets(part, wanted):
        yield part
        return
    for start, end in _without(text, (part.start, part.end), wanted):
        yield replace(part, start=start, end=end)


def _demoted(part: RoleRange) -> RoleRange:
    return replace(part, role="body") if part.role == "title" else part


def _left_of_title(article: Article, wanted: Sequence[Range]) -> Range | None:
    """Return the title that is left when ranges become something else."""
    if article.title is None or not _meets(RoleRange(*article.title, "title"), wanted):
        return article.title
    return next(_without(article.text, article.title, wanted), None)


def _covered(article: Article, pieces: Iterable[Range], role: Role) -> bool:
    """Tell whether ranges are all of one role already."""
    same = [(part.start, part.end) for part in article.roles if part.role == role]
    return all(
        not any(_without(article.text, piece, [r for r in same if r[0] < piece[1]]))
        for piece in pieces
    )


def _joined(text: str, parts: Iterable[RoleRange]) -> Iterator[RoleRange]:
    """Join what is of one role on one line: a sentence ends where its part does."""
    last: RoleRange | None = None
    for part in parts:
        if last is not None and _goes_on(text, last, part):
            last = replace(last, end=part.end)
            continue
        if last is not None:
            yield last
        last = part
    if last is not None:
        yield last


def _goes_on(text: str, last: RoleRange, part: RoleRange) -> bool:
    between = text[last.end : part.start]
    return last.role == part.role != "title" and not between.strip() and not _breaks(between)


def _breaks(between: str) -> bool:
    return len(paragraphs(f".{between}.")) > 1


def _start(part: RoleRange) -> int:
    return part.start
