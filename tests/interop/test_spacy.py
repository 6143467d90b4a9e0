"""spaCy makes documents of our lines and finds every span on its tokens."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reader.annotation.wikidata import confirmed
from reader.formats.linked import named_entities
from reader.formats.registry import reader_of, writer_of
from tests.formats.fixture import read, written
from tests.interop.held import HELD, held, mentions

spacy = pytest.importorskip("spacy", reason="needs the extra `interop`")
tokens = pytest.importorskip("spacy.tokens", reason="needs the extra `interop`")
converters = pytest.importorskip("spacy.training.converters", reason="needs the extra `interop`")
BLANK = spacy.blank("xx")
Place = tuple[int, int, str]


def docs(name: str) -> list[tuple[dict[str, Any], Any]]:
    """Return each line with the document that spaCy makes of its tokens."""
    lines = written(writer_of("spacy"), held(name))["spacy.jsonl"].decode().split("\n")
    made = []
    for row in map(json.loads, filter(None, lines)):
        words = [token["text"] for token in row["tokens"]]
        doc = tokens.Doc(BLANK.vocab, words=words, spaces=[token["ws"] for token in row["tokens"]])
        found = [_char_span(doc, span) for span in row["spans"]]
        assert all(span is not None for span in found)
        doc.spans["sc"] = found
        made.append((row, doc))
    return made


def _char_span(doc: Any, row: dict[str, Any]) -> Any:
    kb_id = row.get("kb_id", "")
    return doc.char_span(row["start"], row["end"], label=row["label"], kb_id=kb_id)


def _places(doc: Any) -> list[Place]:
    return sorted((span.start_char, span.end_char, span.label_) for span in doc.spans["sc"])


@pytest.mark.parametrize("name", HELD)
def test_every_span_stands_on_tokens_and_has_its_words_label_and_item(name: str) -> None:
    entities = named_entities(held(name).entities)
    for article, (row, doc) in zip(held(name).articles, docs(name), strict=True):
        assert doc.text == article.text == row["text"]
        found = [each for each in _places(doc) if each[2] != "Claim"]
        assert found == sorted(mentions(article))
        items = sorted(span.kb_id_ for span in doc.spans["sc"] if span.kb_id_)
        linked = (
            entities.get(each.entity or "")
            for each in article.mentions
            if len(each.span.fragments) == 1
        )
        assert items == sorted(filter(None, (confirmed(each) for each in linked if each)))
        for span, said in zip(doc.spans["sc"], row["spans"], strict=True):
            assert (span.start, span.end - 1) == (said["token_start"], said["token_end"])
            assert span.text == said["text"] == article.text[said["start"] : said["end"]]


@pytest.mark.parametrize("name", HELD)
def test_a_doc_bin_keeps_them_and_what_spacy_writes_is_read_again(name: str) -> None:
    made = [doc for _, doc in docs(name)]
    data = tokens.DocBin(docs=made, store_user_data=True).to_bytes()
    back = list(tokens.DocBin().from_bytes(data).get_docs(BLANK.vocab))
    assert [_places(doc) for doc in back] == [_places(doc) for doc in made]
    rows = [tokens.Doc(BLANK.vocab).from_json(doc.to_json()).to_json() for doc in back]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    module = reader_of("spacy")
    reads = read(module, {"a.jsonl": text.encode()}, held(name).articles)
    for article, one in zip(held(name).articles, reads, strict=True):
        (found,) = one.document.articles
        assert found.id == article.id and one.unresolved == ()
        assert set(mentions(found)) == set(mentions(article))


@pytest.mark.parametrize("name", HELD)
def test_columns_are_read_as_the_words_and_entities_that_they_are(name: str) -> None:
    files = written(writer_of("conll2003"), held(name))
    for article in held(name).articles:
        text = files[f"{article.id}.conll"].decode()
        (doc,) = list(converters.conll_ner_to_docs(text, n_sents=0, no_print=True))
        lines = [line.split(" ") for line in text.split("\n")[2:] if line]
        assert [token.text for token in doc] == [cells[0] for cells in lines]
        starts = [cells[0] for cells in lines if cells[-1].startswith("B-")]
        assert [ent[0].text for ent in doc.ents] == starts
        labels = [cells[-1][2:] for cells in lines if cells[-1].startswith("B-")]
        assert [ent.label_ for ent in doc.ents] == labels
