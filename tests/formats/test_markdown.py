"""The summary, read by a parser of Markdown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from reader.formats.markdown import plain
from reader.formats.registry import writer_of
from tests.formats.fixture import document, golden, written
from tests.records import texts

ODD = (
    *("# heading", "- item", "1. item", "> quote", "    code", "```\ncode\n```", "---", "===\n"),
    *("[a](https://example.org)", "![a](b.png)", "<b>bold</b>", "<!-- x", "&amp;", "*a* _b_ ~~c~~"),
    *(
        "| a | b |\n|---|---|",
        "a\\",
        "`code",
        "https://example.org/a",
        "$x$ #1 @name :smile:",
        "a\n\nb",
    ),
    *(
        "[^1]: note",
        "\u202eabc",
        "\u2069\u2069 out",
        "\x1b[31m",
        "www.example.org",
        "<https://a.b>",
    ),
)


def parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def check_is_words(text: str) -> None:
    for place in ("{}\n", "- {}\n", "1. a, {}: b\n", "### 1. {}\n", "> {}\n"):
        plain_tokens = parser().parse(place.format("words"))
        tokens = parser().parse(place.format(plain(text)))
        assert [token.type for token in tokens] == [token.type for token in plain_tokens]
        inline = [child.type for token in tokens for child in token.children or ()]
        assert set(inline) == {"text"}, text


@pytest.mark.parametrize("text", ODD)
def test_what_anybody_wrote_is_words(text: str) -> None:
    check_is_words(text)


@settings(max_examples=50)
@given(texts())
def test_any_text_is_words(text: str) -> None:
    check_is_words(text)


@settings(max_examples=50)
@given(texts())
def test_any_text_keeps_its_direction_to_itself(text: str) -> None:
    isolated = plain(text)
    assert isolated[0] == "\u2068" and isolated[-1] == "\u2069"
    for control in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        assert control not in isolated[1:-1]


def test_claims_stand_by_topic_with_claimant_place_and_evidence() -> None:
    out = golden("markdown")["claims.md"].decode()
    heads = [line for line in out.splitlines() if line.startswith("#")]
    assert [re_plain(line) for line in heads] == [
        *("# Claims", "## UN", "### 1. Obama spoke to the UN.", "## No topic"),
        *("### 2. أوباما لم يتحدث", "# Articles"),
    ]
    said = re_plain(out)
    assert "Claimed by Barack Obama (Q76)" in said
    assert "Evidence, supports: “Barack Obama spoke”" in said
    assert "Article 2: “إنَّ … المتحدة” (Barack Obama (Q76); questioned, refute" in said
    assert "Relation: claim 2 أوباما لم يتحدث refutes this (confidence 0.5): لأن" in said


def re_plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def test_a_claim_made_in_the_text_alone_is_there() -> None:
    held = document()
    free = tuple(
        replace(each, claim_mentions=tuple(replace(m, claim=None) for m in each.claim_mentions))
        for each in held.articles
    )
    (out,) = written(writer_of("markdown"), replace(held, articles=free)).values()
    assert "## Of no claim yet\n\n- Article 2:" in out.decode()
