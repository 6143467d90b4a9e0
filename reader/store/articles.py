"""Articles as rows and back, and the list of a library's articles."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple, get_args

from reader.annotation.model import Annotator, ArticleDetails, details_of, with_details
from reader.corpus.article import Article, Direction, Role, RoleRange, display_title
from reader.errors import ConflictError
from reader.store.damage import DAMAGE, damaged
from reader.values import dataclass

Shown = Literal["present", "removed", "all"]
"""Which articles a list has: those that are not removed, those that are, or both."""


class ArticleEntry(NamedTuple):
    """One row of the list of articles; a tuple, because there may be very many of them.

    Attributes:
        id: Id of the article.
        title: Its headline, or the first words of its body.
        title_marked: Whether the title is only the first words.
        language: Language code, `und` when unknown.
        language_confidence: From 0 to 1.
        direction: `ltr` or `rtl`.
        status: How far the annotator who asks is with it.
        mentions: Mentions in it, of all annotators.
        claims: Claim mentions in it, of all annotators.
        notes: Notes in it, of all annotators.
        characters: Length in code points.
        added: When it was added (ISO 8601, UTC).
        tags: Collections it belongs to; `@` and an id for who it is assigned to.
        removed: Whether it was taken out of the list.
        own_mentions: Mentions of the annotator who asks.
        own_claims: Claim mentions of the annotator who asks.
        own_notes: Notes of the annotator who asks.
    """

    id: str
    title: str
    title_marked: bool
    language: str
    language_confidence: float
    direction: str
    status: str
    mentions: int
    claims: int
    notes: int
    characters: int
    added: str
    tags: tuple[str, ...]
    removed: bool = False
    own_mentions: int = 0
    own_claims: int = 0
    own_notes: int = 0


@dataclass(frozen=True, slots=True)
class ArticleLinks:
    """What an article points at.

    Attributes:
        replaces: Id of the version it replaces, or None.
        updated_by: Id of the annotator who changed what is known about it last, or None.
    """

    replaces: str | None
    updated_by: str | None


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What a search looks at in an article, and shows of it.

    Attributes:
        id: Id of the article.
        title: Its headline, or the first words of its body.
        title_marked: Whether the title is only the first words.
        language: Language code, `und` when unknown.
        direction: `ltr` or `rtl`.
        text: The stored text.
    """

    id: str
    title: str
    title_marked: bool
    language: str
    direction: str
    text: str


_COLUMNS = (
    *("id", "language", "language_confidence", "language_method", "direction", "publisher"),
    *("published", "encoding", "text_sha256", "source_sha256", "replaces", "added"),
    *("updated", "updated_by", "text"),
)
_MAY_BE_MISSING = frozenset(("publisher", "published", "replaces", "updated", "updated_by"))

_LISTED = (
    *("id", "heading", "heading_marked", "language", "language_confidence", "direction"),
    *("characters", "added", "tags", "removed"),
)
_LIST = f"SELECT {', '.join(_LISTED)} FROM article"
_ORDER = "ORDER BY added, rowid"
_REMOVED: dict[Shown, str] = {"present": "WHERE NOT removed", "removed": "WHERE removed", "all": ""}
_STATUSES = "SELECT article, value FROM status WHERE annotator = ?"
_EVERY_STATUS = "SELECT article, annotator, value FROM status"
_SPANS = "SELECT article, count(*) FROM span WHERE part = ? GROUP BY article"
_NOTES = "SELECT article, count(*) FROM note GROUP BY article"
# In the order of the ids, in which the spans are found faster than in any other.
_MENTIONS_OF = (
    "SELECT span.article, count(*) FROM"
    " (SELECT id FROM mention WHERE annotator = ? ORDER BY id) AS own"
    " CROSS JOIN span ON span.record = own.id AND span.part = 'mention' GROUP BY span.article"
)
_CLAIMS_OF = (
    "SELECT span.article, count(*) FROM"
    " (SELECT id FROM claim_mention WHERE annotator = ? ORDER BY id) AS own"
    " CROSS JOIN span ON span.record = own.id AND span.part = 'claim' GROUP BY span.article"
)
_NOTES_OF = (
    "SELECT article, count(*) FROM note WHERE annotator = ? AND article IS NOT NULL"
    " GROUP BY article"
)


def list_articles(
    connection: sqlite3.Connection, annotator: str, shown: Shown = "present"
) -> tuple[ArticleEntry, ...]:
    """List the articles in the order in which they were added."""
    cursor = connection.cursor()
    # Plain tuples, and each table once: there may be very many articles.
    cursor.row_factory = None
    every = _Counts(
        dict(cursor.execute(_SPANS, ("mention",))),
        dict(cursor.execute(_SPANS, ("claim",))),
        dict(cursor.execute(_NOTES)),
    )
    # Who works alone need not be told from others, which takes longer than to count.
    people = [id for (id,) in cursor.execute("SELECT id FROM annotator LIMIT 2")]
    own = every if people == [annotator] else _counts_of(cursor, annotator)
    statuses = dict(cursor.execute(_STATUSES, (annotator,)))
    marked = _Marked(statuses, every, own, _Assignments(connection))
    rows = cursor.execute(f"{_LIST} {_REMOVED[shown]} {_ORDER}")
    return tuple(_entry(row, *marked) for row in rows)


def read_marked_by(connection: sqlite3.Connection, annotator: str) -> dict[str, int]:
    """Count the mentions, claims and notes of an annotator by the article."""
    cursor = connection.cursor()
    cursor.row_factory = None
    found: Counter[str] = Counter()
    for counts in _counts_of(cursor, annotator):
        found.update(counts)
    return dict(found)


class _Counts(NamedTuple):
    """How much is marked in the articles, by their ids."""

    mentions: dict[str, int]
    claims: dict[str, int]
    notes: dict[str, int]

    def of(self, article: str) -> tuple[int, int, int]:
        return (
            self.mentions.get(article, 0),
            self.claims.get(article, 0),
            self.notes.get(article, 0),
        )


def _counts_of(cursor: sqlite3.Cursor, annotator: str) -> _Counts:
    who = (annotator,)
    return _Counts(
        dict(cursor.execute(_MENTIONS_OF, who)),
        dict(cursor.execute(_CLAIMS_OF, who)),
        dict(cursor.execute(_NOTES_OF, who)),
    )


class _Marked(NamedTuple):
    """What there is in the articles, by their ids."""

    statuses: dict[str, str | None]
    every: _Counts
    own: _Counts
    assignments: _Assignments


class _Assignments:
    """Knows the tags of articles by the ids of people, where they hold names."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._people: list[Annotator] | None = None

    def by_id(self, tags: tuple[str, ...]) -> tuple[str, ...]:
        """Return tags with ids in place of names that are known."""
        from reader.annotation.assignments import by_id

        if self._people is None:
            rows = self._connection.execute("SELECT id, name FROM annotator ORDER BY id")
            self._people = [Annotator(*row) for row in rows]
        return by_id(tags, self._people)


def read_statuses(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """Read how far everybody is, by article and annotator."""
    found: dict[str, dict[str, str]] = {}
    for article, annotator, value in connection.execute(_EVERY_STATUS):
        found.setdefault(article, {})[annotator] = value
    return found


def read_links(connection: sqlite3.Connection) -> dict[str, ArticleLinks]:
    """Read what the articles point at, by id."""
    rows = connection.execute("SELECT id, replaces, updated_by FROM article")
    return {row["id"]: ArticleLinks(row["replaces"], row["updated_by"]) for row in rows}


def read_sources(connection: sqlite3.Connection) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the id of each article, and where it came from, in the order of the ids."""
    try:
        for id, sources in connection.execute("SELECT id, sources FROM article ORDER BY id"):
            yield id, tuple(json.loads(sources))
    except DAMAGE as error:
        raise damaged("sources of the articles", error) from error


_NEWER = """
    WITH RECURSIVE later (id, removed) AS (
        SELECT id, removed FROM article WHERE replaces = ?
        UNION SELECT article.id, article.removed FROM article JOIN later ON replaces = later.id)
    SELECT id FROM later WHERE NOT removed ORDER BY id LIMIT 1
"""


def read_newer(connection: sqlite3.Connection, id: str) -> str | None:
    """Return the listed article that replaces one, or a later version of it; None for none."""
    row = connection.execute(_NEWER, (id,)).fetchone()
    return None if row is None else str(row[0])


def read_article(connection: sqlite3.Connection, id: str) -> Article | None:
    """Read one article, or None when there is none with this id."""
    row = connection.execute("SELECT * FROM article WHERE id = ?", (id,)).fetchone()
    if row is None:
        return None
    try:
        article = _article(row, _read_roles(connection, id))
        _check(article)
    except DAMAGE as error:
        raise damaged(f"article {id}", error) from error
    return article


def read_details(
    connection: sqlite3.Connection, where: str = "1", values: Iterable[Any] = ()
) -> list[ArticleDetails]:
    """Read what can be changed about the articles that a condition of ours picks, by id."""
    ids = connection.execute(f"SELECT id FROM article WHERE {where} ORDER BY id", tuple(values))
    articles = (read_article(connection, row["id"]) for row in ids.fetchall())
    return [details_of(article) for article in articles if article is not None]


def write_details(connection: sqlite3.Connection, details: ArticleDetails) -> None:
    """Store what is known about an article that is there; its text stays.

    Raises:
        ConflictError: If there is no such article.
    """
    known = read_article(connection, details.id)
    if known is None:
        raise ConflictError("The text of this article is not in the library; nothing was changed.")
    row = _row(with_details(known, details))
    del row["text"]
    updates = ", ".join(f"{name} = :{name}" for name in row)
    connection.execute(f"UPDATE article SET {updates} WHERE id = :id", row)
    if details.roles != known.roles:
        connection.execute("DELETE FROM role WHERE article = ?", (details.id,))
        _add_roles(connection, details.id, details.roles)


def read_sharing(connection: sqlite3.Connection, article: str) -> tuple[tuple[str, int], ...]:
    """Return the articles that name entities which one names too, and how many of these."""
    found = connection.execute(
        "SELECT span.article, count(DISTINCT mention.entity) FROM mention"
        " JOIN span ON span.record = mention.id AND span.part = 'mention'"
        " WHERE mention.entity IN (SELECT entity FROM mention WHERE entity IS NOT NULL AND id IN"
        " (SELECT record FROM span WHERE article = ? AND part = 'mention'))"
        " AND span.article != ? GROUP BY span.article",
        (article, article),
    )
    return tuple((row[0], row[1]) for row in found)


def _read_roles(connection: sqlite3.Connection, id: str) -> tuple[RoleRange, ...]:
    rows = connection.execute(
        'SELECT start, "end", role FROM role WHERE article = ? ORDER BY start', (id,)
    )
    return tuple(RoleRange(*row) for row in rows)


def read_text(connection: sqlite3.Connection, id: str) -> ArticleText | None:
    """Read what a search looks at, or None when there is no article with this id."""
    wanted = "SELECT heading, heading_marked, language, direction, text FROM article WHERE id = ?"
    row = connection.execute(wanted, (id,)).fetchone()
    if row is None:
        return None
    title, marked, *others = row
    return ArticleText(id, title, bool(marked), *others)


def _article(row: sqlite3.Row, roles: tuple[RoleRange, ...]) -> Article:
    start, end = row["title_start"], row["title_end"]
    return Article(
        **{name: row[name] for name in _COLUMNS},
        bom=bool(row["bom"]),
        sources=tuple(json.loads(row["sources"])),
        tags=tuple(json.loads(row["tags"])),
        title=None if start is None else (start, end),
        heading=row["typed_heading"],
        removed=bool(row["removed"]),
        roles=roles,
    )


def _check(article: Article) -> None:
    """Look for what the library never writes, and what readers of an article rely on."""
    missing = [name for name in _COLUMNS if getattr(article, name) is None]
    if missing and not set(missing) <= _MAY_BE_MISSING:
        raise ValueError(f"its {missing[0]} is missing")
    if article.direction not in get_args(Direction):
        raise ValueError(f"its direction is {article.direction!r}")
    if any(role.role not in get_args(Role) for role in article.roles):
        raise ValueError("a part of it has no known role")
    ranges = [(role.start, role.end) for role in article.roles]
    ranges += [article.title] if article.title else []
    if not all(0 <= start < end <= len(article.text) for start, end in ranges):
        raise ValueError("a part of it leaves its text")


def add_article(connection: sqlite3.Connection, article: Article) -> bool:
    """Store a new article; False when the library has this text already."""
    known = "SELECT 1 FROM article WHERE id = ?"
    if connection.execute(known, (article.id,)).fetchone():
        return False
    row = _row(article)
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO article ({names}) VALUES ({marks})", row)
    _add_roles(connection, article.id, article.roles)
    return True


def _row(article: Article) -> dict[str, Any]:
    heading, marked = display_title(article)
    return {name: getattr(article, name) for name in _COLUMNS} | {
        "bom": int(article.bom),
        "sources": json.dumps(article.sources, ensure_ascii=False),
        "tags": json.dumps(article.tags, ensure_ascii=False),
        "title_start": article.title[0] if article.title else None,
        "title_end": article.title[1] if article.title else None,
        "heading": heading,
        "heading_marked": int(marked),
        "typed_heading": article.heading,
        "removed": int(article.removed),
        "characters": len(article.text),
    }


def _add_roles(connection: sqlite3.Connection, id: str, roles: Iterable[RoleRange]) -> None:
    connection.executemany(
        "INSERT INTO role VALUES (?, ?, ?, ?)",
        [(id, role.start, role.end, role.role) for role in roles],
    )


def _entry(
    row: tuple[Any, ...],
    statuses: Mapping[str, str | None],
    every: _Counts,
    own: _Counts,
    assignments: _Assignments,
) -> ArticleEntry:
    id, title, marked, language, confidence, direction, characters, added, tags, removed = row
    try:
        if None in row:
            raise ValueError(f"its {_LISTED[row.index(None)]} is missing")
        return ArticleEntry(
            *(id, title, bool(marked), language, confidence, direction),
            *(statuses.get(id) or "new", *every.of(id)),
            *(characters, added, _tags(tags, assignments), bool(removed)),
            *own.of(id),
        )
    except DAMAGE as error:
        raise damaged(f"article {id}", error) from error


def _tags(stored: str, assignments: _Assignments) -> tuple[str, ...]:
    """Return the tags of an article, those of people by their ids."""
    if stored == "[]":
        return ()
    tags = tuple(json.loads(stored))
    return assignments.by_id(tags) if '"@' in stored else tags
