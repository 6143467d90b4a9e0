"""Work that could not be saved: saying so, trying again, writing it to a file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from reader.errors import LibraryBusyError, LibraryError
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
    """Say that the last action could not be saved, and what keeps it, or that all is saved."""
    (before, _), trouble = app.unsaved_told, app.session.kept.trouble
    _show_count(app)
    if trouble is before:
        return
    if trouble is None:
        _say_saved(app, "Everything is saved now.")
        return
    key = app.keymap.shown("app.unsaved")
    busy = isinstance(trouble, LibraryBusyError)
    why = "Another program is writing to the library." if busy else trouble.message
    count = _count(app)
    app.notify(
        f"{why} {_counted(count)} {'is' if count == 1 else 'are'} kept here, and saved as soon as "
        f"that can be; {key} writes to a file.",
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
    _say_saved(app, f"Saved: {_counted(saved)}.")


def save_by_itself(app: ReaderApp) -> None:
    """Save what can be saved now, and say so; what cannot has been told of already."""
    session = app.session
    if session.library.is_locked():
        return
    unsaved, refused = len(session.kept.actions), len(session.kept.refused)
    with suppress(LibraryError):
        session.save()
    done = unsaved - len(session.kept.actions)
    if done:
        _show_anew(app)
        saved = done - (len(session.kept.refused) - refused)
        _say_saved(app, f"Saved: {_counted(saved)}.")


def _say_saved(app: ReaderApp, said: str) -> None:
    """Say that there is nothing left to save, but for what others have made impossible."""
    if app.session.kept.refused:
        key = app.keymap.shown("app.unsaved")
        said += (
            f" {_counted(len(app.session.kept.refused))} not, because others changed what it is "
            f"about; {key} writes to a file."
        )
    app.notify(said)


def _show_count(app: ReaderApp) -> None:
    """Show on all screens how much is not saved."""
    kept = app.session.kept
    app.unsaved_told = kept.trouble, len(kept.actions)
    for screen in app.screen_stack:
        if isinstance(screen, CommandScreen) and screen.footer is not None:
            screen.footer.refresh()


def _write(app: ReaderApp) -> None:
    """Write it to a file beside the library, or where there is room.

    Raises:
        LibraryError: If it cannot be written anywhere.
    """
    from reader.work.unsaved import write_unsaved_somewhere

    session = app.session
    kept = session.kept.all
    path = write_unsaved_somewhere(session.path, session.annotator, kept)
    session.kept.set_aside()
    _show_anew(app)
    app.notify(f"{path}: {_counted(len(kept))}. `reader recover` takes them in.")


def _show_anew(app: ReaderApp) -> None:
    from reader.tui.screens.reading import ReadingScreen

    for screen in app.screen_stack:
        if isinstance(screen, ReadingScreen):
            screen.catch_up()
    _show_count(app)


def _forget(app: ReaderApp) -> None:
    app.session.kept.set_aside()


def _count(app: ReaderApp) -> int:
    return len(app.session.kept.all)


def _counted(count: int) -> str:
    return f"{count:,} action{'s' * (count != 1)}"
