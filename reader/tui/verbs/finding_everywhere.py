"""Finding words in the whole library, and going on from article to article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.annotation.actions import shorten
from reader.annotation.hits import hits_in
from reader.overview.search import beside
from reader.tui.screens.base import CommandScreen
from reader.tui.screens.library_search import Goal, LibrarySearchScreen
from reader.tui.widgets.pieces import isolated

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.screens.reading import ReadingScreen

_TITLE = 40
"""Code points of a title in a notice."""


async def find(screen: CommandScreen[None]) -> None:
    """Type words and see where they stand in all articles; go to the hit that is taken."""
    program = screen.program
    query = program.last_query if program.found_everywhere else ""
    overlay = LibrarySearchScreen(query, program.last_goal)
    await screen.ask(overlay, lambda goal: go_to(program, goal))


async def go_to(program: ReaderApp, goal: Goal) -> None:
    """Select a hit in its article; the search goes on from there."""
    from reader.tui.screens.reading import ReadingScreen

    program.last_query, program.found_everywhere, program.last_goal = goal.query, True, goal
    screen, hit = program.screen, (goal.start, goal.end)
    here = isinstance(screen, ReadingScreen) and screen.article.id == goal.article
    opened = screen if here else await program.navigation.open_article(goal.article)
    if isinstance(opened, ReadingScreen) and goal.end:
        (opened.jump_to if here else opened.go_to)([hit])
        opened.view.show_hits(hits_in(opened.article.text, goal.query))


async def go_on(desk: ReadingScreen, by: int) -> bool:
    """Go to the first hit of the next article (1), or to the last one of the article before (-1).

    Returns:
        Whether there is another article with what was looked for.
    """
    program = desk.program
    other = beside(desk.session.library, program.last_query, desk.article.id, by)
    if other is None:
        return False
    article, hits = other
    await go_to(program, Goal(article.id, *hits[0 if by > 0 else -1], program.last_query))
    order = "next" if by > 0 else "previous"
    count = "1 hit" if len(hits) == 1 else f"{len(hits):,} hits"
    title = isolated(shorten(article.title, _TITLE))
    program.notify(f"The {order} article with it, {count}: {title}")
    return True
