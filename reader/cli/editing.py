"""`reader edit`: what is known about an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from reader.annotation.assignments import by_id, shown_tags
from reader.cli.candidates import complete_articles
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import tell
from reader.errors import UsageError
from reader.work.articles import edit_article

if TYPE_CHECKING:
    from reader.annotation.details import DetailsForm
    from reader.annotation.model import Annotator

_OWN = ("title", "url")
"""What no two articles share."""


@click.command("edit")
@click.argument("articles", metavar="ARTICLE...", nargs=-1, shell_complete=complete_articles)
@click.option("--title", metavar="TEXT", help='The headline; "" is the one in the text.')
@click.option("--publisher", metavar="TEXT", help="Who published it.")
@click.option("--published", metavar="DATE", help="When: 2016-11-08, 2016-11 or 2016.")
@click.option("--url", metavar="URL", help="Its web address.")
@click.option("--language", metavar="CODE", help="What it is written in, like ar, fa or en-GB.")
@click.option("--direction", type=click.Choice(["ltr", "rtl"]), help="Where its lines begin.")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="Add it to a collection.")
@click.option("--untag", "untags", metavar="TAG", multiple=True, help="Take it out of one.")
@shared_options
@click.pass_obj
def command(
    settings: Settings,
    /,
    articles: tuple[str, ...],
    tags: tuple[str, ...],
    untags: tuple[str, ...],
    **typed: str | None,
) -> None:
    """Change what is known about ARTICLEs; undo in the interface takes it back.

    ARTICLE is its number in `reader list`, its id or the beginning of it, or
    a part of its title. An empty value ("") is one that is not known.

    \b
    Examples:
      reader edit 3 --publisher Reuters --published 2016-11-08
      reader edit 3 4 5 --tag campaign --untag unsorted
      reader edit 3 --title ""
    """
    from reader.annotation.details import form_of
    from reader.cli.article_names import find_articles
    from reader.session import Session

    given = {name: value for name, value in typed.items() if value is not None}
    _check(articles, [*given, *tags, *untags], given)
    with settings.open_existing() as library:
        found = find_articles(library, articles)
        session = Session(library, settings.name)
        read = [library.articles.read(entry.id) for entry in found]
        before = [form_of(article) for article in read]
        gone = _to_go(before, untags, library.people.all())
        forms = [_filled(form, given, tags, gone) for form in before]
        for article, form in zip(read, forms, strict=True):
            changed = edit_article(session, article, form)
            tell(f"{article.id}: {'changed' if changed else 'it is so already'}.")


def _check(articles: Sequence[str], anything: Sequence[str], given: dict[str, str]) -> None:
    if not articles:
        raise UsageError("name an ARTICLE; see `reader edit --help`.")
    if not anything:
        raise UsageError("say what is to change, such as --title; see `reader edit --help`.")
    own = [name for name in _OWN if name in given]
    if own and len(articles) > 1:
        raise UsageError(f"--{own[0]} is for one ARTICLE; leave the others out.")


def _to_go(
    forms: Sequence[DetailsForm], untags: Sequence[str], people: Sequence[Annotator]
) -> frozenset[str]:
    """Return the tags to take away; an article may lack one that another has.

    Those that assign it to people have ids in them, and are shown with names.

    Raises:
        UsageError: If no article has one of them.
    """
    gone = {tag: {tag, *by_id([tag], people)} for one in untags if (tag := one.strip())}
    known = dict.fromkeys(tag for form in forms for tag in form.tags)
    missing = sorted(tag for tag, stored in gone.items() if stored.isdisjoint(known))
    if missing:
        shown = shown_tags(people)
        there = ", ".join(shown.get(tag, tag) for tag in known) or "none"
        raise UsageError(f"there is no tag {missing[0]!r} to take away; its tags: {there}.")
    return frozenset().union(*gone.values())


def _filled(
    form: DetailsForm, given: dict[str, Any], tags: Sequence[str], gone: frozenset[str]
) -> DetailsForm:
    """Return a form with what was typed in it."""
    kept = tuple(tag for tag in form.tags if tag not in gone)
    return replace(form, **given, tags=(*kept, *tags))
