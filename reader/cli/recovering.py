"""`reader recover`: work that could not be saved when it was done comes into the library."""

from __future__ import annotations

from pathlib import Path

import click

from reader.cli.candidates import complete_files
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import tell


@click.command("recover")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, shell_complete=complete_files)
@shared_options
@click.pass_context
def command(context: click.Context, files: tuple[str, ...]) -> None:
    """Take in the work that the interface kept in a FILE.

    It keeps what it cannot write, on a full disk for example, and writes it
    to such a file when you say so or leave. What is in the library already
    is left alone, so it does not matter how often a file is taken in. What
    others have changed meanwhile is named and stays in the file; the exit
    code is 1 then.

    \b
    Examples:
      reader recover unsaved-2026-11-22T09-30-00.jsonl
    """
    from reader.work.unsaved import recover

    settings: Settings = context.obj
    refused = 0
    with settings.open_existing() as library:
        for name in files:
            found = recover(library, Path(name))
            tell(f"{name}: {found.made} made, {found.known} in the library already.")
            for what in found.refused:
                tell(f"{name}: not made, because others changed what it is about: {what}")
            refused += len(found.refused)
    context.exit(1 if refused else 0)
