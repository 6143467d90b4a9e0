"""Datasette itself shows the library: views, search, names in place of ids."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from reader.store.datasette import metadata
from reader.store.library import Library
from reader.store.views import VIEWS

app = pytest.importorskip("datasette.app", reason="needs the extra `interop`")
SHIPPED = Path(__file__).parents[2] / "annotations.db"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The shipped library, brought up to date by a write that changes nothing."""
    path = Path(shutil.copy(SHIPPED, tmp_path / "annotations.db"))
    with Library(path) as library:
        library.add_articles([])
    return path


async def page(server: Any, address: str) -> str:
    answer = await server.client.get(address)
    assert answer.status_code == 200, address
    return str(answer.text)


async def found(server: Any, address: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(await page(server, f"{address}&_shape=array"))
    return rows


@pytest.mark.parametrize("immutable", [False, True])
async def test_a_library_opens_as_it_is(path: Path, immutable: bool) -> None:
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    server = app.Datasette([] if immutable else [str(path)], immutables=[str(path)] * immutable)
    for view in VIEWS:
        shown = await page(server, f"/annotations/{view}")
        assert ("_search" in shown) == (view in ("texts", "claims", "entities")), view
    (entity,) = await found(server, "/annotations/entities.json?_search=wikileaks")
    assert entity["name"] == "WikiLeaks"
    assert len(await found(server, "/annotations/texts.json?_search=ترامب")) == 1
    assert await found(server, "/annotations/claims.json?_search=juni+2016&topic__contains=Wiki")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert not list(path.parent.glob("annotations.db-*"))


async def test_metadata_adds_labels_and_search_of_articles(path: Path) -> None:
    server = app.Datasette([str(path)], metadata=metadata("annotations"))
    (row,) = await found(server, "/annotations/articles.json?_search=ترامب")
    assert row["language"] == "ar"
    assert ">Alexander Nix</a>" in await page(server, "/annotations/claim_mention")
    assert ">reference</a>" in await page(server, "/annotations/mention")
    spans = await page(server, "/annotations/span?_size=1")
    assert "Cambridge Analytica menghubungi Wikileaks" in spans.split("col-article")[-1]
    assert "unicode-bidi: plaintext" in await page(server, "/annotations/mentions")
    assert 'href="annotations/claims"' in await page(server, "/annotations")
