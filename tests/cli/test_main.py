from __future__ import annotations

import fcntl
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import IO

import click
import pytest

from reader import __version__
from reader.cli.main import cli
from tests.cli.run import (
    INTERRUPTIBLE,
    READER,
    Run,
    assert_one_line,
    environment,
    run,
    run_on_terminal,
)

COMMANDS = (
    *("open", "add", "list", "show", "edit", "remove", "restore", "stats", "export", "import"),
    *("schema", "completion"),
)


def test_help_names_every_command_with_examples(tmp_path: Path) -> None:
    done = run(tmp_path, "--help")
    assert done.code == 0
    for name in COMMANDS:
        assert f"\n  {name}  " in done.out
    assert "reader add news/" in done.out
    assert run(tmp_path, "-h").out == done.out


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_that_begins_like_the_list(tmp_path: Path, name: str) -> None:
    done = run(tmp_path, name, "--help")
    assert done.code == 0
    assert done.out.startswith(f"Usage: reader {name} [OPTIONS]")
    assert "--db FILE" in done.out
    assert f"Examples:\n    reader {name}" in done.out


def test_every_command_says_what_each_option_does_and_how_it_is_typed() -> None:
    root = cli.make_context("reader", ["list"])
    for name in cli.list_commands(root):
        top = cli.get_command(root, name)
        assert top is not None
        parts = top.commands.values() if isinstance(top, click.Group) else ()
        for command in (top, *parts):
            assert "Examples:" in (command.help or ""), command.name
            for option in command.params:
                if isinstance(option, click.Option):
                    assert option.help, f"{command.name} {option.opts}"


def test_the_table_of_commands_loads_each_under_its_name() -> None:
    context = cli.make_context("reader", ["list"])
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None and command.name == name


def test_the_version(tmp_path: Path) -> None:
    assert run(tmp_path, "--version").out == f"reader {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["lst"], "No such command 'lst'"),
        (["--dbb", "x"], "No such option"),
        (["list", "--bidi", "left"], "'left' is not one of 'auto', 'visual'"),
        (["show"], "Missing argument 'ARTICLE'"),
        (["list", "--db", ""], "Invalid value for '--db': it is empty"),
        (["--annotator", " ", "list"], "Invalid value for '--annotator': it is empty"),
    ],
)
def test_wrong_usage_is_one_line(tmp_path: Path, arguments: list[str], words: str) -> None:
    assert_one_line(run(tmp_path, *arguments), words, "--help", code=2)


@pytest.mark.parametrize("arguments", [[], ["open", "1"]])
def test_without_a_terminal_the_interface_does_not_open(folder: Path, arguments: list[str]) -> None:
    done = run(folder, *arguments)
    assert_one_line(done, "the interface needs a terminal", "reader list", code=2)


def test_a_terminal_that_shows_lines_alone_gets_no_interface(folder: Path) -> None:
    done = run_on_terminal(folder, TERM="dumb")
    assert_one_line(done, "TERM is dumb", "reader list", code=2)
    assert done.out == ""


def test_an_article_that_is_not_there_is_not_opened(folder: Path) -> None:
    done = run_on_terminal(folder, "open", "nothing")
    assert_one_line(done, "no article is 'nothing'", code=2)
    assert done.out == ""


def test_an_encoding_without_arabic_does_not_fail(folder: Path) -> None:
    done = run(folder, "list", PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert "\\u0642\\u0627\\u0644" in done.out
    assert_one_line(run(folder, "show", "قطة", PYTHONIOENCODING="ascii"), "no article is", code=2)


def test_the_c_locale_shows_arabic(folder: Path) -> None:
    assert "قال" in run(folder, "list", LC_ALL="C").out


def test_a_name_with_control_characters_reaches_no_terminal(tmp_path: Path) -> None:
    name = "a\x1b[31m\nb\u202e.txt"
    done = run(tmp_path, "add", name)
    assert_one_line(done, "b")
    assert "\u202e" not in done.err


def test_who_reads_our_output_may_stop(folder: Path) -> None:
    with subprocess.Popen(
        [*READER, "list"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_a_full_disk_is_said_in_one_line(folder: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*READER, "list"], cwd=folder, stdout=full, stderr=subprocess.PIPE, env=environment()
        )
    assert done.returncode == 1
    assert done.stderr.decode().startswith("reader: No space left on device")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "arguments", [["list"], ["show", "1"], ["export"], ["schema"], ["--help"]], ids=" ".join
)
def test_a_closed_output_is_said_in_one_line(folder: Path, arguments: list[str]) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = with_closed(folder, 1, *arguments)
    assert_one_line(done, "standard output is closed")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("command", ["add", "import", "schema apply"])
def test_a_closed_input_is_an_empty_one(folder: Path, command: str) -> None:
    assert_one_line(with_closed(folder, 0, *command.split(), "-"))


def with_closed(folder: Path, descriptor: int, *arguments: str) -> Run:
    """Run `reader` as `reader ... >&-` does."""
    script = f'exec {descriptor}>&-; exec "$@"'
    done = subprocess.run(
        ["sh", "-c", script, "sh", *READER, *arguments],
        cwd=folder,
        stdin=subprocess.PIPE,
        capture_output=True,
        env=environment(),
        timeout=60,
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_the_help_tells_the_exit_codes(tmp_path: Path) -> None:
    assert "  130  interrupted\n" in run(tmp_path, "--help").out


def _unread(pipe: IO[bytes]) -> int:
    """How many bytes in a pipe nobody has read yet."""
    unread = fcntl.ioctl(pipe, termios.FIONREAD, bytes(4))
    return int.from_bytes(unread, sys.byteorder)


def test_an_interrupt_ends_without_a_traceback(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*INTERRUPTIBLE, "add", "-"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdin
        process.stdin.write(b"x")
        process.stdin.flush()
        while _unread(process.stdin):
            assert process.poll() is None
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b""
    assert b"Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_what_the_environment_says_of_the_terminal_is_checked(folder: Path) -> None:
    done = run(folder, "list", READER_BIDI="left")
    assert_one_line(done, "$READER_BIDI", "'left' is not one of auto, visual", code=2)


def test_an_interruption_while_it_is_being_loaded_ends_it_without_a_word(tmp_path: Path) -> None:
    program = """
import sys
class Interrupted:
    def find_spec(self, name, path=None, target=None):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupted())
from reader.__main__ import main
sys.exit(main())
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, env=environment()
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
