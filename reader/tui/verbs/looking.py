"""How the article looks: text alone, width, spacing, what is dimmed, direction of a paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.screens.article_status import DIRECTIONS

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen

LEAST_WIDTH = 30
_STEP = 5


def zen(desk: ReadingScreen) -> None:
    """Hide all but the text, or show it again."""
    desk.show_zen(not desk.program.zen)


def change_width(desk: ReadingScreen, by: int) -> None:
    """Make the rows of the text longer (1) or shorter (-1), to the next multiple of five."""
    most = max(LEAST_WIDTH, desk.split.widest())
    now = min(desk.program.looks.text_width, most)
    wanted = (now // _STEP + 1) * _STEP if by > 0 else -(-now // _STEP) * _STEP - _STEP
    if by > 0 and now >= most:
        desk.program.notify(f"Rows are as long as the terminal has room for: {now} columns.")
    elif wanted < LEAST_WIDTH:
        desk.program.notify(f"Rows are as short as can be: {now} columns.")
    else:
        desk.program.remember(text_width=wanted)
        desk.take_up_looks()
        desk.program.notify(f"Rows of {min(wanted, most)} columns.")


def change_spacing(desk: ReadingScreen) -> None:
    """Leave a blank row between rows of text, or none."""
    desk.program.remember(line_spacing=3 - min(desk.program.looks.line_spacing, 2))
    desk.take_up_looks()


def change_dim(desk: ReadingScreen) -> None:
    """Dim all but the sentence of the selection, or nothing."""
    desk.program.remember(dim=not desk.program.looks.dim)
    desk.take_up_looks()


def turn_base(desk: ReadingScreen) -> None:
    """Lay the paragraph of the selection out in the next direction: its own, ←, →."""
    head = desk.view.head_of(desk.view.selection.start)
    bases = dict(desk.bases)
    base = {None: 1, 1: 0, 0: None}[bases.get(head)]
    if base is None:
        bases.pop(head, None)
    else:
        bases[head] = base
    desk.program.state.keep_bases(desk.article.id, bases)
    desk.bases = bases
    desk.view.set_bases({head: base})
    desk.show_state()
    shown = DIRECTIONS[desk.view.base_of(head)]
    own = "its own, " if base is None else ""
    desk.program.notify(f"Direction of the paragraph: {own}{shown}.")
