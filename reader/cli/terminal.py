"""Standard output: a terminal, by its profile, or a pipe.

Many terminals would order our rows once more. Some can be told to show cells as
sent; rows that exist already take that on only when they are erased, hence the
`CSI K` before each. The others get the row that they turn into ours.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING

from reader.text.terminals import PLAIN, TerminalProfile
from reader.values import dataclass

if TYPE_CHECKING:
    from reader.preferences import Settled
    from reader.text.cells import Cell
    from reader.text.fold import Range

_ERASE = "\x1b[K"
_BOLD = "1"
_MARKED = "1;4"
_STYLED = re.compile("\x1b\\[([0-9;]*)m([^\x1b]*)\x1b\\[0m|([^\x1b]+)")
_LONGEST = 1000
"""Characters of a message that quotes something long; what it says at the end is kept."""

_ENDING = 200
_LEAST = 20
"""Columns that a cut text gets at least."""


@dataclass(frozen=True, slots=True)
class Output:
    """What standard output is and can do.

    Attributes:
        is_terminal: Whether it is a terminal; else texts are logical and data has tabs.
        visual: Whether right-to-left text is set here rather than by the terminal.
        sequences: Whether it takes control sequences.
        colour: Whether colours are wanted (see no-color.org).
        width: Columns.
        profile: How the terminal treats right-to-left text.
    """

    is_terminal: bool
    visual: bool
    sequences: bool
    colour: bool
    width: int
    profile: TerminalProfile = PLAIN

    @classmethod
    def here(cls, bidi: Settled, profile: TerminalProfile | None = None) -> Output:
        """Look at standard output.

        Args:
            bidi: How right-to-left text is to be sent.
            profile: What holds for the terminal, if that is known; None asks it.
        """
        from reader.cli.profile import printing_profile

        is_terminal = sys.stdout.isatty()
        sequences = is_terminal and os.environ.get("TERM", "") not in ("", "dumb")
        return cls(
            is_terminal=is_terminal,
            visual=bidi.value != "off",
            sequences=sequences,
            colour=sequences and not os.environ.get("NO_COLOR"),
            width=max(1, shutil.get_terminal_size((80, 24)).columns),
            profile=(profile or printing_profile(bidi)) if sequences else PLAIN,
        )

    @contextmanager
    def explicit(self) -> Iterator[None]:
        """Make the terminal show cells in the order in which `row` sends them, if it can."""
        sys.stdout.write(self.profile.off)
        try:
            yield
        finally:
            sys.stdout.write(self.profile.on)
            sys.stdout.flush()

    def row(self, text: str) -> None:
        """Print a row that holds no control characters but `styled` ones."""
        erase = _ERASE if self.profile.sticky else ""
        if self.visual and self.profile.emitter != "visual":
            text = self._emitted(text)
        sys.stdout.write(f"{erase}{text}\n")

    def _emitted(self, text: str) -> str:
        """The row that the terminal turns into one that is composed."""
        from reader.text.emitters import emit_row

        found = (each.groups("") for each in _STYLED.finditer(text))
        pieces = [(plain or styled, codes) for codes, styled, plain in found]
        sent = emit_row(pieces, self.profile, lambda codes: _BOLD in codes.split(";"))
        return "".join(self.styled(piece, codes) for piece, codes in sent)

    def styled(self, text: str, codes: str) -> str:
        """Give a text an appearance (SGR codes)."""
        return f"\x1b[{codes}m{text}\x1b[0m" if codes and self.sequences else text

    def cut(self, text: str, width: int, *, aligned: bool = False) -> str:
        """Return a text on one row of at most `width` columns, in the order to print.

        Args:
            text: Any text.
            width: Columns.
            aligned: Whether a right-to-left text stands at the right of them.
        """
        from reader.text.emit import one_line, one_row, safe_text, visual_line

        if not self.visual:
            return safe_text(" ".join(text.split()))
        width = max(_LEAST, width)
        ligatures = self.profile.ligatures
        if aligned:
            return visual_line(one_row(text, width, ligatures=ligatures)[0])
        return one_line(text, width, ligatures=ligatures)[0]

    def marked(self, text: str, marks: Iterable[Range], width: int, base: int | None = None) -> str:
        """Return a text on one row with some ranges bold and underlined.

        A right-to-left text stands at the right of the columns.

        Args:
            text: Any text.
            marks: Ranges of it.
            width: Columns.
            base: Base level; None for the text's own direction.
        """
        from reader.text.emit import one_row, safe_text

        ranges = tuple(marks)
        if not self.visual:
            return safe_text(" ".join(text.split()))
        ligatures = self.profile.ligatures
        line = one_row(text, max(_LEAST, width), base, ligatures=ligatures)[0]

        def is_marked(cell: Cell) -> bool:
            return any(start < cell.end and cell.start < end for start, end in ranges)

        runs = groupby(line.cells, key=is_marked)
        shown = (
            self.styled("".join(cell.text for cell in run), _MARKED if within else "")
            for within, run in runs
        )
        return " " * line.indent + "".join(shown)


def background(colour: str) -> str:
    """Return the SGR codes of dark text on a colour, from the 256 that all terminals have.

    Args:
        colour: As `#rrggbb`.
    """
    red, green, blue = (round(int(colour[i : i + 2], 16) / 51) for i in (1, 3, 5))
    return f"38;5;16;48;5;{16 + 36 * red + 6 * green + blue}"


def print_fields(*fields: object) -> None:
    """Print one line of data: logical text, a tab between the fields."""
    from reader.text.emit import safe_text

    print("\t".join(safe_text(" ".join(str(field).split())) for field in fields))


def print_json(value: object) -> None:
    """Print a value as JSON, without what steers a terminal."""
    import json

    from reader.formats.json_values import escape

    print(escape(json.dumps(value, ensure_ascii=False, indent=2)))


def tell(message: str) -> None:
    """Say something on standard error, in one line."""
    from reader.text.emit import safe_text

    if len(message) > _LONGEST:
        message = f"{message[: _LONGEST - _ENDING]} … {message[-_ENDING:]}"
    print(f"reader: {safe_text(message)}", file=sys.stderr)
