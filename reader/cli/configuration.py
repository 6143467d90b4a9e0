"""`reader config`: the settings in force, who says so, and where to change them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

import click

from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import print_fields, tell
from reader.text.emit import safe_text
from reader.user.paths import annotator_name, state_folder


@click.command("config")
@click.option("--default", is_flag=True, help="Print a file to begin with, all commented out.")
@shared_options
@click.pass_obj
def command(settings: Settings, default: bool) -> None:
    """Print the settings in force: name, value, and where it comes from.

    What wins is, in this order: an option, an environment variable, the file
    config.toml whose path is printed first, what was chosen with a key the
    last time, the default.

    \b
    Examples:
      reader config
      reader config --default > ~/.config/bidi-reader/config.toml
    """
    if default:
        from reader.preferences.page import default_file

        print(default_file(), end="")
        return
    from reader.cli.interface import keymap_of

    # Also what only the interface would notice is said here.
    keymap_of(settings.preferences)
    path = settings.preferences.path
    there = "read" if os.path.lexists(path) else "not there"
    _print([("file", str(path), there), *_in_force(settings)])


def _print(rows: Sequence[tuple[str, str, str]]) -> None:
    """Print columns for people, or fields with tabs between them for programs."""
    if not sys.stdout.isatty():
        for row in rows:
            print_fields(*row)
        return
    first, second = (max(len(row[i]) for row in rows[1:]) for i in (0, 1))
    for name, value, origin in rows:
        print(safe_text(f"{name:{first}}  {value:{second}}  {origin}"))


def _in_force(settings: Settings) -> Iterator[tuple[str, str, str]]:
    from reader.preferences.page import written
    from reader.preferences.settings import SETTINGS
    from reader.user.state import State

    preferences = settings.preferences
    state = State(state_folder())
    remembered = state.looks()
    if warning := state.take_warning():
        tell(warning)
    given = {"library": settings.db, "annotator": settings.annotator, "bidi": settings.order}
    for setting in SETTINGS:
        settled = preferences.settle(setting.name, given.get(setting.name), remembered=remembered)
        value = settled.value
        if setting.name == "annotator":
            value = annotator_name(settled.text)
        yield setting.name, "" if value is None else written(value), settled.origin
    for id, keys in preferences.keys.items():
        shown = ", ".join(written(key) for key in keys)
        yield f'keys."{id}"', f"[{shown}]", preferences.keys_place(id)
