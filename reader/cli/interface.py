"""Running the interface. Nothing of it is loaded before that."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

from reader.cli.settings import Settings
from reader.paths import state_folder

if TYPE_CHECKING:
    from reader.preferences import Preferences
    from reader.shelf import View
    from reader.state import Looks, State
    from reader.tui.keymap import Keymap


def run_interface(settings: Settings, article: str | None) -> int:
    """Run the interface in the terminal until the user leaves.

    Args:
        settings: Library (a missing one is an empty library), annotator, bidi mode.
        article: Id of an article of the library to open, or None for the list.

    Returns:
        The exit status.

    Raises:
        UsageError: If the user's settings or keys are wrong.
        LibraryError: If the library cannot be opened, or has no such article.
    """
    # Starting makes many objects and no garbage; to look for some costs a tenth of the start.
    # The interface takes collection up again when it has painted.
    gc.disable()
    from reader.session import Session
    from reader.state import State
    from reader.text.terminals import MODES
    from reader.tui.app import ReaderApp
    from reader.tui.terminal import TerminalBidi

    preferences = settings.preferences
    keymap = keymap_of(preferences)
    session = Session.open(settings.path, settings.name)
    state = State(state_folder())
    try:
        with TerminalBidi(MODES[settings.bidi]) as terminal:
            looks = _looks(preferences, state)
            app = ReaderApp(session, keymap, article, None, state, looks, terminal)
            app.offers_tour = state.lasts and preferences.settle("tour").value is True
            if (view := _view(preferences)) is not None:
                app.library_view = view
            app.run()
            return app.return_code or 0
    finally:
        gc.enable()
        session.close()


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
    from reader.state import Looks

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
    from reader.shelf import View

    return View(**values)
