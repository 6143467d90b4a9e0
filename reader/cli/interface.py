"""Running the interface. Nothing of it is loaded before that."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, cast

from reader.paths import config_folder, state_folder

if TYPE_CHECKING:
    from reader.tui.terminal import BidiMode


def run_interface(library: Path, annotator: str | None, bidi: str, article: str | None) -> int:
    """Run the interface in the terminal until the user leaves.

    Args:
        library: The library's file; a missing one is an empty library.
        annotator: Who annotates; None for the environment's or the login name.
        bidi: `visual` to draw right-to-left text in visual order with the
            terminal's own ordering switched off, `off` to leave that alone.
        article: Id of an article of the library to open, or None for the list.

    Returns:
        The exit status.

    Raises:
        UsageError: If the user's file of keys is wrong.
        LibraryError: If the library cannot be opened, or has no such article.
    """
    # Starting makes many objects and no garbage; to look for some costs a tenth of the start.
    # The interface takes collection up again when it has painted.
    gc.disable()
    from reader.session import Session
    from reader.state import State
    from reader.tui.app import ReaderApp
    from reader.tui.keymap import read_keymap
    from reader.tui.terminal import TerminalBidi

    keymap = read_keymap(config_folder() / "keys.toml")
    session = Session.open(library, annotator)
    try:
        with TerminalBidi(cast("BidiMode", bidi)) as terminal:
            state = State(state_folder())
            app = ReaderApp(session, keymap, article, terminal.driver_class(), state)
            app.run()
            return app.return_code or 0
    finally:
        gc.enable()
        session.close()
