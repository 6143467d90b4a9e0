"""What the configuration says counts in every command, and what is wrong in it is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.run import assert_one_line, run, run_on_terminal


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of settings, in a folder for it."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = tmp_path / "config" / "bidi-reader" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def fields(out: str) -> dict[str, tuple[str, str]]:
    rows = [line.split("\t") for line in out.splitlines()]
    return {name: (value, origin) for name, value, origin in rows}


def test_all_settings_in_force_are_printed_with_their_origin(tmp_path: Path, config: Path) -> None:
    config.write_text(
        'annotator = "نور"\n[looks]\ntheme = "nord"\n[keys]\nclaim.mark = ["ctrl+f"]\n'
    )
    done = run(tmp_path, "--db", "x.db", "config", READER_ANNOTATOR="bob")
    found = fields(done.out)
    assert found["file"] == (str(config), "read")
    assert found["library"] == ('"x.db"', "option --db")
    assert found["annotator"] == ('"bob"', "environment $READER_ANNOTATOR")
    assert found["looks.theme"] == ('"nord"', f"{config}, line 3")
    assert found["looks.text_width"] == ("80", "default")
    assert found['keys."claim.mark"'] == ('["ctrl+f"]', f"{config}, line 5")
    assert fields(run(tmp_path, "config").out)["annotator"] == ('"نور"', f"{config}, line 1")


def test_without_a_file_its_place_is_told(tmp_path: Path, config: Path) -> None:
    done = run(tmp_path, "config")
    assert fields(done.out)["file"] == (str(config), "not there") and done.code == 0
    shown = run_on_terminal(tmp_path, "config").out.splitlines()
    assert shown[1].startswith("annotator ") and shown[1].endswith("  the login name")


def test_what_is_printed_to_begin_with_is_taken(tmp_path: Path, config: Path) -> None:
    config.write_text(run(tmp_path, "config", "--default").out)
    assert run(tmp_path, "config").code == 0


def test_the_library_and_the_defaults_for_new_texts_are_used(tmp_path: Path, config: Path) -> None:
    library = tmp_path / "news" / "a.db"
    library.parent.mkdir()
    config.write_text(f'library = "{library}"\n[add]\nlanguage = "fa"\nencoding = "windows-1256"\n')
    (tmp_path / "a.txt").write_bytes("قال الوزير إن الأموال لم تدفع بعد".encode("cp1256"))
    done = run(tmp_path, "add", "a.txt")
    assert done.out.split("\t")[1:6] == ["fa", "1.00", "given", "windows-1256", "given"]
    assert library.exists() and "fa" in run(tmp_path, "list").out
    assert "fa" not in run(tmp_path, "--db", "other.db", "add", "--language", "ar", "a.txt").out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[add]\nlanguage = "77"', ("config.toml, line 2: '77' is not a language code",)),
        ('[add]\nencoding = "foo"', ("config.toml, line 2: no encoding is called 'foo'",)),
        ('library = "~nobody-at-all/a.db"', ("no such home folder",)),
    ],
)
def test_what_shows_only_in_use_is_named_with_its_place(
    tmp_path: Path, config: Path, text: str, words: tuple[str, ...]
) -> None:
    config.write_text(text)
    (tmp_path / "a.txt").write_text("The minister said so.")
    assert_one_line(run(tmp_path, "add", "a.txt"), *words, code=2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[looks]\ntheme = 'norde'", ("config.toml, line 2", 'did you mean "nord"')),
        ("[keys]\nclaim.mark = ['u']", ("config.toml, line 2", "claim.mark and history.undo")),
        ("[keys]\nclaim.markk = ['c']", ("config.toml, line 2", "did you mean 'claim.mark'")),
    ],
)
def test_the_interface_does_not_start_with_a_mistake(
    tmp_path: Path, config: Path, text: str, words: tuple[str, ...]
) -> None:
    config.write_text(text)
    done = run_on_terminal(tmp_path)
    assert_one_line(done, *words, code=2)
    assert done.out == ""
    assert_one_line(run(tmp_path, "config"), *words, code=2)
