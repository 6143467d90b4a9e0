"""10,000 entities with 30,000 other names, and 10,000 claims: finding by name, and coming back.

    python -m benchmarks.entities

What finds while somebody types is measured beside a plain scan, which compares
what is typed with each name; what is read after a change, beside reading all.
A key of the lists and of the prompt that links is one of the whole interface.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import process_time

from benchmarks import made
from benchmarks.desk import Desk, desk
from benchmarks.library import make_article
from benchmarks.timing import report
from reader.annotation.changes import Action, Change
from reader.annotation.duplicates import DuplicateIndex, duplicates
from reader.annotation.ids import new_id, now
from reader.annotation.model import Annotator, Entity
from reader.annotation.name_index import NameIndex, wordings
from reader.session import Session
from reader.store.library import Library
from reader.text.fold import fold
from reader.text.skeleton import sounds_like
from reader.work.entities import Entities

ENTITIES, CLAIMS, ARTICLES, ROUNDS = 10_000, 10_000, 300, 4
_READY = 6
"""Seconds after which what is made ready meanwhile is."""
KEYS = ("s", "a", "m", "i", "r", "space", "k", "o", *["backspace"] * 8)


def make_library(path: Path) -> None:
    """A library with made-up entities and claims."""
    chance, who = random.Random(7), Annotator(new_id(), "somebody")
    articles = [make_article(number) for number in range(ARTICLES)]
    known = made.entities(chance, ENTITIES, who.id)
    records = [
        *known,
        *made.mentions(chance, articles, known, ENTITIES * 3, who.id),
        *made.claims(chance, articles, known, CLAIMS, who.id),
    ]
    changes = tuple(Change(None, record) for record in records)
    with Library(path) as library:
        action = Action(new_id(), who.id, "made up", changes, now())
        library.take_in([who], articles, who, action)


def scanned(entities: Iterable[Entity], typed: str) -> set[str]:
    """Compare what is typed with each name of each entity."""
    words = fold(typed).split()

    def is_so(name: str) -> bool:
        folded = fold(name)
        return all(word in folded for word in words) or bool(sounds_like(typed, name))

    return {each.id for each in entities if any(map(is_so, wordings(each)))}


def asked(index: NameIndex, typed: str) -> set[str]:
    """Ask an index for the same."""
    return index.containing(fold(typed).split()) | index.sounding(typed).keys()


def typed_words(chance: random.Random) -> list[str]:
    """What somebody types: names and their beginnings, in Latin and Arabic letters."""
    names = [made.word(chance) for _ in range(4)]
    two = f"{names[0]} {made.word(chance)}"
    return [*(name[:3] for name in names), *names, two, made.in_arabic(names[1])]


def times(contenders: Mapping[str, Callable[[int], object]], rounds: int) -> dict[str, float]:
    """Best seconds of the processor of each contender, which does something else in each round."""
    best: dict[str, float] = {}
    for number in range(rounds):
        for name, run in contenders.items():
            start = process_time()
            run(number)
            best[name] = min(best.get(name, 1e9), process_time() - start)
    return best


def finding(entities: Sequence[Entity]) -> None:
    """Print what finding by name and possible duplicates cost."""
    chance, known = random.Random(3), {entity.id: entity for entity in entities}
    index, pairs = NameIndex(), DuplicateIndex()
    index.follow(known)
    pairs.follow(known)
    words = [typed_words(chance) for _ in range(ROUNDS)]
    found = times(
        {
            "scan": lambda n: [scanned(entities, each) for each in words[n]],
            "index": lambda n: [asked(index, each) for each in words[n]],
        },
        ROUNDS,
    )
    each = f"at least 10; {1000 * found['index'] / len(words[0]):.1f} ms for one"
    report("finding a name: scan of all names / index", found["scan"] / found["index"], each)

    def change(number: int) -> None:
        one = replace(entities[number], name=f"Changed {number}")
        pairs.follow(known | {one.id: one})
        pairs.pairs()

    found = times({"all": lambda _: duplicates(entities), "kept": change}, ROUNDS)
    report("duplicates after a change: all anew / kept", found["all"] / found["kept"], "at least 5")


def reading(path: Path) -> None:
    """Print what the lists of entities and claims cost after a change."""
    with closing(Session.open(path, "benchmark")) as session, Library(path) as other:
        library = session.library
        entities = Entities(library)
        library.claims.all()

        def change(number: int) -> None:
            entity = entities.entries[number].entity
            after = replace(entity, name=f"{entity.name} {number}", updated=now())
            me = session.author.annotator.id
            session.apply(Action(new_id(), me, "rename", (Change(entity, after),), now()))

        costs: dict[str, float] = {}
        for number in range(ROUNDS):
            change(number)
            runs: Mapping[str, Callable[[], object]] = {
                "entities": lambda: Entities(library, entities),
                "all entities": lambda: Entities(other),
                "claims": library.claims.all,
                "all claims": lambda: Library(path).claims.all(),
            }
            for name, run in runs.items():
                start = process_time()
                run()
                costs[name] = min(costs.get(name, 1e9), process_time() - start)
    for what in ("entities", "claims"):
        ratio, cost = costs[f"all {what}"] / costs[what], f"{1000 * costs[what]:.0f} ms"
        report(f"{what} after a change: all / what changed", ratio, f"at least 5; {cost}")


async def keys(path: Path) -> list[str]:
    """Say what keys cost in the list of entities, in the prompt that links, and on the board."""
    async with desk(path) as opened:
        await opened.press("E")
        # The names are made ready while the list is looked at.
        await asyncio.sleep(_READY)
        said = [*await _typing(opened, "list of entities", "f")]
        await opened.press("d")
        await asyncio.sleep(_READY)
        said.append(_cost("possible duplicates, looked at again", [await opened.press("d", "d")]))
        await opened.press("d", "O")
        await asyncio.sleep(_READY)
        said += await _typing(opened, "board of claims", "f")
        await opened.open(opened.app.session.articles()[0].id, 100)
        await asyncio.sleep(_READY)
        return said + await _typing(opened, "prompt that links", "enter")


async def _typing(opened: Desk, where: str, start: str) -> list[str]:
    (begun,) = await opened.press(start)
    first = await opened.press(*KEYS)
    more = [await opened.press(*KEYS) for _ in range(ROUNDS)]
    await opened.press("escape")
    said = _cost(f"{where}, at first", [first]), _cost(where, more)
    return [f"{where}: opened in {1000 * begun:.0f} ms", *said]


def _cost(what: str, rounds: list[list[float]]) -> str:
    best = [min(each) for each in zip(*rounds, strict=True)]
    mean, most = 1000 * sum(best) / len(best), 1000 * max(best)
    return f"{what}: {mean:.0f} ms a key, {most:.0f} the slowest"


def main() -> None:
    """Print each ratio with its bar, and the keys."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "library.db")
        make_library(path)
        with Library(path) as library:
            finding(library.entities.all())
        reading(path)
        print("\n".join(asyncio.run(keys(path))))


if __name__ == "__main__":
    main()
