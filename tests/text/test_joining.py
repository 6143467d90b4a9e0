"""Presentation forms against Unicode's joining types and compatibility decompositions."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

import pytest

from reader.text.layout import layout_paragraph
from tests.text.ucd_files import DATA

LAM = "\u0644"
WITHOUT_ALL_FORMS = {"\u06ba", "\u0677"}


def read_types() -> dict[str, str]:
    types = {}
    for line in (DATA / "arabic_joining_types.txt").read_text(encoding="utf-8").splitlines():
        if found := re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))? *; (\w)", line):
            for point in range(int(found[1], 16), int(found[2] or found[1], 16) + 1):
                types[chr(point)] = found[3]
    return types


def read_forms() -> dict[tuple[str, str], str]:
    """Presentation form of (letters, kind of form)."""
    forms = {}
    for line in (DATA / "arabic_forms.txt").read_text(encoding="utf-8").splitlines():
        if found := re.match(r"([0-9A-F]+);.*;<(\w+)> ([0-9A-F ]+);", line):
            letters = "".join(chr(int(point, 16)) for point in found[3].split())
            forms[letters, found[2]] = chr(int(found[1], 16))
    return forms


TYPES = read_types()
FORMS = read_forms()
LETTERS = sorted({letters for letters, _ in FORMS if len(letters) == 1})
LAM_ALEFS = {letters for letters, _ in FORMS if len(letters) == 2}


@cache
def expected(word: str) -> tuple[str, ...]:
    """The cells of a word of letters, in logical order."""
    cells = []
    index = 0
    while index < len(word):
        letters = word[index : index + 2] if word[index : index + 2] in LAM_ALEFS else word[index]
        before = index > 0 and TYPES.get(word[index - 1]) in ("D", "C")
        before = before and TYPES.get(word[index]) in ("D", "R", "C")
        last = index + len(letters) - 1
        after = last + 1 < len(word) and TYPES.get(word[last]) in ("D", "C")
        after = after and TYPES.get(word[last + 1]) in ("D", "R", "C")
        kind = ("isolated", "initial", "final", "medial")[after + 2 * before]
        cells.append(FORMS.get((letters, kind), letters))
        index += len(letters)
    return tuple(cells)


def drawn(text: str) -> list[str]:
    """Cells of an Arabic text in logical order."""
    layout = layout_paragraph(text, 10**7, 1)
    return [cell.text for cell in sorted(layout.lines[0].cells, key=lambda cell: cell.start)]


def check(words: list[str]) -> None:
    wanted = [shape for word in words for shape in (*expected(word), " ")]
    assert drawn("".join(f"{word} " for word in words)) == wanted


def test_there_are_76_letters_with_forms_and_four_lam_alefs() -> None:
    assert len(LETTERS) == 76
    assert len(LAM_ALEFS) == 4


def test_every_single_letter_and_every_pair() -> None:
    check(LETTERS)
    check([one + other for one, other in product(LETTERS, LETTERS)])


@pytest.mark.parametrize("first", LETTERS)
def test_every_triple(first: str) -> None:
    check([first + second + third for second, third in product(LETTERS, LETTERS)])
    expected.cache_clear()


def test_only_the_two_known_letters_lack_a_form() -> None:
    """Noon ghunna joins on both sides but has no initial and medial form; U+0677 no final one."""
    kinds = {
        "U": ["isolated"],
        "R": ["isolated", "final"],
        "D": ["isolated", "initial", "medial", "final"],
    }
    lacking = {
        letter
        for letter in LETTERS
        if any((letter, kind) not in FORMS for kind in kinds[TYPES.get(letter, "U")])
    }
    assert lacking == WITHOUT_ALL_FORMS


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        # Neighbours of a letter without forms (U+06D5, U+06B5) join it.
        ("\u06a9\u06d5", ["\ufb90", "\u06d5"]),
        ("\u0628\u06b5\u0628", ["\ufe91", "\u06b5", "\ufe90"]),
        ("\u0628\u06ba\u0628", ["\ufe91", "\u06ba", "\ufe90"]),
        # Marks and other transparent characters do not part letters.
        ("\u0628\u064e\u0651\u0628", ["\ufe91\u064e\u0651", "\ufe90"]),
        ("\u0628\u08ca\u0628", ["\ufe91\u08ca", "\ufe90"]),
        ("\u0628\u061c\u0628", ["\ufe91", "\ufe90"]),
        ("\u0628\u00ad\u0628", ["\ufe91", "\ufe90"]),
        # ZWNJ parts them, ZWJ joins without a neighbour; neither is drawn.
        ("\u0645\u06cc\u200c\u0631", ["\ufee3", "\ufbfd", "\ufead"]),
        ("\u0647\u200d", ["\ufeeb"]),
        ("\u200d\u0647", ["\ufeea"]),
        ("\u0647\u200d ", ["\ufeeb", " "]),
        ("\u0628\u200d\u064e\u062a", ["\ufe91\u064e", "\ufe96"]),
        # Tatweel joins on both sides.
        ("\u0628\u0640\u0628", ["\ufe91", "\u0640", "\ufe90"]),
        # A lam-alef keeps the marks of both its letters, after the ligature.
        ("\u0644\u0651\u0627\u064e", ["\ufefb\u0651\u064e"]),
        ("\u0633\u0644\u0627\u0645", ["\ufeb3", "\ufefc", "\ufee1"]),
        ("\u0644\u200d\u0627", ["\ufedf", "\ufe8e"]),
        ("\u0644\u200c\u0627", ["\ufedd", "\ufe8d"]),
        ("\u0644\u061c\u0627", ["\ufefb"]),
        # A number sign between them is a cluster with the alef.
        ("\u0644\u0600\u0627", ["\ufedd", "#\ufe8d"]),
        # Allah is spelled, not one poor glyph.
        ("\u0627\u0644\u0644\u0647", ["\ufe8d", "\ufedf", "\ufee0", "\ufeea"]),
    ],
)
def test_joining_in_context(text: str, cells: list[str]) -> None:
    assert drawn(text) == cells


def test_a_lam_alef_against_its_direction_is_two_cells() -> None:
    cells = layout_paragraph("\u202d\u0644\u0627", 10).lines[0].cells
    assert [cell.start for cell in cells] == [0, 2]
