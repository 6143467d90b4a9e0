"""`reader datasette` prints what Datasette takes."""

from __future__ import annotations

import json
from pathlib import Path

from reader.store.views import VIEWS
from tests.cli.run import run


def test_the_metadata_names_the_library_and_every_view(tmp_path: Path) -> None:
    done = run(tmp_path, "--db", "my news.db", "datasette")
    said = json.loads(done.out)
    tables = said["databases"]["my news"]["tables"]
    assert set(VIEWS) <= set(tables)
    assert 'href="my%20news/claims"' in said["databases"]["my news"]["description_html"]
    assert not list(tmp_path.iterdir())
