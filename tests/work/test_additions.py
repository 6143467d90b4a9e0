"""What one run of adding makes of texts that come more than once."""

from __future__ import annotations

from pathlib import Path

from reader.corpus.loading import Wishes
from reader.corpus.sources import find_sources
from reader.store.library import Library
from reader.work.additions import Additions, Arrival

ROW = '"The council","The council met on Monday and decided.",https://example.org/council\n'


def test_a_row_that_stands_twice_in_a_table_is_one_article(tmp_path: Path) -> None:
    data = ("title,text,url\n" + ROW + '"Other","Other words stand here.",\n' + ROW).encode()
    with Library(tmp_path / "annotations.db") as library:
        adding = Additions(
            library, lambda: library.people.who("ann"), Wishes("csv"), told=lambda message: None
        )
        (source,) = find_sources(["-"], data)
        arrivals = [each for each in adding.read(source) if isinstance(each, Arrival)]
        assert [outcome.what for outcome in adding.store(arrivals)] == ["added", "added", "known"]
        assert len(library.articles.listed("")) == 2
        assert library.problems() == ()


def test_a_row_that_stands_again_after_its_newer_version_stays_the_older_one(
    tmp_path: Path,
) -> None:
    newer = ROW.replace("Monday", "Tuesday")
    data = ("title,text,url\n" + ROW + newer + ROW).encode()
    with Library(tmp_path / "annotations.db") as library:
        adding = Additions(
            library, lambda: library.people.who("ann"), Wishes("csv"), told=lambda message: None
        )
        (source,) = find_sources(["-"], data)
        arrivals = [each for each in adding.read(source) if isinstance(each, Arrival)]
        assert [outcome.what for outcome in adding.store(arrivals)] == ["added", "version", "older"]
        (listed,) = library.articles.listed("")
        assert "Tuesday" in library.articles.read(listed.id).text
        assert library.problems() == ()
