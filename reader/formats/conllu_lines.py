"""Lines of CoNLL-U: sentences, words, brackets of entities."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, unquote

from reader.errors import FormatError
from reader.formats.offsets import short
from reader.values import dataclass

HEADER = "eid-etype-head-identity-name"
"""What our brackets hold; the name is ours, the others are those of CorefUD."""

COLUMNS = ["ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC"]
_ID = re.compile(r"([0-9]{1,9})(?:([-.])([0-9]{1,9}))?")
_CHUNK = re.compile(r"\([^()]*\)?|[^()]+\)")
_PART = re.compile(r"(.+)\[([0-9]{1,6})/([0-9]{1,6})\]")
_ESCAPES = {"\\s": " ", "\\t": "\t", "\\n": "\n", "\\r": "\r", "\\p": "|", "\\\\": "\\"}
_ESCAPED = {char: escape for escape, char in _ESCAPES.items()}
_ESCAPE = re.compile(r"\\(?:u[0-9a-f]{4}|.)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of columns.

    Attributes:
        number: Its number in the file.
        first: The number of the word, or of the first of several.
        last: The number of the last, of a token of several words; else that of the word.
        is_empty: Whether it is a word that is not in the text (`5.1`).
        form: The word.
        upos: Its part of speech.
        misc: The column MISC.
        said: Whether a lemma, part of speech or tree is given.
    """

    number: int
    first: int
    last: int
    is_empty: bool
    form: str
    upos: str
    misc: Mapping[str, str]
    said: bool

    @property
    def is_range(self) -> bool:
        """Whether it is a token of several words."""
        return self.last > self.first


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its comments by name, and its lines."""

    number: int
    comments: Mapping[str, str]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A bracket that opens, closes, or does both.

    Attributes:
        opens: Whether it opens.
        closes: Whether it closes.
        group: The group (`eid`).
        part: Which stretch of how many; (1, 1) for a mention without gaps.
        fields: What it says, by name.
    """

    opens: bool
    closes: bool
    group: str
    part: tuple[int, int]
    fields: Mapping[str, str]


def first_columns(text: str) -> bool:
    """Tell whether the first line that is no comment has columns of CoNLL-U."""
    for line in text.split("\n"):
        if line.startswith("# global.columns"):
            return True
        if line.strip() and not line.startswith("#"):
            cells = line.rstrip("\r").split("\t")
            return len(cells) == len(COLUMNS) and _ID.fullmatch(cells[0]) is not None
    return False


def sentences(lines: Iterable[tuple[int, str]]) -> Iterator[Sentence]:
    """Give the sentences of a file.

    Raises:
        FormatError: Naming the line.
    """
    columns = COLUMNS
    comments: dict[str, str] = {}
    rows: list[Line] = []
    start = 1
    for number, raw in lines:
        text = raw.rstrip("\r\n")
        if not text.strip():
            if rows:
                yield Sentence(start, comments, tuple(rows))
                comments, rows, start = {}, [], number + 1
        elif text.startswith("#") and not rows:
            name, _, value = text[1:].partition("=")
            comments[name.strip()] = value.strip(" ")
            columns = value.split() if name.strip() == "global.columns" else columns
        else:
            rows.append(_line(number, text, columns))
    if rows or comments:
        yield Sentence(start, comments, tuple(rows))


def _line(number: int, text: str, columns: list[str]) -> Line:
    cells = text.split("\t")
    if len(cells) != len(columns):
        raise FormatError(
            f"line {number}: {len(cells)} columns, but there should be {len(columns)}, with TAB "
            "between them."
        )
    row = dict(zip(columns, cells, strict=True))
    found = _ID.fullmatch(row.get("ID", ""))
    if found is None or not row.get("FORM"):
        raise FormatError(
            f"line {number}: it should begin with a number and a word, not “{short(text)}”."
        )
    first = int(found[1])
    last = int(found[3]) if found[2] == "-" else first
    if last < first:
        raise FormatError(f"line {number}: {row['ID']} ends before it begins; number it anew.")
    misc = _misc(row.get("MISC", "_"))
    said = any(row.get(name, "_") != "_" for name in COLUMNS[2:9])
    upos = row.get("UPOS", "_")
    return Line(number, first, last, found[2] == ".", row["FORM"], upos, misc, said)


def _misc(cell: str) -> Mapping[str, str]:
    pairs = (each.partition("=") for each in cell.split("|") if "=" in each)
    return {name: value for name, _, value in pairs}


def chunks(value: str, header: str, line: int) -> Iterator[Chunk]:
    """Give the brackets of an `Entity=`; nothing, if it has no brackets at all.

    Args:
        value: What stands after it.
        header: Names of the fields, as `# global.Entity` says, or "".
        line: The number of the line.

    Raises:
        FormatError: Naming the line.
    """
    if not set("()") & set(value):
        return
    if not header:
        raise FormatError(
            f"line {line}: Entity= without a line # global.Entity = … above it; add it, for "
            "example # global.Entity = eid-etype-head-other."
        )
    found = _CHUNK.findall(value)
    if "".join(found) != value:
        raise FormatError(f"line {line}: “{short(value)}” has brackets that do not fit.")
    for each in found:
        yield _chunk(each, header.split("-"), line)


def _chunk(text: str, names: list[str], line: int) -> Chunk:
    opens, closes = text.startswith("("), text.endswith(")")
    cells = text.strip("()").split("-")
    fields = dict(zip(names, cells, strict=False)) if opens else {}
    group = fields.get("eid") or fields.get("GRP") or "" if opens else _closed(cells, names)
    if not group:
        raise FormatError(
            f"line {line}: “{short(text)}” names no group, which # global.Entity calls eid or GRP."
        )
    part = _PART.fullmatch(group)
    number = (int(part[2]), int(part[3])) if part else (1, 1)
    if not 1 <= number[0] <= number[1]:
        raise FormatError(f"line {line}: there is no stretch {number[0]} of {number[1]}.")
    return Chunk(opens, closes, part[1] if part else group, number, fields)


def _closed(cells: list[str], names: list[str]) -> str:
    """Return the group that a bracket closes; older files repeat the type before it."""
    at = next((names.index(name) for name in ("eid", "GRP") if name in names), 0)
    return cells[at] if len(cells) > at and len(cells) > 1 else cells[0]


def written(words: str) -> str:
    """Write words as a field of a bracket: `_` for a blank, `%2D` for what a field cannot have."""
    return "".join("_" if char == " " else _safe(char) for char in words)


def _safe(char: str) -> str:
    is_letter = char.isalnum() or unicodedata.category(char).startswith("M")
    return char if is_letter or char in ".'" else _percent(char)


def _percent(char: str) -> str:
    # What is never quoted elsewhere has to be here: `_`, `-` and `~` stand for something.
    return quote(char, safe="") if quote(char, safe="") != char else f"%{ord(char):02X}"


def spoken(field: str) -> str:
    """Return the words that a field was written for."""
    return unquote(field.replace("_", " "))


def escaped(blanks: str) -> str:
    """Write white space as UDPipe does in `SpacesAfter`, and what it leaves as `\\u00a0`."""
    return "".join(_ESCAPED.get(char) or f"\\u{ord(char):04x}" for char in blanks)


def unescaped(value: str) -> str:
    """Return the white space that `SpacesAfter` or `SpacesBefore` says."""
    return _ESCAPE.sub(lambda found: _meant(found[0]), value)


def _meant(escape: str) -> str:
    if escape.startswith("\\u") and len(escape) == 6:
        return chr(int(escape[2:], 16))
    return _ESCAPES.get(escape, escape)
