from __future__ import annotations

import hashlib
from dataclasses import replace

from reader.corpus.article import RoleRange, article_id, display_title
from tests.corpus.seeds import seed


def test_the_id_is_the_digest_of_the_text() -> None:
    text = "قال \U0001f389 e\u0301"
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    assert article_id(text) == digest[:16]
    assert seed("ar").id == seed("ar").text_sha256[:16]


def test_a_headline_is_shown_as_it_is() -> None:
    assert display_title(seed("id")) == (
        "Cambridge Analytica menghubungi Wikileaks tentang email Clinton, kata CEO",
        False,
    )


def test_without_a_headline_the_first_words_of_the_body_are_marked() -> None:
    assert display_title(seed("en")) == (
        "Scrutiny on the digital side of President Trump’s 2016 campaign",
        True,
    )


def test_the_first_words_are_short_even_when_words_are_long() -> None:
    text = "Donaudampfschifffahrtsgesellschaft " * 4
    body = (RoleRange(0, len(text), "body"),)
    article = replace(seed("en"), text=text, roles=body)
    assert display_title(article) == (" ".join(text.split()[:2]), True)
    article = replace(seed("en"), text="x" * 300, roles=(RoleRange(0, 300, "body"),))
    assert display_title(article) == ("x" * 80, True)


def test_a_text_of_furniture_only_still_has_a_name() -> None:
    article = replace(
        seed("en"), text="Home\nShare", roles=(RoleRange(0, 4, "boilerplate"),), title=None
    )
    assert display_title(article) == ("Home Share", True)
