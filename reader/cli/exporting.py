"""`reader export`: the library, or some articles, in any of the formats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

import click

from reader.cli.candidates import complete_articles, complete_files, complete_formats
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import tell
from reader.errors import ReaderError

if TYPE_CHECKING:
    from reader.formats.loss import Loss
    from reader.store.articles import Shown


@click.command("export")
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1, shell_complete=complete_articles)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="-",
    shell_complete=complete_files,
    help="Write to FILE, or to a folder or FILE.zip where the format has many files; it is "
    "replaced as a whole or not at all; - is standard output.",
)
@click.option(
    "--format",
    "name",
    metavar="NAME",
    default="json",
    show_default=True,
    shell_complete=complete_formats,
    help="Write this format; `reader formats` lists them.",
)
@click.option("--removed", is_flag=True, help="Write the removed articles too.")
@click.option("--bom", is_flag=True, help="Begin a table with the mark that spreadsheets look for.")
@click.option(
    "--losses",
    metavar="FILE",
    shell_complete=complete_files,
    help="Write all that the format could not hold to FILE, as JSON lines.",
)
@click.option("--no-losses", is_flag=True, help="Do not read the export back to name what is lost.")
@shared_options
@click.pass_obj
def command(
    settings: Settings,
    articles: tuple[str, ...],
    output: str,
    name: str,
    removed: bool,
    bom: bool,
    losses: str | None,
    no_losses: bool,
) -> None:
    """Write the library as JSON or in another format, or ARTICLEs with all they refer to.

    ARTICLE is its number in `reader list`, its id or the beginning of it, or
    a part of its title. Removed articles are left out, but with --removed.
    The same library gives the same bytes. What the format cannot hold is
    named on standard error.

    \b
    Examples:
      reader export --removed -o backup.json
      reader export 1 3 > two.json
      reader export --format jsonl | grep '"record": "mention"'
    """
    from reader.cli.article_names import find_articles
    from reader.formats.exporting import write_out
    from reader.formats.outputs import STANDARD_OUTPUT, check_report
    from reader.formats.registry import format_named

    wants_losses = not no_losses and (losses is not None or not format_named(name).exact)
    told: list[str] = []

    def report(found: Iterator[Loss]) -> None:
        told.extend(_report(found, losses))

    if losses is not None:
        check_report(losses, settings.path, "--losses", [output])
    with settings.reading() as library:
        shown: Shown = "all" if removed else "present"
        found = find_articles(library, articles, shown)
        chosen = [entry.id for entry in found] if articles else None
        given = report if wants_losses else None
        size = write_out(library, output, name, chosen, removed=removed, bom=bom, report=given)
    if output != STANDARD_OUTPUT:
        tell(f"{output}: {size:,} bytes written.")
    for line in told:
        tell(line)


def _report(losses: Iterator[Loss], name: str | None) -> list[str]:
    """Write losses to a file, if one is named; return what to say of them."""
    from reader.formats.loss import summary
    from reader.formats.outputs import report

    if name is None:
        return summary(losses) or ["nothing was lost."]
    try:
        with report(name) as file:
            said = summary(_written(losses, file))
    except OSError as error:
        raise ReaderError(
            f"{name}: cannot be written ({error.strerror or error}); nothing was exported, name "
            "another file with --losses."
        ) from error
    return said or ["nothing was lost."]


def _written(losses: Iterator[Loss], file: IO[bytes]) -> Iterator[Loss]:
    from reader.formats.json_values import dump_line

    for loss in losses:
        file.write(dump_line(loss.encode()).encode() + b"\n")
        yield loss
