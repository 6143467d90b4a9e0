"""A disk that is full at the moment of each thing that writes.

Run as a program, `python -m tests.store.full_disk KIND FOLDER`; KIND is how the disk gets full:
`filled` (a small one is), `limited` (no file may grow). It prints what each
thing said, as JSON.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Migrations

from reader.annotation.model import Ref
from reader.cli.main import cli
from reader.errors import ReaderError
from reader.store.library import Library
from reader.store.migrations import m001_library, migrate
from reader.store.versions import MIGRATION_SET
from tests.store.deeds import ARTICLE, do, opened

Full = Callable[[], contextlib.AbstractContextManager[None]]


@contextmanager
def limited() -> Iterator[None]:
    """Let no file grow."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, before[1]))
    # A module that is first loaded now would leave its compiled half behind, which nothing loads.
    compiles, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        sys.dont_write_bytecode = compiles


@contextmanager
def filled() -> Iterator[None]:
    """Fill the disk that the working folder is on."""
    with contextlib.suppress(OSError), open("ballast", "wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            with contextlib.suppress(OSError):
                while file.write(bytes(size)) == size:
                    pass
    try:
        yield
    finally:
        os.unlink("ballast")


def said(act: Callable[[], object]) -> str:
    """Do something; return what is said about it, or "" when it is done."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            act()
    except ReaderError as error:
        return error.message
    return ""


def command(*words: str) -> Callable[[], object]:
    """A command of the program."""
    return lambda: cli.main(args=[*words], prog_name="reader", standalone_mode=False)


def old_library(path: Path) -> None:
    """Make a library as the first version of the program made it."""
    first = Migrations(MIGRATION_SET)
    first()(m001_library)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, first)


def states(*paths: Path) -> list[object]:
    """What is in libraries, with which nothing is wrong."""
    found: list[object] = []
    for path in paths:
        with Library(path) as library:
            assert library.problems() == ()
            found.append((library.records.refs(), library.history()))
    return found


def contents(path: Path) -> bytes:
    """A library but for its head, which says how it is written."""
    return path.read_bytes()[100:]


def try_all(full: Full) -> dict[str, str]:
    """Do everything that writes while the disk is full, and then with room; what was said."""
    path, other, old = Path("annotations.db"), Path("other.db"), Path("old.db")
    for each in (path, other):
        with Library(each) as library:
            library.add_articles([ARTICLE])
        with contextlib.closing(opened(each)) as session:
            for step in range(12):
                do(session, step)
    old_library(old)
    Path("news.txt").write_text("Another text. " * 4000)
    export = Path("export.json")
    command("export", "--db", str(other), "-o", str(export))()
    session = opened(path)
    deeds: dict[str, Callable[[], object]] = {
        "tag": lambda: session.marking.tag([(500, 504)], "PER"),
        "note": lambda: session.marking.note(Ref("article", ARTICLE.id), "long " * 2000),
        "add": command("add", "news.txt"),
        "import": command("import", str(export)),
        "merge": command("merge", str(other)),
        "back up": command("backup"),
        "migrate": command("add", "--db", str(old), "news.txt"),
    }
    told = {}
    for name, act in deeds.items():
        before, old_before = states(path, other), contents(old)
        with full():
            told[name] = said(act)
        assert states(path, other) == before, name
        assert contents(old) == old_before, name
    for name, act in deeds.items():
        told[f"{name} with room"] = said(act)
    session.close()
    states(path, other, old)
    return told


if __name__ == "__main__":
    # What Python keeps of a module that is imported while no file may grow would be cut off.
    sys.dont_write_bytecode = True
    os.chdir(sys.argv[2])
    os.environ["XDG_STATE_HOME"] = os.path.abspath("state")
    print(json.dumps(try_all({"limited": limited, "filled": filled}[sys.argv[1]])))
