"""`reader backup`: copies of the library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli.candidates import complete_files
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import print_fields, print_json, tell
from reader.errors import ReaderError

if TYPE_CHECKING:
    from reader.store.backups import Backup

_SHOWN = "%Y-%m-%d %H:%M:%S"


@click.command("backup")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default=None,
    shell_complete=complete_files,
    help="Write the copy to FILE, which must not be there yet.",
)
@click.option("--list", "listed", is_flag=True, help="List the backups, newest first.")
@click.option("--json", "as_json", is_flag=True, help="List them as JSON.")
@shared_options
@click.pass_obj
def command(settings: Settings, output: str | None, listed: bool, as_json: bool) -> None:
    """Copy the library while anybody may be writing to it.

    Copies are made by themselves too: on a day's first leaving of the
    interface, before a merge, before a library takes in a folder, and before
    a restore. The newest ten are kept, and of the days before the last one
    each, twenty in all, in the folder of the program's state.
    The list has on each line number, time (UTC), why, bytes and file.

    \b
    Examples:
      reader backup
      reader backup -o /media/stick/annotations.db
      reader backup --list
      reader restore --from 2     the second of the list
    """
    from reader.store.backups import back_up, backups_of

    with settings.open_existing() as library:
        path = library.path
    if listed or as_json:
        _print(backups_of(path), as_json=as_json)
        return
    if output is not None and Path(output).exists():
        raise ReaderError(f"{output}: it is there already; name another file.")
    made = back_up(path, "by-hand", None if output is None else Path(output))
    tell(f"{made}: the library is copied." if made else f"{path}: it is empty.")


def _print(found: tuple[Backup, ...], *, as_json: bool) -> None:
    if as_json:
        rows = [
            {"file": str(b.path), "made": b.made.isoformat(), "why": b.why, "bytes": b.size}
            for b in found
        ]
        print_json(rows)
        return
    for number, backup in enumerate(found, 1):
        made = backup.made.strftime(_SHOWN)
        print_fields(number, made, backup.why, backup.size, backup.path)
    if not found:
        tell("there are no backups of this library yet.")
