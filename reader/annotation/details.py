"""What a user can change about an article, as functions that build actions.

The text stays as it is. What is typed is checked by `reader.annotation.detail_checks`,
so that every front end refuses the same with the same words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from reader.annotation.actions import Author, shorten
from reader.annotation.changes import Action, Change
from reader.annotation.detail_checks import (
    checked_direction,
    checked_language,
    checked_line,
    checked_published,
    checked_tags,
    checked_url,
    is_url,
)
from reader.annotation.ids import now
from reader.annotation.model import ArticleDetails, details_of
from reader.corpus.article import Article, display_title
from reader.errors import DetailsError
from reader.values import dataclass

_NAMES = {"published": "date", "url": "URL"}
"""How fields of the form are called where their own name is not the user's word."""


@dataclass(frozen=True, slots=True)
class DetailsForm:
    """The details of an article as they are typed; "" is what is not known.

    Attributes:
        title: The headline: the text's own, or one that is typed in its place.
        publisher: Who published it.
        published: When: a year, a month (`2016-11`), or a day, also with a time.
        url: Its web address.
        language: BCP 47 code, `und` when not known.
        direction: `ltr` or `rtl`.
        tags: Collections it belongs to.
    """

    title: str
    publisher: str
    published: str
    url: str
    language: str
    direction: str
    tags: tuple[str, ...]


def form_of(article: Article) -> DetailsForm:
    """Return the details of an article as a form shows them."""
    title, is_opening = display_title(article)
    return DetailsForm(
        title="" if is_opening else one_line(title),
        publisher=article.publisher or "",
        published=article.published or "",
        url=next(filter(is_url, article.sources), ""),
        language=article.language,
        direction=article.direction,
        tags=article.tags,
    )


def edit_details(author: Author, article: Article, form: DetailsForm) -> Action | None:
    """Change the details of an article to what a form says; None when they are so already.

    Only what differs is changed, and checked.

    Raises:
        DetailsError: If what was typed cannot be right, or the article is removed.
    """
    after, changed = _present(article), []
    for name, was in _items(form_of(article)):
        typed = getattr(form, name)
        if typed != was:
            fresh = _SETTERS[name](article, typed, after)
            if fresh != after:
                after = fresh
                changed.append(_NAMES.get(name, name))
    if not changed:
        return None
    return signed(author, article, f"edit {', '.join(changed)} of {quoted(article)}", after)


def remove(author: Author, article: Article) -> Action:
    """Take an article out of the library's list; what is marked in it stays with it.

    Raises:
        DetailsError: If it is removed already.
    """
    after = replace(_present(article), removed=True)
    return signed(author, article, f"remove {quoted(article)}", after)


def restore(author: Author, article: Article) -> Action:
    """Bring a removed article back, with all that is marked in it.

    Raises:
        DetailsError: If it is not removed.
    """
    if not article.removed:
        raise DetailsError(f"{quoted(article)} is not removed: there is nothing to bring back.")
    after = replace(details_of(article), removed=False)
    return signed(author, article, f"restore {quoted(article)}", after)


def signed(author: Author, article: Article, what: str, after: ArticleDetails) -> Action:
    """Return the action that gives an article other details, with who did so and when."""
    written = replace(after, updated=now(), updated_by=author.annotator.id)
    return author.action(what, [Change(details_of(article), written)])


def quoted(article: Article) -> str:
    """Return an article's title for a message."""
    return f"“{shorten(display_title(article)[0])}”"


def one_line(text: str) -> str:
    """Lay what stands on several hard lines on one."""
    lines = text.splitlines()
    return " ".join(line.strip() for line in lines) if len(lines) > 1 else text


def _present(article: Article) -> ArticleDetails:
    if article.removed:
        raise DetailsError(f"{quoted(article)} is removed; bring it back first.")
    return details_of(article)


def _items(form: DetailsForm) -> list[tuple[str, Any]]:
    return [(field.name, getattr(form, field.name)) for field in fields(form)]


def _set_title(article: Article, typed: str, details: ArticleDetails) -> ArticleDetails:
    """A title that the text has itself needs no words beside it."""
    heading = checked_line(typed, "title")
    own = "" if article.title is None else one_line(article.text[slice(*article.title)])
    return replace(details, heading="" if heading == own else heading)


def _set_url(article: Article, typed: str, details: ArticleDetails) -> ArticleDetails:
    """The first web address among the sources is the article's own."""
    url, sources = checked_url(typed), article.sources
    place = next((i for i, source in enumerate(sources) if is_url(source)), len(sources))
    others = tuple(source for source in sources[place + 1 :] if source != url)
    return replace(details, sources=(*sources[:place], *([url] if url else []), *others))


def _set_language(article: Article, typed: str, details: ArticleDetails) -> ArticleDetails:
    language = checked_language(typed)
    return replace(details, language=language, language_confidence=1.0, language_method="given")


_SETTERS: dict[str, Callable[[Article, Any, ArticleDetails], ArticleDetails]] = {
    "title": _set_title,
    "publisher": lambda article, typed, details: replace(
        details, publisher=checked_line(typed, "publisher") or None
    ),
    "published": lambda article, typed, details: replace(
        details, published=checked_published(typed) or None
    ),
    "url": _set_url,
    "language": _set_language,
    "direction": lambda article, typed, details: replace(
        details, direction=checked_direction(typed)
    ),
    "tags": lambda article, typed, details: replace(details, tags=checked_tags(typed)),
}
