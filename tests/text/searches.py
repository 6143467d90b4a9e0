"""What is looked for in which texts, drawn so that much of it is found."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.text.texts import any_text

SPELLINGS = st.lists(
    st.sampled_from(["ß", "…", "ﻻ", "é", "e\u0301", "s", "S", "l", "ا", "أ", "لا", "مُ", "م", "ـ"])
    | st.sampled_from(["’", "'", "«", " ", "  ", "\u00a0", "\u200c", "\n", "\r\n", "\u2029", "."])
).map("".join)
"""Few letters in many spellings, so that they are often found."""


@st.composite
def searches(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Some texts that differ, and queries, the last of which stands in one of the texts."""
    text = (any_text | SPELLINGS).filter(bool)
    texts = draw(st.lists(text, min_size=1, max_size=8, unique=True))
    queries = draw(st.lists(st.text(max_size=4) | SPELLINGS, min_size=1, max_size=8))
    chosen = draw(st.sampled_from(texts))
    start = draw(st.integers(0, len(chosen)))
    return texts, [*queries, chosen[start : start + 5]]
