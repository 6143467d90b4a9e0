"""An import: the format of each file is found, all is read and checked, then taken in at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from reader.annotation.ids import now
from reader.annotation.schema import Schema
from reader.corpus.folders import Own, left_out, nobodys
from reader.errors import ConflictError, FormatError
from reader.formats.catalogue import LibraryCatalogue
from reader.formats.contents import InMemory
from reader.formats.format import ImportOptions, Reading, Unresolved
from reader.formats.intake import Counts, Intake, Policy
from reader.formats.matching import Matching
from reader.formats.offsets import Unit
from reader.formats.registry import reader_of, recognise, unrecognised
from reader.formats.source import Part, Source, parts_at
from reader.store.library import Library
from reader.values import dataclass

_NOTHING = "Nothing was imported."
_AGAIN = "Import once more: what has come into the library meanwhile is left as it is."


@dataclass(frozen=True, slots=True)
class Given:
    """One argument of an import.

    Attributes:
        shown: What messages call it.
        parts: Its files.
        loose: Whether it is one file, not a folder or an archive.
        left_out: What was left out of it, a line for each reason.
    """

    shown: str
    parts: tuple[Part, ...]
    loose: bool
    left_out: tuple[str, ...] = ()


def given_at(path: Path, shown: str, own: Own = nobodys) -> Given:
    """Return what is at a path: a file, a folder or an archive.

    Args:
        path: What was named.
        shown: What messages call it.
        own: Tells which files belong to the library it goes to; they are not read.

    Raises:
        FormatError: If it cannot be read, or is the library.
    """
    skipped: dict[str, list[str]] = {}

    def skip(name: str, why: str) -> None:
        skipped.setdefault(why, []).append(name)

    try:
        parts = parts_at(path, shown, skip, own)
    except FormatError as error:
        told = "".join(f" L{line[1:]}." for line in left_out(skipped))
        raise FormatError(f"{error.message}{told}") from error
    loose = len(parts) == 1 and parts[0].shown == shown
    return Given(shown, parts, loose, tuple(left_out(skipped)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How to import.

    Attributes:
        format: Name of the format, or None to recognise it.
        offsets: What offsets count, or None to find out.
        labels: New names of labels by old ones.
        policy: What to do with what the library has in another form.
    """

    format: str | None = None
    offsets: Unit | None = None
    labels: Mapping[str, str] | None = None
    policy: Policy = "refuse"


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did.

    Attributes:
        counts: What it changed.
        unresolved: What found no place, with the file.
        notices: Lines to tell.
    """

    counts: Counts
    unresolved: tuple[tuple[str, Unresolved], ...]
    notices: tuple[str, ...]


def take_in(
    library: Library,
    given: Iterable[Given],
    annotator: str,
    wishes: Wishes,
    told: Callable[[], None] = lambda: None,
) -> Taken:
    """Take files into a library: all of them or nothing.

    Args:
        library: Where they are to go.
        given: What was named.
        annotator: Name of who imports.
        wishes: How to do it.
        told: Called after each article that was read.

    Raises:
        FormatError: Naming the file, the place and the cure; nothing is imported then.
        UsageError: If there is no such format.
        ConflictError: If somebody changed one of the records meanwhile.
        LibraryError: If the library cannot be read or written.
    """
    with library.steady():
        taking = _Taking(library, annotator, wishes, told)
        try:
            arguments = tuple(given)
            taking.tell(line for each in arguments for line in each.left_out)
            for module, source in plan(arguments, wishes.format, LibraryCatalogue(library)):
                taking.take(module, source)
        except FormatError as error:
            raise FormatError(f"{error.message} {_NOTHING}") from error
    return taking.commit()


class _Taking:
    """One import under way."""

    def __init__(
        self, library: Library, annotator: str, wishes: Wishes, told: Callable[[], None]
    ) -> None:
        self._library = library
        self._told = told
        self._name = annotator
        self._intake = Intake(library, wishes.policy)
        self._unresolved: list[tuple[str, Unresolved]] = []
        self._notices: list[str] = []
        self._options = ImportOptions(
            annotator=library.people.who(annotator),
            moment=now(),
            offsets=wishes.offsets,
            labels=wishes.labels,
            schema=library.schema(),
            told=told,
        )

    def tell(self, notices: Iterable[str]) -> None:
        """Take what is to be told when all is done."""
        self._notices += notices

    def take(self, module: Reading, source: Source) -> None:
        """Read a source, and add what it holds to what is to be taken in."""
        matching = Matching(self._library)
        if source.passed_over:
            self._notices.append(
                f"{source.shown}: {len(source.passed_over)} files of no known format were passed "
                f"over, for example {source.passed_over[0]}."
            )
        for read in module.read(source, self._options):
            shown = read.shown or source.shown
            try:
                self._intake.add(read.contents or InMemory(matching.match(read.document, read.ids)))
            except FormatError as error:
                raise FormatError(f"{shown}: {read.placed(error.message)}") from error
            for _ in read.document.articles:
                self._told()
            self._unresolved += ((shown, item) for item in read.unresolved)
            self._notices += (f"{shown}: {notice}" for notice in read.notices)
            if read.ids != "exact":
                self._tell_new_types(shown, read.document.schema)

    def commit(self) -> Taken:
        """Write everything in one transaction."""
        try:
            counts = self._intake.commit(self._name)
        except ConflictError as error:
            raise ConflictError(f"{error.message} {_AGAIN}") from error
        return Taken(counts, tuple(self._unresolved), tuple(self._notices))

    def _tell_new_types(self, shown: str, schema: Schema) -> None:
        known = self._options.schema
        entity = {kind.name: kind.title for kind in schema.entity_types}
        relation = {kind.name: kind.title for kind in schema.relation_types}
        new = {name: entity[name] for name in entity if known.entity_type(name) is None}
        new |= {name: relation[name] for name in relation if known.relation_type(name) is None}
        for name, label in new.items():
            self._notices.append(
                f"{shown}: the type {name} joins the schema, for the label “{label}”; "
                f"--map {label}=TYPE takes one that is there."
            )
        said = [row for row in schema.attributes if known.attribute(row.name) is None]
        for row in said:
            self._notices.append(
                f"{shown}: the attribute {row.name} joins the schema, for “{row.title}”; "
                f"--map {row.title}=NAME takes one that is there."
            )
        if schema != known:
            # It is told once, and is there for the next file.
            self._options = replace(self._options, schema=schema)


def plan(
    given: Iterable[Given], name: str | None, articles: LibraryCatalogue
) -> Iterator[tuple[Reading, Source]]:
    """Say which format reads what; loose files of one format are read together.

    Raises:
        FormatError: If a format is not recognised, or several are in one file.
        UsageError: If there is no such format.
    """
    arguments = tuple(given)
    loose = tuple(part for each in arguments if each.loose for part in each.parts)
    if loose:
        shown = loose[0].shown if len(loose) == 1 else "the files"
        yield from _plan(shown, loose, name, articles, loose=True)
    for each in arguments:
        if not each.loose:
            yield from _plan(each.shown, _offered(each, name), name, articles)


def _plan(
    shown: str,
    parts: tuple[Part, ...],
    name: str | None,
    articles: LibraryCatalogue,
    *,
    loose: bool = False,
) -> Iterator[tuple[Reading, Source]]:
    if name is not None:
        yield reader_of(name), Source(shown, parts, articles)
        return
    found = recognise(parts, shown)
    if found.unknown and loose:
        raise unrecognised(found.unknown[:1], found.unknown[0].shown)
    for module, own in found.known:
        yield module, Source(shown, own, articles, tuple(part.shown for part in found.unknown))


def _offered(each: Given, name: str | None) -> tuple[Part, ...]:
    """Return the files of a folder that may be of the format."""
    if name is None:
        return each.parts
    about = reader_of(name).FORMAT
    parts = tuple(part for part in each.parts if part.suffix in about.suffixes + about.companions)
    if not parts:
        raise FormatError(
            f"{each.shown}: no file of the format {name} is in it ({', '.join(about.suffixes)}); "
            "name another."
        )
    return parts
