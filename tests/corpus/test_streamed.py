"""Long tables are read row by row, and say what they say when they are read as a whole."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from reader.corpus.loading import Wishes, read_manuscripts, read_table
from reader.corpus.manuscript import Manuscript, digest_of
from reader.corpus.sources import find_sources
from reader.corpus.streamed import Surveyed
from reader.errors import ArticleError

SENTENCE = "قال الوزير يوم الاثنين إن مراجعة الملف تستغرق أسبوعا."
JSONL = "".join(
    json.dumps({"id": i, "text": f"{i} {SENTENCE}"}, ensure_ascii=False) + "\n" for i in range(5)
)
CSV = f'id;text\r\n1;"{SENTENCE}\r\nSecond ""line""."\r\n2;{SENTENCE}\r\n'


def survey(path: Path, data: bytes) -> Surveyed | None:
    path.write_bytes(data)
    (source,) = find_sources([path])
    return source.survey()


def streamed(path: Path, data: bytes, wishes: Wishes) -> list[Manuscript]:
    found = survey(path, data)
    assert found is not None
    assert found.digest == digest_of(data)
    rows = read_table(found, path.name, wishes)
    assert rows is not None
    return [row for row in rows if isinstance(row, Manuscript)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", JSONL),
        ("a.jsonl", "\ufeff\n\n" + JSONL.replace("\n", "\r\n")),
        ("a.json", "\n [" + ",\n".join(JSONL.splitlines()) + "]"),
        ("a.csv", CSV),
        ("a.csv", "sep=;\r\n" + CSV),
        ("a.csv", "\ufeff" + CSV),
        ("a.tsv", CSV.replace(";", "\t")),
    ],
)
def test_a_table_is_the_same_row_by_row_and_as_a_whole(
    tmp_path: Path, name: str, text: str
) -> None:
    data = text.encode()
    whole = list(read_manuscripts(data, name))
    assert len(whole) in (2, 5)
    assert streamed(tmp_path / name, data, Wishes()) == whole


def test_a_character_at_the_border_of_two_pieces_is_whole(tmp_path: Path) -> None:
    text = "x" * ((1 << 20) - 20) + SENTENCE * 4
    data = (json.dumps({"text": text}, ensure_ascii=False) + "\n" + JSONL).encode()
    # One byte more or less, so that one of both cuts a letter of two bytes.
    for more in (b"", b" "):
        first, *others = streamed(tmp_path / "a.jsonl", more + data, Wishes())
        assert first.text == text
        assert len(others) == 5


@pytest.mark.parametrize(
    "data",
    [
        JSONL.encode("utf-16"),
        JSONL.encode("utf-16-le"),
        JSONL.encode("windows-1256"),
        JSONL.encode() + b"\xd9",
        b"{}\0" + JSONL.encode(),
        b"\n \n",
        b"",
    ],
)
def test_what_may_be_in_another_encoding_is_not_read_so(tmp_path: Path, data: bytes) -> None:
    assert survey(tmp_path / "a.jsonl", data) is None


def test_a_text_of_another_kind_is_no_table(tmp_path: Path) -> None:
    found = survey(tmp_path / "a.csv", b"<!doctype html><p>A page that is named so.")
    assert found is not None
    assert read_table(found, "a.csv", Wishes()) is None


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    found = survey(path, JSONL.encode())
    assert found is not None
    path.write_bytes(JSONL.encode("windows-1256"))
    rows = read_table(found, "a.jsonl", Wishes())
    assert rows is not None
    with pytest.raises(ArticleError, match=r"a\.jsonl: it changed while it was read; add it again"):
        list(rows)


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    row = json.dumps({"text": SENTENCE * 20}, ensure_ascii=False) + "\n"
    data = (row * 6_000).encode()
    found = survey(tmp_path / "a.jsonl", data)
    assert found is not None
    rows = read_table(found, "a.jsonl", Wishes())
    assert rows is not None
    tracemalloc.start()
    try:
        assert sum(1 for _ in rows) == 6_000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < len(data) / 20
