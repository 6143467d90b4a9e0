from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import UsageError
from reader.paths import annotator_name, library_path


def test_the_option_wins_over_the_environment_and_that_over_the_folder() -> None:
    assert library_path("a.db", {"READER_DB": "b.db"}) == Path("a.db")
    assert library_path(None, {"READER_DB": "b.db"}) == Path("b.db")
    assert library_path(None, {"READER_DB": ""}) == Path("annotations.db")


def test_the_annotator_is_named_the_same_way() -> None:
    assert annotator_name("رنا", {"READER_ANNOTATOR": "bob"}) == "رنا"
    assert annotator_name(None, {"READER_ANNOTATOR": "bob"}) == "bob"
    assert annotator_name(" ", {}) != ""


def test_a_name_that_no_library_can_hold_is_refused() -> None:
    with pytest.raises(UsageError, match=r"name 'a\\udce9' is not UTF-8; give another with --ann"):
        annotator_name(None, {"READER_ANNOTATOR": "a\udce9"})
