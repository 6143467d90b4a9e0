"""What is loaded when the first article shows: whatever joins this list delays every start."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reader.store.library import Library
from tests.records import ARABIC, ENGLISH, make_article

ROOT = Path(__file__).parents[2]

PROGRAM = """
import json, sys
from reader.cli.interface import run_interface
from reader.cli.settings import Settings
from reader.tui.app import ReaderApp

mounted = ReaderApp.on_mount

async def on_mount(self):
    await mounted(self)
    self.call_after_refresh(painted, self)

def painted(app):
    rows = app.screen._compositor.render_strips()
    shown = "".join(segment.text for row in rows for segment in row)
    with open(sys.argv[3], "w") as file:
        json.dump([sorted(sys.modules), shown], file)
    app.exit()

ReaderApp.on_mount = on_mount
run_interface(Settings(db=sys.argv[1], annotator="sam"), sys.argv[2])
"""


def first_paint(folder: Path, text: str, language: str) -> tuple[set[str], str]:
    """The modules of a fresh process when an article has been painted, and the screen."""
    article = make_article(text, language)
    with Library(folder / "library.db") as library:
        library.add_articles([article])
    result = folder / "result.json"
    subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder / "library.db"), article.id, str(result)],
        check=True,
        env={
            "PYTHONPATH": str(ROOT),
            "PATH": "/usr/bin:/bin",
            "HOME": str(folder),
            "TEXTUAL_DRIVER": "textual.drivers.headless_driver:HeadlessDriver",
            "COLUMNS": "80",
            "LINES": "24",
        },
        capture_output=True,
    )
    modules, shown = json.loads(result.read_text())
    return set(modules), shown


OURS = """
: errors patterns session user values
annotation: actions annotation_set attributes changes codec ids layers model schema schema_reading
  spans
cli: candidates ending interface profile settings
corpus: article
preferences: settings toml_file
terminal: answers asking discovery found names
session: keeping marking session
store: access articles damage database files history labels library people reading resting rows
  versions
text: bidi breaking cells data data.ucd directions emit glyphs joining layout paragraphs plain
  properties selection terminals wrapping
tui: app commands hints jumps keymap layouts navigation output terminal themes typesetting
  views
tui.commands: claim general library model reading selection together typing
tui.screens: article_screen article_status base reading
tui.widgets: article_canvas article_rows article_split article_view clicks frame inspector
  inspector_listing inspector_panel key_footer look_styles margin notice overlay pieces row_index
  row_painter row_scroll row_signs rows selectable_article shown_spans status_line text_row
  visual_motion
user: identity paths state
"""
"""What the first screen of an article needs of us, by package."""

RIGHT_TO_LEFT = {"reader.text.weak"}
"""What a text from right to left needs besides."""

NOT_YET = {"wcwidth", "hashlib", "sqlite_utils", "langdetect", "tomllib", "reader.cli.main"}
"""What takes long to load, and what most first screens can do without."""


def needed() -> set[str]:
    found = {"reader"}
    for line in OURS.replace("\n  ", " ").strip().splitlines():
        package, _, names = line.partition(":")
        whole = f"reader.{package}".rstrip(".")
        found |= {whole, *(f"{whole}.{name}" for name in names.split())}
    return found


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (ARABIC, "ar")])
def test_an_article_shows_before_anything_else_is_loaded(
    tmp_path: Path, text: str, language: str
) -> None:
    modules, shown = first_paint(tmp_path, text, language)
    assert ("Alexander Nix" if language == "en" else "ﻞﻤﻌﺗ") in shown
    ours = {name for name in modules if name.partition(".")[0] == "reader"}
    all_of_it = needed() | (RIGHT_TO_LEFT if language == "ar" else set())
    more = sorted(ours - all_of_it)
    assert not more, f"the start loads {more}: import them where they are used first"
    assert not sorted(all_of_it - ours), "the start needs these no more: take them off the list"
    assert not modules & NOT_YET
