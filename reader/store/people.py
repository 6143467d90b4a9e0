"""Who annotates in a library: found by name or id, and what each has done."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from reader.annotation.model import Annotator
from reader.errors import UsageError
from reader.patterns import pattern

_ID = pattern(r"[0-9A-HJKMNP-TV-Z]{6,26}", re.IGNORECASE)
"""An id, or the beginning of one: what is shorter is sooner a name."""

_WHOLE = pattern(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")

_SHOWN = 10
"""Characters of an id that tell it from others as a rule."""

_MARKS = {
    "mentions": "mention",
    "claims": "claim_mention",
    "attributions": "attribution",
    "notes": "note",
    "relations": "relation",
}


class Activity(NamedTuple):
    """What an annotator has done.

    Attributes:
        id: The annotator's id.
        name: The annotator's name.
        articles: Articles in which something of the annotator's is marked.
        mentions: Mentions.
        claims: Claim mentions.
        attributions: Attributions.
        notes: Notes.
        relations: Relations.
        finished: Articles that are done, reviewed or skipped.
        last: When the annotator last did something (ISO 8601, UTC), or "".
    """

    id: str
    name: str
    articles: int
    mentions: int
    claims: int
    attributions: int
    notes: int
    relations: int
    finished: int
    last: str

    @property
    def marks(self) -> int:
        """All that is the annotator's own."""
        return self.mentions + self.claims + self.attributions + self.notes + self.relations


def find(
    people: Sequence[Annotator], said: str, own: Sequence[str], option: str = "--annotator"
) -> Annotator | None:
    """Return whom a name or the beginning of an id means; None for somebody new.

    Args:
        people: Who is known in the library.
        said: The name or id.
        own: Ids that this user has had under that name, the last one first.
        option: Where it was said, for messages.

    Raises:
        UsageError: If it may mean several, or is the id of nobody.
    """
    known = {each.id: each for each in people}
    if own:
        return next((known[id] for id in own if id in known), Annotator(own[0], said))
    named = [each for each in people if each.name == said]
    if len(named) == 1:
        return named[0]
    found = named or [
        each for each in people if _ID.fullmatch(said) and each.id.startswith(said.upper())
    ]
    if len(found) > 1:
        raise UsageError(
            f"{said!r} may be any of {len(found)} annotators: {', '.join(map(_shown, found))}; "
            f"give the beginning of an id to {option} (see `reader annotators`)."
        )
    if not found and _WHOLE.fullmatch(said):
        raise UsageError(f"{said}: no annotator has this id here; see `reader annotators`.")
    return found[0] if found else None


def namesake(
    connection: sqlite3.Connection, people: Sequence[Annotator], who: Annotator
) -> Annotator | None:
    """Return who may be the same as somebody who is new here; None for nobody.

    Somebody whose name differs in nothing but case, width, form or blanks (NFKC), or who
    had such a name before being called otherwise.

    Args:
        connection: The library.
        people: Who is known in it.
        who: Who acts or is to act.
    """
    if any(each.id == who.id for each in people):
        return None
    wanted, known = _same(who.name), {each.id: each for each in people}
    now = (each for each in people if _same(each.name) == wanted)
    return next(now, None) or next(
        (known[id] for id, name in _former(connection) if id in known and _same(name) == wanted),
        None,
    )


def _same(name: str) -> str:
    """Return what two ways to type one name have in common."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def _former(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Give the names that people had before, with their ids."""
    query = (
        "SELECT before FROM history WHERE record IN (SELECT id FROM annotator)"
        " AND kind = 'annotator' AND before IS NOT NULL ORDER BY id DESC"
    )
    for (before,) in connection.execute(query):
        was = json.loads(before)
        yield was["id"], was["name"]


def newcomer_words(who: Annotator, other: Annotator) -> str:
    """Say in one line that somebody begins who may be known already, and what helps.

    Args:
        who: Who is new.
        other: Who may be the same.
    """
    same = _same(who.name) == _same(other.name)
    known = f"“{other.name}” has {'worked in it' if same else 'had this name in it before'}"
    return (
        f"“{who.name}” is somebody new in this library, and {known}; "
        f"if that is you: --annotator {shlex.quote(other.name)}."
    )


def _shown(annotator: Annotator) -> str:
    return f"{annotator.name} ({annotator.id[:_SHOWN]})"


def read_activity(connection: sqlite3.Connection) -> tuple[Activity, ...]:
    """Count what each annotator has done, who came first first."""
    counts = {
        name: _pairs(connection, f"SELECT annotator, count(*) FROM {table} GROUP BY annotator")
        for name, table in _MARKS.items()
    }
    articles = _pairs(connection, _ARTICLES)
    finished = _pairs(connection, _FINISHED)
    last = _pairs(connection, "SELECT annotator, max(created) FROM action GROUP BY annotator")
    people = connection.execute("SELECT id, name FROM annotator ORDER BY id").fetchall()
    return tuple(
        Activity(
            id=id,
            name=name,
            articles=articles.get(id, 0),
            **{kind: found.get(id, 0) for kind, found in counts.items()},
            finished=finished.get(id, 0),
            last=last.get(id) or "",
        )
        for id, name in people
    )


_ARTICLES = """
    SELECT annotator, count(DISTINCT article) FROM (
        SELECT annotator, span.article AS article FROM mention
            JOIN span ON span.record = mention.id
        UNION ALL SELECT annotator, span.article FROM claim_mention
            JOIN span ON span.record = claim_mention.id
        UNION ALL SELECT annotator, article FROM attribution)
    GROUP BY annotator
"""
_FINISHED = (
    "SELECT annotator, count(*) FROM status WHERE value IN ('done', 'reviewed', 'skipped')"
    " GROUP BY annotator"
)


def _pairs(connection: sqlite3.Connection, query: str) -> dict[str, Any]:
    return {row[0]: row[1] for row in connection.execute(query)}
