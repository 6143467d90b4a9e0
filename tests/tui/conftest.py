from __future__ import annotations

import pytest
from textual._context import active_app
from textual.app import App
from textual.pilot import Pilot

from tests.tui.settling import settle


@pytest.fixture(autouse=True)
def nobody_looks_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show what others do when a test asks for it, at no other moment."""
    monkeypatch.setattr("reader.tui.app.LOOK_EVERY", 1e6)


@pytest.fixture(autouse=True)
def pilots_go_on_when_all_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take neither longer nor shorter than the app does, on any machine."""

    async def wait_for_idle(*_seconds: float) -> None:
        await settle(active_app.get())

    async def wait_for_screen(pilot: Pilot[object], _timeout: float = 30.0) -> bool:
        await settle(pilot.app)
        return True

    monkeypatch.setattr("textual.app.wait_for_idle", wait_for_idle)
    monkeypatch.setattr("textual.pilot.wait_for_idle", wait_for_idle)
    monkeypatch.setattr(Pilot, "_wait_for_screen", wait_for_screen)


@pytest.fixture(autouse=True)
def clicks_belong_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two clicks in one place be a double click, however slow the machine is."""
    monkeypatch.setattr(App, "CLICK_CHAIN_TIME_THRESHOLD", 1e6)
