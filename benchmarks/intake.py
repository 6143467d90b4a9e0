"""Many short texts at once: `reader add` and `reader import`, time and memory beside a few.

    python -m benchmarks.intake

Languages are told beside langdetect itself, asked for the same texts with the same
profiles. Time is the processor's and memory the most of a whole process; what a process
takes to add nothing is taken off its time, so that the ratio is that of the texts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from random import Random

from langdetect.detector_factory import DetectorFactory

from benchmarks.library import LANGUAGES, SEEDS
from benchmarks.timing import best, report
from reader.corpus.language import detect_language

FEW, MANY = 1_000, 20_000
ASKED = 400
ROUNDS = 3
CANDIDATES = (
    *("en", "id", "fr", "de", "es", "it", "pt", "nl", "tr", "sw", "so", "tl", "vi"),
    *("pl", "ro", "sv", "da", "no", "fi", "hu", "cs", "hr", "sq", "ca", "af"),
)


def texts(count: int, *languages: str) -> Iterator[str]:
    """Some words in a row of an article, each time others."""
    words = {
        language: (SEEDS / name).read_text(encoding="utf-8").split()
        for language, name in LANGUAGES.items()
    }
    draws = Random(1)
    for number in range(count):
        own = words[languages[number % len(languages)]]
        start, length = draws.randrange(len(own) - 30), draws.randrange(12, 28)
        yield f"{' '.join(own[start : start + length])} {number}"


def languages() -> None:
    """What langdetect takes, beside what it takes here to ask its profiles."""
    profiles = resources.files("langdetect") / "profiles"
    factory = DetectorFactory()
    factory.load_json_profile([(profiles / name).read_text("utf-8") for name in CANDIDATES])
    factory.seed = 0
    asked = list(texts(ASKED, "en", "id"))

    def theirs() -> None:
        for text in asked:
            detector = factory.create()
            detector.append(text)
            detector.get_probabilities()

    def ours() -> None:
        for text in asked:
            detect_language(text)

    ours()
    found = best({"theirs": theirs, "ours": ours}, ROUNDS)
    cost = f"at least 2; {found['ours'] / ASKED * 1000:.2f} ms a text"
    report("language of a short text: langdetect / ours", found["theirs"] / found["ours"], cost)


def make_table(path: Path, count: int) -> Path:
    """Lines of an article each, with a mention, as `add` and doccano's import read them."""
    with path.open("w", encoding="utf-8") as file:
        for text in texts(count, "ar", "en", "id"):
            row = {"text": text, "label": [[0, len(text.split()[0]), "PER"]]}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def make_folder(path: Path, count: int) -> Path:
    """A folder of files with a text each."""
    path.mkdir()
    for number, text in enumerate(texts(count, "ar", "en", "id")):
        (path / f"{number}.txt").write_text(text, encoding="utf-8")
    return path


def make_lines(path: Path, table: Path, folder: Path) -> Path:
    """What a library with the texts of a table says of itself in our own lines."""
    library = folder / f"{path.stem}.library"
    for command in (("import", str(table)), ("export", "--format", "jsonl", "-o", str(path))):
        run(library, *command)
    return path


def cost(folder: Path, *command: str) -> tuple[float, float]:
    """Seconds and megabytes of a command on a library of its own."""
    return run(folder / f"{len(os.listdir(folder))}.db", *command)


def run(library: Path, *command: str) -> tuple[float, float]:
    """Seconds and megabytes of a command on a library."""
    whole = [sys.executable, "-m", "reader", "--db", str(library), "--annotator", "me", *command]
    with subprocess.Popen(whole, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def compare(folder: Path, name: str, command: str, few: Path, many: Path) -> None:
    """Print how time and memory grow with the texts."""
    nothing = folder / "nothing.txt"
    nothing.write_text("A single line of text is all there is in here.")
    start, _ = cost(folder, "add", str(nothing))
    (one, small), (other, large) = (cost(folder, command, str(path)) for path in (few, many))
    each = (one - start) / FEW, (other - start) / MANY
    said = f"at most 1.3; {each[1] * 1000:.2f} ms, {other:.0f} s in all"
    report(f"{name}: a text of {MANY:,} / of {FEW:,}", each[1] / each[0], said)
    report(f"{name}: memory", large / small, f"at most 1.5; {large:.0f} / {small:.0f} MB")


def main() -> None:
    """Print each ratio with its bar."""
    languages()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, many = (make_table(folder / f"{n}.jsonl", n) for n in (FEW, MANY))
        compare(folder, "reader add, JSONL", "add", few, many)
        compare(folder, "reader import, doccano", "import", few, many)
        own = [make_lines(folder / f"{each.stem}.own.jsonl", each, folder) for each in (few, many)]
        compare(folder, "reader import, our lines", "import", *own)
        few, many = (make_folder(folder / str(n), n) for n in (FEW, MANY))
        compare(folder, "reader add, folder", "add", few, many)


if __name__ == "__main__":
    main()
