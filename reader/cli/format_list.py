"""`reader formats`: what can be imported and exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_fields, print_json

if TYPE_CHECKING:
    from reader.formats.format import Format


@click.command("formats")
@click.option("--json", "as_json", is_flag=True, help="Print everything about them as JSON.")
@shared_options
@click.pass_obj
def command(settings: Settings, as_json: bool) -> None:
    """List the formats: name, import or export, what offsets count, endings, title.

    What each can hold, and what is lost, is in docs/formats.md and in --json.

    \b
    Examples:
      reader formats
      reader formats --json
    """
    from reader.formats.registry import formats

    rows = formats()
    if as_json:
        print_json([_encoded(row) for row in rows])
        return
    if not Output.here(settings.bidi).is_terminal:
        for row in rows:
            print_fields(row.name, _ways(row), row.offsets, " ".join(row.suffixes), row.title)
        return
    widths = [max(len(cell) for cell in column) for column in zip(*map(_cells, rows), strict=True)]
    for row in rows:
        cells = zip(_cells(row), widths, strict=True)
        print("  ".join(cell.ljust(width) for cell, width in cells).rstrip())


def _cells(row: Format) -> tuple[str, ...]:
    return row.name, _ways(row), " ".join(row.suffixes), row.title


def _ways(row: Format) -> str:
    return " ".join(way for way, can in (("import", row.reads), ("export", row.writes)) if can)


def _encoded(row: Format) -> dict[str, object]:
    """Return a format as JSON values."""
    return {
        "name": row.name,
        "title": row.title,
        "suffixes": list(row.suffixes),
        "media": row.media,
        "offsets": row.offsets,
        "import": row.reads,
        "export": row.writes,
        "per_article": row.per_article,
        "lossless": row.exact,
        "lacks": [{"what": what, "reason": reason} for what, reason in row.lacks],
        "partly": [{"what": what, "reason": reason} for what, reason in row.partly],
        "notes": row.notes,
    }
