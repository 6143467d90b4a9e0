"""GNU FriBidi by ctypes: levels and visual order of a paragraph and of its lines."""

from __future__ import annotations

import ctypes
import ctypes.util
from ctypes import POINTER, byref, c_int, c_int8, c_uint32
from dataclasses import dataclass
from functools import lru_cache

_RIGHT_TO_LEFT, _LEFT_TO_RIGHT = 0x111, 0x110  # FRIBIDI_PAR_RTL, FRIBIDI_PAR_LTR


@lru_cache(maxsize=1)
def library() -> ctypes.CDLL | None:
    """FriBidi 1.0 or newer, or None where it is not installed."""
    name = ctypes.util.find_library("fribidi") or "libfribidi.so.0"
    try:
        found = ctypes.CDLL(name)
        reorder = found.fribidi_get_par_embedding_levels_ex
    except (OSError, AttributeError):
        return None
    numbers, levels = POINTER(c_uint32), POINTER(c_int8)
    found.fribidi_get_bidi_types.argtypes = [numbers, c_int, numbers]
    found.fribidi_get_bracket_types.argtypes = [numbers, c_int, numbers, numbers]
    reorder.argtypes = [numbers, numbers, c_int, numbers, levels]
    reorder.restype = c_int8
    found.fribidi_reorder_line.argtypes = [
        c_uint32, numbers, c_int, c_int, c_uint32, levels, numbers, POINTER(c_int),
    ]  # fmt: skip
    found.fribidi_reorder_line.restype = c_int8
    return found


@dataclass(frozen=True)
class FribidiParagraph:
    """A paragraph as FriBidi resolves it.

    Attributes:
        levels: The level of each code point, after rule L1 for the whole as one line.
    """

    base: int
    levels: list[int]
    _types: ctypes.Array[c_uint32]

    def visual_order(self, start: int, end: int) -> list[int]:
        """Code points of a line from left to right (L1, L2)."""
        fribidi = library()
        assert fribidi is not None
        size = len(self.levels)
        levels = (c_int8 * size)(*self.levels)
        order = (c_int * size)(*range(size))
        base = c_uint32(_RIGHT_TO_LEFT if self.base else _LEFT_TO_RIGHT)
        fribidi.fribidi_reorder_line(0, self._types, end - start, start, base, levels, None, order)
        return order[start:end]


def resolved(text: str, base: int) -> FribidiParagraph:
    """Resolve a paragraph of a given base level; FriBidi must be there."""
    fribidi = library()
    assert fribidi is not None
    size = len(text)
    points = (c_uint32 * size)(*map(ord, text))
    types, brackets, levels = (c_uint32 * size)(), (c_uint32 * size)(), (c_int8 * size)()
    fribidi.fribidi_get_bidi_types(points, size, types)
    fribidi.fribidi_get_bracket_types(points, size, types, brackets)
    direction = c_uint32(_RIGHT_TO_LEFT if base else _LEFT_TO_RIGHT)
    highest = fribidi.fribidi_get_par_embedding_levels_ex(
        types, brackets, size, byref(direction), levels
    )
    assert highest > 0
    return FribidiParagraph(base, list(levels), types)
