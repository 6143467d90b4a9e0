"""What every format has to keep; a new one needs its golden files and no test here."""

from __future__ import annotations

import html
import json
import random
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from reader.annotation.model import KINDS, Record, spans_of
from reader.errors import FormatError, UsageError
from reader.formats.document import IN_ARTICLES, Document
from reader.formats.facts import Fact, Names, article_facts, records_of, shared_facts
from reader.formats.format import Reading
from reader.formats.loss import Loss, declared, read_back, summary
from reader.formats.outgoing import Outgoing
from reader.formats.registry import (
    MODULES,
    format_named,
    formats,
    reader_of,
    recognise,
    writer_of,
)
from reader.formats.source import part_of
from reader.store.library import Library
from tests.formats.fixture import (
    document,
    document_of,
    golden,
    imported,
    parts,
    read,
    written,
)
from tests.formats.libraries import Contents, contents
from tests.formats.pages import parsed

READ = [name for name in MODULES if format_named(name).reads]
WRITTEN = [name for name in MODULES if format_named(name).writes]
BOTH = [name for name in READ if name in WRITTEN]
EXACT = [name for name in BOTH if format_named(name).exact]
ONLY_WRITTEN = [name for name in WRITTEN if name not in READ]

_CUTS = 12
_MUTATIONS = 25


def losses_of(name: str, held: Document) -> list[Loss]:
    """Name what a format loses of a document, as an export does."""
    outgoing, module = Outgoing.of_document(held), writer_of(name)
    if not module.FORMAT.reads:
        return list(declared(module.FORMAT, outgoing))
    return list(read_back(reader_of(name), parts(written(module, held)), outgoing))


def facts_of(held: Document) -> list[Fact]:
    names = Names()
    names.add(held.annotators, (*held.entities, *held.claims))
    found = [fact for article in held.articles for fact in article_facts(article, names)]
    records: list[Record] = [*held.entities, *held.claims, *held.relations, *held.notes]
    names.add((), (*held.relations, *held.notes))
    return [*found, *shared_facts(held.schema, held.annotators, records, names)]


def library_of(held: Document, path: Path) -> Path:
    """Make a library of a document, through the format that is proven to hold all."""
    imported(path, written(writer_of("json"), held))
    return path


def test_a_name_that_no_format_has_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no format 'nonsense'; known are json, "):
        reader_of("nonsense")


def test_what_is_said_of_the_formats_can_be_true() -> None:
    for row in formats():
        assert row.name in MODULES and row.title and row.suffixes
        assert row.reads or row.writes
        assert not row.exact or not (row.lacks or row.partly)
        kinds = {fact.item.kind for fact in facts_of(document())}
        for what, reason in (*row.lacks, *row.partly):
            assert reason and not reason.endswith(".")
            assert what.partition(".")[0] in {*kinds, "*"}, what


@pytest.mark.parametrize("name", WRITTEN)
def test_an_export_is_the_committed_files(name: str) -> None:
    made = written(writer_of(name), document())
    assert made.keys() == golden(name).keys()
    for file, data in made.items():
        assert data == golden(name)[file], file


@pytest.mark.parametrize("name", BOTH)
def test_an_export_is_recognised_as_what_it_is(name: str) -> None:
    found = recognise(parts(golden(name)), "the files")
    assert [module.FORMAT.name for module, _ in found.known] == [name]
    assert found.unknown == ()


@pytest.mark.parametrize("name", BOTH)
def test_of_several_files_each_is_told_by_its_name(name: str) -> None:
    found = read(reader_of(name), golden(name), document().articles)
    assert found
    assert {each.shown for each in found} <= golden(name).keys()


@pytest.mark.parametrize("name", WRITTEN)
def test_every_loss_of_the_fixture_has_a_reason(name: str) -> None:
    losses = losses_of(name, document())
    assert {(loss.item.kind, loss.field) for loss in losses if not loss.reason} == set()
    assert bool(losses) is not format_named(name).exact
    for line in summary(losses):
        assert line.startswith("lost: ") and "\n" not in line


@pytest.mark.parametrize("name", BOTH)
def test_what_comes_back_was_there_or_is_lost_by_name(name: str, tmp_path: Path) -> None:
    held = document()
    taken = imported(tmp_path / "other.db", _with_texts(name, tmp_path / "other.db"), name)
    assert taken.unresolved == ()
    with Library(tmp_path / "other.db") as library:
        assert library.problems() == ()
        with library.steady():
            back = Outgoing.of_library(library, removed=True).document()
    missing = {(loss.item.kind, loss.item.key) for loss in losses_of(name, held) if not loss.field}
    before = {(fact.item.kind, fact.item.key) for fact in facts_of(held)}
    after = {(fact.item.kind, fact.item.key) for fact in facts_of(back)}
    for kind in ("mention", "entity", "claim", "claim_mention", "attribution", "relation", "note"):
        were = {key for each, key in before - missing if each == kind}
        are = {key for each, key in after if each == kind}
        assert are == were, kind


def _with_texts(name: str, path: Path) -> dict[str, bytes]:
    """Return the golden files; put the texts into the library if they do not hold them."""
    lacks = dict(format_named(name).lacks)
    if "article.text" in lacks or "article" in lacks:
        library_of(_texts(document()), path)
    return golden(name)


def _texts(held: Document) -> Document:
    """Return a document without what is marked in its texts."""
    nothing: dict[str, Any] = dict.fromkeys((*IN_ARTICLES, "status"), ())
    articles = tuple(replace(article, **nothing) for article in held.articles)
    return replace(held, articles=articles, entities=(), claims=(), relations=(), notes=())


@pytest.mark.parametrize("name", BOTH)
def test_an_export_taken_in_again_where_it_came_from_changes_nothing(
    name: str, tmp_path: Path
) -> None:
    path = library_of(document(), tmp_path / "own.db")
    before = path.read_bytes()
    counts = imported(path, golden(name), name).counts
    assert (counts.articles, counts.records, counts.replaced, counts.kept) == (0, 0, 0, 0)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", BOTH)
def test_a_second_import_changes_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    files = _with_texts(name, path)
    imported(path, files, name)
    before = path.read_bytes()
    counts = imported(path, files, name).counts
    assert (counts.articles, counts.records, counts.replaced, counts.kept) == (0, 0, 0, 0)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", BOTH)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=contents())
def test_any_document_comes_back_without_what_is_lost_by_name(name: str, drawn: Contents) -> None:
    held = document_of(drawn)
    losses = losses_of(name, held)
    assert not (format_named(name).exact and losses)
    files = written(writer_of(name), held)
    for one in read(reader_of(name), files, held.articles):
        assert _marked(one.whole()) <= _marked(held)
        assert one.unresolved == ()


def _marked(held: Document) -> set[object]:
    """Return all that is marked in the texts, with its places: nothing may move."""
    return {
        (article.id, type(record), tuple(span.fragments for span in spans_of(record)))
        for article in held.articles
        for record in records_of(article)
    }


@pytest.mark.parametrize("name", ONLY_WRITTEN)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=contents())
def test_any_document_can_be_written(name: str, drawn: Contents) -> None:
    assert written(writer_of(name), document_of(drawn))


@pytest.mark.parametrize("name", ONLY_WRITTEN)
def test_what_is_not_said_to_be_lost_stands_in_what_is_written(name: str) -> None:
    lost = {(loss.item.key, loss.field) for loss in losses_of(name, document())}
    out = "".join(data.decode() for data in golden(name).values())
    shown = _shown(name, out)
    for fact in facts_of(document()):
        if {(fact.item.key, ""), (fact.item.key, fact.field)}.isdisjoint(lost):
            said = json.loads(fact.value) if fact.field else fact.item.words
            for words in _words(said):
                assert str(words) in shown or json.dumps(words) in shown, fact


def _shown(name: str, out: str) -> str:
    """Return what somebody sees, and what stands in the file."""
    seen = html.unescape(out).replace('""', '"')
    if name == "html":
        return seen + parsed(out).text()
    return seen + seen.replace("\\", "") if name == "markdown" else seen


def _words(said: Any) -> list[Any]:
    """Return what a reader should find of a value; of a record that is named, its words."""
    if isinstance(said, dict):
        # A span is looked for by its words; where it is, a report shows in its own way.
        own = [said["quote"]] if "quote" in said else said.values()
        return [words for each in own for words in _words(each)]
    if not isinstance(said, list):
        return [said]
    if said[:1] in (["entity"], ["claim"]):
        return said[-1:] if said[0] == "entity" else said[1:2]
    if said and isinstance(said[0], str) and said[0] in KINDS:
        return [each for each in said[1:] if isinstance(each, str)]
    return [words for each in said for words in _words(each)]


@pytest.mark.parametrize("name", READ)
def test_a_damaged_file_is_refused_in_one_line_and_the_library_left_alone(name: str) -> None:
    files = golden(name)
    chance = random.Random(name)
    with tempfile.TemporaryDirectory() as folder:
        path = library_of(_texts(document()), Path(folder, "a.db"))
        rest = path.read_bytes()
        for file in files:
            for damaged in _damaged(files[file], chance, len(files)):
                _check_refusal(path, rest, files | {file: damaged}, name)


def _damaged(data: bytes, chance: random.Random, files: int) -> list[bytes]:
    """Return a file cut in the middle, and with something wrong in it."""
    size = max(1, len(data))
    cut = [data[: chance.randrange(size)] for _ in range(max(2, _CUTS // files))]
    return cut + [_mutated(data, chance) for _ in range(max(4, _MUTATIONS // files))]


_ODD = (
    *(b"\x00", b"\xff", b"-1", b"99999999", b"1e400", b"true", b"null", b'"', b"{", b"]", b"\n"),
    *(b"\t", b"0.5", b"\\ud800", b"[" * 5000, "\U0001f600".encode(), b"\r\n", b"9" * 30, b""),
)


def _mutated(data: bytes, chance: random.Random) -> bytes:
    """Put something odd in the place of a number or word, or take a stretch out or in twice."""
    at = chance.randrange(max(1, len(data)))
    to = min(len(data), at + chance.randrange(40))
    middle = data[at:to] * 2 if chance.random() < 0.2 else chance.choice(_ODD)
    return data[:at] + middle + data[to:]


def _check_refusal(path: Path, rest: bytes, files: dict[str, bytes], name: str) -> None:
    try:
        imported(path, files, name)
    except FormatError as error:
        assert error.message.endswith("Nothing was imported.")
        assert "\n" not in error.message
        assert path.read_bytes() == rest
    else:
        # The damage was in words that anybody might write.
        with Library(path) as library:
            assert library.problems() == ()
        path.write_bytes(rest)


def test_a_module_that_reads_has_what_reading_needs() -> None:
    for name in READ:
        module: Reading = reader_of(name)
        assert callable(module.recognises) and callable(module.read)


def test_a_file_in_utf_16_is_named_as_that() -> None:
    part = part_of("a.jsonl", '{"text": "Ann"}'.encode("utf-16"))
    with pytest.raises(FormatError, match="it is in UTF-16; save it as UTF-8"):
        recognise([part], "a.jsonl")
