"""What can go wrong, as the user is told it.

Every error that bad input or a bad moment can cause is a `ReaderError`: one
line for the user that names the place and the cure. Anything else that
escapes is a defect of ours.
"""

from __future__ import annotations


class ReaderError(Exception):
    """Something the user can act on.

    Attributes:
        message: One line: what is wrong, where, and what to do about it.
        title: A few words for the head of a notice.
        exit_code: What the command line exits with.
    """

    title = "Not done"
    exit_code = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UsageError(ReaderError):
    """The words of a command, or a name in them, are off."""

    title = "Not understood"
    exit_code = 2


class ArticleError(ReaderError):
    """A text cannot be read or decoded."""

    title = "Article not added"


class AnnotationError(ReaderError):
    """An annotation would break a rule of the schema or of the text."""

    title = "Not annotated"


class ConflictError(ReaderError):
    """Somebody else changed what this action was about to change."""

    title = "Changed by somebody else"


class LibraryError(ReaderError):
    """The library cannot be opened, read or written."""

    title = "Library"


class FormatError(ReaderError):
    """A file to import is not what it should be."""

    title = "Not imported"
