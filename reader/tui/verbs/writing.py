"""Writing a text that somebody else may change or delete meanwhile: what is typed stays."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from reader.errors import ReaderError
from reader.tui.screens.base import CommandScreen
from reader.tui.screens.note import NoteScreen
from reader.user.drafts import KeptDraft


async def write(
    screen: CommandScreen[Any],
    question: str,
    text: str,
    kept: KeptDraft,
    save: Callable[[str, bool], None],
) -> None:
    """Ask for a text, and save it; go on asking, with what was typed, while it cannot be.

    Args:
        screen: Where it is asked.
        question: What is asked; may hold the user's text.
        text: What there is to begin with.
        kept: Where what is typed is kept.
        save: Saves a text; told whether this was tried before, and so is to be saved over
            what others have made of it.
    """
    again = False

    def tried(typed: str) -> Awaitable[None] | None:
        nonlocal again
        try:
            save(typed, again)
        except ReaderError as error:
            if screen.program.session.kept.waits_for(error):
                kept.keep(typed)
                raise
            screen.refuse(error)
            again = True
            kept.keep(typed)
            return screen.ask(NoteScreen(f"Not saved: {error.message}", text, kept, typed), tried)
        kept.forget()
        return None

    await screen.ask(NoteScreen(question, text, kept), tried)
