"""The command `reader`: its options, its commands by name, and how it ends.

Only what a command needs is imported, and only when the command runs: the
table of commands is here, so that `reader --help` imports none of them.
"""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import click

from reader import __version__
from reader.cli.ending import ending_in_order
from reader.cli.settings import Settings, shared_options
from reader.errors import ReaderError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_INTERRUPTED = 130


class _Entry(NamedTuple):
    """A command: the module that has it as `command`, and its line in the help."""

    module: str
    help: str


_COMMANDS = {
    "open": _Entry("opening", "Open an article in the interface."),
    "serve": _Entry("serving", "Open the interface in browsers, for several people."),
    "add": _Entry("adding", "Add articles from files, folders, archives or standard input."),
    "list": _Entry("listing", "List the articles of the library."),
    "show": _Entry("showing", "Show an article with its annotations."),
    "search": _Entry("searching", "Find words in the articles of the library."),
    "suggest": _Entry("suggesting", "Propose mentions of known names, and take them in."),
    "entities": _Entry("entities", "List the entities, and how often they are named where."),
    "entity": _Entry("entity", "Show one entity: its names, mentions, and the claims it makes."),
    "claims": _Entry("claims", "List the claims of all articles, and what contradicts them."),
    "edit": _Entry("editing", "Change title, publisher, date, tags ... of an article."),
    "assign": _Entry("assigning", "Say who is to annotate which articles."),
    "remove": _Entry("removing", "Take an article out of the list; it can be brought back."),
    "unplaced": _Entry("unplaced", "List marks that a new version has no certain place for."),
    "restore": _Entry("restoring", "Bring a removed article back, or the library as it was."),
    "history": _Entry("history", "List what was done, and go back to any state."),
    "backup": _Entry("backing_up", "Copy the library, and list the copies."),
    "stats": _Entry("stats", "Count what is annotated, where and by whom."),
    "annotators": _Entry("annotators", "List who annotates here, and what each has done."),
    "export": _Entry("exporting", "Write the library, or some articles, in a format."),
    "import": _Entry("importing", "Take in annotations that an export or another tool wrote."),
    "formats": _Entry("format_list", "List what can be imported and exported."),
    "adjudicate": _Entry(
        "adjudicating", "Decide where two annotators differ, or list what was decided."
    ),
    "agreement": _Entry("agreement", "Measure how far annotators agree, and list where not."),
    "recover": _Entry("recovering", "Take in work that could not be saved when it was done."),
    "merge": _Entry("merging", "Take in the work of other libraries."),
    "sync": _Entry("syncing", "Share annotations through a folder, for git or a file sync."),
    "conflicts": _Entry("conflicts", "List and settle what people changed in two ways."),
    "schema": _Entry("labelling", "Print types and attributes as TOML, check and apply them."),
    "datasette": _Entry("datasette", "Print what Datasette takes as --metadata."),
    "config": _Entry("configuration", "Show the settings in force, and where to change them."),
    "doctor": _Entry("doctor", "Look whether terminal, fonts and library are well."),
    "completion": _Entry("completion", "Print the script for completion in a shell."),
}

_EPILOG = """\b
Examples:
  reader add news/ letter.txt      add a folder and a file
  reader                           read and annotate
  reader show 3                    the third article of the list
  reader search "2016 campaign"    where words stand, however they are spelt
  reader export -o backup.json     everything, as JSON

\b
Exit codes:
  0    done
  1    not done, or not all of it, or nothing found; a line on standard error says what
  2    the command was not understood, or names an article that is not there
  130  interrupted
"""


class _Commands(click.Group):
    """A group that knows its commands' names, and imports one when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = _COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = import_module(f"reader.cli.{entry.module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in _COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        names = [
            CompletionItem(name, help=entry.help)
            for name, entry in _COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@shared_options
@click.version_option(__version__, message="reader %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Read news in several languages; mark who is named in it and what is claimed.

    Without a command, the library opens in the interface.
    """
    context.obj = context.obj or Settings()
    if context.invoked_subcommand is None:
        from reader.cli.opening import start

        context.exit(start(context.obj, None))


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit code.

    Whatever the user can act on is one line on standard error.
    """
    _prepare_streams()
    try:
        with ending_in_order():
            status = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has enough.
        _drop_output()
        return 1
    except OSError as error:
        _drop_output()
        return _fail(_system(error), 1)
    return status


def _run(arguments: list[str] | None) -> int:
    try:
        status = cli.main(args=arguments, prog_name="reader", standalone_mode=False)
    except ReaderError as error:
        return _fail(error.message, error.exit_code)
    except click.ClickException as error:
        return _fail(_usage(error), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    return status if isinstance(status, int) else 0


def _prepare_streams() -> None:
    """Let no text fail for the encoding of the terminal or of a pipe, and nothing for a closed one.

    A file that is opened later must not take the place of a closed stream.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            # Whoever writes to standard output is told that it is closed; errors have no other way.
            flags = os.O_WRONLY if name == "stderr" else os.O_RDONLY
            setattr(sys, name, os.fdopen(_opened_as(number, flags), mode))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _opened_as(number: int, flags: int) -> int:
    """Open the null device under the number of a stream."""
    opened = os.open(os.devnull, flags)
    if opened != number:
        os.dup2(opened, number)
        os.close(opened)
    return number


def _fail(message: str, status: int) -> int:
    from reader.cli.terminal import tell

    tell(message)
    return status


def _usage(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    name = context.command_path if context is not None else "reader"
    said = " ".join(error.format_message().split()).rstrip(".")
    return f"{said}; see `{name} --help`."


def _system(error: OSError) -> str:
    if error.errno == errno.EBADF:
        return "standard output is closed; leave it open, or send it to a file."
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}; check the disk and the output, and try again."


def _drop_output() -> None:
    """Leave nothing unwritten that would fail once more at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
