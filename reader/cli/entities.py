"""`reader entities`: the entities of the library, and where they are named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_fields, print_json, tell

if TYPE_CHECKING:
    from reader.annotation.entity_list import EntityEntry

_HEADINGS = ("type", "ment", "art", "languages", "wikidata", "name")


@click.command("entities")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of objects.")
@click.option("--type", "type_", default="", metavar="TYPE", help="Only entities of this type.")
@click.option(
    "--search",
    default="",
    metavar="NAME",
    help="Only those with a name that is written or sounds so.",
)
@shared_options
@click.pass_obj
@click.pass_context
def command(
    context: click.Context, settings: Settings, as_json: bool, type_: str, search: str
) -> None:
    """List the entities of the library, the most mentioned first.

    One that was merged into another counts for that one. Mentions in removed
    articles do not count.

    On a terminal a table; on a pipe one line an entity with tabs between id,
    type, mentions, articles, languages, Wikidata id, `retired` or nothing,
    name, and the other names. The exit code is 1 when nothing is found.

    \b
    Examples:
      reader entities --type ORG
      reader entities --search ترامب
      reader entities | cut -f3,8 | head
      reader entities --json | jq '.[] | select(.articles > 2).name'
    """
    from reader.annotation.entity_list import EntityView, arranged

    with settings.library() as library:
        entries = library.entities()
    found = [row.entry for row in arranged(entries, EntityView(text=search, type=type_))]
    if as_json:
        print_json([_object(entry) for entry in found])
    elif found:
        output = Output.here(settings.bidi)
        (_print_table if output.is_terminal else _print_lines)(found, output)
    elif entries:
        tell("no entity is like that; `reader entities` lists all.")
    else:
        tell(f"{settings.path} has no entities yet; link mentions to some in the interface.")
    if not found and (search or type_):
        context.exit(1)


def _object(entry: EntityEntry) -> dict[str, Any]:
    from reader.annotation.codec import encode_record

    counts = {"mentions": entry.mentions, "articles": entry.articles}
    return encode_record(entry.entity) | counts | {"languages": list(entry.languages)}


def _print_lines(entries: Sequence[EntityEntry], output: Output) -> None:
    from reader.annotation.name_index import wordings
    from reader.annotation.wikidata import confirmed

    for entry in entries:
        entity = entry.entity
        print_fields(
            *(entity.id, entity.type, entry.mentions, entry.articles, " ".join(entry.languages)),
            *(confirmed(entity), "retired" if entity.retired else "", entity.name),
            "; ".join(wordings(entity)[1:]),
        )


def _print_table(entries: Sequence[EntityEntry], output: Output) -> None:
    table = [_HEADINGS[:-1], *map(_columns, entries)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    room = output.width - sum(widths) - 2 * len(widths)
    with output.explicit():
        output.row(output.styled(f"{_cells(table[0], widths)}  {_HEADINGS[-1]}", "1"))
        for row, entry in zip(table[1:], entries, strict=True):
            output.row(f"{_cells(row, widths)}  {output.cut(entry.entity.name, room)}")


def _columns(entry: EntityEntry) -> tuple[str, ...]:
    from reader.annotation.wikidata import said
    from reader.text.emit import safe_text

    entity = entry.entity
    words = (
        *(entity.type, str(entry.mentions), str(entry.articles), " ".join(entry.languages)),
        "retired" if entity.retired else said(entity),
    )
    return tuple(safe_text(word) or "·" for word in words)


def _cells(row: Sequence[str], widths: Sequence[int]) -> str:
    """Set words to the left of their columns, and numbers to the right."""
    cells = zip(row, widths, range(len(row)), strict=True)
    return "  ".join(
        text.rjust(width) if column in (1, 2) else text.ljust(width)
        for text, width, column in cells
    )
