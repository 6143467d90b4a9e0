"""Words found in a library from the command line: lines, rows, JSON, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.store.library import Library
from tests.cli.run import assert_one_line, run, run_on_terminal
from tests.formats.libraries import ARABIC, ENGLISH, arabic_article, english_article
from tests.records import make_article


def test_on_a_pipe_a_line_for_each_hit_with_its_offsets(folder: Path) -> None:
    done = run(folder, "search", "OBAMA")
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert [(row[0], row[3]) for row in rows] == [(english_article().id, "Obama")] * 2
    for row in rows:
        assert ENGLISH[int(row[1]) : int(row[2])] == "Obama"
        assert "Obama" in row[4]
    assert (done.code, done.err) == (0, "")


def test_marks_and_forms_of_letters_do_not_count(folder: Path) -> None:
    done = run(folder, "search", "العربيه", "--language", "ar")
    ((article, start, end, *_),) = [line.split("\t") for line in done.out.splitlines()]
    assert article == arabic_article().id
    assert ARABIC[int(start) : int(end)] == "العَرَبِيَّةَ"
    assert run(folder, "search", "العربيه", "--language", "en").code == 1


def test_as_json_with_the_place_of_the_hit_in_the_excerpt(folder: Path) -> None:
    (hit,) = json.loads(run(folder, "search", "obama", "--json", "--limit", "1").out)
    assert hit["article"] == english_article().id
    assert ENGLISH[hit["start"] : hit["end"]] == "Obama"
    assert hit["excerpt"][slice(*hit["mark"])] == "Obama"


def test_nothing_found_is_told_and_ends_with_one(folder: Path) -> None:
    before = (folder / "annotations.db").read_bytes()
    assert_one_line(run(folder, "search", "zeppelin"), "“zeppelin” is in no article")
    empty = run(folder, "search", "zeppelin", "--json")
    assert (json.loads(empty.out), empty.code) == ([], 1)
    assert (folder / "annotations.db").read_bytes() == before


@pytest.mark.parametrize("query", ["", "  ", "\u200f", "\u064e"])
def test_a_query_of_nothing_is_refused(folder: Path, query: str) -> None:
    assert_one_line(run(folder, "search", query), "nothing to look for", code=2)


@pytest.mark.parametrize(
    "query", ['"', "NEAR(a b)", "a*", "-x", "AND", "[2J", "\udcff\udcfe", "x" * 9000]
)
def test_what_looks_like_syntax_is_only_looked_for(folder: Path, query: str) -> None:
    done = run(folder, "search", "--", query)
    assert "Traceback" not in done.err
    assert done.code == int(not done.out)


def test_on_a_terminal_hits_are_marked_in_visual_order_and_control_codes_are_gone(
    folder: Path,
) -> None:
    done = run_on_terminal(folder, "search", "المتحده", columns=76)
    assert "\x1b[1;4mﺓﺪﺤﺘﻤﻟﺍ\x1b[0m" in done.out
    hostile = run_on_terminal(folder, "search", "not", columns=76)
    assert "\x1b[1;4mNot\x1b[0m" in hostile.out
    assert "\x1b[31m" not in hostile.out
    assert hostile.code == 0


def test_a_title_is_found_and_a_library_without_an_index_too(folder: Path, tmp_path: Path) -> None:
    with Library(folder / "annotations.db") as library:
        library.add_articles([make_article("Zeppelins rise\n\nThey rose.", title=(0, 14))])
    assert run(folder, "search", "zeppelins").out.count("\n") == 1


def test_without_a_library_it_says_how_to_make_one(tmp_path: Path) -> None:
    assert_one_line(run(tmp_path, "search", "x"), "there is no library here")
    assert list(tmp_path.iterdir()) == []


def test_a_limit_beyond_all_counting_is_no_limit(folder: Path) -> None:
    all_of_them = run(folder, "search", "obama")
    assert run(folder, "search", "obama", "--limit", "9" * 20) == all_of_them


def test_a_language_that_is_no_text_is_that_of_no_article(folder: Path) -> None:
    assert_one_line(run(folder, "search", "obama", "--language", "\udcff"), "is in no article")


def test_what_is_quoted_of_a_long_query_leaves_the_end_of_the_line_readable(folder: Path) -> None:
    done = run(folder, "search", "x" * 50_000)
    assert_one_line(done, "“xxx", " … ", "” is in no article.")
    assert len(done.err) < 2_000
