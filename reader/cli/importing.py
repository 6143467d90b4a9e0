"""`reader import`: what an export holds goes into the library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli.candidates import complete_files
from reader.cli.inputs import read_input, shown_name
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import tell

if TYPE_CHECKING:
    from reader.formats.intake import Counts, Policy


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, shell_complete=complete_files)
@click.option(
    "--on-conflict",
    "policy",
    type=click.Choice(["refuse", "keep", "replace"]),
    default="refuse",
    show_default=True,
    help="What to do where the library has something else: refuse to import, "
    "keep the library's, or replace it with the file's.",
)
@shared_options
@click.pass_obj
def command(settings: Settings, files: tuple[str, ...], policy: Policy) -> None:
    """Take in FILEs that `reader export` wrote: all of them or, if anything is wrong, nothing.

    FILE may be - for standard input. What the library has already is left as
    it is.

    \b
    Examples:
      reader import colleague.json
      reader import --on-conflict replace backup.json
    """
    from reader.formats.json_import import import_json

    with settings.open() as library:
        counts = import_json(library, _contents(files), settings.name, policy)
    tell(_summary(counts, settings.path))


def _contents(files: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    for name in files:
        yield shown_name(name), read_input(name, "Nothing was imported.")


def _summary(counts: Counts, library: Path) -> str:
    """Say what an import changed."""
    if not (counts.articles or counts.records or counts.replaced or counts.kept):
        return f"{library} had all of it already; nothing was changed."
    said = [f"{counts.articles} new articles", f"{counts.records} new records"]
    if counts.replaced:
        said.append(f"{counts.replaced} replaced")
    if counts.kept:
        said.append(f"{counts.kept} kept as they were")
    return f"imported into {library}: {', '.join(said)}."
