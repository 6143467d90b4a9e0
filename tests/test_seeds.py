"""The three articles are here byte for byte."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        (
            "000_2b679b933302d243.txt",
            "4d571ff454249d138386bf662fc60df83501da6a5d84db4471759aa254e1d850",
        ),
        (
            "001_69fd2065f36a8cde.txt",
            "dd996c8f7c27ef0042dae4c3976d69d18669b71cc92c5659afb957401ca3d803",
        ),
        (
            "002_70828c8592e70463.txt",
            "2115c3890b04199479f17b59e10cef2624b2d126c5c46bc59cd101e37a2c4529",
        ),
    ],
)
def test_seed_is_unchanged(name: str, digest: str) -> None:
    assert hashlib.sha256((SEEDS / name).read_bytes()).hexdigest() == digest
