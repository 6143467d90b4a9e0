"""Folders and zip archives, made by the tests."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from copy import copy
from pathlib import Path

import pytest

from reader.corpus.sources import Source, find_sources
from reader.errors import ArticleError


def packed(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


def found(path: Path) -> tuple[list[Source], dict[str, str]]:
    skipped: dict[str, str] = {}
    sources = list(find_sources([path], skipped=skipped.__setitem__))
    return sources, skipped


def refusals(data: bytes) -> dict[str, str]:
    """What is said of each source in an archive that cannot be read."""
    problems = {}
    for source in find_sources(["-"], data):
        try:
            source.read()
        except ArticleError as error:
            problems[source.inner] = error.message
    return problems


class TestFolders:
    def test_numbers_in_names_count_as_numbers(self, tmp_path: Path) -> None:
        for name in ("b10.txt", "b9.txt", "A1.txt", "2/x.txt", "10/x.txt"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("x")
        sources, _ = found(tmp_path)
        expected = ["2/x.txt", "10/x.txt", "A1.txt", "b9.txt", "b10.txt"]
        assert [source.inner for source in sources] == expected

    def test_what_is_left_out_is_named(self, tmp_path: Path) -> None:
        for name in (".a.txt", "b.png", "c.txt", ".git/d.txt", "page_files/e.txt", "page.html"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("x")
        sources, skipped = found(tmp_path)
        assert "c.txt" in [source.inner for source in sources]
        assert "page_files/e.txt" not in [source.inner for source in sources]
        assert skipped[str(tmp_path / ".a.txt")] == "hidden"
        assert skipped[str(tmp_path / "b.png")] == "not an article"
        assert skipped[f"{tmp_path}/.git/"] == "hidden"
        assert skipped[f"{tmp_path}/page_files/"] == "pictures and scripts of a saved page"

    def test_links_lead_to_files_of_the_folder_alone(self, tmp_path: Path) -> None:
        inside, outside = tmp_path / "in", tmp_path / "out"
        (inside / "below").mkdir(parents=True)
        outside.mkdir()
        for path in (inside / "below" / "a.txt", outside / "secret.txt"):
            path.write_text("x")
        (inside / "same.txt").symlink_to("below/a.txt")
        (inside / "secret.txt").symlink_to(outside / "secret.txt")
        (inside / "gone.txt").symlink_to("nothing.txt")
        (inside / "round.txt").symlink_to("round.txt")
        (inside / "others").symlink_to(outside)
        (inside / "below" / "up").symlink_to(inside)
        sources, skipped = found(inside)
        assert [source.inner for source in sources] == ["below/a.txt", "same.txt"]
        folder = "a link to a folder, which is not followed"
        assert skipped == {
            f"{inside}/secret.txt": "a link out of the folder; name the file itself",
            f"{inside}/gone.txt": "a link to nothing",
            f"{inside}/round.txt": "a link to nothing",
            f"{inside}/others/": folder,
            f"{inside}/below/up/": folder,
        }
        # What is named itself is meant, wherever it leads.
        assert [each.inner for each in found(inside / "secret.txt")[0]] == ["secret.txt"]

    def test_an_archive_in_a_folder_is_opened_and_a_bad_one_stops_nothing(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "a.zip").write_bytes(packed(("x/1.txt", b"one")))
        (tmp_path / "b.zip").write_bytes(b"PK\x03\x04 nothing")
        (tmp_path / "c.txt").write_bytes(b"three")
        (first, bad, last), _ = found(tmp_path)
        assert (first.name, first.inner, first.read()) == (
            f"{tmp_path}/a.zip/x/1.txt",
            "x/1.txt",
            b"one",
        )
        with pytest.raises(ArticleError, match=r"b\.zip: a damaged zip archive; get it anew"):
            bad.read()
        assert last.read() == b"three"


class TestArchives:
    def test_members_in_natural_order_from_file_and_input(self, tmp_path: Path) -> None:
        data = packed(("10.txt", b"ten"), ("9.txt", b"nine"), ("a/", b""))
        (tmp_path / "named.bin").write_bytes(data)
        sources, _ = found(tmp_path / "named.bin")
        assert [(s.name, s.read()) for s in sources] == [
            (f"{tmp_path}/named.bin/9.txt", b"nine"),
            (f"{tmp_path}/named.bin/10.txt", b"ten"),
        ]
        assert [s.name for s in find_sources(["-"], data)] == [
            "standard input/9.txt",
            "standard input/10.txt",
        ]

    @pytest.mark.parametrize(
        "name", ["../a.txt", "x/../../a.txt", "/etc/a.txt", "C:\\a.txt", "..\\a.txt"]
    )
    def test_a_name_that_leaves_the_archive(self, name: str) -> None:
        problems = refusals(packed((name, b"x"), ("good.txt", b"x")))
        assert list(problems.values()) == [
            f"standard input/{name.replace(chr(92), '/')}: "
            "its name leaves the archive; it is left out"
        ]

    def test_links_encrypted_and_doubled_members(self) -> None:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        with pytest.warns(UserWarning, match="Duplicate name"):
            data = packed((link, b"/etc/passwd"), ("a.txt", b"1"), ("a.txt", b"2"), ("s.txt", b"3"))
        # The flag is set in the directory at the end, two bytes before its place is known.
        place = data.rindex(b"PK\x01\x02", 0, data.rindex(b"s.txt"))
        data = data[: place + 8] + struct.pack("<H", 1) + data[place + 10 :]
        problems = refusals(data)
        assert "a link, not a file" in problems["link.txt"]
        assert "another file of this name" in problems["a.txt"]
        assert "encrypted; unpack the archive with its password" in problems["s.txt"]

    def test_a_member_that_unfolds_to_very_much(self) -> None:
        problems = refusals(packed(("bomb.txt", bytes(17 << 20)), ("good.txt", b"x")))
        assert "bomb.txt: it would unfold to 17 MB; unpack it first" in problems["bomb.txt"]
        assert list(problems) == ["bomb.txt"]

    def test_members_that_share_what_unfolds(self) -> None:
        """Each of them is small enough, and all are the same few bytes."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("0.txt", bytes(15 << 20))
            (first,) = archive.filelist
            for number in range(1, 20):
                again = copy(first)
                again.filename = f"{number}.txt"
                archive.filelist.append(again)
        assert "its files would unfold to 300 MB" in refusals(file.getvalue())[""]

    def test_a_directory_that_lies_about_the_size(self) -> None:
        data = packed(("a.txt", b"x" * 10_000))
        place = data.rindex(b"PK\x01\x02")
        data = data[: place + 24] + struct.pack("<I", 10) + data[place + 28 :]
        assert "a damaged zip archive" in refusals(data)["a.txt"]

    def test_archives_in_archives_and_other_files_are_named(self, tmp_path: Path) -> None:
        inner = packed(("x.txt", b"x"))
        path = tmp_path / "a.zip"
        path.write_bytes(packed(("b.zip", inner), ("c.txt", b"c"), ("d.exe", b"MZ")))
        sources, skipped = found(path)
        assert [source.inner for source in sources] == ["c.txt"]
        assert skipped == {
            f"{path}/b.zip": "an archive within an archive",
            f"{path}/d.exe": "not an article",
        }

    @pytest.mark.parametrize("cut", [5, 30, 60, -10, -1])
    def test_a_cut_archive(self, cut: int) -> None:
        assert "a damaged zip archive" in " ".join(
            refusals(packed(("a.txt", b"one two three four"))[:cut]).values()
        )

    def test_names_in_utf8_that_do_not_say_so_and_in_cp437(self) -> None:
        data = packed(("خبر.txt", b"x"))
        assert [s.inner for s in find_sources(["-"], _without_flag(data))] == ["خبر.txt"]
        old = packed(("cafe.txt", b"x")).replace(b"cafe", b"caf\x82")
        assert [s.inner for s in find_sources(["-"], old)] == ["café.txt"]

    def test_nothing_wanted_in_it(self) -> None:
        assert "no articles in this archive" in refusals(packed(("a.exe", b"MZ")))[""]


def _without_flag(data: bytes) -> bytes:
    """The archive of one member without the bit that says that names are UTF-8."""
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + place
        flags = struct.unpack("<H", data[at : at + 2])[0] & ~0x800
        data = data[:at] + struct.pack("<H", flags) + data[at + 2 :]
    return data
