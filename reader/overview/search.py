"""Words looked for in a whole library: the articles that hold them, and where.

Nothing is read before it is asked for, one article at a time, so that whoever
shows the results can stop in between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from reader.annotation.hits import Taggable, taggable, to_link
from reader.annotation.model import Mention
from reader.annotation.spans import Range
from reader.suggest.borders import stands_alone
from reader.text.directions import paragraph_base
from reader.text.fold import find_all
from reader.values import dataclass

if TYPE_CHECKING:
    from reader.store.articles import ArticleText
    from reader.store.library import Library

_LEAD = 36
_TAIL = 160
"""Code points shown before and after a hit."""

_BLANKS = re.compile(r"\s+")
_LAST_WORD = re.compile(r"\s+\S*\Z")
_BREAK = re.compile("[\n\r\x85\u2029]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words stand, with some of its paragraph around it.

    Attributes:
        start: First code point, in the article.
        end: One past the last code point.
        excerpt: The words around it on one line.
        mark: Where the hit is in the excerpt.
        base: Base level of the excerpt, 0 or 1.
    """

    start: int
    end: int
    excerpt: str
    mark: Range
    base: int


@dataclass(frozen=True, slots=True)
class Found:
    """An article that holds the words.

    Attributes:
        article: Its id.
        title: Its headline, or the first words of its body.
        title_marked: Whether the title is only the first words.
        in_title: Where the words are in the title.
        language: Language code.
        direction: `ltr` or `rtl`.
        count: How often the words are in the text: not at all when only the title has them.
        hits: The first of these places.
    """

    article: str
    title: str
    title_marked: bool
    in_title: tuple[Range, ...]
    language: str
    direction: str
    count: int
    hits: tuple[Hit, ...]


def search(
    library: Library, query: str, language: str = "", most: int | None = None
) -> Iterator[Found | None]:
    """Look for words in all listed articles, in the order of the list.

    Args:
        library: Where to look.
        query: The words; they are compared folded (see `reader.text.fold`).
        language: Only articles of this language; "" for all.
        most: Hits to return of each article at most; None for all.

    Yields:
        Each article that holds them; None for one that was looked at in vain.

    Raises:
        LibraryError: If the library cannot be read.
    """
    for id in library.articles.candidates(query, language):
        article = library.articles.text(id)
        yield None if article is None else look(article, query, most)


def beside(
    library: Library, query: str, article: str, step: int
) -> tuple[ArticleText, Sequence[Range]] | None:
    """Find the next (`step` 1) or previous (-1) article whose text holds words; the search wraps.

    Args:
        library: Where to look.
        query: The words.
        article: Id of the article to start from, which is not looked at.
        step: 1 or -1.

    Returns:
        The article with its hits; None when no other has the words.
    """
    named = library.articles.candidates(query)[::step]
    after = named.index(article) + 1 if article in named else 0
    for id in (*named[after:], *named[:after]):
        found = None if id == article else library.articles.text(id)
        if found is not None and (hits := find_all(found.text, query)):
            return found, hits
    return None


@dataclass(frozen=True, slots=True)
class ToTag:
    """An article whose hits are to be tagged.

    Attributes:
        article: Its id.
        title: Its headline, or the first words of its body.
        direction: `ltr` or `rtl`.
        found: The hits, and how many were left out.
    """

    article: str
    title: str
    direction: str
    found: Taggable


def to_tag(
    library: Library, query: str, type: str, annotator: str, *, linking: bool = False
) -> Iterator[ToTag | None]:
    """Sort out the hits in all listed articles that can be tagged with a type.

    Args:
        library: Where to look.
        query: The words.
        type: The entity type.
        annotator: Whose mentions count as tagged so already.
        linking: Whether hits that are tagged so and have no entity are to get one.

    Yields:
        Each article that holds the words; None for one that was looked at in vain.
    """
    for id in library.articles.candidates(query):
        article = library.articles.text(id)
        hits = () if article is None else find_all(article.text, query)
        if article is None or not hits:
            yield None
            continue
        mine = [
            record
            for record in library.records.within(id)
            if isinstance(record, Mention)
            and (record.type, record.annotator) == (type, annotator)
            and not (linking and to_link(record, hits))
        ]
        barred = [
            (r.start, r.end) for r in library.articles.read(id).roles if r.role == "boilerplate"
        ]
        found = taggable(article.text, hits, barred, mine, stands_alone)
        yield ToTag(id, article.title, article.direction, found)


def look(article: ArticleText, query: str, most: int | None = None) -> Found | None:
    """Look for words in one article; None when neither text nor title has them."""
    places = find_all(article.text, query)
    in_title = tuple(find_all(article.title, query))
    if not places and not in_title:
        return None
    return Found(
        article.id,
        article.title,
        article.title_marked,
        in_title,
        article.language,
        article.direction,
        len(places),
        tuple(hit_in(article.text, article.direction, *place) for place in islice(places, most)),
    )


def hit_in(text: str, direction: str, start: int, end: int, lead: int = _LEAD) -> Hit:
    """Return a place in a text with some of its paragraph around it.

    Args:
        text: The text of an article.
        direction: Of the article, `ltr` or `rtl`.
        start: First code point.
        end: One past the last code point.
        lead: Code points to show before it at most.
    """
    before, after = _around(text, start, end, lead)
    quote = _BLANKS.sub(" ", text[start:end])
    excerpt = f"{before}{quote}{after}"
    mark = len(before), len(before) + len(quote)
    return Hit(start, end, excerpt, mark, paragraph_base(excerpt, direction == "rtl"))


def _around(text: str, start: int, end: int, lead: int) -> tuple[str, str]:
    """Return what stands before and after a hit in its paragraph, in whole words, on one line."""
    low, high = max(0, start - lead), end + _TAIL
    before, after = _BREAK.split(text[low:start])[-1], _BREAK.split(text[end:high], 1)[0]
    if low and len(before) == lead and not _BREAK.match(text[low - 1]):
        before = "… " + (_BLANKS.split(before, 1)[1] if _BLANKS.search(before) else before)
    if len(after) == _TAIL and high < len(text) and not _BREAK.match(text[high]):
        # Cut at the last blank, which may be all there is.
        after = _LAST_WORD.sub("", after) + " …"
    return _BLANKS.sub(" ", before).lstrip(), _BLANKS.sub(" ", after).rstrip()
