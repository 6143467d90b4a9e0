"""The Unicode conformance files kept beside the tests, compressed."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parent / "data"
NAMES = {
    "L": "L", "R": "R", "AL": "A", "EN": "E", "AN": "H", "ES": "s", "ET": "t", "CS": "c",
    "NSM": "M", "BN": "b", "B": "B", "S": "S", "WS": "W", "ON": "N",
    "LRE": "x", "RLE": "y", "LRO": "u", "RLO": "v", "PDF": "z",
    "LRI": "l", "RLI": "r", "FSI": "f", "PDI": "p",
}  # fmt: skip
REMOVED = frozenset("xyuvzb")


def lines(name: str) -> Iterator[str]:
    """Lines of a compressed file, without comments and blank ones."""
    with lzma.open(DATA / f"{name}.xz", "rt", encoding="utf-8") as file:
        for line in file:
            if line[0] not in "#\n":
                yield line.rstrip("\n")


def first_line(name: str) -> str:
    """The first line, which names the version."""
    with lzma.open(DATA / f"{name}.xz", "rt", encoding="utf-8") as file:
        return file.readline()
