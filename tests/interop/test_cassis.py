"""dkpro-cassis finds our annotations where they stand, and what it writes is read again."""

from __future__ import annotations

from typing import Any

import pytest

from reader.annotation.model import spans_of
from reader.formats import cas_types as types
from reader.formats.document import ArticleData
from reader.formats.registry import reader_of, writer_of
from tests.formats.fixture import read, written
from tests.interop.held import HELD, held, places

cassis = pytest.importorskip("cassis", reason="needs the extra `interop`")


def loaded(name: str) -> list[tuple[ArticleData, Any]]:
    files = written(writer_of("cas"), held(name))
    return [
        (article, cassis.load_cas_from_json(files[f"{article.id}.json"].decode()))
        for article in held(name).articles
    ]


@pytest.mark.parametrize("name", HELD)
def test_offsets_words_and_labels_are_equal(name: str) -> None:
    for article, cas in loaded(name):
        assert cas.sofa_string == article.text
        named = cas.select(types.NAMED_ENTITY)
        wanted = sorted(place for each in article.mentions for place in places(each))
        assert sorted((each.begin, each.end, each.value) for each in named) == wanted
        for each in named:
            assert each.get_covered_text() == article.text[each.begin : each.end]
        claims = [place for each in article.claim_mentions for place in each.span.fragments]
        assert sorted((each.begin, each.end) for each in cas.select(types.CLAIM)) == sorted(claims)
        parts = [p for each in article.attributions for s in spans_of(each) for p in s.fragments]
        assert sorted((each.begin, each.end) for each in cas.select(types.PART)) == sorted(parts)


@pytest.mark.parametrize("name", HELD)
def test_tokens_are_in_sentences_and_no_mark_cuts_one(name: str) -> None:
    for article, cas in loaded(name):
        tokens = [(each.begin, each.end) for each in cas.select(types.TOKEN)]
        starts, ends = {start for start, _ in tokens}, {end for _, end in tokens}
        sentences = [(each.begin, each.end) for each in cas.select(types.SENTENCE)]
        assert all(any(a <= s and e <= b for a, b in sentences) for s, e in tokens)
        for mention in article.mentions:
            for start, end in mention.span.fragments:
                assert start in starts and end in ends


@pytest.mark.parametrize("name", HELD)
def test_what_it_writes_is_read_again(name: str) -> None:
    for article, cas in loaded(name):
        files = {f"{article.id}.json": cas.to_json().encode()}
        (one,) = read(reader_of("cas"), files, [article])
        (found,) = one.document.articles
        assert found.id == article.id
        for kind in ("mentions", "claim_mentions", "attributions"):
            before, after = (
                sorted(
                    str([span.fragments for span in spans_of(each)]) for each in getattr(a, kind)
                )
                for a in (article, found)
            )
            assert before == after, kind
