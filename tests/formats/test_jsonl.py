"""Our JSON in lines: what the document says, wherever each line stands, in little memory."""

from __future__ import annotations

import json
import re
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from reader.errors import FormatError
from reader.formats.incoming import Given, Taken, Wishes, given_at, take_in
from reader.formats.intake import Counts, Policy
from reader.formats.source import part_of
from reader.store.library import Library
from tests.formats.libraries import KIM, TIME, build, export, hard_cases, id_of
from tests.formats.test_intake import DIFFERING, GOLD, REFUSED, changed

IN_ARTICLES = {
    "mentions": "mention",
    "attributions": "attribution",
    "claim_mentions": "claim_mention",
    "notes": "note",
    "refusals": "refusal",
    "suggestions": "suggestion",
}


def lines_of(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A document in lines."""
    head = {"format": "bidi-reader-lines", "version": 1, "schema": document["schema"]}
    yield {"record": "library"} | head
    yield from ({"record": "annotator"} | each for each in document["annotators"])
    for article in document["articles"]:
        inside = {*IN_ARTICLES, "status"}
        yield {"record": "article"} | {k: v for k, v in article.items() if k not in inside}
        for name, kind in IN_ARTICLES.items():
            yield from ({"record": kind} | each for each in article.get(name, ()))
        for each in article["status"]:
            yield {"record": "status", "article": article["id"]} | each
    for name, kind in (("entities", "entity"), ("claims", "claim"), ("relations", "relation")):
        yield from ({"record": kind} | each for each in document[name])
    yield from ({"record": "note"} | each for each in document["notes"])


def as_lines(data: bytes) -> bytes:
    return written(list(lines_of(json.loads(data))))


def written(lines: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(each) + "\n" for each in lines).encode()


def taken_in(path: Path, *files: bytes, policy: Policy = "refuse") -> Taken:
    parts = (part_of(f"{i}.jsonl", data) for i, data in enumerate(files))
    given = [Given(part.shown, (part,), True) for part in parts]
    with Library(path) as library:
        return take_in(library, given, "Kim", Wishes(format="jsonl", policy=policy))


def refused(path: Path, *files: bytes) -> str:
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(FormatError) as caught:
        taken_in(path, *files)
    said = str(caught.value)
    assert said.endswith(" Nothing was imported.") and "\n" not in said
    assert (path.read_bytes() if path.exists() else None) == before
    return said


@pytest.mark.parametrize("seed", range(6))
def test_lines_in_any_order_give_the_same_library(tmp_path: Path, seed: int) -> None:
    lines = list(lines_of(json.loads(GOLD)))
    Random(seed).shuffle(lines)
    taken = taken_in(tmp_path / "a.db", written(lines))
    assert taken.counts == Counts(2, len(hard_cases().records), 0, 0)
    assert export(tmp_path / "a.db") == GOLD
    # The other way round all of it is there already.
    before = (tmp_path / "a.db").read_bytes()
    assert taken_in(tmp_path / "a.db", written(lines[::-1])).counts == Counts(0, 0, 0, 0)
    assert (tmp_path / "a.db").read_bytes() == before


OF_A_DOCUMENT = {
    *("nothing", "a picture", "half a document", "a list", "a newer version", "deep nesting"),
    *("no number", "a huge number", "a field twice", "a lone surrogate"),
    # A record says itself in which article it stands.
    *("a mention in the wrong place", "a mention of another article"),
}
"""What cannot be wrong in lines, or is wrong there in another way."""

SIGNED = {"annotator": KIM.id, "created": TIME, "updated": TIME}
PLACE = re.compile(r"[a-z_]+\[\d+\](\.[a-z_]+\[\d+\])?(?=[ .:])|line \d+(?=[ .:])")


@pytest.mark.parametrize("name", [name for name in REFUSED if name not in OF_A_DOCUMENT])
def test_what_is_wrong_is_said_as_of_the_document_with_its_line(tmp_path: Path, name: str) -> None:
    data, message = REFUSED[name]
    lines = list(lines_of(json.loads(data)))
    said = refused(tmp_path / "a.db", written(lines))
    assert PLACE.sub("HERE", message) in PLACE.sub("HERE", said)
    if not message.startswith("schema"):
        assert re.match(r"0\.jsonl: line \d+[.: ]", said)


@pytest.mark.parametrize("name", DIFFERING)
def test_what_differs_is_refused_kept_or_replaced(tmp_path: Path, name: str) -> None:
    path = build(tmp_path / "a.db", hard_cases())
    data, before = changed(DIFFERING[name][0]), path.read_bytes()
    assert "differs from what the library has; choose with" in refused(path, as_lines(data))
    assert taken_in(path, as_lines(data), policy="keep").counts == Counts(0, 0, 0, 1)
    assert path.read_bytes() == before
    assert taken_in(path, as_lines(data), policy="replace").counts == Counts(0, 0, 1, 0)
    assert json.loads(export(path)) == json.loads(data)


def test_an_article_that_is_replaced_twice_is_one_step_from_what_was(tmp_path: Path) -> None:
    path = build(tmp_path / "a.db", hard_cases())
    one, two = (
        changed(lambda d, tag=tag: d["articles"][1].update(tags=[tag]))  # type: ignore[misc]
        for tag in ("one", "two")
    )
    counts = taken_in(path, as_lines(one), as_lines(two), policy="replace").counts
    assert counts == Counts(0, 0, 2, 0)
    with Library(path) as library:
        (change,) = library.past.changes(library.history()[-1].id)
        assert getattr(change.after, "tags", None) == ("two",)
        assert library.problems() == ()
    assert json.loads(export(path)) == json.loads(two)


TWICE: dict[str, Callable[[dict[str, Any]], bool]] = {
    "annotator": lambda line: line["record"] == "annotator",
    "article": lambda line: line["record"] == "article",
    "mention": lambda line: line["record"] == "mention",
    "status": lambda line: line["record"] == "status",
}


@pytest.mark.parametrize("name", TWICE)
def test_what_stands_twice_is_named_with_both_lines(tmp_path: Path, name: str) -> None:
    lines = list(lines_of(json.loads(GOLD)))
    at, line = next((i, line) for i, line in enumerate(lines, 1) if TWICE[name](line))
    said = refused(tmp_path / "a.db", written([*lines, line]))
    assert re.search(rf"line {len(lines) + 1}: the id \S+ stands at line {at} already", said)


def test_records_may_stand_in_the_line_of_their_article_too(tmp_path: Path) -> None:
    document = json.loads(GOLD)
    lines = [
        ({"record": "article"} | document["articles"][1])
        if line.get("id") == document["articles"][1]["id"]
        else line
        for line in lines_of(document)
        if line.get("article") != document["articles"][1]["id"]
    ]
    taken_in(tmp_path / "a.db", written(lines))
    assert export(tmp_path / "a.db") == GOLD
    inside = next(i for i, line in enumerate(lines, 1) if "mentions" in line)
    lines[inside - 1]["mentions"][3]["end"] += 300
    lines[inside - 1]["mentions"][3]["quote"] += "x" * 300
    said = refused(tmp_path / "b.db", written(lines))
    assert f"0.jsonl: line {inside}.mentions[3] (mention {id_of('emoji')}): 2-305 leaves" in said


def test_a_file_of_records_alone_finds_its_articles_in_the_file_before(tmp_path: Path) -> None:
    lines = list(lines_of(json.loads(GOLD)))
    texts = [line for line in lines if line["record"] in ("library", "annotator", "article")]
    rest = [line for line in lines if line["record"] not in ("annotator", "article")]
    assert "line 2: there is no article" in refused(tmp_path / "a.db", written(rest))
    taken_in(tmp_path / "a.db", written(texts), written(rest))
    assert export(tmp_path / "a.db") == GOLD


def test_a_status_of_no_article_is_refused(tmp_path: Path) -> None:
    lines = list(lines_of(json.loads(GOLD)))
    at = next(i for i, line in enumerate(lines) if line["record"] == "status")
    lines[at]["article"] = "f" * 16
    said = refused(tmp_path / "a.db", written(lines))
    assert f"line {at + 1}: there is no article 'ffffffffffffffff', neither in the file" in said


def test_a_line_that_is_cut_or_in_another_encoding_is_named(tmp_path: Path) -> None:
    data = as_lines(GOLD)
    last = data.count(b"\n")
    said = refused(tmp_path / "a.db", data[:-9])
    assert re.match(rf"0\.jsonl: not JSON: .* at line {last}, column \d+; repair it", said)
    said = refused(tmp_path / "a.db", data + "{‎}".encode("utf-16"))
    assert f"0.jsonl: line {last + 1}: not UTF-8 at byte 0; save it as UTF-8." in said


def test_an_import_of_more_holds_no_more_at_once(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        """Bytes that are held at once of an import with so many long notes."""
        note = {"record": "note", "on": {"kind": "entity", "id": id_of("obama")}, **SIGNED}
        notes = [note | {"id": f"N{i}", "text": str(i) * 10_000} for i in range(count)]
        file = tmp_path / f"{count}.jsonl"
        file.write_bytes(written([*notes, *lines_of(json.loads(GOLD))]))
        with Library(tmp_path / f"{count}.db") as library:
            given = given_at(file, file.name)
            tracemalloc.start()
            try:
                taken = take_in(library, [given], "Kim", Wishes(format="jsonl"))
                _, most = tracemalloc.get_traced_memory()
            finally:
                tracemalloc.stop()
        assert taken.counts.records == len(hard_cases().records) + count
        return most

    # The first time modules are loaded, too.
    _, few, many = (peak(count) for count in (1, 10, 110))
    assert many < few + 1_000_000
