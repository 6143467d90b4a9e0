"""Which articles may hold some words: an index of the trigrams of the folded texts.

It holds no text and no places, only which article has which three characters
in a row: a third of the size of the texts. So it names some articles too many,
and whoever asks looks for the words in these. Every article it has not (yet)
taken in is named too: with an index that is missing, unfinished or made by
other rules the answer is the same, only slower.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterator

from reader.store import full_text
from reader.text.fold import VERSION, fold, fold_text

_TRIGRAM = 3
_MOST = 48
"""Trigrams of a query that are looked up; a longer one is not found in many articles anyway."""

_CHECKED = 8
"""Trigrams of an article that are looked up to see whether it is in the index."""

_BLANKS = re.compile(" +")
_SETTING = "text_index"

_CREATE = (
    "DROP TABLE IF EXISTS article_index",
    "CREATE VIRTUAL TABLE article_index USING fts5("
    "folded, content='', columnsize=0, detail=none, tokenize='trigram case_sensitive 1')",
    "DELETE FROM indexed",
)
_MISSING = "SELECT id, text FROM article WHERE id NOT IN (SELECT article FROM indexed)"
_MISSING_AMONG = f"{_MISSING} AND id IN (SELECT value FROM json_each(?))"
_LISTED = "SELECT id FROM article WHERE NOT removed AND :language IN ('', language)"
_NAMED = """
    AND (typed_heading <> '' OR id NOT IN (SELECT article FROM indexed) OR id IN (
        SELECT article FROM indexed JOIN article_index ON article_index.rowid = number
        WHERE article_index MATCH :expression))
"""
_IN_ORDER = " ORDER BY added, rowid"


def update(connection: sqlite3.Connection, among: Collection[str] | None = None) -> None:
    """Take in every article that the index does not have. Needs an open transaction.

    Where SQLite lacks FTS5 or its trigrams there is no index, and nothing is done.

    Args:
        connection: To the library.
        among: Ids of the articles that it may not have; None to look at all of them.
    """
    if not _is_usable(connection) and not _create(connection):
        return
    if among is None:
        missing = connection.execute(_MISSING)
    else:
        missing = connection.execute(_MISSING_AMONG, (json.dumps(list(among)),))
    while batch := missing.fetchmany(100):
        for id, text in batch:
            number = connection.execute("INSERT INTO indexed (article) VALUES (?)", (id,)).lastrowid
            connection.execute(
                "INSERT INTO article_index (rowid, folded) VALUES (?, ?)", (number, _entry(text))
            )
            full_text.add_text(connection, number, text)


def candidates(connection: sqlite3.Connection, query: str, language: str) -> tuple[str, ...]:
    """Return the ids of all articles that may hold a query, in the order of the list.

    None that holds it is left out. A query that folds to nothing is in no article.

    Args:
        connection: To the library.
        query: What is looked for.
        language: Only articles of this language; "" for all.
    """
    wanted = _entry(fold(query))
    if not wanted or not _is_storable(wanted + language):
        return ()
    looked_up = len(wanted) >= _TRIGRAM and _is_usable(connection)
    given = {"language": language, "expression": _expression(wanted)}
    found = connection.execute(_LISTED + (_NAMED if looked_up else "") + _IN_ORDER, given)
    return tuple(row[0] for row in found)


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Give a line for each article that the index has, but would not name for its own words."""
    if not _is_usable(connection):
        return
    known = "SELECT number, id, text FROM indexed JOIN article ON id = article"
    named = "SELECT 1 FROM article_index WHERE article_index MATCH ? AND rowid = ?"
    for number, id, text in connection.execute(known):
        folded = _entry(text)
        starts = range(0, len(folded) - _TRIGRAM + 1, max(_TRIGRAM, len(folded) // _CHECKED))
        some = " AND ".join(_expression(folded[start : start + _TRIGRAM]) for start in starts)
        if some and connection.execute(named, (some, number)).fetchone() is None:
            yield f"article {id}: the search does not find its text"


def _create(connection: sqlite3.Connection) -> bool:
    """Make an empty index; False where SQLite cannot."""
    try:
        for statement in _CREATE:
            connection.execute(statement)
    except sqlite3.OperationalError as error:
        if not _is_unable(error):
            raise
        return False
    full_text.begin_texts(connection)
    connection.execute(
        "INSERT INTO setting (name, value) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (_SETTING, VERSION),
    )
    return True


def _is_usable(connection: sqlite3.Connection) -> bool:
    """Tell whether there is an index, made by the rules of today, that SQLite can read."""
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (_SETTING,)).fetchone()
    if row is None or row[0] != VERSION:
        return False
    try:
        connection.execute("SELECT rowid FROM article_index LIMIT 0").fetchone()
    except sqlite3.OperationalError as error:
        if not _is_unable(error):
            raise
        return False
    return True


def _is_unable(error: sqlite3.OperationalError) -> bool:
    """Tell whether SQLite lacks a module, a tokenizer or the table: nothing else is told so."""
    return error.sqlite_errorcode == sqlite3.SQLITE_ERROR


def _is_storable(text: str) -> bool:
    """Tell whether any article could hold a text: none holds half of a surrogate pair."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _entry(text: str) -> str:
    """Return a text as the index takes it in: folded, each run of blanks as one.

    FTS5 ends a text at a NUL, so another character stands for it.
    """
    return _BLANKS.sub(" ", fold_text(text)).replace("\0", "\ufffd")


def _expression(wanted: str) -> str:
    """Return a query of FTS5 for all trigrams of a text, each quoted: no syntax is left in them."""
    starts = range(len(wanted) - _TRIGRAM + 1)
    trigrams = dict.fromkeys(wanted[start : start + _TRIGRAM] for start in starts)
    quoted = (trigram.replace('"', '""') for trigram in trigrams)
    return " AND ".join(f'"{trigram}"' for trigram, _ in zip(quoted, range(_MOST), strict=False))
