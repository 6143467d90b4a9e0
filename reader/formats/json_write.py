"""Write a library, or some of its articles, as JSON.

The same library gives the same bytes: fixed order of articles, records and
fields, and nothing in it that tells when it was written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from reader.annotation.codec import encode
from reader.annotation.model import Claim, Entity, Note, Record, Relation
from reader.formats.document import article_json, from_article, head
from reader.formats.selection import Selection, select
from reader.store.library import Library

# Written as escapes, though JSON would let them stand: what some terminals obey
# (DEL, C1), what some tools end a line at, and what reorders a whole line of JSON.
_UNSAFE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def write_json(
    library: Library, chosen: Collection[str] | None = None, *, removed: bool = False
) -> Iterator[str]:
    """Give the document in portions, one article at a time.

    Args:
        library: The library to export; it is read in one steady state.
        chosen: Ids of the articles to export with all they refer to, or None
            for everything.
        removed: Whether everything has the removed articles too.

    Raises:
        LibraryError: If the library cannot be read, or lacks one of the articles.
    """
    with library.steady():
        selection = select(library, chosen, removed=removed)
        yield dump(head(selection.schema), 0)[: -len("\n}")]
        yield from _member("annotators", map(encode, selection.annotators))
        yield from _member("articles", _articles(library, selection))
        for name, cls in (
            ("entities", Entity),
            ("claims", Claim),
            ("relations", Relation),
            ("notes", Note),
        ):
            yield from _member(name, _of(selection.shared, cls))
        yield "\n}\n"


def _articles(library: Library, selection: Selection) -> Iterator[dict[str, Any]]:
    for id in selection.articles:
        records = library.own_records(id) if id in selection.annotated else ()
        yield article_json(from_article(library.article(id), records))


def _of(records: Iterable[Record], cls: type[Record]) -> Iterator[Any]:
    return (encode(record) for record in records if isinstance(record, cls))


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
    escaped = _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", written)
    return escaped.replace("\n", "\n" + " " * indent)
