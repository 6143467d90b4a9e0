"""The row that a terminal's own bidirectional algorithm turns into the one wanted.

Such a terminal takes each row for a paragraph. A stretch from one right-to-left
character to another, without a left-to-right one between, is sent in logical
order; all that stands outside such stretches is sent as it stands. Where the
algorithm would draw more into a stretch (a number at its right, the next column of
a table, a bracket with a partner elsewhere), a blank beside it becomes U+2800
BRAILLE PATTERN BLANK: as empty, one column, but a left-to-right letter (bidi class
L). Where no blank stands, a left-to-right mark does it; in a terminal that takes
none, braille dots in place of a border, which are letters of class L as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from reader.text.bidi import resolve_classes
from reader.text.letters import nominal_letters
from reader.text.properties import CLOSING_BRACKETS, MIRRORED, OPENING_BRACKETS, bidi_classes
from reader.text.terminals import LRM, TerminalProfile
from reader.text.weak import bracket_pairs

STRONG_BLANK = "\u2800"
STRONG_BORDERS = dict(
    zip(
        "\u2502\u2503\u2551\u2588\u258a\u258c\u258e\u258f\u2590\u2595",
        "\u2847\u2847\u28ff\u28ff\u28ff\u2847\u2847\u2847\u28b8\u28b8",
        strict=True,
    )
)
"""Vertical borders, and braille patterns that look like them."""


# Class letters as in `reader.text.properties`, but W for an ordinary blank only, X
# for box drawing, and N for anything else that is neutral.
_CLASSES = str.maketrans("WSBMbxyuvzlrfp", "NNNNNNNNNNNNNN")
_BOX = re.compile("[\u2500-\u259f]")
_STRONG_BOX = re.compile("[\u2500-\u25ff]")
# The edges of two columns: a border, or blanks that no words have between them.
_GAP = re.compile("(?<=[RAHE])(?=[^LRAHE]*?(?:X|WW))([^LRAHE]+)(?=[RAHE])")
# A number with right-to-left letters on its left only (UAX #9, W2 and W7).
_LOOSE_NUMBER = re.compile("[RA]([^LRAE]*)E[^LRA]*+(?=L|$)")
_LEFT_NUMBERS = re.compile("(?:^|(?<=L))[^LRA]+")
_STRETCH = re.compile("[RAH](?:[^L]*[RAH])?")
_FIRST_STRONG = re.compile("[^LRA]*(?=[RA])")
_NEUTRALS = re.compile("[^LRAHE]*")
_BRACKETS = frozenset(OPENING_BRACKETS) | frozenset(CLOSING_BRACKETS)


def implicit_row(cells: Sequence[str], profile: TerminalProfile) -> list[tuple[int, str]]:
    """What to send, in order: the number of each cell and its text.

    Args:
        cells: What each cell is to show, base first, from left to right.
        profile: The terminal; its emitter is `terminal`.
    """
    row = _Row(cells, profile)
    if profile.base == "auto":
        row.begin_left_to_right()
    for gap in reversed(list(_GAP.finditer(row.codes))):
        row.fence(*gap.span(1), mark=False)
    for _ in range(len(cells)):
        row.settle_numbers()
        parts = row.parts()
        bracket = row.stray_bracket(parts)
        if bracket is None or not row.free(bracket):
            break
    return row.sent(parts)


class _Row:
    """A row while it is cut into stretches.

    Attributes:
        codes: A class letter for each item.
        texts: What each item shows; items are the cells, and marks put between them.
        owners: The cell that each item belongs to.
    """

    def __init__(self, cells: Sequence[str], profile: TerminalProfile) -> None:
        self._profile = profile
        self.texts = list(cells)
        self.owners = list(range(len(cells)))
        bases = "".join(cell[0] for cell in cells)
        codes = list(bidi_classes(bases).translate(_CLASSES))
        for index, cell in enumerate(cells):
            if cell == " ":
                codes[index] = "W"
        boxes, code = (_STRONG_BOX, "L") if profile.strong_boxes else (_BOX, "X")
        for box in boxes.finditer(bases):
            codes[box.start()] = code
        self.codes = "".join(codes)

    def fence(self, start: int, end: int, *, mark: bool = True) -> bool:
        """Put something left-to-right among the neutral items of a range, late in it.

        Args:
            start: First item.
            end: End, exclusive.
            mark: Whether a mark may be put at the end when there is no blank.
        """
        at = self.codes.rfind("W", start, end)
        if at >= 0:
            self._replace(at, STRONG_BLANK)
            return True
        if not mark:
            return False
        if LRM in self._profile.formats:
            self.texts.insert(end, LRM)
            self.owners.insert(end, self.owners[end - 1])
            self.codes = f"{self.codes[:end]}L{self.codes[end:]}"
            return True
        return self._fence_at_border(start, end)

    def _fence_at_border(self, start: int, end: int) -> bool:
        for at in range(start, end):
            sign = STRONG_BORDERS.get(self.texts[at])
            if sign is not None:
                self._replace(at, sign)
                return True
        return False

    def _replace(self, at: int, letter: str) -> None:
        """Show an item by a left-to-right letter."""
        self.texts[at] = letter
        self.codes = f"{self.codes[:at]}L{self.codes[at + 1 :]}"

    def begin_left_to_right(self) -> None:
        """Make the first strong item a left-to-right one (UAX #9, P2).

        A mark at the start of a row would have no cell to be kept in.
        """
        found = _FIRST_STRONG.match(self.codes)
        if found:
            self.fence(*found.span(), mark=found.end() > 0)

    def settle_numbers(self) -> None:
        """Keep European numbers out of stretches where their place is outside.

        Those that stay after a left-to-right character become L (UAX #9, W7).
        """
        position = 0
        while found := _LOOSE_NUMBER.search(self.codes, position):
            position = found.start() if self.fence(*found.span(1)) else found.end()
        self.codes = _LEFT_NUMBERS.sub(lambda run: run[0].replace("E", "L"), self.codes)

    def parts(self) -> list[tuple[range, bool]]:
        """The items in the order of sending, each part with whether it is a stretch."""
        found: list[tuple[range, bool]] = []
        passed = 0
        for stretch in _STRETCH.finditer(self.codes):
            start, end = stretch.span()
            found += [(range(passed, start), False), (range(start, end), True)]
            passed = end
        return [*found, (range(passed, len(self.codes)), False)]

    def stray_bracket(self, parts: Sequence[tuple[range, bool]]) -> int | None:
        """A bracket in a stretch with a partner outside it, as the terminal pairs them (N0)."""
        inside = [items for items, stretch in parts if stretch]
        if not any(self.texts[item][0] in _BRACKETS for items in inside for item in items):
            return None
        sent: list[tuple[int, str, int]] = []
        for number, (items, stretch) in enumerate(parts):
            if stretch:
                texts = self._mirrored(items)
                sent += [(item, text[0], number) for item, text in zip(items, texts, strict=True)][
                    ::-1
                ]
            else:
                sent += [(item, self.texts[item][0], -1) for item in items]
        pairs = bracket_pairs("".join(char for _, char, _ in sent), "N" * (len(sent) + 1))
        for one, other in pairs:
            first, second = sent[one - 1], sent[other - 1]
            if first[2] != second[2]:
                return first[0] if first[2] >= 0 else second[0]
        return None

    def free(self, bracket: int) -> bool:
        """Take a bracket out of its stretch by cutting the stretch beside it."""
        start = bracket
        while self.codes[start - 1] not in "LRAHE":
            start -= 1
        found = _NEUTRALS.match(self.codes, bracket)
        return self.fence(start, found.end() if found else bracket)

    def sent(self, parts: Sequence[tuple[range, bool]]) -> list[tuple[int, str]]:
        """The owner and text of each item in the order of sending."""
        result: list[tuple[int, str]] = []
        for items, stretch in parts:
            if not stretch:
                result += [(self.owners[item], self.texts[item]) for item in items]
                continue
            order = self._logical(items)
            mirrored = self._mirrored(items)
            texts = [mirrored[item - items.start] for item in order]
            if self._profile.shapes:
                texts = nominal_letters(texts, self._profile.formats)
            result += [(self.owners[item], text) for item, text in zip(order, texts, strict=True)]
        return result

    def _mirrored(self, items: range) -> list[str]:
        """What items of a stretch show, as it was before the terminal mirrors it (L4)."""
        texts = self.texts[items.start : items.stop]
        if not self._profile.mirrors:
            return texts
        return [MIRRORED.get(text[0], text[0]) + text[1:] for text in texts]

    def _logical(self, items: range) -> list[int]:
        """Items of a stretch in logical order.

        From right to left, numbers the other way. Which items make up a number
        depends only on what is beside them and on the letter to their right, so
        the classes in reverse order tell it.
        """
        order = list(reversed(items))
        codes = self.codes[items.start : items.stop]
        if "E" not in codes and "H" not in codes:
            return order
        levels = resolve_classes(codes[::-1].translate({ord("X"): "N"}), 0)[1]
        result: list[int] = []
        for level, run in groupby(zip(levels, order, strict=True), key=lambda pair: pair[0]):
            part = [item for _, item in run]
            result += reversed(part) if level == 2 else part
        return result
