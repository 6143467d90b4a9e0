from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from reader.annotation.model import Ref
from reader.session import Session
from tests.cli.run import assert_one_line, run, run_on_terminal
from tests.formats.libraries import ARABIC, ENGLISH, arabic_article, english_article

TITLE = "😊 قال أوباما إنَّ العَرَبِيَّةَ للأمم المتحدة."


def test_on_a_pipe_lines_of_data_with_tabs(folder: Path) -> None:
    done = run(folder, "list", "--annotator", "Kim")
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert rows[0] == [
        *("1", english_article().id, "en", "1.00", "ltr", "new", "1", "0", "1"),
        *(str(len(ENGLISH)), "2026-01-01T00:00:00Z", ""),
        *("Barack Obama spoke. ␛[31mNot␛[0m red␀, abc said Obama there.…", ""),
        *("0", "0", "1"),
    ]
    assert rows[1] == [
        *("2", arabic_article().id, "ar", "0.88", "rtl", "in progress", "10", "1", "1"),
        *(str(len(ARABIC)), "2026-01-02T00:00:00Z", "حملة 2016"),
        *(TITLE, "", "0", "1", "0"),
    ]
    assert done.code == 0
    assert done.err == ""


def test_as_json(folder: Path) -> None:
    found = json.loads(run(folder, "list", "--json").out)
    assert [entry["id"] for entry in found] == [english_article().id, arabic_article().id]
    assert found[1]["title"] == TITLE.replace("أوباما ", "أوباما\u00a0")


def test_what_is_ones_own_is_told_from_what_others_have_marked(folder: Path) -> None:
    path = folder / "annotations.db"
    with closing(Session.open(path, "Zoe")) as zoe:
        zoe.open_article(english_article().id)
        zoe.marking.tag([(6, 11)], "PER")
        zoe.marking.note(Ref("article", english_article().id), "mine")
    shown = run_on_terminal(folder, "list", "--annotator", "Kim", columns=110).out
    head, english, arabic, *_ = (row.split() for row in shown.splitlines())
    assert head[-8:-1] == ["your", "status", "ment", "claims", "notes", "others'", "team"]
    assert english[3:9] == ["new", "·", "·", "1", "3", "0/1"]
    assert arabic[3:10] == ["in", "progress", "·", "1", "·", "11", "·"]
    rows = [line.split("\t") for line in run(folder, "list", "--annotator", "Zoe").out.splitlines()]
    assert [row[5:9] + row[14:] for row in rows] == [
        ["in progress", "2", "0", "2", "1", "0", "1"],
        ["new", "10", "1", "1", "0", "0", "0"],
    ]
    (first, _) = json.loads(run(folder, "list", "--json", "--annotator", "Zoe").out)
    assert (first["mentions"], first["own_mentions"], first["own_notes"]) == (2, 1, 1)


def test_on_a_terminal_a_table_as_wide_as_the_terminal(folder: Path) -> None:
    done = run_on_terminal(folder, "list", columns=76)
    head, english, arabic, rest = done.out.split("\n")
    assert "title" in head
    assert english.removeprefix("\x1b[K").startswith(f"1  {english_article().id[:8]}  en")
    # The start of the title is at the right edge, its end cut at the left.
    assert arabic.endswith("ﺎﻣﺎﺑﻭﺃ ﻝﺎﻗ 😊")
    assert "…" in arabic
    assert rest == "\x1b[8h"
    assert "\x1b[31m" not in done.out


def test_a_terminal_that_orders_text_itself_gets_logical_text(folder: Path) -> None:
    done = run_on_terminal(folder, "--bidi", "off", "list", columns=120)
    assert "\x1b[8" not in done.out
    assert "قال أوباما" in done.out


def test_a_terminal_without_control_sequences_gets_none(folder: Path) -> None:
    assert "\x1b" not in run_on_terminal(folder, "list", TERM="dumb").out


def test_without_a_library_it_says_how_to_make_one(tmp_path: Path) -> None:
    done = run(tmp_path, "list")
    assert_one_line(done, "annotations.db: there is no library here", "reader add FILE", "--db")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_library_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "annotations.db").touch()
    done = run(tmp_path, "list")
    assert_one_line(done, "annotations.db has no articles yet", code=0)
    assert (tmp_path / "annotations.db").read_bytes() == b""


def test_what_somebody_wrote_into_the_file_harms_no_terminal(folder: Path) -> None:
    with sqlite3.connect(folder / "annotations.db") as connection:
        connection.execute("UPDATE article SET language = char(27) || '[2J'")
        connection.execute("UPDATE status SET value = char(27) || '[2J'")
    connection.close()
    shown = run_on_terminal(folder, "list", "--annotator", "Kim")
    assert "[2J" in shown.out
    assert "\x1b[2J" not in shown.out
