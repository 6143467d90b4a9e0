"""Grapheme clusters, and at once those of plain text: letters of one column and their marks.

Nearly all text of Latin, Greek, Cyrillic, Hebrew and Arabic letters is plain.
Its clusters (UAX #29) are each letter with the marks after it, and there is
nothing to look up in tables, which take time to load. All other text is cut by
wcwidth.
"""

from __future__ import annotations

from reader.patterns import pattern

PLAIN = (
    " -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u05be\u05d0-\u05ea\u060c-\u060f\u061b"
    "\u061d-\u064a\u0660-\u066f\u0671-\u06d5\u06e5\u06e6\u06ee-\u06ff\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u25b8\u25cb\u25cf\u25d0\u2713\ufb1d\ufb1f-\ufdff\ufe70-\ufefc"
)
"""Characters of one column that are drawn as they are and begin a cluster after any other."""

MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
)
"""Marks that take no column and belong to the character before them."""

_PLAIN = pattern(f"[{PLAIN}][{PLAIN}{MARKS}]*+")
_MARK = pattern(f"[{MARKS}]")
_CLUSTER = pattern(f"[^{MARKS}][{MARKS}]*+")


def is_plain(text: str) -> bool:
    """Tell whether a text is plain characters, at least one, each with or without marks."""
    return _PLAIN.fullmatch(text) is not None


def graphemes(text: str) -> list[str]:
    """Cut a text into its grapheme clusters."""
    if is_plain(text):
        return _CLUSTER.findall(text) if _MARK.search(text) else list(text)
    from wcwidth import iter_graphemes

    return list(iter_graphemes(text))
