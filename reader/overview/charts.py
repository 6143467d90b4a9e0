"""The statistics as charts: what is counted, in which order, and what is said beside a bar.

The command line and the interface draw the same ones; nothing here reads a library.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from reader.annotation.coverage import Coverage, CoverageCount, percent
from reader.annotation.statistics import ClaimantCount, EntityCount, Progress, Statistics, Tally

if TYPE_CHECKING:
    from reader.overview.census import Numbered

Kind = Literal[
    "sentences",
    "type",
    "language",
    "article",
    "entity",
    "claimant",
    "polarity",
    "mode",
    "epistemic",
    "attribute",
    "annotator",
    "finished",
]
"""What a chart is about."""


class Bar(NamedTuple):
    """A row of a chart.

    Attributes:
        kind: Of its chart.
        key: Whose count it is: an id, a code, a value.
        name: The same as people call it, in any direction.
        length: What the bar shows.
        value: What `details` needs to say more.
    """

    kind: Kind
    key: str
    name: str
    length: int
    value: Any = None


class Chart(NamedTuple):
    """Bars that are compared with each other.

    Attributes:
        kind: What it is about.
        title: Its heading.
        most: What fills a bar.
        bars: The rows, in order; not empty.
    """

    kind: Kind
    title: str
    most: int
    bars: Sequence[Bar]


def of(count: int, what: str) -> str:
    """Write a count with its noun: `1 article`, `2,000 articles`."""
    return f"{count:,} {what if count == 1 else what + 's'}"


def head_parts(found: Statistics) -> tuple[str, ...]:
    """Say how much there is, in parts that can be joined."""
    total = found.total
    return (
        of(total.articles, "article"),
        of(total.mentions, "mention"),
        of(found.claims, "claim"),
        of(total.claim_mentions, "claim mention"),
    )


def sentence_chart(coverage: Coverage, articles: int) -> Chart | None:
    """Return the chart of what the sentences of the bodies carry; None when there are none.

    Args:
        coverage: What has been counted.
        articles: How many articles there are; those not read yet are told.
    """
    if not coverage.sentences and coverage.read == articles:
        return None
    counts = {
        "a mention": coverage.mentioned,
        "a claim": coverage.claimed,
        "any annotation": coverage.annotated,
    }
    bars = [
        Bar("sentences", f"with {what}", f"with {what}", count, coverage)
        for what, count in counts.items()
    ]
    title = f"Of {of(coverage.sentences, 'sentence')} of the bodies"
    if coverage.read < articles:
        title += f" ({coverage.read:,} of {of(articles, 'article')} read)"
    return Chart("sentences", title, coverage.sentences, bars)


def charts(found: Statistics, articles: Mapping[str, Numbered]) -> tuple[Chart, ...]:
    """Return the charts of what is marked; those that could show only zeros are left out.

    Args:
        found: The counts.
        articles: The articles by id, which give the titles.
    """
    total = found.total
    linked = f"Entities by mentions ({total.unlinked:,} not linked"
    linked += f", {of(total.values, 'value')})" if total.values else ")"
    made: list[tuple[Kind, str, Iterable[Bar]]] = [
        ("type", "Mentions by type", _plain("type", total.types)),
        ("language", "Mentions by language", _languages(found)),
        ("article", "Mentions by article", _articles(found, articles)),
        ("entity", linked, _entities("entity", found.entities)),
        (
            "claimant",
            f"Claimants by claims ({found.unclaimed:,} without a claimant)",
            _entities("claimant", found.claimants),
        ),
        ("polarity", "Claim mentions by polarity", _plain("polarity", found.polarity)),
        ("mode", "Claim mentions by mode", _plain("mode", found.mode)),
        (
            "epistemic",
            "Claim mentions by what the claimant believes",
            _plain("epistemic", found.epistemic),
        ),
        ("attribute", "What attributes say", _said(found)),
        ("annotator", "Mentions by annotator", _people("annotator", found.annotators)),
        ("finished", "Articles finished by annotator", _people("finished", found.annotators)),
    ]
    full = {"finished": total.articles}
    return tuple(_charts(made, full))


def _charts(
    made: Iterable[tuple[Kind, str, Iterable[Bar]]], full: Mapping[str, int]
) -> Iterator[Chart]:
    for kind, title, rows in made:
        bars = tuple(rows)
        most = full.get(kind, max((bar.length for bar in bars), default=0))
        if bars and most:
            yield Chart(kind, title, most, bars)


def _plain(kind: Kind, counts: Mapping[str, int]) -> Iterator[Bar]:
    return (Bar(kind, name, name, count) for name, count in counts.items())


def _said(found: Statistics) -> Iterator[Bar]:
    for name, counts in found.attributes.items():
        for value, count in counts.items():
            yield Bar("attribute", f"{name}\n{value}", f"{name}: {value}", count)


def _languages(found: Statistics) -> Iterator[Bar]:
    for language, tally in found.languages.items():
        yield Bar("language", language, language, tally.mentions, tally)


def _articles(found: Statistics, articles: Mapping[str, Numbered]) -> list[Bar]:
    bars = [
        Bar("article", id, _title(articles[id]), tally.mentions, (tally, articles[id]))
        for id, tally in found.articles.items()
    ]
    return sorted(bars, key=lambda bar: -bar.length)


def _title(article: Numbered) -> str:
    entry = article.entry
    return f"{entry.title}…" if entry.title_marked else entry.title


def _entities(kind: Kind, entities: Iterable[EntityCount | ClaimantCount]) -> Iterator[Bar]:
    for one in entities:
        count = one.claims if isinstance(one, ClaimantCount) else one.count
        yield Bar(kind, one.id, one.name, count, one)


def _people(kind: Kind, annotators: Iterable[Progress]) -> Iterator[Bar]:
    for one in annotators:
        count = one.finished if kind == "finished" else one.mentions
        yield Bar(kind, one.annotator, one.name, count, one)


def details(bar: Bar, coverage: CoverageCount) -> str:
    """Say more about a bar, in the program's words; "" when there is nothing more.

    Args:
        bar: The row.
        coverage: The sentences, as far as they have been read.
    """
    match bar.value:
        case Coverage() as whole:
            return percent(bar.length, whole.sentences)
        case EntityCount() as one:
            return f"{one.articles:,} art. {len(one.languages)} lang.  {one.type}"
        case ClaimantCount() as one:
            where = f"{one.articles:,} art. {len(one.languages)} lang."
            return f"{where}  {one.type}  {one.count:,}×"
        case Tally() as tally:
            parts = (of(tally.articles, "article"), _covered(coverage.languages.get(bar.key)))
            return "  ".join(filter(None, parts))
        case Progress() as one if bar.kind == "finished":
            return ", ".join(_begun(one))
        case Progress() as one:
            return of(one.claim_mentions, "claim mention")
        case (Tally(), article):
            parts = (_covered(coverage.articles.get(bar.key)), article.entry.language)
            return "  ".join(filter(None, (*parts, f"{article.number:,}")))
    return ""


def _covered(found: Coverage | None) -> str:
    return "" if found is None else f"{percent(found.annotated, found.sentences)} covered"


def _begun(one: Progress) -> Iterator[str]:
    """What is new is the rest of the bar."""
    for state, count in one.statuses.items():
        if count and state != "new":
            yield f"{count:,} {state}"
