from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.annotation.spans import make_span
from reader.corpus.article import Article, RoleRange
from reader.overview.quotes import Quote, Quotes
from reader.store.library import Library
from tests.records import make_article

ENGLISH = "Anna left. Karim Haddad (a clerk)\tsaid no. It rained.\nNobody came."
ARABIC = "غادرت آنا. قال كريم حداد لا. هطل المطر."
LONG = "Then " + "very " * 20 + "old Karim said no."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.db") as made:
        yield made


def quoted(library: Library, article: Article, *words: str) -> tuple[Quote, list[str]]:
    library.add_articles([article])
    ranges = [(at := article.text.index(word), at + len(word)) for word in words]
    quote = Quotes(library).sentence(make_span(article.id, article.text, ranges))
    return quote, [quote.text[start:end] for start, end in quote.marks]


def test_a_mention_is_quoted_with_its_sentence_on_one_line(library: Library) -> None:
    quote, marked = quoted(library, make_article(ENGLISH), "Karim", "clerk")
    assert quote.text == "Karim Haddad (a clerk) said no."
    assert (marked, quote.base) == (["Karim", "clerk"], 0)


def test_an_arabic_sentence_reads_from_right_to_left(library: Library) -> None:
    quote, marked = quoted(library, make_article(ARABIC, "ar"), "كريم حداد")
    assert (quote.text, marked, quote.base) == ("قال كريم حداد لا.", ["كريم حداد"], 1)


def test_what_goes_over_sentences_or_paragraphs_is_quoted_with_all_of_them(
    library: Library,
) -> None:
    quote, marked = quoted(library, make_article(ENGLISH), "no. It")
    assert quote.text == "Karim Haddad (a clerk) said no. It rained."
    quote, marked = quoted(library, make_article(ENGLISH), "rained.\nNobody")
    assert (quote.text, marked) == ("It rained. Nobody came.", ["rained. Nobody"])


def test_no_sentence_goes_from_one_part_of_the_article_into_the_next(library: Library) -> None:
    text = "BEIRUT, Monday: Karim said no."
    roles = (RoleRange(0, 15, "dateline"), RoleRange(16, len(text), "body"))
    quote, _ = quoted(library, make_article(text, roles=roles), "Karim")
    assert quote.text == "Karim said no."


def test_an_excerpt_begins_shortly_before_the_mention(library: Library) -> None:
    quote, _ = quoted(library, make_article(LONG), "Karim")
    short = quote.excerpt()
    assert short.text.startswith("… very very") and short.text.endswith("old Karim said no.")
    assert [short.text[start:end] for start, end in short.marks] == ["Karim"]
    assert short.text.index("Karim") <= 40
    assert short.excerpt().text == short.text or "Karim" in short.excerpt().text


def test_a_short_sentence_is_its_own_excerpt(library: Library) -> None:
    quote, _ = quoted(library, make_article(ENGLISH), "Karim")
    assert quote.excerpt() == quote
