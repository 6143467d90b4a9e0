"""The terminal's profile: what the user says, what was chosen for it, what was found."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from reader.terminal.found import Found, settle

if TYPE_CHECKING:
    from reader.preferences import Settled
    from reader.text.terminals import TerminalProfile
    from reader.user.state import State

_FINDS_OUT = ("auto", "terminal", "kitty")
"""Orders that depend on what the terminal is."""


def depends(bidi: Settled) -> bool:
    """Whether it matters what the terminal is."""
    return bidi.value in _FINDS_OUT


def settled_profile(bidi: Settled, found: Found, state: State) -> Found:
    """Return what holds for a terminal, and who says so."""
    return settle(str(bidi.value), bidi.origin, state.terminal(found.name), found)


def printing_profile(bidi: Settled) -> TerminalProfile:
    """Return what holds for standard output, which is a terminal."""
    from reader.terminal.discovery import found_for_printing
    from reader.terminal.found import find
    from reader.user.paths import state_folder
    from reader.user.state import State

    found = found_for_printing(os.environ) if depends(bidi) else find({})
    return settled_profile(bidi, found, State(state_folder())).profile
