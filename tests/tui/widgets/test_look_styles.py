"""Styles: readable in both themes, and told apart without colours."""

from __future__ import annotations

import itertools

import pytest
from rich.color import ColorSystem
from rich.style import Style
from textual.color import Color

from reader.annotation.schema import DEFAULT_SCHEMA
from reader.tui.themes import THEMES
from reader.tui.widgets.look_styles import Colours, LookStyles
from reader.tui.widgets.overlay import Look

TYPES = [kind.name for kind in DEFAULT_SCHEMA.entity_types]
LOOKS = [
    Look(role, kind, type, first, chosen)
    for role in ("", "title", "boilerplate")
    for kind, type in [("", ""), ("claim", ""), ("cue", ""), *(("mention", t) for t in TYPES)]
    for first in (False, True)
    for chosen in ("", "kept", "selected")
    if kind or not first
] + [
    Look(role, kind, proposed=t) for role in ("", "title") for kind in ("", "claim") for t in TYPES
]


def styles(theme: int, colours: Colours = "full") -> LookStyles:
    chosen = THEMES[theme]
    text = Style(color=chosen.foreground, bgcolor=chosen.background)
    dim, accent = chosen.variables["reader-dim"], chosen.accent or ""
    return LookStyles(text, dim, accent, DEFAULT_SCHEMA, colours)


def luminance(colour: Color) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(style: Style) -> float:
    assert style.color is not None
    assert style.bgcolor is not None
    ink = luminance(Color.from_rich_color(style.color))
    ground = luminance(Color.from_rich_color(style.bgcolor))
    return (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05)


@pytest.mark.parametrize("theme", range(len(THEMES)))
@pytest.mark.parametrize("colours", ["full", "few"])
def test_every_look_can_be_read(theme: int, colours: Colours) -> None:
    made = styles(theme, colours)
    assert min(contrast(made.of(look)) for look in LOOKS) >= 4.5
    assert min(contrast(made.label(name, True)) for name in ["", *TYPES]) >= 4.5


@pytest.mark.parametrize("theme", range(len(THEMES)))
@pytest.mark.parametrize(
    ("colours", "system"), [("full", ColorSystem.TRUECOLOR), ("few", ColorSystem.EIGHT_BIT)]
)
def test_types_have_backgrounds_of_their_own(
    theme: int, colours: Colours, system: ColorSystem
) -> None:
    made = styles(theme, colours)

    def ground(look: Look) -> object:
        found = made.of(look).bgcolor
        assert found is not None
        return found.downgrade(system)

    grounds = {ground(Look("", "mention", name)) for name in TYPES}
    assert len(grounds) == len(TYPES)
    assert ground(Look()) not in grounds


@pytest.mark.parametrize("colours", ["full", "few", "none"])
@pytest.mark.parametrize("role", ["", "title", "boilerplate"])
def test_attributes_tell_what_matters_in_every_role(colours: Colours, role: str) -> None:
    made = styles(0, colours)

    def shown(look: Look) -> Style:
        return made.of(look._replace(role=role))

    plain, mention, claim = Look(), Look(kind="mention", type="PER"), Look(kind="claim")
    different = [plain, mention, claim, Look(partly=True), Look(chosen="selected")]
    if colours == "none":
        different[3:4] = []  # a lam-alef in part looks like a claim; the status line tells
    for one, other in itertools.combinations(different, 2):
        assert shown(one) != shown(other)
    for span in (mention, claim):
        assert shown(span) != shown(span._replace(first=True))
        assert shown(span) != shown(span._replace(chosen="selected"))
        assert shown(span) != shown(span._replace(chosen="kept"))


def test_without_colours_no_look_has_a_colour_of_its_own() -> None:
    made = styles(0, "none")
    for look in LOOKS:
        style = made.of(look)
        assert (style.color, style.bgcolor) == (made.text.color, made.text.bgcolor)
        assert bool(style.reverse) == bool(look.chosen)


@pytest.mark.parametrize("theme", range(len(THEMES)))
@pytest.mark.parametrize("role", ["", "title", "boilerplate"])
@pytest.mark.parametrize("kind", ["claim", "source", "cue"])
def test_text_under_a_claim_keeps_its_colours_and_is_underlined(
    theme: int, role: str, kind: str
) -> None:
    made = styles(theme)
    plain, claim = made.of(Look(role)), made.of(Look(role, kind))
    assert (claim.color, claim.bgcolor) == (plain.color, plain.bgcolor)
    assert (bool(plain.underline), claim.underline) == (False, True)


def test_a_letter_covered_in_part_is_underlined_without_background() -> None:
    style = styles(0).of(Look(partly=True))
    assert style.underline
    assert style.bgcolor == styles(0).text.bgcolor


@pytest.mark.parametrize("theme", range(len(THEMES)))
@pytest.mark.parametrize("colours", ["full", "few", "own", "none"])
@pytest.mark.parametrize("role", ["", "title"])
def test_what_is_proposed_is_told_from_what_is_annotated_by_more_than_colour(
    theme: int, colours: Colours, role: str
) -> None:
    made = styles(theme, colours)

    def shown(look: Look) -> tuple[bool | None, ...]:
        style = made.of(look)
        ground = style.bgcolor != made.of(Look(role)).bgcolor
        return style.underline, style.bold, style.dim, style.reverse, ground

    proposed = shown(Look(role, proposed="PER"))
    for other in (Look(role), Look(role, "mention", "PER"), Look(role, "mention", "PER", True)):
        assert proposed != shown(other)
    for kind in ("claim", "cue"):
        assert shown(Look(role, kind, proposed="PER")) != shown(Look(role, kind))
