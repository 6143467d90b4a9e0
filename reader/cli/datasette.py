"""`reader datasette`: what Datasette is told of the library."""

from __future__ import annotations

import click

from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import print_json


@click.command("datasette")
@shared_options
@click.pass_obj
def command(settings: Settings) -> None:
    """Print what the program Datasette takes as --metadata, to browse the library in a browser.

    Datasette shows a library as it is; this adds labels, filters and the
    direction of each text. Whoever reaches its address sees the whole library,
    also what was removed, and its history.

    \b
    Examples:
      reader datasette > metadata.json
      uvx datasette annotations.db --metadata metadata.json
    """
    from reader.store.datasette import metadata

    print_json(metadata(settings.path.stem))
