"""What a library tells another, and how it takes in what another tells."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping

from reader.annotation.codec import decode_record, encode_record
from reader.annotation.model import KINDS, Annotator, ArticleDetails, Ref
from reader.corpus.article import Article, text_digest
from reader.corpus.folders import natural
from reader.errors import FormatError
from reader.merging.knowledge import Arrival, Deed, Knowledge, first_source
from reader.merging.resolve import Conflict, resolve
from reader.merging.steps import Json, Step, ancestors
from reader.store import (
    ancestry,
    articles,
    database,
    history,
    naming,
    refitting,
    rows,
    sameness,
    text_index,
    used_labels,
)
from reader.store.access import Stored
from reader.store.naming import FIRST_NAME, NAMED
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """What a library has already, so that it need not be told.

    Attributes:
        actions: Digests of actions, by id, see `reader.store.sameness`; None for those
            that were compared and are the same here and there.
        articles: Ids of articles.
        arrivals: Ids of arrivals.
        names: Names of annotators, by id, that no step has given them.
    """

    actions: Mapping[str, str | None]
    articles: frozenset[str]
    arrivals: frozenset[str]
    names: Mapping[str, str]

    def lacks(self, deed: Deed) -> bool:
        """Tell whether an action is not known, or not known as it is told."""
        return self.actions.get(deed.id) != sameness.print_of(deed)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came in.

    Attributes:
        articles: How many articles are new.
        actions: How many actions are new.
        records: What may have changed.
    """

    articles: int
    actions: int
    records: frozenset[Ref]


def known(connection: sqlite3.Connection) -> Known:
    """Say what a library has already."""
    people = connection.execute(f"SELECT id, name FROM annotator WHERE NOT {NAMED}")
    ids = connection.execute("SELECT id FROM article")
    return Known(
        actions=sameness.prints(connection),
        articles=frozenset(row["id"] for row in ids),
        arrivals=frozenset(arrival.id for arrival in ancestry.arrivals(connection)),
        names={row["id"]: row["name"] for row in people},
    )


_SIGNED = ("annotator", "created_by", "updated_by")
"""Fields of records that name a person."""

_BEYOND = 2**20
"""How far a clock may be above the number of actions: some may not have arrived."""

_NOTHING = Known({}, frozenset(), frozenset(), {})


def tell(connection: sqlite3.Connection, had: Known = _NOTHING) -> Knowledge:
    """Return what a library knows that another has not got, or has got otherwise."""
    equal = {id for id, digest in had.actions.items() if digest is None}
    if len(equal) < len(had.actions):
        own = sameness.prints(connection)
        equal |= {id for id, digest in had.actions.items() if own.get(id) == digest}
    deeds = _deeds(connection, "NOT IN", equal)
    # As they began, so that what is told of somebody stays the same; the rest steps say.
    people = connection.execute(f"SELECT id, {FIRST_NAME} AS name FROM annotator ORDER BY id")
    new = [row["id"] for row in connection.execute("SELECT id FROM article ORDER BY id")]
    return Knowledge(
        annotators=tuple(Annotator(row["id"], row["name"]) for row in people),
        texts={id: _text(connection, id) for id in new if id not in had.articles},
        arrivals=tuple(a for a in ancestry.arrivals(connection) if a.id not in had.arrivals),
        deeds=deeds,
    )


def _deeds(connection: sqlite3.Connection, which: str, ids: Collection[str]) -> tuple[Deed, ...]:
    """Read the actions that are `IN` some, or `NOT IN` them."""
    steps: dict[str, list[Step]] = {}
    wanted = f"action {which} (SELECT value FROM json_each(?))"
    for step in ancestry.read_steps(connection, wanted, (json.dumps(sorted(ids)),)):
        steps.setdefault(step.action, []).append(step)
    chosen, inside = frozenset(ids), which == "IN"
    entries = (e for e in history.entries(connection) if (e.id in chosen) is inside)
    return tuple(_deed(entry, tuple(steps.get(entry.id, ()))) for entry in entries)


def take_in(connection: sqlite3.Connection, told: Knowledge) -> Taken:
    """Take in what another library knows. Needs an open transaction.

    Raises:
        DifferingError: If it tells of an action something else than what is known here.
        FormatError: If it builds on what neither library has.
    """
    had = known(connection)
    _refuse_differing(connection, told.deeds, had)
    deeds = [deed for deed in told.deeds if deed.id not in had.actions]
    _refuse_removals(deeds)
    for annotator in told.annotators:
        naming.hear(connection, annotator)
    arrived = _take_arrivals(connection, told, had)
    touched = {_ref(step) for deed in deeds for step in deed.steps}
    for ref in touched:
        if ref.kind == "article":
            ancestry.keep_arrival(connection, ref.id)
    _require(connection, deeds)
    touched |= {Ref("article", id) for id in arrived}
    new = frozenset(told.texts) - had.articles
    try:
        for deed in sorted(deeds, key=lambda deed: (deed.clock, deed.id)):
            _keep_deed(connection, deed)
        looked_at = refitting.settle(connection, touched)
    except LookupError as error:
        raise _incomplete(str(error)) from error
    except ValueError as error:
        raise FormatError(f"its history is in no order: {error}.") from error
    used_labels.complete(connection)
    text_index.update(connection)
    return Taken(len(new), len(deeds), looked_at)


def _refuse_differing(
    connection: sqlite3.Connection, told: Iterable[Deed], had: Known, parts: Iterable[Deed] = ()
) -> None:
    """Make sure that what is known already is told as it is known.

    Raises:
        DifferingError: Naming what differs.
        FormatError: If a clock is one that no history leads to.
    """
    _check_clocks(told, had)
    doubtful = [deed for deed in told if deed.id in had.actions and had.lacks(deed)]
    doubtful += (deed for deed in parts if deed.id in had.actions)
    if doubtful:
        own = _deeds(connection, "IN", [deed.id for deed in doubtful])
        sameness.refuse_differing({deed.id: deed for deed in own}, doubtful)


def _refuse_removals(deeds: Iterable[Deed]) -> None:
    """Make sure that nothing is taken out that every library has.

    Raises:
        FormatError: Naming the step.
    """
    for step in (step for deed in deeds for step in deed.steps):
        if step.kind not in KINDS and step.after is None:
            raise FormatError(f"step {step.id} removes {step.kind} {step.record}, which stays.")


def _check_clocks(told: Iterable[Deed], had: Known) -> None:
    """Make sure that no clock is beyond what can have happened.

    Each action sets it one higher than all that were known, so that it never
    passes their number; the next of our own would be higher than a wrong one.

    Raises:
        FormatError: Naming the action.
    """
    new = [deed for deed in told if deed.id not in had.actions]
    last = max(new, key=lambda deed: deed.clock, default=None)
    count = len(had.actions) + len(new)
    if last is not None and last.clock > count + _BEYOND:
        raise FormatError(
            f"action {last.id} has the clock {last.clock}, and there are {count} actions in all; "
            "something else than this program wrote it."
        )


def _text(connection: sqlite3.Connection, id: str) -> str:
    row = connection.execute("SELECT text FROM article WHERE id = ?", (id,)).fetchone()
    return str(row["text"])


def _deed(entry: history.Entry, steps: tuple[Step, ...]) -> Deed:
    return Deed(
        id=entry.id,
        clock=entry.clock,
        annotator=entry.annotator,
        mode=entry.mode,
        target=entry.target,
        what=entry.what,
        place=entry.place,
        created=entry.created,
        steps=steps,
    )


def _take_arrivals(connection: sqlite3.Connection, told: Knowledge, had: Known) -> frozenset[str]:
    """Store articles and the ways they came; return the ids of those that came another way."""
    changed = set()
    by_article: dict[str, list[Arrival]] = {}
    for arrival in told.arrivals:
        if arrival.id not in had.arrivals:
            by_article.setdefault(arrival.article, []).append(arrival)
    for id, new in sorted(by_article.items(), key=_as_added):
        if id in had.articles:
            ancestry.keep_arrival(connection, id)
            changed.add(id)
        elif id not in told.texts:
            raise _incomplete(f"the text of article {id}")
        else:
            articles.add_article(connection, _article(told.texts[id], new[0]))
            if len(new) > 1:
                changed.add(id)
        if id in changed:
            for arrival in new:
                ancestry.write_arrival(connection, arrival)
            _write_source(connection, id)
    return frozenset(changed)


def _as_added(item: tuple[str, list[Arrival]]) -> tuple[Json, ...]:
    """Order articles as they were added elsewhere, those of one second by what they came from."""
    id, arrivals = item
    first = min(arrivals, key=lambda arrival: arrival.source.added)
    return first.source.added, [natural(source) for source in first.details["sources"]], id


def _article(text: str, arrival: Arrival) -> Article:
    details = decode_record("article", arrival.details, f"article {arrival.article}")
    assert isinstance(details, ArticleDetails)
    digest = text_digest(text)
    fields = {name: getattr(details, name) for name in type(details).__dataclass_fields__}
    source = arrival.source
    return Article(
        **fields,
        text=text,
        text_sha256=digest,
        source_sha256=source.source_sha256,
        encoding=source.encoding,
        bom=source.bom,
        added=source.added,
    )


def _write_source(connection: sqlite3.Connection, id: str) -> None:
    source = first_source(arrival.source for arrival in ancestry.arrivals(connection, (id,)))
    connection.execute(
        "UPDATE article SET added = ?, source_sha256 = ?, encoding = ?, bom = ? WHERE id = ?",
        (source.added, source.source_sha256, source.encoding, int(source.bom), id),
    )


def _require(connection: sqlite3.Connection, deeds: Collection[Deed]) -> None:
    """Make sure that what is built upon is here or comes along.

    Raises:
        FormatError: If it does not.
    """
    here = {step.id for deed in deeds for step in deed.steps}
    parents = {parent for deed in deeds for step in deed.steps for parent in step.parents}
    for id in _absent(connection, parents - here, ("history", "arrival")):
        raise _incomplete(f"step {id}")
    targets = {deed.target for deed in deeds if deed.target} - {deed.id for deed in deeds}
    for id in _absent(connection, targets, ("action",)):
        raise _incomplete(f"action {id}")
    for id in _absent(connection, set(_people(deeds)), ("annotator",)):
        raise _incomplete(f"annotator {id}")


def _people(deeds: Iterable[Deed]) -> Iterator[str]:
    """Give who did it, and whose the records are, which may be others after an import."""
    for deed in deeds:
        yield deed.annotator
        for step in deed.steps:
            if step.kind == "annotator":
                yield step.record
            named = ((step.after or {}).get(key) for key in _SIGNED)
            yield from (id for id in named if isinstance(id, str))


def _absent(
    connection: sqlite3.Connection, ids: Iterable[str], tables: Iterable[str]
) -> Iterator[str]:
    """Give the ids that none of the tables has."""
    nowhere = " AND ".join(
        f'NOT EXISTS (SELECT 1 FROM "{table}" WHERE id = value)' for table in tables
    )
    query = f"SELECT value FROM json_each(?) WHERE {nowhere}"
    yield from (row[0] for row in connection.execute(query, (json.dumps(sorted(ids)),)))


def _incomplete(what: str) -> FormatError:
    return FormatError(f"it builds on {what}, which is neither here nor there.")


def _keep_deed(connection: sqlite3.Connection, deed: Deed) -> None:
    place = deed.place
    where = (place.article, place.start, place.end) if place else (None, None, None)
    connection.execute(
        "INSERT INTO action VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(deed.id, deed.clock, deed.annotator, deed.mode, deed.target, deed.what),
            *(*where, deed.created),
        ),
    )
    for position, step in enumerate(deed.steps):
        before, after = _before(connection, step), step.after
        connection.execute(
            "INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(step.id, step.action, position, step.kind, step.record),
                *(data if data is None else rows.dump(data) for data in (before, after)),
                *(rows.dump(step.parents), rows.dump(step.settled)),
            ),
        )


def _before(connection: sqlite3.Connection, step: Step) -> Json | None:
    """Return what a step was made upon: what its parents, and all before them, say together."""
    if not step.parents:
        return _beginning(step)
    steps = ancestry.steps_of(connection, _ref(step))
    found = resolve(ancestors(steps, step.parents))
    # What was there only because something referred to it was deleted by its own steps.
    return found.last if step.after is None else found.after


def _beginning(step: Step) -> Json | None:
    """Return what was there before the first step of a record."""
    if step.kind == "annotator":
        # It only keeps the name that somebody began with.
        return step.after
    return encode_record(ancestry.first_schema()) if step.kind == "schema" else None


def _ref(step: Step) -> Ref:
    return Ref(step.kind, step.record)


class Exchange(Stored):
    """What libraries tell each other, for one of them."""

    def known(self) -> Known:
        """Say what the library has already."""
        with database.snapshot(self._connection, self._path):
            return known(self._connection)

    def tell(self, had: Known = _NOTHING) -> Knowledge:
        """Return what the library knows and another has not got."""
        with database.snapshot(self._connection, self._path):
            return tell(self._connection, had)

    def check(self, told: Knowledge, parts: Iterable[Deed] = ()) -> bool:
        """Tell whether the library lacks any of what others know.

        Args:
            told: What they know.
            parts: Actions of which they tell a part; none of it is news.

        Raises:
            DifferingError: If an action is known here with another content.
            FormatError: If a clock is one that no history leads to.
        """
        with database.snapshot(self._connection, self._path):
            had = known(self._connection)
            _refuse_differing(self._connection, told.deeds, had, parts)
        return (
            any(deed.id not in had.actions for deed in told.deeds)
            or any(arrival.id not in had.arrivals for arrival in told.arrivals)
            or any(each.name < had.names.get(each.id, "") for each in told.annotators)
        )

    def take_in(self, told: Knowledge) -> Taken:
        """Take in what other libraries know, in one transaction; nothing new writes nothing.

        Raises:
            DifferingError: If an action is known here with another content.
            FormatError: If it builds on what is neither here nor there; nothing is changed then.
            LibraryError: If the library cannot be written.
        """
        if not self.check(told):
            return Taken(0, 0, frozenset())
        with self._access.transaction() as connection:
            return take_in(connection, told)

    def homes(self, records: Collection[str]) -> Mapping[str, str]:
        """Return the articles that records belong to, also deleted ones, by their ids."""
        query = (
            "SELECT DISTINCT record, CASE kind WHEN 'article' THEN record"
            " ELSE json_extract(after, '$.article') END AS home FROM history"
            " WHERE after NOT NULL AND home NOT NULL"
            " AND record IN (SELECT value FROM json_each(?))"
        )
        with database.explained(self._path):
            rows = self._connection.execute(query, (json.dumps(sorted(records)),))
            return {row["record"]: row["home"] for row in rows}

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return what people gave different values without knowing of each other."""
        with database.snapshot(self._connection, self._path):
            return refitting.conflicts(self._connection)
