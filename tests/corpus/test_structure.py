from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.corpus.article import Article
from reader.corpus.lines import lines_of
from reader.corpus.structure import find_structure
from tests.corpus.pages import check, shown
from tests.corpus.seeds import seed


def not_body(article: Article) -> list[tuple[int, int, str, str]]:
    return [
        (part.start, part.end, part.role, article.text[part.start : part.end])
        for part in article.roles
        if part.role != "body"
    ]


class TestSeeds:
    def test_indonesian(self) -> None:
        article = seed("id")
        headline = "Cambridge Analytica menghubungi Wikileaks tentang email Clinton, kata CEO"
        assert article.title == (0, 73)
        assert not_body(article) == [
            (0, 73, "title", headline),
            (75, 148, "boilerplate", headline),
            (3927, 3936, "boilerplate", "lagutogel"),
        ]
        assert sum(part.role == "body" for part in article.roles) == 14

    def test_english(self) -> None:
        article = seed("en")
        assert article.title is None
        assert not_body(article) == [
            (0, 12, "boilerplate", "Getty Images"),
            (1541, 1549, "boilerplate", "{mosads}"),
            (
                6241,
                6350,
                "boilerplate",
                "Tags Donald Trump Hillary Clinton Politics Russian interference in the 2016 "
                "United States elections WikiLeaks",
            ),
            (
                6352,
                6534,
                "boilerplate",
                "The Hill has removed its comment section, as there are many other forums for "
                "readers to participate in the conversation. We invite you to join the discussion "
                "on Facebook and Twitter.",
            ),
            (6536, 6548, "boilerplate", "Most Popular"),
            (6550, 6559, "boilerplate", "Load more"),
            (6562, 6575, "boilerplate", "See all Video"),
        ]
        body = [part for part in article.roles if part.role == "body"]
        assert len(body) == 27
        glued = next(part for part in body if part.start == 1549)
        paragraph = article.text[glued.start : glued.end]
        assert paragraph.startswith("The Trump campaign\u00a0issued\u00a0a statement")
        assert paragraph.endswith("the campaign from Cambridge Analytica.")

    def test_arabic(self) -> None:
        article = seed("ar")
        assert article.title == (17, 96)
        links = [
            "اقرأ المزيد:\u00a0فضيحة جديدة تهز «فيسبوك».. تسريب بيانات المستخدمين "
            "لأكبر شركات الهواتف",
            "اقرأ المزيد:\u00a0«أناليتيكا» تشهر إفلاسها بعد «فضيحة فيسبوك»",
            "اقرأ المزيد:\u00a0«الجارديان» تكشف تورط مستشار ترامب الجديد في فضيحة "
            "«كامبريدج أناليتيكا»",
        ]
        assert not_body(article) == [
            (0, 15, "boilerplate", "المحتوى الرئيسى"),
            (
                17,
                96,
                "title",
                "رغم إعلان إفلاسها.. «كامبريدج أناليتيكا» تعود للظهور في حملة إعادة انتخاب ترامب",
            ),
            (98, 109, "dateline", "06/17 01:58"),
            (1290, 1373, "boilerplate", links[0]),
            (2532, 2588, "boilerplate", links[1]),
            (3784, 3868, "boilerplate", links[2]),
            (4916, 4932, "boilerplate", "أهم أخبار العالم"),
            (4934, 4942, "boilerplate", "Comments"),
            (4944, 4948, "boilerplate", "عاجل"),
        ]
        assert sum(part.role == "body" for part in article.roles) == 24

    @pytest.mark.parametrize("language", ["id", "en", "ar"])
    def test_only_white_space_has_no_role(self, language: str) -> None:
        text = seed(language).text
        covered = {i for part in seed(language).roles for i in range(part.start, part.end)}
        assert all(char.isspace() or i in covered for i, char in enumerate(text))


class TestPages:
    def test_english(self) -> None:
        check(
            """
            x BBC News
            /
            T Parliament votes to delay the vote on the budget
            /
            D By Jane Smith and John Doe
            /
            D 12 May 2020, 10:30 BST
            /
            x Share
            /
            x Image source, Getty Images
            /
            B Members of parliament voted on Tuesday to delay the vote. It came after talks.
            /
            B "We need more time," said the speaker.
            /
            x Read more: What the budget means for you
            /
            B What comes next
            /
            B Talks will go on next week, officials said.
            /
            x Related Topics
            /
            x Budget
            x Parliament
            /
            x More on this story
            /
            x Five things about the budget
            x Who voted for what
            """,
            "en",
        )

    def test_indonesian(self) -> None:
        check(
            """
            x Home
            x News
            x Nasional
            /
            T Jokowi Resmikan Jalan Tol Baru di Sumatera
            /
            D Kompas.com - 26/10/2017, 10:15 WIB
            /
            D Penulis: Andi Saputra
            /
            B Presiden Joko Widodo meresmikan jalan tol baru di Sumatera, Kamis (26/10/2017).
            /
            x Baca juga: Menteri PUPR Tinjau Tol
            /
            B "Ini penting," kata Jokowi.
            /
            x Tag: Jokowi Tol Sumatera
            /
            x Terpopuler
            /
            x Berita Lainnya
            """,
            "id",
        )

    def test_arabic_with_a_question_as_headline_and_other_spellings(self) -> None:
        check(
            """
            x الرئيسية
            x أخبار
            /
            T هل تعود الحرب إلى المنطقة بعد فشل المحادثات؟
            /
            D الأحد 17 يونيو 2018 - 01:58 م
            /
            B قال وزير الخارجية اليوم الأحد إن المحادثات فشلت في التوصل إلى اتفاق، وإن بلاده ستواصل.
            /
            x إقرأ أيضاً: وزير الخارجية يلتقي نظيره
            /
            B وأضاف الوزير أن الجولة المقبلة ستعقد في الشهر المقبل في القاهرة.
            /
            x جميع الحقوق محفوظة © 2018
            """,
            "ar",
        )

    def test_persian(self) -> None:
        check(
            """
            T آمریکا از توافق خارج شد
            /
            D ۱۲ خرداد ۱۳۹۷
            /
            B رئیس جمهور آمریکا روز سه‌شنبه اعلام کرد که کشورش از توافق خارج می‌شود.
            /
            x بیشتر بخوانید: واکنش اروپا
            /
            B وزیر خارجه ایران گفت که این کار غیرقانونی است.
            /
            x نظرات
            """,
            "fa",
        )

    def test_french(self) -> None:
        check(
            """
            T Le Parlement adopte la loi sur le climat après trois semaines de débats
            /
            D Par Marie Dupont
            /
            D Publié le 4 mai 2021 à 18h30
            /
            B Le Parlement a adopté mardi la loi sur le climat par 332 voix contre 77.
            /
            B « C'est un grand jour », a déclaré la ministre.
            /
            x Lire aussi : La loi climat en dix points
            /
            x Tous droits réservés
            """,
            "fr",
        )

    def test_german(self) -> None:
        check(
            """
            T Von Hamburg nach Berlin in zwei Stunden
            /
            D Von Hans Müller
            /
            D 5. Mai 2021, 14:30 Uhr
            /
            B Die Bahn will die Strecke von Hamburg nach Berlin schneller machen.
            /
            B „Das ist ein guter Tag“, sagte die Ministerin.
            /
            x Lesen Sie auch: Was die Bahn plant
            """,
            "de",
        )

    def test_spanish(self) -> None:
        check(
            """
            T El Congreso aprueba los presupuestos por la mínima
            /
            D Por Juan Pérez
            /
            D Madrid, 5 de mayo de 2021
            /
            x Compartir
            /
            B El Congreso aprobó este miércoles los presupuestos por un solo voto.
            /
            B «Ha sido difícil», dijo el presidente.
            /
            x Lea también: Las claves de los presupuestos
            """,
            "es",
        )

    def test_hebrew(self) -> None:
        check(
            """
            x דף הבית
            /
            T ראש הממשלה: לא ניכנע ללחצים
            /
            D 12.06.2018 14:30
            /
            B ראש הממשלה אמר היום בפתח ישיבת הממשלה כי ישראל לא תיכנע ללחצים.
            /
            x קראו גם: שר הביטחון ביקר בצפון
            /
            B לדבריו, המשא ומתן יימשך בשבוע הבא.
            /
            x תגיות: ראש הממשלה, ביטחון
            /
            x תגובות
            """,
            "he",
        )

    @pytest.mark.parametrize(
        ("opening", "text"),
        [
            ("WASHINGTON (AP) —", "The United States said on Monday it would leave the pact."),
            ("WASHINGTON, Oct 5 (Reuters) -", "The United States said it would leave the pact."),
            ("JAKARTA, KOMPAS.com -", "Presiden Joko Widodo meresmikan jalan tol baru."),
            ("القاهرة (رويترز) -", "قال وزير الخارجية المصري إن المحادثات فشلت."),
        ],
    )
    def test_place_and_agency_before_the_first_sentence(self, opening: str, text: str) -> None:
        page = f"{opening} {text}\n\n{text}"
        assert shown(page, find_structure(page, "und")) == [
            f"D {opening}",
            f"B {text}",
            f"B {text}",
        ]

    @pytest.mark.parametrize(
        "token", ["{mosads}", "{{ad_slot}}", "[ad_1]", "[caption id=1 width=2]", "{nrelate-link}"]
    )
    def test_template_tokens(self, token: str) -> None:
        text = f"{token}One day it rained.{token}Then it stopped. {token}"
        assert shown(text, find_structure(text, "en")) == [
            f"x {token}",
            "B One day it rained.",
            f"x {token}",
            "B Then it stopped.",
            f"x {token}",
        ]

    def test_a_template_token_glued_to_the_headline(self) -> None:
        text = "{mosads}Storm hits the northern coast\n\nIt rained on Monday in the whole country."
        assert shown(text, find_structure(text, "en")) == [
            "x {mosads}",
            "T Storm hits the northern coast",
            "B It rained on Monday in the whole country.",
        ]

    def test_a_link_at_the_foot_takes_nothing_with_it(self) -> None:
        check(
            """
            B It rained on Monday in the whole country.
            /
            x Read more: The storm in pictures
            /
            x Photo: Jane Doe
            /
            B The rain went on over the northern coast, and nobody knows when it will end
            """,
            "en",
        )

    def test_code_in_braces_is_no_template_token(self) -> None:
        text = "The program prints f{name} and the set {a} or {1, 2}, and [sic] it works."
        assert shown(text, find_structure(text, "en")) == [f"B {text}"]

    @pytest.mark.parametrize(
        "line",
        [
            "Getty Images",
            "John Doe/AFP via Getty Images",
            "Photo: Jane Doe",
            "(Foto: Jane Doe/Antara)",
            "صورة: رويترز",
            "© 2018 Jane Doe",
            "AP Photo/Jane Doe",
        ],
    )
    def test_picture_credits(self, line: str) -> None:
        text = f"It rained on Monday in Paris.\n\n{line}\n\nIt stopped on Tuesday in Rome."
        assert shown(text, find_structure(text, "und"))[1] == f"x {line}"


class TestLines:
    def test_hard_lines_end_as_paragraphs_do(self) -> None:
        text = " a \r\nb\rc\x85\u00a0d\u2029\n\ne\u2028f\x0bg\n \n"
        found = [(line.start, line.end, line.text) for line in lines_of(text)]
        assert [text for _, _, text in found] == ["a", "b", "c", "d", "e\u2028f\x0bg"]
        assert all(text[start:end] == line for start, end, line in found)

    def test_a_blank_line_sets_apart(self) -> None:
        apart = [line.apart for line in lines_of("a\n\nb\r\nc\r\n \r\nd\ne\n")]
        assert apart == [True, False, True, False, True]


@settings(deadline=None)
@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from("\n\r .{}[]|:-A1اab"), st.characters(exclude_categories=["Cs"])
        )
    ),
    st.sampled_from(["en", "ar", "id", "und", "xx"]),
)
def test_ranges_lie_in_the_text_and_leave_out_only_white_space(text: str, language: str) -> None:
    structure = find_structure(text, language)
    position = 0
    for part in structure.roles:
        assert position <= part.start < part.end <= len(text)
        assert text[position : part.start].strip() == ""
        position = part.end
    assert text[position:].strip() == ""
    titles = [(part.start, part.end) for part in structure.roles if part.role == "title"]
    assert titles == ([structure.title] if structure.title else [])
