"""Dates, amounts of money and percentages, by their form, in English, Indonesian and Arabic.

Digits may be European, Arabic-Indic or Persian. Calendar words belong to a
date (`tahun 2016`, شهر مايو الماضي), particles written together with it do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from reader.annotation.schema import ValueForm
from reader.annotation.spans import Range
from reader.suggest.matching import Match
from reader.suggest.names import Name

_DIGIT = "[0-9٠-٩۰-۹]"
_YEAR = f"(?:1[5-9]|20|[١۱][٥-٩۵-۹]|[٢۲][٠۰]){_DIGIT}{{2}}"
_DAY = f"(?:[12١٢۱۲]{_DIGIT}|[3٣۳][01٠١۰۱]|[0٠۰]?[1-9١-٩۱-۹])"
#: Nothing that makes a year the first one of several, or a part of another number.
_ALONE = f"(?![-–/]{_DIGIT})"
_YEARS = f"{_YEAR}[-–/](?:{_YEAR}|{_DIGIT}{{2}}){_ALONE}"
_MONTH = "(?:[1١۱][0-2٠-٢۰-۲]|[0٠۰]?[1-9١-٩۱-۹])"
_NUMBER = f"{_DIGIT}+(?:[.,٫٬]{_DIGIT}+)*"
_NUMERIC_DATE = "|".join(
    (
        *(f"{_YEAR}{sign}{_MONTH}{sign}{_DAY}" for sign in ("-", "/", r"\.")),
        *(f"{_DAY}{sign}{_MONTH}{sign}{_YEAR}" for sign in ("-", "/", r"\.")),
        *(f"{_MONTH}/{_DAY}/{year}" for year in (_YEAR, f"{_DIGIT}{{2}}")),
        f"{_DAY}/{_MONTH}/{_DIGIT}{{2}}",
        _YEARS,
    )
)
_SIGN = r"(?:US|A|C|NZ|HK)?[$€£¥₹₪﷼]|Rp\.?|US\$"

_ENGLISH_MONTHS = (
    "January|February|April|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\."
)
_ENGLISH_ANY_MONTH = rf"(?:{_ENGLISH_MONTHS}|March|May|Mar\.|Jun\.|Jul\.)"
_ENGLISH_DAYS = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ENGLISH_RELATIVE = (
    rf"(?:[Ll]ast|[Tt]his|[Nn]ext|[Ee]arlier this|[Ll]ater this) "
    rf"(?:week|month|year|spring|summer|autumn|fall|winter|decade|century"
    rf"|{_ENGLISH_ANY_MONTH}|{_ENGLISH_DAYS})"
)
_ENGLISH_EDGE = "(?:(?:early|late|mid|Early|Late|Mid)[- ])?"
_ENGLISH_PART = "(?: (?:morning|afternoon|evening|night))?"
_ENGLISH_DATES = (
    rf"{_ENGLISH_EDGE}{_ENGLISH_ANY_MONTH} {_DAY}(?:st|nd|rd|th)?(?:,? {_YEAR})?",
    rf"{_DAY}(?:st|nd|rd|th)?(?: of)? {_ENGLISH_ANY_MONTH}(?:,? {_YEAR})?",
    rf"{_ENGLISH_EDGE}{_ENGLISH_ANY_MONTH},? {_YEAR}{_ALONE}",
    rf"{_ENGLISH_EDGE}(?:{_ENGLISH_MONTHS})",
    r"(?<=[Ii]n )(?:March|May)|(?<=[Ss]ince )(?:March|May)|(?<=until )(?:March|May)",
    rf"{_ENGLISH_EDGE}{_ENGLISH_DAYS}{_ENGLISH_PART}",
    _ENGLISH_RELATIVE + _ENGLISH_PART,
    r"[Yy]esterday|[Tt]oday|[Tt]omorrow",
    rf"{_YEAR}s",
    rf"{_ENGLISH_EDGE}{_YEAR}{_ALONE}",
)
_ENGLISH_SCALE = "(?:thousand|million|billion|trillion|bn|mn|[kmMB])"
_ENGLISH_MONEY = (
    rf"(?:{_SIGN}) ?{_NUMBER}(?:[ -]?{_ENGLISH_SCALE}\b)?",
    rf"{_NUMBER}(?:[ -]{_ENGLISH_SCALE})? "
    r"(?:(?:U\.?S\.? )?dollars?|euros?|pounds?|cents?|rubles?|yen|dirhams?|riyals?|dinars?)",
)

_INDONESIAN_MONTHS = (
    "(?:Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember)"
)
_INDONESIAN_DAYS = "(?:Senin|Selasa|Rabu|Kamis|Jumat|Jum'at|Sabtu|Minggu)"
_INDONESIAN_EDGE = "(?:(?:awal|akhir|pertengahan|Awal|Akhir|Pertengahan) )?"
_INDONESIAN_DATES = (
    rf"(?:[Tt]anggal )?{_DAY} {_INDONESIAN_MONTHS}(?: {_YEAR})?",
    rf"{_INDONESIAN_EDGE}(?:[Bb]ulan )?{_INDONESIAN_MONTHS}(?: (?:tahun )?{_YEAR}| lalu)?",
    rf"(?:[Hh]ari )?{_INDONESIAN_DAYS}(?: (?:lalu|depan))?(?: \({_DAY}/{_DAY}(?:/{_DIGIT}+)?\))?",
    r"(?:[Tt]ahun|[Bb]ulan|[Mm]inggu|[Pp]ekan) (?:lalu|ini|depan|kemarin)",
    rf"{_INDONESIAN_EDGE}(?:[Tt]ahun )?{_YEAR}(?:-an)?",
    "[Kk]emarin|[Hh]ari ini|[Bb]esok",
)
_INDONESIAN_SCALE = "(?:ribu|juta|miliar|milyar|triliun)"
_INDONESIAN_MONEY = (
    rf"(?:{_SIGN}) ?{_NUMBER}(?: {_INDONESIAN_SCALE})?",
    rf"{_NUMBER}(?: {_INDONESIAN_SCALE})? (?:dolar(?: AS)?|rupiah|euro|poundsterling|ringgit|yen)",
)

_ARABIC_MONTHS = (
    "(?:يناير|فبراير|مارس|أبريل|إبريل|ابريل|مايو|يونيو|يونيه|يوليو|يوليه|أغسطس|اغسطس"
    "|سبتمبر|أكتوبر|اكتوبر|نوفمبر|ديسمبر|كانون الثاني|كانون الأول|شباط|آذار|نيسان|أيار|حزيران"
    "|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|جانفي|فيفري|أفريل|ماي|جوان|جويلية|أوت"
    "|محرم|صفر|رجب|شعبان|رمضان|شوال|ذو القعدة|ذو الحجة)"
)
_ARABIC_DAYS = "(?:الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت)"
_ARABIC_RELATIVE = "(?:الماضي|الماضية|المقبل|المقبلة|القادم|القادمة|الجاري|الحالي|الأخيرة|الفائت)"
_ARABIC_ERA = r"(?: ?(?:م|هـ)(?!\w))?"
"""By which calendar a year counts: ٢٠١٦م."""
_ARABIC_DATES = (
    rf"(?:{_NUMERIC_DATE}){_ARABIC_ERA}",
    rf"(?:يوم )?(?:{_ARABIC_DAYS}،? )?{_DAY} (?:من )?(?:شهر )?{_ARABIC_MONTHS}"
    rf"(?: {_ARABIC_RELATIVE}|(?: عام| سنة)? {_YEAR}{_ARABIC_ERA})?",
    rf"شهر {_ARABIC_MONTHS}(?: {_ARABIC_RELATIVE}|(?: عام| سنة)? {_YEAR}{_ARABIC_ERA})?",
    rf"{_ARABIC_MONTHS}(?: {_ARABIC_RELATIVE}|(?: عام| سنة)? {_YEAR}{_ARABIC_ERA})?",
    rf"(?:يوم )?{_ARABIC_DAYS}(?: {_ARABIC_RELATIVE})?",
    rf"(?:العام|السنة|الشهر|الأسبوع|الأعوام|السنوات|الأشهر|الأسابيع) {_ARABIC_RELATIVE}",
    rf"(?:عام|سنة|العام) {_YEAR}{_ARABIC_ERA}|{_YEAR}{_ARABIC_ERA}",
    "أمس|اليوم|غدا|غدًا",
)
_ARABIC_SCALE = "(?:آلاف|ألف|ألفا|مليون|مليونا|ملايين|مليار|مليارا|مليارات|تريليون)"
_ARABIC_COIN = (
    "(?:دولارات|دولارا|دولارًا|دولار|يورو|جنيهات|جنيه|ريالات|ريال|دراهم|درهم|دنانير|دينار|ليرات|ليرة)"
    "(?: (?:أمريكي|أميركي|مصري|سعودي|إماراتي|كويتي))?"
)
_ARABIC_MONEY = (
    rf"{_NUMBER} (?:{_ARABIC_SCALE} )?{_ARABIC_COIN}",
    rf"(?:مليوني|ملياري|مليون|مليار|ألفي|ألف) {_ARABIC_COIN}",
    rf"(?:{_SIGN}) ?{_NUMBER}(?: {_ARABIC_SCALE})?",
)
_PERCENT = (
    rf"{_NUMBER} ?[%٪]|[%٪] ?{_NUMBER}",
    rf"{_NUMBER} (?:percentage points?|percent|per cent|persen|"
    r"في المئة|في المائة|بالمئة|بالمائة)",
)

_FORMS: Mapping[str, Mapping[ValueForm, Sequence[str]]] = {
    "en": {"date": (_NUMERIC_DATE, *_ENGLISH_DATES), "money": _ENGLISH_MONEY, "number": _PERCENT},
    "id": {
        "date": (_NUMERIC_DATE, *_INDONESIAN_DATES),
        "money": _INDONESIAN_MONEY,
        "number": _PERCENT,
    },
    "ar": {"date": _ARABIC_DATES, "money": _ARABIC_MONEY, "number": _PERCENT},
}
LANGUAGES = tuple(_FORMS)
"""Languages whose dates and amounts are known; in others, only what figures alone show."""
_FIGURES: Mapping[ValueForm, Sequence[str]] = {
    "date": (_NUMERIC_DATE,),
    "money": (rf"(?:{_SIGN}) ?{_NUMBER}",),
    "number": _PERCENT,
}

# Two particles at most stand before an Arabic date (ولعام); they are no part of it.
_BEFORE = r"(?:(?<!\w)|(?<=\b[وفبلك])|(?<=\b[وف][بلك])|(?<=\b[بلك]ـ))"
_AFTER = rf"(?!\w)(?![.,٫٬]?{_DIGIT})"


def pattern_matches(
    text: str, language: str, types: Mapping[ValueForm, str], barred: Sequence[Range] = ()
) -> list[Match]:
    """Return the places of dates, money and percentages, in order, none overlapping.

    Args:
        text: The text of an article.
        language: Its language code.
        types: The entity types that they are proposed as, by what they say.
        barred: Ranges in which nothing is to be found, such as boilerplate.
    """
    found = [
        Match(start, end, (Name(text[start:end], type, None, "pattern"),))
        for form in _FIGURES
        if (type := types.get(form)) is not None
        for start, end in _places(text, language, form)
        if not any(first < end and start < last for first, last in barred)
    ]
    found.sort(key=lambda match: (match.start, -match.end))
    kept: list[Match] = []
    for match in found:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept


def _places(text: str, language: str, form: ValueForm) -> Iterator[Range]:
    pattern = _compiled(language.split("-")[0], form)
    return (match.span() for match in pattern.finditer(text)) if pattern else iter(())


@cache
def _compiled(language: str, form: ValueForm) -> re.Pattern[str] | None:
    forms = _FORMS.get(language, _FIGURES).get(form)
    if forms is None:
        return None
    return re.compile(f"{_BEFORE}(?:{'|'.join(forms)}){_AFTER}")
