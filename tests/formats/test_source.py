from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from reader.errors import FormatError
from reader.formats.source import parts_at


def names(path: Path) -> list[str]:
    return [part.name for part in parts_at(path, path.name)]


def packed(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def test_a_folder_gives_the_files_below_it_sorted_and_names_what_it_leaves_out(
    tmp_path: Path,
) -> None:
    for name in ("b/2.txt", "b/1.ann", "a.txt", ".hidden", ".git/x"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    folder = tmp_path / "in"
    (folder / "c.txt").symlink_to("a.txt")
    (folder / "d.txt").symlink_to(tmp_path)
    (folder / "e.txt").symlink_to(__file__)
    os.mkfifo(folder / "f.txt")
    skipped: dict[str, str] = {}
    found = parts_at(folder, "in/", skipped.__setitem__)
    assert [part.name for part in found] == ["a.txt", "c.txt", "b/1.ann", "b/2.txt"]
    assert [part.shown for part in found][2] == "in/b/1.ann"
    assert (found[1].read(), found[2].read()) == (b"a.txt", b"b/1.ann")
    assert (found[2].suffix, found[2].stem) == (".ann", "b/1")
    assert skipped == {
        f"{folder}/.git/": "hidden",
        f"{folder}/.hidden": "hidden",
        f"{folder}/d.txt/": "a link to a folder, which is not followed",
        f"{folder}/e.txt": "a link out of the folder; name the file itself",
        f"{folder}/f.txt": "a named pipe, not a file",
    }


def test_an_archive_gives_its_files(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("d/x.txt", "قال".encode()), ("a.txt", b"a"))
    found = parts_at(path, "a.zip")
    assert [part.shown for part in found] == ["a.zip/a.txt", "a.zip/d/x.txt"]
    assert found[1].text() == "قال"


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    return info


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ("../out.txt", "its name leaves the archive"),
        ("/etc/passwd", "its name leaves the archive"),
        (link("passwd"), "a link, not a file"),
    ],
)
def test_one_bad_file_spoils_an_archive(
    tmp_path: Path, member: str | zipfile.ZipInfo, words: str
) -> None:
    path = packed(tmp_path / "a.zip", ("a.txt", b"a"), (member, b"x"))
    with pytest.raises(FormatError, match=words):
        parts_at(path, "a.zip")


def test_a_file_twice_in_an_archive_is_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        path = packed(tmp_path / "a.zip", ("a.txt", b"a"), ("a.txt", b"b"))
    with pytest.raises(FormatError, match="another file of this name"):
        parts_at(path, "a.zip")


def test_a_bomb_is_refused_without_unpacking_it(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", bytes(30_000_000))
    with pytest.raises(FormatError, match="would unfold to"):
        parts_at(path, "a.zip")


def test_a_damaged_archive_is_one_line(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("a.txt", b"a"))
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(FormatError, match=r"a\.zip: a damaged zip archive"):
        parts_at(path, "a.zip")


def test_an_empty_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="there is no file in it"):
        parts_at(tmp_path, "here")
    with pytest.raises(FormatError, match="gone: cannot be read"):
        parts_at(tmp_path / "gone", "gone")
    with pytest.raises(FormatError, match="no file, but a device"):
        parts_at(Path("/dev/null"), "/dev/null")


def test_a_pipe_is_read_once_and_for_all(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    with open(writing, "wb") as file:
        file.write(b"abc")
    (part,) = parts_at(Path(f"/dev/fd/{reading}"), "pipe")
    os.close(reading)
    assert (part.peek(), part.read()) == ("abc", b"abc")


def test_a_mark_at_the_beginning_is_no_text_and_lines_end_at_lf_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffa\u2028b\r\nc\x85\n\ufeffd".encode())
    (part,) = parts_at(path, "a.txt")
    assert part.text() == "a\u2028b\r\nc\x85\n\ufeffd"
    assert list(part.numbered()) == [(1, "a\u2028b\r\n"), (2, "c\x85\n"), (3, "\ufeffd")]


def test_what_is_no_utf_8_is_named_by_line_and_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"ab\nc\xff")
    (part,) = parts_at(path, "a.txt")
    with pytest.raises(FormatError, match="line 2: not UTF-8 at byte 1"):
        list(part.numbered())
    with pytest.raises(FormatError, match="not UTF-8 at byte 4"):
        part.text()
    assert part.peek() == "ab\nc\ufffd"


@pytest.mark.parametrize("extra", range(4))
def test_the_beginning_of_a_long_file_may_end_inside_a_character(
    tmp_path: Path, extra: int
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x" * extra + "😊" * 40_000, encoding="utf-8")
    (part,) = parts_at(path, "a.txt")
    assert part.peek().startswith("x" * extra + "😊" * 16_000)
