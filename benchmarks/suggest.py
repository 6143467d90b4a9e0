"""10,000 names in 10,000 articles: our matcher beside a loop of compiled `re` searches.

    python -m benchmarks.suggest

The articles are made of the sentences of the three seeds, in an order of their
own, with a name put before every second one. The loop searches each article for
each name to the letter, up to the end of a word: so the pattern begins with its
letters, which `re` finds fastest. Neither case nor harakat nor particles are
minded there, and nothing is sorted out. It is measured on a sample of the articles
and scaled to all; the matcher does all of them. Both times hold the making
of automaton and patterns. The clock is the processor's.
"""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

from benchmarks.timing import report
from reader.corpus.loading import load_article
from reader.suggest.matching import Matcher
from reader.suggest.names import Name

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
ALIASES, ARTICLES, SAMPLE = 10_000, 10_000, 30
LENGTH = 4000
"""Code points of an article."""


def made_names(chance: random.Random) -> list[str]:
    """Names of one to three words: two of the seeds, or one made up, perhaps with others."""
    words = sorted({w for text in texts() for w in re.findall(r"[^\W\d_]{3,}", text)})
    letters = {True: "ابتثجحدرسعفقكلمنهوي", False: "abcdefghiklmnoprstuvw"}
    names = set[str]()
    while len(names) < ALIASES:
        rtl = chance.random() < 0.34
        own = [word for word in chance.choices(words, k=6) if ("ا" <= word[0] <= "ي") == rtl]
        new = "".join(chance.choices(letters[rtl], k=chance.randint(4, 9)))
        parts = [new if rtl else new.capitalize(), *own[: chance.randint(0, 2)]]
        if len(own) > 1 and chance.random() < 0.5:
            parts = own[:2]
        chance.shuffle(parts)
        names.add(" ".join(parts))
    return sorted(names)


def texts() -> list[str]:
    """The texts of the seeds."""
    return [load_article(seed.read_bytes(), seed.name).text for seed in SEEDS]


def made_articles(chance: random.Random, names: list[str]) -> list[str]:
    """Articles of sentences of one seed each, every second one with a name before it."""
    sentences = [re.split(r"(?<=[.؟!])\s+", text) for text in texts()]
    found: list[str] = []
    for number in range(ARTICLES):
        parts: list[str] = []
        while sum(map(len, parts)) < LENGTH:
            name = f"{chance.choice(names)} " if chance.random() < 0.5 else ""
            parts.append(name + chance.choice(sentences[number % len(sentences)]))
        found.append(" ".join(parts))
    return found


def searched(names: list[str], articles: list[str]) -> tuple[float, float, int]:
    """What the loop takes to compile and to search a sample, and how many hits it has."""
    start = time.process_time()
    patterns = [re.compile(rf"{re.escape(name)}\b") for name in names]
    compiled = time.process_time()
    hits = sum(len(pattern.findall(text)) for text in articles for pattern in patterns)
    return compiled - start, time.process_time() - compiled, hits


def matched(names: list[str], articles: list[str]) -> tuple[float, int]:
    """What the matcher takes for all articles, and how many matches it has in the sample."""
    start = time.process_time()
    matcher = Matcher(Name(name, "PER") for name in names)
    counts = [len(matcher.matches(text)) for text in articles]
    return time.process_time() - start, sum(counts[:SAMPLE])


def main() -> None:
    """Print the ratio, and what was found."""
    chance = random.Random(5)
    names = made_names(chance)
    articles = made_articles(chance, names)
    compiling, searching, hits = searched(names, articles[:SAMPLE])
    ours, matches = matched(names, articles)
    loop = compiling + searching / SAMPLE * ARTICLES
    print(f"{ALIASES:,} names in {ARTICLES:,} articles of {LENGTH:,} code points")
    print(
        f"loop of re: {loop:,.0f} s (measured on {SAMPLE} articles, {searching:.1f} s, and "
        f"scaled; {hits:,} hits there, also inside longer names)"
    )
    print(f"matcher: {ours:.1f} s (all articles; {matches:,} matches in the sample)")
    report("loop of compiled re / matcher", loop / ours, "at least 50")


if __name__ == "__main__":
    main()
