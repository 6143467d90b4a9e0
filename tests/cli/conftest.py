from __future__ import annotations

from pathlib import Path

import pytest

from tests.formats.libraries import build, hard_cases


@pytest.fixture(scope="session")
def hard_library(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a library with every kind of record."""
    folder = tmp_path_factory.mktemp("library")
    return build(folder / "annotations.db", hard_cases()).read_bytes()


@pytest.fixture
def folder(tmp_path: Path, hard_library: bytes) -> Path:
    """A folder with that library as annotations.db."""
    (tmp_path / "annotations.db").write_bytes(hard_library)
    return tmp_path
