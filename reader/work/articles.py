"""What somebody does to articles themselves: their details, parts and place in the list."""

from __future__ import annotations

from collections.abc import Iterable

from reader.annotation import details, roles
from reader.annotation.details import DetailsForm
from reader.annotation.spans import Range
from reader.corpus.article import Article, Role
from reader.session import ArticleEntry, Session


def removed_articles(session: Session) -> tuple[ArticleEntry, ...]:
    """List the articles that were removed from the library."""
    return session.shown.articles.listed(session.annotator.id, "removed")


def edit_article(session: Session, article: Article, form: DetailsForm) -> bool:
    """Change the details of an article, open or not; False when they are so already.

    Args:
        session: Who changes them.
        article: As it was when the form was filled in.
        form: What it says now.

    Raises:
        AnnotationError: If something in the form cannot be right.
    """
    action = details.edit_details(session.author, article, form)
    if action is not None:
        session.apply(action)
    return action is not None


def remove_article(session: Session, article: Article) -> None:
    """Take an article, open or not, out of the list; what is marked in it stays with it."""
    session.apply(details.remove(session.author, article))


def restore_article(session: Session, article: Article) -> None:
    """Bring a removed article back."""
    session.apply(details.restore(session.author, article))


def set_role(session: Session, ranges: Iterable[Range], role: Role) -> None:
    """Say what ranges of the open article are: title, dateline, body or boilerplate.

    Raises:
        AnnotationError: If they are that already, or cannot be.
        UsageError: If no article is open.
    """
    session.apply(roles.set_role(session.author, session.opened(), ranges, role))
