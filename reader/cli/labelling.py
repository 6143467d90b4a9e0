"""`reader schema`: the types of entities and relations, and the attributes of records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli.candidates import complete_files
from reader.cli.inputs import read_input, shown_name
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import tell
from reader.errors import FormatError, ReaderError

if TYPE_CHECKING:
    from reader.annotation.schema_changes import Plan

_UNCHANGED = "The schema is unchanged."


@click.group("schema", invoke_without_command=True)
@shared_options
@click.pass_context
def command(context: click.Context) -> None:
    """Print the library's types of entities and relations and its attributes, or change them.

    They are printed as TOML. Change that in an editor, look what it would do, and
    apply it: nothing that is in use vanishes, and `u` in the interface takes it back.
    docs/schema.md tells of every field.

    \b
    Examples:
      reader schema > types.toml
      reader schema check types.toml
      reader schema apply --dry-run types.toml
      reader schema apply types.toml
    """
    if context.invoked_subcommand is None:
        _print(context.obj)


@command.command("show")
@shared_options
@click.pass_obj
def show(settings: Settings) -> None:
    """Print the schema as TOML; `reader schema` alone does so too.

    \b
    Examples:
      reader schema show > types.toml
    """
    _print(settings)


def _print(settings: Settings) -> None:
    from reader.annotation.schema_toml import write_toml

    with settings.open() as library:
        print(write_toml(library.schema()), end="")


@command.command("check")
@click.argument("file", shell_complete=complete_files)
@shared_options
@click.pass_context
def check(context: click.Context, file: str) -> None:
    """Look for mistakes in FILE, all of them, each with its line. No library is needed.

    FILE may be - for standard input. The exit code is 1 when there is any.

    \b
    Examples:
      reader schema check types.toml
    """
    from reader.annotation.schema_toml import mistakes_in

    found = mistakes_in(_content(file, ""), shown_name(file))
    for mistake in found:
        tell(mistake)
    if found:
        context.exit(1)
    tell(f"{shown_name(file)}: no mistake was found.")


@command.command("apply")
@click.argument("file", shell_complete=complete_files)
@click.option("--dry-run", is_flag=True, help="Only print what would be changed.")
@shared_options
@click.pass_obj
@click.pass_context
def apply(context: click.Context, settings: Settings, file: str, dry_run: bool) -> None:
    """Make FILE the schema of the library, all of it or, if anything is refused, nothing.

    Prints a line for each thing that changes. FILE may be - for standard
    input. A type, relation, attribute or value is renamed with everything
    that has it where its table says was = "NAME".

    \b
    Examples:
      reader schema apply --dry-run types.toml
      reader schema apply types.toml
    """
    from reader.annotation.schema_toml import read_toml
    from reader.text.emit import safe_text
    from reader.work.schema import apply_plan, plan_schema

    given = read_toml(_content(file, _UNCHANGED), shown_name(file))
    with settings.open() as library:
        made = plan_schema(library, given.schema, given.renames)
        if not (made.refused or dry_run or made.old == made.new):
            apply_plan(library, settings.name, made)
    if dry_run or not made.refused:
        print("".join(f"{safe_text(step)}\n" for step in made.steps), end="")
    for reason in made.refused:
        tell(f"{shown_name(file)}: {reason} {_UNCHANGED}")
    if made.refused:
        context.exit(ReaderError.exit_code)
    tell(_outcome(made, settings.path, dry_run))


def _outcome(made: Plan, library: Path, dry_run: bool) -> str:
    if made.old == made.new:
        return f"{library} has this schema already."
    if dry_run:
        return f"nothing was changed in {library}: leave --dry-run out to apply it."
    return f"the schema of {library} was changed."


def _content(file: str, consequence: str) -> str:
    data = read_input(file, consequence)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(
            f"{shown_name(file)}: not UTF-8 at byte {error.start}; save it as UTF-8. {consequence}"
        ) from error
