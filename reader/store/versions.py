"""Which version a library has: read with plain SQL, so that looking costs nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from reader.errors import LibraryError

MIGRATION_SET = "reader"
MIGRATION_NAMES = (
    *("m001_library", "m002_article_data", "m003_text_index", "m004_links", "m005_attributes"),
    *("m006_ancestry", "m007_views"),
)
"""Every migration of `reader.store.migrations`, oldest first (a test compares the two)."""


def applied(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of the migrations a library has seen."""
    known = "SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'"
    if connection.execute(known).fetchone() is None:
        return ()
    rows = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id", (MIGRATION_SET,)
    )
    return tuple(row[0] for row in rows)


def is_current(connection: sqlite3.Connection) -> bool:
    """Tell whether a library has seen every migration."""
    return applied(connection) == MIGRATION_NAMES


def check_ours(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a database of another program and a library of a newer version.

    Raises:
        LibraryError: Naming the cure.
    """
    seen = applied(connection)
    if not seen and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise LibraryError(
            f"{path}: it is a database of another program, not a library; "
            "name another file with --db."
        )
    unknown = [name for name in seen if name not in MIGRATION_NAMES]
    if unknown:
        raise LibraryError(
            f"{path}: it was written by a newer version of this program "
            f"({unknown[-1]}); update the program. The library was left alone."
        )
