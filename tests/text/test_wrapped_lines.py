"""Lines whose order hangs on the lines before them, worked out by hand from UAX #9.

Capitals stand for Arabic letters, so that the rows can be read here as they are
drawn: `drawn` from left to right with mirrored brackets, `source` the same with
the characters of the text.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from reader.text.layout import Line, layout_paragraph

CAPITALS = "ABCDEFGHIJ"
ARABIC = "\u0627\u0628\u062c\u062f\u0647\u0648\u0632\u062d\u0637\u064a"
TO_ARABIC = str.maketrans(CAPITALS, ARABIC)
TO_CAPITALS = str.maketrans(ARABIC, CAPITALS)
RLE, PDF, RLI, PDI = "\u202b", "\u202c", "\u2067", "\u2069"


@dataclass(frozen=True)
class Case:
    """A text whose second line is looked at.

    Attributes:
        name: What it shows.
        text: Logical order.
        width: Columns.
        base: Base level, found by the first strong character.
        drawn: The second line.
        source: Its characters, if they differ from what is drawn.
        alone: What the line would be, resolved without the line before it.
    """

    name: str
    text: str
    width: int
    base: int
    drawn: str
    alone: str
    source: str = ""


CASES = [
    # W2 makes 12 an Arabic number after ABC, so % is no terminator to W5 but
    # neutral: it goes right-to-left, and 12 keeps its inner order.
    Case("percent", "ABCDEF 12% GHI", 7, 1, "IHG %12", "IHG 12%"),
    # W4 joins no Arabic numbers over a hyphen: three numbers from right to left.
    Case("date-hyphens", "ABCDEF 17-06-2018 GHI", 14, 1, "IHG 2018-06-17", "IHG 17-06-2018"),
    Case("range", "ABCDEF 25-30 GHI", 9, 1, "IHG 30-25", "IHG 25-30"),
    # The plus sign is neutral too (W6) and comes first, that is rightmost.
    Case("telephone", "ABCDEFGHIJ +966-11-4567", 12, 1, "4567-11-966+", "966-11-4567+"),
    # N0: only left-to-right text in the brackets, and a Latin word before them.
    # They take its direction; alone they would be mirrored the other way about.
    Case(
        "bracket-after-latin", "ABC apple (ios 12) DEF", 12, 1,
        "FED (ios 12)", "FED (ios 12)", "FED (ios 12)",
    ),
    # Level 1 is still open: "one" is level 2 in it, the exclamation mark level 1.
    Case(
        "embedding", f"xx {RLE}ABCDEFGH one! ABC{PDF} zz", 11, 0,
        "CBA !one zz", "one! CBA zz",
    ),
    Case(
        "isolate", f"xx {RLI}ABCDEFGH one! ABC{PDI} zz", 11, 0,
        "CBA !one zz", "one! CBA zz",
    ),
    # W4 does join Arabic numbers of a kind over a slash, as it does European ones.
    Case("date-slashes", "ABCDEF 17/06/2018 GHI", 14, 1, "IHG 17/06/2018", "IHG 17/06/2018"),
    # N0: the pair holds DEF, so it is right-to-left; alone the bracket has no
    # partner and N1 gives it to the Latin letters on both sides.
    Case(
        "bracket-opened-before", "ABC (DEF xyz) uvw GHI", 12, 1,
        "IHG uvw (xyz", "IHG xyz) uvw", "IHG uvw )xyz",
    ),
    # W7 makes the numbers left-to-right after the Latin word, N1 the comma.
    Case("list-after-latin", "ABC windows 10, 11 DEF", 11, 1, "FED 10, 11", "FED 11 ,10"),
]  # fmt: skip


def source(text: str, line: Line) -> str:
    """The characters of a row from left to right; invisible ones are left out."""
    chars = [text[cell.start : cell.end].strip(RLE + PDF + RLI + PDI) for cell in line.cells]
    return "".join(chars).translate(TO_CAPITALS).strip()


def as_drawn(text: str, line: Line) -> str:
    """Capitals from the text, all else from the cells."""
    parts = []
    for cell in line.cells:
        char = text[cell.anchor].translate(TO_CAPITALS)
        parts.append(char if char in CAPITALS else cell.text)
    return "".join(parts).strip()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_second_line(case: Case) -> None:
    text = case.text.translate(TO_ARABIC)
    layout = layout_paragraph(text, case.width)
    assert layout.base == case.base
    assert len(layout.lines) == 2
    line = layout.lines[1]
    assert as_drawn(text, line) == case.drawn
    assert source(text, line) == (case.source or case.drawn)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_same_line_without_the_one_before_it(case: Case) -> None:
    """Where it differs, the case proves that levels come from the paragraph."""
    text = case.text.translate(TO_ARABIC)
    start = layout_paragraph(text, case.width).lines[1].start
    alone = layout_paragraph(text[start:], 100, case.base).lines[0]
    assert as_drawn(text[start:], alone) == case.alone
    if case.name == "bracket-after-latin":
        assert source(text[start:], alone) == "FED )ios 12("
