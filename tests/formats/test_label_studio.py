"""Label Studio's tasks as the tool, older versions of it and its users write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from reader.annotation.model import Mention
from reader.errors import FormatError
from reader.formats.format import Read
from reader.formats.incoming import Wishes
from reader.formats.offsets import unit_named
from reader.formats.outgoing import Outgoing
from reader.formats.registry import reader_of, recognise, writer_of
from reader.formats.source import part_of
from reader.store.library import Library
from tests.formats.fixture import document, golden, imported, read, taken_in, written
from tests.formats.libraries import id_of

STUDIO = reader_of("label-studio")
TEXT = "Ann met Bob."


def region(id: str, start: int, end: int, kind: str = "labels", **value: Any) -> dict[str, Any]:
    name = {"labels": "label"}.get(kind, kind)
    place = {"start": start, "end": end, "text": TEXT[start:end]}
    return {"id": id, "from_name": name, "to_name": "text", "type": kind, "value": place | value}


def task(*results: dict[str, Any], **fields: Any) -> dict[str, Any]:
    rows = [{"id": 7, "was_cancelled": False, "result": list(results)}] if results else []
    return {"id": 1, "data": {"text": TEXT}, "annotations": rows} | fields


def tasks(*rows: dict[str, Any]) -> list[Read]:
    return read(STUDIO, {"a.json": json.dumps(rows, ensure_ascii=False).encode()})


def mentions(found: Read) -> dict[str, Mention]:
    (article,) = found.document.articles
    return {mention.span.quote: mention for mention in article.mentions}


ANN = region("a-1", 0, 3, labels=["PER"])
BOB = region("b-2", 8, 11, labels=["PER", "Friend"])


def test_results_with_one_id_are_one_region() -> None:
    status = region("a-1", 0, 3, "choices", choices=["denied"]) | {"from_name": "status"}
    several = region("b-2", 8, 11, "choices", choices=["x", "y"]) | {"from_name": "topics"}
    one = region("a-1", 0, 3, "choices", choices=["x"]) | {"from_name": "topics"}
    sure = region("a-1", 0, 3, "choices", choices=["yes"]) | {"from_name": "sure"}
    stars = region("a-1", 0, 3, "rating", rating=4)
    why = region("a-1", 0, 3, "textarea") | {
        "value": {"start": 0, "end": 3, "text": ["so", "it is"]}
    }
    kind = region("b-2", 8, 11, "choices", choices=["pronoun"]) | {"from_name": "kind"}
    noted = ANN | {"meta": {"text": ["who?"]}}
    odd = region("b-2", 8, 11, "videorectangle")
    (found,) = tasks(task(status, noted, BOB, one, several, sure, stars, why, kind, odd))
    (article,) = found.document.articles
    ann, *bob = article.mentions
    assert dict(ann.attributes) == {
        "status": "denied",
        "topics": ("x",),
        "sure": True,
        "rating": 4,
        "textarea": "so\nit is",
    }
    assert [(m.type, m.kind, dict(m.attributes)) for m in bob] == [
        ("PER", "pronoun", {"topics": ("x", "y")}),
        ("Friend", "pronoun", {"topics": ("x", "y")}),
    ]
    kinds = {row.name: row.kind for row in found.document.schema.attributes}
    assert kinds == {
        "status": "choice",
        "topics": "choices",
        "sure": "yes-no",
        "rating": "number",
        "textarea": "text",
    }
    (note,) = article.notes
    assert (note.on.id, note.text) == (ann.id, "who?")
    assert found.notices == ("[0].annotations[0]: controls that are not read: videorectangle.",)


@pytest.mark.parametrize(
    ("direction", "labels", "wanted"),
    [
        ("right", ["knows"], {("Ann", "knows", "Bob")}),
        ("left", ["knows", "likes"], {("Bob", "knows", "Ann"), ("Bob", "likes", "Ann")}),
        ("bi", ["knows"], {("Ann", "knows", "Bob"), ("Bob", "knows", "Ann")}),
        (None, None, {("Ann", "related", "Bob")}),
        ("right", [], {("Ann", "related", "Bob")}),
    ],
)
def test_relations_have_a_direction_and_any_number_of_labels(
    direction: str | None, labels: list[str] | None, wanted: set[tuple[str, str, str]]
) -> None:
    link: dict[str, Any] = {"from_id": "a-1", "to_id": "b-2", "type": "relation"}
    link |= {} if labels is None else {"direction": direction, "labels": labels}
    lost = {"from_id": "a-1", "to_id": "gone", "type": "relation", "labels": ["x"]}
    bob = region("b-2", 8, 11, labels=["PER"])
    # Relations may stand before what they relate.
    (found,) = tasks(task(link, lost, ANN, bob))
    quotes = {mention.id: quote for quote, mention in mentions(found).items()}
    assert {
        (quotes[r.source.id], r.type, quotes[r.target.id]) for r in found.document.relations
    } == wanted
    ((item),) = found.unresolved
    assert (item.item, item.reason) == ("x", "an end of it is not there, or found no place")


def test_several_annotators_and_cancelled_annotations_of_one_task() -> None:
    rows = [
        {"completed_by": {"id": 1, "email": "a@example.org"}, "result": [ANN]},
        {"completed_by": 3, "result": [ANN, BOB]},
        {"completed_by": 3, "was_cancelled": True, "result": [BOB]},
        {"result": []},
    ]
    (found,) = tasks(task(annotations=rows))
    names = {person.id: person.name for person in found.document.annotators}
    (article,) = found.document.articles
    assert sorted((names[m.annotator], m.type, m.span.quote) for m in article.mentions) == [
        ("Label Studio 3", "Friend", "Bob"),
        ("Label Studio 3", "PER", "Ann"),
        ("Label Studio 3", "PER", "Bob"),
        ("a@example.org", "PER", "Ann"),
    ]
    assert found.notices == ("[0]: 1 cancelled annotation left out.",)
    # The older name of annotations, and of controls.
    old = {"id": 1, "data": {"text": TEXT}, "completions": [{"result": [ANN]}]}
    assert list(mentions(tasks(old)[0])) == ["Ann"]


def test_predictions_are_proposals_with_their_model_and_score() -> None:
    scored = region("p", 8, 11, labels=["PER"]) | {"score": 0.25}
    rows = [
        {"model_version": "m1", "score": 0.9, "result": [ANN, scored]},
        {"model_version": None, "score": 7, "result": [ANN]},
    ]
    (found,) = tasks(task(predictions=rows))
    (article,) = found.document.articles
    assert [(s.span.quote, s.model, s.score) for s in article.suggestions] == [
        ("Ann", "m1", 0.9),
        ("Bob", "m1", 0.25),
        ("Ann", "Label Studio", None),
    ]
    assert article.mentions == ()


def test_what_is_said_of_a_text_is_kept_and_written_back(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    topic: dict[str, Any] = {"id": "q", "from_name": "topic", "to_name": "text", "type": "choices"}
    topic |= {"value": {"choices": ["politics", "«a»"]}}
    note: dict[str, Any] = {"id": "n", "from_name": "notes", "to_name": "text", "type": "textarea"}
    note |= {"value": {"text": ["read again"]}}
    row = task(ANN, topic, note, data={"text": TEXT, "source": {"url": "x"}, "n": 3})
    imported(path, {"a.json": json.dumps([row]).encode()})
    with Library(path) as library, library.steady():
        held = Outgoing.of_library(library).document()
    assert sorted(n.text for n in held.articles[0].notes)[2] == "read again"
    files = written(writer_of("label-studio"), held)
    (made,) = json.loads(files["tasks.json"])
    assert made["data"] == {"text": TEXT, "n": 3, "source": {"url": "x"}}
    (results,) = (sheet["result"] for sheet in made["annotations"])
    said = {each["from_name"]: each["value"] for each in results}
    assert said["topic"] == {"choices": ["politics", "«a»"]}
    assert said["notes"] == {"text": ["read again"]}
    tree = ElementTree.fromstring(files["config.xml"])
    (choices,) = tree.findall("Choices[@name='topic']")
    assert {choice.get("value") for choice in choices} == {"politics", "«a»"}
    assert imported(path, files).counts.records == 0


def test_rows_of_json_min_are_tasks() -> None:
    row = {
        "id": 1,
        "created_at": "2026-01-01T00:00:00Z and much, much longer than the text",
        "text": TEXT,
        "label": [
            {"start": 0, "end": 3, "text": "Ann", "labels": ["PER"]},
            {"start": 8, "end": 11, "text": "Bob", "labels": ["PER"]},
        ],
        "status": [{"start": 0, "end": 3, "text": "Ann", "choices": ["new"]}],
        "topic": "politics",
        "annotator": 5,
        "annotation_id": 4,
    }
    data = json.dumps([row], indent=2).encode()
    (found,) = read(STUDIO, {"a.json": data})
    assert dict(mentions(found)["Ann"].attributes) == {"status": "new"}
    assert [person.name for person in found.document.annotators][1:] == ["Label Studio 5"]
    (note,) = found.document.articles[0].notes
    assert note.text == '[label-studio] {"data": {"topic": "politics"}}'
    (known,) = recognise([part_of("a.json", data)], "x").known
    assert known[0].FORMAT.name == "label-studio"


def test_offsets_of_older_data_and_line_ends_that_are_written_as_two_characters() -> None:
    text = "😊 Ann\nLee\r\nBob"
    ann = region("a", 2, 9, labels=["PER"]) | {"type": "labels"}
    for start, end, quote in (
        (2, 9, "Ann\\nLee"),
        (2, 9, "Ann\nLee"),
        (3, 10, "Ann\\nLee"),
    ):
        ann["value"] = {"start": start, "end": end, "text": quote, "labels": ["PER"]}
        (found,) = tasks(task(ann, data={"text": text}))
        assert list(mentions(found)) == ["Ann\nLee"]
    for start in (11, 12, 10):
        ann["value"] = {"start": start, "end": start + 3, "text": "Bob", "labels": ["PER"]}
        assert list(mentions(tasks(task(ann, data={"text": text}))[0])) == ["Bob"]


def test_regions_of_pages_are_taken_by_their_offsets_in_all_of_the_text() -> None:
    page = "<p>Ann<br/>met &amp; <b>Bob</b></p>"
    value = {
        "start": "/p[1]/b[1]/text()[1]",
        "end": "/p[1]/b[1]/text()[1]",
        "startOffset": 0,
        "endOffset": 3,
        "globalOffsets": {"start": 10, "end": 13},
        "text": "Bob",
        "hypertextlabels": ["PER"],
    }
    row = {"id": "x", "from_name": "l", "to_name": "html", "type": "hypertextlabels"}
    (found,) = tasks(task(row | {"value": value}, data={"html": page, "title": "A page"}))
    assert found.document.articles[0].text == "Ann\nmet & Bob"
    assert list(mentions(found)) == ["Bob"]
    del value["globalOffsets"]
    (found,) = tasks(task(row | {"value": value}, data={"html": page}))
    assert [item.reason for item in found.unresolved] == [
        "its place is a path or a paragraph, without offsets of the text"
    ]


def test_an_offset_that_disagrees_and_a_region_without_a_label_are_named(tmp_path: Path) -> None:
    bare = region("c", 4, 7)
    del bare["value"]["text"]
    wrong = region("b", 7, 10, labels=["PER"]) | {}
    wrong["value"]["text"] = "Bob"
    files = {"a.json": json.dumps([task(ANN, bare, wrong)]).encode()}
    with pytest.raises(FormatError, match=r"^a\.json: of its 2 quotes not all stand"):
        imported(tmp_path / "a.db", files)
    wishes = Wishes(offsets=unit_named("code-points"))
    taken = taken_in(tmp_path / "a.db", files, wishes)
    assert [(item.where, item.item, item.reason) for _, item in taken.unresolved] == [
        ("[0].annotations[0].result[1]", "a region", "it has no label"),
        ("[0].annotations[0].result[2]", "PER “Bob”", "7-10 reads “ Bo”, not “Bob”"),
    ]


def test_a_region_that_was_moved_there_is_a_change_of_the_mention_here(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    imported(path, written(writer_of("json"), document()))
    files = dict(golden("label-studio"))
    rows = json.loads(files["tasks.json"])
    for sheet in rows[2]["annotations"]:
        for row in sheet["result"]:
            if row.get("id") == id_of("hebrew"):
                row["value"] |= {"start": 4, "end": 9, "text": "אובמה", "labels": ["ORG"]}
    files["tasks.json"] = json.dumps(rows).encode()
    with pytest.raises(FormatError, match="choose with --on-conflict"):
        imported(path, files)
    taken = taken_in(path, files, Wishes(policy="replace"))
    assert (taken.counts.records, taken.counts.replaced) == (0, 1)
    with Library(path) as library:
        found = {r.id: r for a in library.articles.listed("") for r in library.records.within(a.id)}
    moved = found[id_of("hebrew")]
    assert isinstance(moved, Mention)
    assert (moved.span.quote, moved.type, moved.entity) == ("אובמה", "ORG", id_of("obama"))


def test_what_is_said_of_a_claim_comes_back_in_its_fields() -> None:
    """What has choices of yes and no is no yes-no attribute where it stands for a field."""
    reads = read(STUDIO, dict(golden("label-studio")), document().articles)
    schemas = [[row.name for row in found.document.schema.attributes] for found in reads]
    assert schemas[-1] == ["certain", "sense", "weight"]
    claim = region("c", 4, 11, labels=["Claim"])
    worthy = region("c", 4, 11, "choices", choices=["yes"]) | {"from_name": "check_worthy"}
    mode = region("c", 4, 11, "choices", choices=["denied"]) | {"from_name": "mode"}
    (found,) = tasks(task(claim, worthy, mode))
    (made,) = found.document.articles[0].claim_mentions
    assert (made.check_worthy, made.mode, dict(made.attributes)) == ("yes", "denied", {})


def test_the_interface_has_every_control_and_value_of_the_tasks() -> None:
    tree = ElementTree.fromstring(golden("label-studio")["config.xml"])
    controls = {each.get("name"): each for each in tree if each.get("name")}
    for row in json.loads(golden("label-studio")["tasks.json"]):
        sheets = [*row["annotations"], *row["predictions"]]
        for result in (result for sheet in sheets for result in sheet["result"]):
            if result["type"] == "relation":
                continue
            control = controls[result["from_name"]]
            assert control.tag.lower() == result["type"]
            assert control.get("toName") == result["to_name"] == "text"
            said = result["value"].get("labels") or result["value"].get("choices") or ()
            assert {*said} <= {each.get("value") for each in control}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("[]", "a.json: there is no task in it; name an export of Label Studio."),
        ("[1]", "a.json: [0]: 1 should be an object."),
        ('[{"id": 1}]', "a.json: [0]: it has neither data nor a text; it is no task."),
        (
            '[{"data": {"a": "x", "b": "y"}, "annotations": []}]',
            "a.json: [0].data: no field of it is surely the text; call it text.",
        ),
        (
            '[{"data": {"text": "x"}, "annotations": [{"result": [{"id": "a", "type": "labels", '
            '"value": {"start": 0.5, "end": 1}}]}]}]',
            "a.json: [0].annotations[0].result[0].value.start: 0.5 should be a whole number from 0 "
            "on.",
        ),
        (
            '[{"data": {"text": "x"}, "annotations": [{"result": [{"id": "a", "type": "labels", '
            '"to_name": {}, "value": {"start": -1, "end": 1}}]}]}]',
            "a.json: [0].annotations[0].result[0].value.start: -1 should be a whole number",
        ),
        ('[{"data": {"text": "x"},', "a.json: not JSON: "),
    ],
)
def test_what_is_wrong_is_said_in_one_line(data: str, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(STUDIO, {"a.json": data.encode()})
    assert caught.value.message.startswith(message)
    assert "\n" not in caught.value.message


def test_regions_on_another_text_of_a_task_are_named() -> None:
    headline = region("a", 0, 3, labels=["PER"]) | {"to_name": "title"}
    given = task(headline, region("b", 8, 11, labels=["PER"]))
    given["data"] = {"title": "Bob again", "text": TEXT}
    (found,) = tasks(given)
    assert list(mentions(found)) == ["Bob"]
    (lost,) = found.unresolved
    assert lost.reason == "it stands on “title”, another text of the task"
