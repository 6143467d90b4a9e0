"""`reader import`: annotations of this program or of another go into the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli.candidates import complete_files, complete_formats
from reader.cli.inputs import read_input, shown_name
from reader.cli.progress import ProgressLine
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import tell

if TYPE_CHECKING:
    from reader.formats.format import Unresolved
    from reader.formats.incoming import Given
    from reader.formats.intake import Counts, Policy


_MANY = 20
"""Items that found no place, of which each has a line."""


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, shell_complete=complete_files)
@click.option(
    "--format",
    "name",
    metavar="NAME",
    shell_complete=complete_formats,
    help="What they are; else it is recognised. `reader formats` lists the formats.",
)
@click.option(
    "--offsets",
    metavar="UNIT",
    help="What their offsets count: code-points, utf-16 or utf-8, with /lf and /inclusive; else "
    "it is found out from all quotes together.",
)
@click.option(
    "--map",
    "mapped",
    metavar="OLD=NEW",
    multiple=True,
    help="Take a label of another tool for a type of the library; can be repeated.",
)
@click.option(
    "--unresolved",
    metavar="FILE",
    shell_complete=complete_files,
    help="Write all that found no place in a text to FILE, as JSON lines.",
)
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
def command(
    settings: Settings,
    files: tuple[str, ...],
    name: str | None,
    offsets: str | None,
    mapped: tuple[str, ...],
    unresolved: str | None,
    policy: Policy,
) -> None:
    """Take in annotations of FILEs: all of them or, if anything is wrong, nothing.

    FILE is what `reader export` wrote or another tool, a folder or a .zip of
    such files, or - for standard input. What the library has already is left
    as it is. What finds no place in a text is named and left out.

    \b
    Examples:
      reader import colleague.json
      reader import --on-conflict replace backup.json
      reader import --map PERSON=PER annotations.jsonl
    """
    from reader.formats.incoming import Wishes, take_in
    from reader.formats.labels import parse_map
    from reader.formats.offsets import unit_named

    wishes = Wishes(
        format=name,
        offsets=None if offsets is None else unit_named(offsets),
        labels=parse_map(mapped),
        policy=policy,
    )
    if unresolved is not None:
        from reader.formats.outputs import check_report

        check_report(unresolved, settings.path, "--unresolved", files)
    if policy == "replace":
        from reader.store.backups import back_up

        back_up(settings.path, "import")
    with settings.open() as library, ProgressLine(1) as progress:
        given = _given(files, settings.path)
        taken = take_in(library, given, settings.name, wishes, progress.count_text)
    if unresolved is not None:
        _write_unresolved(unresolved, taken.unresolved)
    for notice in taken.notices:
        tell(notice)
    for name, item in taken.unresolved[:_MANY]:
        tell(f"{name}: {item.where}: {item.item}: {item.reason}; it was left out.")
    if len(taken.unresolved) > _MANY:
        more = f"{len(taken.unresolved) - _MANY} more were left out"
        tell(f"{more}; --unresolved FILE writes all of them.")
    tell(_summary(taken.counts, settings.path))


def _write_unresolved(name: str, items: Iterable[tuple[str, Unresolved]]) -> None:
    """Write what was left out to a file; by now all else is in the library."""
    from reader.formats.json_values import dump_line
    from reader.formats.outputs import report

    try:
        with report(name) as file:
            for shown, item in items:
                said = {"file": shown, "where": item.where, "item": item.item}
                file.write(dump_line(said | {"reason": item.reason}).encode() + b"\n")
    except OSError as error:
        tell(f"{name}: cannot be written ({error.strerror or error}); name another file.")


def _given(files: tuple[str, ...], library: Path) -> Iterator[Given]:
    from reader.corpus.folders import owned_by
    from reader.formats.incoming import Given, given_at
    from reader.formats.source import part_of

    for name in files:
        shown = shown_name(name)
        if name in ("-", ""):
            data = read_input(name, "Nothing was imported.")
            yield Given(shown, (part_of(shown, data),), True)
        else:
            yield given_at(Path(name), shown, owned_by(library))


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
