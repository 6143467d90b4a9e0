from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.corpus.language import Guess, detect_language, direction_of
from reader.corpus.scripts import count_scripts, script_of
from tests.corpus.seeds import seed

SENTENCES = {
    "en": "The prime minister said on Monday that the government would resign.",
    "id": "Perdana menteri mengatakan pada hari Senin bahwa pemerintah akan mundur.",
    "fr": "Le premier ministre a déclaré lundi que le gouvernement allait démissionner.",
    "de": "Der Ministerpräsident sagte am Montag, dass die Regierung zurücktreten werde.",
    "es": "El primer ministro dijo el lunes que el gobierno renunciaría a todo.",
    "tr": "Başbakan pazartesi günü hükümetin istifa edeceğini söyledi.",
    "sw": "Waziri mkuu alisema Jumatatu kwamba serikali itajiuzulu hivi karibuni.",
    "ar": "قال رئيس الوزراء يوم الاثنين إن الحكومة ستستقيل خلال أيام.",
    "fa": "نخست‌وزیر روز دوشنبه گفت که دولت به زودی استعفا خواهد داد.",
    "ur": "وزیر اعظم نے پیر کے روز کہا کہ حکومت جلد استعفیٰ دے دے گی۔",
    "ckb": "سەرۆک وەزیران ڕۆژی دووشەممە گوتی کە حکومەت دەست لە کار دەکێشێتەوە.",
    "ug": "باش مىنىستىر دۈشەنبە كۈنى ھۆكۈمەتنىڭ ئىستېپا بېرىدىغانلىقىنى ئېيتتى.",
    "ps": "لومړي وزیر د دوشنبې په ورځ وویل چې حکومت به ژر استعفا وکړي.",
    "he": "ראש הממשלה אמר ביום שני כי הממשלה תתפטר בקרוב.",
    "el": "Ο πρωθυπουργός δήλωσε τη Δευτέρα ότι η κυβέρνηση θα παραιτηθεί.",
    "ru": "Премьер-министр заявил в понедельник, что правительство уйдёт в отставку.",
    "uk": "Прем'єр-міністр заявив у понеділок, що уряд піде у відставку.",
    "hi": "प्रधानमंत्री ने सोमवार को कहा कि सरकार जल्द ही इस्तीफा दे देगी और नए चुनाव होंगे।",
    "ja": "首相は月曜日、政府がまもなく総辞職すると述べ、選挙の日程を説明した。",
    "zh": "总理星期一表示，政府将很快辞职，并且会在两个月之内举行新的选举。",
    "ko": "총리는 월요일에 정부가 곧 사퇴하고 새로운 선거를 치를 것이라고 말했다.",
}
RTL = {"ar", "fa", "ur", "ckb", "ug", "ps", "he"}


class TestLanguage:
    @pytest.mark.parametrize("language", SENTENCES)
    def test_one_sentence_is_enough(self, language: str) -> None:
        guess = detect_language(SENTENCES[language])
        assert guess.language == language
        assert guess.confidence > 0.65

    @pytest.mark.parametrize(
        ("language", "method"),
        [("en", "langdetect"), ("ar", "langdetect"), ("he", "script"), ("ckb", "script")],
    )
    def test_the_method_is_told(self, language: str, method: str) -> None:
        assert detect_language(SENTENCES[language]).method == method

    @pytest.mark.parametrize(
        "text", ["", "\n", "2024-05-01 10:30", "Gaza", "سلام", "OK now", "🎉" * 50]
    )
    def test_too_little_to_tell(self, text: str) -> None:
        assert detect_language(text) == Guess("und", 0.0, "none")

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("ms", "Perdana Menteri berkata pada Isnin bahawa kerajaan akan meletak jawatan."),
            ("ms", "Polis menahan dua lelaki kerana mencuri di sebuah bank, kata jurucakap."),
            ("id", "Polisi menangkap dua pria karena mencuri di sebuah bank, kata juru bicara."),
            ("yi", "דער פּרעזידענט האָט געזאָגט אַז די רעגירונג וועט זיך צוריקציען."),
            ("yi", "ער האט געזאגט אז די מענטשן וועלן קומען מארגן אין דער פרי"),
            ("he", "שָׁלוֹם עַל יִשְׂרָאֵל וְעַל כָּל הָעוֹלָם, אָמַר הַנָּשִׂיא."),
        ],
    )
    def test_languages_that_resemble_each_other(self, language: str, text: str) -> None:
        assert detect_language(text).language == language

    @pytest.mark.parametrize(
        "text",
        [
            "Gempa bumi mengguncang Malang",
            "Trump meets Putin in Helsinki",
            "تهران و واشنگتن گفتگو کردند",
        ],
    )
    def test_a_headline_is_never_a_certainty(self, text: str) -> None:
        assert 0 < detect_language(text).confidence < 0.7

    def test_capitals_do_not_hide_the_language(self) -> None:
        assert detect_language(SENTENCES["en"].upper()).language == "en"

    def test_a_script_no_one_here_knows(self) -> None:
        assert detect_language("ᚠᚢᚦᚨᚱᚲᚷᚹᚺᚾᛁᛃᛇᛈᛉᛊᛏᛒᛖᛗᛚᛜᛞᛟ").language == "und"

    def test_furniture_in_another_language_does_not_mislead(self) -> None:
        furniture = "Home\nNews\nMost Popular\nRead more\nSubscribe to us\n" * 20
        for language in ("ar", "id", "he"):
            text = furniture + SENTENCES[language] * 3 + "\n" + furniture
            assert detect_language(text).language == language

    def test_names_in_another_script_lower_the_confidence_only(self) -> None:
        text = SENTENCES["he"] + " Cambridge Analytica."
        guess = detect_language(text)
        assert guess.language == "he"
        assert 0.5 < guess.confidence < 0.8

    @settings(deadline=None)
    @given(st.text())
    def test_never_raises_and_repeats_itself(self, text: str) -> None:
        guess = detect_language(text)
        assert guess == detect_language(text)
        assert 0.0 <= guess.confidence <= 1.0
        assert (guess.language == "und") == (guess.method == "none")

    def test_threads_that_all_come_first_agree(self) -> None:
        """The first call loads the profiles: in a fresh process, eight at once."""
        program = (
            "import sys, threading\n"
            "from concurrent.futures import ThreadPoolExecutor\n"
            "from reader.corpus.language import detect_language\n"
            "sys.setswitchinterval(1e-6)\n"
            "gate = threading.Barrier(8)\n"
            "def ask(number):\n"
            "    gate.wait()\n"
            "    return detect_language(sys.argv[1 + number % 2])\n"
            "with ThreadPoolExecutor(8) as pool:\n"
            "    print(*sorted({(g.language, g.confidence) for g in pool.map(ask, range(8))}))\n"
        )
        command = [sys.executable, "-c", program, SENTENCES["en"], SENTENCES["id"]]
        found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        expected = sorted(
            (guess.language, guess.confidence)
            for guess in (detect_language(SENTENCES["en"]), detect_language(SENTENCES["id"]))
        )
        assert found.strip() == " ".join(map(str, expected))

    def test_langdetect_is_loaded_only_when_it_is_asked(self) -> None:
        program = (
            "import sys\n"
            "import reader.corpus.loading, reader.corpus.language as language\n"
            "language.detect_language(sys.argv[1])\n"
            "print('langdetect' in sys.modules, 'icu4py' in sys.modules)\n"
        )
        command = [sys.executable, "-c", program, SENTENCES["he"]]
        found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert found.split() == ["False", "False"]


class TestDirection:
    @pytest.mark.parametrize("language", SENTENCES)
    def test_letters_decide(self, language: str) -> None:
        expected = "rtl" if language in RTL else "ltr"
        assert direction_of(language, SENTENCES[language]) == expected
        assert direction_of("und", SENTENCES[language]) == expected

    def test_the_language_decides_where_letters_do_not(self) -> None:
        assert direction_of("ar", "2018") == "rtl"
        assert direction_of("en", "2018") == "ltr"
        assert direction_of("und", "2018") == "ltr"
        mixed = "abcd سلام"
        assert direction_of("fa-IR", mixed) == "rtl"
        assert direction_of("en", mixed) == "ltr"
        assert direction_of("und", "abc سلام") == "rtl"

    def test_a_language_written_in_latin_letters_here(self) -> None:
        assert direction_of("ur", "Wazir-e-azam ne kaha ke hukumat jald istifa de degi") == "ltr"

    def test_seeds(self) -> None:
        assert [direction_of(x, seed(x).text) for x in ("id", "en", "ar")] == ["ltr", "ltr", "rtl"]


class TestScripts:
    @pytest.mark.parametrize(
        ("char", "script"),
        [
            ("a", "Latin"),
            ("é", "Latin"),
            ("ệ", "Latin"),
            ("ﬁ", "Latin"),
            ("ل", "Arabic"),
            ("ﷲ", "Arabic"),
            ("ﻻ", "Arabic"),
            ("ښ", "Arabic"),
            ("ש", "Hebrew"),
            ("ж", "Cyrillic"),
            ("ω", "Greek"),
            ("ἀ", "Greek"),
            ("漢", "Han"),
            ("の", "Kana"),
            ("한", "Hangul"),
            ("\U0001e900", "Adlam"),
            ("1", None),
            ("٣", None),
            ("×", None),
            ("،", None),
            ("\u064e", None),
            ("ᚠ", None),
            (" ", None),
        ],
    )
    def test_script_of_a_letter(self, char: str, script: str | None) -> None:
        assert script_of(char) == script

    def test_counts_leave_out_what_is_no_letter(self) -> None:
        assert count_scripts("قال: Hello, 2018! é") == {"Latin": 6, "Arabic": 3}
