"""Words that stand for a record wherever it is listed: they have to be seen, on one line."""

from __future__ import annotations

import unicodedata

from reader.errors import AnnotationError

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"))
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that show nothing."""

LONGEST_NAME = 1000
LONGEST_STATEMENT = 5000
"""Code points."""


def checked_words(typed: str, what: str, wanted: str, longest: int) -> str:
    """Return what was typed on one line, if it can stand for a record.

    Args:
        typed: What was typed.
        what: What it is, for messages.
        wanted: What is said when nothing of it can be seen.
        longest: Code points it may have.

    Raises:
        AnnotationError: If it shows nothing, holds a control character, or is too long.
    """
    line = " ".join(typed.split())
    if len(line) > longest:
        raise AnnotationError(f"A {what} has {longest:,} characters at most.")
    if all(unicodedata.category(char) in _UNSEEN or char in _FILLERS for char in line):
        raise AnnotationError(wanted)
    if any(unicodedata.category(char) == "Cc" for char in line):
        raise AnnotationError(f"The {what} has a control character in it; leave it out.")
    return line


def checked_statement(typed: str) -> str:
    """Return the statement of a claim, if it can be one.

    Raises:
        AnnotationError: If it cannot.
    """
    wanted = "A claim needs a statement: one sentence that stands alone."
    return checked_words(typed, "statement", wanted, LONGEST_STATEMENT)
