"""`reader add`: files, folders, archives and standard input become articles."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from reader.cli.candidates import complete_files
from reader.cli.progress import ProgressLine
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_fields, tell
from reader.errors import ArticleError, UsageError

if TYPE_CHECKING:
    from reader.annotation.model import Annotator
    from reader.corpus.article import Article
    from reader.corpus.kinds import Kind
    from reader.corpus.loading import Wishes
    from reader.corpus.sources import Source
    from reader.preferences import Settled
    from reader.store.library import Library
    from reader.work.additions import Additions, Arrival, Outcome

_BATCH = 100
"""Articles that are added in one transaction."""

_SECONDS = 2.0
"""How long an article that was read waits for others at most."""

_TOLD = 10
"""Messages of one kind that are told one by one; of the others the number."""

_AS = ("text", "markdown", "html", "csv", "jsonl", "docx", "pdf")
_INTERRUPTED = 130


@click.command("add")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, shell_complete=complete_files)
@click.option("--as", "kind", type=click.Choice(_AS), help="What the files are; else it is found.")
@click.option("--encoding", metavar="NAME", help="What the files are in; else it is detected.")
@click.option(
    "--language",
    metavar="CODE",
    help="What they are written in, or of a table the column that tells; else it is detected.",
)
@click.option("--text", metavar="COLUMN", help="Of a table (CSV, JSONL): where the texts are.")
@click.option("--title", metavar="COLUMN", help="Where the headlines are.")
@click.option("--date", metavar="COLUMN", help="Where the dates of publication are.")
@click.option("--url", metavar="COLUMN", help="Where the web addresses are.")
@click.option("--publisher", metavar="COLUMN", help="Where the publishers are.")
@click.option("--tags", metavar="COLUMN", help="Where collections are, with commas between them.")
@click.option("--id", metavar="COLUMN", help="Where names are that hold when the table changes.")
@click.option("--apart", is_flag=True, help="Changed files are articles of their own, no versions.")
@shared_options
@click.pass_obj
@click.pass_context
def command(
    context: click.Context,
    settings: Settings,
    /,
    paths: tuple[str, ...],
    kind: Kind | None,
    encoding: str | None,
    language: str | None,
    apart: bool,
    **columns: str | None,
) -> None:
    """Add articles to the library, which is made if there is none.

    PATH is a file, a folder (with those below), a zip archive, or - for
    standard input. Read are plain text, Markdown, HTML (its main text), CSV
    and JSONL (an article in each row), and, with an extra, Word and PDF.
    Printed for each article: its id, language (with confidence and method),
    encoding, and title.

    When a file or web address has changed, its article gets a new version:
    marks are carried over, and the old version leaves the list. What cannot be
    placed for certain is listed by `reader unplaced`.

    \b
    Examples:
      reader add news/ archive.zip page.html
      reader add letter.txt --encoding windows-1256 --language ar
      reader add news.csv --text body --title headline --date published
      curl ... | reader add - --as html
    """
    if "" in paths:
        raise UsageError("a PATH is empty; name a file or a folder (. is this one).")
    from reader.corpus.loading import Wishes

    settled = settings.settled
    adding = _Adding(settings, settled("add.encoding", encoding), settled("add.language", language))
    given = {name: value for name, value in columns.items() if value is not None}
    wishes = Wishes(kind, adding.encoding.text, adding.language.text, given)
    with settings.open() as library:
        context.exit(adding.run(library, paths, wishes, apart=apart))


class _Adding:
    """One run of the command.

    Args:
        settings: Names the library and who adds.
        encoding: Of all files, if it is given.
        language: Of all files, if it is given.
    """

    def __init__(self, settings: Settings, encoding: Settled, language: Settled) -> None:
        self._settings = settings
        self.encoding = encoding
        self.language = language
        self._output = Output.here(settings.bidi)
        self._progress = ProgressLine(0)
        self._told: Counter[str] = Counter()
        self._skipped: dict[str, list[str]] = {}
        self._failed = False

    def run(self, library: Library, paths: Iterable[str], wishes: Wishes, *, apart: bool) -> int:
        """Add all there is at the paths; return the exit code."""
        from reader.corpus.sources import NO_ARTICLE
        from reader.work.additions import Additions

        def annotator() -> Annotator:
            return library.people.who(self._settings.name)

        additions = Additions(library, annotator, wishes, apart=apart, told=self._tell)
        before = additions.count
        sources = [source for path in paths for source in self._sources(path)]
        if not sources:
            # The error says already what is an article.
            self._skipped.pop(NO_ARTICLE, None)
        self._tell_skipped()
        try:
            with ProgressLine(len(sources)) as self._progress:
                for batch in self._batches(additions, sources):
                    for outcome in additions.store(batch):
                        self._show(outcome)
        except KeyboardInterrupt:
            additions.learn()
            added = additions.count - before
            done = f"{added:,} articles were added and are kept" if added else "nothing was added"
            self._tell(f"stopped; {done}. The same command goes on where this one ended.")
            return _INTERRUPTED
        finally:
            self._tell_rest()
        return 1 if self._failed else 0

    def _sources(self, path: str) -> Iterator[Source]:
        """What is at a path; what cannot be found is told."""
        from reader.corpus.folders import owned_by
        from reader.corpus.sources import STANDARD_INPUT, find_sources

        stdin = sys.stdin.buffer.read() if path == STANDARD_INPUT else None
        try:
            own = owned_by(self._settings.path)
            yield from find_sources([path], stdin, skipped=self._skip, own=own)
        except ArticleError as error:
            self._fail(error)

    def _skip(self, name: str, why: str) -> None:
        self._skipped.setdefault(why, []).append(name)

    def _tell_skipped(self) -> None:
        from reader.corpus.folders import left_out

        for line in left_out(self._skipped):
            self._tell(line)

    def _batches(self, additions: Additions, sources: Iterable[Source]) -> Iterator[list[Arrival]]:
        """Read the sources, and give what was read when it is much, or long ago."""
        batch: list[Arrival] = []
        since = time.monotonic()
        for arrival in self._arrivals(additions, sources):
            batch.append(arrival)
            if len(batch) >= _BATCH or time.monotonic() - since > _SECONDS:
                yield batch
                batch, since = [], time.monotonic()
        if batch:
            yield batch

    def _arrivals(self, additions: Additions, sources: Iterable[Source]) -> Iterator[Arrival]:
        for source in sources:
            try:
                for arrival in additions.read(source):
                    self._progress.count_text()
                    if isinstance(arrival, ArticleError):
                        self._fail(arrival)
                        continue
                    for doubt in arrival.doubts:
                        self._tell_some("doubts", f"{arrival.name}: {doubt}.")
                    yield arrival
            except ArticleError as error:
                self._fail(error)
            except UsageError as error:
                raise self._placed(error) from error
            self._progress.count_file()

    def _placed(self, error: UsageError) -> UsageError:
        """Say of a value that is not understood where it is set, unless it was just typed."""
        for settled in (self.encoding, self.language):
            if not settled.typed and repr(settled.text) in error.message:
                return UsageError(f"{settled.origin}: {error.message}")
        return error

    def _show(self, outcome: Outcome) -> None:
        """Print an article that is new; say of the others why they are not."""
        if outcome.article is not None:
            self._progress.clear()
            self._print(outcome.article)
        if message := _message(outcome):
            kind = outcome.what if outcome.article is None else ""
            self._tell_some(kind, f"{outcome.name}: {message}")

    def _fail(self, error: ArticleError) -> None:
        self._failed = True
        self._tell(error.message)

    def _tell(self, message: str) -> None:
        self._progress.clear()
        tell(message)

    def _tell_some(self, kind: str, message: str) -> None:
        """Tell the first ones of a kind; how many more there were, at the end."""
        self._told[kind] += 1
        if not kind or self._told[kind] <= _TOLD:
            self._tell(message)

    def _tell_rest(self) -> None:
        for kind, words in _MORE.items():
            if (more := self._told[kind] - _TOLD) > 0:
                self._tell(f"{more:,} more {words}.")

    def _print(self, article: Article) -> None:
        from reader.corpus.article import display_title

        title, _ = display_title(article)
        how = "given" if self.encoding.value else "detected"
        confidence = f"{article.language_confidence:.2f}"
        language = (article.language, confidence, article.language_method)
        if not self._output.is_terminal:
            print_fields(article.id, *language, article.encoding, how, title)
            return
        head = f"{article.id}  {' '.join(language)}  {article.encoding} ({how})  "
        with self._output.explicit():
            self._output.row(head + self._output.cut(title, self._output.width - len(head)))


_MORE = {
    "known": "have their texts in the library already",
    "removed": "are in the library, but removed",
    "older": "are older versions of what is in the library",
    "doubts": "have such doubts",
}
"""What is said of those that are not told one by one."""


def _message(outcome: Outcome) -> str:
    """What is to be said about a text, or ""."""
    if outcome.what == "known":
        return f"its text is in the library already, as {outcome.id}."
    if outcome.what == "older":
        return f"its text is in the library already, as an older version of {outcome.other}."
    if outcome.what == "removed" and outcome.other:
        return (
            f"what stood there before, {outcome.id}, is removed; bring it back with "
            f"`reader restore {outcome.id}`, or add this with --apart."
        )
    if outcome.what == "removed":
        return (
            "its text is in the library already, but removed; bring it back with "
            f"`reader restore {outcome.id}`."
        )
    if outcome.what == "apart":
        return (
            f"it shares little with {outcome.other}, which stood there before; "
            "it is an article of its own."
        )
    return _carried(outcome)


def _carried(outcome: Outcome) -> str:
    """What became of the marks in the version before."""
    carried = outcome.carried
    if carried is None:
        return ""
    marks = "1 mark" if carried.placed == 1 else f"{carried.placed:,} marks"
    parts = [f"a new version of {outcome.other}; {marks} carried over"]
    if left := len(carried.leftovers):
        parts.append(f"{left:,} to be placed by hand (`reader unplaced {outcome.id}`)")
    if carried.proposals:
        parts.append(f"{carried.proposals:,} proposals or refusals left in the old one")
    return ", ".join(parts) + "."
