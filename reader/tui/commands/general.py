"""Commands that work in every place."""

from __future__ import annotations

from collections.abc import Iterator

from reader.tui.commands.model import Command, rows


def general() -> Iterator[Command]:
    """Yield those of the program, its help and its page of keys."""
    yield from rows(
        "app",
        "Program",
        ("history.undo", "u", "Undo", "Take back your last action, also after a restart."),
        ("history.redo", "U ctrl+r", "Redo", "Do again what was undone last."),
        (
            "article.next",
            "W",
            "Next unfinished article",
            "Open the next article that you have not finished, those assigned to you first.",
        ),
        ("jump.back", "B", "Back", "Go back to where you were before a jump, in any article."),
        ("jump.forward", '"', "Forward again", "Go where you were before you went back."),
        (
            "app.entities",
            "E",
            "Entities",
            "Show the entity under the selection, else all entities of the library.",
        ),
        (
            "app.board",
            "O",
            "Board of claims",
            "Show all claims of the library, and who makes them.",
        ),
        (
            "app.layers",
            "ctrl+o",
            "Whose marks are shown…",
            "Show, hide and compare the layers of the annotators; blind mode hides all others.",
        ),
        ("app.palette", ": ctrl+p", "All commands…", "Find a command by its name."),
        ("app.theme", "T", "Light or dark", "Change between the dark and the light theme."),
        ("app.tour", "!", "Tour", "Try everything in two minutes, on a copy of an article."),
        ("app.themes", "~", "Choose a theme…", "See all themes, each as the cursor comes to it."),
        (
            "app.order",
            "%",
            "Order of right-to-left rows…",
            "See how rows can be sent to this terminal, on a sample, and keep what is right.",
        ),
        (
            "app.unsaved",
            "ctrl+w",
            "Unsaved work…",
            "Save what could not be saved, or write it to a file.",
        ),
        ("app.quit", "q ctrl+q", "Quit", "Leave the program; everything is saved already."),
    )
    yield from rows("help", "Program", ("app.help", "?", "Help", "Show all keys."))
    yield from rows(
        "keys", "On the page of keys", ("keys.leave", "? q", "Leave this page", "Go back.")
    )
    yield from rows(
        "always", "Program", ("app.suspend", "ctrl+z", "Suspend", "Go to the shell; `fg` returns.")
    )
