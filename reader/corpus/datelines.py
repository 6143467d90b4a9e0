"""Lines and openings that say when, where and by whom an article was written."""

from __future__ import annotations

import re

from reader.corpus.lines import Line

_MONTHS = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec "
    "januari februari maret mei juni juli agustus oktober desember agu agt okt des "
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre "
    "januar februar märz juni juli dezember "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "يناير فبراير مارس أبريل إبريل ابريل مايو يونيو يونيه يوليو يوليه أغسطس اغسطس سبتمبر أكتوبر "
    "اكتوبر نوفمبر ديسمبر كانون شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين "
    "محرم صفر رجب شعبان رمضان شوال "
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند "
    "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر "
    "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر "
    "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר"
)
_OTHER = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat "
    "sun senin selasa rabu kamis jumat jum'at sabtu minggu ahad "
    "الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد "
    "شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه پیر منگل بدھ جمعرات ہفتہ اتوار "
    "am pm a.m p.m est edt cst cdt mst mdt pst pdt et ct pt gmt utc cet cest bst wib wita wit ist "
    "published updated posted last modified on at of the date time st nd rd th "
    "diterbitkan diperbarui dipublikasikan terbit pukul jam tanggal "
    "نشر نُشر في تاريخ النشر آخر تحديث منذ الساعة م ص هـ بتوقيت غرينتش جرينتش "
    "يوم الأول الثاني الآخر "
    "publié mis jour h lundi mardi mercredi jeudi vendredi samedi dimanche "
    "veröffentlicht aktualisiert um uhr "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "publicado actualizado de del hora lunes martes miércoles jueves viernes sábado domingo "
    "ساعت تاریخ انتشار بروزرسانی t z"
)
_MONTH_WORDS = frozenset(_MONTHS.split())
_KNOWN_WORDS = _MONTH_WORDS | frozenset(_OTHER.split())
_WORD = re.compile(r"[^\W\d_]+(?:['.\u200c][^\W\d_]+)*")
_NUMERIC = re.compile(
    r"(?<!\d)\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?(?!\d)|(?<!\d)\d{1,2}[:٫.]\d{2}(?!\d)"
)
_DATE_WORDS = 14
#: Words beside the date that may stand for a place.
_PLACE_WORDS = 2

_BYLINE = re.compile(
    r"(?:by|written by|reported by|par|von|por|oleh|penulis|reporter|editor|كتب|كتبت|بقلم|نوشته)"
    r"\s*[:：]?\s+(\S.{1,80})",
    re.IGNORECASE,
)
_BYLINE_WORDS = 10
#: Words in lower case that stand within names or between them.
_NAME_WORDS = frozenset(
    (
        *("and", "et", "y", "e", "und", "dan", "for", "in", "bin", "ibn", "al", "el", "la", "le"),
        *("da", "de", "del", "der", "den", "di", "van", "von", "zu"),
    )
)

_AGENCY = r"\((?:[^()\n]{2,30})\)"
#: "WASHINGTON (AP) — ", "القاهرة (رويترز) - ", "JAKARTA, KOMPAS.com - ".
_OPENING = re.compile(
    rf"(?:[^()\n.!?؟:;«»“”\"]{{2,40}}{_AGENCY}"
    r"|[A-Z][A-Z .'’-]{2,30}[A-Z](?:, [A-Z][\w.]{1,20}(?: \w{1,12})?)?)"
    r"\s+[-–—]{1,2}(?=\s)"
)


def is_dateline(line: Line) -> bool:
    """Whether a line holds a date, a time or a byline, and no sentence."""
    return _is_date(line) or _is_byline(line)


def opening_dateline(line: Line) -> int:
    """Length in code points of the dateline a first paragraph opens with, or 0.

    Place and agency in brackets, or a place in capitals, then a dash.
    """
    match = _OPENING.match(line.text)
    return match.end() if match and match.end() < len(line.text) else 0


def _is_date(line: Line) -> bool:
    if line.words > _DATE_WORDS:
        return False
    words = [word.casefold() for word in _WORD.findall(line.text)]
    unknown = sum(word not in _KNOWN_WORDS for word in words)
    if _NUMERIC.search(line.text):
        return unknown <= _PLACE_WORDS and unknown <= len(line.text.split()) / 2
    has_month = any(word in _MONTH_WORDS for word in words)
    has_day = any(char.isdigit() for char in line.text)
    return has_month and has_day and unknown <= _PLACE_WORDS


def _is_byline(line: Line) -> bool:
    match = _BYLINE.fullmatch(line.text)
    if not match or line.is_punctuated or line.words > _BYLINE_WORDS:
        return False
    # Names have capitals, in scripts that have them: "By Monday all was lost" is no byline.
    words = re.findall(r"[^\W\d_][^\s,]*", match.group(1).partition(",")[0])
    lower = [word for word in words if word[0].islower()]
    return not match.group(1)[0].islower() and all(word in _NAME_WORDS for word in lower)
