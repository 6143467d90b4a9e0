"""`reader stats`: how much is annotated, of what, and by whom."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from reader.cli.candidates import complete_articles
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_fields, print_json, tell

if TYPE_CHECKING:
    from reader.annotation.coverage import Coverage
    from reader.annotation.statistics import Statistics, StatisticsView, Tally
    from reader.overview.census import Census
    from reader.overview.charts import Chart
    from reader.store.library import Library

_SHOWN = 10
"""Rows of a chart on a terminal; a pipe gets all."""
_BAR = 48
_DETAILED = 60
"""Columns from which on there is room for more than count, bar and name."""
_MANY = 2000
"""Articles whose sentences take longer to find than one likes to wait without a word."""


@click.command("stats")
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1, shell_complete=complete_articles)
@click.option("--language", default="", metavar="CODE", help="Only articles of this language.")
@click.option("--by", default="", metavar="NAME", help="Only what this annotator has marked.")
@click.option(
    "--no-coverage", is_flag=True, help="Count no sentences; that is quicker in a large library."
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@shared_options
@click.pass_obj
@click.pass_context
def command(
    context: click.Context,
    settings: Settings,
    articles: tuple[str, ...],
    language: str,
    by: str,
    no_coverage: bool,
    as_json: bool,
) -> None:
    """Count what is annotated in the library, or in ARTICLEs.

    ARTICLE is its number in `reader list`, its id or the beginning of it, or
    a part of its title.

    Covered is a sentence of the body with at least one annotation. Linked is a
    mention that names an entity; a date, an amount or a number needs none, and
    counts as a value without one. The marks of all annotators count together,
    unless --by names one; an entity counts for those merged into it.

    On a terminal charts, of the longest the first rows; on a pipe all, one
    line a number, with tabs between the fields, the first of which names what
    the line is about. The exit code is 1 when no article is like that.

    \b
    Examples:
      reader stats
      reader stats --language ar --by noor
      reader stats | grep ^entity | cut -f3,7
      reader stats 1 3 --json | jq .total
    """
    from reader.overview.census import Census

    with settings.reading() as library:
        view = _view(library, articles, language, by)
        census = Census(library)
        if not no_coverage and len(library.articles.listed("")) > _MANY:
            tell("finding the sentences of many articles; --no-coverage leaves that out.")
        found = census.count(view, sentences=not no_coverage)
    if as_json:
        print_json(_as_json(found, census, by))
    elif census.articles:
        output = Output.here(settings.bidi)
        (_print_charts if output.is_terminal else _print_lines)(found, census, output)
    if not census.articles:
        _tell_none(settings, context, view)


def _tell_none(settings: Settings, context: click.Context, view: StatisticsView) -> None:
    if view.articles or view.language:
        tell("no article is like that; `reader list` shows all.")
        context.exit(1)
    tell(f"{settings.path} has no articles yet; add some with `reader add FILE`.")


def _view(library: Library, names: Sequence[str], language: str, by: str) -> StatisticsView:
    from reader.annotation.statistics import StatisticsView
    from reader.cli.article_names import find_articles

    ids = tuple(entry.id for entry in find_articles(library, names)) if names else ()
    return StatisticsView(ids, language, _annotator(library, by) if by else "")


def _annotator(library: Library, name: str) -> str:
    from reader.errors import UsageError

    people = {one.name: one.id for one in library.people.all()}
    if name not in people:
        known = ", ".join(people) or "nobody yet"
        raise UsageError(f"--by: nobody called {name!r} has annotated here; known: {known}.")
    return people[name]


def _as_json(found: Statistics, census: Census, by: str) -> dict[str, Any]:
    """Everything that was counted; sentences are null when they were not."""
    coverage, view = census.coverage, census.view
    articles = {
        id: {"number": each.number, "title": each.entry.title, "language": each.entry.language}
        | _tally(found.articles[id], coverage.articles.get(id))
        for id, each in census.articles.items()
    }
    languages = {
        code: _tally(tally, coverage.languages.get(code)) for code, tally in found.languages.items()
    }
    filters = {"articles": list(view.articles), "language": view.language, "by": by}
    total = _tally(found.total, coverage.total if census.whole else None)
    return {
        "filters": filters,
        "total": total,
        "languages": languages,
        "articles": articles,
        "entities": [asdict(one) for one in found.entities],
        "claims": found.claims,
        "claimants": [asdict(one) for one in found.claimants],
        "unclaimed": found.unclaimed,
        "polarity": found.polarity,
        "mode": found.mode,
        "epistemic": found.epistemic,
        "attributes": found.attributes,
        "annotators": [asdict(one) for one in found.annotators],
    }


def _tally(tally: Tally, coverage: Coverage | None) -> dict[str, Any]:
    names = ("sentences", "annotated", "mentioned", "claimed")
    counted = {name: getattr(coverage, name, None) for name in names}
    values = asdict(tally)
    types = values.pop("types")
    return values | counted | {"types": types}


def _print_lines(found: Statistics, census: Census, output: Output) -> None:
    coverage = census.coverage
    print_fields("total", *_numbers(found.total, coverage.total if census.whole else None))
    _print_counts("type", found.total.types)
    for language, tally in found.languages.items():
        numbers = _numbers(tally, coverage.languages.get(language))
        print_fields("language", language, *numbers)
        _print_counts("language-type", tally.types, language)
    for id, (number, entry) in census.articles.items():
        tally = found.articles[id]
        numbers = _numbers(tally, coverage.articles.get(id))
        print_fields("article", id, *numbers, entry.language, number, entry.title)
        _print_counts("article-type", tally.types, id)
    _print_names(found)
    for name in ("polarity", "mode", "epistemic"):
        _print_counts(name, getattr(found, name))
    for attribute, said in found.attributes.items():
        _print_counts("attribute", said, attribute)
    for one in found.annotators:
        counts = (one.mentions, one.claim_mentions, *one.statuses.values())
        print_fields("annotator", one.annotator, *counts, one.name)


def _print_counts(about: str, counts: Mapping[str, int], *of: str) -> None:
    for name, count in counts.items():
        print_fields(about, *of, name, count)


def _print_names(found: Statistics) -> None:
    for one in found.entities:
        where = (one.count, one.articles, " ".join(one.languages))
        print_fields("entity", one.id, *where, one.type, one.name)
    print_fields("unlinked", found.total.unlinked)
    print_fields("values", found.total.values)
    print_fields("claims", found.claims)
    for who in found.claimants:
        where = (who.count, who.articles, " ".join(who.languages))
        print_fields("claimant", who.id, who.claims, *where, who.type, who.name)
    print_fields("unclaimed", found.unclaimed)


def _numbers(tally: Tally, coverage: Coverage | None) -> tuple[object, ...]:
    """The fields of a line; those about sentences are empty when none were counted."""
    counted = ("",) * 4 if coverage is None else tuple(coverage)[1:]
    return (
        *(tally.articles, tally.mentions, tally.claim_mentions, *counted),
        *(tally.linked, tally.unlinked, tally.values),
    )


def _print_charts(found: Statistics, census: Census, output: Output) -> None:
    from reader.overview.charts import charts, head_parts, sentence_chart

    coverage = census.coverage.total if census.whole else None
    sentences = coverage and sentence_chart(coverage, len(census.articles))
    with output.explicit():
        _print_words(output, ", ".join(head_parts(found)))
        for chart in (sentences, *charts(found, census.articles)):
            if chart is not None:
                output.row("")
                _print_chart(output, chart, census)


def _print_words(output: Output, words: str, codes: str = "") -> None:
    for line in textwrap.wrap(words, output.width):
        output.row(output.styled(line, codes))


def _print_chart(output: Output, chart: Chart, census: Census) -> None:
    from reader.overview.charts import details
    from reader.text.bars import bar
    from reader.text.emit import safe_text

    _print_words(output, chart.title, "1")
    shown = chart.bars[:_SHOWN]
    more = [safe_text(details(row, census.coverage)) for row in shown]
    widest = max(map(len, more)) if output.width >= _DETAILED else 0
    digits, room = len(f"{chart.most:,}"), min(_BAR, max(1, output.width // 4))
    for row, words in zip(shown, more, strict=True):
        head = f"{row.length:>{digits},}  {bar(row.length, chart.most, room)}  "
        head += f"{words:<{widest}}  " if widest else ""
        output.row(head + output.cut(row.name, output.width - len(head)))
    if len(chart.bars) > _SHOWN:
        rest = f"{len(chart.bars) - _SHOWN:,} more; `reader stats | cat` lists all."
        _print_words(output, rest)
