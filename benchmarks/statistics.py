"""Statistics of 20,000 articles with 200,000 mentions: how long until they show, and keys after.

    python -m benchmarks.statistics

Five thousand entities, a tenth as many claim mentions as mentions; every
article has a body of 4,000 characters in one of three languages.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from textual import events

from benchmarks.desk import desk
from benchmarks.library import make_article
from benchmarks.timing import best, report
from reader.annotation.changes import Action, Change
from reader.annotation.ids import new_id, now
from reader.annotation.model import Claim, ClaimMention, Entity, Mention, Record
from reader.annotation.spans import make_span
from reader.annotation.statistics import StatisticsView
from reader.corpus.article import Article, RoleRange
from reader.overview.census import Census
from reader.store.library import Library
from reader.tui.app import ReaderApp
from reader.tui.screens.statistics import StatisticsScreen

ARTICLES, ENTITIES, CLAIMS = 20_000, 5_000, 1_000
MENTIONS = 10
"""Mentions in each article."""
KEYS = 30
TYPES = ("PER", "ORG", "LOC", "DATE")


def with_body(number: int) -> Article:
    """An article whose text below the title is its body."""
    article = make_article(number)
    end = article.title[1] if article.title else 0
    roles = (*article.roles, RoleRange(end, len(article.text), "body"))
    return replace(article, roles=roles)


def shared(me: str) -> Iterator[Record]:
    """Entities and claims."""
    when = now()
    for number in range(ENTITIES):
        yield Entity(f"E{number}", TYPES[number % 3], f"Name {number}", when, me, when, me)
    for number in range(CLAIMS):
        yield Claim(f"C{number}", f"Statement {number}.", "en", when, me, when, me)


def marks(number: int, article: Article, me: str) -> Iterator[Record]:
    """What is marked in an article."""
    when = now()
    for each in range(MENTIONS):
        start = 100 + 300 * each
        span = make_span(article.id, article.text, [(start, start + 6)])
        # Few names are everywhere, most are rare.
        entity = (number * 7919 + each * 104_729) % (10 + number % ENTITIES)
        type = TYPES[each % 4]
        linked = None if type == "DATE" else f"E{entity % ENTITIES}"
        yield Mention(new_id(), span, type, me, when, when, entity=linked)
    span = make_span(article.id, article.text, [(600, 700)])
    claim, claimant = f"C{number % CLAIMS}", f"E{number % 50}"
    yield ClaimMention(new_id(), span, me, when, when, claim=claim, claimant=claimant)


def make_library(path: Path, count: int = ARTICLES) -> Path:
    """A library of some articles."""
    made = [with_body(number) for number in range(count)]
    with Library(path) as library:
        library.add_articles(made)
        me = library.people.who("benchmark")
        records = [*shared(me.id)]
        for number, article in enumerate(made):
            records += marks(number, article, me.id)
        changes = tuple(Change(None, record) for record in records)
        library.take_in((), (), me, Action(new_id(), me.id, "made", changes, now()))
    return path


async def screen(path: Path) -> None:
    """Print what the screen costs: seconds of the processor, and the slowest key meanwhile."""
    async with desk(path) as opened:
        # Somebody who looks at statistics has seen the list of articles.
        await asyncio.sleep(0.5)
        start = time.process_time()
        opened.app.post_message(events.Key("S", "S"))
        while not isinstance(opened.app.screen, StatisticsScreen):
            await asyncio.sleep(0)
        opened_after = time.process_time() - start
        while opened.app.views.census.statistics is None:
            await asyncio.sleep(0)
        counted_after = time.process_time() - start
        waits = [await _answered(opened.app) for _ in range(KEYS)]
        while not opened.app.views.census.whole:
            await asyncio.sleep(0.1)
        whole_after = time.process_time() - start
    # Printed here, for nothing that is printed while the interface runs is seen.
    print(f"statistics: screen open after {opened_after * 1000:.0f} ms")
    print(f"statistics: numbers after {counted_after * 1000:.0f} ms")
    print(f"statistics: key while sentences are read, slowest {max(waits) * 1000:.0f} ms")
    print(f"statistics: sentences of {ARTICLES:,} articles after {whole_after:.1f} s")


async def _answered(app: ReaderApp) -> float:
    """Seconds until a key is worked off that is pressed at any moment."""
    await asyncio.sleep(0.013)
    screen = app.screen
    assert isinstance(screen, StatisticsScreen)
    before, start = screen.rows.cursor, time.perf_counter()
    app.post_message(events.Key("down", None))
    while screen.rows.cursor == before:
        await asyncio.sleep(0)
    return time.perf_counter() - start


def whole(path: Path) -> None:
    """Print the ratio to what counting from whole records would cost."""

    def from_records() -> object:
        with Library(path) as library:
            return Counter(getattr(record, "type", "") for record in library.records.all())

    def from_rows() -> object:
        with Library(path) as library:
            return Census(library).count(StatisticsView(), sentences=False)

    times = best({"records": from_records, "rows": from_rows}, 1)
    report("statistics: all records read / all counted", times["records"] / times["rows"], ">= 2")


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole(make_library(folder / "few.db", ARTICLES // 10))
        asyncio.run(screen(make_library(folder / "many.db")))


if __name__ == "__main__":
    main()
