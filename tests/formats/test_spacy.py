"""Tasks and documents in the shapes that Prodigy, spaCy and their users write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reader.errors import FormatError
from reader.formats.format import Read
from reader.formats.incoming import Wishes
from reader.formats.offsets import unit_named
from reader.formats.outgoing import Outgoing
from reader.formats.registry import reader_of, recognise, writer_of
from reader.formats.source import part_of
from reader.store.library import Library
from tests.formats.fixture import golden, read, taken_in, written
from tests.formats.libraries import arabic_article

SPACY = reader_of("spacy")
TEXT = "Ann met Bob"
ANN = {"start": 0, "end": 3, "label": "PER"}
BOB = {"start": 8, "end": 11, "label": "PER"}
EMOJI = "🙂 Ann met Bob"


def lines(*rows: Any, indent: int | None = None) -> list[Read]:
    text = "\n".join(json.dumps(row, ensure_ascii=False, indent=indent) for row in rows)
    return read(SPACY, {"a.jsonl": text.encode()})


def marked(found: Read) -> list[tuple[str, str]]:
    (article,) = found.document.articles
    return [(mention.type, mention.span.quote) for mention in article.mentions]


@pytest.mark.parametrize(
    "row",
    [
        {"text": TEXT, "spans": [ANN, BOB], "_input_hash": 1, "_task_hash": 2, "answer": "accept"},
        {"text": TEXT, "tokens": [{"id": 0, "start": 0, "end": 3}], "ents": [ANN, BOB]},
        {"text": TEXT, "ents": [ANN], "spans": {"sc": [ANN | {"kb_id": "Q1"}, BOB]}},
        [TEXT, {"entities": [[0, 3, "PER"], [8, 11, "PER"]]}],
        [TEXT, {"entities": [(0, 3, "PER"), (8, 11, "PER", "Q1")], "cats": {}}],
    ],
)
def test_every_shape_is_recognised_and_read_on_lines_over_lines_and_in_a_list(row: Any) -> None:
    wanted = [("PER", "Ann"), ("PER", "Bob")]
    assert [marked(found) for found in lines(row)] == [wanted]
    for text in (json.dumps(row), json.dumps([row], indent=1), json.dumps([row])):
        part = part_of("a.json", text.encode())
        assert [module.FORMAT.name for module, _ in recognise([part], "x").known] == ["spacy"]
        (found,) = read(SPACY, {"a.json": text.encode()})
        assert marked(found) == wanted


def test_what_a_doc_says_twice_is_one_mention_with_its_entity() -> None:
    (found,) = lines({"text": TEXT, "ents": [ANN], "spans": {"sc": [ANN | {"kb_id": "Q1"}]}})
    (mention,) = found.document.articles[0].mentions
    (entity,) = found.document.entities
    assert mention.entity == entity.id
    assert [(link.base, link.id, link.status) for link in entity.links] == [
        ("wikidata", "Q1", "confirmed")
    ]


def test_only_accepted_tasks_come_in_and_the_others_are_counted() -> None:
    row = {"text": TEXT, "spans": [ANN]}
    answers = ["reject", "accept", "ignore", "reject"]
    found = lines(*({**row, "answer": answer} for answer in answers), row)
    assert [marked(each) for each in found] == [[("PER", "Ann")]] * 2
    (told,) = found[0].notices
    assert told.endswith("were left out: 2 of “reject” and 1 of “ignore”.")
    (only,) = lines({**row, "answer": "reject"})
    assert only.document.articles == () and "1 of “reject”" in only.notices[0]
    with pytest.raises(FormatError, match=r"line 1.answer: 'maybe' should be accept, reject or"):
        lines({**row, "answer": "maybe"})


def test_relations_go_by_spans_or_by_a_token_in_them() -> None:
    spans = [
        ANN | {"token_start": 0, "token_end": 0},
        BOB | {"token_start": 2, "token_end": 2},
        {"start": 0, "end": 11, "label": "EVENT", "token_start": 0, "token_end": 2},
    ]
    relations = [
        {"head": 9, "child": 9, "label": "knows", "head_span": ANN, "child_span": BOB},
        {"head": 0, "child": 2, "label": "met", "color": "#ffd882"},
        {"head": 1, "child": 7, "label": "lost"},
    ]
    (found,) = lines({"text": TEXT, "spans": spans, "relations": relations})
    quotes = {each.id: each.span.quote for each in found.document.articles[0].mentions}
    assert [
        (quotes[each.source.id], each.type, quotes[each.target.id])
        for each in found.document.relations
    ] == [("Ann", "knows", "Bob"), ("Ann", "met", "Bob")]
    (lost,) = found.unresolved
    assert (lost.where, lost.item) == ("line 1.relations[2]", "lost")


def test_the_option_that_was_chosen_is_the_entity_unless_it_is_none() -> None:
    options = [{"id": "Q312545", "html": "..."}, {"id": "NIL_ambiguous", "text": "?"}]
    row = {"text": TEXT, "spans": [ANN], "options": options}
    chosen, none = lines(row | {"accept": ["Q312545"]}, row | {"accept": ["NIL_ambiguous"]})
    (entity,) = chosen.document.entities
    assert (entity.name, entity.links[0].id) == ("Ann", "Q312545")
    assert none.document.entities == ()


def test_meta_comes_in_as_a_note_and_goes_out_as_meta(tmp_path: Path) -> None:
    row = {"text": TEXT, "spans": [ANN], "meta": {"source": "صحيفة", "pattern": 3}}
    data = {"a.jsonl": json.dumps(row).encode()}
    taken_in(tmp_path / "a.db", data, Wishes())
    with Library(tmp_path / "a.db") as library, library.steady():
        held = Outgoing.of_library(library).document()
    assert [note.text for note in held.articles[0].notes] == [
        '[spacy] {"pattern": 3, "source": "صحيفة"}'
    ]
    (line,) = map(json.loads, written(writer_of("spacy"), held)["spacy.jsonl"].splitlines())
    assert line["meta"] == row["meta"]


def test_a_unit_is_found_by_words_and_asked_for_without() -> None:
    utf_16 = {"start": 3, "end": 6, "label": "PER"}
    for extra in ({"text": "Ann"}, {}):
        tokens = [] if extra else [{"text": "Ann", "start": 3, "end": 6, "id": 0}]
        row = {"text": EMOJI, "tokens": tokens, "spans": [utf_16 | extra]}
        assert [marked(found) for found in lines(row)] == [[("PER", "Ann")]]
    # spaCy itself counts code points, and is not asked.
    ann = {**ANN, "start": 2, "end": 5}
    for doc in (
        {"ents": [ann]},
        {"tokens": [{"id": 0, "start": 0, "end": 1}], "spans": {"sc": [ann]}},
    ):
        assert [marked(each) for each in lines({"text": EMOJI, **doc})] == [[("PER", "Ann")]]
    with pytest.raises(FormatError, match=r"code-points and utf-16.*--offsets"):
        lines([EMOJI, {"entities": [[3, 6, "PER"]]}])


def test_words_that_stand_elsewhere_are_named_when_the_unit_is_said(tmp_path: Path) -> None:
    rows = [{"text": EMOJI, "spans": [{"start": 2, "end": 5, "label": "PER", "text": "Bob"}]}]
    data = {"a.jsonl": json.dumps(rows[0]).encode()}
    with pytest.raises(FormatError, match="of its 1 quotes not all stand"):
        taken_in(tmp_path / "a.db", data, Wishes())
    wishes = Wishes(offsets=unit_named("code-points"), labels={"PER": "PERSON"})
    taken = taken_in(tmp_path / "a.db", data, wishes)
    ((_, lost),) = taken.unresolved
    assert lost.reason == "2-5 reads “Ann”, not “Bob”"


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({"text": " ", "spans": []}, "line 1.text: is empty"),
        ({"spans": []}, "line 1.text: None should be text"),
        ({"text": TEXT, "spans": [3]}, r"line 1.spans\[0\]: 3 should be an object"),
        ({"text": TEXT, "spans": [{**ANN, "start": -1}]}, r"spans\[0\].start: -1 should be"),
        ({"text": TEXT, "spans": [{**ANN, "end": True}]}, r"spans\[0\].end: True should be"),
        ({"text": TEXT, "spans": {"sc": 3}}, "line 1.spans.sc: 3 should be a list"),
        ({"text": TEXT, "spans": [{**ANN, "end": 99}]}, "offsets leave the texts"),
        ({"text": TEXT, "spans": [{**ANN, "label": "77"}]}, r"spans\[0\]: the label '77'"),
    ],
)
def test_broken_tasks_are_refused_in_one_line(row: Any, wrong: str) -> None:
    with pytest.raises(FormatError, match=wrong) as caught:
        lines(row)
    assert "\n" not in caught.value.message


def test_tokens_are_the_whole_text_and_end_at_every_span() -> None:
    rows = [json.loads(line) for line in golden("spacy")["spacy.jsonl"].splitlines()]
    for row in rows:
        tokens = row["tokens"]
        assert "".join(each["text"] + " " * each["ws"] for each in tokens) == row["text"]
        for span in row["spans"]:
            first, last = tokens[span["token_start"]], tokens[span["token_end"]]
            assert (first["start"], last["end"]) == (span["start"], span["end"])
    arabic = next(row for row in rows if row["text"] == arabic_article().text)
    # The clitic is a token of its own where the name after it is marked, and only there.
    assert [each["text"] for each in arabic["tokens"]][-4:] == ["ل", "أوباما", ".", "\r\n"]
    assert "للأمم" in [each["text"] for each in arabic["tokens"]]


def test_spans_that_begin_or_end_with_a_blank_have_tokens_too() -> None:
    text = "ab  c d "
    places = [(0, 3), (2, 5), (3, 4), (5, 8), (6, 7)]
    spans = [{"start": start, "end": end, "label": "PER"} for start, end in places]
    (found,) = lines({"text": text, "spans": spans})
    (row,) = map(
        json.loads, written(writer_of("spacy"), found.document)["spacy.jsonl"].split(b"\n")[:1]
    )
    tokens = row["tokens"]
    assert "".join(each["text"] + " " * each["ws"] for each in tokens) == text
    assert [
        (tokens[each["token_start"]]["start"], tokens[each["token_end"]]["end"])
        for each in row["spans"]
    ] == places


def test_entities_of_an_object_are_read_and_labels_of_doccano_refused() -> None:
    (found,) = lines({"text": TEXT, "entities": [[0, 3, "PER"], [8, 11, "PER"]]})
    assert marked(found) == [("PER", "Ann"), ("PER", "Bob")]
    with pytest.raises(FormatError, match="say --format doccano"):
        lines({"text": TEXT, "label": [[0, 3, "PER"]]})
