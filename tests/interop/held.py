"""What is exported for other tools: the hard cases, and the library that ships."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from reader.annotation.model import Mention
from reader.formats.document import ArticleData, Document
from reader.formats.outgoing import Outgoing
from reader.store.library import Library
from tests.formats.fixture import document

SHIPPED = Path(__file__).parents[2] / "annotations.db"
HELD = ("hard cases", "shipped")


@cache
def held(name: str) -> Document:
    """Return one of the documents."""
    if name == "hard cases":
        return document()
    with Library(SHIPPED) as library, library.steady():
        return Outgoing.of_library(library).document()


def mentions(article: ArticleData) -> Iterator[tuple[int, int, str]]:
    """Give place and type of each mention without gaps."""
    for mention in article.mentions:
        if len(mention.span.fragments) == 1:
            yield mention.span.start, mention.span.end, mention.type


def places(mention: Mention) -> list[tuple[int, int, str]]:
    """Return the places of a mention with its type, one for each stretch."""
    return [(*fragment, mention.type) for fragment in mention.span.fragments]
