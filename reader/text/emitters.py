"""Composed rows for the terminal that gets them.

A composed row is what has to be seen, from left to right: pieces of text, each with
a style, out of panes, borders and dialogs. `emit_row` gives the pieces to send, in
order; each character keeps its style. In a terminal that orders rows itself a row
that changes must be sent whole, for any part of it may stand elsewhere in the row
that is sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TypeVar

from reader.text.glyphs import columns
from reader.text.implicit import implicit_row
from reader.text.letters import nominal_letters
from reader.text.properties import bidi_classes
from reader.text.terminals import LRM, TerminalProfile

Style = TypeVar("Style")

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
_CELL = re.compile("[^Mb][Mb]*|^[Mb]+")
# Of these blocks, what belongs to no script in particular (Scripts.txt: Common).
_NO_SCRIPT = frozenset("\u0605\u060c\u061b\u061f\u0640\u06dd\u08e2\ufd3e\ufd3f")


def emit_row(
    row: Sequence[tuple[str, Style]],
    profile: TerminalProfile,
    face: Callable[[Style], Hashable] | None = None,
) -> list[tuple[str, Style]]:
    """The pieces to send so that a terminal shows a row.

    Args:
        row: Text and style of each piece from left to right, in presentation
            forms, with each mark after its base and no format characters: what
            the cells of `reader.text.layout` hold. All columns of the row.
        profile: The terminal.
        face: What of a style chooses the font (bold, italic), for kitty, which
            draws a word in two faces as two words.
    """
    text = "".join(piece for piece, _ in row)
    if profile.emitter == "visual" or not _RIGHT_TO_LEFT.search(text):
        return list(row)
    pieces = _piece_of_each(row)
    cells = _cells(text)
    faces: tuple[int, ...] = ()
    if face is not None and profile.emitter == "kitty":
        faces = _numbers([face(row[pieces[start]][1]) for start, _ in cells])
    sent: list[tuple[str, Style]] = []
    last = -1
    run: list[str] = []
    for cell, shown in _sending(text, faces, profile):
        piece = pieces[cells[cell][0]]
        if piece != last and run:
            sent.append(("".join(run), row[last][1]))
            run = []
        run.append(shown)
        last = piece
    return [*sent, ("".join(run), row[last][1])]


@lru_cache(maxsize=256)
def seen_columns(text: str, profile: TerminalProfile) -> tuple[int, ...]:
    """Where each column that is sent is seen, for a terminal that orders rows.

    Such a terminal tells of the mouse by what it was sent (seen in Konsole and VTE).

    Args:
        text: A composed row, all its columns.
        profile: The terminal.

    Returns:
        The column of the composed row for each column sent; empty where they are the same.
    """
    if profile.emitter != "terminal" or not _RIGHT_TO_LEFT.search(text):
        return ()
    widths = [columns(text[start:end]) for start, end in _cells(text)]
    starts = list(accumulate(widths, initial=0))
    seen: list[int] = []
    for cell, shown in _sending(text, (), profile):
        if shown != LRM:
            seen += range(starts[cell], starts[cell] + widths[cell])
    return tuple(seen)


def _piece_of_each(row: Sequence[tuple[str, object]]) -> list[int]:
    """The number of the piece that holds each code point."""
    return [number for number, (piece, _) in enumerate(row) for _ in piece]


def _numbers(faces: Sequence[Hashable]) -> tuple[int, ...]:
    """How often the face has changed up to each cell."""
    changes = (int(index > 0 and faces[index - 1] != face) for index, face in enumerate(faces))
    return tuple(accumulate(changes))


def _cells(text: str) -> list[tuple[int, int]]:
    """Start and end of each character with the marks on it."""
    return [found.span() for found in _CELL.finditer(bidi_classes(text))]


@lru_cache(maxsize=1024)
def _sending(
    text: str, faces: tuple[int, ...], profile: TerminalProfile
) -> tuple[tuple[int, str], ...]:
    """The cells of a row in the order of sending, each with the text to send.

    Most of what changes on a screen are styles, so the order of a row is kept.
    """
    cells = [text[start:end] for start, end in _cells(text)]
    if profile.emitter == "kitty":
        return tuple(_kitty_row(cells, faces, profile))
    return tuple(implicit_row(cells, profile))


def _kitty_row(
    cells: Sequence[str], faces: Sequence[int], profile: TerminalProfile
) -> Iterator[tuple[int, str]]:
    """Words of right-to-left letters in logical order, all else as it stands."""
    for run in _kitty_runs(cells, faces):
        texts = [cells[index] for index in run]
        if any(_has_script(text[0]) for text in texts):
            yield from zip(
                reversed(run), nominal_letters(texts[::-1], profile.formats), strict=True
            )
        else:
            yield from zip(run, texts, strict=True)


def _kitty_runs(cells: Sequence[str], faces: Sequence[int]) -> Iterator[range]:
    """Cells that kitty draws with one font: Hebrew, or other right-to-left letters."""
    start = 0
    for index in range(1, len(cells) + 1):
        if index < len(cells) and _same_font(cells, faces, index):
            continue
        yield range(start, index)
        start = index


def _same_font(cells: Sequence[str], faces: Sequence[int], index: int) -> bool:
    if faces and faces[index - 1] != faces[index]:
        return False
    pair = cells[index - 1], cells[index]
    if not all(map(_RIGHT_TO_LEFT.match, pair)):
        return False
    one, other = map(_HEBREW.match, pair)
    return (one is None) == (other is None)


def _has_script(char: str) -> bool:
    return char not in _NO_SCRIPT and _RIGHT_TO_LEFT.match(char) is not None
