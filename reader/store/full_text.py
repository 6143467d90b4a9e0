"""Full-text search of the views, for programs such as Datasette that look for it.

FTS5 tables whose content is a view: SQLite keeps which words stand where, and reads
the texts themselves from the view. `reader search` does without them: it finds words
however they are spelt (`reader.store.text_index`); here they are found as they are
written, without regard to case and to the accents of Latin letters.

The program keeps them, and no triggers do, which would make a library unwritable
where SQLite lacks FTS5; there are no such tables then.
"""

from __future__ import annotations

import sqlite3

_TEXTS = "texts"
_COLUMNS = {"entities": "name, aliases, note", "claims": "statement, gloss, topic"}
"""What is searched of the views of records that change."""
_VIEWS = {"entity": "entities", "claim": "claims"}

# Marks are parts of the words that they stand in: without M, each would end a word.
_OPTIONS = "columnsize=0, tokenize=\"unicode61 remove_diacritics 2 categories 'L* M* N* Co'\""


def make_missing(connection: sqlite3.Connection) -> None:
    """Make the tables that are missing, and those of records anew. Needs an open transaction.

    The views have to be there; where SQLite lacks FTS5, nothing is done.
    """
    known = "SELECT 1 FROM sqlite_master WHERE name = ?"
    if connection.execute(known, (f"{_TEXTS}_fts",)).fetchone() is None:
        _make(connection, _TEXTS, "text")
        _fill(connection, _TEXTS, "text")
    for view, columns in _COLUMNS.items():
        _make(connection, view, columns)
        _fill(connection, view, columns)


def forget_all(connection: sqlite3.Connection) -> None:
    """Drop the tables of records, of which some may be damaged; `make_missing` makes them anew."""
    for view in _COLUMNS:
        connection.execute(f"DROP TABLE IF EXISTS {view}_fts")


def begin_texts(connection: sqlite3.Connection) -> None:
    """Forget all texts: their numbers are given anew."""
    _make(connection, _TEXTS, "text")


def add_text(connection: sqlite3.Connection, number: int | None, text: str) -> None:
    """Take in the text of an article under its number; it will not change."""
    _run(connection, f"INSERT INTO {_TEXTS}_fts (rowid, text) VALUES (?, ?)", number, text)


def forget(connection: sqlite3.Connection, kind: str, id: str) -> None:
    """Take out a record that is about to change: FTS5 has to be told what was there."""
    if view := _VIEWS.get(kind):
        columns = _COLUMNS[view]
        into = f"INSERT INTO {view}_fts ({view}_fts, rowid, {columns})"
        _run(connection, f"{into} SELECT 'delete', rowid, {columns} FROM {view} WHERE id = ?", id)


def learn(connection: sqlite3.Connection, kind: str, id: str) -> None:
    """Take in a record that is new, or that has changed since `forget`."""
    if view := _VIEWS.get(kind):
        columns = _COLUMNS[view]
        into = f"INSERT INTO {view}_fts (rowid, {columns})"
        _run(connection, f"{into} SELECT rowid, {columns} FROM {view} WHERE id = ?", id)


def _make(connection: sqlite3.Connection, view: str, columns: str) -> None:
    _run(connection, f"DROP TABLE IF EXISTS {view}_fts")
    # The name stands in double quotes, as Datasette looks for it.
    content = f'content="{view}"'
    _run(
        connection, f"CREATE VIRTUAL TABLE {view}_fts USING fts5({columns}, {content}, {_OPTIONS})"
    )


def _fill(connection: sqlite3.Connection, view: str, columns: str) -> None:
    _run(
        connection, f"INSERT INTO {view}_fts (rowid, {columns}) SELECT rowid, {columns} FROM {view}"
    )


def _run(connection: sqlite3.Connection, statement: str, *values: object) -> None:
    """Run a statement, unless SQLite lacks FTS5 or the table could not be made for that."""
    try:
        connection.execute(statement, values)
    except sqlite3.OperationalError as error:
        lacking = ("no such module", "no such table")
        if not str(error).startswith(lacking):
            raise
