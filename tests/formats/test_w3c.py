"""Web Annotations as others write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reader.annotation.model import Entity, KnowledgeLink, Mention, Note, Relation
from reader.errors import FormatError
from reader.formats.format import Read
from reader.formats.incoming import Given, Taken, Wishes, take_in
from reader.formats.offsets import UTF_16, unit_named
from reader.formats.registry import reader_of
from reader.formats.source import part_of
from reader.store.library import Library
from tests.formats.fixture import document, parts, read
from tests.formats.libraries import ARABIC, arabic_article, english_article

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
SOURCE = "https://example.org/ar"
EMOJI = ARABIC.index("أوباما")
"""The name begins at 6 in code points, after an emoji: at 7 in UTF-16."""


def annotation(*selectors: dict[str, Any], **more: Any) -> dict[str, Any]:
    target = {"source": SOURCE, "selector": [*selectors]}
    return {"type": "Annotation", "body": {"type": "TextualBody", "value": "PER"}} | {
        "motivation": "tagging",
        "target": target,
        **more,
    }


def at(start: int, end: int) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def words(exact: str, **around: str) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, **around}


def file(*annotations: Any) -> dict[str, bytes]:
    data = {"@context": CONTEXT, "type": "AnnotationPage", "items": list(annotations)}
    return {"a.jsonld": json.dumps(data, ensure_ascii=False).encode()}


def found(*annotations: Any, source: str = SOURCE) -> Read:
    """Read annotations on the Arabic article, which is known by its id."""
    text = json.dumps([*annotations], ensure_ascii=False)
    text = text.replace(source, f"urn:bidi-reader:article:{arabic_article().id}")
    (one,) = read(reader_of("w3c"), {"a.jsonld": text.encode()}, document().articles)
    return one


def mentions(one: Read) -> list[tuple[str, tuple[tuple[int, int], ...], str]]:
    return [
        (m.type, m.span.fragments, m.span.quote)
        for article in one.document.articles
        for m in article.mentions
    ]


def take(path: Path, files: dict[str, bytes], offsets: str | None = None) -> Taken:
    unit = None if offsets is None else unit_named(offsets)
    name, data = next(iter(files.items()))
    with Library(path) as library:
        library.add_articles([arabic_article(), english_article()])
        given = Given(name, (part_of(name, data),), True)
        return take_in(library, [given], "Noor", Wishes(offsets=unit))


def test_positions_in_code_points_and_in_utf_16_mean_the_same_place() -> None:
    expected = [("PER", ((6, 12),), "أوباما")]
    assert mentions(found(annotation(at(6, 12), words("أوباما")))) == expected
    assert mentions(found(annotation(at(7, 13), words("أوباما")))) == expected


def test_one_unit_is_taken_for_the_whole_file(tmp_path: Path) -> None:
    ok, off = annotation(at(6, 12), words("أوباما")), annotation(at(7, 13), words("أوباما"))
    with pytest.raises(FormatError, match=r"1 as code-points, 1 as utf-16\); say with --offsets"):
        take(tmp_path / "a.db", file(ok, off))
    taken = take(tmp_path / "a.db", file(ok, off), str(UTF_16))
    assert taken.counts.records == 1
    ((name, item),) = taken.unresolved
    assert (name, item.where, item.item) == ("a.jsonld", "items[0]", "“أوباما”")
    assert item.reason == "6-12 reads “ أوبام”, not “أوباما”"


def test_positions_without_quotes_are_asked_about_where_units_differ() -> None:
    with pytest.raises(FormatError, match="--offsets code-points"):
        found(annotation(at(6, 12)))


def test_a_quote_alone_has_to_be_the_only_one() -> None:
    one = found(
        annotation(words("العَرَبِيَّةَ")),
        annotation(words("أوباما")),
        annotation(words("أوباما", prefix="قال ", suffix="\u00a0إ")),
        annotation(words("Obama")),
    )
    assert mentions(one) == [("PER", ((18, 31),), "العَرَبِيَّةَ"), ("PER", ((6, 12),), "أوباما")]
    assert [(item.where, item.reason) for item in one.unresolved] == [
        ("[1]", "its quote stands at 3 places"),
        ("[3]", "its quote is not in the text"),
    ]


def test_several_targets_are_one_mention_with_gaps_which_is_left_out_as_a_whole() -> None:
    first = {"source": SOURCE, "selector": words("باراك")}
    last = {"source": SOURCE, "selector": words("أوباما", suffix=")")}
    gone = {"source": SOURCE, "selector": words("nowhere")}
    one = found(annotation(target=[last, first]), annotation(target=[first, gone]))
    assert mentions(one) == [("PER", ((76, 81), (87, 93)), "باراك حسين أوباما")]
    assert [item.where for item in one.unresolved] == ["[1]"]


def test_selectors_that_are_not_read_are_named() -> None:
    refined = {"type": "FragmentSelector", "value": "x", "refinedBy": at(0, 1)}
    one = found(annotation(refined), annotation({"type": "XPathSelector", "value": "/p"}))
    assert [item.reason for item in one.unresolved] == [
        "no selector of it is read (FragmentSelector)",
        "no selector of it is read (XPathSelector)",
    ]


def test_a_text_that_is_not_there_is_named() -> None:
    elsewhere = annotation(target={"source": "urn:x", "selector": words("Obama")})
    one = found(annotation(words("المتحدة")), elsewhere)
    assert [item.reason for item in one.unresolved] == ["its text urn:x is not in the library"]
    with pytest.raises(FormatError, match=r"none of its texts is in the library \(urn:x, for"):
        found(elsewhere)


def test_tags_comments_and_links_of_other_tools_become_records() -> None:
    wikidata = {"type": "SpecificResource", "source": "https://www.wikidata.org/wiki/Q76"}
    bodies = [
        {"type": "TextualBody", "value": "Person", "purpose": "tagging"},
        {"type": "TextualBody", "value": "head of state", "purpose": "tagging"},
        {"type": "TextualBody", "value": "من هو؟", "purpose": "commenting", "language": "ar"},
        wikidata | {"purpose": "identifying"},
    ]
    place = words("أوباما", prefix="قال ")
    one = found(
        annotation(place, id="x:1", body=bodies, creator={"name": "Noor"}, created="2020-01-01"),
        annotation(words("المتحدة"), id="x:2", motivation="highlighting", body=[]),
        {
            "type": "Annotation",
            "motivation": "linking",
            "body": {"type": "TextualBody", "value": "met", "purpose": "tagging"},
            "target": [{"id": "x:1"}, {"id": "x:2"}],
        },
        {"type": "Annotation", "motivation": "replying", "bodyValue": "no", "target": "x:3"},
    )
    assert [m[0] for m in mentions(one)] == ["Person", "head of state", "highlighting"]
    (data,) = one.document.articles
    first = data.mentions[0]
    assert (first.origin, first.created) == ("imported", "2020-01-01")
    names = {person.id: person.name for person in one.document.annotators}
    assert (names[first.annotator], names[data.mentions[2].annotator]) == ("Noor", "reader")
    (note,) = data.notes
    assert (note.text, note.on.id) == ("من هو؟", first.id)
    (entity,) = one.document.entities
    assert (entity.name, entity.type, first.entity) == ("أوباما", "Person", entity.id)
    assert entity.links == (KnowledgeLink("wikidata", "Q76", "confirmed"),)
    (relation,) = one.document.relations
    assert (relation.type, relation.target.id) == ("met", data.mentions[2].id)
    types = [kind.name for kind in one.document.schema.entity_types]
    assert types == ["Person", "head of state", "highlighting"]
    (left,) = one.unresolved
    assert left.reason == "what it is about is not in the file or was left out"


def test_all_of_it_comes_into_a_library_and_only_once(tmp_path: Path) -> None:
    one = annotation(at(7, 13), words("أوباما"), id="x:1", creator="urn:noor")
    reply = {"type": "Annotation", "motivation": "replying", "bodyValue": "no", "target": "x:1"}
    path = tmp_path / "a.db"
    taken = take(path, file(one, reply))
    assert (taken.counts.records, taken.unresolved) == (2, ())
    assert take(path, file(one, reply)).counts.records == 0
    with Library(path) as library:
        kinds = {type(record) for record in library.records.all()}
        assert kinds == {Mention, Note}
        assert library.problems() == ()
    assert not {Entity, Relation} & kinds


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"[]", None),
        (b"", "empty"),
        (b'{"items": [{"type": "Annotation"}]}', r"items\[0\]\.target: is missing"),
        (b'{"@graph": [1]}', r"@graph\[0\]: 1 should be an object"),
        (
            b'[{"target": {"source": "x", "selector": 3}}]',
            r"\[0\]\.target\[0\]\.selector: 3 should",
        ),
        (
            b'{"target": {"selector": {"type": "TextPositionSelector", "start": -1}}}',
            r"the file\.target\[0\]\.selector\.start: -1 should be a whole number",
        ),
        (b'{"target": "x", "body": {"value": 3}}', r"the file\.body\[0\]\.value: 3 should be text"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(data: bytes, error: str | None) -> None:
    if error is None:
        assert mentions(read(reader_of("w3c"), {"a": data})[0]) == []
        return
    with pytest.raises(FormatError, match=f"^a: {error}"):
        read(reader_of("w3c"), {"a": data})


@pytest.mark.parametrize(
    "beginning",
    [
        f'[{{"@context": "{CONTEXT}"',
        f'{{"id": "x", "@context" : ["http://x", "{CONTEXT}"]',
    ],
)
def test_other_tools_files_are_recognised(beginning: str) -> None:
    (part,) = parts({"a.json": beginning.encode()})
    assert reader_of("w3c").recognises(part)
