"""What a shell is offered: by the program itself, and through bash."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.run import Run, assert_one_line, environment, run
from tests.formats.libraries import arabic_article, english_article

AR, EN = arabic_article().id, english_article().id
BASH = shutil.which("bash")


def asked(folder: Path, line: str, shell: str = "zsh", *, db: str = "", trace: str = "") -> Run:
    """Ask as the script of a shell does, for the word at the end of the line.

    Args:
        folder: The working folder.
        line: What is typed.
        shell: Whose script asks.
        db: The library that the environment names, if any.
        trace: Whether Python lists what it imports: "1" for yes.
    """
    return run(
        folder,
        _READER_COMPLETE=f"{shell}_complete",
        COMP_WORDS=line,
        COMP_CWORD=str(len(line.split(" ")) - 1),
        READER_DB=db,
        PYTHONPROFILEIMPORTTIME=trace,
    )


def offered(folder: Path, line: str, db: str = "") -> dict[str, str]:
    """Return the words that zsh is offered, each with its explanation."""
    done = asked(folder, line, db=db)
    assert done.err == ""
    assert done.code == 0
    lines = done.out.strip("\n").splitlines()
    assert set(lines[::3]) <= {"plain"}
    return dict(zip(lines[1::3], lines[2::3], strict=True))


def test_commands_with_the_help_of_the_list(tmp_path: Path) -> None:
    assert offered(tmp_path, "reader s") == {
        "serve": "Open the interface in browsers, for several people.",
        "show": "Show an article with its annotations.",
        "search": "Find words in the articles of the library.",
        "suggest": "Propose mentions of known names, and take them in.",
        "stats": "Count what is annotated, where and by whom.",
        "sync": "Share annotations through a folder, for git or a file sync.",
        "schema": "Print types and attributes as TOML, check and apply them.",
    }
    assert "open" in offered(tmp_path, "reader ")


def test_options_and_their_values(tmp_path: Path) -> None:
    assert "--db" in offered(tmp_path, "reader -")
    assert list(offered(tmp_path, "reader stats --j")) == ["--json"]
    assert list(offered(tmp_path, "reader completion ")) == ["bash", "zsh", "fish"]
    assert list(offered(tmp_path, "reader import --on-conflict r")) == ["refuse", "replace"]


@pytest.mark.parametrize(
    "command", ["open", "show", "edit", "remove", "stats", "export", "export 1"]
)
def test_articles_by_number_with_their_titles(folder: Path, command: str) -> None:
    found = offered(folder, f"reader {command} ")
    assert list(found) == ["1", "2"]
    # The title has control characters: signs stand for them.
    assert found["1"].startswith("Barack Obama spoke. ␛[31mNot")
    assert found["2"].startswith("😊 قال أوباما")


def test_removed_articles_where_they_are_brought_back(folder: Path) -> None:
    assert offered(folder, "reader restore ") == {}
    run(folder, "remove", AR)
    assert list(offered(folder, "reader restore ")) == ["1"]
    assert list(offered(folder, f"reader restore {AR[:3]}")) == [AR]
    assert list(offered(folder, "reader show ")) == ["1"]


def test_articles_by_the_beginning_of_an_id(folder: Path) -> None:
    assert list(offered(folder, f"reader show {EN[:3]}")) == [EN]
    assert list(offered(folder, f"reader show {AR[:6]}")) == [AR]
    assert offered(folder, "reader show zz") == {}


def test_articles_of_the_library_that_the_line_or_the_environment_names(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    path = str(folder / "annotations.db")
    assert offered(elsewhere, "reader show ") == {}
    for line in (f"reader --db {path} show ", f"reader show --db {path} "):
        assert list(offered(elsewhere, line)) == ["1", "2"]
    assert list(offered(elsewhere, "reader show ", db=path)) == ["1", "2"]
    assert list(elsewhere.iterdir()) == []


def test_what_is_no_library_offers_nothing_and_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "annotations.db").write_text("no library")
    assert offered(tmp_path, "reader show ") == {}
    assert_one_line(run(tmp_path, "show", "1"), "annotations.db")


@pytest.mark.parametrize(
    "line",
    [
        "reader add ne",
        "reader import ",
        "reader schema apply ty",
        "reader export -o ",
        "reader --db ",
        "reader show --db ",
    ],
)
def test_files_are_left_to_the_shell(folder: Path, line: str) -> None:
    assert asked(folder, line, "bash").out.splitlines() == [f"file,{line.split(' ')[-1]}"]


def test_completing_changes_no_byte_and_loads_nothing_slow(folder: Path) -> None:
    before = (folder / "annotations.db").read_bytes()
    done = asked(folder, "reader show ", trace="1")
    loaded = {line.split("|")[-1].strip() for line in done.err.splitlines()}
    assert "reader.store.library" in loaded
    slow = {"textual", "rich", "langdetect", "sqlite_utils", "icu4py", "reader.tui"}
    assert not loaded & slow
    assert (folder / "annotations.db").read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["annotations.db"]


def test_completing_a_command_needs_no_storage(folder: Path) -> None:
    done = asked(folder, "reader s", trace="1")
    loaded = {line.split("|")[-1].strip() for line in done.err.splitlines()}
    assert "reader.cli.main" in loaded
    assert not loaded & {"sqlite3", "reader.store", "reader.cli.showing"}


@pytest.mark.parametrize(
    ("shell", "binding"),
    [
        ("bash", "complete -o nosort -F _reader_completion reader"),
        ("zsh", "#compdef reader"),
        ("fish", "complete --no-files --command reader"),
    ],
)
def test_the_script_is_for_the_shell_and_asks_the_program(
    tmp_path: Path, shell: str, binding: str
) -> None:
    done = run(tmp_path, "completion", shell)
    assert done.code == 0
    assert binding in done.out
    assert f"_READER_COMPLETE={shell}_complete" in done.out


def test_another_shell_is_refused(tmp_path: Path) -> None:
    assert_one_line(run(tmp_path, "completion", "csh"), "'csh' is not one of", "'fish'", code=2)


@pytest.fixture(scope="module")
def path_with_reader(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A search path on which `reader` is the one that is tested."""
    program = tmp_path_factory.mktemp("bin") / "reader"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m reader "$@"\n')
    program.chmod(0o755)
    return f"{program.parent}:{environment()['PATH']}"


def in_bash(folder: Path, path: str, *words: str) -> list[str]:
    """Return what bash would put in place of the last word.

    The script is loaded as users load it, and called as bash calls it.
    """
    script = (
        'set -u; eval "$(reader completion bash)"; '
        'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); '
        '_reader_completion reader "${@: -1}" "${@: -2:1}"; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        [str(BASH), "--norc", "-c", script, "bash", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        env=environment(PATH=path),
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split("\n")[:-1]


@pytest.mark.skipif(BASH is None, reason="there is no bash")
def test_bash_completes(folder: Path, path_with_reader: str) -> None:
    assert in_bash(folder, path_with_reader, "reader", "st") == ["stats"]
    assert in_bash(folder, path_with_reader, "reader", "show", "") == ["1", "2"]
    assert in_bash(folder, path_with_reader, "reader", "show", AR[:5]) == [AR]
    assert in_bash(folder, path_with_reader, "reader", "stats", "--js") == ["--json"]


@pytest.mark.skipif(BASH is None, reason="there is no bash")
def test_bash_binds_the_script_to_the_program(folder: Path, path_with_reader: str) -> None:
    script = 'eval "$(reader completion bash)"; complete -p reader'
    done = subprocess.run(
        [str(BASH), "--norc", "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
        env=environment(PATH=path_with_reader),
        timeout=60,
    )
    assert "-F _reader_completion reader" in done.stdout
