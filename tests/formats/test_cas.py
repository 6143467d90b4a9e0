"""CAS files as INCEpTION and other programs of UIMA write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reader.errors import FormatError
from reader.formats.format import Read
from reader.formats.incoming import Wishes
from reader.formats.offsets import unit_named
from reader.formats.registry import reader_of, recognise
from reader.formats.source import part_of
from tests.formats.fixture import golden, read, taken_in
from tests.formats.libraries import arabic_article

CAS = reader_of("cas")
TEXT = "😊 Ann met Bob."
"""In UTF-16 Ann is at 3, Bob at 11."""
DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."
Fields = dict[str, Any]


def sofa(text: str = TEXT, id: int = 1) -> Fields:
    said = {"sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text", "sofaString": text}
    return {"%ID": id, "%TYPE": "uima.cas.Sofa", **said}


def annotation(id: int, type: str, begin: int, end: int, **said: Any) -> Fields:
    at: Fields = {"%ID": id, "%TYPE": type, "@sofa": 1, "begin": begin, "end": end}
    return at | {name.replace("ref_", "@"): value for name, value in said.items()}


ANN = annotation(5, f"{DKPRO}ner.type.NamedEntity", 3, 6, value="PER")
BOB = annotation(6, f"{DKPRO}ner.type.NamedEntity", 11, 14, value="PER")


def cas(*rows: Fields) -> bytes:
    top = {"%TYPES": {}, "%FEATURE_STRUCTURES": list(rows), "%VIEWS": {}}
    return json.dumps(top, indent=2).encode()


def reads(*rows: Fields) -> list[Read]:
    return read(CAS, {"a.json": cas(*rows)})


def marked(found: Read) -> list[tuple[str, str]]:
    (article,) = found.document.articles
    return [(mention.type, mention.span.quote) for mention in article.mentions]


def test_named_entities_of_each_kind_are_mentions_in_whatever_order_the_file_is() -> None:
    # The text may come after what stands in it, and types of names are layers, too.
    rows = [
        ANN | {"identifier": "http://www.wikidata.org/entity/Q1"},
        annotation(7, f"{DKPRO}ner.type.Person", 11, 14),
        annotation(8, "custom.Span", 7, 10, label="verb"),
        annotation(9, "webanno.custom.Place", 0, 2),
        annotation(2, f"{DKPRO}segmentation.type.Token", 3, 6),
        annotation(3, f"{DKPRO}lexmorph.type.pos.POS", 3, 6, PosValue="NP"),
        annotation(4, f"{DKPRO}segmentation.type.Lemma", 3, 6, value="Ann"),
        annotation(1000, "uima.tcas.DocumentAnnotation", 0, 15, language="en"),
        sofa(),
    ]
    (found,) = reads(*rows)
    wanted = [("PER", "Ann"), ("Person", "Bob"), ("verb", "met"), ("Place", "😊")]
    assert marked(found) == wanted
    (entity,) = found.document.entities
    assert (entity.name, entity.links[0].base, entity.links[0].id) == ("Ann", "wikidata", "Q1")
    assert found.document.articles[0].mentions[0].entity == entity.id
    (told,) = found.notices
    assert told == "annotations of other layers were passed over: 1 of Lemma, 1 of POS."
    parts = [part_of("a.json", cas(*rows))]
    assert [module.FORMAT.name for module, _ in recognise(parts, "x").known] == ["cas"]


def test_relations_and_slots_join_what_is_marked_and_others_are_told() -> None:
    link = {"%ID": 20, "%TYPE": "webanno.custom.LinkType", "role": "agent", "@target": 6}
    array = {"%ID": 21, "%TYPE": "webanno.custom.LinkType[]", "%ELEMENTS": [20, 99, None]}
    (found,) = reads(
        *(sofa(), ANN, BOB, link, array),
        annotation(7, "webanno.custom.Event", 7, 10, ref_roles=21),
        annotation(8, "custom.Relation", 11, 14, label="knows", ref_Governor=5, ref_Dependent=6),
        annotation(9, "custom.Relation", 11, 14, label="lost", ref_Governor=5, ref_Dependent=99),
        annotation(10, f"{DKPRO}syntax.type.dependency.Dependency", 3, 6, DependencyType="x")
        | {"@Governor": 2, "@Dependent": 3},
    )
    quotes = {each.id: each.span.quote for each in found.document.articles[0].mentions}
    assert [
        (quotes[each.source.id], each.type, quotes[each.target.id])
        for each in found.document.relations
    ] == [("met", "agent", "Bob"), ("Ann", "knows", "Bob")]
    (lost,) = found.unresolved
    assert (lost.where, lost.item) == ("%ID 9", "Relation")
    assert found.notices == ("annotations of other layers were passed over: 1 of Dependency.",)


def test_each_text_of_a_file_is_an_article_in_its_language() -> None:
    second = sofa("שלום לכם", 30) | {"sofaID": "translation"}
    word = annotation(31, "custom.Span", 0, 4, label="WORD") | {"@sofa": 30}
    one, two = reads(sofa(), ANN, second, word)
    assert marked(one) == [("PER", "Ann")]
    assert marked(two) == [("WORD", "שלום")]


@pytest.mark.parametrize("stretches", [[(7, 8), (8, 7)], [(7, 8), (8, 9), (9, 8)]])
def test_stretches_that_continue_in_a_circle_are_no_trap(stretches: list[tuple[int, int]]) -> None:
    spans = [annotation(id, "custom.Span", id - 4, id - 3, label="X") for id in (7, 8, 9)]
    joins = [
        annotation(20 + i, "webanno.custom.Relation", 3, 4, label="(continues)")
        | {"@Governor": one, "@Dependent": two}
        for i, (one, two) in enumerate(stretches)
    ]
    (found,) = reads(sofa(), *spans, *joins)
    assert found.document.articles[0].mentions


def test_an_offset_in_the_middle_of_a_character_is_an_error_unless_the_unit_is_said(
    tmp_path: Path,
) -> None:
    half = annotation(7, "custom.Span", 1, 6, label="X")
    with pytest.raises(FormatError, match=r"a.json: %ID 7: 1-6 leaves the text or cuts a charac"):
        reads(sofa(), half)
    with pytest.raises(FormatError, match="--offsets code-points"):
        reads(sofa(), annotation(7, "custom.Span", 1, 99, label="X"))
    wishes = Wishes(offsets=unit_named("code-points"))
    taken = taken_in(tmp_path / "a.db", {"a.json": cas(sofa(), half, BOB)}, wishes)
    assert (taken.counts.articles, taken.unresolved) == (1, ())
    empty = annotation(7, "custom.Span", 3, 3, label="X")
    (found,) = reads(sofa(), empty, ANN)
    assert [lost.where for lost in found.unresolved] == ["%ID 7"]
    assert marked(found) == [("PER", "Ann")]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([], "there is no text in it"),
        ([{"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaURI": "file:x"}], "there is no text in it"),
        ([sofa(), sofa()], r"%FEATURE_STRUCTURES\[1\].%ID: 1 stands twice"),
        ([sofa() | {"%ID": "1"}], "'1' should be a whole number"),
        ([sofa(), ANN | {"begin": None}], "%ID 5.begin, end: None should be"),
        ([sofa(), ANN | {"@sofa": "1"}], "%ID 5.@sofa: should be the number"),
        ([sofa(), ANN | {"value": "8"}], "%ID 5: the label '8'"),
        (
            [sofa(), annotation(7, "webanno.custom.Claim", 3, 6, mode="sung")],
            "%ID 7.mode: 'sung' is not one of asserted, denied, questioned, hypothetical",
        ),
        ([sofa(" ")], "empty"),
    ],
)
def test_broken_files_are_refused_in_one_line(rows: list[Fields], wrong: str) -> None:
    with pytest.raises(FormatError, match=wrong) as caught:
        reads(*rows)
    assert "\n" not in caught.value.message


def test_offsets_are_utf_16_and_tokens_end_where_marks_do() -> None:
    article = arabic_article()
    top = json.loads(golden("cas")[f"{article.id}.json"])
    text = article.text.encode("utf-16-le")
    rows = top["%FEATURE_STRUCTURES"]

    def words(name: str) -> list[str]:
        found = (row for row in rows if row["%TYPE"].endswith(name))
        return [text[2 * row["begin"] : 2 * row["end"]].decode("utf-16-le") for row in found]

    assert words(".Token")[-3:] == ["ل", "أوباما", "."]
    assert "الاتحاد\r\nالأوروبي" in words(".NamedEntity")
    assert words(".Sentence")[1].startswith("ووصل") and len(words(".Sentence")) == 2
    assert {row["%TYPE"] for row in rows if "begin" in row} <= {
        *top["%TYPES"],
        "uima.tcas.DocumentAnnotation",
    }


def test_an_annotation_on_a_text_that_is_not_there_is_refused() -> None:
    with pytest.raises(FormatError, match="there is no text 9 in the file"):
        reads(sofa(), ANN | {"@sofa": 9})
