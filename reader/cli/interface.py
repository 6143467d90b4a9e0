"""Running the interface. Nothing of it is loaded before that."""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from reader.cli.ending import undisturbed
from reader.cli.profile import depends, settled_profile
from reader.cli.settings import Settings
from reader.errors import ReaderError
from reader.user.paths import memory_folder

_INSTANT = 0.06
"""Seconds that a key waits for another program's lock: as a rule that is held for milliseconds."""
_LAST = 3.0
"""Seconds that the end waits: where many end at once, each finds the lock taken by another."""

if TYPE_CHECKING:
    from pathlib import Path

    from reader.overview.shelf import View
    from reader.preferences import Preferences
    from reader.session import Session
    from reader.terminal.discovery import Discovery
    from reader.tui.app import ReaderApp
    from reader.tui.keymap import Keymap
    from reader.tui.terminal import TerminalBidi
    from reader.user.state import Looks, State


def run_interface(
    settings: Settings, article: str | None, between: tuple[str, str] | None = None
) -> int:
    """Run the interface in the terminal until the user leaves.

    Args:
        settings: Library (a missing one is an empty library), annotator, bidi mode.
        article: Id of an article of the library to open, or None for the list.
        between: Ids of two annotators to decide between, or None.

    Returns:
        The exit status.

    Raises:
        UsageError: If the user's settings or keys are wrong.
        LibraryError: If the library cannot be opened, or has no such article.
    """
    # Starting makes many objects and no garbage; to look for some costs a tenth of the start.
    # The interface takes collection up again when it has painted.
    gc.disable()
    from reader.terminal.discovery import Discovery
    from reader.tui.terminal import TerminalBidi

    bidi = settings.bidi
    try:
        with TerminalBidi() as terminal:
            # The terminal answers while the interface is loaded.
            discovery = Discovery(os.environ, ask=depends(bidi))
            terminal.asking = discovery.asking
            discovery.begin()
            return _run(settings, article, between, terminal, discovery)
    finally:
        gc.enable()


def _run(
    settings: Settings,
    article: str | None,
    between: tuple[str, str] | None,
    terminal: TerminalBidi,
    discovery: Discovery,
) -> int:
    from reader.session import Session
    from reader.tui.app import ReaderApp
    from reader.user.state import State

    preferences = settings.preferences
    keymap = keymap_of(preferences)
    session = Session(settings.open(), settings.name)
    session.kept.keeps = True
    session.library.be_patient(_INSTANT)
    state = State(memory_folder())
    try:
        looks = _looks(preferences, state)
        found = discovery.found()
        if terminal.is_drawn_on:
            terminal.use(settled_profile(settings.bidi, found, state).profile)
        app = ReaderApp(session, keymap, article, None, state, looks, terminal)
        app.found = found
        app.first_pair = between
        if settings.blind:
            from reader.annotation.layers import Layers

            session.look_at(Layers(blind=True))
        app.offers_tour = state.lasts and preferences.settle("tour").value is True

        def find_again() -> None:
            app.found = discovery.found_late()
            app.use_profile(settled_profile(settings.bidi, app.found, state).profile)

        # What a command would say on standard error is said in the window.
        session.library.greet = None

        def say_what_is_missing() -> None:
            if said := session.library.loss():
                app.notify(said, title="Annotations are missing", severity="error")
            else:
                _greet(app)

        terminal.on_late(find_again)
        app.after_start = say_what_is_missing
        if (view := _view(preferences)) is not None:
            app.views.articles = view
        app.run()
        return app.return_code or 0
    finally:
        terminal.app_is_over()
        with undisturbed():
            wrote = leave(session)
        if wrote:
            _keep_copy(settings.path)


def leave(session: Session) -> bool:
    """Leave the library with all that is saved; what cannot be saved goes to a file.

    Returns:
        Whether anything was written, here at last or before.

    Raises:
        LibraryError: If it cannot go to a file either.
    """
    try:
        session.kept.end_waiting()
        if session.kept.all:
            _keep_unsaved(session)
        if wrote := session.library.wrote:
            _remember_count(session)
    except BaseException:
        # That work is lost is what is to be said, and not that the library stays in two files.
        with suppress(ReaderError):
            session.close()
        raise
    session.close()
    return wrote


def _greet(app: ReaderApp) -> None:
    """Say that somebody new begins who may be known in the library under another name."""
    from reader.store.people import newcomer_words
    from reader.text.directions import worded

    me = app.session.annotator
    other = app.session.library.people.namesake(me)
    if other is not None:
        said = newcomer_words(me, other)
        app.notify(worded(said), title="A new annotator", severity="warning")


def _remember_count(session: Session) -> None:
    """Remember how much there is, to miss it if it is gone when the library is opened next."""
    with suppress(ReaderError):
        session.library.loss()


def _keep_unsaved(session: Session) -> None:
    """Save what could not be saved, or write it to a file: it is gone with the process."""
    from reader.cli.terminal import tell
    from reader.work.unsaved import write_unsaved_somewhere

    why = ""
    session.library.be_patient(_LAST)
    try:
        session.save()
    except ReaderError as error:
        why = error.message
    kept = session.kept.all
    if not kept:
        return
    path = write_unsaved_somewhere(session.path, session.annotator, kept)
    # Where the terminal is gone there is nobody to tell.
    with suppress(OSError):
        if why:
            tell(why)
        tell(f"{path}: {len(kept)} unsaved; `reader recover` takes them in.")


def _keep_copy(library: Path) -> None:
    """Make the copy of the day; the work itself is saved, whatever becomes of it."""
    from reader.cli.terminal import tell
    from reader.store.backups import back_up_daily

    try:
        back_up_daily(library)
    except ReaderError as error:
        tell(error.message)


def keymap_of(preferences: Preferences) -> Keymap:
    """Return the keys of all commands as the user has them.

    Raises:
        UsageError: Naming file and line of a key that cannot be.
    """
    from reader.tui.keymap import Keymap

    return Keymap(preferences.keys, preferences.keys_place)


def _looks(preferences: Preferences, state: State) -> Looks:
    """The looks that are set, else those that were chosen with keys the last time."""
    from reader.preferences.settings import of_table
    from reader.user.state import Looks

    remembered = state.looks()
    return Looks.of(
        {
            name: preferences.settle(setting.name, remembered=remembered).value
            for name, setting in of_table("looks")
        }
    )


def _view(preferences: Preferences) -> View | None:
    """How the list of articles is sorted and filtered at first, if that is set."""
    from reader.preferences.settings import of_table

    names = {name: setting.name for name, setting in of_table("list")}
    values: dict[str, Any] = {
        name: preferences.values[whole]
        for name, whole in names.items()
        if whole in preferences.values
    }
    if not values:
        return None
    from reader.overview.shelf import View

    return View(**values)
