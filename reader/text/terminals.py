"""What each terminal does with right-to-left text, as values: one a terminal.

The interface composes every row in visual order. A terminal that shows cells as
they come, or can be told to, gets the row like that. One that orders each row
itself and cannot be stopped gets the row that its own ordering turns into ours
(`reader.text.emitters`). To add a terminal is to add a value to `PROFILES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Literal

from reader.values import dataclass

ZWNJ, ZWJ, LRM = "\u200c", "\u200d", "\u200e"

Emitter = Literal["visual", "terminal", "kitty"]


@dataclass(frozen=True, slots=True)
class TerminalProfile:
    """How a terminal treats a row of right-to-left text.

    Attributes:
        name: What it is called.
        emitter: `visual`: it shows cells as they are sent. `terminal`: it runs the
            bidirectional algorithm over each row. `kitty`: it draws each word of
            right-to-left letters from right to left and leaves the rest.
        ligatures: Whether a lam and its alef can share a column, as the form of both
            (looked at in xterm, VTE, Konsole, kitty, PuTTY, mlterm). The layout needs
            to know (`layout_paragraph(..., ligatures=...)`).
        shapes: Whether it joins letters itself, so that nominal letters are sent;
            otherwise presentation forms are.
        mirrors: Whether it mirrors brackets in right-to-left stretches.
        formats: Format characters that it takes without giving them a column.
        base: Direction of its rows: `left`, or `auto` for the first strong character's.
            With `auto` a row has to begin with a blank, or with left-to-right text.
        strong_boxes: Whether U+2500 to U+25FF (borders) are left-to-right letters to it.
        off: What to send so that it stops ordering rows; empty if nothing does.
        on: What to send on leaving, so that it orders rows again as it did.
        sticky: Whether a row keeps the mode in which it was made or last erased:
            send `off` before the alternate screen opens, or erase the screen after it.
    """

    name: str
    emitter: Emitter = "visual"
    ligatures: bool = True
    shapes: bool = False
    mirrors: bool = True
    formats: frozenset[str] = frozenset()
    base: Literal["left", "auto"] = "left"
    strong_boxes: bool = False
    off: str = ""
    on: str = ""
    sticky: bool = False


_FORMATS = frozenset({ZWNJ, LRM})

PLAIN = TerminalProfile("plain")
"""Shows cells as they come: xterm, Alacritty, foot, st, urxvt, Ghostty, Windows
Terminal, the terminal of VS Code, iTerm2 before 3.7."""

VISUAL = TerminalProfile("visual", off="\x1b[8l", on="\x1b[8h", sticky=True)
"""Follows the BiDi recommendation for terminals, where `CSI 8 l` stops the ordering;
harmless to a terminal that does not, so it is also for one that is not known."""

IMPLICIT = TerminalProfile(
    "implicit", "terminal", ligatures=False, shapes=True, formats=frozenset({ZWNJ})
)
"""Orders rows by itself, and all else is not known."""

KITTY = TerminalProfile("kitty", "kitty", shapes=True)
"""Without `force_ltr yes`, and with all Arabic from one other font than Latin.

It cuts words where the font changes, so a letter, mark or joiner that the font lacks
breaks its word; joiners, which many lack, are not sent. `symbol_map
U+0600-U+08FF,U+FB50-U+FDFF,U+FE70-U+FEFC Noto Sans Arabic` in its configuration makes
it one font; a main font that has Arabic letters itself leaves punctuation astray.
"""

PROFILES: Mapping[str, TerminalProfile] = MappingProxyType(
    {
        profile.name: profile
        for profile in (
            PLAIN,
            VISUAL,
            IMPLICIT,
            KITTY,
            replace(VISUAL, name="vte"),
            replace(VISUAL, name="mintty"),
            replace(VISUAL, name="wezterm", sticky=False),
            # Where tmux or another program between keeps `CSI 8 l` from them.
            replace(IMPLICIT, name="vte-implicit", ligatures=True, formats=_FORMATS),
            replace(IMPLICIT, name="mintty-implicit", formats=_FORMATS, base="auto"),
            TerminalProfile(
                "konsole",
                "terminal",
                shapes=True,
                mirrors=False,
                formats=_FORMATS | {ZWJ},
                strong_boxes=True,
            ),
            replace(IMPLICIT, name="iterm2"),
            replace(IMPLICIT, name="apple-terminal"),
            # Takes controls out and shapes only nominal letters, two as one column.
            TerminalProfile("putty", "terminal", base="auto"),
            # A column for each format character, so it never gets one.
            TerminalProfile(
                "mlterm", off="\x1b]5379;use_ctl=false\x07", on="\x1b]5379;use_ctl=true\x07"
            ),
            replace(PLAIN, name="kitty-force-ltr"),
        )
    }
)
"""The profiles by name."""

MODES: Mapping[str, TerminalProfile] = MappingProxyType(
    {"visual": VISUAL, "terminal": IMPLICIT, "kitty": KITTY, "off": replace(PLAIN, name="off")}
)
"""The profile for each mode that a user may ask for by name."""

ORDERS = ("auto", *MODES, *(name for name in PROFILES if name not in MODES))
"""What a user may ask for: what is found, a mode, or the name of a terminal."""


def in_multiplexer(profile: TerminalProfile) -> TerminalProfile:
    """A terminal as it is behind tmux or screen.

    They keep `off` to themselves, so a terminal that orders rows goes on ordering
    them; and they put what follows a ZWJ into the cell before it.
    """
    behind = PROFILES.get(f"{profile.name}-implicit", profile)
    return replace(behind, formats=behind.formats - {ZWJ}, off="", on="", sticky=False)
