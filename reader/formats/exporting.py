"""An export: the library, or some articles, written in a format, and what that could not hold."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import cast

from reader.formats.format import ExportOptions, Reading, Writing
from reader.formats.loss import Loss, declared, read_back
from reader.formats.outgoing import Outgoing
from reader.formats.outputs import Sink, opened
from reader.formats.registry import writer_of
from reader.store.library import Library

Report = Callable[[Iterator[Loss]], None]
"""Is given what is lost, one by one, before the export gets its name."""


def write_out(
    library: Library,
    output: str,
    name: str,
    articles: Collection[str] | None = None,
    *,
    removed: bool = False,
    bom: bool = False,
    report: Report | None = None,
) -> int:
    """Write the library, or some articles with all they refer to; return how many bytes.

    Args:
        library: What is written.
        output: A file, a folder or a `.zip`; `-` is standard output.
        name: Name of the format.
        articles: Ids of articles, or None for all.
        removed: Whether the removed articles are written too.
        bom: Whether a table begins with a byte-order mark.
        report: Is told what the format could not hold; None to not look for it.

    Raises:
        ReaderError: If it cannot be written; what was there before is left as it was.
        UsageError: If there is no such format.
        LibraryError: If the library cannot be read.
    """
    module = writer_of(name)
    with opened(output, library.path, folder=module.FORMAT.per_article) as sink, library.steady():
        outgoing = Outgoing.of_library(library, articles, removed=removed)
        for file in module.write(outgoing, ExportOptions(bom=bom)):
            sink.take(file)
        if report is not None:
            report(_losses(module, sink, outgoing))
    return sink.size


def _losses(module: Writing, sink: Sink, outgoing: Outgoing) -> Iterator[Loss]:
    if not module.FORMAT.reads:
        return declared(module.FORMAT, outgoing)
    return read_back(cast(Reading, module), sink.parts(), outgoing)
