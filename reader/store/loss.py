"""Fewer annotations than there were, without anybody having deleted them, or less history.

A file sync that puts an older copy in a library's place, or a damaged file, takes
work away and says nothing. How many annotations a library had when it was last
seen is kept in the user's state folder, by its path and its first action.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from reader.user.paths import state_folder

_KINDS = ("mention", "claim_mention", "attribution", "relation", "note")
_COUNT = " + ".join(f'(SELECT count(*) FROM "{kind}")' for kind in _KINDS)
_SEEN = (
    f"SELECT {_COUNT}, coalesce((SELECT max(rowid) FROM action), 0),"
    " coalesce((SELECT id FROM action ORDER BY rowid DESC LIMIT 1), ''),"
    " coalesce((SELECT id FROM action ORDER BY rowid LIMIT 1), ''),"
    " coalesce((SELECT id FROM article ORDER BY rowid LIMIT 1), '')"
)
_DELETED = (
    "SELECT count(*) FROM action CROSS JOIN history ON history.action = action.id"
    f" WHERE action.rowid > ? AND after IS NULL AND kind IN {_KINDS}"
)
_LEAST = 5
"""Annotations that may be missing without a word."""


class Seen(NamedTuple):
    """A library as it was when it was last looked at.

    Attributes:
        annotations: How many there were.
        row: Number of the last action that had come in, or 0.
        action: Its id.
        first: Id of the first action: two copies of one library have the same.
        article: Id of the first article.
    """

    annotations: int
    row: int
    action: str
    first: str
    article: str


class Loss(NamedTuple):
    """How many annotations there were, and are.

    Attributes:
        before: When it was last seen.
        now: At this moment.
        is_older: Whether it is certain that what was done last is not in it any more.
    """

    before: int
    now: int
    is_older: bool = False


def look(connection: sqlite3.Connection) -> Seen:
    """Count, and see how far the history goes."""
    return Seen(*connection.execute(_SEEN).fetchone())


def find_loss(connection: sqlite3.Connection, before: Seen, now: Seen) -> Loss | None:
    """Return what is missing and was deleted by nobody; None when it is little, or nothing."""
    if before.annotations and not (now.first or now.article):
        return Loss(before.annotations, 0)
    first = before.first if now.first else ""
    if (now.first, now.article) != (first, before.article):
        return None
    known = connection.execute("SELECT id FROM action WHERE rowid = ?", (before.row,)).fetchone()
    deleted = 0
    if known is not None and known[0] == before.action:
        deleted = connection.execute(_DELETED, (before.row,)).fetchone()[0]
    missing = before.annotations - now.annotations - deleted
    if before.action and not _has(connection, before.action):
        # The history is only ever added to.
        return Loss(before.annotations, now.annotations, is_older=True)
    if missing < _LEAST or missing * 10 <= before.annotations:
        return None
    return Loss(before.annotations, now.annotations)


def _has(connection: sqlite3.Connection, action: str) -> bool:
    found = connection.execute("SELECT 1 FROM action WHERE id = ?", (action,))
    return found.fetchone() is not None


def recall(library: Path) -> Seen | None:
    """Return how a library was seen last; None when that is not known."""
    try:
        kept = json.loads(_place(library).read_bytes())
        seen = Seen(*(kept[name] for name in Seen._fields))
    except (OSError, ValueError, LookupError, TypeError):
        return None
    types = tuple(map(type, seen))
    return seen if types == (int, int, str, str, str) else None


def remember(library: Path, seen: Seen) -> None:
    """Keep how a library is seen now. Nothing depends on it: where that cannot be, it is not."""
    place = _place(library)
    part = place.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.write_text(json.dumps(seen._asdict()), "utf-8")
        os.replace(part, place)


def forget(library: Path) -> None:
    """Forget a library that the program itself makes another one."""
    with suppress(OSError):
        _place(library).unlink()


def words(library: Path, loss: Loss) -> str:
    """Say what is missing, and where it may be."""
    from reader.store.backups import backups_of

    newest = next(iter(backups_of(library)), None)
    reason = (
        "what was done last is not in it. An older copy has taken its place. "
        if loss.is_older
        else "nobody deleted that many. An older copy may have taken its place. "
    )
    said = (
        f"{library}: it has {loss.now:,} annotations, and had {loss.before:,} when it was last "
        f"seen; {reason}"
    )
    if newest is None:
        return said + "There is no backup here; `reader doctor` looks at it."
    made = f"{newest.made:%Y-%m-%d %H:%M}"
    return (
        f"{said}The newest backup is of {made} (`reader backup --list`; `reader restore --from "
        "NUMBER`); `reader doctor` looks at the library, and accepts it as it is."
    )


def _place(library: Path) -> Path:
    whole = os.path.realpath(library)
    return state_folder() / "libraries" / f"{hashlib.sha256(os.fsencode(whole)).hexdigest()}.json"
