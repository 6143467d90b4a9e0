"""doccano's lines in the shapes that its versions and its users write."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader.annotation.schema import EntityType
from reader.errors import FormatError
from reader.formats.format import Read
from reader.formats.incoming import Wishes
from reader.formats.offsets import unit_named
from reader.formats.outgoing import Outgoing
from reader.formats.registry import reader_of, recognise, writer_of
from reader.formats.source import part_of
from reader.store.library import Library
from tests.formats.fixture import (
    document,
    golden,
    imported,
    read,
    taken_in,
    written,
)

DOCCANO = reader_of("doccano")
TEXT = "Ann met Bob"


def lines(*rows: dict[str, Any], indent: int | None = None) -> list[Read]:
    text = "\n".join(json.dumps(row, ensure_ascii=False, indent=indent) for row in rows)
    return read(DOCCANO, {"a.jsonl": text.encode()})


def marked(found: Read) -> list[tuple[str, str]]:
    (article,) = found.document.articles
    return [(mention.type, mention.span.quote) for mention in article.mentions]


@pytest.mark.parametrize(
    "row",
    [
        {"text": TEXT, "label": [[0, 3, "PER"], [8, 11, "PER"]]},
        {"id": 7, "text": TEXT, "labels": [[0, 3, "PER"], [8, 11, "PER"]], "meta": {}},
        {"label": [{"label": "PER", "start_offset": 0, "end_offset": 3}, [8, 11, "PER"]]}
        | {"data": TEXT},
        {
            "text": TEXT,
            "relations": [],
            "entities": [
                {"id": 3, "start_offset": 0, "end_offset": 3, "label": "PER"},
                {"id": 1, "start_offset": 8, "end_offset": 11, "label": "PER"},
            ],
        },
    ],
)
def test_labels_are_found_in_every_shape_on_lines_and_over_lines_and_in_a_list(
    row: dict[str, Any],
) -> None:
    wanted = [("PER", "Ann"), ("PER", "Bob")]
    other = row | {"text": "Bob met Ann"} if "text" in row else row | {"data": "Bob met Ann"}
    for indent in (None, 2):
        assert [marked(found)[:1] for found in lines(row, other, indent=indent)] == [
            [("PER", "Ann")],
            [("PER", "Bob")],
        ]
    for text in (json.dumps([row]), json.dumps([row], indent=1)):
        (found,) = read(DOCCANO, {"a.json": text.encode()})
        assert marked(found) == wanted
    assert recognise([part_of("a.jsonl", json.dumps(row).encode())], "x").unknown == ()


def test_relations_comments_and_other_columns_come_in_and_go_out_again(tmp_path: Path) -> None:
    row = {
        "id": 12,
        "text": TEXT,
        "wiki": 3,
        "entities": [
            {"id": 0, "start_offset": 0, "end_offset": 3, "label": "PER"},
            {"id": "b", "start_offset": 8, "end_offset": 11, "label": "PER"},
            {"id": 9, "start_offset": 4, "end_offset": 11, "label": "Claim"},
        ],
        "relations": [{"from_id": 0, "to_id": "b", "type": "knows"}],
        "Comments": ["to check", {"text": "really?"}],
        "from": {"city": "عمّان"},
    }
    (found,) = lines(row)
    (article,) = found.document.articles
    assert [claim.span.quote for claim in article.claim_mentions] == ["met Bob"]
    assert [note.text for note in article.notes] == [
        "to check",
        "really?",
        '[doccano] {"from": {"city": "عمّان"}, "wiki": 3}',
    ]
    (relation,) = found.document.relations
    ends = {mention.id: mention.span.quote for mention in article.mentions}
    assert (ends[relation.source.id], relation.type, ends[relation.target.id]) == (
        *("Ann", "knows", "Bob"),
    )
    path = tmp_path / "a.db"
    imported(path, {"a.jsonl": json.dumps(row).encode()})
    with Library(path) as library, library.steady():
        held = Outgoing.of_library(library).document()
    (line,) = map(json.loads, written(writer_of("doccano"), held)["doccano.jsonl"].splitlines())
    assert (line["wiki"], line["from"], line["offset_unit"]) == (3, {"city": "عمّان"}, "utf-16")
    assert sorted(line["Comments"]) == ["really?", "to check"]
    assert [each["label"] for each in line["entities"]] == ["PER", "Claim", "PER"]
    (made,) = line["relations"]
    assert (made["from_id"], made["to_id"], made["type"]) == (0, 2, "knows")


def test_what_doccano_would_refuse_is_named_and_the_rest_taken() -> None:
    row = {
        "text": TEXT,
        "label": [[3, 3, "PER"], [0, 3, " "], "sports", [0, 3, "PER"], [0, 3, "PER"]],
        "relations": [{"id": 0, "from_id": 5, "to_id": 6, "type": "knows"}],
    }
    found, empty = lines(row, {"label": [[0, 1, "PER"]], "text": ""})
    assert [(item.where, item.item, item.reason) for item in found.unresolved] == [
        ("line 1.label[0]", "PER", "3-3 is no range"),
        ("line 1.label[1]", " ", "it has no label"),
        ("line 1.label[2]", "sports", "it is said of the text, not of a place"),
        ("line 1.relations[0]", "knows", "an end of it is not there, or found no place"),
    ]
    assert marked(found) == [("PER", "Ann")] * 2
    assert found.notices == ("line 1: 1 label stands twice.",)
    assert [(item.where, item.reason) for item in empty.unresolved] == [
        ("line 2", "it has no text")
    ]


def test_what_offsets_count_is_settled_on_the_whole_file_or_asked(tmp_path: Path) -> None:
    smile = {"text": "😊 Ann", "label": [[3, 6, "PER"]]}
    # Only UTF-16 has room for this one.
    assert marked(lines(smile)[0]) == [("PER", "Ann")]
    both = {"text": "😊 Ann met", "label": [[3, 6, "PER"]]}
    assert [marked(found) for found in lines(both, smile)] == [[("PER", "Ann")]] * 2
    with pytest.raises(FormatError, match=r"utf-16 and code-points.*say which with --offsets"):
        lines(both)
    assert marked(lines(both | {"offset_unit": "utf-16"})[0]) == [("PER", "Ann")]
    assert marked(lines(both | {"offset_unit": "code-points"})[0]) == [("PER", "nn ")]
    wishes = Wishes(offsets=unit_named("code-points"))
    data = json.dumps(smile, ensure_ascii=False).encode()
    taken = taken_in(tmp_path / "a.db", {"a.jsonl": data}, wishes)
    ((_, item),) = taken.unresolved
    assert (item.item, item.reason) == ("PER", "3-6 is no range of the text")


def test_a_library_knows_a_text_with_the_other_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    imported(path, {"a.jsonl": json.dumps({"text": "é\r\nAnn\r\nBob", "label": []}).encode()})
    row = {"text": "é\nAnn\nBob", "label": [[2, 9, "PER"]]}
    assert imported(path, {"b.jsonl": json.dumps(row).encode()}).counts.articles == 0
    with Library(path) as library:
        (entry,) = library.articles.listed("")
        (mention,) = library.records.within(entry.id)
    assert mention.span.quote == "Ann\r\nBob"  # type: ignore[union-attr]


def test_a_type_of_the_library_named_claim_is_no_claim_mention() -> None:
    held = document()
    schema = replace(
        held.schema, entity_types=(*held.schema.entity_types, EntityType("Claim", "C"))
    )
    data = written(writer_of("doccano"), replace(held, schema=schema))["doccano.jsonl"]
    assert b'"Claim"' not in data


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("[1, 2]", "a.jsonl: [0]: 1 should be an object."),
        ('{"text": 3, "label": []}', "a.jsonl: line 1.text: should be text."),
        (
            '{"text": "a", "label": [[0, "1", "PER"]]}',
            "a.jsonl: line 1.label[0] (end): '1' should be a whole number from 0 on.",
        ),
        ('{"text": "a", "label": 1}', "a.jsonl: line 1.label: 1 should be a list."),
        (
            '{"text": "a", "label": [[0, 5, "PER"]]}',
            "a.jsonl: its offsets leave the texts, whatever they count; say with --offsets what "
            "they count, then those that fit are taken and the others named.",
        ),
        (
            '{"text": "a"}\n{"text": "b" "label": []}',
            "a.jsonl: not JSON: Expecting ',' delimiter at line 2, column 14; "
            "repair it, or export it again.",
        ),
        (
            '{"text":\n "a",\n "label" []}',
            "a.jsonl: not JSON: Expecting ':' delimiter at line 3, column 10; "
            "repair it, or export it again.",
        ),
        (" \n", "a.jsonl: there is no text in it; name a file of doccano."),
        (
            '{"text": "a", "entities": [{"id": 1, "start_offset": 0, "end_offset": 1, "label": '
            '"A"}, {"id": 1, "start_offset": 0, "end_offset": 1, "label": "B"}]}',
            "a.jsonl: line 1.entities[1].id: 1 stands twice; number it anew.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_line(row: str, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(DOCCANO, {"a.jsonl": row.encode()})
    assert caught.value.message == message


def test_every_line_of_an_export_says_what_its_offsets_count() -> None:
    rows = [json.loads(line) for line in golden("doccano")["doccano.jsonl"].splitlines()]
    assert {row["offset_unit"] for row in rows} == {"utf-16"}
    for row in rows:
        text = row["text"].encode("utf-16-le")
        for mark in row["entities"]:
            words = text[2 * mark["start_offset"] : 2 * mark["end_offset"]].decode("utf-16-le")
            assert words and not words[0].isspace()
