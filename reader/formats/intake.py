"""What one or several documents bring into a library: checked, compared, taken in at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from reader.annotation.changes import Action, Change
from reader.annotation.detail_checks import is_url
from reader.annotation.ids import new_id, now
from reader.annotation.model import (
    Annotator,
    ArticleDetails,
    Record,
    Ref,
    details_of,
    ref_to,
    schema_record,
    with_details,
)
from reader.annotation.references import next_in_chain
from reader.annotation.rules import problem
from reader.annotation.schema import DEFAULT_SCHEMA, Schema
from reader.annotation.schema_changes import breaches
from reader.corpus.article import Article
from reader.errors import FormatError
from reader.formats.checks import Checks, broken
from reader.formats.contents import Contents
from reader.formats.document import Located, to_article
from reader.formats.schema_merge import merge
from reader.store.library import Library
from reader.store.spool import Spool
from reader.values import dataclass

Policy = Literal["refuse", "keep", "replace"]
"""What happens to a record that the library has in another form."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What an intake changes.

    Attributes:
        articles: Articles that are new.
        records: Records that are new.
        replaced: Articles, records, names and types that take the file's form.
        kept: Those that differ in the file and stay as they are.
    """

    articles: int
    records: int
    replaced: int
    kept: int


class Intake:
    """Documents on their way into a library; nothing is written before `commit`.

    It answers as `reader.formats.checks.Known`: the library with what was
    added so far.

    Args:
        library: Where it is to go.
        policy: What to do where the library has something else.
    """

    def __init__(self, library: Library, policy: Policy = "refuse") -> None:
        self._library = library
        self._policy = policy
        self._people = {who.id: who for who in library.people.all()}
        self._old_people = dict(self._people)
        self._schema = self._old_schema = library.schema()
        self._is_fresh = self._schema == DEFAULT_SCHEMA and library.is_empty
        self._named: dict[str, Annotator] = {}
        self._spool = Spool()
        self._differing = 0

    def text(self, article: str) -> str | None:
        """Return the text of an article, or None when there is no such article."""
        found = self._article(article)
        return None if found is None else found.text

    def has(self, ref: Ref) -> bool:
        """Tell whether there is such a record."""
        return self.kind(ref.id) == ref.kind

    def kind(self, id: str) -> str | None:
        """Return the kind of the record with this id, or None when there is none."""
        return self._spool.kind(id) or self._library.records.kind(id)

    def has_person(self, annotator: str) -> bool:
        """Tell whether there is such an annotator."""
        return annotator in self._people

    def add(self, contents: Contents) -> None:
        """Check what a file holds and add it to what is to be taken in.

        Raises:
            FormatError: If anything in it is wrong, or differs from what is there; of what
                came before that some is added then.
        """
        checks = Checks(contents, self)
        self._merge_schema(contents.schema)
        for path, person in checks.people():
            self._add_person(person, path)
        for path, data in checks.articles():
            self._add_article(to_article(data), path)
        for place in checks.records():
            self._add_record(place)
        self._check_together(contents)

    def _check_together(self, contents: Contents) -> None:
        """Check what is said of several records when all of them are there."""
        for place in contents.of_kinds(("relation",)):
            self._check_rules(place, self._record(ref_to(place.record)))
        for path, data in contents.articles():
            if data.replaces is not None:
                self._check_chain(Ref("article", data.id), f"{path}.replaces")
        for place in contents.of_kinds(("entity", "note")):
            if next_in_chain(place.record) is not None:
                self._check_chain(ref_to(place.record), place.path)

    def commit(self, name: str) -> Counts:
        """Write everything in one transaction.

        Args:
            name: Name of who imports.

        Raises:
            ConflictError: If somebody changed one of the records meanwhile.
            LibraryError: If the library cannot be written.
        """
        changes = _Changes(tuple(self._first_changes()), self._spool)
        counts = self._counts()
        author = self._author(name)
        what = f"import {counts.records} records"
        if changes or counts.articles or self._named:
            self._library.take_in(
                self._named.values(),
                self._spool.articles(),
                author,
                Action(new_id(), author.id, what, (), now()),
                changes or None,
            )
        return counts

    def _counts(self) -> Counts:
        return Counts(
            articles=self._spool.article_count,
            records=self._spool.new_count,
            replaced=self._differing if self._policy == "replace" else 0,
            kept=self._differing if self._policy == "keep" else 0,
        )

    def _first_changes(self) -> Iterator[Change]:
        """Give what changes about the schema, and about people who are here."""
        if self._schema != self._old_schema:
            yield Change(schema_record(self._old_schema), schema_record(self._schema))
        for id, person in self._named.items():
            if id in self._old_people:
                yield Change(self._old_people[id], person)

    def _author(self, name: str) -> Annotator:
        """Return who imports: known by name here, or in what comes in."""
        here = self._library.people.who(name)
        if here.id in self._old_people:
            return here
        return next((who for who in self._people.values() if who.name == name), here)

    def _article(self, id: str) -> Article | None:
        kept = self._spool.article(id)
        if kept is not None or not self._library.articles.has(id):
            return kept
        article = self._library.articles.read(id)
        change = self._spool.change(Ref("article", id))
        details = None if change is None else change.after
        return with_details(article, details) if isinstance(details, ArticleDetails) else article

    def _record(self, ref: Ref) -> Record | None:
        change = self._spool.change(ref)
        return self._library.records.get(ref) if change is None else change.after

    def _add_person(self, person: Annotator, where: str) -> None:
        known = self._people.get(person.id)
        if known == person or (known is not None and not self._takes(where, known.name)):
            return
        self._people[person.id] = self._named[person.id] = person

    def _add_article(self, article: Article, where: str) -> None:
        known = self._article(article.id)
        if known is None:
            self._spool.put_articles([article])
            return
        wanted = _as_read_here(article, known)
        if wanted == known or not self._takes(where, f"article {article.id}"):
            return
        if self._library.articles.has(article.id):
            before = details_of(self._library.articles.read(article.id))
            self._spool.put([Change(before, details_of(wanted))])
        else:
            self._spool.put_articles([wanted])

    def _add_record(self, place: Located) -> None:
        record, ref = place.record, ref_to(place.record)
        known = self._record(ref)
        if known is None or (known != record and self._takes(place.path, _named(ref))):
            earlier = self._spool.change(ref)
            self._spool.put([Change(known if earlier is None else earlier.before, record)])
            known = record
        # What a relation joins may come after it.
        if ref.kind != "relation":
            self._check_rules(place, known)

    def _check_rules(self, place: Located, record: Record | None) -> None:
        """A record obeys the library's schema, into which the document's was merged."""
        wrong = None if record is None else problem(record, self._schema, self._record)
        if wrong is not None:
            raise broken(place, wrong, "the schema of the library (`reader schema`)")

    def _check_chain(self, first: Ref, where: str) -> None:
        """Follow what hands on to another; it may not come round to where it began."""
        seen: set[Ref] = set()
        ref: Ref | None = first
        while ref is not None:
            if ref in seen:
                raise FormatError(
                    f"{where}: {first.kind} {first.id} leads back to itself; "
                    "let the last of the circle point at nothing."
                )
            seen.add(ref)
            found = self._article(ref.id) if ref.kind == "article" else self._record(ref)
            ref = None if found is None else next_in_chain(found)

    def _takes(self, where: str, what: str) -> bool:
        """Decide about something that is there in another form."""
        self._differing += 1
        if self._policy == "refuse":
            raise FormatError(
                f"{where} ({what}): differs from what the library has; choose with "
                "--on-conflict keep (the library's) or --on-conflict replace (the file's)."
            )
        return self._policy == "replace"

    def _merge_schema(self, schema: Schema) -> None:
        before = self._schema
        if schema == before and not self._is_fresh:
            return
        self._schema = schema if self._is_fresh else merge(before, schema, self._takes)
        self._is_fresh = False
        if _narrows(before, self._schema):
            for wrong in breaches(self._schema, self._library.records.used_labels(), self._record):
                raise FormatError(f"schema: in the library, {wrong} Choose --on-conflict keep.")


@dataclass(frozen=True, slots=True)
class _Changes:
    """All changes of an import, again and again.

    Attributes:
        first: Those that come first.
        others: The others.
    """

    first: tuple[Change, ...]
    others: Spool

    def __iter__(self) -> Iterator[Change]:
        yield from self.first
        yield from self.others

    def __len__(self) -> int:
        return len(self.first) + len(self.others)


def _named(ref: Ref) -> str:
    return f"{ref.kind.replace('_', ' ')} {ref.id}"


def _narrows(before: Schema, after: Schema) -> bool:
    """Tell whether a relation or attribute that was there is another now."""
    pairs = (
        (before.relation_types, after.relation_type),
        (before.attributes, after.attribute),
    )
    return any(find(row.name) not in (None, row) for rows, find in pairs for row in rows)


def _as_read_here(article: Article, known: Article) -> Article:
    """Return an article of a file, with what tells how this library came by the text.

    A web address is what somebody found out, and comes with the file.
    """
    return replace(
        article,
        source_sha256=known.source_sha256,
        encoding=known.encoding,
        bom=known.bom,
        sources=_sources(article.sources, known.sources),
        added=known.added,
    )


def _sources(given: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the paths that this library read a text from, with the web addresses of a file."""
    urls = tuple(filter(is_url, given))
    if not urls or set(urls) == set(filter(is_url, known)):
        return known
    return (*(source for source in known if not is_url(source)), *urls)
