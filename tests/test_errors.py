from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from reader.errors import LibraryError, ReaderError
from reader.store.library import Library
from reader.text.emit import safe_text
from tests.records import texts


def test_a_message_names_odd_characters_by_escapes() -> None:
    error = ReaderError("a\n\x1b[31mb\u202e\udce9: gone.")
    assert error.message == str(error) == r"a\n\x1b[31mb\u202e\udce9: gone."


def test_joiners_that_spelling_needs_stay() -> None:
    assert ReaderError("می\u200cخواهم.db").message == "می\u200cخواهم.db"


@given(texts())
def test_a_message_is_one_line_that_steers_no_terminal(text: str) -> None:
    message = ReaderError(text).message
    assert len(f"|{message}|".splitlines()) == 1
    assert safe_text(message) == message


def test_a_library_with_an_odd_name_is_named_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a\nb\x1b[2J.db"
    path.mkdir()
    with pytest.raises(LibraryError) as caught:
        Library(path)
    assert caught.value.message.startswith(str(tmp_path) + r"/a\nb\x1b[2J.db: it is not a file")
