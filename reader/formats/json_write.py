"""Write a library, or some of its articles, as JSON.

The same library gives the same bytes: fixed order of articles, records and
fields, and nothing in it that tells when it was written.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from reader.annotation.codec import encode
from reader.formats.document import article_json, head
from reader.formats.json_values import escape
from reader.formats.outgoing import Outgoing
from reader.store.library import Library


def write_json(
    library: Library, chosen: Collection[str] | None = None, *, removed: bool = False
) -> Iterator[str]:
    """Give the document of a library in portions, one article at a time.

    Args:
        library: The library to export; it is read in one steady state.
        chosen: Ids of the articles to export with all they refer to, or None
            for everything.
        removed: Whether everything has the removed articles too.

    Raises:
        LibraryError: If the library cannot be read, or lacks one of the articles.
    """
    with library.steady():
        yield from write_document(Outgoing.of_library(library, chosen, removed=removed))


def write_document(outgoing: Outgoing) -> Iterator[str]:
    """Give a document in portions, one article at a time."""
    yield dump(head(outgoing.schema), 0)[: -len("\n}")]
    yield from _member("annotators", map(encode, outgoing.annotators))
    yield from _member("articles", map(article_json, outgoing.articles))
    for name in ("entities", "claims", "relations", "notes"):
        yield from _member(name, map(encode, getattr(outgoing, name)))
    yield "\n}\n"


def _member(name: str, rows: Iterable[Any]) -> Iterator[str]:
    """Write a list as a further field of the document, as `json.dump` would set it out."""
    yield f',\n  "{name}": ['
    before, after = "\n", "]"
    for row in rows:
        yield f"{before}    {dump(row, 4)}"
        before, after = ",\n", "\n  ]"
    yield after


def dump(value: Any, indent: int = 0) -> str:
    """Write a value as the document has it, all lines after the first by `indent` blanks in."""
    written = json.dumps(value, ensure_ascii=False, indent=2)
    return escape(written).replace("\n", "\n" + " " * indent)
