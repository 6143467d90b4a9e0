"""The library screen with 20,000 articles beside one with 20: start to first paint, and its keys.

    python -m benchmarks.library

Half of the articles have mentions, a quarter a status, a tenth a note. The
start is the processor's time of a whole process, until its list is painted.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.desk import desk
from benchmarks.terminal import until_shown
from benchmarks.timing import median, report, steady
from reader.annotation.changes import Action, Change
from reader.annotation.ids import new_id, now
from reader.annotation.model import Mention, Note, Ref, Status, StatusValue, status_id
from reader.annotation.spans import make_span
from reader.corpus.article import Article, RoleRange, article_id, text_digest
from reader.store.library import Library

SEEDS = Path(__file__).parent.parent / "seeds"
LANGUAGES = {
    "id": "000_2b679b933302d243.txt",
    "en": "001_69fd2065f36a8cde.txt",
    "ar": "002_70828c8592e70463.txt",
}
FEW, MANY = 20, 20_000
STARTS = 9
ROUNDS = 4
STATUSES: tuple[StatusValue, ...] = ("done", "in progress", "skipped")
MOVES = ("down",) * 4 + ("pagedown", "end", "pageup", "home")


def make_article(number: int) -> Article:
    """An article that differs from the others, in one of three languages."""
    language = list(LANGUAGES)[number % 3]
    body = (SEEDS / LANGUAGES[language]).read_text(encoding="utf-8")[:4000]
    words = body.split()
    at = number % max(1, len(words) - 8)
    title = f"{' '.join(words[at : at + 8])} {number}"
    text = f"{title}\n\n{body}"
    return Article(
        id=article_id(text),
        text=text,
        text_sha256=text_digest(text),
        source_sha256="",
        encoding="utf-8",
        bom=False,
        sources=(),
        publisher=None,
        published=None,
        title=(0, len(title)),
        language=language,
        language_confidence=1.0,
        language_method="given",
        direction="rtl" if language == "ar" else "ltr",
        roles=(RoleRange(0, len(title), "title"),),
        tags=(),
        replaces=None,
        added=f"2026-01-01T{number // 3600:02d}:{number // 60 % 60:02d}:{number % 60:02d}Z",
    )


def marks(number: int, article: Article, me: str) -> Iterator[Change]:
    """What is in an article."""
    when = now()
    for start in range(10, 60, 10) if number % 2 else ():
        span = make_span(article.id, article.text, [(start, start + 6)])
        yield Change(None, Mention(new_id(), span, "PER", me, when, when))
    if number % 4 == 1:
        value = STATUSES[number // 4 % 3]
        yield Change(None, Status(status_id(article.id, me), article.id, me, value, when))
    if number % 10 == 1:
        on = Ref("article", article.id)
        yield Change(None, Note(new_id(), on, "a note", me, when, when, article=article.id))


def make_library(path: Path, count: int) -> Path:
    """A library of some articles."""
    made = [make_article(number) for number in range(count)]
    with Library(path) as library:
        library.add_articles(made)
        me = library.people.who("benchmark")
        changes = [c for number, article in enumerate(made) for c in marks(number, article, me.id)]
        action = Action(new_id(), me.id, "made", tuple(changes), now())
        library.take_in((), (), me, action)
    return path


def starts(folder: Path, libraries: dict[int, Path]) -> None:
    """From nothing to the list."""

    def shown(path: Path) -> float:
        command = [sys.executable, "-m", "reader", "--annotator", "benchmark", "--db", str(path)]
        return until_shown(command, b"in progress", str(folder))

    few, many = (libraries[count] for count in (FEW, MANY))
    found = median({"few": lambda: shown(few), "many": lambda: shown(many)}, STARTS)
    ratio = found["many"] / found["few"]
    report(f"library to first paint, {MANY:,} / {FEW} articles", ratio, "at most 2")


async def keys(path: Path) -> dict[str, float]:
    """Seconds of a key in the list that moves, sorts or filters; sorts include the first time."""
    async with desk(path) as opened:
        press = opened.press
        moves = [await press(*MOVES) for _ in range(ROUNDS)]
        first = await press("s", "s", "s", "s", "s")
        sorts = [await press("s", "s", "s", "s", "s") for _ in range(ROUNDS)]
        await press("f")
        typed = [await press("t", "h", "e", "backspace", "backspace", "backspace")]
        typed += [await press("t", "h", "e", "backspace", "backspace", "backspace")]
        await press("escape")
    return {
        "moves": steady(moves),
        "sorts": steady(sorts),
        "sorts at first, slowest": max(first),
        "types a filter": steady(typed),
    }


def main() -> None:
    """Print each ratio with its bar; keys also in milliseconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        libraries = {n: make_library(folder / f"{n}.db", n) for n in (FEW, MANY)}
        starts(folder, libraries)
        few, many = (asyncio.run(keys(libraries[count])) for count in (FEW, MANY))
    for what in few:
        ratio, cost = many[what] / few[what], f"{many[what] * 1000:.0f} ms"
        report(f"library: key that {what}, {MANY:,} / {FEW}", ratio, cost)


if __name__ == "__main__":
    main()
