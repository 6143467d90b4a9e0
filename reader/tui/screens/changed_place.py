"""Where to go when something was undone or done again: to what it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.changes import Change
from reader.annotation.model import ArticleDetails, ClaimMention, Mention, Note, Refusal
from reader.annotation.spans import Range
from reader.session import Changed
from reader.tui.screens.base import CommandScreen

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp


async def show_change(app: ReaderApp, changed: Changed) -> None:
    """Show what was changed; what stands nowhere moves nothing."""
    screen = app.screen
    stays = isinstance(screen, CommandScreen) and screen.STAYS
    if changed.place is None or stays:
        return
    details = next((c for c in changed.changes if isinstance(c.after, ArticleDetails)), None)
    if details is None:
        await _open(app, changed.place.article, _ranges_of(changed, app.session.annotations))
    else:
        await _show_details(app, details)


async def _show_details(app: ReaderApp, change: Change) -> None:
    """Show the article in the library, or its parts in the text."""
    from reader.tui.screens.library import LibraryScreen
    from reader.tui.screens.reading import ReadingScreen

    before, after = change.before, change.after
    assert isinstance(after, ArticleDetails)
    screen = app.screen
    is_open = isinstance(screen, ReadingScreen) and screen.article.id == after.id
    parts = _parts(before, after) if isinstance(before, ArticleDetails) else ()
    if not after.removed and (is_open or parts):
        await _open(app, after.id, parts)
        return
    await app.navigation.show_library()
    library = app.screen
    if isinstance(library, LibraryScreen):
        library.go_to(after.id)


def _parts(before: ArticleDetails, after: ArticleDetails) -> tuple[Range, ...]:
    """Return the first part of the text that is something else than before."""
    known = set(before.roles)
    changed = ((part.start, part.end) for part in after.roles if part not in known)
    return tuple(changed)[:1]


async def _open(app: ReaderApp, article: str, ranges: tuple[Range, ...]) -> None:
    from reader.tui.screens.reading import ReadingScreen

    screen = app.screen
    here = isinstance(screen, ReadingScreen) and screen.turn_to(article)
    opened = screen if here else await app.navigation.open_article(article)
    if isinstance(opened, ReadingScreen) and ranges:
        if here:
            opened.mark_spot()
        opened.go_to(ranges)


def _ranges_of(changed: Changed, annotations: AnnotationSet) -> tuple[Range, ...]:
    """Return the fragments of what was changed, or of what a changed note is on."""
    pairs = [(change.after, change.before) for change in changed.changes]
    records = [record for pair in pairs for record in pair if record is not None]
    noted = [annotations.get(record.on) for record in records if isinstance(record, Note)]
    found = [
        record
        for record in (*records, *noted)
        if isinstance(record, Mention | ClaimMention | Refusal)
    ]
    return found[0].span.fragments if found else ()
