"""A library that another program is writing to, and keys that are typed meanwhile."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from textual import events

from reader.store import database
from tests.tui.screens.conftest import ENGLISH, Shelf


async def test_keys_typed_ahead_do_not_hide_what_could_not_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.5)
    shelf = Shelf(tmp_path / "library.db")
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        with closing(sqlite3.connect(shelf.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            # All three are in the queue before the first one is worked off.
            for key in ("1", "w", "w"):
                desk.app._driver.process_message(_pressed(key))  # type: ignore[union-attr]
            await desk.until(lambda: "another program is writing" in desk.screen_text())
            await desk.pilot.pause(0.2)
            assert "another program is writing" in desk.screen_text()
            await desk.press("w")
            assert "another program is writing" not in desk.screen_text()


def _pressed(key: str) -> events.Key:
    return events.Key(key, key)
