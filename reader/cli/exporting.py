"""`reader export`: the library as JSON."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from reader.cli.candidates import complete_articles, complete_files
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import tell
from reader.errors import ReaderError, UsageError

if TYPE_CHECKING:
    from reader.store.articles import Shown

_COMPANIONS = ("-wal", "-shm", "-journal")
_STANDARD_OUTPUT = "-"
_IN_MEMORY = 64 * 2**20
"""Bytes on their way to a pipe that are kept in memory; more go to a file."""


@click.command("export")
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1, shell_complete=complete_articles)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default=_STANDARD_OUTPUT,
    shell_complete=complete_files,
    help="Write to FILE, which is replaced as a whole or not at all; - is standard output.",
)
@click.option("--removed", is_flag=True, help="Write the removed articles too.")
@shared_options
@click.pass_obj
def command(settings: Settings, articles: tuple[str, ...], output: str, removed: bool) -> None:
    """Write the library as JSON, or ARTICLEs with all they refer to.

    ARTICLE is its number in `reader list`, its id or the beginning of it, or
    a part of its title. Removed articles are left out, but with --removed.
    The same library gives the same bytes.

    \b
    Examples:
      reader export --removed -o backup.json
      reader export 1 3 > two.json
    """
    from reader.cli.article_names import find_articles
    from reader.formats.json_write import write_json

    with _opened(output, settings.path) as file, settings.open_existing() as library:
        shown: Shown = "all" if removed else "present"
        found = find_articles(library, articles, shown)
        chosen = [entry.id for entry in found] if articles else None
        size = 0
        for portion in write_json(library, chosen, removed=removed):
            size += file.write(portion.encode())
    if output != _STANDARD_OUTPUT:
        tell(f"{output}: {size:,} bytes written.")


@contextmanager
def _opened(output: str, library: Path) -> Iterator[IO[bytes]]:
    """Open what is written to; a file gets its name when it is complete."""
    if output == _STANDARD_OUTPUT:
        with _gathered(sys.stdout.buffer) as gathered:
            yield gathered
        return
    path = Path(os.path.realpath(output))
    _check_target(path, output, library)
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            # A device or a named pipe is written to, not replaced.
            with path.open("wb") as special, _gathered(special) as gathered:
                yield gathered
        else:
            with _replacing(path) as file:
                yield file
    except OSError as error:
        raise ReaderError(
            f"{output}: cannot be written ({error.strerror or error}); "
            "nothing was exported, name another file with -o."
        ) from error


@contextmanager
def _gathered(target: IO[bytes]) -> Iterator[IO[bytes]]:
    """Write to a pipe when all is at hand.

    Whoever reads it may be slow, and a library that is being read for so long
    cannot be written.
    """
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as gathered:
        yield gathered
        gathered.seek(0)
        shutil.copyfileobj(gathered, target)
        target.flush()


def _check_target(path: Path, output: str, library: Path) -> None:
    if not output:
        raise UsageError("the FILE of -o is empty; name a file, or leave -o out.")
    if path.is_dir():
        raise ReaderError(f"{output}: it is a folder; name a file in it with -o.")
    if path.exists() and library.exists() and path.samefile(library):
        raise ReaderError(f"{output}: it is the library itself; name another file with -o.")
    if any(str(path) == os.path.realpath(library) + suffix for suffix in _COMPANIONS):
        raise ReaderError(
            f"{output}: the library keeps changes in a file of this name; name another with -o."
        )


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """Write beside a file, then put the result in its place in one step."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with fresh.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            fresh.chmod(stat.S_IMODE(path.stat().st_mode))
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
