"""`reader schema`: the types of entities and relations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli.candidates import complete_files
from reader.cli.inputs import read_input, shown_name
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import tell
from reader.errors import FormatError

if TYPE_CHECKING:
    from reader.annotation.schema import Schema


@click.command("schema")
@click.argument("file", required=False, shell_complete=complete_files)
@shared_options
@click.pass_obj
def command(settings: Settings, file: str | None) -> None:
    """Print the library's types of entities and relations as TOML, or apply those of FILE.

    A type that is in use and missing in FILE is kept as retired: what is
    tagged with it stays, and it is no longer offered.

    \b
    Examples:
      reader schema > types.toml
      reader schema types.toml
    """
    from reader.annotation.schema import keep_used_types, read_toml, write_toml

    with settings.open() as library:
        old = library.schema()
        if file is None:
            print(write_toml(old), end="")
            return
        new = _not_empty(read_toml(_content(file), shown_name(file)), shown_name(file))
        kept = keep_used_types(old, new, library.used_types())
        if kept != old:
            library.set_schema(kept)
    _report(settings.path, old, new, kept)


def _content(file: str) -> str:
    data = read_input(file, "The schema is unchanged.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(
            f"{shown_name(file)}: not UTF-8 at byte {error.start}; save it as UTF-8. "
            "The schema is unchanged."
        ) from error


def _not_empty(schema: Schema, file: str) -> Schema:
    if not schema.entity_types:
        raise FormatError(
            f"{file}: there is no entity type in it; begin with what `reader schema` prints."
        )
    return schema


def _report(library: Path, old: Schema, new: Schema, kept: Schema) -> None:
    """Say what was done, and what is in use and was therefore kept."""
    if kept == old:
        tell(f"{library} has this schema already.")
        return
    retired = sorted(_names(kept) - _names(new))
    also = f"; in use and kept as retired: {', '.join(retired)}" if retired else ""
    tell(f"the schema of {library} was changed{also}.")


def _names(schema: Schema) -> set[str]:
    entity_types = {row.name for row in schema.entity_types}
    return entity_types | {row.name for row in schema.relation_types}
