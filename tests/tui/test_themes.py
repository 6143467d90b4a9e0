"""Every theme can be read, also where types colour the text, and no type weighs more."""

from __future__ import annotations

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from reader.annotation.schema import DEFAULT_SCHEMA, EntityType
from reader.preferences.settings import THEMES as NAMES
from reader.tui.themes import (
    ANSI_NAMES,
    DARK,
    LIGHT,
    PAIRS,
    THEMES,
    ansi_name,
    contrast,
    fitted,
    lettered,
    other_theme,
    readable,
    weighed,
)
from reader.tui.widgets.look_styles import LookStyles
from reader.tui.widgets.overlay import Look

ALL = [*THEMES, *(fitted(theme) for theme in BUILTIN_THEMES.values() if not theme.ansi)]
TYPES = DEFAULT_SCHEMA.entity_types

every_theme = pytest.mark.parametrize("theme", ALL, ids=lambda theme: str(theme.name))


def shown(theme: Theme) -> dict[str, str]:
    """The colours of a theme as Textual gives them to the screens."""
    made = theme.to_color_system().generate() | theme.variables
    names = (
        *("background", "surface", "panel", "reader-cursor"),
        *("foreground", "primary", "accent", "success", "warning", "error", "reader-dim"),
    )
    return {name: Color.parse(made[name]).hex6.lower() for name in names}


def grounds(theme: Theme) -> list[str]:
    colours = shown(theme)
    return [colours[name] for name in ("background", "surface", "panel", "reader-cursor")]


def test_all_themes_of_textual_and_ours_can_be_chosen() -> None:
    assert {*BUILTIN_THEMES, *(theme.name for theme in THEMES)} == set(NAMES)


def test_contrast_is_that_of_the_web_guidelines() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ff0000", "#ffffff") == pytest.approx(4.0, abs=0.005)


@every_theme
@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: str(kind.name))
def test_every_type_can_be_read_on_every_ground(theme: Theme, kind: EntityType) -> None:
    for ground in grounds(theme):
        assert contrast(lettered(kind.colour, ground), ground) >= 4.5


@every_theme
def test_no_type_weighs_more_than_another(theme: Theme) -> None:
    for ground in grounds(theme):
        weights = [contrast(lettered(kind.colour, ground), ground) for kind in TYPES]
        assert max(weights) / min(weights) < 1.1, ground
    look = styles(theme)
    tints = [look.of(Look("", "mention", kind.name)).bgcolor for kind in TYPES]
    ground = shown(theme)["background"]
    weights = [contrast(tint.get_truecolor().hex, ground) for tint in tints if tint is not None]
    assert len(weights) == len(TYPES)
    assert max(weights) / min(weights) < 1.05
    assert min(weights) >= 1.25


@every_theme
def test_the_words_of_the_program_can_be_read(theme: Theme) -> None:
    colours = shown(theme)
    for ground in grounds(theme):
        for name in ("foreground", "accent", "reader-dim"):
            assert contrast(colours[name], ground) >= 4.5, (name, ground)
    # Titles of notices stand nowhere else.
    for name in ("error", "success", "warning"):
        assert contrast(colours[name], colours["panel"]) >= 4.5, name


def styles(theme: Theme) -> LookStyles:
    colours = shown(theme)
    text = Style(color=colours["foreground"], bgcolor=colours["background"])
    return LookStyles(text, colours["reader-dim"], colours["accent"], DEFAULT_SCHEMA, "full")


@every_theme
def test_text_can_be_read_however_it_is_marked_and_selected(theme: Theme) -> None:
    look = styles(theme)
    kinds = [("", ""), ("claim", ""), ("cue", ""), *(("mention", kind.name) for kind in TYPES)]
    for role in ("", "title", "boilerplate"):
        for kind, name in kinds:
            for chosen in ("", "kept", "selected"):
                style = look.of(Look(role, kind, name, chosen=chosen))
                assert style.color is not None and style.bgcolor is not None
                ink, ground = (c.get_truecolor().hex for c in (style.color, style.bgcolor))
                assert contrast(ink, ground) >= 4.5, (role, kind, name, chosen)
    selected = look.of(Look(chosen="selected")).bgcolor
    assert selected is not None
    for other in (look.of(Look()), *(look.of(Look("", "mention", k.name)) for k in TYPES)):
        assert other.bgcolor is not None
        pair = selected.get_truecolor().hex, other.bgcolor.get_truecolor().hex
        assert contrast(*pair) >= 3, "the selection is seen beside what is not selected"


@every_theme
def test_a_theme_stays_what_it_is_where_it_can_be_read(theme: Theme) -> None:
    if theme.name in (DARK, LIGHT):
        return
    before = BUILTIN_THEMES[theme.name].to_color_system().generate()
    after = shown(theme)
    for name in ("background", "surface", "panel"):
        assert after[name] == Color.parse(before[name]).hex6.lower()
    assert theme.dark == BUILTIN_THEMES[theme.name].dark


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: str(theme.name))
def test_grounds_are_grey_where_there_are_256_colours(theme: Theme) -> None:
    for ground in (theme.background, theme.surface, theme.panel):
        seen = RichColor.parse(ground or "").downgrade(ColorSystem.EIGHT_BIT).get_truecolor()
        assert max(seen) - min(seen) <= 10, ground


def test_a_colour_that_can_be_read_stays() -> None:
    assert readable("#7cb7ff", "#12161c") == "#7cb7ff"


@pytest.mark.parametrize("ground", ["#000000", "#14171b", "#434c5e", "#fbfaf7", "#ffffff"])
@pytest.mark.parametrize("colour", ["#7cb7ff", "#d9d06a", "#b9c4d0", "#000000", "#ffffff"])
@pytest.mark.parametrize("aim", [1.3, 4.6, 7.0])
def test_a_colour_is_weighed(colour: str, ground: str, aim: float) -> None:
    assert aim <= contrast(weighed(colour, ground, aim), ground) < aim * 1.1


@pytest.mark.parametrize(
    ("colour", "name"),
    [("#7cb7ff", "blue"), ("#ffb454", "yellow"), ("#8fd694", "green"), ("#ff0000", "red"),
     ("#ff0010", "red"), ("#6fd3d3", "cyan"), ("#f29ac2", "red"), ("#b9c4d0", "default"),
     ("#888888", "default")],
)  # fmt: skip
def test_the_terminals_own_colour_is_that_of_the_hue(colour: str, name: str) -> None:
    assert ansi_name(colour) == name


def test_the_terminals_own_colours_are_left_alone() -> None:
    for name in ("ansi-dark", "ansi-light"):
        before, after = BUILTIN_THEMES[name], fitted(BUILTIN_THEMES[name])
        assert (after.foreground, after.accent) == (before.foreground, before.accent)
    text = Style(color="default", bgcolor="default")
    look = LookStyles(text, "#000000", "#000000", DEFAULT_SCHEMA, "own")
    for kind in TYPES:
        mention = look.of(Look("", "mention", kind.name))
        assert mention.color is not None and mention.color.name in (*ANSI_NAMES, "default")
        assert mention.bold and mention.bgcolor is not None and mention.bgcolor.is_default
        assert look.of(Look("", "mention", kind.name, chosen="selected")).reverse


def test_light_and_dark_belong_together() -> None:
    for dark, light in PAIRS.items():
        assert (other_theme(dark), other_theme(light)) == (light, dark)
        known = {**BUILTIN_THEMES, **{theme.name: theme for theme in THEMES}}
        assert known[dark].dark and not known[light].dark
    assert other_theme("nord") == ""
