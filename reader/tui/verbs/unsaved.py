"""Work that could not be saved: saying so, trying again, writing it to a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.tui.screens.base import CommandScreen
from reader.tui.screens.choice import Choice, ChoiceScreen

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

_AGAIN = "Try again to save it"
_FILE = "Write it to a file, for `reader recover`"


async def show(app: ReaderApp) -> None:
    """Ask what is to become of unsaved work."""
    count = _count(app)
    if not count:
        app.notify("Everything is saved.")
        return
    choices = [Choice(_AGAIN, lambda: _save(app)), Choice(_FILE, lambda: _write(app))]
    await _ask(app, f"{_counted(count)} could not be saved.", choices)


async def ask_before_leaving(app: ReaderApp) -> None:
    """Leave when unsaved work is saved or in a file, or is to be lost."""

    def leave_after(done: Callable[[], object]) -> Callable[[], None]:
        def leave() -> None:
            done()
            if not _count(app):
                app.exit(0)

        return leave

    choices = [
        Choice(f"{_AGAIN}, and leave", leave_after(lambda: _save(app))),
        Choice(f"{_FILE}, and leave", leave_after(lambda: _write(app))),
        Choice("Lose it, and leave", leave_after(lambda: _forget(app)), key="x"),
    ]
    question = f"{_counted(_count(app))} could not be saved. Esc stays here."
    await _ask(app, question, choices)


def tell(app: ReaderApp) -> None:
    """Say that the last action could not be saved, and what keeps it."""
    trouble = app.session.trouble
    if trouble is None:
        return
    key = app.keymap.shown("app.unsaved")
    app.notify(
        f"{trouble.message} {_counted(_count(app))} kept here: the next action tries again, "
        f"{key} writes to a file.",
        title="Not saved",
        severity="error",
    )


async def _ask(app: ReaderApp, question: str, choices: list[Choice]) -> None:
    screen = app.screen
    if isinstance(screen, CommandScreen):
        overlay: ChoiceScreen[Callable[[], None]] = ChoiceScreen(question, choices)
        await screen.ask(overlay, lambda chosen: chosen())


def _save(app: ReaderApp) -> None:
    """Save it.

    Raises:
        LibraryError: If it still cannot be.
    """
    saved = app.session.save()
    _show_anew(app)
    said = f"Saved: {_counted(saved)}."
    if app.session.refused:
        key = app.keymap.shown("app.unsaved")
        said += (
            f" {_counted(len(app.session.refused))} not, because others changed what it is "
            f"about; {key} writes to a file."
        )
    app.notify(said)


def _write(app: ReaderApp) -> None:
    """Write it to a file beside the library, or where there is room.

    Raises:
        LibraryError: If it cannot be written anywhere.
    """
    from reader.work.unsaved import write_unsaved_somewhere

    session = app.session
    kept = (*session.refused, *session.unsaved)
    path = write_unsaved_somewhere(session.path, session.annotator, kept)
    session.refused = ()
    session.set_aside()
    _show_anew(app)
    app.notify(f"{path}: {_counted(len(kept))}. `reader recover` takes them in.")


def _show_anew(app: ReaderApp) -> None:
    from reader.tui.screens.reading import ReadingScreen

    for screen in app.screen_stack:
        if isinstance(screen, ReadingScreen):
            screen.catch_up()


def _forget(app: ReaderApp) -> None:
    app.session.refused = ()
    app.session.set_aside()


def _count(app: ReaderApp) -> int:
    return len(app.session.unsaved) + len(app.session.refused)


def _counted(count: int) -> str:
    return f"{count:,} action{'s' * (count != 1)}"
