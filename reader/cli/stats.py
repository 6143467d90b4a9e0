"""`reader stats`: how much is annotated, of what, and by whom."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, NamedTuple

import click

from reader.cli.candidates import complete_articles
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_fields, tell

if TYPE_CHECKING:
    from reader.annotation.statistics import EntityCount, Progress, Statistics, Tally
    from reader.store.articles import ArticleEntry
    from reader.store.library import Library

_SHOWN = 10
"""Rows of a chart on a terminal; a pipe gets all."""
_BAR = 24
_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL = "█"


class _Numbered(NamedTuple):
    """An article with its number in `reader list`."""

    number: int
    entry: ArticleEntry


class _Row(NamedTuple):
    """A row of a chart.

    Attributes:
        length: What the bar shows.
        details: More about it, in the program's words.
        name: Whose count it is, in any direction: it ends the row.
    """

    length: int
    details: str
    name: str


@click.command("stats")
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1, shell_complete=complete_articles)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@shared_options
@click.pass_obj
def command(settings: Settings, articles: tuple[str, ...], as_json: bool) -> None:
    """Count what is annotated in the library, or in ARTICLEs.

    ARTICLE is its number in `reader list`, its id or the beginning of it, or
    a part of its title.

    Covered is a sentence of the body with at least one annotation. The marks
    of all annotators count together; an entity counts for those merged into
    it.

    On a terminal charts, of the longest the first rows; on a pipe all, one
    line a number, with tabs between the fields, the first of which names what
    the line is about.

    \b
    Examples:
      reader stats
      reader stats | grep ^entity | cut -f3,7
      reader stats 1 3 --json | jq .total
    """
    with settings.open_existing() as library:
        chosen = _chosen(library, articles)
        found = _counted(library, chosen)
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    elif not chosen:
        tell(f"{settings.path} has no articles yet; add some with `reader add FILE`.")
    else:
        output = Output.here(settings.bidi)
        if output.is_terminal:
            _print_charts(found, chosen, output)
        else:
            _print_lines(found, chosen)


def _chosen(library: Library, names: Sequence[str]) -> tuple[_Numbered, ...]:
    from reader.cli.article_names import find_articles

    entries = [_Numbered(*pair) for pair in enumerate(library.list_articles(""), 1)]
    if not names:
        return tuple(entries)
    wanted = {entry.id for entry in find_articles(library, names)}
    return tuple(one for one in entries if one.entry.id in wanted)


def _counted(library: Library, chosen: Iterable[_Numbered]) -> Statistics:
    from reader.annotation.annotation_set import AnnotationSet
    from reader.annotation.statistics import Body, count_annotations
    from reader.corpus.sentences import sentences

    bodies: list[Body] = []
    with library.steady():
        records = list(library.shared_records())
        people = library.annotators()
        for id in (one.entry.id for one in chosen):
            article = library.article(id)
            body = [part for part in article.roles if part.role == "body"]
            found = sentences(article.text, body, article.language)
            bodies.append(Body(id, article.language, found))
            records += library.own_records(id)
    return count_annotations(AnnotationSet.of(records), bodies, people)


def _print_lines(found: Statistics, chosen: Iterable[_Numbered]) -> None:
    print_fields("total", *_numbers(found.total))
    _print_counts("type", found.total.types)
    for language, tally in found.languages.items():
        print_fields("language", language, *_numbers(tally))
        _print_counts("language-type", tally.types, language)
    for number, entry in chosen:
        tally = found.articles[entry.id]
        print_fields("article", entry.id, *_numbers(tally), entry.language, number, entry.title)
        _print_counts("article-type", tally.types, entry.id)
    _print_entities("entity", found.entities)
    print_fields("unlinked", found.unlinked)
    _print_entities("claimant", found.claimants)
    print_fields("unclaimed", found.unclaimed)
    _print_counts("polarity", found.polarity)
    _print_counts("mode", found.mode)
    _print_counts("epistemic", found.epistemic)
    for one in found.annotators:
        counts = (one.mentions, one.claim_mentions, *one.statuses.values())
        print_fields("annotator", one.annotator, *counts, one.name)


def _print_counts(about: str, counts: Mapping[str, int], *of: str) -> None:
    for name, count in counts.items():
        print_fields(about, *of, name, count)


def _print_entities(about: str, entities: Iterable[EntityCount]) -> None:
    for one in entities:
        where = (one.count, one.articles, " ".join(one.languages))
        print_fields(about, one.id, *where, one.type, one.name)


def _numbers(tally: Tally) -> tuple[int, ...]:
    return (
        *(tally.articles, tally.mentions, tally.claim_mentions),
        *(tally.sentences, tally.annotated),
    )


def _print_charts(found: Statistics, chosen: Iterable[_Numbered], output: Output) -> None:
    total = found.total
    with output.explicit():
        output.row(
            f"{_of(total.articles, 'article')}, {_of(total.mentions, 'mention')}, "
            f"{_of(total.claim_mentions, 'claim mention')}; {_covered(total)}"
        )
        _chart(output, "Mentions by type", _plain(total.types))
        _chart(output, "Mentions by language", _languages(found.languages))
        _chart(output, "Mentions by article", _articles(found, chosen))
        linked = f"Entities by mentions ({found.unlinked} not linked)"
        _chart(output, linked, _entities(found.entities))
        claimed = f"Claimants by claim mentions ({found.unclaimed} without a claimant)"
        _chart(output, claimed, _entities(found.claimants))
        _chart(output, "Claim mentions by polarity", _plain(found.polarity))
        _chart(output, "Claim mentions by mode", _plain(found.mode))
        _chart(output, "Claim mentions by what the claimant believes", _plain(found.epistemic))
        _chart(output, "Mentions by annotator", map(_marks, found.annotators))
        people = map(_finished, found.annotators)
        _chart(output, "Articles finished by annotator", people, total.articles)


def _plain(counts: Mapping[str, int]) -> list[_Row]:
    return [_Row(count, "", name) for name, count in counts.items()]


def _languages(languages: Mapping[str, Tally]) -> list[_Row]:
    return [
        _Row(tally.mentions, f"{_of(tally.articles, 'article')}, {_covered(tally)}", language)
        for language, tally in languages.items()
    ]


def _articles(found: Statistics, chosen: Iterable[_Numbered]) -> list[_Row]:
    rows = []
    for number, entry in chosen:
        tally = found.articles[entry.id]
        title = f"{entry.title}…" if entry.title_marked else entry.title
        details = f"{_percent(tally)} covered  {entry.language}  {number}"
        rows.append(_Row(tally.mentions, details, title))
    return sorted(rows, key=lambda row: -row.length)


def _entities(entities: Iterable[EntityCount]) -> list[_Row]:
    return [
        _Row(one.count, f"{one.articles} art. {len(one.languages)} lang.  {one.type}", one.name)
        for one in entities
    ]


def _marks(one: Progress) -> _Row:
    return _Row(one.mentions, _of(one.claim_mentions, "claim mention"), one.name)


def _finished(one: Progress) -> _Row:
    """What is new is the rest of the bar."""
    begun = [
        f"{count} {state}" for state, count in one.statuses.items() if count and state != "new"
    ]
    return _Row(one.finished, ", ".join(begun), one.name)


def _chart(output: Output, title: str, chart: Iterable[_Row], most: int = 0) -> None:
    """Print a heading and a row for each count; nothing when all are 0.

    Args:
        output: The terminal.
        title: The heading.
        chart: The rows.
        most: What a full bar stands for, or 0 for the greatest of the rows.
    """
    from reader.text.emit import safe_text

    rows = list(chart)
    most = max([most, *(row.length for row in rows)])
    if not rows or not most:
        return
    output.row("")
    output.row(output.styled(title, "1"))
    digits, room = len(str(most)), min(_BAR, max(1, output.width // 4))
    details = [safe_text(row.details) for row in rows[:_SHOWN]]
    widest = max(map(len, details))
    for row, more in zip(rows, details, strict=False):
        head = f"{row.length:>{digits}}  {_bar(row.length, most, room)}  "
        head += f"{more:<{widest}}  " if widest else ""
        output.row(head + output.cut(row.name, output.width - len(head)))
    if len(rows) > _SHOWN:
        output.row(f"{len(rows) - _SHOWN} more; `reader stats | cat` lists all.")


def _bar(count: int, most: int, width: int) -> str:
    """Return a bar of as much of the width as the count is of the most; what counts shows."""
    eighths = math.ceil(8 * width * count / most)
    full, rest = divmod(eighths, 8)
    return (_FULL * full + _EIGHTHS[rest]).rstrip().ljust(width)


def _of(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _covered(tally: Tally) -> str:
    of = _of(tally.sentences, "sentence")
    return f"{tally.annotated} of {of} covered ({_percent(tally)})"


def _percent(tally: Tally) -> str:
    return f"{tally.coverage:.0%}"
