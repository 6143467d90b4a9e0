"""Sentences of an article: ICU's boundaries (UAX #29), mended for news texts.

ICU breaks after every full stop that a capital, or a letter of a script
without case, follows. Initials, titles, abbreviations and dots that are only a
pause are put together again here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reader.corpus.abbreviations import Abbreviations, abbreviations_of
from reader.corpus.article import RoleRange
from reader.corpus.lines import lines_of
from reader.text import breaking

#: Code points before a boundary that are looked at.
_TAIL = 48
_CLOSERS = "\"'”’»)]}›"
_OPENERS = "\"'“‘«([{‹„"
_LAST_WORD = re.compile(r"[^\s(\[{“‘«„\"']+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
#: "J." or "د.", with the word before it.
#: Not the last letter of a Hebrew acronym, which has a quote before it.
_INITIAL = re.compile(
    r"(?:^|(?P<before>\S+)\s+|(?<=[(\[“‘«.\-])|(?<=[\"'])(?<!\w[\"']))(?P<letter>[^\W\d_])\.$"
)
#: "U.S.", "J.K.", "a.m.", "أ.ف.ب."
_ACRONYM = re.compile(r"(?:^|[\s(\[“‘«\"'])(?P<letter>[^\W\d_])\.(?:[^\W\d_]\.)+$")
#: "(D-Conn.)": party and state of an American politician.
_PARTY = re.compile(r"\([DRI]-[\w. ]+\.\)$")
#: "1." of a list, "Q." of an interview.
_ITEM = re.compile(r"(?:\d{1,3}|[^\W\d_])\.")
_ORDINAL = re.compile(r"(?<![\d.,])\d{1,2}\.$")
#: "« Pourquoi ? »": French sets a space before what closes.
_SPACED_CLOSERS = re.compile(r"[»›”)\]]+(?=[\s,.;:!?]|$)")
_PAUSE = re.compile(r"(?<!\.)\.{2,3}$")


def sentences(
    text: str, roles: Iterable[RoleRange], language: str = "und"
) -> tuple[tuple[int, int], ...]:
    """Return the sentences of the given ranges, in order.

    They lie inside their range and its hard lines, do not overlap, begin and
    end with something other than white space (U+00A0 included), and leave out
    nothing but white space. Closing quotes and brackets belong to the sentence
    before them.

    Args:
        text: The stored text.
        roles: Ranges of it; no sentence crosses from one into the next.
        language: BCP 47 code, for the abbreviations that apply.
    """
    return tuple(
        sentence
        for part in roles
        for sentence in sentences_between(text, part.start, part.end, language)
    )


def sentences_between(
    text: str, start: int, end: int, language: str = "und"
) -> tuple[tuple[int, int], ...]:
    """Return the sentences of one range of a text; see `sentences`."""
    return tuple(
        (start + line.start + first, start + line.start + last)
        for line in lines_of(text[start:end])
        for first, last in _sentences_of_line(line.text, language)
    )


def _sentences_of_line(line: str, language: str) -> Iterator[tuple[int, int]]:
    known = abbreviations_of(language)
    pending: tuple[int, int] | None = None
    for piece in _pieces(line):
        if pending is None:
            pending = piece
        elif _is_end(line, pending, piece, known):
            yield pending
            pending = piece
        else:
            pending = (pending[0], piece[1])
    if pending is not None:
        yield pending


def _pieces(line: str) -> Iterator[tuple[int, int]]:
    """ICU's sentences without the white space around them."""
    start = 0
    for _, boundary in breaking.sentences(line):
        closers = _SPACED_CLOSERS.match(line, boundary)
        end = closers.end() if closers else boundary
        piece = line[start:end]
        if stripped := piece.strip():
            first = start + piece.index(stripped)
            yield first, first + len(stripped)
        start = max(start, end)


def _is_end(
    line: str, piece: tuple[int, int], following: tuple[int, int], known: Abbreviations
) -> bool:
    """Whether a sentence really ends between two of ICU's."""
    if not _has_words(line, *piece) or not _has_words(line, *following):
        return False
    tail = line[max(piece[0], piece[1] - _TAIL) : piece[1]]
    head = line[following[0] : following[0] + _TAIL].lstrip(_OPENERS + " \u00a0")
    if head[:1].islower():
        return False
    if _PAUSE.search(tail):
        # Dots end a sentence where a capital shows it; elsewhere they are a pause.
        return head[:1].isupper()
    if _PARTY.search(tail):
        return _starts_sentence(head, known)
    return not tail.endswith(".") or not _continues(tail, head, known)


def _has_words(line: str, start: int, end: int) -> bool:
    return any(line[index].isalnum() for index in range(start, end))


def _continues(tail: str, head: str, known: Abbreviations) -> bool:
    """Whether the full stop at the end of the tail belongs to its last word only."""
    last = _LAST_WORD.search(tail)
    word = last.group() if last else ""
    if word in known.continuing or _ITEM.fullmatch(tail):
        return True
    if known.has_ordinals and _ORDINAL.search(tail):
        return not _starts_sentence(head, known)
    if word in known.numbered:
        return head[:1].isdigit()
    if word in known.wavering:
        return not _starts_sentence(head, known)
    if acronym := _ACRONYM.search(tail):
        return _goes_on_after_acronym(acronym.group("letter"), head, known)
    return _is_initial(tail, head, known)


def _goes_on_after_acronym(letter: str, head: str, known: Abbreviations) -> bool:
    """True for "U.S. House" and "9 a.m. EST", not for "the U.S. The" and "9 a.m. Police"."""
    if letter.islower():
        first = _FIRST_WORD.match(head)
        word = first.group() if first else ""
        return word in known.dated or (len(word) > 1 and word.isupper())
    return head[:1].isalpha() and not _starts_sentence(head, known)


def _is_initial(tail: str, head: str, known: Abbreviations) -> bool:
    """A single letter within a name: "Donald J. Trump", "J. K. Rowling", "د. محمد"."""
    match = _INITIAL.search(tail)
    if match is None or _starts_sentence(head, known):
        return False
    before = match.group("before") or ""
    letter = match.group("letter")
    if letter.isupper():
        return not before or before.lstrip(_OPENERS)[:1].isupper() or before.endswith(".")
    # In a script without case "د. محمد" is a doctor, but "2018 م." is a year.
    return not letter.islower() and not before[-1:].isdigit()


def _starts_sentence(head: str, known: Abbreviations) -> bool:
    """Whether the first word is one that names do not begin with."""
    word = _FIRST_WORD.match(head)
    return word is not None and word.group().casefold() in known.starters
