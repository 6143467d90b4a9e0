"""The formats by name. The module of each is loaded when it is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import NamedTuple, cast

from reader.errors import FormatError, UsageError
from reader.formats.format import Format, Reading, Writing
from reader.formats.source import Part

MODULES = {
    "json": "json_format",
    "jsonl": "jsonl",
    "w3c": "w3c",
    "csv-mentions": "csv_mentions",
    "csv-claims": "csv_claims",
    "brat": "brat",
    "doccano": "doccano",
    "label-studio": "label_studio",
    "spacy": "spacy",
    "cas": "cas",
    "conllu": "conllu",
    "conll2003": "conll2003",
    "html": "html_page",
    "markdown": "markdown",
}
"""Modules of this package by the name of their format, in the order of lists."""


def formats() -> tuple[Format, ...]:
    """Return all formats, and load the modules of all."""
    return tuple(_module(name).FORMAT for name in MODULES)


def format_named(name: str) -> Format:
    """Return a format.

    Raises:
        UsageError: If there is none of this name.
    """
    return _module(name).FORMAT


def reader_of(name: str) -> Reading:
    """Return the module that reads a format.

    Raises:
        UsageError: If there is none, or none that is read.
    """
    module = _module(name)
    if not module.FORMAT.reads:
        raise UsageError(f"{name} is a format to export only; see `reader formats`.")
    return cast(Reading, module)


def writer_of(name: str) -> Writing:
    """Return the module that writes a format.

    Raises:
        UsageError: If there is none, or none that is written.
    """
    module = _module(name)
    if not module.FORMAT.writes:
        raise UsageError(f"{name} is a format to import only; see `reader formats`.")
    return module


class Recognised(NamedTuple):
    """Files by their format.

    Attributes:
        known: The modules, each with the files that it reads.
        unknown: The files that none reads.
    """

    known: tuple[tuple[Reading, tuple[Part, ...]], ...]
    unknown: tuple[Part, ...]


def recognise(parts: Iterable[Part], shown: str) -> Recognised:
    """Find the format of each file from what it begins with.

    Files that no format knows go with one that reads such files along, for
    example the text beside a file of annotations.

    Args:
        parts: The files.
        shown: What messages call them all.

    Raises:
        FormatError: If no format is recognised, or several in one file; it names `--format`.
    """
    found: dict[str, list[Part]] = {}
    unknown: list[Part] = []
    for part in parts:
        names = [module.FORMAT.name for module in _recognising(part)]
        if len(names) > 1:
            several = " or ".join(names)
            raise FormatError(f"{part.shown}: it may be {several}; say which with --format.")
        (found.setdefault(names[0], []) if names else unknown).append(part)
    if not found:
        raise unrecognised(unknown, shown)
    for name, own in found.items():
        companions = format_named(name).companions
        own += (part for part in unknown if part.suffix in companions)
        unknown = [part for part in unknown if part.suffix not in companions]
    known = tuple((reader_of(name), tuple(own)) for name, own in found.items())
    return Recognised(known, tuple(unknown))


def unrecognised(parts: Iterable[Part], shown: str) -> FormatError:
    """Return the error for files that no format knows."""
    if not any(part.read().strip() for part in parts):
        return FormatError(f"{shown}: empty; name a file that `reader export` wrote.")
    if any(part.read()[:2] in (b"\xff\xfe", b"\xfe\xff") for part in parts):
        return FormatError(f"{shown}: it is in UTF-16; save it as UTF-8.")
    return FormatError(
        f"{shown}: no format is recognised in it; say which it is with --format "
        "(`reader formats` lists them)."
    )


def _recognising(part: Part) -> Iterator[Reading]:
    for name in MODULES:
        module = _module(name)
        if module.FORMAT.reads and cast(Reading, module).recognises(part):
            yield cast(Reading, module)


def _module(name: str) -> Writing:
    if name not in MODULES:
        raise UsageError(f"there is no format {name!r}; known are {', '.join(MODULES)}.")
    return cast(Writing, import_module(f"reader.formats.{MODULES[name]}"))
