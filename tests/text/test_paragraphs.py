"""Hard lines of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.paragraphs import Paragraph, paragraphs


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", []),
        ("a", [(0, 1, 1)]),
        ("a\n", [(0, 1, 2)]),
        ("\n\nb", [(0, 0, 1), (1, 1, 2), (2, 3, 3)]),
        ("a\r\nb\rc\x85d\u2029e", [(0, 1, 3), (3, 4, 5), (5, 6, 7), (7, 8, 9), (9, 10, 10)]),
        ("a\n\rb", [(0, 1, 2), (2, 2, 3), (3, 4, 4)]),
        # These end no paragraph.
        ("a\u2028b\vc\fd\x1ce", [(0, 9, 9)]),
    ],
)
def test_paragraphs_end_at_five_breaks(text: str, spans: list[tuple[int, int, int]]) -> None:
    assert paragraphs(text) == [Paragraph(*span) for span in spans]


@given(st.text("ab\u0627 \n\r\x85\u2029\u2028", max_size=30))
def test_paragraphs_together_are_the_text(text: str) -> None:
    position = 0
    for start, end, following in paragraphs(text):
        assert start == position
        assert not set(text[start:end]) & set("\n\r\x85\u2029")
        assert text[end:following] in ("\n", "\r", "\r\n", "\x85", "\u2029", "")
        position = following
    assert position == len(text)
