"""The commands of the article screen, each with the verb it stands for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from reader.tui.verbs import (
    article,
    claims,
    copying,
    counting,
    editing,
    finding,
    finding_everywhere,
    leaping,
    looking,
    placing,
    suggesting,
    tagging,
    tagging_hits,
)

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen


async def _open_beside(desk: ReadingScreen) -> None:
    from reader.tui.verbs.beside import open_beside

    await open_beside(desk)


def _next_difference(desk: ReadingScreen) -> None:
    from reader.tui.verbs.agreement import next_difference

    next_difference(desk)


async def _open_statistics(desk: ReadingScreen) -> None:
    from reader.tui.verbs.statistics import show_article

    await show_article(desk)


async def _say_attributes(desk: ReadingScreen) -> None:
    from reader.tui.verbs.attributes import edit_here

    await edit_here(desk)


VERBS: dict[str, Callable[[ReadingScreen], Awaitable[Any] | None]] = {
    **{f"tag.{digit}": partial(tagging.tag_by_digit, digit=digit) for digit in "123456789"},
    "tag.choose": tagging.choose_type,
    "tag.repeat": tagging.repeat,
    "entity.link": tagging.link,
    "entity.unlink": tagging.unlink,
    "claim.mark": claims.mark,
    "note.write": editing.write_note,
    "selection.copy": copying.copy,
    "annotation.edit": editing.edit,
    "annotation.attributes": _say_attributes,
    "annotation.move": editing.move_borders,
    "annotation.delete": editing.delete,
    "find.open": finding.find,
    "find.next": partial(finding.step, by=+1),
    "find.back": partial(finding.step, by=-1),
    "find.library": finding_everywhere.find,
    "find.tag_all": tagging_hits.tag_all,
    "suggest.show": suggesting.toggle,
    "suggest.take": suggesting.take,
    "suggest.refuse": suggesting.refuse,
    "suggest.list": suggesting.open_list,
    "article.statistics": _open_statistics,
    "difference.next": _next_difference,
    "status.done": partial(editing.set_status, value="done"),
    "status.skip": partial(editing.set_status, value="skipped"),
    "status.choose": editing.choose_status,
    "leap.open": leaping.leap,
    "count.begin": counting.begin,
    "view.zen": looking.zen,
    "view.narrower": partial(looking.change_width, by=-1),
    "view.wider": partial(looking.change_width, by=+1),
    "view.spacing": looking.change_spacing,
    "view.dim": looking.change_dim,
    "view.base": looking.turn_base,
    "article.role": article.choose_role,
    "article.details": article.edit_details,
    "view.inspector": lambda desk: desk.toggle_inspector(),
    "view.focus": lambda desk: desk.enter_inspector(),
    "article.beside": _open_beside,
    "article.unplaced": placing.open_list,
    "article.leave": lambda desk: desk.leave(),
}
"""What the commands of the scope `reading` do."""
