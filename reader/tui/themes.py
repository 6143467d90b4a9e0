"""Our dark and our light theme, what others need to be read, and the colours of entity types.

A theme of Textual's is *fitted* before it is shown: its words are made lighter or darker until
they can be read on each of its grounds. Colours of types are *weighed*: all have the same contrast
with the ground, so that no type calls louder than another.
"""

from __future__ import annotations

import colorsys
from dataclasses import replace
from functools import lru_cache
from typing import Any

from rich.style import Style
from textual.theme import Theme

DARK = "reader-dark"
LIGHT = "reader-light"

# Grounds are so near to grey that 256 colours show them grey, not navy and yellow.
THEMES = (
    Theme(
        name=DARK,
        primary="#7cb7ff",
        secondary="#8fa3b8",
        accent="#ffb454",
        warning="#ffb454",
        error="#ff7b72",
        success="#8fd694",
        foreground="#d7dde5",
        background="#14171b",
        surface="#1c2025",
        panel="#272c34",
        dark=True,
        variables={"reader-dim": "#9aa6b4", "reader-cursor": "#1c3858"},
    ),
    Theme(
        name=LIGHT,
        primary="#0b5cad",
        secondary="#4d5f73",
        accent="#8a5100",
        warning="#8a5100",
        error="#b3261e",
        success="#176428",
        foreground="#20252b",
        background="#fbfaf7",
        surface="#efeeea",
        panel="#e3e1db",
        dark=False,
        variables={"reader-dim": "#545c65", "reader-cursor": "#cbdff6"},
    ),
)

_CONTRAST = 4.5
"""Least contrast of text (WCAG 2, level AA)."""


_LETTER_DARK = 8.5
_LETTER_LIGHT = 5.2
"""Contrast of the letters of types, where the ground leaves room for it."""

_ROOM = 0.6
"""Share of the greatest contrast on a ground; with more of it a colour is nearly white or black."""

_MIDDLE = 0.179
"""Luminance of the ground on which white and black have the same contrast."""

_FITTED = ("foreground", "primary", "accent", "success", "warning", "error")
"""Colours that words of the program are written in."""

PAIRS = {
    DARK: LIGHT,
    "atom-one-dark": "atom-one-light",
    "catppuccin-mocha": "catppuccin-latte",
    "rose-pine": "rose-pine-dawn",
    "solarized-dark": "solarized-light",
    "textual-dark": "textual-light",
    "ansi-dark": "ansi-light",
}
"""Dark themes with the light one that belongs to each."""

ANSI_NAMES = ("red", "yellow", "green", "cyan", "blue", "magenta")
"""The terminal's own colours in the order of the hues, a sixth of the circle apart."""

_GREY = 0.25
"""Saturation below which a colour has no hue to speak of."""


FITTED = "reader-dim"
"""A variable that only our themes and those that were fitted have."""


def other_theme(name: str) -> str:
    """Return the light theme that belongs to a dark one, or the other way round; "" for none."""
    return {**PAIRS, **{light: dark for dark, light in PAIRS.items()}}.get(name, "")


def fitted(theme: Theme) -> Theme:
    """Return a theme with the colours that our screens need, its words readable on all grounds.

    The terminal's own colours are the user's choice, and stay.
    """
    if theme.ansi:
        own = {"reader-dim": "ansi_default", "reader-cursor": "ansi_default"}
        return replace(theme, variables={**theme.variables, **own})
    from textual.color import Color

    made = theme.to_color_system().generate()
    grounds: dict[str, Any] = {
        name: Color.parse(made[name]).hex6 for name in ("background", "surface", "panel")
    }
    ground = Color.parse(grounds["background"])
    cursor = ground.blend(Color.parse(made["primary"]), 0.3).hex6
    every = (*grounds.values(), cursor)
    words: dict[str, Any] = {name: _on_all(Color.parse(made[name]).hex6, every) for name in _FITTED}
    dim = Color.parse(words["foreground"]).blend(ground, 0.35).hex6
    own = {"reader-dim": _on_all(dim, every), "reader-cursor": cursor}
    return replace(theme, **grounds, **words, variables={**theme.variables, **own})


def _on_all(colour: str, grounds: tuple[str, ...]) -> str:
    """Make a colour readable on several grounds, beginning with the one that needs most."""
    for ground in sorted(grounds, key=lambda each: contrast(colour, each)):
        colour = readable(colour, ground)
    return colour


def ansi_name(colour: str) -> str:
    """Return the terminal's own colour nearest in hue; "default" for a grey."""
    hue, _, full = colorsys.rgb_to_hls(*_channels(colour))
    return "default" if full < _GREY else ANSI_NAMES[round(hue * 6) % 6]


def type_style(colour: str, ground: object, own: bool) -> Style:
    """Return the style of the letters of an entity type.

    Args:
        colour: `#rrggbb`, as the schema has it.
        ground: Rich's colour below the letters.
        own: Whether the terminal's own colours are used.
    """
    triplet = getattr(ground, "triplet", None)
    if own or triplet is None:
        return Style(color=ansi_name(colour))
    return Style(color=lettered(colour, triplet.hex))


@lru_cache(maxsize=256)
def lettered(colour: str, ground: str) -> str:
    """Return a colour of the same hue for letters, of the same weight for all colours.

    Args:
        colour: `#rrggbb`.
        ground: `#rrggbb`.
    """
    dark = _luminance(ground) < _MIDDLE
    most = contrast(ground, "#ffffff" if dark else "#000000")
    aim = max(_CONTRAST + 0.1, min(_LETTER_DARK if dark else _LETTER_LIGHT, _ROOM * most))
    return weighed(colour, ground, aim)


@lru_cache(maxsize=256)
def weighed(colour: str, ground: str, aim: float) -> str:
    """Return a colour of the same hue that has a certain contrast with the ground.

    Args:
        colour: `#rrggbb`.
        ground: `#rrggbb`.
        aim: The contrast, at most that of white or black with the ground.
    """
    hue, _, full = colorsys.rgb_to_hls(*_channels(colour))
    below = _luminance(ground)
    dark = below < _MIDDLE
    low, high = 0.0, 1.0
    for _ in range(12):
        light = (low + high) / 2
        shown = _hex(colorsys.hls_to_rgb(hue, light, full))
        bright = _luminance(shown)
        enough = (bright > below) == dark and _ratio(bright, below) >= aim
        low, high = (low, light) if enough == dark else (light, high)
    return _hex(colorsys.hls_to_rgb(hue, high if dark else low, full))


@lru_cache(maxsize=256)
def readable(colour: str, background: str) -> str:
    """Return a colour of the same hue that can be read on a background.

    It is made lighter or darker until the contrast is 4.5 to 1.

    Args:
        colour: `#rrggbb`.
        background: `#rrggbb`.
    """
    step = 0.03 if _luminance(background) < _MIDDLE else -0.03
    hue, light, full = colorsys.rgb_to_hls(*_channels(colour))
    shown = colour
    while contrast(shown, background) < _CONTRAST and 0 < light < 1:
        light = min(1.0, max(0.0, light + step))
        shown = _hex(colorsys.hls_to_rgb(hue, light, full))
    return shown


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2), from 1 to 21."""
    return _ratio(_luminance(one), _luminance(other))


def _ratio(one: float, other: float) -> float:
    """Return the contrast of two luminances (WCAG 2)."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2)."""
    linear = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
