from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.fold import find_all, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trump’s", "trump's"),
        ("2016\u00a0campaign", "2016  Campaign"),
        ("«داتا»", '"داتا"'),
        ("أوكزكوفسكي", "اوكزكوفسكى"),
        ("مُحَمَّد", "محمد"),
        ("مـحـمـد", "محمد"),
        ("الشركة", "الشركه"),
        ("کریم", "كريم"),
        ("Ångström", "angstrom"),
        ("Straße", "STRASSE"),
        ("ﻻ", "لا"),
    ],
)
def test_one_word_in_two_spellings_folds_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("بن", "ين"), ("Nix", "Nox"), ("12", "21")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        (
            "his 2016\u00a0campaign. 2016 \u202f Campaign",
            "2016 campaign",
            ["2016\u00a0campaign", "2016 \u202f Campaign"],
        ),
        ("President Trump’s and TRUMP'S", "trump's", ["Trump’s", "TRUMP'S"]),
        ("قال مُحَمَّدٌ إنّ محمد", "محمد", ["مُحَمَّدٌ", "محمد"]),
        ("أوكزكوفسكى وأُوكزكوفسكي", "اوكزكوفسكي", ["أوكزكوفسكى", "أُوكزكوفسكي"]),
        ("الشــركة", "الشركه", ["الشــركة"]),
        ("Strasse, Straße", "STRASSE", ["Strasse", "Straße"]),
        ("a b\nc", "b c", []),
        ("aaaa", "aa", ["aa", "aa"]),
        ("x", "", []),
        ("x", "\u200f ", []),
        ("«داتا»", '"داتا"', ["«داتا»"]),
        ("😀 Nix 😀 nix", "NIX", ["Nix", "nix"]),
    ],
)
def test_hits_are_the_words_as_written(text: str, query: str, hits: list[str]) -> None:
    assert [text[start:end] for start, end in find_all(text, query)] == hits


@given(st.text(), st.text(max_size=5), st.text())
def test_what_is_in_the_text_is_found_there(before: str, middle: str, after: str) -> None:
    line = "".join((before + middle + after).splitlines())
    spans = list(find_all(line, middle))
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(fold(middle) in fold(line[start:end]) for start, end in spans)
    if "".join(middle.splitlines()) == middle and fold(middle):
        assert spans
