"""Runs of the command line as processes that need not load it: forks of one that has.

`python -m tests.cli.forks` takes a run as a line of JSON on its input, forks, lets the
child be what `python -m reader` would be, and answers with the line of its exit code.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from contextlib import suppress
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple, NoReturn

import reader.cli
from reader.cli.main import main
from reader.corpus.loading import load_article

_SECONDS = 60
"""After which a run that does not end is ended."""


class Request(NamedTuple):
    """A run to be made.

    Attributes:
        folder: The working folder.
        arguments: Of the command line.
        environment: All of it.
        streams: The files that are standard input, output and error.
    """

    folder: str
    arguments: list[str]
    environment: dict[str, str]
    streams: list[str]


def serve() -> None:
    """Make runs, one after the other, until there is no more input."""
    _load()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _become(Request(*json.loads(line)))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _load() -> None:
    """Import what commands import, and what the detection of a language learns from files."""
    for module in iter_modules(reader.cli.__path__):
        import_module(f"reader.cli.{module.name}")
    import_module("reader.store.migrations")
    load_article(b"Words in a language that is to be told.", "a.txt")


def _become(request: Request) -> NoReturn:
    """Run the program in this process, and end it."""
    signal.alarm(_SECONDS)
    status = 1
    try:
        os.chdir(request.folder)
        os.environ.clear()
        os.environ.update(request.environment)
        time.tzset()
        _redirect(request.streams)
        sys.argv[1:] = request.arguments
        status = main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):
                stream.flush()
        os._exit(status)


def _redirect(files: list[str]) -> None:
    for number, (file, flags) in enumerate(
        zip(files, (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)
    ):
        opened = os.open(file, flags)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)


if __name__ == "__main__":
    serve()
