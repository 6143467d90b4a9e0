"""The right-to-left texts that the engine is tried on, as lists of paragraphs."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from itertools import cycle
from pathlib import Path

from reader.text.paragraphs import paragraphs

UDHR = Path(__file__).parent / "data" / "udhr"
SEED = Path(__file__).parents[2] / "seeds" / "002_70828c8592e70463.txt"
DECLARATIONS = ("arb", "pes_1", "urd", "uig_arab", "heb", "pnb")
_BLOCK = re.compile("<(h1|h2|p)>(.*?)</\\1>", re.DOTALL)

# What news mixes into Arabic: one is put after every fourth word, in turn.
INSERTIONS = (
    "Reuters", "(iOS 12)", "12.5%", "[Donald Trump]", "https://example.org/a-b?c=1&d=%20#e",
    "17/06/2018", "17-06-2018", "«Le Monde»", "+966-11-456-7890", "$1,250.75", "(0.5%)",
    "COVID-19", "\"The Hill\"", "١٢٫٥٪", "user@example.org", "10:30", "(AFP)،", "25-30", "C++",
    "{a: [1, 2]}", "G20؛", "№ 7", "20°C", "A/B",
)  # fmt: skip

# The opening of the Quran with all its vowels and the signs that end its verses.
VOCALISED = (
    "بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ ۝١ ٱلْحَمْدُ لِلَّهِ رَبِّ ٱلْعَٰلَمِينَ ۝٢",
    "ٱلرَّحْمَٰنِ ٱلرَّحِيمِ ۝٣ مَٰلِكِ يَوْمِ ٱلدِّينِ ۝٤ إِيَّاكَ نَعْبُدُ وَإِيَّاكَ نَسْتَعِينُ ۝٥",
    "ٱهْدِنَا ٱلصِّرَٰطَ ٱلْمُسْتَقِيمَ ۝٦ صِرَٰطَ ٱلَّذِينَ أَنْعَمْتَ عَلَيْهِمْ غَيْرِ ٱلْمَغْضُوبِ عَلَيْهِمْ وَلَا ٱلضَّآلِّينَ ۝٧",
    "ٱلسَّلَامُ عَلَيْكُمْ وَلَا إِلَٰهَ إِلَّا ٱللَّهُ، لَـٰكِنَّ ٱلْأَمْرَ لَإِلَيْهِ.",
)

# The beginnings of Genesis and of Psalm 23, with niqqud; the first verse with cantillation.
NIQQUD = (
    "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים אֵ֥ת הַשָּׁמַ֖יִם וְאֵ֥ת הָאָֽרֶץ׃",
    "וְהָאָרֶץ הָיְתָה תֹהוּ וָבֹהוּ וְחֹשֶׁךְ עַל־פְּנֵי תְהוֹם וְרוּחַ אֱלֹהִים מְרַחֶפֶת עַל־פְּנֵי הַמָּיִם׃",
    'מִזְמוֹר לְדָוִד (23): יְהוָה רֹעִי לֹא אֶחְסָר — "בִּנְאוֹת דֶּשֶׁא" Psalm 23:2, 12% ב־1948.',
)

PERSIAN = (
    "می‌روم و نمی‌خواهم که خانه‌های آن‌ها را ببینم؛ کتاب‌ها (books) را به کتاب‌خانهٔ ۱۲ می‌برم.",
    "قیمت‌ها ۱۲٫۵٪ افزایش یافت؛ شرکت‌های «Apple» و «Google» در ۱۳۹۷/۰۳/۲۷ گفتند: «نمی‌دانیم».",
)

# Article 1 of the Declaration and a line of news in Central Kurdish.
KURDISH = (
    "هەموو مرۆڤەکان بە ئازادی و بە یەکسانی لە ڕێز و مافەکاندا "
    "لەدایک دەبن. ئەوان بە هۆش و ویژدان پێدراون.",
    "گوڵەکان لە (Hewlêr) ١٢٪ زیاتر بوون، ڕۆژی 17/06/2018 کەشەکە خۆش بوو.",
)

MIXED = (
    "الرقم ١٢٣٫٤٥ و 123.45 و ۱۲۳ في 2016، لكن التاريخ ٢٠١٨/٠٦/١٧ أو 17-06-2018 أو ٢٥-٣٠.",
    "هاتف: +966-11-456-7890 أو (٠١١) ٤٥٦-٧٨٩٠، والبريد user@example.org "
    "والموقع https://example.org/عربي?q=1.",
    "عائلة \U0001f468\u200d\U0001f469\u200d\U0001f467 وقلب \u2764\ufe0f وعلم \U0001f1ef\U0001f1f4 "
    "ورقم 1\ufe0f\u20e3 في سطر واحد \U0001f44d\U0001f3fd!",
    "قال \u2067Donald Trump (عربي) 12%\u2069 ثم \u2066English "
    "(عربي) 5%\u2069 و\u2068auto עברית\u2069.",
    "نص \u202eabc 123\u202c و\u202dعربي 45\u202c و\u202babc "
    "(ج)\u202c و\u202aعربي\u202c و\u200fa\u200e و\u061c1%.",
    'The minister (الوزير) said "نعم" to Al Jazeera (الجزيرة، '
    "قناة) in 2018: لا [no] ١٢٪ (see p. 5).",
    "Arabic in English: السلام عليكم، 25% of them (ثلاثة و 4) — and עברית (12) too; م-ن.",
    "(a) أولا: x = y < z؛ (b) ثانيا: 5 ≤ 7 ≥ ب «ج» ‹د› {هـ} [و].",
    "漢字 مع العربية و ｆｕｌｌ و กำ و हिन्दी (한국어) في سطر واحد، 100 ٪ ؟",
    "\"اقتباس\" '...' — ... !؟ (((متداخل [جدا] {فعلا}))) ) ( مقلوب ] [.",
    "Trump يعود إلى السباق الانتخابي بعد غياب طويل في واشنطن (Washington, D.C.) و 3% فقط.",
    "2016",
    "— ١٢٪ —",
)


@lru_cache
def declaration(code: str) -> tuple[str, ...]:
    """A translation of the Universal Declaration of Human Rights."""
    page = (UDHR / f"{code}.html").read_text(encoding="utf-8")
    return tuple(html.unescape(text).strip() for _, text in _BLOCK.findall(page))


@lru_cache
def seed() -> tuple[str, ...]:
    """The Arabic article that comes with the program."""
    text = SEED.read_text(encoding="utf-8-sig")
    return tuple(text[line.start : line.end] for line in paragraphs(text))


@lru_cache
def mixed_seed() -> tuple[str, ...]:
    """The same with Latin names, brackets, percentages, addresses and numbers among its words."""
    given = cycle(INSERTIONS)
    result = []
    for paragraph in seed():
        words = paragraph.split(" ")
        for at in range(len(words) - len(words) % 4, 0, -4):
            words.insert(at, next(given))
        result.append(" ".join(words))
    return tuple(result)


@lru_cache
def texts() -> dict[str, tuple[str, ...]]:
    """All the texts by name, without empty paragraphs."""
    found = {code: declaration(code) for code in DECLARATIONS}
    found |= {"seed": seed(), "mixed-seed": mixed_seed(), "vocalised": VOCALISED}
    found |= {"niqqud": NIQQUD, "persian": PERSIAN, "kurdish": KURDISH, "mixed": MIXED}
    return {name: tuple(filter(None, lines)) for name, lines in found.items()}


NAMES = (
    *DECLARATIONS, "seed", "mixed-seed", "vocalised", "niqqud", "persian", "kurdish", "mixed",
)  # fmt: skip
