"""The page in the documentation and the file to begin with say what the program does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from reader.preferences import read_preferences
from reader.preferences.page import configuration_page, default_file, written
from reader.preferences.settings import SETTINGS

DOCS = Path(__file__).parents[2] / "docs" / "configuration.md"


def test_the_docs_hold_the_settings_of_the_program() -> None:
    assert DOCS.read_text("utf-8") == configuration_page()


def test_the_examples_of_the_docs_are_taken(tmp_path: Path) -> None:
    for example in re.findall(r"```toml\n(.*?)```", configuration_page(), re.DOTALL):
        (tmp_path / "config.toml").write_text(example)
        found = read_preferences(tmp_path)
        assert found.values or found.keys


def test_the_file_to_begin_with_sets_nothing_until_it_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(default_file())
    assert not read_preferences(tmp_path).values
    assert all(len(line) <= 100 for line in default_file().splitlines())
    uncommented = re.sub(r"^# (?=\[|\S+ = )", "", default_file(), flags=re.MULTILINE)
    path.write_text(uncommented)
    found = read_preferences(tmp_path)
    assert found.values == {setting.name: setting.example for setting in SETTINGS}
    assert found.keys == {"claim.mark": ("c", "ctrl+k")}


def test_values_are_written_as_toml() -> None:
    for value in ("a", 'q"\\', "نور\t\x7f\x00", 3, True, False):
        assert tomllib.loads(f"x = {written(value)}") == {"x": value}
