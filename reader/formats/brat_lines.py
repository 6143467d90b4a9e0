"""The lines of a brat `.ann` file, as values: what stands on each, and nothing about texts.

Only LF ends a line. A line that cannot be read is kept as it is, as brat does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reader.values import dataclass

_ID = re.compile(r"(?:[A-Za-z]+|#[A-Za-z]*)[0-9]\S*|\*")
_TEXTBOUND = re.compile(r"(\S+) (\d{1,15} \d{1,15}(?:;\d{1,15} \d{1,15})*)\s*")
_EVENT = re.compile(r"([^\s:]+):([^\s:]+)((?:\s+[^\s:]+:[^\s:]+)*)\s*")
_RELATION = re.compile(r"(\S+)\s+([^\s:]+):([^\s:]+)\s+([^\s:]+):([^\s:]+)\s*")
_ATTRIBUTE = re.compile(r"(\S+) (\S+)(?: (.+?))?\s*")
_REFERENCE = re.compile(r"(\S+) (\S+) ([^\s:]+):(\S+)\s*")
_REFERENT = re.compile(r"(\S+) Annotation:(\S+) Referent:([^\s:]+):(\S+)\s*")
_COMMENT = re.compile(r"(\S+) (\S+)\s*")
_EQUIV = re.compile(r"(\S+)((?:\s+\S+){2,})\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """What every line has.

    Attributes:
        where: Its place, for messages.
        id: What other lines call it; "" for those that have no id.
    """

    where: str
    id: str


@dataclass(frozen=True, slots=True)
class Textbound(Line):
    """T: a label on one or several stretches; `words` is the text column, if it is there."""

    label: str
    ranges: tuple[tuple[int, int], ...]
    words: str | None

    @property
    def size(self) -> int:
        """How long the text column should be: the stretches with a blank between two."""
        return sum(end - start for start, end in self.ranges) + len(self.ranges) - 1


@dataclass(frozen=True, slots=True)
class Arc(Line):
    """R: a relation between two others."""

    label: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Event(Line):
    """E: a trigger with arguments, each a role and what plays it."""

    label: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Attribute(Line):
    """A or M: something said of another; `value` is None where it is said by its name alone."""

    name: str
    target: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Reference(Line):
    """N: what another is in a knowledge base."""

    target: str
    base: str
    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Comment(Line):
    """#: a note on another."""

    label: str
    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Equiv(Line):
    """*: several that are one (`Equiv`), or alike in another way."""

    label: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept(Line):
    """A line that is none of these, as it stands."""

    line: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file says.

    Attributes:
        lines: Its lines, in order; each id once.
        notices: What was odd about them, one line each.
    """

    lines: tuple[Line, ...]
    notices: tuple[str, ...]


def parse(files: Iterable[tuple[str, str]]) -> Parsed:
    """Read the lines of the files of one document as those of one file.

    Args:
        files: What stands before the number of a line in messages, and the text.
    """
    found: dict[str, Line] = {}
    notices: list[str] = []
    for shown, text in files:
        last: Textbound | None = None
        for number, raw in enumerate(text.split("\n"), 1):
            where, written = f"{shown}line {number}", raw.removesuffix("\r")
            if last is not None and _continues(last, written):
                last = replace(last, words=f"{last.words}\n{written}")
                found[last.id] = last
                notices.append(f"{where}: no line of its own, but the rest of {last.where}.")
                continue
            line = parse_line(written, where) if written.strip() else None
            if line is not None:
                line = _told_apart(line, found, notices)
                found[line.id or where] = line
                last = line if isinstance(line, Textbound) else None
    return Parsed(tuple(found.values()), tuple(notices))


def _continues(last: Textbound, written: str) -> bool:
    """Tell whether a line is the rest of a text column that was written with a line end in it."""
    if last.words is None or (_ID.fullmatch(written.partition("\t")[0]) and "\t" in written):
        return False
    return max(len(last.words), len(last.words.encode("utf-16-le")) // 2) < last.size


def _told_apart(line: Line, found: dict[str, Line], notices: list[str]) -> Line:
    """Give a line another id if its own is taken: what refers to it means the first."""
    if isinstance(line, Kept):
        notices.append(f"{line.where}: not understood, and kept as it is: {line.line[:60]!r}.")
    elif line.id in found:
        notices.append(f"{line.where}: the id {line.id} stands at {found[line.id].where} already.")
        return replace(line, id=f"{line.id}@{line.where}")
    return line


def parse_line(line: str, where: str) -> Line:
    """Read one line; what cannot be read becomes `Kept`."""
    id, tab, rest = line.partition("\t")
    made = _made(where, id, *rest.partition("\t")[::2]) if tab and _ID.fullmatch(id) else None
    return Kept(where, "", line) if made is None else made


def _made(where: str, id: str, data: str, tail: str) -> Line | None:
    kind = id[0]
    if kind == "T":
        return _textbound(where, id, data, tail)
    if kind == "E" and (found := _EVENT.fullmatch(data)):
        return Event(where, id, found[1], found[2], tuple(_arguments(found[3])))
    if kind == "R" and (found := _RELATION.fullmatch(data)):
        ends = dict(sorted(((found[2], found[3]), (found[4], found[5]))))
        return Arc(where, id, found[1], *ends.values()) if len(ends) == 2 else None
    if kind in "AM" and (found := _ATTRIBUTE.fullmatch(data)):
        return Attribute(where, id, found[1], found[2], found[3])
    if kind == "N" and (found := _REFERENT.fullmatch(data) or _REFERENCE.fullmatch(data)):
        # brat puts one more TAB before the words each time it saves.
        return Reference(where, id, found[2], found[3], found[4], tail.lstrip("\t"))
    if kind == "#" and (found := _COMMENT.fullmatch(data)):
        return Comment(where, id, found[1], found[2], tail)
    if kind == "*" and (found := _EQUIV.fullmatch(data)):
        return Equiv(where, "", found[1], tuple(found[2].split()))
    return None


def _textbound(where: str, id: str, data: str, tail: str) -> Textbound | None:
    found = _TEXTBOUND.fullmatch(data)
    if found is None:
        return None
    pairs = (pair.split(" ") for pair in found[2].split(";"))
    ranges = tuple((int(start), int(end)) for start, end in pairs)
    return Textbound(where, id, found[1], ranges, tail or None)


def _arguments(written: str) -> Iterator[tuple[str, str]]:
    for argument in written.split():
        role, _, target = argument.partition(":")
        # Roles that are played several times are numbered: Theme, Theme2.
        yield role.rstrip("0123456789") or role, target
