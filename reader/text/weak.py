"""Weak types, brackets, neutrals and implicit levels of one isolating run sequence.

UAX #9, rules W1 to W7, N0 to N2, I1 and I2, as substitutions over class letters.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reader.patterns import pattern
from reader.text.properties import CLOSING_BRACKETS, OPENING_BRACKETS

_STACK_LIMIT = 63  # UAX #9, BD16
_BRACKET = pattern(f"[{re.escape(''.join(OPENING_BRACKETS) + ''.join(CLOSING_BRACKETS))}]")

# Possessive quantifiers and the look-behinds keep each pattern linear in the
# length of the text, also for a line of nothing but percent signs.
_MARKS_AFTER_ISOLATE = pattern("[lrfp]M+")
_MARKS = pattern("([^M])(M+)")
_NUMBERS_AFTER_ARABIC = pattern("A[^LRAE]*E[^LRA]*")
_EUROPEAN_SEPARATOR = pattern("(?<=E)[sc](?=E)")
_ARABIC_SEPARATOR = pattern("(?<=H)c(?=H)")
_TERMINATORS = pattern("(?<=E)t++|(?<!t)t++(?=E)")
_NUMBERS_AFTER_LATIN = pattern("L[^LRE]*E[^LR]*")
_BETWEEN_LEFT = pattern("(?<=L)N++(?=L)")
_BETWEEN_RIGHT = pattern("(?<=[REH])N++(?=[REH])")
_ODD_SEPARATORS = str.maketrans("stc", "NNN")
_NEUTRALS = str.maketrans("BSWlrfpstc", "NNNNNNNNNN")
# For N0 numbers count as right-to-left and all neutrals alike.
_STRONG_ONLY = bytes.maketrans(b"EHBSWNlrfp", b"RRNNNNNNNN")


def resolve_sequence(codes: str, level: int, before: str, after: str, text: str) -> bytes:
    """Resolved level of each code.

    Args:
        codes: Class letters of the sequence, without those that X9 removes.
        level: Its embedding level.
        before: `L` or `R`: sos of UAX #9, X10.
        after: `L` or `R`: eos.
        text: Its characters, for brackets; empty if there are none.
    """
    embedding = "R" if level & 1 else "L"
    resolved = _weak(before + codes)
    pairs = bracket_pairs(text, resolved) if text else []
    if pairs:
        resolved = _set_brackets(resolved, pairs, embedding, codes)
    resolved = _neutral(resolved + after, embedding)
    return resolved[1:-1].encode("ascii").translate(_implicit_levels(level))


def _weak(codes: str) -> str:
    """Rules W1 to W7; the first code is sos."""
    if "M" in codes:
        codes = _MARKS_AFTER_ISOLATE.sub(lambda m: m[0][0] + "N" * (len(m[0]) - 1), codes)  # W1
        codes = _MARKS.sub(lambda m: m[1] * len(m[0]), codes)
    has_european = "E" in codes
    if has_european:
        codes = _NUMBERS_AFTER_ARABIC.sub(lambda m: m[0].replace("E", "H"), codes)  # W2
    codes = codes.replace("A", "R")  # W3
    if has_european:
        codes = _EUROPEAN_SEPARATOR.sub("E", codes)  # W4
        codes = _TERMINATORS.sub(lambda m: "E" * len(m[0]), codes)  # W5
    codes = _ARABIC_SEPARATOR.sub("H", codes).translate(_ODD_SEPARATORS)  # W4, W6
    if has_european:
        codes = _NUMBERS_AFTER_LATIN.sub(lambda m: m[0].replace("E", "L"), codes)  # W7
    return codes


def bracket_pairs(text: str, resolved: str) -> list[tuple[int, int]]:
    """Bracket pairs by their opening bracket, as indices into `resolved` (BD16).

    Args:
        text: Characters of one isolating run sequence.
        resolved: Its class letters after W7, the one before the sequence first;
            only brackets that are still neutral count.
    """
    pairs: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for found in _BRACKET.finditer(text):
        char, index = found[0], found.start() + 1
        if resolved[index] != "N":
            continue
        if char in OPENING_BRACKETS:
            if len(stack) == _STACK_LIMIT:
                return []
            stack.append((OPENING_BRACKETS[char], index))
            continue
        key = CLOSING_BRACKETS[char]
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth][0] == key:
                pairs.append((stack[depth][1], index))
                del stack[depth:]
                break
    return sorted(pairs)


def _set_brackets(
    resolved: str, pairs: list[tuple[int, int]], embedding: str, original: str
) -> str:
    """Rule N0."""
    strong = bytearray(resolved, "ascii").translate(_STRONG_ONLY)
    result = bytearray(resolved, "ascii")
    for opening, closing in pairs:
        direction = _bracket_direction(strong, opening, closing, embedding.encode())
        if direction:
            for index in (opening, closing):
                end = _after_marks(original, index)
                result[index:end] = strong[index:end] = direction * (end - index)
    return result.decode("ascii")


def _bracket_direction(strong: bytearray, opening: int, closing: int, embedding: bytes) -> bytes:
    """The direction a pair takes, empty if it stays neutral."""
    other = b"L" if embedding == b"R" else b"R"
    if strong.find(embedding, opening, closing) >= 0:
        return embedding
    if strong.find(other, opening, closing) < 0:
        return b""
    context_is_other = strong.rfind(other, 0, opening) > strong.rfind(embedding, 0, opening)
    return other if context_is_other else embedding


def _after_marks(original: str, index: int) -> int:
    """End of the marks that follow a bracket and change with it.

    `index` counts sos, `original` does not have it.
    """
    end = index
    while end < len(original) and original[end] == "M":
        end += 1
    return end + 1


def _neutral(codes: str, embedding: str) -> str:
    """Rules N1 and N2; the first code is sos, the last eos."""
    codes = codes.translate(_NEUTRALS)
    # What N1 would give the embedding direction, N2 gives it as well.
    against = _BETWEEN_LEFT if embedding == "R" else _BETWEEN_RIGHT
    opposite = "L" if embedding == "R" else "R"
    codes = against.sub(lambda m: opposite * len(m[0]), codes)
    return codes.replace("N", embedding)


@lru_cache(maxsize=128)
def _implicit_levels(level: int) -> bytes:
    """Rules I1 and I2 as a table from class letter to level."""
    table = bytearray(256)
    left, right, number = (1, 0, 1) if level & 1 else (0, 1, 2)
    for code, rise in zip(b"LREH", (left, right, number, number), strict=True):
        table[code] = level + rise
    return bytes(table)
