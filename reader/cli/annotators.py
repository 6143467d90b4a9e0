"""`reader annotators`: who annotates in the library, and what each has done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_fields, print_json, tell
from reader.errors import UsageError

if TYPE_CHECKING:
    from reader.store.library import Library
    from reader.store.people import Activity

_HEADINGS = ("id", "art", "ment", "claims", "notes", "done", "last", "name")
_ID_SHOWN = 10


@click.command("annotators")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of objects.")
@click.option(
    "--rename",
    nargs=2,
    metavar="OLD NEW",
    default=None,
    help="Call yourself NEW here from now on; OLD is your name or the beginning of your id.",
)
@shared_options
@click.pass_obj
def command(settings: Settings, as_json: bool, rename: tuple[str, str] | None) -> None:
    """List who annotates in the library, in the order in which they began.

    Two people may have one name: the ids tell them apart, and --annotator takes
    the beginning of one. An arrow marks who you are.

    On a terminal a table; on a pipe one line an annotator with tabs between
    id, `you` or nothing, articles with marks, mentions, claims, attributions,
    notes, relations, articles finished, time of the last action and name. In
    blind mode you alone are listed.

    With --rename you get another name, wherever this library or what it is
    merged with shows one: all that you have done stays yours. It is an action
    of the history, and undo takes it back.

    \b
    Examples:
      reader annotators
      reader annotators | cut -f1,11
      reader list --annotator 01K5A8
      reader annotators --rename ann "Ann Berg"
    """
    if rename is not None:
        if as_json:
            raise UsageError("--json prints the list, and --rename prints none; leave one out.")
        _rename(settings, *rename)
        return
    with settings.open_existing() as library:
        people = library.people.activity()
        you = _you(library, settings.name)
    if settings.blind:
        people = tuple(each for each in people if each.id == you)
    if as_json:
        objects = [each._asdict() | {"you": each.id == you} for each in people]
        print_json(objects)
    elif not people:
        tell(f"nobody has annotated in {settings.path} yet.")
    else:
        output = Output.here(settings.bidi)
        (_print_table if output.is_terminal else _print_lines)(people, you, output)


def _rename(settings: Settings, old: str, new: str) -> None:
    from reader.work.renaming import rename

    with settings.open_existing() as library:
        before, after = rename(library, settings.name, old, new)
    if before == after:
        tell(f"{after.name!r} is the name already; nothing was changed.")
    else:
        tell(
            f"{before.name!r} is called {after.name!r} here from now on; undo takes it back. "
            "On this machine both names mean the same person."
        )


def _you(library: Library, name: str) -> str | None:
    """The id of who the user is; None where that is to be said first."""
    try:
        return library.people.who(name).id
    except UsageError as error:
        tell(error.message)
        return None


def _print_lines(people: Sequence[Activity], you: str | None, output: Output) -> None:
    for each in people:
        print_fields(
            *(each.id, "you" if each.id == you else "", each.articles, each.mentions),
            *(each.claims, each.attributions, each.notes, each.relations, each.finished),
            *(each.last, each.name),
        )


def _print_table(people: Sequence[Activity], you: str | None, output: Output) -> None:
    table = [_HEADINGS[:-1], *map(_columns, people)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    room = output.width - sum(widths) - 2 * len(widths) - 2
    with output.explicit():
        output.row(output.styled(f"  {_cells(table[0], widths)}  {_HEADINGS[-1]}", "1"))
        for row, each in zip(table[1:], people, strict=True):
            arrow = "▸" if each.id == you else " "
            output.row(f"{arrow} {_cells(row, widths)}  {output.cut(each.name, room)}")


def _columns(each: Activity) -> tuple[str, ...]:
    from reader.text.emit import safe_text

    counts = (each.articles, each.mentions, each.claims, each.notes, each.finished)
    return (
        safe_text(each.id[:_ID_SHOWN]),
        *(f"{count:,}" if count else "·" for count in counts),
        each.last[:10] or "·",
    )


def _cells(row: Sequence[str], widths: Sequence[int]) -> str:
    """Set words to the left of their columns, and numbers to the right."""
    cells = zip(row, widths, range(len(row)), strict=True)
    return "  ".join(
        text.rjust(width) if 0 < column < 6 else text.ljust(width) for text, width, column in cells
    )
