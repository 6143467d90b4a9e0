"""What a library knows about its claims: all of them as a list, and one with all around it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from reader.annotation.model import Record
from reader.annotation.schema import Meaning
from reader.annotation.speakers import Spoken
from reader.store import rows
from reader.store.labels import read_schema
from reader.store.touched import Touched


class MadeHere(NamedTuple):
    """A place where a claim is made; a tuple, because there may be very many of them.

    Attributes:
        id: Id of the claim mention.
        article: Id of its article.
        language: Language code of the article.
        claimant: Id of the claimant's entity (of two that were merged, the one kept), or "".
        epistemic: What the claimant believes.
        polarity: Whether the sentence affirms or refutes the claim.
        mode: Asserted, denied, questioned, hypothetical.
        check_worthy: Whether it is worth a check.
    """

    id: str
    article: str
    language: str
    claimant: str
    epistemic: str
    polarity: str
    mode: str
    check_worthy: str


class ClaimEntry(NamedTuple):
    """One row of the list of claims.

    Attributes:
        id: Id of the claim.
        text: The normalised statement.
        language: Language code of the statement.
        gloss: The statement in a second language, or "".
        topic: What it is about, or "".
        type: Event, numerical, quote, causal, position.
        verdict: What a check has found.
        updated: When it was changed last.
        evidence: Whether there is evidence for or against it.
        made: Where it is made, in articles that are not removed.
    """

    id: str
    text: str
    language: str
    gloss: str
    topic: str
    type: str
    verdict: str
    updated: str
    evidence: bool
    made: tuple[MadeHere, ...]


class Link(NamedTuple):
    """A relation between two claims, or between mentions of two claims.

    Attributes:
        meaning: What its type says of them, by the schema.
        source: Id of the claim where it begins.
        target: Id of the claim where it ends.
    """

    meaning: Meaning
    source: str
    target: str


class Claims(NamedTuple):
    """All claims of a library.

    Attributes:
        entries: The claims, by id; those made only in removed articles are left out.
        links: The relations between them.
        names: Names of the claimants, by id.
    """

    entries: tuple[ClaimEntry, ...]
    links: tuple[Link, ...]
    names: Mapping[str, str]


_CLAIMS = (
    "SELECT id, text, language, gloss, topic, type, verdict, updated, evidence != '[]'"
    " FROM claim WHERE {} ORDER BY id"
)
_MENTIONS = (
    "SELECT m.id, m.claim, s.article, m.claimant, m.epistemic, m.polarity, m.mode, m.check_worthy"
    " FROM claim_mention AS m JOIN span AS s ON s.record = m.id AND s.part = 'claim'"
    " WHERE m.claim IS NOT NULL AND {} ORDER BY m.id"
)
_OF_CLAIMS = ("claim", "claim_mention", "relation", "entity", "article", "schema")
"""Kinds of record that say something about the list of claims."""
_PRESENT = "SELECT id, language FROM article WHERE NOT removed"
_OWNERS = (
    "SELECT id, claim FROM claim_mention WHERE claim IS NOT NULL AND id IN (SELECT source_id FROM"
    " relation WHERE source_kind = 'claim_mention' UNION ALL SELECT target_id FROM relation"
    " WHERE target_kind = 'claim_mention')"
)
_ENTITIES = "SELECT id, name, merged_into FROM entity"
_RELATIONS = (
    "SELECT type, source_id, target_id FROM relation WHERE source_kind IN ('claim',"
    " 'claim_mention') AND target_kind IN ('claim', 'claim_mention') ORDER BY id"
)


_MADE_IN = (
    "SELECT DISTINCT m.claim FROM span AS s JOIN claim_mention AS m ON m.id = s.record"
    " WHERE s.part = 'claim' AND m.claim IS NOT NULL"
    " AND s.article IN (SELECT value FROM json_each(?))"
)
_MADE_BY = (
    "SELECT DISTINCT claim FROM claim_mention"
    " WHERE claim IS NOT NULL AND claimant IN (SELECT value FROM json_each(?))"
)
_AMONG = "{} IN (SELECT value FROM json_each(?))"


def read_claims(
    connection: sqlite3.Connection, where: str = "{} NOT NULL", values: Sequence[str] = ()
) -> Claims:
    """List the claims, with where they are made and what relates them.

    Args:
        connection: Where they are read.
        where: A condition of ours on ids of claims, with `{}` in their place.
        values: What the condition asks for.
    """
    cursor = connection.cursor()
    # Plain tuples, and each table once: there may be very many claims.
    cursor.row_factory = None
    people = _People(cursor.execute(_ENTITIES))
    entries = tuple(_entries(cursor, people, where, values))
    return _claims(cursor, people, entries)


def read_changed(
    connection: sqlite3.Connection, known: Claims, touched: Sequence[Touched]
) -> Claims:
    """List the claims anew: reads those alone that may be other than before.

    Args:
        connection: Where they are read.
        known: What was read before.
        touched: What has changed since.

    Returns:
        The same claims, when nothing has changed about them.
    """
    kinds = {each.kind for each in touched}
    if kinds.isdisjoint(_OF_CLAIMS):
        return known
    cursor = connection.cursor()
    cursor.row_factory = None
    people = _People(cursor.execute(_ENTITIES))
    ids = [json.dumps(sorted(_changed(cursor, people, touched)))]
    anew = {entry.id: entry for entry in _entries(cursor, people, _AMONG, ids)}
    gone = set(json.loads(ids[0])) - anew.keys()
    kept = {entry.id: anew.get(entry.id, entry) for entry in known.entries if entry.id not in gone}
    if anew.keys() <= kept.keys():
        return _claims(cursor, people, tuple(kept.values()))
    return _claims(cursor, people, tuple(entry for _, entry in sorted((kept | anew).items())))


def _changed(cursor: sqlite3.Cursor, people: _People, touched: Iterable[Touched]) -> set[str]:
    """Return the ids of the claims that may be other than before."""
    found, articles, merged = set[str](), set[str](), set[str]()
    for each in touched:
        if each.kind == "claim":
            found.add(each.id)
        elif each.kind == "claim_mention":
            found |= each.either("claim")
        elif each.kind == "article":
            articles.add(each.id)
        elif each.kind == "entity" and each.differs("merged_into"):
            merged |= each.either("merged_into") | {each.id}
    for asking, ids in ((_MADE_IN, articles), (_MADE_BY, people.same_as(merged))):
        if ids:
            found |= {row[0] for row in cursor.execute(asking, (json.dumps(sorted(ids)),))}
    return found


def _entries(
    cursor: sqlite3.Cursor, people: _People, where: str, values: Sequence[str]
) -> Iterator[ClaimEntry]:
    """Read claims with where they are made, but for those made only in removed articles."""
    mentions = cursor.execute(_MENTIONS.format(where.format("m.claim")), values).fetchall()
    made, owners = _read_made(cursor, mentions, people)
    for row in cursor.execute(_CLAIMS.format(where.format("id")), values).fetchall():
        if made.get(row[0]) or row[0] not in owners:
            yield ClaimEntry._make((*row[:8], bool(row[8]), tuple(made.get(row[0], ()))))


def _claims(cursor: sqlite3.Cursor, people: _People, entries: tuple[ClaimEntry, ...]) -> Claims:
    """Put to some claims what relates them, and the names of the claimants."""
    owners = dict(cursor.execute(_OWNERS))
    known = {entry.id for entry in entries}
    meaning = read_schema(cursor.connection).meaning
    links = tuple(_links(cursor.execute(_RELATIONS), owners, known, meaning))
    claimants = {mention.claimant for entry in entries for mention in entry.made}
    return Claims(entries, links, {id: people.name(id) for id in claimants if id})


class _People:
    """The entities by id, for the names of claimants."""

    def __init__(self, rows: Iterable[tuple[str, str, str | None]]) -> None:
        self._rows = {id: (name, into) for id, name, into in rows}

    def one(self, id: str | None) -> str:
        """Return the id of the entity that one was merged into, or its own; "" for none."""
        passed = set[str]()
        while id is not None and id not in passed:
            passed.add(id)
            into = self._rows[id][1] if id in self._rows else None
            if into is None:
                return id
            id = into
        return id or ""

    def same_as(self, ids: set[str]) -> set[str]:
        """Return the entities that are one with some, which perhaps were so before only."""
        ends = set(map(self.one, ids))
        return ids | {id for id in self._rows if self.one(id) in ends} if ids else ids

    def name(self, id: str) -> str:
        return self._rows[id][0] if id in self._rows else ""


def _read_made(
    cursor: sqlite3.Cursor, mentions: Iterable[tuple[str, ...]], people: _People
) -> tuple[dict[str, list[MadeHere]], dict[str, str]]:
    """Return the places by claim, and of every claim made anywhere and its mentions, the claim."""
    languages = dict(cursor.execute(_PRESENT))
    made: dict[str, list[MadeHere]] = {}
    owners: dict[str, str] = {}
    for id, claim, article, claimant, *how in mentions:
        owners[id] = owners[claim] = claim
        if article in languages:
            place = MadeHere(id, article, languages[article], people.one(claimant), *how)
            made.setdefault(claim, []).append(place)
    return made, owners


def _links(
    relations: Iterable[tuple[str, str, str]],
    owners: Mapping[str, str],
    known: set[str],
    meaning: Callable[[str], Meaning],
) -> Iterator[Link]:
    """Give the relations between listed claims; one between mentions is one of their claims."""
    for type, source, target in relations:
        ends = owners.get(source, source), owners.get(target, target)
        if known.issuperset(ends):
            yield Link(meaning(type), *ends)


def read_same(connection: sqlite3.Connection, claim: str) -> Claims:
    """List the claims that say the same as one, and what these are related to.

    Args:
        connection: Where they are read.
        claim: Id of the one.
    """
    meaning = read_schema(connection).meaning
    cursor = connection.cursor()
    cursor.row_factory = None
    owners = dict(cursor.execute(_OWNERS))
    pairs = [
        (kind, owners.get(source, source), owners.get(target, target))
        for kind, source, target in cursor.execute(_RELATIONS)
    ]
    same, due = {claim}, [claim]
    bound: dict[str, list[str]] = {}
    for kind, source, target in pairs:
        if meaning(kind) == "same":
            bound.setdefault(source, []).append(target)
            bound.setdefault(target, []).append(source)
    while due:
        new = [id for id in bound.get(due.pop(), ()) if id not in same]
        same.update(new)
        due += new
    beside = {id for _, *ends in pairs if not same.isdisjoint(ends) for id in ends}
    ids = sorted(same | beside)
    return read_claims(connection, _AMONG, [json.dumps(ids)])


def read_about(connection: sqlite3.Connection, claims: Sequence[str]) -> list[Record]:
    """Read claims with all that refers to them, in all articles, and all that this refers to.

    These are their mentions with attributions, relations with what is at the other
    ends, notes on any of these, and the entities that they name.
    """
    marks = ", ".join("?" * len(claims))
    own = f"SELECT id FROM claim WHERE id IN ({marks})"
    mentions = f"SELECT id FROM claim_mention WHERE claim IN ({marks})"
    ends = f"{own} UNION ALL {mentions}"
    touching = f"SELECT id FROM relation WHERE source_id IN ({ends}) OR target_id IN ({ends})"
    both = f"SELECT source_id FROM relation WHERE target_id IN ({ends})"
    both += f" UNION ALL SELECT target_id FROM relation WHERE source_id IN ({ends})"
    wanted = {
        "claim": f"{own} UNION ALL {both}",
        "claim_mention": f"{mentions} UNION ALL {both}",
        "attribution": "SELECT attribution FROM claim_mention"
        f" WHERE id IN ({mentions} UNION ALL {both})",
        "relation": touching,
        "note": f"SELECT id FROM note WHERE on_id IN ({ends} UNION ALL {touching})",
    }
    found: list[Record] = []
    for kind, ids in wanted.items():
        values = tuple(claims) * ids.count(f"({marks})")
        found += rows.read_where(connection, kind, f"id IN ({ids})", values)
    return found + _entities(connection, found)


def _entities(connection: sqlite3.Connection, records: Iterable[Any]) -> list[Record]:
    """Read the entities that records name, and those that these were merged into."""
    names = ("claimant", "affiliation", "place", "source_entity")
    due = {id for r in records for name in names if (id := getattr(r, name, None))}
    found: list[Record] = []
    read = set[str]()
    while due:
        read |= due
        for portion in _portions(sorted(due)):
            marks = ", ".join("?" * len(portion))
            found += rows.read_where(connection, "entity", f"id IN ({marks})", portion)
        due = {id for each in found if (id := getattr(each, "merged_into", None))} - read
    return found


def _portions(ids: Sequence[str], size: int = 500) -> Iterator[tuple[str, ...]]:
    """Cut ids into as many as SQLite takes at a time."""
    for start in range(0, len(ids), size):
        yield tuple(ids[start : start + size])


_SPOKEN = """
    SELECT claimant.type, affiliation.type, count(*) FROM claim_mention
    JOIN entity AS claimant ON claimant.id = claim_mention.claimant
    LEFT JOIN entity AS affiliation ON affiliation.id = claim_mention.affiliation
    GROUP BY claimant.type, affiliation.type ORDER BY 1, 2
"""


def read_spoken(connection: sqlite3.Connection) -> tuple[Spoken, ...]:
    """Count the claim mentions by the types of who makes them, and of whom that speaks for."""
    return tuple(Spoken(*row) for row in connection.execute(_SPOKEN))
