"""What a repaint costs: after a caret move in short and long articles, and of the whole screen.

    python -m benchmarks.repaint

The whole interface runs, on a terminal of 80x50 (160x50 with the inspector
beside the text); the contenders are articles of one library, taken in turns.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from textual.widgets import TextArea

from benchmarks.desk import Desk, desk, desk_on, plain_desk
from benchmarks.timing import report, steady
from reader.corpus.article import Article
from reader.corpus.loading import load_article

SHIPPED = Path(__file__).parent.parent / "annotations.db"
SEEDS = Path(__file__).parent.parent / "seeds"
TEXTS = {"Latin": "001_69fd2065f36a8cde.txt", "Arabic": "002_70828c8592e70463.txt"}
SIZES = {"10 KB": 10_000, "1 MB": 1_000_000, "5 MB": 5_000_000}
MOVES = ("right",) * 5 + ("down",) * 3 + ("left",) * 5 + ("up",) * 3
FEW, MANY = 10, 3000
ROUNDS = 4
NARROW, WIDE = (80, 50), (160, 50)


def article(script: str, size: int, end: str = "") -> Article:
    """A seed over and over, about `size` bytes in UTF-8."""
    text = (SEEDS / TEXTS[script]).read_text(encoding="utf-8")
    copies = max(1, round(size / len(text.encode())))
    whole = "\n".join([text] * copies) + end
    return load_article(whole.encode(), f"{script}.txt", language="ar" if "A" in script else "en")


async def in_turns(
    desk: Desk,
    articles: Mapping[str, tuple[Article, int]],
    run: Callable[[], Awaitable[list[float]]],
) -> dict[str, float]:
    """Seconds of each step in each article, from a place in its middle on."""
    times: dict[str, list[list[float]]] = {name: [] for name in articles}
    for _ in range(ROUNDS):
        for name, (each, place) in articles.items():
            await desk.open(each.id, place)
            times[name].append(await run())
    return {name: steady(found) for name, found in times.items()}


async def caret_moves() -> None:
    """Short articles against long ones."""
    for script in TEXTS:
        articles = {name: article(script, size) for name, size in SIZES.items()}
        middles = {name: (each, len(each.text) // 2) for name, each in articles.items()}
        async with desk_on(articles.values()) as opened:
            found = await in_turns(opened, middles, lambda: opened.press(*MOVES))
        for name in ("1 MB", "5 MB"):
            ratio = found[name] / found["10 KB"]
            report(f"caret move, {script}, {name} / 10 KB", ratio, "at most 1.3")


async def many_annotations() -> None:
    """Articles with few and with many annotations, ten of them where the caret is."""
    articles = {count: article("Latin", 200_000, f" {count}") for count in (FEW, MANY)}
    for size in (NARROW, WIDE):
        async with desk_on(articles.values(), size) as opened:
            places = {}
            for count, each in articles.items():
                tagged = spread(each.text, count)
                opened.app.session.open_article(each.id)
                opened.app.session.marking.tag_all([[word] for word in tagged], "PER")
                places[str(count)] = each, tagged[0][0]
            found = await in_turns(opened, places, lambda: opened.press(*MOVES))
        ratio = found[str(MANY)] / found[str(FEW)]
        name = f"caret move, {MANY} / {FEW} annotations, {size[0]}x{size[1]}"
        report(name, ratio, "at most 1.3")


def spread(text: str, count: int) -> list[tuple[int, int]]:
    """Ten words in the middle of a text, then others far from there, `count` in all."""
    words = [found.span() for found in re.finditer(r"\w{4,}", text)]
    middle = len(words) // 2
    far = [*words[: middle - 300], *words[middle + 300 :]]
    others = count - FEW
    return words[middle : middle + 4 * FEW : 4] + [
        far[i * len(far) // others] for i in range(others)
    ]


async def shipped() -> None:
    """The shipped articles, with their annotations, against Textual's text widget."""
    with tempfile.TemporaryDirectory() as folder:
        async with desk(Path(shutil.copy(SHIPPED, folder)), NARROW) as opened:
            entries = {entry.language: entry.id for entry in opened.app.session.articles()}
            times: dict[str, list[list[float]]] = {name: [] for name in entries}
            for _ in range(ROUNDS):
                for name, id in entries.items():
                    await opened.open(id, 1000)
                    times[name].append(await opened.press(*MOVES))
    area = TextArea(article("Latin", 10_000).text, read_only=True)
    async with plain_desk(area, NARROW) as press:
        theirs = steady([await press(*MOVES) for _ in range(ROUNDS)])
    for name, found in times.items():
        ratio = steady(found) / theirs
        report(
            f"caret move, shipped article ({name}) / TextArea",
            ratio,
            f"{steady(found) * 1e3:.1f} ms",
        )


async def whole_screens() -> None:
    """Arabic against Latin: drawn again, and laid out anew for another width too."""
    articles = {script: article(script, SIZES["1 MB"]) for script in TEXTS}
    middles = {script: (each, len(each.text) // 2) for script, each in articles.items()}
    async with desk_on(articles.values()) as opened:

        def draw_again() -> None:
            opened.reading.view.forget_drawings()
            opened.reading.refresh()

        def change_width() -> None:
            view = opened.reading.view
            width = 70 if view.text_width == 72 else 72
            view.set_look(width, spacing=0, still=view.selection.start)
            opened.reading.refresh()

        kept = await in_turns(opened, middles, lambda: repeated(opened, draw_again))
        anew = await in_turns(opened, middles, lambda: repeated(opened, change_width))
    for found, how, bar in ((kept, "layouts kept", "at most 2"), (anew, "laid out anew", "no bar")):
        ratio = found["Arabic"] / found["Latin"]
        report(f"repaint of 80x50, Arabic / Latin, {how}", ratio, bar)


async def repeated(desk: Desk, act: Callable[[], None]) -> list[float]:
    """Seconds of something that is done five times."""
    return [await desk.timed(act) for _ in range(5)]


def main() -> None:
    """Print each ratio with its bar."""
    asyncio.run(caret_moves())
    asyncio.run(many_annotations())
    asyncio.run(whole_screens())
    asyncio.run(shipped())


if __name__ == "__main__":
    main()
