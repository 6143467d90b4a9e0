"""The text engine: from a paragraph to rows of terminal cells, and back.

Bidirectional levels and order (UAX #9), Arabic joining, grapheme clusters and
line breaks, with maps between columns and offsets. Offsets are code points of
the text handed in, end exclusive. Nothing here imports an interface or a store.
"""

from __future__ import annotations
