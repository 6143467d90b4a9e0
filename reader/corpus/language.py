"""The language of a text: its script first, then langdetect within that script.

langdetect fills its shared factory while others already read it. So there is one
factory of our own for each script, built once under a lock; what its detector
would draw from its profiles is drawn by `reader.corpus.ngrams`, which is faster.
"""

from __future__ import annotations

import threading
from collections import Counter
from functools import cache
from importlib import resources

from reader.corpus.article import UNDETERMINED, Direction, LanguageMethod
from reader.corpus.ngrams import Profiles
from reader.corpus.scripts import RIGHT_TO_LEFT, count_scripts
from reader.corpus.siblings import among_siblings
from reader.values import dataclass

#: Fewer letters than this say nothing reliable about the language.
MIN_LETTERS = 20

#: Languages told apart by langdetect, by its own profile names.
_CANDIDATES = {
    "Latin": (
        *("en", "id", "fr", "de", "es", "it", "pt", "nl", "tr", "sw", "so", "tl", "vi"),
        *("pl", "ro", "sv", "da", "no", "fi", "hu", "cs", "hr", "sq", "ca", "af"),
    ),
    "Arabic": ("ar", "fa", "ur"),
    "Cyrillic": ("ru", "uk", "bg", "mk"),
    "Devanagari": ("hi", "mr", "ne"),
}
#: Scripts that one language of the news is written in.
_SINGLE = {
    "Armenian": "hy",
    "Bengali": "bn",
    "Ethiopic": "am",
    "Georgian": "ka",
    "Greek": "el",
    "Gujarati": "gu",
    "Gurmukhi": "pa",
    "Han": "zh",
    "Hangul": "ko",
    "Hebrew": "he",
    "Kana": "ja",
    "Kannada": "kn",
    "Khmer": "km",
    "Lao": "lo",
    "Malayalam": "ml",
    "Myanmar": "my",
    "Nko": "nqo",
    "Oriya": "or",
    "Sinhala": "si",
    "Syriac": "syr",
    "Tamil": "ta",
    "Telugu": "te",
    "Thaana": "dv",
    "Thai": "th",
    "Tibetan": "bo",
}
#: Letters no other big language of the Arabic script writes.
_TELLING_LETTERS = {
    "ckb": frozenset("ێڕڵ"),
    "ps": frozenset("ټډړږښځڅڼۍ"),
    "sd": frozenset("ڄڃڏڊٻڀٺٿڦڳڱڻ"),
    "ug": frozenset("ۈۋڭ"),
}
_TELLING_SHARE = 0.015
#: Letters below which langdetect is surer than it may be.
_ENOUGH_LETTERS = 100
#: Share of kana that makes a text with Han letters Japanese.
_JAPANESE_SHARE = 0.05
#: Code points that langdetect is given; more adds time, not certainty.
_SAMPLE = 4_000
#: A hard line this long is prose, not a menu or a heading.
_LONG_LINE = 60
_RTL_LANGUAGES = frozenset(
    ("ar", "arz", "ary", "apc", "fa", "ur", "ps", "ckb", "ug", "sd", "he", "yi", "dv", "syr")
)
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Guess:
    """A language and how sure we are of it.

    Attributes:
        language: BCP 47 code, "und" when not known.
        confidence: From 0 to 1: the share of the letters that are in its
            script; times langdetect's probability where that was asked, and
            less if the text is short; times the share of the words that tell it
            from a sibling (Malay and Indonesian, Yiddish and Hebrew).
        method: By script alone, by langdetect, or not at all.
    """

    language: str
    confidence: float
    method: LanguageMethod


_NO_GUESS = Guess(UNDETERMINED, 0.0, "none")


def detect_language(text: str) -> Guess:
    """Tell the language of a text from a sample of its longer lines.

    The same text gives the same answer, in any thread. Never raises: a text
    with too few letters is "und".
    """
    sample = _sample(text)
    counts = count_scripts(sample)
    letters = sum(counts.values())
    if letters < MIN_LETTERS:
        return _NO_GUESS
    script, own = _main_script(counts)
    share = own / letters
    if script in _SINGLE:
        language, certainty = among_siblings(_SINGLE[script], sample)
        return Guess(language, round(certainty * share, 3), "script")
    if script not in _CANDIDATES:
        return _NO_GUESS
    if script == "Arabic" and (told := _by_letters(sample)):
        return Guess(told, round(share, 3), "script")
    return _by_langdetect(script, sample, share * _trust(letters))


def direction_of(language: str, text: str) -> Direction:
    """Tell the base direction of a text.

    Its letters decide; where neither direction has seven tenths of them, the
    language does, and without a known one the majority.
    """
    counts = count_scripts(_sample(text))
    letters = sum(counts.values())
    right = sum(count for script, count in counts.items() if script in RIGHT_TO_LEFT)
    if letters and not 0.3 < right / letters < 0.7:
        return "rtl" if right * 2 > letters else "ltr"
    primary = language.replace("_", "-").split("-")[0].lower()
    if primary in ("", UNDETERMINED):
        return "rtl" if right * 2 > letters else "ltr"
    return "rtl" if primary in _RTL_LANGUAGES else "ltr"


def _sample(text: str) -> str:
    """Up to 4,000 code points from all over the text, long lines if there are any.

    Menus, credits and links to other articles are short lines, and often in
    another language than the article.
    """
    lines = text.splitlines()
    prose = [line for line in lines if len(line) >= _LONG_LINE] or lines
    step = max(1, sum(map(len, prose)) // _SAMPLE)
    return "\n".join(prose[::step])[:_SAMPLE]


def _main_script(counts: dict[str, int]) -> tuple[str, int]:
    """The script with the most letters, and how many.

    Japanese is written with Han letters too: some kana among them decide.
    """
    kana = counts.get("Kana", 0)
    japanese = kana + counts.get("Han", 0)
    if kana > japanese * _JAPANESE_SHARE and japanese * 2 > sum(counts.values()):
        return "Kana", japanese
    return next(iter(counts.items()))


def _by_letters(sample: str) -> str | None:
    """A language of the Arabic script that its own letters give away."""
    counts = Counter(sample)
    letters = sum(count for char, count in counts.items() if char.isalpha())
    scores = {
        language: sum(counts[char] for char in telling)
        for language, telling in _TELLING_LETTERS.items()
    }
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] > letters * _TELLING_SHARE else None


def _by_langdetect(script: str, sample: str, share: float) -> Guess:
    """The most probable language of a script; `share` is the most it can be sure of."""
    # Words in capitals make no n-grams.
    found = _profiles(script).best(sample.lower() if sample.isupper() else sample)
    if found is None:
        return _NO_GUESS
    language, certainty = among_siblings(found[0], sample)
    confidence = min(found[1], 1.0) * share * certainty
    return Guess(language, round(confidence, 3), "langdetect")


def _trust(letters: int) -> float:
    """How far to trust langdetect, which says 1.0 of a headline too."""
    return min(1.0, 0.5 + 0.5 * letters / _ENOUGH_LETTERS)


def _profiles(script: str) -> Profiles:
    """The profiles of one script, complete before they are seen."""
    with _LOCK:
        return _load_profiles(script)


@cache
def _load_profiles(script: str) -> Profiles:
    from langdetect.detector_factory import DetectorFactory
    from langdetect.utils.ngram import NGram

    profiles = resources.files("langdetect") / "profiles"
    factory = DetectorFactory()
    factory.load_json_profile(
        [(profiles / name).read_text(encoding="utf-8") for name in _CANDIDATES[script]]
    )
    return Profiles(factory.langlist, factory.word_lang_prob_map, NGram)
