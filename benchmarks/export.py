"""1,000,000 mentions as JSON lines beside a bare cursor over the same rows with json.dumps.

    python -m benchmarks.export

The library has 10,000 articles with 100 mentions each. The cursor reads the columns
that a line of ours has, in the order that is quickest for it, and checks nothing.
Memory is that of a whole process, `reader export` beside one that does nothing.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.timing import median, report
from reader.annotation.ids import new_id
from reader.corpus.article import Article, article_id, text_digest
from reader.formats.format import ExportOptions
from reader.formats.outgoing import Outgoing
from reader.formats.registry import writer_of
from reader.store.library import Library

ARTICLES, MENTIONS = 10_000, 100
FEW = 100
ROUNDS = 2
WORDS = ("أوباما", "Obama", "ברק", "الاتحاد", "Brussels", "😊")
TIME = "2026-01-01T00:00:00Z"
COLUMNS = (
    *("m.id", "s.article", "s.start", "s.end", "s.quote", "s.prefix", "s.suffix", "m.type"),
    *("m.annotator", "m.created", "m.updated", "m.kind", "m.entity", "m.origin"),
)
ROWS = f"SELECT {', '.join(COLUMNS)} FROM span s JOIN mention m ON m.id = s.record"


def make_article(number: int) -> Article:
    words = (WORDS[(number + at) % len(WORDS)] for at in range(MENTIONS))
    text = f"{number}\n\n" + " ".join(words)
    return Article(
        id=article_id(text),
        text=text,
        text_sha256=text_digest(text),
        source_sha256=text_digest(text),
        encoding="utf-8",
        bom=False,
        sources=(f"{number}.txt",),
        publisher=None,
        published=None,
        title=None,
        language="ar",
        language_confidence=1.0,
        language_method="given",
        direction="rtl",
        roles=(),
        tags=(),
        replaces=None,
        added=TIME,
    )


def spans(article: Article) -> Iterator[tuple[int, int]]:
    """Every word of the second line."""
    start = article.text.index("\n\n") + 2
    for word in article.text[start:].split(" "):
        yield start, start + len(word)
        start += len(word) + 1


def make_library(path: Path, count: int) -> Path:
    """A library whose every word is a mention; rows are put in as they are, without a history."""
    made = [make_article(number) for number in range(count)]
    with Library(path) as library:
        library.add_articles(made)
        me = library.people.who("benchmark")
    mention = "INSERT INTO mention (id, type, kind, origin, annotator, created, updated) VALUES "
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO annotator VALUES (?, ?)", (me.id, me.name))
        for article in made:
            text, places = article.text, list(spans(article))
            ids = [new_id() for _ in places]
            owned = ("PER", "name", "manual", me.id, TIME, TIME)
            connection.executemany(f"{mention} (?, ?, ?, ?, ?, ?, ?)", [(id, *owned) for id in ids])
            connection.executemany(
                "INSERT INTO span VALUES (?, 'mention', ?, ?, ?, ?, ?, ?, NULL)",
                [
                    (id, article.id, a, b, text[a:b], text[max(0, a - 32) : a], text[b : b + 32])
                    for id, (a, b) in zip(ids, places, strict=True)
                ],
            )
    return path


def bare(path: Path) -> float:
    """A cursor and json.dumps."""
    names = [column.partition(".")[2] for column in COLUMNS]
    start = time.process_time()
    with closing(sqlite3.connect(path)) as connection, open("/dev/null", "w") as out:
        for row in connection.execute(ROWS):
            out.write(json.dumps(dict(zip(names, row, strict=True))) + "\n")
    return time.process_time() - start


def ours(path: Path) -> float:
    """Everything that `reader export --format jsonl` does."""
    start = time.process_time()
    with Library(path) as library, library.steady(), open("/dev/null", "w") as out:
        outgoing = Outgoing.of_library(library)
        for file in writer_of("jsonl").write(outgoing, ExportOptions()):
            out.writelines(map(str, file.portions))
    return time.process_time() - start


def peak(path: Path) -> float:
    """Megabytes that `reader export` takes at most."""
    command = [sys.executable, "-m", "benchmarks.export", str(path)]
    done = subprocess.run(command, check=True, capture_output=True)
    return float(done.stdout)


def export_here(path: str) -> None:
    """Export a library in this process, and print the most memory it took, in megabytes."""
    from reader.cli.main import main as run

    code = run(["--db", path, "export", "--format", "jsonl", "-o", "/dev/null"])
    assert code == 0
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Print each ratio with its bar."""
    with tempfile.TemporaryDirectory() as name:
        few = make_library(Path(name, "few.db"), FEW)
        many = make_library(Path(name, "many.db"), ARTICLES)
        found = median({"bare": lambda: bare(many), "ours": lambda: ours(many)}, ROUNDS)
        seconds = f"at most 2; {found['ours']:.1f} s / {found['bare']:.1f} s"
        report("export of 1,000,000 mentions / bare cursor", found["ours"] / found["bare"], seconds)
        small, large = peak(few), peak(many)
        report(
            f"memory, {ARTICLES:,} / {FEW} articles", large / small, f"{large:.0f} / {small:.0f} MB"
        )


if __name__ == "__main__":
    if sys.argv[1:]:
        export_here(sys.argv[1])
    else:
        main()
