"""What a format is, and what goes in and out of one.

A module of a format has `FORMAT`; to be read, `recognises` and `read`; to be
written, `write`. `reader.formats.registry` names the modules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, Protocol

from reader.annotation.model import Annotator
from reader.annotation.schema import DEFAULT_SCHEMA, Schema
from reader.formats.contents import Contents
from reader.formats.document import Document
from reader.formats.offsets import Unit
from reader.formats.outgoing import Outgoing
from reader.formats.source import Part, Source
from reader.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of files.

    Attributes:
        name: What `--format` says.
        title: What people call it, and whose it is.
        suffixes: Endings of its files, the usual one first.
        media: Its media type.
        offsets: What its offsets count, in words for people.
        reads: Whether it can be imported.
        writes: Whether it can be exported.
        per_article: Whether each article is a file, or several; then an export is a folder.
        exact: Whether it holds everything, as its tests prove: an export is not read back.
        companions: Endings of files that are read along with its own.
        lacks: What it cannot hold, each with the reason: `kind`, `kind.field`, `kind.*` or
            `*.field`.
        partly: What it holds in some cases only, written likewise.
        notes: What else to know, for people.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    media: str
    offsets: str
    reads: bool = True
    writes: bool = True
    per_article: bool = False
    exact: bool = False
    companions: tuple[str, ...] = ()
    lacks: tuple[tuple[str, str], ...] = ()
    partly: tuple[tuple[str, str], ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What whoever imports has said, and what the library has.

    Attributes:
        annotator: Who gets the records of a format that names nobody.
        moment: The time of the import, for records of a format without times.
        offsets: What offsets count, if it was said.
        labels: New name by old one, for labels of other tools.
        schema: The library's types.
        told: Called after each article by what reads several before it gives anything.
    """

    annotator: Annotator
    moment: str
    offsets: Unit | None = None
    labels: Mapping[str, str] | None = None
    schema: Schema = DEFAULT_SCHEMA
    told: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How to write.

    Attributes:
        bom: Whether a table begins with a byte-order mark, as spreadsheets like it.
    """

    bom: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """A file of an export.

    Attributes:
        name: Its path in the folder or archive, with `/` between folders.
        portions: Its content, to be gone through once.
    """

    name: str
    portions: Iterable[str | bytes]


@dataclass(frozen=True, slots=True)
class Unresolved:
    """An item of a file that found no place; it is told, and left out.

    Attributes:
        where: The place in the file, for example `line 3` or `[2].annotations[0]`.
        item: The item, in few words.
        reason: Why.
    """

    where: str
    item: str
    reason: str


Ids = Literal["exact", "kept", "derived"]
_NOTHING = Document(Schema((), ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read: whole articles, each with all that the source says of it.

    Attributes:
        document: What comes in.
        contents: What comes in instead, with exact ids, where it may be more than should be held.
        unresolved: What found no place.
        notices: Lines for whoever imports, for example what was passed over.
        ids: What the ids of records are: `exact`, where a record is all that it was
            when it was exported; `kept`, where it has its id and may lack some of the
            rest; `derived` (`reader.annotation.ids.derived_id`) where the format has
            none. All but the exact ones are compared with the library.
        shown: What messages call the file, if the source has several.
        places: Where in the file what stands, by its path in the document
            (`articles[0].mentions[3]`); errors then name that place.
    """

    document: Document = _NOTHING
    contents: Contents | None = None
    unresolved: tuple[Unresolved, ...] = ()
    notices: tuple[str, ...] = ()
    ids: Ids = "derived"
    shown: str = ""
    places: Mapping[str, str] | None = None

    def whole(self) -> Document:
        """Return what comes in at once; for what is known to be small."""
        return self.document if self.contents is None else self.contents.document()

    def placed(self, message: str) -> str:
        """Put the place in the file before a message that begins with one in the document."""
        found = _PATH.match(message)
        place = (self.places or {}).get(found[0]) if found else None
        return message if found is None or place is None else place + message[found.end() :]


_PATH = re.compile(r"\w+\[\d+\](?:\.\w+\[\d+\])?")


class Reading(Protocol):
    """A module that reads a format."""

    FORMAT: Format

    def recognises(self, part: Part) -> bool:
        """Tell whether a file is of this format, from its name and `part.peek()`."""

    def read(self, source: Source, options: ImportOptions) -> Iterator[Read]:
        """Read a source.

        Raises:
            FormatError: One line: the place, what is wrong, the cure; the file is put before it
                where `source.text(part)` or `part.placed()` is used.
        """


class Writing(Protocol):
    """A module that writes a format."""

    FORMAT: Format

    def write(self, outgoing: Outgoing, options: ExportOptions) -> Iterator[File]:
        """Give the files of an export, one after the other."""
