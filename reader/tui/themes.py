"""Our dark and our light theme, and the colours of entity types in each."""

from __future__ import annotations

import colorsys
from functools import lru_cache

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
        variables={"reader-dim": "#8b97a5", "reader-cursor": "#23456e"},
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
        variables={"reader-dim": "#626b76", "reader-cursor": "#cbdff6"},
    ),
)

_CONTRAST = 4.5
"""Least contrast of text (WCAG 2, level AA)."""


@lru_cache(maxsize=256)
def readable(colour: str, background: str) -> str:
    """Return a colour of the same hue that can be read on a background.

    The schema's colours are for dark backgrounds; on a light one they are
    darkened until the contrast is 4.5 to 1.

    Args:
        colour: `#rrggbb`.
        background: `#rrggbb`.
    """
    step = 0.03 if _luminance(background) < 0.4 else -0.03
    hue, light, full = colorsys.rgb_to_hls(*_channels(colour))
    shown = colour
    while contrast(shown, background) < _CONTRAST and 0 < light < 1:
        light = min(1.0, max(0.0, light + step))
        shown = _hex(colorsys.hls_to_rgb(hue, light, full))
    return shown


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2), from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


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
