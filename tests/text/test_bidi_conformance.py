"""Every case of Unicode's own two tests of the bidirectional algorithm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import pytest

from reader.text.bidi import line_levels, resolve_classes, resolve_levels, visual_order
from reader.text.properties import bidi_classes
from tests.text import ucd_files

SHARDS = 4
BASES: dict[int, int | None] = {1: None, 2: 0, 4: 1}


# Characters removed by X9 are `x`.
MARKS = str.maketrans(
    {code: "x" if code in ucd_files.REMOVED else "." for code in ucd_files.NAMES.values()}
)


def shown(levels: Sequence[int], classes: str) -> tuple[list[str], list[int]]:
    """Levels and order as the files write them."""
    return _written(tuple(levels), classes.translate(MARKS))


@cache
def _written(levels: tuple[int, ...], marks: str) -> tuple[list[str], list[int]]:
    kept = [index for index, mark in enumerate(marks) if mark != "x"]
    marked = [
        mark if mark == "x" else str(level) for mark, level in zip(marks, levels, strict=True)
    ]
    order = visual_order([levels[index] for index in kept])
    return marked, [kept[index] for index in order]


def class_cases(shard: int) -> Iterator[tuple[str, int, list[str], list[int]]]:
    """Class letters, bit set of base directions, levels and order in a part of BidiTest.txt."""
    levels: list[str] = []
    order: list[int] = []
    for number, line in enumerate(ucd_files.lines("BidiTest.txt")):
        if line.startswith("@Levels:"):
            levels = line[8:].split()
        elif line.startswith("@Reorder:"):
            order = [int(index) for index in line[9:].split()]
        elif number % SHARDS == shard:
            names, bits = line.split(";")
            yield "".join(map(ucd_files.NAMES.__getitem__, names.split())), int(bits), levels, order


@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_sequence_of_classes(shard: int) -> None:
    wrong = []
    for classes, bits, levels, order in class_cases(shard):
        for bit, base in BASES.items():
            if bits & bit:
                level, resolved = resolve_classes(classes, base)
                if shown(line_levels(resolved, classes, level), classes) != (levels, order):
                    wrong.append((classes, base))
    assert wrong == []


def test_the_file_of_class_sequences_is_whole() -> None:
    lines = (line for line in ucd_files.lines("BidiTest.txt") if line[0] != "@")
    assert sum(int(line.split(";")[1]).bit_count() for line in lines) == 770_241


@pytest.mark.parametrize("direction", ["0", "1", "2"])
def test_every_sequence_of_characters(direction: str) -> None:
    wrong, count = [], 0
    for line in ucd_files.lines("BidiCharacterTest.txt"):
        points, given, base, levels, order = line.split(";")
        if given != direction:
            continue
        count += 1
        text = "".join(chr(int(point, 16)) for point in points.split())
        level, resolved = resolve_levels(text, None if given == "2" else int(given))
        classes = bidi_classes(text)
        expected = (levels.split(), [int(index) for index in order.split()])
        result = shown(line_levels(resolved, classes, level), classes)
        if (level, result) != (int(base), expected):
            wrong.append(points)
    assert wrong == []
    assert count == {"0": 45_849, "1": 45_830, "2": 28}[direction]
