"""The library `conllu` reads our sentences, and what it writes is read again."""

from __future__ import annotations

import re

import pytest

from reader.formats.registry import reader_of, writer_of
from tests.formats.fixture import read, written
from tests.interop.held import HELD, held, places

conllu = pytest.importorskip("conllu", reason="needs the extra `interop`")


def exported(name: str) -> str:
    return written(writer_of("conllu"), held(name))["library.conllu"].decode()


@pytest.mark.parametrize("name", HELD)
def test_words_and_blanks_are_the_text_and_brackets_the_mentions(name: str) -> None:
    texts: dict[str, str] = {}
    found: dict[str, list[tuple[int, int, str]]] = {}
    id = ""
    for sentence in conllu.parse(exported(name)):
        id = sentence.metadata.get("newdoc id", id)
        text, opened = texts.setdefault(id, ""), {}
        at = len(text)
        for token in sentence:
            misc = token["misc"] or {}
            start, at = at, at + len(token["form"])
            for chunk in re.findall(r"\([^()]*\)?|[^()]+\)", misc.get("Entity", "")):
                group, *fields = chunk.strip("()").split("-")
                if chunk.startswith("("):
                    opened[group] = (start, fields[0])
                if chunk.endswith(")"):
                    begun, type = opened.pop(group)
                    found.setdefault(id, []).append((begun, at, type))
            at += int(misc.get("SpaceAfter") != "No")
            text += token["form"] + " " * int(misc.get("SpaceAfter") != "No")
        assert opened == {}
        assert sentence.metadata["text"] == text[len(texts[id]) :].rstrip(" ")
        texts[id] = text
    for article in held(name).articles:
        # White space is a blank here; what it is, SpacesAfter says.
        blank = "".join(article.text.split())
        assert "".join(texts[article.id].split()) == blank
        wanted = sorted(place for each in article.mentions for place in places(each))
        squeezed = [
            (len("".join(article.text[:a].split())), "".join(article.text[a:b].split()), type)
            for a, b, type in wanted
        ]
        built = texts[article.id]
        assert sorted(squeezed) == sorted(
            (len("".join(built[:a].split())), "".join(built[a:b].split()), type)
            for a, b, type in found.get(article.id, [])
        )


@pytest.mark.parametrize("name", HELD)
def test_what_it_writes_is_read_again(name: str) -> None:
    text = "".join(sentence.serialize() for sentence in conllu.parse(exported(name)))
    reads = read(reader_of("conllu"), {"a.conllu": text.encode()}, held(name).articles)
    for article, one in zip(held(name).articles, reads, strict=True):
        (found,) = one.document.articles
        assert (found.id, found.text) == (article.id, article.text)
        before, after = (
            sorted(place for each in a.mentions for place in places(each)) for a in (article, found)
        )
        assert before == after
