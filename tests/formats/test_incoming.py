"""An import as a whole: beside another one, and of more than should be held in memory."""

from __future__ import annotations

import gc
import json
from pathlib import Path

import pytest

from reader.annotation.model import Mention
from reader.corpus.article import Article
from reader.errors import ConflictError, FormatError
from reader.formats.document import ArticleData
from reader.formats.incoming import Given, Wishes, given_at, take_in
from reader.formats.intake import Counts
from reader.store.library import Library
from tests.corpus.test_language import SENTENCES


def doccano(path: Path, count: int) -> Given:
    """A file of articles with a label each."""
    lines = ({"text": f"{SENTENCES['he']} {i}", "label": [[0, 3, "PER"]]} for i in range(count))
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return given_at(path, path.name)


def test_of_two_imports_of_one_file_the_later_is_to_be_run_once_more(tmp_path: Path) -> None:
    given = doccano(tmp_path / "a.jsonl", 2)
    done: list[Counts] = []

    def another() -> None:
        if not done:
            with Library(tmp_path / "a.db") as other:
                done.append(take_in(other, [given], "bob", Wishes()).counts)

    with Library(tmp_path / "a.db") as library:
        with pytest.raises(ConflictError) as caught:
            take_in(library, [given], "ann", Wishes(), another)
        assert caught.value.message.endswith(
            "nothing was changed. Import once more: what has come into the library meanwhile "
            "is left as it is."
        )
    with Library(tmp_path / "a.db") as library:
        assert take_in(library, [given], "ann", Wishes()).counts == Counts(0, 0, 0, 0)
        assert [entry.what for entry in library.history()] == ["import 2 records"]
    assert done == [Counts(2, 2, 0, 0)]


def test_what_is_left_out_of_a_folder_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    doccano(tmp_path / "outside.jsonl", 1)
    for number in range(12):
        (folder / f"{number}.jsonl").symlink_to("../outside.jsonl")
    told = (
        "left out (a link out of the folder; name the file itself): "
        + ", ".join(f"{folder}/{number}.jsonl" for number in range(5))
        + " and 7 more"
    )
    with pytest.raises(FormatError) as caught:
        given_at(folder, "in")
    assert caught.value.message == f"in: there is no file in it; name another. L{told[1:]}."
    doccano(folder / "a.jsonl", 1)
    with Library(tmp_path / "a.db") as library:
        taken = take_in(library, [given_at(folder, "in")], "ann", Wishes())
    assert (taken.counts, taken.notices) == (Counts(1, 1, 0, 0), (told,))


def test_what_came_in_is_not_held_until_all_has_come(tmp_path: Path) -> None:
    held: list[int] = []

    def count() -> None:
        gc.collect()
        held.append(sum(type(each) in (Article, ArticleData, Mention) for each in gc.get_objects()))

    with Library(tmp_path / "a.db") as library:
        given = doccano(tmp_path / "a.jsonl", 12)
        assert take_in(library, [given], "ann", Wishes(), count).counts == Counts(12, 12, 0, 0)
    # Only what the document at hand holds, however many came before it.
    assert len(held) == 12
    assert held[-1] <= held[1] <= held[0] + 4
