"""What can go wrong, as the user is told it.

Every error that bad input or a bad moment can cause is a `ReaderError`: one
line for the user that names the place and the cure. Anything else that
escapes is a defect of ours.
"""

from __future__ import annotations

import re

from reader.patterns import pattern

# What would begin a line, steer a terminal, or reorder the message, in a name that it quotes.
_UNSAFE = pattern(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def _escaped(found: re.Match[str]) -> str:
    return ascii(found[0])[1:-1]


class ReaderError(Exception):
    """Something the user can act on.

    Attributes:
        message: One line: what is wrong, where, and what to do about it. What
            would break the line or steer a terminal is written as an escape.
        title: A few words for the head of a notice.
        exit_code: What the command line exits with.
    """

    title = "Not done"
    exit_code = 1

    def __init__(self, message: str) -> None:
        self.message = _UNSAFE.sub(_escaped, message)
        super().__init__(self.message)


class UsageError(ReaderError):
    """The words of a command, or a name in them, are off."""

    exit_code = 2


class ArticleError(ReaderError):
    """A text cannot be read or decoded."""

    title = "Article not added"


class AnnotationError(ReaderError):
    """An annotation would break a rule of the schema or of the text."""

    title = "Not annotated"


class DetailsError(AnnotationError):
    """What was typed about an article cannot be right, or the article cannot be changed."""

    title = "Not changed"


class ConflictError(ReaderError):
    """Somebody else changed what this action was about to change."""

    title = "Changed by somebody else"


class LibraryError(ReaderError):
    """The library cannot be opened, read or written."""

    title = "Library"


class LibraryBusyError(LibraryError):
    """Another program holds the library at this moment; nothing was written.

    Attributes:
        what: The action that could not be made, in the user's words; "" for none.
    """

    what = ""


class FormatError(ReaderError):
    """A file to import is not what it should be."""

    title = "Not imported"
