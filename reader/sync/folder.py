"""The folder: which file holds what, reading all of it, and writing what it lacks.

    articles/ID.json              a text, as it is stored
    arrivals/DIGEST.json          what a library first knew about an article
    annotators/ID.json            who annotates
    history/HOME/ANNOTATOR.jsonl  what one did in one article, or in what all share

No two annotators write one file, and what stands in a file stays: any tool that
carries files, as git does, carries the work of all.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from reader.annotation.codec import decode_value, encode
from reader.annotation.ids import is_id
from reader.annotation.model import Annotator
from reader.corpus.article import article_id
from reader.errors import FormatError, ReaderError
from reader.formats.json_values import escape, parse_json
from reader.merging.knowledge import Arrival, Deed, Knowledge, Source
from reader.sync.lines import (
    CURE,
    Line,
    digest,
    gathered,
    lines_of,
    read_lines,
    unsealed,
    write_line,
)
from reader.values import dataclass

MARK = "bidi-reader-sync.json"
_MARKED = '{"format": "bidi-reader-sync", "version": 2}\n'
_VERSIONS = (1, 2)
"""What can be read: lines and names have digests since the second."""
_FOLDERS = frozenset({"articles", "arrivals", "annotators", "history"})
_ATTRIBUTES = "# Lines of both sides belong to a history, and no end of a line may change.\n"
_ATTRIBUTES += "* -text\n*.jsonl merge=union\n"
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,159}")
_SPELT = re.compile(r"id-((?:[0-9a-f]{2})+)")
_OURS = re.compile(
    rf"{re.escape(MARK)}|\.gitattributes|(?:[a-z]+/)(?:{_NAME.pattern}/)?{_NAME.pattern}"
)
_LIMIT = 2**30
"""Bytes of the largest file that is read."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder holds.

    Attributes:
        knowledge: What it tells, as far as its actions are complete.
        parts: Actions of which a part has not arrived.
        lines: The lines of each file of the history, by home and annotator.
    """

    knowledge: Knowledge
    parts: tuple[Deed, ...]
    lines: Mapping[tuple[str, str], tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class _Text:
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class _Way:
    article: str
    added: str
    source_sha256: str
    encoding: str
    bom: bool


def read_folder(folder: Path) -> Found:
    """Read a folder; one that is not there is empty.

    Raises:
        FormatError: Naming the file, what is wrong and what to do; nothing was changed.
        ReaderError: If it cannot be read, or is a folder of something else.
    """
    _check_mark(folder)
    lines: dict[tuple[str, str], tuple[Line, ...]] = {}
    for path in _files(folder, "history/*/*.jsonl"):
        place = path.parent.name, _whose(path)
        lines[place] = (*lines.get(place, ()), *_read(path, _lines))
    deeds, parts = _gathered(folder, [line for found in lines.values() for line in found])
    knowledge = Knowledge(
        annotators=tuple(_read(path, _annotator) for path in _files(folder, "annotators/*.json")),
        texts=dict(_read(path, _text) for path in _files(folder, "articles/*.json")),
        arrivals=tuple(_read(path, _arrival) for path in _files(folder, "arrivals/*.json")),
        deeds=deeds,
    )
    return Found(knowledge, parts, lines)


def write_folder(folder: Path, found: Found, told: Knowledge, homes: Mapping[str, str]) -> int:
    """Write what a folder lacks; return how many files changed.

    Args:
        folder: The folder; made when it is not there.
        found: What it holds.
        told: What it does not know yet.
        homes: Ids of the articles that records belong to, by the ids of the records.

    Raises:
        FormatError: For a link, or an id, that would lead out of the folder.
        ReaderError: If it cannot be written.
    """
    new: dict[tuple[str, str], list[Line]] = {
        place: [] for place, lines in found.lines.items() if not all(line.sealed for line in lines)
    }
    for deed in told.deeds:
        for home, line in lines_of(deed, homes):
            new.setdefault((home, deed.annotator), []).append(line)
    try:
        return sum(_write(_inside(folder, name), text) for name, text in _due(found, told, new))
    except OSError as error:
        raise ReaderError(
            f"{folder}: cannot be written ({error.strerror or error}); "
            "the library has what came in, sync again when it can be written."
        ) from error


def _due(
    found: Found, told: Knowledge, new: Mapping[tuple[str, str], list[Line]]
) -> Iterator[tuple[str, str]]:
    """Give the files that a folder should have, texts before what builds on them."""
    yield MARK, _MARKED
    yield ".gitattributes", _ATTRIBUTES
    for person in told.annotators:
        yield f"annotators/{_spelt(person.id)}.json", _json(_signed(person))
    for id, text in told.texts.items():
        yield f"articles/{id}.json", _json(encode(_Text(id, text)))
    for arrival in told.arrivals:
        yield f"arrivals/{arrival.id}.json", _json(_arrival_json(arrival))
    for (home, annotator), lines in new.items():
        known = {line.order: line for line in (*found.lines.get((home, annotator), ()), *lines)}
        text = "".join(write_line(known[order]) + "\n" for order in sorted(known))
        yield history_file(home, annotator), text


def history_file(home: str, annotator: str) -> str:
    """Return the name of the file of an annotator's steps in an article, or in what all share."""
    return f"history/{home}/{_spelt(annotator)}.jsonl"


def _spelt(annotator: str) -> str:
    """Return a name for the file of an annotator that no file system takes for another.

    An id that an import brought may be a name that a system reserves, or differ
    from another one in capital letters alone; then its bytes are spelt out.
    """
    return annotator if is_id(annotator) else f"id-{annotator.encode().hex()}"


def _whose(path: Path) -> str:
    """Return the id of an annotator by the name of a file."""
    spelt = _SPELT.fullmatch(path.stem)
    id = bytes.fromhex(spelt[1]).decode(errors="replace") if spelt else ""
    return id if _NAME.fullmatch(id) else path.stem


def _inside(folder: Path, name: str) -> Path:
    """Return where a file is to be written: in the folder and nowhere else.

    Raises:
        FormatError: If a link or an id, which a library of somebody else may bring, leads out.
    """
    path = folder / name
    if not _OURS.fullmatch(name):
        raise FormatError(f"{folder}: {name!r} can be no file; an id of the library is none.")
    for step in (path, *path.parents[: name.count("/")]):
        if step.is_symlink():
            raise FormatError(f"{step}: it is a link; put what it leads to in its place.")
    return path


def _write(path: Path, text: str) -> bool:
    """Write a file, whole or not at all; one that has the text already is left alone."""
    data = text.encode()
    if path.exists() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        # What has this name already would be followed, if it is a link.
        fresh.unlink(missing_ok=True)
        with fresh.open("xb") as file:
            file.write(data)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return True


def _check_mark(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ReaderError(f"{folder}: it is a file; name a folder.")
    mark = folder / MARK
    if mark.is_file():
        data = _read(mark, lambda path, text: parse_json(text, cure=CURE))
        if not isinstance(data, dict) or data.get("version") not in _VERSIONS:
            raise FormatError(f"{mark}: it is of a newer version; update the program.")
        return
    there = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    if not there <= _FOLDERS:
        missing = f"there is no {MARK} in it, by which a folder of this program is known"
        ours = f"{missing}; take that file from a copy of the folder again, or " * any(
            there & _FOLDERS
        )
        raise ReaderError(
            f"{folder}: it holds other things than annotations to be shared; "
            f"{ours}name an empty folder or a new one."
        )


def _files(folder: Path, pattern: str) -> list[Path]:
    """Find the files of a kind; what has another name, such as a copy of a file sync, is not ours.

    Raises:
        FormatError: For a link, which might lead out of the folder.
    """
    found = [path for path in sorted(folder.glob(pattern)) if not path.name.startswith(".")]
    for path in found:
        if path.is_symlink() or path.parent.is_symlink():
            raise FormatError(f"{path}: it is a link; put the file in its place.")
        if not (_NAME.fullmatch(path.stem) and _NAME.fullmatch(path.parent.name)):
            raise FormatError(
                f"{path}: its name is none that this program gives; "
                "if it is a second version of another file, unite the lines of the two."
            )
    return found


def _read(path: Path, decode: Any) -> Any:
    try:
        if path.stat().st_size > _LIMIT:
            raise FormatError("it is larger than any file of this program.")
        return decode(path, path.read_bytes().decode())
    except UnicodeDecodeError as error:
        raise FormatError(f"{path}: not UTF-8 at byte {error.start}; {CURE}") from error
    except FormatError as error:
        raise FormatError(f"{path}: {error.message}") from error
    except OSError as error:
        raise ReaderError(f"{path}: cannot be read ({error.strerror or error}).") from error


def _lines(path: Path, text: str) -> tuple[Line, ...]:
    return read_lines(text, _whose(path))


def _annotator(path: Path, text: str) -> Annotator:
    data = parse_json(text, cure=CURE)
    unsealed(data, _whose(path))
    found: Annotator = decode_value(Annotator, data, "annotator")
    _require(found.id == _whose(path) and bool(found.name.strip()), "id")
    return found


def _signed(annotator: Annotator) -> Any:
    data = encode(annotator)
    return {**data, "digest": digest(annotator.id, data)}


def _text(path: Path, text: str) -> tuple[str, str]:
    found: _Text = decode_value(_Text, parse_json(text, cure=CURE), "article")
    _require(found.id == path.stem == article_id(found.text), "id")
    return found.id, found.text


def _arrival(path: Path, text: str) -> Arrival:
    data = parse_json(text, cure=CURE)
    _require(isinstance(data, dict) and "details" in data, "details")
    details = data.pop("details")
    way: _Way = decode_value(_Way, data, "arrival")
    source = Source(way.added, way.source_sha256, way.encoding, way.bom)
    arrival = Arrival(way.article, details, source)
    _require(arrival.id == path.stem, "name")
    return arrival


def _arrival_json(arrival: Arrival) -> Any:
    source = arrival.source
    way = _Way(arrival.article, source.added, source.source_sha256, source.encoding, source.bom)
    return {**encode(way), "details": arrival.details}


def _require(holds: bool, field: str) -> None:
    if not holds:
        raise FormatError(f"its {field} does not fit what it holds; {CURE}")


def _gathered(folder: Path, lines: Iterable[Line]) -> Any:
    try:
        return gathered(lines)
    except FormatError as error:
        raise FormatError(f"{folder}: {error.message}") from error


def _json(value: Any) -> str:
    return escape(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"
