"""A terminal reader and annotator for news in several languages; and its library for programs.

`reader.open` opens a library; docs/api.md has examples. Every name of `__all__`
is loaded when it is first used: `import reader` loads nothing else.
"""

from __future__ import annotations

# Type checkers take this for true; to ask `typing` would load more than all the rest here.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from reader.annotation.entity_list import EntityEntry
    from reader.annotation.model import (
        Alias,
        Annotator,
        Attribution,
        Claim,
        ClaimMention,
        Entity,
        Evidence,
        KnowledgeLink,
        Mention,
        Note,
        Ref,
        Relation,
    )
    from reader.annotation.schema import Schema
    from reader.annotation.spans import Span
    from reader.api.library import Library
    from reader.api.library import open_library as open  # noqa: A004
    from reader.corpus.article import Article
    from reader.errors import (
        AnnotationError,
        ArticleError,
        ConflictError,
        FormatError,
        LibraryError,
        ReaderError,
        UsageError,
    )
    from reader.formats.incoming import Taken
    from reader.formats.loss import Loss
    from reader.store.articles import ArticleEntry
    from reader.store.claims import ClaimEntry
    from reader.store.history import Entry
    from reader.work.additions import Outcome

__version__ = "0.1.0"

__all__ = [
    "Alias",
    "AnnotationError",
    "Annotator",
    "Article",
    "ArticleEntry",
    "ArticleError",
    "Attribution",
    "Claim",
    "ClaimEntry",
    "ClaimMention",
    "ConflictError",
    "Entity",
    "EntityEntry",
    "Entry",
    "Evidence",
    "FormatError",
    "KnowledgeLink",
    "Library",
    "LibraryError",
    "Loss",
    "Mention",
    "Note",
    "Outcome",
    "ReaderError",
    "Ref",
    "Relation",
    "Schema",
    "Span",
    "Taken",
    "UsageError",
    "__version__",
    "open",
]

_PLACES = {
    "work.additions": ("Outcome",),
    "annotation.entity_list": ("EntityEntry",),
    "annotation.model": (
        *("Alias", "Annotator", "Attribution", "Claim", "ClaimMention", "Entity", "Evidence"),
        *("KnowledgeLink", "Mention", "Note", "Ref", "Relation"),
    ),
    "annotation.schema": ("Schema",),
    "annotation.spans": ("Span",),
    "api.library": ("Library", "open"),
    "corpus.article": ("Article",),
    "errors": (
        *("AnnotationError", "ArticleError", "ConflictError", "FormatError", "LibraryError"),
        *("ReaderError", "UsageError"),
    ),
    "formats.incoming": ("Taken",),
    "formats.loss": ("Loss",),
    "store.articles": ("ArticleEntry",),
    "store.claims": ("ClaimEntry",),
    "store.history": ("Entry",),
}
"""Where each public name is, by module."""


# A type checker that saw this would take any name for one of ours.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Load a public name when it is first used (PEP 562)."""
        from importlib import import_module

        for module, names in _PLACES.items():
            if name in names:
                found = import_module(f"reader.{module}")
                globals()[name] = getattr(found, "open_library" if name == "open" else name)
                return globals()[name]
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
