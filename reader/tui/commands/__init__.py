"""Every command of the interface: the one list that keys, palette, footer, help and docs come from.

A command belongs to a *scope*; a *context* (a screen in a certain state) is a
list of scopes that are active together. Keys are written as characters
(`a`, `?`, `U`) or as names (`enter`, `ctrl+r`).
"""

from __future__ import annotations

from collections.abc import Iterator

from reader.tui.commands import claim, general, library, reading, selection, together, typing
from reader.tui.commands.model import Command, Need, Scope

__all__ = [
    "BESIDES",
    "COMMANDS",
    "CONTEXTS",
    "PALETTE",
    "TYPED",
    "Command",
    "Need",
    "Scope",
    "command",
    "in_context",
]

CONTEXTS: dict[str, tuple[Scope, ...]] = {
    "library": ("library", "overview", "rows", "app", "help", "always"),
    "filter": ("filter", "edit", "always"),
    "removed": ("removed", "overview", "rows", "app", "help", "always"),
    "reading": ("reading", "motion", "app", "help", "always"),
    "inspector": ("inspector", "overview", "rows", "app", "help", "always"),
    "pick": ("pick", "motion", "help", "always"),
    "place": ("place", "motion", "help", "always"),
    "unplaced": ("unplaced", "rows", "help", "always"),
    "leap": ("leap", "always"),
    "count": ("count", "motion", "always"),
    "claim": ("claim", "help", "always"),
    "board": ("board", "overview", "rows", "app", "help", "always"),
    "board_filter": ("board_filter", "edit", "always"),
    "sheet": ("sheet", "overview", "rows", "app", "help", "always"),
    "entities": ("entities", "overview", "rows", "app", "help", "always"),
    "entity_filter": ("entity_filter", "edit", "always"),
    "entity": ("entity", "overview", "rows", "app", "help", "always"),
    "statistics": ("statistics", "rows", "app", "help", "always"),
    "agreement": ("agreement", "rows", "app", "help", "always"),
    "conflicts": ("conflicts", "rows", "app", "help", "always"),
    "adjudicate": ("adjudicate", "help", "always"),
    "amend": ("amend", "motion", "help", "always"),
    "layers": ("layers", "rows", "always"),
    "past": ("past", "rows", "app", "help", "always"),
    "change": ("change", "rows", "help", "always"),
    "choice": ("rows", "always"),
    "keys": ("keys", "rows", "always"),
    "search": ("search", "edit", "always"),
    "fill": ("fill", "search", "edit", "always"),
    "hits": ("hits", "rows", "always"),
    "line": ("line", "edit", "always"),
    "found": ("found", "edit", "always"),
    "suggestions": ("suggestions", "rows", "help", "always"),
    "others": ("others", "rows", "always"),
    "details": ("details", "edit", "always"),
    "attributes": ("attributes", "rows", "always"),
    "note": ("note", "lines", "edit", "always"),
}
"""Scopes that are active together. No key may stand twice in one context."""

TYPED = (
    *("filter", "board_filter", "entity_filter", "search", "fill", "line", "found", "details"),
    "note",
)
"""Contexts with a text to type into: printable keys are text there, never commands."""

PALETTE: tuple[Scope, ...] = (
    "library",
    "reading",
    "board",
    "sheet",
    "entities",
    "entity",
    "overview",
    "statistics",
    "agreement",
    "past",
    "motion",
    "app",
    "help",
    "always",
)
"""Scopes whose commands the palette offers, where their context is the present one."""


BESIDES: dict[str, tuple[Scope, ...]] = {"reading": ("overview",)}
"""Scopes that the palette offers in a context that has no keys left for them."""


def _commands() -> Iterator[Command]:
    yield from library.lists()
    yield from library.shelf()
    yield from library.forms()
    yield from library.entities()
    yield from library.entity()
    yield from library.statistics()
    yield from together.agreement()
    yield from together.layers()
    yield from selection.motions()
    yield from selection.borders()
    yield from reading.annotating()
    yield from reading.finding()
    yield from reading.suggesting()
    yield from reading.looking()
    yield from reading.article()
    yield from reading.differing()
    yield from reading.beside()
    yield from reading.versions()
    yield from claim.claim_form()
    yield from claim.board()
    yield from claim.sheet()
    yield from typing.typing()
    yield from typing.note()
    yield from general.general()


COMMANDS: tuple[Command, ...] = tuple(_commands())


def command(id: str) -> Command:
    """Return a command by its id.

    Raises:
        KeyError: If there is none.
    """
    for known in COMMANDS:
        if known.id == id:
            return known
    raise KeyError(id)


def in_context(context: str) -> tuple[Command, ...]:
    """Return the commands that are active in a context, those of nearer scopes first."""
    return tuple(c for scope in CONTEXTS[context] for c in COMMANDS if c.scope == scope)
