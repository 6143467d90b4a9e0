"""Colours of types can be read on both themes."""

from __future__ import annotations

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.theme import Theme

from reader.annotation.schema import DEFAULT_SCHEMA, EntityType
from reader.tui.themes import THEMES, contrast, readable


def test_contrast_is_that_of_the_web_guidelines() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ff0000", "#ffffff") == pytest.approx(4.0, abs=0.005)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: str(theme.name))
@pytest.mark.parametrize("kind", DEFAULT_SCHEMA.entity_types, ids=lambda kind: str(kind.name))
def test_every_type_can_be_read_on_every_ground(theme: Theme, kind: EntityType) -> None:
    for ground in (theme.background, theme.surface, theme.panel):
        assert ground is not None
        assert contrast(readable(kind.colour, ground), ground) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: str(theme.name))
def test_the_words_of_the_program_can_be_read(theme: Theme) -> None:
    for ground in (theme.background, theme.surface, theme.panel):
        assert ground is not None
        for colour in (theme.foreground, theme.accent, theme.error, theme.success):
            assert colour is not None
            assert contrast(colour, ground) >= 4.5, (colour, ground)
        assert contrast(theme.variables["reader-dim"], ground) >= 4, ground


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_grounds_are_grey_where_there_are_256_colours(theme: Theme) -> None:
    for ground in (theme.background, theme.surface, theme.panel):
        shown = RichColor.parse(ground or "").downgrade(ColorSystem.EIGHT_BIT).get_truecolor()
        assert max(shown) - min(shown) <= 10, ground


def test_a_colour_that_can_be_read_stays() -> None:
    assert readable("#7cb7ff", "#12161c") == "#7cb7ff"
