from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.fold import fold


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
