from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.run import assert_one_line, run, run_on_terminal
from tests.corpus.seeds import FOLDER
from tests.formats.libraries import ARABIC, ENGLISH, arabic_article, english_article

_STYLES = re.compile(r"\x1b\[[0-9;]*m")


def plain(text: str) -> str:
    """Leave out styles and what switches the order of the terminal."""
    return _STYLES.sub("", text).replace("\x1b[K", "").replace("\x1b[8l", "").replace("\x1b[8h", "")


def test_on_a_pipe_the_text_is_what_was_stored(folder: Path) -> None:
    done = run(folder, "show", "2")
    text, _, marks = done.out.partition("\r\n\n")
    assert text + "\r\n" == ARABIC
    rows = [line.split("\t") for line in marks.splitlines()]
    assert rows[0] == ["1", "mention", "OTHER", "2", "5", "قال", ""]
    assert ["7", "mention", "PER", "76", "93", "باراك حسين أوباما", "Barack Obama"] in [
        ["7", *row[1:]] for row in rows
    ]
    claims = [row for row in rows if row[1] == "claim"]
    assert claims[0][2:] == [
        *("", "13", "45", "إنَّ العَرَبِيَّةَ للأمم المتحدة", "Obama spoke to the UN."),
    ]
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]


def test_the_text_alone(folder: Path) -> None:
    assert run(folder, "show", "2", "--text").out == ARABIC


def test_a_text_without_a_break_at_its_end_gets_one(folder: Path) -> None:
    assert run(folder, "show", "1", "--text").out == ENGLISH + "\n"


def test_on_a_terminal_no_control_character_of_the_text_gets_through(folder: Path) -> None:
    done = run_on_terminal(folder, "show", "1")
    assert "\x1b[31m" not in done.out
    assert "\x00" not in done.out
    assert "\u202e" not in done.out
    assert "␛[31mNot␛[0m red␀, " in plain(done.out)


def test_on_a_terminal_rows_are_in_visual_order_and_no_wider_than_asked(tmp_path: Path) -> None:
    run(tmp_path, "add", FOLDER)
    done = run_on_terminal(tmp_path, "show", "3", "--width", "40", columns=80)
    rows = plain(done.out).splitlines()
    assert rows[2] == "  «ﺎﻜﻴﺘﻴﻟﺎﻧﺃ ﺝﺪﻳﺮﺒﻣﺎﻛ» ..ﺎﻬﺳﻼﻓﺇ ﻥﻼﻋﺇ ﻢﻏﺭ"
    assert rows[3] == "  ﺐﻣﺍﺮﺗ ﺏﺎﺨﺘﻧﺍ ﺓﺩﺎﻋﺇ ﺔﻠﻤﺣ ﻲﻓ ﺭﻮﻬﻈﻠﻟ ﺩﻮﻌﺗ"
    assert max(map(len, rows)) <= 40 + 10  # Harakat take no column.
    assert done.out.startswith("\x1b[8l")
    assert done.out.endswith("\x1b[8h")


def test_a_highlight_changes_no_letter(folder: Path) -> None:
    marked = run_on_terminal(folder, "show", "2", "--text")
    bare = run(folder, "show", "2", "--text", "--visual")
    assert plain(marked.out) == bare.out
    assert bare.out.count("\x1b") == 0
    # The ORG of the schema, #ffb454, as one of the 256 colours.
    assert "\x1b[38;5;16;48;5;222m" in marked.out


def test_half_a_lam_alef_is_marked_partly(tmp_path: Path, hard_library: bytes) -> None:
    (tmp_path / "annotations.db").write_bytes(hard_library)
    done = run_on_terminal(tmp_path, "show", "2", "--text")
    assert "\x1b[4mﻷ\x1b[0m" in done.out


def test_without_colour_attributes_only(folder: Path) -> None:
    done = run_on_terminal(folder, "show", "2", NO_COLOR="1")
    assert "48;5" not in done.out
    assert "\x1b[7m" in done.out


def test_on_a_terminal_the_annotations_are_listed_below(folder: Path) -> None:
    done = run_on_terminal(folder, "show", "2", columns=100)
    listed = plain(done.out).splitlines()[-14:]
    assert any(re.match(r" *\d+  PER  76-93  .*= Barack Obama$", row) for row in listed)
    assert any("ﺎﻣﺎﺑﻭﺃ … ﻙﺍﺭﺎﺑ" in row for row in listed)


@pytest.mark.parametrize(
    "name",
    ["2", arabic_article().id, arabic_article().id[:6], "لامم المتحده", "العربية"],
)
def test_an_article_by_number_id_or_title(folder: Path, name: str) -> None:
    assert run(folder, "show", name, "--text").out == ARABIC


def test_a_name_that_fits_none(folder: Path) -> None:
    done = run(folder, "show", "no such thing")
    assert_one_line(done, "no article is 'no such thing'", "reader list", code=2)


@pytest.mark.parametrize("name", ["0", "3", "-1"])
def test_a_number_that_is_not_in_the_list(folder: Path, name: str) -> None:
    assert_one_line(run(folder, "show", "--", name), f"no article is '{name}'", code=2)


def test_a_name_that_fits_several_names_them(folder: Path) -> None:
    (folder / "other.txt").write_text("Barack Obama spoke once more, and nobody wrote down a word.")
    run(folder, "add", "other.txt")
    done = run(folder, "show", "obama spoke")
    assert_one_line(done, english_article().id, "“Barack Obama spoke once more", " or ", code=2)


@pytest.mark.parametrize("width", ["0", "-3", "1"])
def test_a_width_without_room(folder: Path, width: str) -> None:
    assert_one_line(run(folder, "show", "1", "--width", width), f"--width {width}", code=2)


def test_a_line_of_100_000_characters(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("كتاب جديد " * 10_000)
    run(tmp_path, "add", "a.txt")
    done = run(tmp_path, "show", "1", "--visual", "--width", "79")
    assert done.code == 0
    rows = done.out.splitlines()
    assert len(rows) > 1_200
    assert max(map(len, rows)) <= 79


def test_showing_changes_no_byte(folder: Path) -> None:
    before = (folder / "annotations.db").read_bytes()
    for command in (["list"], ["show", "1"], ["show", "2", "--visual"], ["export"], ["schema"]):
        assert run(folder, *command).code == 0
    assert (folder / "annotations.db").read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["annotations.db"]
