"""Commands for what several annotators have done: how far they agree, and where not."""

from __future__ import annotations

from collections.abc import Iterator

from reader.tui.commands.model import Command, rows


def layers() -> Iterator[Command]:
    """Yield those of the list of layers."""
    yield from rows(
        "layers",
        "Whose marks are shown",
        ("layers.toggle", "space x", "Show or hide", "Show or hide the layer under the cursor."),
        (
            "layers.compare",
            "c",
            "Compare with yours",
            "Show the layer under the cursor and your own, and no other.",
        ),
        ("layers.mine", "m", "Only yours", "Show your own layer alone in articles."),
        ("layers.all", "a", "All", "Show the layers of everybody."),
        (
            "layers.blind",
            "b",
            "Blind mode",
            "Hide all that others do, in every screen and every count; or end that.",
        ),
    )


def agreement() -> Iterator[Command]:
    """Yield those of the agreement of annotators, and the way to it."""
    yield from rows(
        "overview",
        "Program",
        (
            "overview.agreement",
            "A",
            "Agreement",
            "Show how far annotators agree, in numbers, and every place where they do not.",
        ),
        (
            "overview.conflicts",
            "C",
            "Conflicts",
            "Show what was changed in two ways by people who did not know of each other.",
        ),
        (
            "overview.history",
            "H",
            "History",
            "Show what was done, by whom, and go back to any state of it.",
        ),
    )
    yield from rows(
        "agreement",
        "Agreement",
        ("agreement.next", "tab n", "Next table", "Go to the next table."),
        ("agreement.previous", "p", "Table before", "Go to the table before."),
        ("agreement.differences", "d", "Where they differ", "Go to the list of disagreements."),
        ("agreement.people", "b", "Other annotators…", "Choose which two are compared."),
        (
            "agreement.article",
            "a",
            "This article only",
            "Compare only in the article under the cursor; or in all again.",
        ),
    )
    yield from rows(
        "agreement",
        "Agreement",
        (
            "agreement.adjudicate",
            "c",
            "Decide…",
            "Go through the disagreements of the two and decide each, in a layer of its own.",
        ),
    )
    yield from rows(
        "adjudicate",
        "Deciding between two annotators",
        ("adjudicate.left", "1 h", "Take the first", "What the first one has is right."),
        ("adjudicate.right", "2 l", "Take the second", "What the second one has is right."),
        ("adjudicate.neither", "x 0", "Neither", "Nothing is to be marked here."),
        ("adjudicate.edit", "e", "Edit…", "Begin with the first version and put it right."),
        ("adjudicate.skip", "s down j", "Skip", "Leave the place open, and go to the next one."),
        ("adjudicate.back", "b up k", "Place before", "Go to the open place before."),
        ("adjudicate.undo", "u", "Undo", "Take back your last action."),
        ("adjudicate.redo", "U ctrl+r", "Redo", "Do again what was undone last."),
        ("adjudicate.leave", "escape q", "Back", "Stop; what is decided is saved already."),
    )
    yield from rows(
        "amend",
        "While editing a version",
        ("amend.accept", "enter", "It is right so", "Settle the selection as it is said above."),
        ("amend.type", "1 2 3 4 5 6 7 8 9", "Type", "Give it the entity type of the digit."),
        ("amend.entity", "e", "Entity…", "Type to find the entity that it names."),
        ("amend.field", "t", "Say otherwise…", "Choose another value where the two differ."),
        ("amend.cancel", "escape", "Back", "Drop what was edited."),
    )
    yield from rows(
        "conflicts",
        "Conflicts",
        (
            "conflicts.take",
            "1 2 3 4 5 6 7 8 9",
            "Take the value",
            "Settle the conflict under the cursor by the value of that number.",
        ),
    )
    yield from rows(
        "past",
        "History",
        ("past.article", "a", "This article only", "Only what was done in the article, or all."),
        ("past.person", "b", "By one annotator…", "Only what one annotator did, or all."),
        (
            "past.back",
            "R",
            "Go back to it…",
            "Make everything what it was after the action; asks first, and can be undone.",
        ),
    )
    yield from rows(
        "change",
        "An action of the history",
        ("change.undo", "u", "Undo", "Take back your last action, whichever is looked at."),
        ("change.redo", "U ctrl+r", "Redo", "Do again what was undone last."),
    )
