"""`reader adjudicate`: deciding where two annotators differ, and what was decided."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from reader.cli.candidates import complete_articles
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_fields, print_json, tell
from reader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.annotation.model import Annotator
    from reader.store.library import Library
    from reader.work.adjudication import Decision


@click.command("adjudicate")
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1, shell_complete=complete_articles)
@click.option("--between", nargs=2, metavar="NAME NAME", help="Decide between these two.")
@click.option("--list", "listed", is_flag=True, help="List what was decided, by whom.")
@click.option("--json", "as_json", is_flag=True, help="List it as JSON.")
@shared_options
@click.pass_obj
@click.pass_context
def command(
    context: click.Context,
    settings: Settings,
    /,
    articles: tuple[str, ...],
    between: tuple[str, str] | None,
    listed: bool,
    as_json: bool,
) -> None:
    """Decide where two annotators differ.

    Opens the disagreements of two annotators one after the other. What is right
    goes into the layer of an annotator called "settled"; what both have alike
    does so by itself. With more than two annotators name the two with --between.

    With --list nothing is opened: a line for each decision, on a pipe with tabs
    between article, start, end, kind, text, what was decided, by whom, when, and
    whether both still have what they had then. ARTICLEs narrow the list; its exit
    code is 1 when nothing was decided.

    \b
    Examples:
      reader adjudicate --between ann bob
      reader adjudicate --list 3
      reader adjudicate --json > decisions.json
    """
    from reader.cli.opening import start

    settings.require_sight("shows what two annotators have marked")
    if listed or as_json:
        _list(context, settings, articles, as_json=as_json)
        return
    if articles:
        raise UsageError(
            "ARTICLE only narrows --list; without it all articles of the two are gone through."
        )
    with settings.open_existing() as library:
        pair = _pair(library, between)
    context.exit(start(settings, None, pair))


def _list(
    context: click.Context, settings: Settings, articles: tuple[str, ...], *, as_json: bool
) -> None:
    from reader.cli.article_names import find_articles
    from reader.work.adjudication import decisions

    with settings.open_existing() as library:
        ids = [entry.id for entry in find_articles(library, articles)] if articles else []
        found = tuple(decisions(library, ids))
    if as_json:
        print_json([asdict(each) for each in found])
    else:
        _print(found, Output.here(settings.bidi))
    if not found:
        tell("nothing was decided yet.")
        context.exit(1)


def _print(found: Iterable[Decision], output: Output) -> None:
    for each in found:
        state = "current" if each.current else "changed since"
        if not output.is_terminal:
            print_fields(
                *(each.article, each.start, each.end, each.kind, each.quote),
                *(each.choice, each.by, each.at, state),
            )
            continue
        head = f"{each.article[:8]} {each.start}-{each.end} {each.choice} ({each.by}, {state}): "
        with output.explicit():
            output.row(head + output.cut(each.quote, output.width - len(head)))


def _pair(library: Library, between: tuple[str, str] | None) -> tuple[str, str]:
    """Return the ids of the two to decide between."""
    from reader.annotation.settled import SETTLED

    people = [who for who in library.people.all() if who.name != SETTLED.name]
    if between is None:
        return _only_pair(library, people)
    left, right = (_person(people, name) for name in between)
    if left == right:
        raise UsageError("--between: name two different annotators.")
    return left, right


def _only_pair(library: Library, people: Iterable[Annotator]) -> tuple[str, str]:
    """Return the two who have annotated the same articles, if there are no others."""
    from reader.overview.comparison import Comparison

    names = {who.id: who.name for who in people}
    pairs = [pair for pair in Comparison(library).pairs if names.keys() >= set(pair)]
    if not pairs:
        raise UsageError("no article has been annotated by two people.")
    if len(pairs) > 1:
        known = ", ".join(dict.fromkeys(names[id] for pair in pairs for id in pair))
        raise UsageError(f"name two annotators with --between; {known} share articles.")
    return pairs[0]


def _person(people: Iterable[Annotator], name: str) -> str:
    found = [who.id for who in people if name in (who.name, who.id)]
    if not found:
        known = ", ".join(who.name for who in people) or "nobody"
        raise UsageError(f"--between: there is no annotator {name}; known are {known}.")
    if len(found) > 1:
        raise UsageError(f"--between: several annotators are called {name}; name one by its id.")
    return found[0]
