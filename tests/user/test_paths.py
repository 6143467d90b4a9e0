from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import UsageError
from reader.user.paths import annotator_name, library_path


def test_a_library_can_be_in_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/noor")
    assert library_path("~/news/a.db") == Path("/home/noor/news/a.db")
    assert library_path("a~.db") == Path("a~.db")
    with pytest.raises(UsageError, match="no such home folder"):
        library_path("~nobody-at-all/a.db")


def test_the_annotator_is_the_option_else_the_environment_else_the_login() -> None:
    assert annotator_name("رنا", {"READER_ANNOTATOR": "bob"}) == "رنا"
    assert annotator_name(None, {"READER_ANNOTATOR": "bob"}) == "bob"
    assert annotator_name(" ", {}) != ""


def test_a_name_that_no_library_can_hold_is_refused() -> None:
    with pytest.raises(UsageError, match=r"name 'a\\udce9' is not UTF-8; give another with --ann"):
        annotator_name(None, {"READER_ANNOTATOR": "a\udce9"})
