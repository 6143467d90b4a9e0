"""No test sees, or changes, what the program remembers for whoever runs the tests."""

from __future__ import annotations

from itertools import count

import pytest

_NUMBERS = count()


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a user's folders of its own, which are made when something is kept."""
    folder = tmp_path_factory.getbasetemp() / f"user-{next(_NUMBERS)}"
    for name in ("state", "config"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(folder / name))
