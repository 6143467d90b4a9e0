from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.corpus.article import RoleRange
from reader.corpus.sentences import sentences, sentences_between
from reader.corpus.structure import find_structure
from tests.corpus.seeds import seed


def split(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentences_between(text, 0, len(text), language)]


def seed_sentences(language: str) -> list[str]:
    article = seed(language)
    found = sentences(article.text, article.roles, article.language)
    return [article.text[start:end] for start, end in found]


class TestSeeds:
    @pytest.mark.parametrize(("language", "count"), [("id", 28), ("en", 45), ("ar", 33)])
    def test_number_of_sentences(self, language: str, count: int) -> None:
        assert len(seed_sentences(language)) == count

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            (
                "ar",
                "رغم إعلان إفلاسها.. «كامبريدج أناليتيكا» تعود للظهور في حملة إعادة انتخاب ترامب",
            ),
            (
                "ar",
                "اقرأ المزيد:\u00a0فضيحة جديدة تهز «فيسبوك».. تسريب بيانات المستخدمين "
                "لأكبر شركات الهواتف",
            ),
            (
                "en",
                "“We as a campaign made the choice to rely on the voter data of the Republican "
                "National Committee to help elect President Donald J. Trump,” Michael Glassner, "
                "executive director of Donald Trump for President, said.",
            ),
            (
                "en",
                "“Any claims that voter data from any other source played a key role in the "
                "victory are false.”",
            ),
            (
                "en",
                "WikiLeaks obtained the emails from Russian-backed hackers, according to a "
                "U.S. intelligence assessment.",
            ),
            (
                "en",
                "Speaking on CNN, Sen. Richard Blumenthal (D-Conn.)\u00a0said\u00a0that the "
                "meeting fits a broader pattern of the Trump campaign seeking damaging information "
                "on\u00a0Clinton, citing the June 2016 Trump Tower meeting during which Donald "
                "Trump Jr. and others met with a Russian lawyer.",
            ),
            (
                "en",
                "“There was a push to use Cambridge from some different parts of the campaign, but "
                "when it came down to it, the tools that Cambridge Analytica created … didn’t have "
                "any proof that they worked.”",
            ),
            (
                "en",
                "But campaign filings show that the\u00a0campaign paid Cambridge Analytica "
                "$5.9 million for data management services between 2015 and 2016.",
            ),
            (
                "en",
                "Mercer has invested $5 million in Cambridge Analytica, according to "
                "The New Yorker.",
            ),
            (
                "en",
                "In the aftermath of the Assange revelations, aides\u00a0have\u00a0raced\u00a0to "
                "distance the campaign from the firm.",
            ),
            ("en", "{mosads}"),
            ("id", "Dia juga menyebut pendekatan terhadap Assange “sangat ramah.”"),
            ("id", "“Dan itulah akhir masalahnya,” tambah Nix."),
            ("id", "Email-email itu tidak pernah dirilis."),
        ],
    )
    def test_hard_places(self, language: str, sentence: str) -> None:
        assert sentence in seed_sentences(language)

    def test_paragraph_whose_last_quote_is_never_closed(self) -> None:
        paragraph = next(s for s in seed_sentences("ar") if s.startswith("وقال بيان من"))
        assert paragraph.endswith('باسم "نطاق الصدأ.')


class TestEnglish:
    @pytest.mark.parametrize(
        "text",
        [
            "President Donald J. Trump spoke.",
            "J. K. Rowling met George W. Bush.",
            "Ask Dr. Smith, Gen. Mark Milley or Rep. Adam Schiff.",
            "The U.S. House voted on Jan. 5 at 9 a.m. EST.",
            "It cost $5.9 million, said No. 5 on the list.",
            "Donald Trump Jr. and others met.",
            "“Why?” he asked.",
            "Yahoo! said so.",
            "Apple Inc. Chief Tim Cook resigned.",
            "Rep. Y (R-Tex.) spoke and Sen. Z (D-Conn.) Blumenthal listened.",
            "Mass. Gov. Baker said no.",
            "He came ... and went, e.g. Monday.",
            "Wait... what?",
            "1. First item.",
            "No full stop here",
            "Q. Where were you?",
            "The case, Roe v. Wade, was decided.",
            "He left at 10.30 p.m. Tuesday.",
            "It rained in St. Paul and Ft. Worth.",
        ],
    )
    def test_one_sentence(self, text: str) -> None:
        assert split(text) == [text]

    @pytest.mark.parametrize(
        "text",
        [
            "He is from the U.S.|The law was passed.",
            "Take vitamin C.|Trump agreed.",
            "So did Donald Trump Jr.|Reporters left.",
            "He was ill.|Trump was not.",
            "They said no.|Trump said yes.",
            "It went on at 9 a.m.|Police came.",
            "“No.”|He left.",
            "(He stayed.)|[Ok.]|Fine",
            '"It ended."|She left.',
            "What?!|No way.",
            "Wait...|Then go.",
            "1. First item.|2. Second item.",
            "🎉 Hi.|🎉 There.|😀 Ok.",
            "He spoke to Sen. X (D-Conn.)|The end.",
            "He lives at 5 Main St.|She does not.",
            "A. At home.|Q. Why?",
            "He was 3.|Trump was 4.",
        ],
    )
    def test_several(self, text: str) -> None:
        assert split(text.replace("|", " ")) == text.split("|")

    def test_no_break_space_is_no_part_of_a_sentence(self) -> None:
        assert split("\u00a0 One.\u00a0Two.\u00a0") == ["One.", "Two."]

    def test_a_stray_quote_goes_to_the_sentence_before(self) -> None:
        assert split('He left. "') == ['He left. "']
        assert split("... Trump left.") == ["... Trump left."]


class TestOtherLanguages:
    @pytest.mark.parametrize(
        ("language", "text"),
        [
            (
                "ar",
                "قال د. محمد إن ذلك حدث عام 2018 م.|ثم غادر.. لكنه عاد... ثم غادر.|هل عاد؟|نعم!",
            ),
            ("ar", "وقالت أ. ف. ب. إنه غادر.|قال: «لا.»|وذهب."),
            ("fa", "او گفت: «نه.»|سپس رفت.|آیا بازگشت؟|بله."),
            ("ur", "وزیر اعظم نے کہا۔|حکومت نے جواب دیا۔|کیا یہ سچ ہے؟"),
            ("he", 'ראש הממשלה אמר: "לא."|אחר כך הלך.'),
            ("id", "Menurut dr. Andi, PT. Freeport membayar Rp. 5.000.|Jl. Sudirman ditutup."),
            ("id", "Joko Widodo, S.H.|Dia datang..|Kemudian pergi.|Kata H. Ahmad, 33.000 orang."),
            ("he", 'עו"ד ש. לוי ייצג את צה"ל.|הוא ניצח.|כך בארה"ב.|זה הכול.'),
            ("fr", "M. Macron a parlé.|Mme. Le Pen a répondu."),
            ("fr", "« Pourquoi ? » demanda-t-il.|« Parce que. »|« Ah\u202f! » dit-elle."),
            ("es", "El Sr. García de EE. UU. vive en la Av. Central, núm. 5.|Es médico."),
            ("de", "Am 5. Mai tagte der Rat, z. B. zum 2. Weltkrieg.|Er sprach."),
            ("de", "Das kostet ca. 3,5 Mio. Euro.|»Viel.«|»Ja.«|Es war 1945.|Deutschland verlor."),
            ("und", "Ask Dr. Smith.|He knows."),
        ],
    )
    def test_known_answers(self, language: str, text: str) -> None:
        assert split(text.replace("|", " "), language) == text.split("|")

    def test_without_spaces(self) -> None:
        assert split("首相说。他离开了。", "zh") == ["首相说。", "他离开了。"]


class TestRanges:
    def test_hard_lines_end_sentences(self) -> None:
        assert split("One\ntwo\r\nthree\u2029four") == ["One", "two", "three", "four"]

    def test_no_sentence_crosses_into_another_range(self) -> None:
        text = "One. {ads}Two and three."
        roles = [
            RoleRange(0, 4, "body"),
            RoleRange(5, 10, "boilerplate"),
            RoleRange(10, 24, "body"),
        ]
        assert sentences(text, roles) == ((0, 4), (5, 10), (10, 24))

    def test_a_part_of_a_text(self) -> None:
        text = "🎉 One. Two. Three."
        assert sentences_between(text, 7, 19) == ((7, 11), (12, 18))

    @settings(deadline=None)
    @given(
        st.text(
            alphabet=st.one_of(
                st.sampled_from("AbJاو.. !?؟…»«”“\"'()\n\r\u2029\u00a0\t1{}🎉\u0301\u200f\x00"),
                st.characters(exclude_categories=["Cs"]),
            )
        ),
        st.sampled_from(["en", "ar", "id", "und"]),
    )
    def test_nothing_but_white_space_is_left_out(self, text: str, language: str) -> None:
        roles = find_structure(text, language).roles
        found = sentences(text, roles, language)
        position = 0
        for start, end in found:
            assert position <= start < end
            assert not text[start].isspace()
            assert not text[end - 1].isspace()
            assert any(part.start <= start and end <= part.end for part in roles)
            position = end
        covered = {index for start, end in found for index in range(start, end)}
        assert all(char.isspace() or index in covered for index, char in enumerate(text))
