from __future__ import annotations

import pytest

from reader.text.directions import paragraph_base


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
    ],
)
def test_the_article_decides_unless_all_runs_the_other_way(text: str, rtl: bool, base: int) -> None:
    assert paragraph_base(text, rtl) == base
