from __future__ import annotations

import pytest

from reader.errors import LibraryError
from reader.store.scratch import scratch


@pytest.mark.parametrize("many", [False, True])
def test_that_there_is_no_room_is_said_of_temporary_files(many: bool) -> None:
    own = scratch("CREATE TABLE kept (text)")
    own.execute("PRAGMA max_page_count = 8")
    row = ("x" * 100_000,)
    with pytest.raises(LibraryError) as caught:
        if many:
            own.executemany("INSERT INTO kept VALUES (?)", [row])
        else:
            own.execute("INSERT INTO kept VALUES (?)", row)
    told = "temporary files cannot be written (database or disk is full); make room for them"
    assert caught.value.message.startswith(told)
    assert "SQLITE_TMPDIR" in caught.value.message
