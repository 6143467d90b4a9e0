"""Languages that share their letters with a bigger one, told apart by common words.

langdetect knows no Malay and no Yiddish: it gives them as Indonesian and Hebrew
and is sure of it. Words that only one of the two writes decide.
"""

from __future__ import annotations

import re

from reader.values import dataclass

_WORD = re.compile(r"[^\W\d_]+")
_HEBREW_POINTS = re.compile("[\u0591-\u05c7]")


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another language that a text may be in.

    Attributes:
        language: BCP 47 code.
        words: Frequent words of it that the bigger language does not write so.
        rivals: Frequent words of the bigger language that it does not write so.
    """

    language: str
    words: frozenset[str]
    rivals: frozenset[str]


_SIBLINGS = {
    "id": Sibling(
        "ms",
        frozenset(
            (
                *("bahawa", "kerana", "iaitu", "mahu", "isnin", "khamis", "jumaat", "ogos"),
                *("disember", "polis", "lapan", "universiti", "kualiti", "aktiviti", "syarikat"),
                *("cuba", "beza", "disyaki"),
            )
        ),
        frozenset(
            (
                *("bahwa", "karena", "yaitu", "mau", "senin", "kamis", "jumat", "agustus"),
                *("desember", "polisi", "delapan", "universitas", "kualitas", "aktivitas"),
                *("perusahaan", "coba", "beda", "uang"),
            )
        ),
    ),
    "he": Sibling(
        "yi",
        frozenset(
            (
                *("און", "איז", "דער", "האט", "פון", "מיט", "נישט", "וועט"),
                *("געזאגט", "אויף", "וואס", "האבן", "זיך"),
            )
        ),
        frozenset(("של", "את", "על", "לא", "כי", "זה", "הוא", "היא", "עם", "אמר", "גם", "או")),
    ),
}


def among_siblings(language: str, text: str) -> tuple[str, float]:
    """The language or its sibling, and how much of the telling words are its own.

    0.8 where no word tells, and 1 for a language without siblings.

    Args:
        language: BCP 47 code of the bigger language.
        text: A sample of the text.
    """
    sibling = _SIBLINGS.get(language)
    if sibling is None:
        return language, 1.0
    words = _WORD.findall(_HEBREW_POINTS.sub("", text).casefold())
    theirs = sum(word in sibling.words for word in words)
    ours = sum(word in sibling.rivals for word in words)
    if not theirs + ours:
        return language, 0.8
    share = theirs / (theirs + ours)
    return (sibling.language, share) if share > 0.5 else (language, 1 - share)
