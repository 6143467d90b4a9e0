"""Looks as terminal styles, for a theme, and without colours.

Nothing is told by colour alone: the first cell of a span has another weight than
the rest, and the margin has the letters. Claims and attributions cover most of a
news text, so they are only underlined; the words keep their colour. What is
proposed is underlined in the colour of its type, without a background. Without
colours a mention is bold, and reverse is the selection's own.
"""

from __future__ import annotations

from typing import Literal

from rich.style import Style
from textual.color import Color

from reader.annotation.schema import Schema
from reader.tui.themes import ansi_name, lettered, readable, weighed
from reader.tui.widgets.overlay import Look

Colours = Literal["none", "own", "few", "full"]
"""What is shown: attributes only; those and the terminal's own sixteen colours; 256
colours, in which pale ones run together; or all."""

_TINT_DARK = 0.32
_TINT_LIGHT = 0.5
_ASIDE = 0.3
"""How much of its tint a mention keeps when it is put aside."""

_WEIGHT_DARK = 2.0
_WEIGHT_LIGHT = 1.32
"""Contrast of the background of a mention with the ground."""

_KEPT = 0.3
"""How much of a colour goes into the background."""


class LookStyles:
    """Styles for looks, each made once.

    Args:
        text: Style of plain text; it has both colours.
        dim: `#rrggbb` for boilerplate.
        accent: `#rrggbb` for a lam-alef that is covered in part.
        schema: Gives the colours of the entity types.
        colours: What the terminal shows.
    """

    def __init__(
        self, text: Style, dim: str, accent: str, schema: Schema, colours: Colours
    ) -> None:
        self.text = text
        self._ground = _hex(text.bgcolor, "#000000")
        self._ink = _hex(text.color, "#ffffff")
        self._dim = readable(dim, self._ground)
        self._accent = readable(accent, self._ground)
        self._colours = {kind.name: kind.colour for kind in schema.entity_types}
        self._shown = colours
        self._colour = colours not in ("none", "own")
        self._made: dict[Look, Style] = {}

    def of(self, look: Look) -> Style:
        """Return the style of a look; the same object for the same look."""
        style = self._made.get(look)
        if style is None:
            style = self._made[look] = (
                self.text + self._colours_of(look) + _attributes(look, self._colour)
            )
        return style

    def label(self, type: str, strong: bool) -> Style:
        """Return the style of a letter in the margin."""
        style = self.text + Style(bold=strong)
        colour = self._colours.get(type)
        if colour and self._shown == "own":
            return style + Style(color=ansi_name(colour))
        if not self._colour or (not colour and strong):
            return style
        return style + Style(color=lettered(colour, self._ground) if colour else self._dim)

    def _colours_of(self, look: Look) -> Style:
        if self._shown == "own" and look.kind == "mention":
            return Style(color=ansi_name(self._colours.get(look.type, "#888888")))
        if self._shown == "own" and look.proposed:
            return Style(color=ansi_name(self._colours.get(look.proposed, "#888888")))
        if not self._colour:
            return Style()
        if look.chosen == "selected":
            return Style(color=self._ground, bgcolor=self._ink)
        if look.chosen == "kept":
            return self._tinted(self._ink, _KEPT)
        if look.kind == "mention":
            return self._tinted(self._colours.get(look.type, self._dim), None, look.aside)
        if look.proposed and not look.hit:
            return Style(color=lettered(self._colours.get(look.proposed, self._dim), self._ground))
        if look.hit:
            return self._tinted(self._accent, _KEPT)
        if look.aside:
            return Style(color=self._dim)
        if look.partly:
            return Style(color=self._accent)
        return Style(color=self._dim) if look.role == "boilerplate" else Style()

    def _tinted(self, colour: str, share: float | None, aside: bool = False) -> Style:
        """Text on a background with some of a colour in it."""
        ground = Color.parse(self._ground)
        if share is None and self._shown == "few":
            share = 1.0
        elif share is None:
            share = _TINT_DARK if ground.brightness < 0.5 else _TINT_LIGHT
        share *= _ASIDE if aside else 1
        tint = ground.blend(Color.parse(colour), share).hex6
        if colour != self._ink and share < 1:
            weight = _WEIGHT_DARK if ground.brightness < 0.5 else _WEIGHT_LIGHT
            aim = 1 + (weight - 1) * (_ASIDE if aside else 1)
            tint = weighed(tint, self._ground, aim)
        ink = (self._dim if aside else self._ink) if share < 1 else "#000000"
        return Style(color=readable(ink, tint), bgcolor=tint)


def _attributes(look: Look, colour: bool) -> Style:
    """Weight, underline and reverse of a look.

    Weight turns round where it would not be seen: in a bold title a mention
    without colours is not bold.
    """
    mention = look.kind == "mention"
    bold = look.role == "title"
    bold ^= look.first and (colour or not mention)
    bold ^= mention and not colour
    line = look.kind not in ("", "mention") or look.partly or look.chosen == "kept"
    line ^= look.first and mention and not colour
    # What is proposed is underlined; inside a claim, which is, it is not.
    line ^= bool(look.proposed)
    # What was looked for is as heavy as in the lists of hits, whatever else it is.
    bold, line = bold or look.hit, line or look.hit
    return Style(
        bold=bold,
        underline=line,
        reverse=bool(look.chosen) and not colour,
        dim=(look.aside or look.role == "boilerplate" or bool(look.proposed)) and not colour,
    )


def _hex(colour: object, default: str) -> str:
    triplet = getattr(colour, "triplet", None)
    return triplet.hex if triplet is not None else default
