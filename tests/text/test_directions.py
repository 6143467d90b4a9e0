from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.bidi import first_strong
from reader.text.directions import isolated, own_base, paragraph_base, worded
from reader.text.emit import one_line
from reader.text.properties import bidi_classes
from tests.text.texts import any_text


@pytest.mark.parametrize(
    ("text", "rtl", "base"),
    [
        ("يبدو أن الرئيس", True, 1),
        ("Trump يعود إلى السباق", True, 1),  # begins with a Latin name
        ("يبدو", False, 1),  # wholly Arabic in an English article
        ("Donald Trump", True, 0),  # wholly Latin in an Arabic article
        ("الجزيرة said so", False, 0),
        ("06/17 01:58", True, 1),  # nothing strong: the article's
        ("06/17 01:58", False, 0),
        ("", True, 1),
        ("שלום and سلام", True, 1),
        ("שלום", False, 1),
        # A paragraph of the other language with a name in the article's.
        ("قالت وكالة رويترز (Reuters) إن الرئيس يعود", False, 1),
        ("The president of Iraq (العراق) said so yesterday", True, 0),
        # It begins in the article's language, or has more of it than a name.
        ("Reuters: قال الرئيس إنه يعود إلى السباق", False, 0),
        ("iPhone 14 Pro Max من Apple", True, 1),
        # What an isolate holds does not begin a paragraph (P2), but its words count.
        ("\u2067نعم\u2069 he said to all of us", False, 0),
        ("\u2068Trump\u2069 قال إنه يعود إلى السباق", False, 1),
    ],
)
def test_the_article_decides_unless_the_paragraph_runs_the_other_way(
    text: str, rtl: bool, base: int
) -> None:
    assert paragraph_base(text, rtl) == base


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("يبدو أن الرئيس", 1),
        ("Donald Trump", 0),
        ("Trump يعود إلى السباق", 1),  # the first misleads
        ("Donald Trump يعود", 0),
        ("نعم he said to all of us", 1),
        ("\u2067نعم\u2069 he said", 0),
        ("Note: \u2068قال إنه يعود إلى السباق\u2069", 0),  # a sentence of ours quotes it
        ("a" * 4095 + " " + "نعم " * 5000, 0),  # far on it is not looked at
        ("12 (", 0),
        ("", 0),
    ],
)
def test_without_an_article_the_first_strong_character_or_the_most_words_decide(
    text: str, base: int
) -> None:
    assert paragraph_base(text, None) == base


@pytest.mark.parametrize("text", ["", "12 (", " \n", "\u2068نعم\u2069", "\u200b"])
def test_a_text_without_letters_has_no_direction(text: str) -> None:
    assert own_base(text) is None


@pytest.mark.parametrize(
    ("text", "opened"),
    [("Nix قال نعم", "\u2067"), ("نعم", "\u2067"), ("Nix نعم", "\u2068"), ("12", "\u2068")],
)
def test_a_text_in_a_sentence_runs_as_it_would_by_itself(text: str, opened: str) -> None:
    assert isolated(text) == f"{opened}{text}\u2069"


@given(any_text)
def test_the_own_direction_is_the_first_strong_one_unless_most_words_run_the_other_way(
    text: str,
) -> None:
    first = first_strong(bidi_classes(text))
    words = re.findall("[LRA][^WSB]*", bidi_classes(text))
    mostly = sum(word[0] != "L" for word in words) * 2 > len(words)
    assert own_base(text) in {first, 1 if mostly else first}


@given(any_text, st.booleans())
def test_a_paragraph_of_one_direction_runs_that_way(text: str, rtl: bool) -> None:
    strong = set(bidi_classes(text)) & set("LRA")
    if strong and strong <= {"L"}:
        assert paragraph_base(text, rtl) == 0
    elif strong and "L" not in strong:
        assert paragraph_base(text, rtl) == 1


def test_words_of_ours_read_from_left_to_right_whatever_they_quote() -> None:
    dal = "\u062f"
    told = f"name of {worded(f'entity “{dal} {dal}.”')}: 2 values"
    assert one_line(told, 60) == ("name of entity “.\ufea9 \ufea9”: 2 values", 0)
    assert one_line(worded(f"note “{dal} {dal} {dal}”"), 60) == ("note “\ufea9 \ufea9 \ufea9”", 0)
