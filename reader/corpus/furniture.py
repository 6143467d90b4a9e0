"""What sites put around an article: a small lexicon, and what templates leave behind.

Phrases are those that many sites share, by language; a phrase is compared with
the whole line, case and the punctuation around it put aside. Pages in every
language carry English furniture, so English always applies.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reader.corpus.lines import Line
from reader.text.fold import fold
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Furniture:
    """The phrases of one language.

    Attributes:
        lines: Whole lines that are furniture at the head or foot of a page.
        links: What introduces a link to another article, anywhere: the phrase
            alone, or the phrase, a colon and a headline.
        lists: First words of furniture that goes on without a colon: tags,
            sections, "see all".
        notices: Parts of sentences that may speak of the site, not of the news.
        rights: Parts of sentences that surely do.
    """

    lines: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(fold(phrase) for phrase in text.split("|"))


_LEXICON: dict[str, Furniture] = {
    "en": Furniture(
        lines=frozenset(
            _phrases(
                "home|main content|skip to content|skip to main content|menu|navigation|search"
                "|share|share this|share this article|share this story|print|email|save|comments"
                "|comment|leave a comment|view comments|show comments|most popular|most read"
                "|most viewed|most watched|trending|trending now|latest|latest news|latest stories"
                "|breaking|breaking news|top stories|top news|world news|more news|more stories"
                "|recommended|recommended for you|sponsored|sponsored content|promoted|you may like"
                "|you might also like|you may also like|related|related stories|related articles"
                "|related topics|related news|load more|show more|view more|more|newsletter"
                "|share on facebook|share on twitter|share on x|share on whatsapp|share via email"
                "|facebook|twitter|whatsapp|instagram|telegram|copy link"
                "|subscribe|subscribe now|sign up|log in|sign in|follow us|contact us|about us"
                "|privacy policy|terms of use|terms of service|cookie policy|back to top|next"
                "|previous|next article|previous article|video|videos|photos|gallery|live"
            )
        ),
        links=_phrases(
            "read more|read also|also read|see also|related|more on this|more on this story"
            "|recommended|don't miss|continue reading|keep reading"
            "|story continues below|article continues below|advertisement|continue reading below"
            "|scroll to continue|related article|related story|read next|up next"
        ),
        lists=_phrases("tags|tag|topics|filed under|see all|view all|show all|more from|posted in"),
        notices=_phrases(
            "comment section|comments section|comments are closed|join the discussion"
            "|join the conversation|follow us on|sign up for our|subscribe to our"
            "|terms of use|privacy policy|newsletter"
        ),
        rights=_phrases(
            "all rights reserved|may not be published, broadcast|copyright ©|© copyright"
        ),
    ),
    "id": Furniture(
        lines=frozenset(
            _phrases(
                "beranda|menu utama|menu|cari|bagikan|bagikan artikel|komentar|tulis komentar"
                "|terpopuler|berita terpopuler|terbaru|berita terbaru|berita terkini|terkini"
                "|berita terkait|artikel terkait|berita lainnya|artikel lainnya|rekomendasi"
                "|rekomendasi untuk anda|pilihan editor|muat lainnya|muat lebih banyak"
                "|lihat semua|lihat selengkapnya|selengkapnya|berlangganan|ikuti kami|iklan"
                "|kembali ke atas|tentang kami|hubungi kami|pedoman media siber|video|foto"
            )
        ),
        links=_phrases(
            "baca juga|baca selengkapnya|baca lebih lanjut|baca artikel|simak juga|simak video"
            "|lihat juga|tonton juga|saksikan juga|advertisement|gulir untuk lanjut membaca"
            "|scroll untuk melanjutkan membaca|lanjutkan membaca"
        ),
        lists=_phrases("tag|tags|topik|topik terkait|kata kunci|lihat semua"),
        notices=_phrases("ikuti kami di|dapatkan update berita|kolom komentar"),
        rights=_phrases("hak cipta dilindungi|hak cipta ©"),
    ),
    "ar": Furniture(
        lines=frozenset(
            _phrases(
                "الرئيسية|الصفحة الرئيسية|المحتوى الرئيسي|القائمة|القائمة الرئيسية"
                "|بحث|تجاوز إلى المحتوى|تجاوز إلى المحتوى الرئيسي|انتقل إلى المحتوى|شارك|مشاركة"
                "|طباعة|تعليقات|التعليقات|أضف تعليق|أضف تعليقا|اترك تعليقا|عاجل|أخبار عاجلة"
                "|آخر الأخبار|أهم الأخبار|الأكثر قراءة|أخبار"
                "|الأكثر مشاهدة|الأكثر تعليقا|أخبار ذات صلة|مواضيع ذات صلة|موضوعات ذات صلة"
                "|مقالات ذات صلة|موضوعات متعلقة|أخبار متعلقة|مواضيع متعلقة|تحميل المزيد"
                "|عرض المزيد|المزيد|اشترك|اشترك الآن|تابعنا|اتصل بنا|من نحن|إعلان|إعلانات|فيديو"
            )
        ),
        links=_phrases(
            "اقرأ المزيد|اقرأ أيضا|طالع أيضا|شاهد أيضا|انظر أيضا|للمزيد|قد يهمك|قد يهمك أيضا"
            "|مادة إعلانية|متابعة القراءة|يرجى متابعة القراءة|تابع القراءة"
        ),
        lists=_phrases(
            "كلمات دلالية|الكلمات المفتاحية|كلمات مفتاحية|وسوم|الوسوم|أهم أخبار|آخر أخبار"
        ),
        notices=_phrases("تابعونا على|اشترك في نشرتنا|سياسة الخصوصية|شروط الاستخدام"),
        rights=_phrases("جميع الحقوق محفوظة|كل الحقوق محفوظة|كافة الحقوق محفوظة"),
    ),
    "fa": Furniture(
        lines=frozenset(
            _phrases(
                "صفحه اصلی|صفحه نخست|خانه|منو|جستجو|اشتراک گذاری|نظرات|ارسال نظر|دیدگاه ها"
                "|آخرین اخبار|پربازدیدترین|پربیننده ترین|اخبار مرتبط|مطالب مرتبط"
                "|بیشتر|فوری|تماس با ما"
            )
        ),
        links=_phrases("بیشتر بخوانید|همچنین بخوانید|بیشتر ببینید|ادامه مطلب|مطالب مرتبط"),
        lists=_phrases("برچسب‌ها|برچسب ها|کلیدواژه‌ها|کلمات کلیدی"),
        notices=_phrases("ما را دنبال کنید"),
        rights=_phrases("کلیه حقوق این سایت|تمامی حقوق این سایت"),
    ),
    "ur": Furniture(
        lines=frozenset(
            _phrases("صفحہ اول|سرورق|تلاش|شیئر کریں|تبصرے|تازہ ترین|تازہ ترین خبریں|اہم خبریں|مزید")
        ),
        links=_phrases("مزید پڑھیں|یہ بھی پڑھیں|مزید پڑھئیے"),
        lists=_phrases("ٹیگز|متعلقہ عنوانات"),
        rights=_phrases("جملہ حقوق محفوظ|تمام حقوق محفوظ"),
    ),
    "he": Furniture(
        lines=frozenset(
            _phrases(
                "דף הבית|תפריט|חיפוש|שתפו|תגובות|הוסף תגובה|הנקראות ביותר|מבזקים|עוד חדשות|עוד"
            )
        ),
        links=_phrases("קראו גם|קרא עוד|לקריאה נוספת|קראו עוד|ראו גם"),
        lists=_phrases("תגיות|תגים"),
        rights=_phrases("כל הזכויות שמורות"),
    ),
    "fr": Furniture(
        lines=frozenset(
            _phrases(
                "accueil|menu|rechercher|partager|imprimer|commentaires|les plus lus|à la une"
                "|sur le même sujet|à lire également|articles liés|s'abonner|publicité"
            )
        ),
        links=_phrases("lire aussi|à lire aussi|lire la suite|voir aussi|publicité"),
        lists=_phrases("mots-clés|tags"),
        rights=_phrases("tous droits réservés"),
    ),
    "de": Furniture(
        lines=frozenset(
            _phrases(
                "startseite|menü|suche|teilen|drucken|kommentare|meistgelesen|mehr zum thema"
                "|das könnte sie auch interessieren|abonnieren|anzeige|werbung"
            )
        ),
        links=_phrases("lesen sie auch|lesen sie mehr|mehr lesen|weiterlesen|siehe auch|anzeige"),
        lists=_phrases("schlagwörter|schlagworte"),
        rights=_phrases("alle rechte vorbehalten"),
    ),
    "es": Furniture(
        lines=frozenset(
            _phrases(
                "inicio|portada|menú|buscar|compartir|imprimir|comentarios|lo más leído"
                "|lo más visto|noticias relacionadas|te puede interesar|suscríbete|publicidad"
            )
        ),
        links=_phrases(
            "lea también|lee también|leer más|ver también|te puede interesar|publicidad"
        ),
        lists=_phrases("etiquetas|archivado en"),
        rights=_phrases("todos los derechos reservados"),
    ),
}

_AGENCIES = (
    r"getty images|afp|ap|ap photo|associated press|the associated press|reuters|epa|epa-efe|efe"
    r"|shutterstock|istock(?:photo)?|alamy|bloomberg|anadolu(?: agency)?|xinhua|antara(?: foto)?"
    r"|رويترز|أ\s?ف\s?ب|أ ب|غيتي|غيتي إيميجز|الأناضول|وكالات"
)
#: "Getty Images"; "Jane Doe/AFP"; "Photo: Jane Doe".
_CREDIT = re.compile(
    rf"(?:[^.!?:]{{1,60}}(?:/|\bvia\b|,|\||-|–|—)\s*)?(?:{_AGENCIES})(?:\s*/\s*[^.!?؟]{{1,40}})?"
    r"|(?:photos?|images?|pictures?|photo credit|image credit|image source|foto|gambar|sumber foto"
    r"|صورة|الصورة|تصوير|مصدر الصورة|عکس|תמונה|צילום)\s*(?:by|oleh)?\s*[:：/]\s*[^.!?؟]{1,80}"
    r"|©\s*[^.!?؟]{1,80}",
    re.IGNORECASE,
)
_CREDIT_WORDS = 10
_LIST_WORDS = 60
_LINK_WORDS = 40
_LONGEST = 600
_EDGES = " .:-–—|•·><*#[]()!\"'"

#: What a publishing system failed to fill in: "{name}", "{{ name }}", "[ad_1]".
_TOKEN = re.compile(
    r"\{\{\s*[A-Za-z][\w.-]{2,}\s*\}\}|\{[A-Za-z][\w-]{2,}\}"
    r"|\[/?(?:caption|embed|gallery|adsense|ad_\d+|video|audio)\b[^\]\n]{0,200}\]"
)
_BEFORE_TOKEN = re.compile(r"(?:^|[.!?؟…”\"’»)\s])$")


@lru_cache(maxsize=64)
def lexicon_of(language: str) -> Furniture:
    """Return the phrases for a language with the English ones, or all for one not known."""
    primary = language.split("-")[0]
    parts = [_LEXICON[code] for code in dict.fromkeys((primary, "en")) if code in _LEXICON]
    if primary not in _LEXICON:
        parts = list(_LEXICON.values())
    return Furniture(
        frozenset().union(*(part.lines for part in parts)),
        tuple(phrase for part in parts for phrase in part.links),
        tuple(phrase for part in parts for phrase in part.lists),
        tuple(phrase for part in parts for phrase in part.notices),
        tuple(phrase for part in parts for phrase in part.rights),
    )


def is_link(line: Line, lexicon: Furniture) -> bool:
    """Whether a line leads to another article, or says the article goes on below.

    A headline has no full stop: "Related: the cause is still unknown." is news.
    """
    if line.words > _LINK_WORDS or len(line.text) > _LONGEST:
        return False
    if line.is_prose and line.is_closed:
        return False
    key = line.key.strip(_EDGES)
    if not key.startswith(lexicon.links):
        return False
    return any(key.startswith(phrase) and _introduces(key, phrase) for phrase in lexicon.links)


def _introduces(key: str, phrase: str) -> bool:
    """The phrase alone, or followed by a colon or a bar and what it leads to."""
    return key[len(phrase) :].lstrip()[:1] in ("", ":", "|")


def is_furniture(line: Line, lexicon: Furniture) -> bool:
    """Whether a line at the head or foot is the site's: a heading, a link, a credit."""
    if len(line.text) > _LONGEST:
        return False
    return line.key.strip(_EDGES) in lexicon.lines or is_credit(line) or is_link(line, lexicon)


def is_heading(line: Line, lexicon: Furniture) -> bool:
    """Whether what follows a line at the foot is the site's too: links, tags, comments."""
    if len(line.text) > _LONGEST:
        return False
    key = line.key.strip(_EDGES)
    return key in lexicon.lines or key in lexicon.links or is_list(line, lexicon)


def is_list(line: Line, lexicon: Furniture) -> bool:
    """Whether a line at the foot is a list of tags, or a heading such as "See all ..."."""
    if line.is_punctuated or line.words > _LIST_WORDS or len(line.text) > _LONGEST:
        return False
    return any(_begins_list(line, phrase) for phrase in lexicon.lists)


def _begins_list(line: Line, phrase: str) -> bool:
    """Names follow the phrase; "Tags were removed" is a sentence without its full stop."""
    if not line.key.startswith(phrase) or line.key[len(phrase) : len(phrase) + 1].isalnum():
        return False
    following = line.text.split()[len(phrase.split()) :]
    return not following or not following[0][0].islower()


def is_common_word(line: Line, lexicon: Furniture) -> bool:
    """Whether a line is one word that heads many things, "Video" or "Latest", and no link."""
    return (
        line.words == 1 and line.key.strip(_EDGES) in lexicon.lines and not is_link(line, lexicon)
    )


def is_credit(line: Line) -> bool:
    """Whether a line names only who made a picture."""
    return line.words <= _CREDIT_WORDS and bool(_CREDIT.fullmatch(line.text.strip(" ()[]")))


def is_notice(line: Line, lexicon: Furniture) -> bool:
    """Whether a sentence may speak of the site: its comments, its newsletter."""
    return _contains(line, lexicon.notices)


def begins_notice(line: Line, lexicon: Furniture) -> bool:
    """Whether a line starts with what only the site says: "Follow us on ..."."""
    return len(line.text) <= _LONGEST and line.key.startswith(lexicon.notices)


def claims_rights(line: Line, lexicon: Furniture) -> bool:
    """Whether a line claims the site's copyright."""
    return _contains(line, lexicon.rights)


def _contains(line: Line, phrases: tuple[str, ...]) -> bool:
    return len(line.text) <= _LONGEST and any(phrase in line.key for phrase in phrases)


def template_tokens(line: Line) -> list[tuple[int, int]]:
    """Offsets in the text of template tokens, glued to the prose or alone.

    A token counts at the edge of the paragraph, or right after the end of a
    sentence or a space; "f{name}" within a word is somebody's code.
    """
    found = []
    for match in _TOKEN.finditer(line.text):
        before = line.text[: match.start()][-1:]
        at_end = match.end() == len(line.text)
        if at_end or _BEFORE_TOKEN.search(before):
            found.append((line.start + match.start(), line.start + match.end()))
    return found
