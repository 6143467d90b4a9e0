"""Citations and snippets of JSON, worked out by hand."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reader.annotation.model import Mention
from reader.annotation.spans import make_span
from reader.corpus.loading import load_article
from reader.formats.citation import citation, passage, records_json, span_json

ENGLISH = replace(
    load_article(b"A short headline\n\nThe first  sentence\nof the text stands here.\n", "a.txt"),
    title=(0, 16),
    publisher="Daily Post",
    published="2026-01-02",
    sources=("a.txt", "https://example.org/a"),
)
ARABIC = replace(
    load_article("عنوان قصير\n\nقال Trump إنه فاز.\n".encode(), "ع.txt"), title=None, sources=()
)


def test_a_citation_says_where_the_words_stand() -> None:
    assert citation(ENGLISH, [(18, 44)]) == (
        "“The first sentence of the”\n"
        "A short headline, Daily Post, 2026-01-02, https://example.org/a, 18–44 "
        f"({ENGLISH.id[:8]})"
    )


def test_right_to_left_parts_keep_their_order_to_themselves() -> None:
    quoted, where = citation(ARABIC, [(12, 21), (26, 29)]).split("\n")
    assert quoted == "“\u2067قال Trump […] فاز\u2069”"
    assert where == f"\u2067“قال Trump إنه فاز.…”\u2069, 12–21, 26–29 ({ARABIC.id[:8]})"


@given(st.integers(0, 30), st.integers(1, 20))
def test_a_passage_is_the_stored_text(start: int, length: int) -> None:
    assert passage(ENGLISH, [(start, start + length)]) == ENGLISH.text[start : start + length]


def test_json_is_what_the_export_writes() -> None:
    span = make_span(ARABIC.id, ARABIC.text, [(12, 15)])
    written = json.loads(span_json(span))
    assert (written["article"], written["start"], written["end"]) == (ARABIC.id, 12, 15)
    assert (written["quote"], written["suffix"][:6]) == ("قال", " Trump")
    mention = Mention("m", span, "PER", "me", "2026", "2026")
    one, several = records_json([mention]), records_json([mention, mention])
    assert json.loads(one).items() >= {**written, "id": "m", "type": "PER"}.items()
    assert json.loads(several) == [json.loads(one)] * 2
    control = make_span(ARABIC.id, "a\x1b\u202eb", [(0, 4)])
    assert "\x1b" not in span_json(control)
    assert "\u202e" not in span_json(control)
