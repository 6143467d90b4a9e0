"""Copying what is selected: as text, as a citation, as JSON."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.errors import AnnotationError
from reader.tui import clipboard
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.verbs.targets import spans_at

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.screens.reading import ReadingScreen

_Written = Callable[[], str]


async def copy(desk: ReadingScreen) -> None:
    """Ask how to copy the selection, and copy it.

    Raises:
        AnnotationError: If nothing is selected.
    """
    from reader.formats import citation

    article, ranges, span = desk.article, desk.view.selection.ranges, desk.span()
    here = [record for record in spans_at(desk) if record.span.fragments == ranges]
    marked = "what is marked here, as JSON" if here else "the selection as JSON"

    def json() -> str:
        return citation.records_json(here) if here else citation.span_json(span)

    choices = [
        _choice("text", "t", lambda: citation.passage(article, ranges), "the text"),
        _choice("citation", "c", lambda: citation.citation(article, ranges), "the citation"),
        _choice("JSON", "j", json, marked),
    ]
    overlay: ChoiceScreen[tuple[_Written, str]] = ChoiceScreen("Copy the selection as", choices)
    await desk.ask(overlay, lambda chosen: send(desk.program, chosen[0](), chosen[1]))


def _choice(label: str, key: str, written: _Written, what: str) -> Choice:
    return Choice(label, (written, what), key=key)


async def send(app: ReaderApp, text: str, what: str) -> None:
    """Put a text into the clipboard by every way there is, and say which were tried.

    Args:
        app: The program, which has the terminal.
        text: What to copy.
        what: What it is, for the notice: `the citation`.

    Raises:
        AnnotationError: If there is nothing to copy.
    """
    if not text:
        raise AnnotationError("There is nothing to copy.")
    tried, failed = [], []
    if clipboard.osc52(text) is not None:
        app.copy_to_clipboard(text)
        tried.append("the terminal (OSC 52)")
    else:
        failed.append(f"it is too long for the terminal (OSC 52, {clipboard.MOST_OSC52:,} bytes)")
    # A browser's clipboard is not that of the machine it is served from.
    tool = None if app.is_web else clipboard.local_tool(os.environ)
    if tool is not None:
        name = os.path.basename(tool[0])
        problem = await clipboard.give_to(tool, text)
        if problem is None:
            tried.append(name)
        else:
            failed.append(f"{name} {problem}")
    app.notify(
        _told(len(text), what, tried, failed),
        title="Copied" if tried else "Not copied",
        severity="warning" if failed else "information",
    )


def _told(length: int, what: str, tried: list[str], failed: list[str]) -> str:
    size = f"{what}, {length:,} character{'' if length == 1 else 's'}"
    size = size[0].upper() + size[1:]
    if not tried:
        return f"{size}: {'; '.join(failed)}."
    missed = f"; {'; '.join(failed)}" if failed else ""
    return f"{size}, given to {' and '.join(tried)}{missed}."
