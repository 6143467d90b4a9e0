from __future__ import annotations

import hashlib
import os
import re
import socket
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from reader.corpus.loading import load_article
from reader.corpus.sources import Source, find_sources
from reader.errors import ArticleError, UsageError
from tests.corpus.seeds import FOLDER, NAMES, seed

ENGLISH = "The prime minister said on Monday that the government would resign.\n"


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder of an ordinary user's, and his rights: nothing is unreadable for root."""
    root, nobody = os.geteuid() == 0, 65534
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if root:
            os.chown(folder, nobody, nobody)
            os.seteuid(nobody)
        try:
            yield folder
        finally:
            if root:
                os.seteuid(0)


def names(*paths: str | Path) -> list[str]:
    return [source.name for source in find_sources(paths)]


def refusal(*paths: str | Path) -> str:
    with pytest.raises(ArticleError) as caught:
        for source in find_sources(paths):
            source.read()
    assert "\n" not in caught.value.message
    return caught.value.message


class TestSources:
    def test_files_in_the_order_given_with_any_suffix(self, tmp_path: Path) -> None:
        for name in ("b.md", "a.txt"):
            (tmp_path / name).write_text(name)
        paths = (tmp_path / "b.md", tmp_path / "a.txt")
        assert [source.read() for source in find_sources(paths)] == [b"b.md", b"a.txt"]

    def test_a_folder_gives_its_texts_and_those_below_sorted(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a/z.TXT", "a/y.txt", "c.py", ".hidden.txt", ".git/d.txt"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("x")
        assert names(tmp_path) == [str(tmp_path / n) for n in ("a/y.txt", "a/z.TXT", "b.txt")]

    def test_a_link_to_the_folder_itself_is_no_endless_way(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("x")
        (tmp_path / "loop").symlink_to(tmp_path)
        assert names(tmp_path) == [str(tmp_path / "a.txt")]

    def test_standard_input(self) -> None:
        (source,) = find_sources(["-"], stdin=b"abc")
        assert source == Source("standard input", None, b"abc")
        assert source.read() == b"abc"

    def test_the_seeds(self) -> None:
        assert names(FOLDER) == [str(FOLDER / name) for name in sorted(NAMES.values())]


class TestRefusedSources:
    def test_missing(self, tmp_path: Path) -> None:
        path = tmp_path / "none.txt"
        assert refusal(path) == f"{path}: no such file or folder; check the path"

    def test_a_file_that_goes_away_in_between(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_text("x")
        (source,) = find_sources([path])
        path.unlink()
        with pytest.raises(ArticleError, match="no such file or folder; check the path"):
            source.read()

    def test_a_link_that_leads_nowhere(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.symlink_to(tmp_path / "gone.txt")
        assert refusal(path) == f"{path}: no such file or folder; check the path"

    def test_a_folder_without_texts(self, tmp_path: Path) -> None:
        (tmp_path / "a.png").write_bytes(b"PNG")
        assert refusal(tmp_path).startswith(f"{tmp_path}: no articles in this folder; ")

    def test_unreadable_file_and_folder(self, unprivileged: Path) -> None:
        path = unprivileged / "deep" / "a.txt"
        path.parent.mkdir()
        path.write_text("x")
        path.chmod(0)
        expected = "no permission to read it; change that (chmod u+r) first"
        assert refusal(path) == f"{path}: {expected}"
        assert refusal(unprivileged) == f"{path}: {expected}"
        path.parent.chmod(0)
        assert refusal(unprivileged) == f"{path.parent}: {expected}"
        path.parent.chmod(0o700)

    def test_named_pipe(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        os.mkfifo(path)
        expected = f"{path}: a named pipe, not a file; name a text file, or pipe its text to -"
        assert refusal(path) == expected
        assert refusal(tmp_path) == expected

    def test_device(self) -> None:
        assert refusal("/dev/null").startswith("/dev/null: a device, not a file; ")

    def test_socket(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)  # The path of a socket must be short.
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("s.txt")
            assert refusal("s.txt").startswith("s.txt: a socket, not a file; ")

    def test_a_folder_named_like_a_text(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").mkdir()
        assert "no articles in this folder" in refusal(tmp_path)

    def test_names_that_would_break_the_line(self, tmp_path: Path) -> None:
        path = tmp_path / "a\nb\u202e.txt"
        assert refusal(path) == (
            f"{tmp_path}/a\\nb\\u202e.txt: no such file or folder; check the path"
        )
        assert "cannot be read (embedded null byte)" in refusal("a\0b.txt")

    def test_names_that_are_not_utf8(self, tmp_path: Path) -> None:
        path = tmp_path / os.fsdecode(b"caf\xe9.txt")
        path.write_text("x")
        (source,) = find_sources([tmp_path])
        assert source.name == f"{tmp_path}/caf\\udce9.txt"
        assert source.read() == b"x"


class TestArticles:
    def test_everything_is_recorded(self) -> None:
        data = b"\xef\xbb\xbf" + ENGLISH.encode()
        moment = datetime(2024, 5, 1, 1, 30, tzinfo=timezone(timedelta(hours=3)))
        article = load_article(data, "news/a.txt", clock=lambda: moment)
        digest = hashlib.sha256(ENGLISH.encode()).hexdigest()
        assert article.text == ENGLISH
        assert (article.id, article.text_sha256) == (digest[:16], digest)
        assert article.source_sha256 == hashlib.sha256(data).hexdigest()
        assert (article.encoding, article.bom) == ("utf-8", True)
        assert article.sources == ("news/a.txt",)
        assert (article.language, article.language_method) == ("en", "langdetect")
        assert article.direction == "ltr"
        assert article.added == "2024-04-30T22:30:00Z"
        assert (article.publisher, article.published, article.replaces) == (None, None, None)
        assert article.tags == ()

    def test_the_text_is_kept_as_it_is(self) -> None:
        text = " \tA\r\nb\u00a0\u200fe\u0301\ufb01 \u0640\x00\r\u2029c \n\n"
        assert load_article(text.encode(), "a.txt").text == text

    def test_the_time_is_told_in_utc(self) -> None:
        added = load_article(ENGLISH.encode(), "a.txt").added
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", added)

    def test_encoding_and_language_can_be_given(self) -> None:
        article = load_article(ENGLISH.encode(), "a.txt", encoding="ascii", language="sw")
        assert article.encoding == "ascii"
        assert (article.language, article.language_confidence) == ("sw", 1.0)
        assert article.language_method == "given"

    @pytest.mark.parametrize("language", ["", "english", "e", "en en", "ar_EG", "-"])
    def test_what_is_no_language_code(self, language: str) -> None:
        with pytest.raises(UsageError, match="is not a language code; use one like ar, fa"):
            load_article(ENGLISH.encode(), "a.txt", language=language)

    def test_the_source_is_named_when_its_bytes_are_no_text(self) -> None:
        with pytest.raises(ArticleError, match=r"^standard input: empty"):
            load_article(b"", "standard input")

    @pytest.mark.parametrize(
        ("language", "method", "direction"),
        [("id", "langdetect", "ltr"), ("en", "langdetect", "ltr"), ("ar", "langdetect", "rtl")],
    )
    def test_seeds(self, language: str, method: str, direction: str) -> None:
        article = seed(language)
        assert (article.language, article.language_method) == (language, method)
        assert article.language_confidence > 0.95
        assert article.direction == direction
        assert (article.encoding, article.bom) == ("utf-8", False)
        data = (FOLDER / NAMES[language]).read_bytes()
        assert article.text.encode("utf-8") == data
        assert article.source_sha256 == article.text_sha256 == hashlib.sha256(data).hexdigest()
