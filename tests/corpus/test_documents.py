"""Markdown, web pages, Word and PDF: what is stored, and what is known about it."""

from __future__ import annotations

import io
import socket
import sys
import zipfile
from collections.abc import Callable
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.corpus.article import Article
from reader.corpus.kinds import KINDS, Kind, kind_of
from reader.corpus.loading import Wishes, make_article, read_manuscripts
from reader.corpus.manuscript import Manuscript, date_of
from reader.corpus.visual_order import letters, logical, signs
from reader.errors import ArticleError
from reader.text.bidi import resolve_levels, visual_order
from tests.corpus.documents import (
    ARABIC_PAGE,
    HEADLINE,
    INDONESIAN_PAGE,
    PARAGRAPHS,
    PDF_GLYPH,
    PDF_WIDTH,
    pdf,
    placed_pdf,
    word,
)


def manuscript(data: bytes, name: str, **wishes: str) -> Manuscript:
    (found,) = read_manuscripts(data, name, Wishes(**wishes))  # type: ignore[arg-type]
    assert isinstance(found, Manuscript)
    return found


def article(data: bytes, name: str, **wishes: str) -> Article:
    return make_article(manuscript(data, name, **wishes), (name,))


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(ArticleError) as caught:
        list(read_manuscripts(data, name))
    assert "\n" not in caught.value.message
    assert caught.value.message.startswith(name)
    return caught.value.message


class TestMarkdown:
    FRONT = (
        '---\ntitle: "Who said it"\ndate: 2024-05-02 # roughly\nsource: The Wire\n'
        "url: https://wire.example/1\nlang: en_GB\ntags:\n  - one\n  - two\n---\n\n"
    )

    def test_the_text_stays_and_the_front_matter_is_understood(self) -> None:
        text = self.FRONT + "# Who said it #\n\nThe minister said on Monday that it was so.\n"
        found = article(text.encode(), "a.md")
        assert found.text == text
        assert found.title is not None and text[slice(*found.title)] == "Who said it"
        assert (found.heading, found.published) == ("", "2024-05-02")
        assert (found.publisher, found.language) == ("The Wire", "en-GB")
        assert found.tags == ("one", "two")
        front = [text[part.start : part.end] for part in found.roles if part.start < 10]
        assert front == ["---", 'title: "Who said it"']
        assert {part.role for part in found.roles if part.end <= len(self.FRONT)} == {"boilerplate"}

    def test_a_title_that_the_text_does_not_have_stands_beside_it(self) -> None:
        found = article((self.FRONT + "It was so, said the minister on Monday.\n").encode(), "a.md")
        assert (found.heading, found.title) == ("Who said it", None)

    @pytest.mark.parametrize(
        "text", ["# One\n\nText that follows here.\n", "One\n===\n\nText that follows here.\n"]
    )
    def test_a_heading_alone(self, text: str) -> None:
        found = article(text.encode(), "a.md")
        assert found.title is not None and text[slice(*found.title)] == "One"

    @pytest.mark.parametrize(
        "text",
        [
            "---\n\nA rule, and then text.\n\n---\n",
            "---\n- a\n- b\n---\ntext",
            "+++\nx = [\n+++\nt",
        ],
    )
    def test_what_only_looks_like_front_matter(self, text: str) -> None:
        found = manuscript(text.encode(), "a.md")
        assert (found.text, found.title, found.published, found.parts) == (text, "", "", ())

    def test_toml_and_a_date_that_may_be_two(self) -> None:
        found = manuscript(b'+++\ntitle = "A"\ndate = "05/06/2024"\n+++\nText.\n', "a.md")
        assert (found.title, found.published) == ("A", "")
        assert "'05/06/2024' is not understood" in found.doubts[0]


class TestPages:
    @pytest.mark.parametrize("encoding", ["utf-8", "windows-1256", "utf-8-sig", "utf-16"])
    def test_an_arabic_page(self, encoding: str) -> None:
        data = ARABIC_PAGE.replace("CHARSET", encoding).encode(encoding)
        found = article(data, "page.html")
        assert found.text == "\n\n".join((HEADLINE, *PARAGRAPHS)) + "\n"
        assert found.title == (0, len(HEADLINE))
        assert (found.language, found.direction) == ("ar", "rtl")
        assert (found.publisher, found.published) == ("أخبار النيل", "2024-05-12")
        assert manuscript(data, "page.html").url == "https://nile.example/news/12"

    def test_the_page_says_an_encoding_that_is_not_its_own(self) -> None:
        data = ARABIC_PAGE.replace("CHARSET", "iso-8859-1").encode()
        assert manuscript(data, "page.html").text.startswith(HEADLINE)

    def test_the_declaration_of_an_xhtml_page(self) -> None:
        page = '<?xml version="1.0" encoding="windows-1251"?>\n<html><p>Министр сказал, что да.</p>'
        assert manuscript(page.encode("cp1251"), "page.xhtml").text == "Министр сказал, что да.\n"

    def test_joiners_and_direction_marks_stay(self) -> None:
        headline = "نمی\u200cتوانند از شهر بروند"
        page = f"""<html lang="fa"><head><title>{headline}</title>
            <script type="application/ld+json">
            {{"@type":"NewsArticle","headline":"{headline}","datePublished":"2023-11-05"}}</script>
            </head><body><article><h1>{headline}</h1><p>مردم می&zwnj;گویند که نمی&zwnj;توانند از شهر
            بروند&rlm;.<br><br>دومین بند این خبر درباره\u200cی مسئله\u200cای دیگر است.</p>"""
        found = manuscript(page.encode(), "page.html")
        assert found.text == (
            f"{headline}\n\nمردم می\u200cگویند که نمی\u200cتوانند از شهر بروند\u200f.\n"
            "دومین بند این خبر درباره\u200cی مسئله\u200cای دیگر است.\n"
        )
        assert found.published == "2023-11-05"

    def test_a_malformed_page_with_furniture_around(self) -> None:
        found = article(INDONESIAN_PAGE.encode(), "page.htm")
        paragraphs = found.text.split("\n\n")
        assert paragraphs[0] == "Menteri Bantah Kabar Mundur"
        assert paragraphs[1].startswith("JAKARTA — Menteri Perhubungan membantah")
        assert '"Itu tidak benar," katanya.' in found.text
        assert not any(word in found.text for word in ("Beranda", "Terpopuler", "Copyright"))
        assert (found.language, found.direction) == ("id-ID", "ltr")

    def test_no_word_of_the_page_is_asked_of_the_network(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object, **__: object) -> NoReturn:
            raise AssertionError("the network was asked")

        monkeypatch.setattr(socket.socket, "connect", refuse)
        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        entity = '<!DOCTYPE html [<!ENTITY e SYSTEM "http://x.example/e">]>'
        page = ARABIC_PAGE.replace("<!DOCTYPE html>", entity).replace("CHARSET", "utf-8")
        assert HEADLINE in manuscript(page.encode(), "page.html").text

    def test_a_declared_language_that_the_text_contradicts(self) -> None:
        page = ARABIC_PAGE.replace('lang="ar" dir="rtl"', 'lang="en" dir="ltr"')
        found = article(page.replace("CHARSET", "utf-8").encode(), "page.html")
        assert (found.language, found.direction) == ("ar", "rtl")

    def test_a_page_without_an_article(self) -> None:
        found = manuscript(b"<html><title>A title</title><div>Only <b>this</b> line.", "page.html")
        assert found.text == "A title\n\nOnly this line.\n"

    @pytest.mark.parametrize("page", ["<html></html>", "<html><script>x</script></html>"])
    def test_a_page_without_text(self, page: str) -> None:
        assert "no text in this page" in refusal(page.encode(), "page.html")

    @settings(max_examples=25, deadline=None)
    @given(st.data())
    def test_a_cut_or_changed_page_is_read_or_refused_in_one_line(
        self, data: st.DataObject
    ) -> None:
        page = ARABIC_PAGE.replace("CHARSET", "utf-8").encode()
        start = data.draw(st.integers(0, len(page)))
        junk = data.draw(st.binary(max_size=12))
        page = page[:start] + junk + page[start + data.draw(st.integers(0, 300)) :]
        try:
            list(read_manuscripts(page, "page.html", Wishes(kind="html")))
        except ArticleError as error:
            assert error.message.startswith("page.html: ") and "\n" not in error.message


class TestWord:
    def test_paragraphs_and_tables_in_order(self) -> None:
        data = word([("Title", HEADLINE), *(("Normal", p) for p in PARAGRAPHS)], right_to_left=True)
        found = article(data, "a.docx")
        assert found.text == "\n\n".join((HEADLINE, *PARAGRAPHS, "left\tright")) + "\n"
        assert found.title == (0, len(HEADLINE))
        assert (found.language, found.direction, found.encoding) == ("ar", "rtl", "docx")

    @pytest.mark.parametrize("part", ["word/document.xml", "_rels/.rels"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
    def test_what_declares_entities_is_refused(self, part: str, encoding: str) -> None:
        source, target = zipfile.ZipFile(io.BytesIO(word([("Normal", "x")]))), io.BytesIO()
        with zipfile.ZipFile(target, "w") as changed:
            for name in source.namelist():
                data = source.read(name)
                if name == part:
                    head, body = data.decode().split("?>", 1)
                    bomb = '?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
                    data = f"{head}{bomb}{body}".encode(encoding)
                changed.writestr(name, data)
        assert "declares entities" in refusal(target.getvalue(), "a.docx")

    @pytest.mark.parametrize("cut", [100, 3_000, -30])
    def test_a_cut_file(self, cut: int) -> None:
        assert "a damaged" in refusal(word([("Normal", "x")])[:cut], "a.docx")

    def test_an_empty_file(self) -> None:
        assert "no DOCX file, though it is named so" in refusal(b"", "a.docx")


class TestPdf:
    def drawn(self, text: str) -> str:
        """A line as it is drawn from left to right."""
        _, levels = resolve_levels(text)
        return "".join(text[i] for i in visual_order(levels))

    def test_right_to_left_lines_are_put_into_the_order_of_reading(self) -> None:
        lines = [*PARAGRAPHS[1].split("، "), "English stays as it is, 12 of 40."]
        found = manuscript(pdf([self.drawn(line) for line in lines]), "a.pdf")
        assert [*found.text.split()] == [*" ".join(lines).split()]
        assert "look it through before you annotate" in found.doubts[0]

    def test_a_text_without_right_to_left_words_needs_no_doubt(self) -> None:
        found = manuscript(
            pdf(["The minister said on Monday", "that it would take a week."]), "a.pdf"
        )
        assert found.text == "The minister said on Monday that it would take a week.\n"
        assert found.doubts == ()

    #: Blocks as they are read: the column, the first row, and the length of each row.
    PAGES = (
        # A head over all columns, then three of them, then what stands below.
        [
            *((0, 0, (70, 60)), (0, 4, (20, 21, 15)), (1, 4, (22, 20, 18, 9))),
            *((2, 4, (21,) * 5), (0, 14, (66,))),
        ],
        # Two columns of different heights.
        [(0, 0, (31, 28, 30, 12)), (1.5, 0, (29, 31, 30, 30, 30, 30, 5))],
        # No columns: what is set in from either side stays in its place.
        [(0, 0, (70, 33)), (2, 4, (20,)), (0, 7, (60, 71, 12)), (1, 12, (25, 24))],
    )

    @pytest.mark.parametrize("blocks", PAGES)
    @pytest.mark.parametrize(("words", "right"), [("ab cd", False), ("أب جد", True)])
    def test_columns_are_read_from_the_side_of_the_page(
        self, blocks: list[tuple[float, int, tuple[int, ...]]], words: str, right: bool
    ) -> None:
        lines, told = [], []
        for number, (column, first, lengths) in enumerate(blocks, 1):
            told.append(f"{number}")
            for row, length in enumerate(lengths):
                text = (words * length)[: length - 3] if row else f"{number} {words * length}"
                text = self.drawn(text[: length - 1].strip() + words[0])
                left = 30 + column * 185
                x = PDF_WIDTH - left - PDF_GLYPH * len(text) if right else left
                lines.append(((x, 780 - 14 * (first + row)), text))
        found = manuscript(placed_pdf(lines[::-1]), "a.pdf")
        assert [block.split(" ")[0] for block in found.text.split("\n\n")] == told
        assert found.direction == ("rtl" if right else "ltr")

    @pytest.mark.parametrize("cut", [20, 300, 900])
    def test_a_cut_file(self, cut: int) -> None:
        message = refusal(pdf(["The minister said"])[:cut], "a.pdf")
        assert "a damaged PDF" in message or "no text in this PDF" in message

    def test_pictures_alone(self) -> None:
        assert "run OCR on it first" in refusal(pdf([""]), "a.pdf")


@pytest.mark.parametrize(
    ("library", "make", "name"),
    [
        ("docx", lambda: word([("Normal", "x")]), "a.docx"),
        ("pdfminer", lambda: pdf(["x"]), "a.pdf"),
    ],
)
def test_what_reads_it_is_not_installed(
    library: str, make: Callable[[], bytes], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = make()
    loaded = [each for each in sys.modules if each.split(".")[0] == library]
    for each in [library, *loaded]:
        monkeypatch.setitem(sys.modules, each, None)
    extra = name.split(".")[1]
    assert refusal(data, name).endswith(
        f"install what reads them: pip install 'bidi-reader[{extra}]'"
    )


class TestDrawnTexts:
    @pytest.mark.parametrize(
        "text",
        [
            "قال المتحدث (12 مايو 2018) إن شركة Nile Data بدأت.",
            "بلغت النسبة 3.5% في 12/05/2018 أو 2018-05-12، وفق AP.",
            "השיעור היה 3.5% ב-12/05/2018 לפי AP, או 40%.",
            "אמר דובר הממשלה ב-12 במאי: Nile Data החלה.",
            "The word كتاب جديد means a new book, said Ali.",
        ],
    )
    def test_the_order_of_reading_comes_back(self, text: str) -> None:
        base, levels = resolve_levels(text)
        mirrored = [
            chr(_MIRRORS.get(ord(text[i]), ord(text[i]))) if levels[i] % 2 else text[i]
            for i in visual_order(levels)
        ]
        assert logical(mirrored, right_to_left=base == 1) == text

    def test_shapes_become_letters(self) -> None:
        assert letters("\ufe8d\ufedf\ufeb4\ufefc\ufea1 \ufb01x") == "السلاح fix"

    def test_signs(self) -> None:
        plain = " ".join(PARAGRAPHS)
        assert signs(plain) == ()
        assert signs("The minister said ﷺ so.") == ()
        backwards = "مدينة جديدة على مقربة من العاصمة في ساحة قديمة"[::-1]
        assert "stored from left to right" in signs(backwards)[0]
        assert "shapes of letters" in signs("\ufe8d\ufedf\ufeb4\ufefc\ufea1")[0]


_MIRRORS = {ord(a): ord(b) for a, b in ("()", ")(", "[]", "][")}


class TestKinds:
    @pytest.mark.parametrize(
        ("data", "name", "kind"),
        [
            (b"The minister said", "a.txt", "text"),
            (b"The minister said", "standard input", "text"),
            (b"\n<!-- x -->\n<!DOCTYPE HTML><p>x", "a.txt", "html"),
            ("\ufeff<html>".encode("utf-16-le"), "standard input", "html"),
            (b"<p>x", "a.HTM", "html"),
            (b'{"text": "x"}\n', "standard input", "jsonl"),
            (b"{said} he", "standard input", "text"),
            (b"a,b\n", "a.csv", "csv"),
            (b"%PDF-1.4", "a.txt", "pdf"),
        ],
    )
    def test_by_content_and_by_name(self, data: bytes, name: str, kind: Kind) -> None:
        assert kind in KINDS
        assert kind_of(data, name) == kind

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (
                b"\xd0\xcf\x11\xe0rest",
                "an old Word file (.doc), or one with a password; save it as .docx",
            ),
            (b"{\\rtf1", "an RTF file"),
            (b"\x1f\x8b\x08", "packed with gzip"),
            (b"SQLite format 3\0", "a database"),
        ],
    )
    def test_what_is_not_read(self, data: bytes, words: str) -> None:
        assert words in refusal(data, "a.bin")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-05-02", "2024-05-02"),
        ("2024/5/2", "2024-05-02"),
        ("2024-05-02T10:00:00Z", "2024-05-02T10:00:00Z"),
        ("2024-05", "2024-05"),
        ("2024", "2024"),
        ("Thu, 02 May 2024 10:00:00 +0200", "2024-05-02T10:00:00+02:00"),
        ("2 May 2024", "2024-05-02"),
        ("May 2, 2024", "2024-05-02"),
        ("05/06/2024", ""),
        ("2024-02-30", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_dates_that_are_certain(written: str, expected: str) -> None:
    assert date_of(written) == expected
