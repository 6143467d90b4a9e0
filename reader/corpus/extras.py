"""What is read with libraries that not everybody installs."""

from __future__ import annotations

from reader.errors import ArticleError


def missing(source: str, kind: str, extra: str) -> ArticleError:
    """Return the error that says how to install what reads a kind of file."""
    return ArticleError(
        f"{source}: to read {kind} files, install what reads them: "
        f"pip install 'bidi-reader[{extra}]'"
    )
