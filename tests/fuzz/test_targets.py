"""A moment of each fuzz target; `python -m tests.fuzz` gives each a minute."""

from __future__ import annotations

import pytest

from tests.fuzz.running import run
from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_is_found_in_a_moment(name: str) -> None:
    assert run(TARGETS[name], 0.3) > 0
