"""What the article is: its details, and the parts of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.annotation.actions import shorten
from reader.annotation.roles import roles_in
from reader.corpus.article import Role
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.widgets.pieces import isolated
from reader.work.articles import set_role

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen

_ROLES: dict[Role, tuple[str, str]] = {
    "title": ("t", "the headline: the article is listed by it"),
    "dateline": ("d", "when, where and by whom"),
    "body": ("b", "the text of the article"),
    "boilerplate": ("f", "furniture of the site: dimmed, and no part of the article"),
}
"""The parts of an article, each with its key and what it means."""


async def choose_role(desk: ReadingScreen) -> None:
    """Say what the selection is: title, dateline, body or boilerplate."""
    ranges = desk.view.selection.ranges
    now = roles_in(desk.article, ranges)
    quote = isolated(shorten(desk.view.selected_text()))
    choices = [
        Choice(f"● {role}" if role in now else f"  {role}", role, meaning, key=key)
        for role, (key, meaning) in _ROLES.items()
    ]

    def make(role: Role) -> None:
        set_role(desk.session, ranges, role)
        desk.view.release_fragments()
        desk.program.notify(f"“{quote}” is {role} now.")

    overlay: ChoiceScreen[Role]
    overlay = ChoiceScreen(f"What is “{quote}”? Now: {' and '.join(now) or 'nothing'}", choices)
    await desk.ask(overlay, make)


async def edit_details(desk: ReadingScreen) -> None:
    """Change title, publisher, date, URL, language, direction and tags of the article."""
    from reader.tui.screens.details import DetailsScreen

    def saved(changed: bool) -> None:
        if changed:
            desk.program.notify("Saved.")
        else:
            # What another changed may have been read anew while the form was open.
            desk.catch_up()

    await desk.ask(DetailsScreen(desk.session, desk.article), saved)
