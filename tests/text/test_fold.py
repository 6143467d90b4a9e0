from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.fold import FoldedText, find_all, fold, fold_text
from reader.text.paragraphs import paragraphs
from tests.text.searches import SPELLINGS
from tests.text.texts import any_text


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


def one_by_one(text: str, query: str) -> Iterator[tuple[int, int]]:
    """Find with no map and no short cut: fold each letter, note whose each folded letter is."""
    words = fold(query).split()
    wanted = re.compile(" +".join(map(re.escape, words)))
    passed = 0
    for paragraph in paragraphs(text) if words else ():
        folded, owners = "", []
        for place in range(paragraph.start, paragraph.end):
            piece = unicodedata.normalize("NFKD", fold_text(text[place]))
            folded += piece
            owners += [place] * len(piece)
        for hit in wanted.finditer(folded):
            start, end = owners[hit.start()], owners[hit.end() - 1] + 1
            while end < paragraph.end and unicodedata.category(text[end]) == "Mn":
                end += 1
            if start >= passed:
                yield start, end
                passed = end


@given(any_text | SPELLINGS, st.text(max_size=3) | SPELLINGS)
def test_hits_are_those_of_a_search_letter_by_letter(text: str, query: str) -> None:
    found = FoldedText(text).find(query)
    assert list(found) == list(one_by_one(text, query))
    assert [found[i] for i in range(len(found))] == list(found) == list(found[:])


def test_a_text_folds_as_its_characters_do() -> None:
    # Beyond the four planes that have characters, each is like the others there.
    every = [chr(code) for code in (*range(0x40000), *range(0xDFF00, 0xE1000), 0x10FFFF)]
    assert fold_text("".join(every)) == "".join(map(fold_text, every))


@pytest.mark.parametrize("more", ["", "".join(map(chr, range(0xAC00, 0xAD00)))])
def test_many_different_letters_fold_as_few_do(more: str) -> None:
    text = f"Ça va? «Œuvre» ﻻ ß {more}"
    assert fold_text(text) == "".join(map(fold_text, text))
