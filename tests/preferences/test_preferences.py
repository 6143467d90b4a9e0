"""Settings are read strictly, and what wins over what."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.errors import UsageError
from reader.overview.shelf import SORTS
from reader.preferences import Preferences, Settled, read_preferences
from reader.preferences.settings import SETTINGS, THEMES, Value


def read(folder: Path, text: str, keys: str = "") -> Preferences:
    (folder / "config.toml").write_text(text, "utf-8")
    if keys:
        (folder / "keys.toml").write_text(keys, "utf-8")
    return read_preferences(folder)


def test_a_file_that_is_not_there_sets_nothing(tmp_path: Path) -> None:
    found = read_preferences(tmp_path / "no" / "folder")
    assert (found.values, found.keys) == ({}, {})


def test_every_setting_can_be_set(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """\
annotator = "نور"
library = "~/a.db"
bidi = "off"
tour = false
blind = true
keys."claim.mark" = ["ctrl+k"]

[looks]  # how it looks
theme = "nord"
text_width = 20
line_spacing = 3
dim = true
inspector = false

[list]
sort = "title"
unfinished = true

[add]
language = 'ar'
encoding = "cp1256"
""",
    )
    assert set(found.values) == {setting.name for setting in SETTINGS}
    assert found.values["annotator"] == "نور" and found.values["looks.text_width"] == 20
    assert found.keys == {"claim.mark": ("ctrl+k",)}
    assert found.places["annotator"].endswith("config.toml, line 1")
    assert found.places["looks.theme"].endswith("config.toml, line 9")
    assert found.keys_place("claim.mark").endswith("config.toml, line 6")


@pytest.mark.parametrize(
    "text",
    [
        '[keys]\n"claim.mark" = ["k"]',
        "[keys]\nclaim.mark = ['k']",
        '[keys.claim]\nmark = ["k"]',
        '\ufeff[keys]\nclaim.mark = [\n  "k",\n]',
    ],
)
def test_keys_may_be_written_as_toml_allows(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).keys == {"claim.mark": ("k",)}


@pytest.mark.parametrize(("short", "long"), [("dark", "reader-dark"), ("light", "reader-light")])
def test_our_themes_have_short_names(tmp_path: Path, short: str, long: str) -> None:
    assert read(tmp_path, f'looks = {{theme = "{short}"}}').values == {"looks.theme": long}


WRONG = [
    ('anotator = "x"', 1, "there is no setting 'anotator'; did you mean 'annotator'?"),
    ('\n[lok]\ntheme = "nord"', 2, "there is no table [lok]; did you mean [looks]?"),
    ('theme = "nord"', 1, "there is no setting 'theme'; it belongs in [looks]."),
    (
        '[looks]\ntheme = "nord"\nannotator = "x"',
        3,
        "there is no setting 'annotator' in [looks]; it belongs above the first",
    ),
    (
        "[looks]\ntext_widht = 70",
        2,
        "no setting 'text_widht' in [looks]; did you mean 'text_width'",
    ),
    ('[looks]\ntheme = "norde"', 2, 'cannot be "norde"; did you mean "nord"? it should be one of'),
    ('[looks]\ntheme = "Nord"', 2, 'did you mean "nord"?'),
    ("[looks]\ntheme = 3", 2, 'looks.theme cannot be 3; it should be one of "dark", "light"'),
    ("[looks]\ntext_width = 19", 2, "cannot be 19; it should be a whole number from 20 to 200."),
    ("[looks]\ntext_width = 201", 2, "cannot be 201"),
    ('[looks]\ntext_width = "80"', 2, 'cannot be "80"; it should be a whole number'),
    ("[looks]\ntext_width = 80.0", 2, "cannot be 80.0"),
    ("[looks]\ntext_width = true", 2, "cannot be true"),
    ("[looks]\ndim = 1", 2, "looks.dim cannot be 1; it should be true or false."),
    ('[looks]\ninspector = "yes"', 2, "should be true or false."),
    ("[looks]\nline_spacing = 0", 2, "a whole number from 1 to 3"),
    ("looks = 3", 1, "looks should be a table: [looks]."),
    ("[[looks]]\ndim = true", 1, "looks should be a table: [looks]."),
    ('annotator = ""', 1, 'annotator cannot be ""; it should be text in quotation marks'),
    ('annotator = "  "', 1, "text in quotation marks that is not empty."),
    ("annotator = 3", 1, "annotator cannot be 3"),
    ("library = ['a.db']", 1, "library cannot be a list"),
    ('bidi = "on"', 1, 'bidi cannot be "on"; it should be one of "auto", "visual", '),
    ("tour = 0", 1, "true or false"),
    ("[annotator]\nname = 'x'", 1, "annotator cannot be a table"),
    ("[list]\nsort = 'date'", 2, 'one of "added", "title", "language", "status"'),
    ("\n\nkeys = 3", 3, "[keys] should be a table of lists of keys."),
    ('[keys]\n"claim.mark" = "c"', 2, "claim.mark should be a list of keys, such as"),
    ('[keys]\nclaim.mark = "c"', 2, "claim.mark should be a list of keys, such as"),
    ("[keys]\n'claim.mark' = ['c', 3]", 2, "claim.mark should be a list of keys"),
]


@pytest.mark.parametrize(("text", "line", "said"), WRONG)
def test_what_is_not_right_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        read(tmp_path, text)
    assert caught.value.message.startswith(f"{tmp_path / 'config.toml'}, line {line}: ")
    assert said in caught.value.message
    assert "\n" not in caught.value.message and caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"annotator = ", ", line 1: it is not TOML: "),
        (b"\n[looks", ", line 2: it is not TOML: "),
        (b"annotator = 'a'\nannotator = 'b'\n\n", ", line 2: it is not TOML: "),
        (b"annotator = '\xe9'", ": it is not UTF-8; save it as UTF-8."),
        (b"x = " + b"[" * 100_000, ", line 1: it is not TOML: "),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(data)
    with pytest.raises(UsageError) as caught:
        read_preferences(tmp_path)
    assert caught.value.message.startswith(f"{path}{said}")


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    with pytest.raises(UsageError, match=r"config\.toml: it cannot be read: "):
        read_preferences(tmp_path)


def test_the_older_file_of_keys_is_read_too(tmp_path: Path) -> None:
    found = read(tmp_path, "[keys]\nclaim.mark = ['k']", "[keys]\n'note.write' = ['B']")
    assert found.keys == {"claim.mark": ("k",), "note.write": ("B",)}
    assert found.keys_place("note.write").endswith("keys.toml, line 2")


@pytest.mark.parametrize("other", ["k", "B"])
def test_a_command_in_both_files_is_refused(tmp_path: Path, other: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(tmp_path, "[keys]\nclaim.mark = ['k']", f"\n[keys]\n'claim.mark' = ['{other}']")
    message = caught.value.message
    assert message.startswith(f"{tmp_path / 'keys.toml'}, line 3: ")
    assert f"{tmp_path / 'config.toml'}, line 2 sets keys of claim.mark too" in message


def test_the_older_file_holds_keys_only(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"keys\.toml, line 1: there is no setting 'tour'"):
        read(tmp_path, "", "tour = true")


def test_option_then_environment_then_file_then_default(tmp_path: Path) -> None:
    found = read(tmp_path, 'library = "file.db"')
    environment = {"READER_DB": "environment.db"}
    given = found.settle("library", "option.db", environment)
    assert (given.value, given.origin, given.typed) == ("option.db", "option --db", True)
    given = found.settle("library", None, environment)
    assert given == Settled("environment.db", "environment $READER_DB")
    given = found.settle("library", None, {"READER_DB": " "})
    assert given == Settled("file.db", f"{tmp_path / 'config.toml'}, line 1")
    empty = read_preferences(tmp_path / "none")
    assert empty.settle("library", None, {}) == Settled("annotations.db", "default")
    assert empty.settle("annotator", None, {}) == Settled(None, "the login name")


def test_file_then_what_is_remembered_then_default(tmp_path: Path) -> None:
    remembered: dict[str, Value] = {"theme": "gruvbox", "dim": True}
    found = read(tmp_path, "[looks]\ntheme = 'nord'")
    assert found.settle("looks.theme", remembered=remembered).value == "nord"
    assert found.settle("looks.dim", remembered=remembered) == Settled(True, "remembered")
    assert found.settle("looks.text_width", remembered=remembered) == Settled(80, "default")
    # Only what a key can change is remembered.
    assert found.settle("list.sort", remembered={"sort": "title"}).value == "added"


def test_the_words_are_those_that_the_program_knows() -> None:
    words = {setting.name: setting.words for setting in SETTINGS}
    assert words["list.sort"] == SORTS
    assert set(THEMES) < set(words["looks.theme"])
    for setting in SETTINGS:
        assert setting.holds(setting.example), setting.name
        assert setting.default is None or setting.holds(setting.default), setting.name
        assert (setting.default is None) == bool(setting.otherwise), setting.name


def test_a_pipe_is_refused_and_no_device_is_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "config.toml")
    with pytest.raises(UsageError, match=r"config\.toml: it cannot be read: it is not a file\."):
        read_preferences(tmp_path)
    (tmp_path / "config.toml").unlink()
    (tmp_path / "config.toml").symlink_to(os.devnull)
    assert read_preferences(tmp_path).values == {}
