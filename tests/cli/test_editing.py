"""Changing, removing and restoring articles from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reader.store.library import Library
from tests.cli.run import assert_one_line, run, run_on_terminal
from tests.formats.libraries import ENGLISH, arabic_article, english_article

EN, AR = english_article().id, arabic_article().id


def listed(folder: Path, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(folder, "list", "--json", *options).out)
    return found


def test_everything_about_an_article_is_changed_as_one_action(folder: Path) -> None:
    done = run(
        folder,
        *("edit", "1", "--title", "عنوان", "--publisher", "Reuters", "--published", "2016-11-08"),
        *("--url", "https://a.example/1", "--language", "fa", "--direction", "rtl"),
        *("--tag", "one", "--tag", " two ", "--annotator", "Kim"),
    )
    assert (done.code, done.out) == (0, "")
    assert done.err == f"reader: {EN}: changed.\n"
    with Library(folder / "annotations.db") as library:
        article = library.articles.read(EN)
        assert (article.heading, article.publisher, article.published) == (
            "عنوان",
            "Reuters",
            "2016-11-08",
        )
        assert article.sources == ("a.txt", "https://a.example/1")
        assert (article.language, article.direction, article.tags) == ("fa", "rtl", ("one", "two"))
        entry = library.history()[-1]
        assert entry.what.startswith("edit title, publisher, date, URL, language, direction, tags")
    assert listed(folder)[0]["title"] == "عنوان"


def test_tags_come_and_go_and_nothing_new_writes_nothing(folder: Path) -> None:
    assert run(folder, "edit", "1", "2", "--tag", "2016").code == 0
    assert [entry["tags"] for entry in listed(folder)] == [["2016"], ["حملة", "2016"]]
    before = (folder / "annotations.db").read_bytes()
    done = run(folder, "edit", EN[:6], "--tag", "2016")
    assert done.err == f"reader: {EN}: it is so already.\n"
    assert (folder / "annotations.db").read_bytes() == before
    assert run(folder, "edit", "1", "2", "--untag", "حملة").code == 0  # the first has it not
    assert listed(folder)[1]["tags"] == ["2016"]


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        (["edit"], ["name an ARTICLE"], 2),
        (["edit", "1"], ["say what is to change"], 2),
        (["edit", "1", "2", "--title", "x"], ["--title is for one ARTICLE"], 2),
        (
            ["edit", "1", "2", "--untag", "x"],
            ["there is no tag 'x' to take away; its tags: حملة"],
            2,
        ),
        (["edit", "1", "--published", "8 Nov"], ["'8 Nov' is no date", "2016-11-08"], 1),
        (["edit", "1", "--url", "a.example"], ["'a.example' is no web address"], 1),
        (["edit", "1", "--language", "zz"], ["'zz' is no language code"], 1),
        (["edit", "1", "--tag", "a,b"], ["has a comma in it"], 1),
        (["edit", "1", "--direction", "up"], ["'up' is not one of 'ltr', 'rtl'"], 2),
        (["edit", "9", "--tag", "a"], ["no article is '9'"], 2),
        (["remove", "9"], ["no article is '9'"], 2),
        (["restore", "1"], ["no removed article is '1'", "reader list --removed"], 2),
        (["restore", "spoke"], ["'spoke' is not removed"], 2),
    ],
)
def test_what_cannot_be_is_one_line_and_changes_nothing(
    folder: Path, arguments: list[str], words: list[str], code: int
) -> None:
    before = (folder / "annotations.db").read_bytes()
    assert_one_line(run(folder, *arguments), *words, code=code)
    assert (folder / "annotations.db").read_bytes() == before


def test_a_removed_article_is_out_of_sight_and_comes_back_whole(folder: Path) -> None:
    before, exported = listed(folder), run(folder, "export").out
    done = run(folder, "remove", "2")
    assert done.err == f"reader: {AR}: removed; `reader restore {AR}` brings it back.\n"
    assert [entry["id"] for entry in listed(folder)] == [EN]
    assert [(e["id"], e["mentions"]) for e in listed(folder, "--removed")] == [(AR, 10)]
    assert run(folder, "list", "--removed").out.startswith(f"1\t{AR}\tar\t")
    assert json.loads(run(folder, "stats", "--json").out)["total"]["articles"] == 1
    assert [a["id"] for a in json.loads(run(folder, "export").out)["articles"]] == [EN]
    whole = json.loads(run(folder, "export", "--removed").out)
    assert [a.get("removed") for a in whole["articles"]] == [None, True]
    one = json.loads(run(folder, "export", "--removed", AR).out)
    assert one["articles"][-1]["id"] == AR
    for command in ("show", "open", "export", "stats", "edit", "remove"):
        more = ("--tag", "x") if command == "edit" else ()
        words = f"'{AR[:8]}' is removed; bring it back with `reader restore {AR}`"
        assert_one_line(run(folder, command, AR[:8], *more), words, code=2)
    assert run(folder, "restore", "1").err == f"reader: {AR}: back in the list.\n"
    assert listed(folder) == before
    after = json.loads(run(folder, "export").out)
    for article in after["articles"]:
        article.pop("updated", None), article.pop("updated_by", None)
    after["annotators"] = json.loads(exported)["annotators"]
    assert after == json.loads(exported)


def test_adding_a_removed_text_says_how_it_comes_back(folder: Path) -> None:
    run(folder, "remove", EN)
    (folder / "again.txt").write_bytes(ENGLISH.encode())
    done = run(folder, "add", "again.txt")
    assert done.err == (
        "reader: again.txt: its text is in the library already, but removed; "
        f"bring it back with `reader restore {EN}`.\n"
    )
    assert [entry["id"] for entry in listed(folder)] == [AR]


def test_without_removed_articles_it_says_so(folder: Path) -> None:
    done = run(folder, "list", "--removed")
    assert (done.code, done.out) == (0, "")
    assert "has no removed articles" in done.err


def test_articles_are_assigned_and_taken_back(folder: Path) -> None:
    done = run(folder, "assign", "2", "--to", "نور", "--to", "Kim")
    assert done.code == 0
    assert done.err.splitlines() == [
        f"reader: {AR}: assigned to نور, Kim.",
        "reader: نور has not annotated here yet; who begins under that name has it.",
    ]
    assert "it is so already" in run(folder, "assign", "2", "--to", "Kim").err
    assert [each["id"] for each in listed(folder, "--assigned", "--annotator", "نور")] == [AR]
    # The number stays the one by which the article is named.
    (line,) = run(folder, "list", "--assigned", "--annotator", "Kim").out.splitlines()
    assert line.split("\t")[0] == "2"
    nobody = run(folder, "list", "--assigned", "--annotator", "Ann")
    assert (nobody.code, nobody.out) == (0, "")
    assert "nothing is assigned to Ann" in nobody.err
    people = [(each["name"], each["assigned"]) for each in listed(folder)[1]["annotators"]]
    assert people == [("Kim", True), ("نور", True)]
    table = run_on_terminal(folder, "list", "--annotator", "Kim", columns=100).out
    assert "team" in table and "@0/2" in table
    run(folder, "assign", "2", "--to", "Kim", "--take-back")
    assert listed(folder)[1]["tags"][-1] == "@نور"
    run(folder, "assign", "2", "--to", "Kim")
    assert run(folder, "edit", "2", "--untag", "@Kim").code == 0
    assert listed(folder)[1]["tags"][-1] == "@نور"


def test_nobody_is_called_so(folder: Path) -> None:
    done = run(folder, "assign", "1", "--to", "a, b")
    assert_one_line(done, "--to", "comma", code=2)
    assert_one_line(run(folder, "assign", "1", "--to", ""), "--to", "empty", code=2)
    assert_one_line(run(folder, "assign", "1", "--to", "a\nb"), "--to", "one line", code=2)
