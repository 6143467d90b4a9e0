"""`reader agreement`: how far annotators agree, and where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from reader.cli.candidates import complete_articles
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_fields, print_json, tell
from reader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.agreement.comparing import Compared
    from reader.agreement.disagreements import Disagreement
    from reader.agreement.measures import Overlap
    from reader.annotation.model import Record
    from reader.overview.comparison import Comparison
    from reader.store.library import Library

_WIDE, _NARROW = 26, 8


@click.command("agreement")
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1, shell_complete=complete_articles)
@click.option("--between", nargs=2, metavar="NAME NAME", help="Only these two annotators.")
@click.option("--both-done", "finished", is_flag=True, help="Only articles that both call done.")
@click.option("--by-article", is_flag=True, help="Each article by itself too.")
@click.option("--list", "listed", is_flag=True, help="List where the two differ.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@shared_options
@click.pass_obj
@click.pass_context
def command(
    context: click.Context,
    settings: Settings,
    /,
    articles: tuple[str, ...],
    between: tuple[str, str] | None,
    finished: bool,
    by_article: bool,
    listed: bool,
    as_json: bool,
) -> None:
    """Say how far annotators agree.

    Of each two: F1 of spans on exactly the same text, and of those that share
    text, with the same label; Cohen's kappa on the words outside the boilerplate;
    F1 of links to entities and to claims, and kappa of what is said of claims
    and attributions, where the two have marked the same text. Of all together:
    Fleiss' kappa and Krippendorff's alpha on words. A dash stands where there is
    nothing to compare. With --list a line for each place where they differ, on a
    pipe with tabs between article, start, end, kind, difference, what the left has
    and what the right has. The exit code is 1 when no article has two annotators.

    \b
    Examples:
      reader agreement
      reader agreement 3 --between ann bob --list
      reader agreement --json > agreement.json
    """
    from reader.cli.article_names import find_articles
    from reader.overview.comparison import Comparison

    settings.require_sight("compares what annotators have marked")
    with settings.open_existing() as library:
        ids = [entry.id for entry in find_articles(library, articles)] if articles else []
        comparison = Comparison(library, ids, finished=finished)
        pairs = _pairs(comparison, between)
        if as_json:
            print_json(_json(comparison, pairs))
        elif listed:
            for pair in pairs:
                _print_list(comparison, pair, library, Output.here(settings.bidi))
        else:
            _print_tables(comparison, pairs, by_article=by_article)
    if not pairs:
        tell("no article has been annotated by two people.")
        context.exit(1)


def _pairs(comparison: Comparison, between: tuple[str, str] | None) -> tuple[tuple[str, str], ...]:
    if between is None:
        return comparison.pairs
    left, right = (_person(comparison, name) for name in between)
    if left == right:
        raise UsageError("--between: name two different annotators.")
    return tuple((left, right) for pair in comparison.pairs if set(pair) == {left, right})


def _person(comparison: Comparison, name: str) -> str:
    """Return the id of an annotator by name, id or its beginning."""
    people = comparison.people.values()
    found = [who.id for who in people if who.name == name or who.id == name]
    found = found or [who.id for who in people if who.id.startswith(name)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"--between: several annotators are called {name}; name one by its id.")
    known = ", ".join(who.name for who in people) or "nobody"
    raise UsageError(f"--between: {name} has annotated none of the articles; known are {known}.")


def _print_tables(
    comparison: Comparison, pairs: Iterable[tuple[str, str]], *, by_article: bool
) -> None:
    from reader.agreement.comparing import alpha, fleiss
    from reader.agreement.layers import MARK_KINDS
    from reader.agreement.table import HEAD, number, table
    from reader.overview.comparison import total

    people = comparison.people
    for left, right in pairs:
        each = comparison.compared(left, right)
        found = total(each.values())
        if found is None:
            continue
        _print_row(f"{people[left].name}, {people[right].name}", *HEAD)
        for row in table(found):
            _print_row(*row)
        for article, one in each.items() if by_article else ():
            _print_row(f"article {article}", *HEAD)
            for row in table(one):
                _print_row(*row)
    if len(people) > 1:
        together = comparison.together()
        _print_row("all annotators", "Fleiss", "alpha")
        for kind in MARK_KINDS:
            values = fleiss(together, kind), alpha(together, kind)
            if any(value is not None for value in values):
                _print_row(kind, *map(number, values))


def _print_row(name: str, *values: str) -> None:
    """Print a row: in columns, or with tabs on a pipe."""
    import sys

    from reader.text.emit import safe_text

    if sys.stdout.isatty():
        cells = "".join(f"{value:>{_NARROW}}" for value in values)
        print(f"{safe_text(name)[:_WIDE]:<{_WIDE}}{cells}".rstrip())
    else:
        print_fields(name, *values)


def _print_list(
    comparison: Comparison, pair: tuple[str, str], library: Library, output: Output
) -> None:
    for each in comparison.disagreements(*pair):
        words = [_words(library, record) for record in (each.left, each.right)]
        difference = ", ".join((*each.differences, *each.fields)).replace("_", " ")
        if not output.is_terminal:
            print_fields(each.article, each.start, each.end, each.kind, difference, *words)
            continue
        head = f"{each.article[:8]} {each.start}-{each.end} {difference}: "
        with output.explicit():
            output.row(head + output.cut(" / ".join(words), output.width - len(head)))


def _words(library: Library, record: Record | None) -> str:
    """Return what somebody marked, in words."""
    from reader.annotation.model import Entity, Mention, Ref, spans_of

    if record is None:
        return "–"
    quotes = " … ".join(span.quote for span in spans_of(record))
    if not isinstance(record, Mention):
        return f"“{quotes}”"
    entity = library.records.get(Ref("entity", record.entity)) if record.entity else None
    name = f" = {entity.name}" if isinstance(entity, Entity) else ""
    return f"{record.type} “{quotes}”{name}"


def _json(comparison: Comparison, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    from reader.agreement.comparing import alpha, fleiss
    from reader.agreement.layers import MARK_KINDS
    from reader.overview.comparison import total

    together = comparison.together()
    return {
        "annotators": [{"id": who.id, "name": who.name} for who in comparison.people.values()],
        "all": {
            kind: {"fleiss_kappa": fleiss(together, kind), "alpha": alpha(together, kind)}
            for kind in MARK_KINDS
        },
        "pairs": [
            {
                "left": left,
                "right": right,
                "all_articles": _compared_json(total(each.values())),
                "articles": {id: _compared_json(one) for id, one in each.items()},
                "disagreements": [
                    _difference_json(one) for one in comparison.disagreements(left, right)
                ],
            }
            for left, right in pairs
            for each in (comparison.compared(left, right),)
        ],
    }


def _compared_json(found: Compared | None) -> dict[str, Any] | None:
    from reader.agreement.measures import cohen_kappa

    if found is None:
        return None
    return {
        "spans": [
            {
                "kind": kind,
                "label": label,
                "exact": _overlap_json(found.exact[kind, label]),
                "overlapping": _overlap_json(found.partial[kind, label]),
                "kappa": found.kappa(kind, label),
            }
            for kind, label in found.exact
        ],
        "kappa": {kind: found.kappa(kind) for kind in found.tokens},
        "confusion": {
            kind: [[one, other, n] for (one, other), n in sorted(pairs.items())]
            for kind, pairs in found.tokens.items()
        },
        "links": _overlap_json(found.links),
        "claims": _overlap_json(found.claims),
        "fields": {
            name: {
                "kappa": cohen_kappa(pairs),
                "confusion": [[one, other, n] for (one, other), n in sorted(pairs.items())],
            }
            for name, pairs in found.fields.items()
            if pairs
        },
    }


def _overlap_json(overlap: Overlap) -> dict[str, Any]:
    return {
        "matched": overlap.matched,
        "left": overlap.left,
        "right": overlap.right,
        "f1": overlap.f1,
    }


def _difference_json(each: Disagreement) -> dict[str, Any]:
    return {
        "article": each.article,
        "start": each.start,
        "end": each.end,
        "kind": each.kind,
        "differences": each.differences,
        "fields": each.fields,
        "left": each.left and each.left.id,
        "right": each.right and each.right.id,
    }
