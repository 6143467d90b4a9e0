from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reader.corpus.decoding import Decoded, decode, is_binary
from reader.errors import ArticleError, UsageError

ARABIC = "قال الوزير إن المحادثات «فشلت»، وأضاف: لن نعود إلى 2018.\n"
PERSIAN = "او گفت که پیمان چاپ نشد و گزارش ژاپن را خواند.\n"
FRENCH = "Été: le garçon a déclaré à l’État qu’il « était » très fâché…\n"
GERMAN = "Größere Äußerungen über Österreich und die Straße.\n"
SPANISH = "El año pasado, ¿qué pasó en España? Él salió mañana.\n"


def refusal(data: bytes, encoding: str | None = None) -> str:
    with pytest.raises(ArticleError) as caught:
        decode(data, "news/x.txt", encoding)
    message = caught.value.message
    assert message.startswith("news/x.txt: ")
    assert "\n" not in message
    return message.removeprefix("news/x.txt: ")


class TestDetection:
    @pytest.mark.parametrize(
        ("data", "encoding", "bom"),
        [
            (ARABIC.encode(), "utf-8", False),
            (codecs.BOM_UTF8 + ARABIC.encode(), "utf-8", True),
            (codecs.BOM_UTF16_LE + ARABIC.encode("utf-16-le"), "utf-16-le", True),
            (codecs.BOM_UTF16_BE + ARABIC.encode("utf-16-be"), "utf-16-be", True),
            (ARABIC.encode("utf-16-le"), "utf-16-le", False),
            (ARABIC.encode("utf-16-be"), "utf-16-be", False),
            (ARABIC.encode("cp1256"), "windows-1256", False),
        ],
    )
    def test_arabic(self, data: bytes, encoding: str, bom: bool) -> None:
        assert decode(data, "a.txt") == Decoded(ARABIC, encoding, bom, detected=True)

    @pytest.mark.parametrize("text", [FRENCH, GERMAN, SPANISH, "It’s “fine” – he said.", "5 €"])
    def test_western_text_in_windows_1252(self, text: str) -> None:
        expected = Decoded(text, "windows-1252", bom=False, detected=True)
        assert decode(text.encode("cp1252"), "a.txt") == expected

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
    def test_western_and_persian_text_in_utf16_without_a_mark(self, encoding: str) -> None:
        for text in (FRENCH, PERSIAN, "Plain English, in two bytes each."):
            assert decode(text.encode(encoding), "a.txt").text == text

    def test_arabic_with_latin_names_in_windows_1256(self) -> None:
        text = ARABIC + 'وقالت شركة Facebook و"Cambridge Analytica" إن café مغلق.\n'
        assert decode(text.encode("cp1256"), "a.txt").encoding == "windows-1256"

    def test_a_long_english_text_with_few_arabic_words_in_windows_1256(self) -> None:
        text = "The minister spoke to the press. " * 10_000 + ARABIC
        assert decode(text.encode("cp1256"), "a.txt").text == text

    @pytest.mark.parametrize(
        ("text", "encoding"),
        [
            ("Премьер-министр заявил, что правительство уйдёт в отставку.", "cp1251"),
            ("ראש הממשלה אמר היום כי הממשלה תמשיך לפעול.", "cp1255"),
            ("Ο πρωθυπουργός δήλωσε ότι η κυβέρνηση παραιτείται.", "cp1253"),
        ],
    )
    def test_other_code_pages_are_not_guessed_at(self, text: str, encoding: str) -> None:
        message = refusal(text.encode(encoding))
        assert message.startswith("cannot tell its encoding (not UTF-8 from byte 0 on)")
        assert "--encoding" in message
        assert decode(text.encode(encoding), "a.txt", encoding).text == text

    @pytest.mark.parametrize(
        ("text", "encoding"),
        [
            ("Prezydent powiedział, że każdy żołnierz wróci do domu.", "cp1250"),
            ("Premierul a spus că guvernul îşi va da demisia şi ţara va vota.", "cp1250"),
            ("Başbakan, hükümetin güç şartlar altında istifa edeceğini söyledi.", "cp1254"),
            ("Президент заявил, что война закончилась.", "koi8-r"),
            ("Prezydent powiedział, że każdy żołnierz wróci do domu.", "iso8859-2"),
            ("总理星期一表示，政府将很快辞职，并且会举行新的选举。", "gbk"),
        ],
    )
    def test_code_pages_that_resemble_the_two_known_ones(self, text: str, encoding: str) -> None:
        assert "cannot tell its encoding" in refusal(text.encode(encoding))

    @pytest.mark.parametrize(
        "text",
        [
            "Forsætisráðherra sagði að ríkisstjórnin myndi segja af sér, þó ekki.",
            "He said “no”and“yes”… €5–€6 for ½ cup, 5×3, 3 m³, 2 km², 20°C, §5: a café.",
            "¿Qué?¡Nada! El nº 1ª, dijo.",
        ],
    )
    def test_signs_and_letters_that_are_rare_in_windows_1252(self, text: str) -> None:
        assert decode(text.encode("cp1252"), "a.txt").text == text

    def test_bytes_that_windows_1252_does_not_define(self) -> None:
        assert "cannot tell its encoding" in refusal(b"A caf\xe9 in Paris \x81 today")

    def test_utf8_cut_off_in_the_middle_of_a_character(self) -> None:
        data = ARABIC.encode()[:-1] + "ق".encode()[:1]
        assert refusal(data) == (
            f"damaged UTF-8 at byte {len(data) - 1}; "
            "repair the file, or name its encoding (--encoding)"
        )


class TestNamedEncoding:
    def test_the_name_overrides_what_would_be_detected(self) -> None:
        data = "é".encode() * 3
        assert decode(data, "a.txt").text == "ééé"
        assert decode(data, "a.txt", "latin-1") == Decoded(
            "Ã©" * 3, "iso8859-1", bom=False, detected=False
        )

    @pytest.mark.parametrize("name", ["windows-1256", "CP1256", "cp1256", "windows_1256"])
    def test_usual_names_are_shown(self, name: str) -> None:
        assert decode(ARABIC.encode("cp1256"), "a.txt", name).encoding == "windows-1256"

    @pytest.mark.parametrize("name", ["utf-8", "UTF8", "utf-8-sig", "utf_8"])
    def test_utf8_with_and_without_a_mark(self, name: str) -> None:
        marked = decode(codecs.BOM_UTF8 + b"abc", "a.txt", name)
        assert marked == Decoded("abc", "utf-8", bom=True, detected=False)
        assert decode(b"abc", "a.txt", name) == Decoded("abc", "utf-8", bom=False, detected=False)

    @pytest.mark.parametrize("order", ["le", "be"])
    def test_utf16_takes_its_byte_order_from_the_mark_or_the_zero_bytes(self, order: str) -> None:
        data = ARABIC.encode(f"utf-16-{order}")
        bom = codecs.BOM_UTF16_LE if order == "le" else codecs.BOM_UTF16_BE
        assert decode(data, "a.txt", "utf-16") == Decoded(ARABIC, f"utf-16-{order}", False, False)
        assert decode(bom + data, "a.txt", "utf-16") == Decoded(
            ARABIC, f"utf-16-{order}", True, False
        )

    def test_utf32(self) -> None:
        for bom, name in (
            (codecs.BOM_UTF32_LE, "utf-32-le"),
            (codecs.BOM_UTF32_BE, "utf-32-be"),
        ):
            data = bom + ARABIC.encode(name)
            assert decode(data, "a.txt", "utf-32") == Decoded(ARABIC, name, True, False)

    @pytest.mark.parametrize(
        ("name", "hint"),
        [
            ("windows-1265", "did you mean windows-1256?"),
            ("utf8x", "did you mean utf-8?"),
            ("qqqqqqq", "try utf-8, windows-1256 or windows-1252"),
            ("rot13", "did you mean"),
            ("a\0b", "no encoding is called 'a\\x00b'"),
        ],
    )
    def test_unknown_names_are_refused_with_the_nearest(self, name: str, hint: str) -> None:
        with pytest.raises(UsageError) as caught:
            decode(b"abc", "a.txt", name)
        assert caught.value.message.startswith("no encoding is called ")
        assert hint in caught.value.message

    def test_bytes_the_named_encoding_cannot_hold(self) -> None:
        assert refusal(b"caf\xe9 noir", "utf-8") == (
            "not utf-8: invalid continuation byte at byte 3; "
            "name its real encoding (--encoding) or save it as UTF-8"
        )
        assert "not ascii: ordinal not in range(128) at byte 3" in refusal(b"caf\xe9", "ascii")


class TestRefusals:
    @pytest.mark.parametrize("data", [b"", b" \r\n\t\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
    def test_nothing_in_it(self, data: bytes) -> None:
        assert refusal(data) == ("empty, nothing but white space; choose a file with text in it")

    @pytest.mark.parametrize(
        "data",
        [
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00",
            b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00>\x00\x01\x00\x00\x00" + bytes(40),
            random.Random(0).randbytes(4096),
            b"\x00\x01\x02\x03",
            b"PK\x03\x04\x14\x00\x00\x00\x08\x00" * 20,
        ],
    )
    def test_what_is_not_text(self, data: bytes) -> None:
        message = refusal(data)
        assert message.startswith("not a text file (control characters from ")
        assert message.endswith("; save the article as plain text first")

    def test_the_place_of_the_first_control_character_is_named(self) -> None:
        assert "from character 3 on" in refusal(b"abc\x00\x01" * 20)
        assert "from byte 5 on" in refusal(b"\xff\xfaabc\x00\x01" * 20)

    def test_a_few_control_characters_are_part_of_a_text(self) -> None:
        for data in (b"a\x00b", b"NUL \x00 and \x01 and DEL \x7f" + b"." * 20):
            assert decode(data, "a.txt").text.encode() == data

    def test_escape_sequences_are_part_of_a_text(self) -> None:
        data = b"\x1b[31mred\x1b[0m [b]bold[/b] \x1b]0;title\x07" * 5
        assert decode(data, "a.txt").text.encode() == data

    def test_what_binary_means(self) -> None:
        assert not is_binary("a" * 900 + "\x00" * 9)
        assert is_binary("a" * 890 + "\x00" * 9)
        assert not is_binary("a" * 8 + "\x00" * 8)
        assert is_binary("a" * 7 + "\x00" * 8)

    def test_lone_surrogate_in_utf16(self) -> None:
        data = codecs.BOM_UTF16_LE + "ab".encode("utf-16-le") + b"\x3d\xd8" + b"c\x00"
        assert refusal(data) == (
            "lone surrogate U+D83D at byte 6; replace it and save the file as UTF-8"
        )
        data = codecs.BOM_UTF16_BE + "ab".encode("utf-16-be") + b"\xdc\x00" + b"\x00c"
        assert refusal(data).startswith("lone surrogate U+DC00 at byte 6;")

    def test_utf16_with_half_a_character_at_its_end(self) -> None:
        data = codecs.BOM_UTF16_LE + "ab".encode("utf-16-le") + b"c"
        assert refusal(data).startswith(
            "not utf-16-le (as its byte-order mark or zero bytes say): truncated data at byte 6;"
        )

    def test_surrogates_written_as_utf8(self) -> None:
        data = b"ab " + "\ud83d\ude00".encode("utf-8", "surrogatepass") + " قال".encode()
        assert refusal(data) == (
            "surrogate halves written as UTF-8 (CESU-8) at byte 3; "
            "save the file again as real UTF-8"
        )

    def test_surrogates_that_an_encoding_lets_through(self) -> None:
        assert refusal(b"ab\\ud83d", "unicode-escape").startswith(
            "lone surrogate U+D83D at character 2;"
        )


texts = st.text().filter(lambda text: text.strip() and not is_binary(text))


class TestRoundTrip:
    @given(texts)
    def test_utf8(self, text: str) -> None:
        # A mark is a mark, and "a NUL b NUL" is UTF-16 without one.
        assume(not text.startswith("\ufeff"))
        assume(4 * sum(char < " " for char in text) < len(text))
        found = decode(text.encode("utf-8"), "a.txt")
        assert (found.text, found.encoding, found.bom) == (text, "utf-8", False)

    @given(texts)
    def test_utf8_with_a_mark(self, text: str) -> None:
        found = decode(text.encode("utf-8-sig"), "a.txt")
        assert (found.text, found.encoding, found.bom) == (text, "utf-8", True)

    @given(texts, st.sampled_from(["le", "be"]))
    def test_utf16_with_a_mark(self, text: str, order: str) -> None:
        bom = codecs.BOM_UTF16_LE if order == "le" else codecs.BOM_UTF16_BE
        found = decode(bom + text.encode(f"utf-16-{order}"), "a.txt")
        assert (found.text, found.encoding, found.bom) == (text, f"utf-16-{order}", True)

    @given(st.binary(max_size=200))
    def test_any_bytes_give_a_text_or_one_line(self, data: bytes) -> None:
        try:
            found = decode(data, "a.txt")
        except ArticleError as error:
            assert error.message.startswith("a.txt: ")
            assert "\n" not in error.message
        else:
            found.text.encode("utf-8")
