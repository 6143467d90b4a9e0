"""Commands for what several annotators have done: how far they agree, and where not."""

from __future__ import annotations

from collections.abc import Iterator

from reader.tui.commands.model import Command, rows


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
        "conflicts",
        "Conflicts",
        (
            "conflicts.take",
            "1 2 3 4 5 6 7 8 9",
            "Take the value",
            "Settle the conflict under the cursor by the value of that number.",
        ),
    )
