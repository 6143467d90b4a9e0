"""Adding to a library: what is new, what is there already, what is a new version."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from reader.annotation.alignment import Alignment
from reader.annotation.carrying import Carried, succeeded
from reader.annotation.model import Annotator
from reader.corpus.article import Article, article_id
from reader.corpus.kinds import TABLES, kind_by_name
from reader.corpus.loading import Wishes, doubts, make_article, read_manuscripts, read_table
from reader.corpus.manuscript import Manuscript, digest_of
from reader.corpus.sources import Source
from reader.errors import ArticleError
from reader.store.known import KnownArticle
from reader.store.library import Library
from reader.values import dataclass
from reader.work.versions import replace_article

What = Literal["added", "version", "apart", "known", "removed", "older"]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A text that was read.

    Attributes:
        name: What messages call its source.
        article: The article, or None when the library has it.
        known: The one that the library has, or None.
        keys: Sources by which an earlier version of it would be known.
        doubts: What the user is told about it.
    """

    name: str
    article: Article | None
    known: KnownArticle | None = None
    keys: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a text.

    Attributes:
        name: What messages call its source.
        what: Added; as a new version; apart, since it shares too little with
            what its source held before; known already; known, but removed by
            somebody; known as an older version.
        id: Id of the article: the new one, or the one that is known.
        article: The article that is new in the list, or None.
        other: Id of the version before, or of the one after, or "".
        carried: What became of the marks in the version before, or None.
    """

    name: str
    what: What
    id: str
    article: Article | None = None
    other: str = ""
    carried: Carried | None = None


class Additions:
    """One run of adding.

    Args:
        library: Where to.
        annotator: Who adds, if something is to be carried over.
        wishes: What is known about the files.
        apart: Whether changed files are articles of their own.
        told: Is told which columns of tables were taken for what.
    """

    def __init__(
        self,
        library: Library,
        annotator: Callable[[], Annotator],
        wishes: Wishes,
        *,
        apart: bool = False,
        told: Callable[[str], None],
    ) -> None:
        self._library = library
        self._annotator = annotator
        self._wishes = wishes
        self._apart = apart
        self._told = told
        self._known = library.articles.known()

    @property
    def count(self) -> int:
        """How many articles there are, as far as is known here."""
        return len(self._known)

    def learn(self) -> None:
        """Look again at what the library has."""
        self._known = self._library.articles.known()

    def read(self, source: Source) -> Iterator[Arrival | ArticleError]:
        """Read the texts of a source; known ones are told by their bytes.

        Raises:
            ArticleError: If nothing can be read.
            UsageError: If there is no such encoding or language.
        """
        digest, manuscripts = self._manuscripts(source)
        known = self._known_bytes(digest)
        if known is not None:
            yield Arrival(source.name, None, known)
            return
        place = self._place(source)
        for found in manuscripts:
            yield found if isinstance(found, ArticleError) else self._arrival(source, place, found)

    def _manuscripts(self, source: Source) -> tuple[str, Iterator[Manuscript | ArticleError]]:
        """The digest of a source, and its texts: of a table in UTF-8 one after the other."""
        wishes, told = self._wishes, self._told
        is_utf_8 = wishes.encoding is None or wishes.encoding.lower() in ("utf-8", "utf8")
        surveyed = source.survey() if is_utf_8 and _may_be_a_table(source, wishes) else None
        if surveyed is not None:
            rows = read_table(surveyed, source.name, wishes, told)
            if rows is not None:
                return surveyed.digest, rows
        data = source.read()
        return digest_of(data), read_manuscripts(data, source.name, wishes, told)

    def _known_bytes(self, digest: str) -> KnownArticle | None:
        """The article of these bytes, unless the user wants them read in another way."""
        wishes = self._wishes
        if wishes.kind or wishes.encoding or wishes.columns:
            return None
        known = self._known.with_digest(digest)
        return None if known is not None and self._is_to_return(known) else known

    def _arrival(self, source: Source, place: str, found: Manuscript) -> Arrival:
        name = f"{source.name}{found.part}"
        known = self._known_bytes(found.digest) or self._known.with_id(article_id(found.text))
        if known is not None and not self._is_to_return(known):
            return Arrival(name, None, known)
        own = f"{place}{found.part}"
        article = make_article(found, tuple(filter(None, (own, found.url))))
        keys = [own] if found.tracked and source.path is not None else []
        keys += [found.url] if _names_an_article(found.url) else []
        return Arrival(name, article, None, tuple(keys), doubts(found))

    def _is_to_return(self, known: KnownArticle) -> bool:
        """Whether a new version was undone, and its old one is in the list."""
        before = self._known.with_id(known.replaces or "")
        return known.removed and before is not None and not before.removed

    def _place(self, source: Source) -> str:
        """A source's path as seen from the library, so that both can move together."""
        shown = str(source.path)
        if source.path is None or not source.name.startswith(shown):
            # Standard input, or a name that no text can hold.
            return source.name
        try:
            path = os.path.relpath(source.path, self._library.path.absolute().parent)
        except ValueError:
            # Another drive: there is no way from here to there.
            path = str(source.path.absolute())
        return Path(path).as_posix() + source.name[len(shown) :]

    def store(self, arrivals: Sequence[Arrival]) -> Iterator[Outcome]:
        """Put what is new into the library: all new articles at once, each version by itself.

        Raises:
            LibraryError: If the library cannot be written.
        """
        fresh: list[Arrival] = []
        others: list[Arrival] = []
        seen: set[str] = set()
        for arrival in arrivals:
            is_fresh = self._before(arrival) is None and seen.isdisjoint(arrival.keys)
            (fresh if is_fresh or self._apart else others).append(arrival)
            seen.update(arrival.keys)
        yield from self._added(fresh)
        for arrival in others:
            # Another of this run may be the version before, or the same text.
            here = self._known.with_id(arrival.article.id) if arrival.article else None
            known = self._before(arrival)
            if known is None:
                yield from self._added([arrival])
            elif here is not None and not self._is_to_return(here):
                yield self._there(arrival.name, here)
            else:
                yield self._version(arrival, known)

    def _before(self, arrival: Arrival) -> KnownArticle | None:
        """The article that a text may be a new version of."""
        if arrival.article is None or self._apart:
            return None
        here = self._known.with_id(arrival.article.id)
        if here is not None and here.replaces is not None:
            return self._known.with_id(here.replaces)
        found = map(self._known.with_source, arrival.keys)
        return next((known for known in found if known is not None), None)

    def _added(self, arrivals: Iterable[Arrival]) -> Iterator[Outcome]:
        chosen = tuple(arrivals)
        new = {each.article.id: each.article for each in chosen if each.article is not None}
        # Nothing new is nothing to write, so that a library at rest is left alone.
        flags = self._library.add_articles(new.values()) if new else ()
        added = {id for id, is_new in zip(new, flags, strict=True) if is_new}
        if len(added) < len(new):
            # Another window has added some of it meanwhile.
            self.learn()
        for arrival in chosen:
            article = arrival.article
            if article is not None and article.id in added:
                added.remove(article.id)
                self._known.know(_known(article))
                yield Outcome(arrival.name, "added", article.id, article)
            else:
                known = arrival.known or self._known.with_id(article.id if article else "")
                assert known is not None
                yield self._there(arrival.name, known)

    def _there(self, name: str, known: KnownArticle) -> Outcome:
        newer = self._known.newest(known.id)
        what: What = "known"
        if known.removed:
            what = "older" if newer else "removed"
        return Outcome(name, what, known.id, other=newer)

    def _version(self, arrival: Arrival, known: KnownArticle) -> Outcome:
        assert arrival.article is not None
        if known.removed:
            # The user did not want the article; what became of it is his to say.
            return Outcome(arrival.name, "removed", known.id, other=arrival.article.id)
        old = self._library.articles.read(known.id)
        alignment = Alignment(old.text, arrival.article.text)
        if not alignment.is_same and self._known.with_id(arrival.article.id) is None:
            outcome = next(self._added([arrival]))
            return Outcome(arrival.name, "apart", outcome.id, outcome.article, old.id)
        new = succeeded(old, arrival.article)
        if self._known.with_id(new.id) is not None:
            new = self._library.articles.read(new.id)
        carried = replace_article(self._library, self._annotator(), old, new, alignment)
        article = self._library.articles.read(new.id)
        self._known.know(known._replace(removed=True))
        self._known.know(_known(article))
        return Outcome(arrival.name, "version", article.id, article, old.id, carried)


def _known(article: Article) -> KnownArticle:
    return KnownArticle(
        article.id, article.source_sha256, article.sources, article.removed, article.replaces
    )


def _may_be_a_table(source: Source, wishes: Wishes) -> bool:
    """Whether it is worth looking through a file before it is read."""
    kind = wishes.kind or kind_by_name(source.name)
    return kind in TABLES


def _names_an_article(url: str) -> bool:
    """Whether a web address is more than that of a site, which many pages may name."""
    return bool(url.partition("://")[2].partition("/")[2].strip("/"))
