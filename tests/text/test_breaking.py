"""Boundaries, in code points."""

from __future__ import annotations

import pytest
from hypothesis import given

from reader.text.breaking import clusters, line_breaks, sentences, words
from tests.text.texts import any_text


def cut(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Ada's 12.5% - no", ["Ada's", "12.5", "no"]),
        ("\U0001f468\u200d\U0001f469 (\u0645\u064e\u0646\u061f)", ["\u0645\u064e\u0646"]),
        ("\u0645\u06cc\u200c\u0631\u0648\u0645 ", ["\u0645\u06cc\u200c\u0631\u0648\u0645"]),
        ("\U0001d400\U0001d401 \U0001d402", ["\U0001d400\U0001d401", "\U0001d402"]),
    ],
)  # fmt: skip
def test_words(text: str, expected: list[str]) -> None:
    assert cut(text, words(text)) == expected


def test_sentences_keep_their_trailing_space() -> None:
    text = "One. \U0001f600 Two! \u0647\u0644\u061f \u0646\u0639\u0645."
    assert cut(text, sentences(text)) == [
        "One. ",
        "\U0001f600 Two! ",
        "\u0647\u0644\u061f ",
        "\u0646\u0639\u0645.",
    ]


def test_clusters() -> None:
    text = "e\u0301\u0628\u064e\U0001f1fa\U0001f1f8x"
    assert clusters(text) == [(0, 2), (2, 4), (4, 6), (6, 7)]


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("", []),
        ("ab cd-ef", [3, 6, 8]),
        ("\U0001f600\U0001f600 x", [1, 3, 4]),
        ("12-13 \u0639\u0627\u0645\u060c \u00abx\u00bb", [6, 11, 14]),
        ("a\u00a0b", [3]),
        ("co\u00adop", [5]),
    ],
)
def test_line_breaks(text: str, offsets: list[int]) -> None:
    assert line_breaks(text) == offsets


@given(any_text)
def test_clusters_and_sentences_cover_the_text(text: str) -> None:
    for spans in (clusters(text), sentences(text)):
        assert "".join(cut(text, spans)) == text
    assert all(text[start:end].strip() for start, end in words(text))
