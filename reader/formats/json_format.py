"""Our JSON as a format of the registry: one document with everything."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.formats.document import FORMAT as NAME
from reader.formats.format import ExportOptions, File, Format, ImportOptions, Read
from reader.formats.json_read import parse_document
from reader.formats.json_write import write_document
from reader.formats.outgoing import Outgoing
from reader.formats.source import Part, Source

FORMAT = Format(
    name="json",
    title="JSON of this program",
    suffixes=(".json",),
    media="application/json",
    offsets="code points",
    exact=True,
    notes="Everything but the history, in one document; see docs/json-format.md.",
)
_HEAD = re.compile(rf'\s*\{{\s*"format"\s*:\s*"{NAME}"\s*,\s*"version"')


def recognises(part: Part) -> bool:
    """Tell whether a file begins as ours do."""
    return _HEAD.match(part.peek()) is not None


def read(source: Source, options: ImportOptions) -> Iterator[Read]:
    """Read each file as a document."""
    for part in source.parts:
        with part.placed():
            document = parse_document(part.read())
        yield Read(document=document, ids="exact", shown=part.shown)


def write(outgoing: Outgoing, options: ExportOptions) -> Iterator[File]:
    """Write one document, in portions of an article."""
    yield File("library.json", write_document(outgoing))
