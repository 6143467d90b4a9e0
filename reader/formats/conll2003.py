"""Columns of words and tags, as of the shared task CoNLL-2003: training files of named entities.

Each article is a file: `-DOCSTART-`, then a line for each token with four columns, the last of
which is the tag (IOB2), and an empty line after each sentence. Tokens end where a mention
does. Of mentions that overlap, the longest that begins first is written. The text is not in the
file; coming back, the words are looked for in the article that the file is named by.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from reader.annotation.model import Mention
from reader.formats.conll2003_read import TAG, read_part
from reader.formats.document import ArticleData
from reader.formats.format import ExportOptions, File, Format, ImportOptions, Read
from reader.formats.outgoing import Outgoing
from reader.formats.source import Part, Source
from reader.formats.tokens import Grid, borders_of, sentences_around, tokens_of

_TAG = "a tag has a type and nothing else"
_ONLY = "there is nothing but words and tags"

FORMAT = Format(
    name="conll2003",
    title="CoNLL-2003 columns with BIO tags",
    suffixes=(".conll", ".bio", ".iob", ".iob2", ".txt", ".tsv"),
    media="text/plain",
    offsets="none: words are looked for in the text",
    per_article=True,
    lacks=(
        ("article.text", "the text is in the library, and found by the name of the file"),
        ("entity", _TAG),
        ("claim", _ONLY),
        ("attribution", _ONLY),
        ("claim_mention", _ONLY),
        ("relation", _ONLY),
        ("note", _ONLY),
        ("suggestion", _ONLY),
        ("refusal", _ONLY),
        ("status", _ONLY),
        ("annotator", _ONLY),
        ("attribute", _TAG),
        ("relation_type", _ONLY),
        ("mention.id", _TAG),
        ("mention.annotator", _TAG),
        ("mention.created", _TAG),
        ("mention.updated", _TAG),
        ("mention.origin", _TAG),
        ("mention.kind", _TAG),
        ("mention.entity", _TAG),
        ("mention.attributes", _TAG),
    ),
    partly=(
        ("article", "the columns hold the words alone"),
        (
            "mention",
            "a token has one tag, so that of mentions that overlap one is written, none with a "
            "gap, and none that begins or ends with white space",
        ),
        (
            "entity_type",
            "types come back by their names, with _ for a blank, where they are in use",
        ),
    ),
    notes="Tags are IOB2; IOB1, BIOES and several tags to a word are read as well.",
)
_DOCUMENT = "-DOCSTART-"
_EMPTY = "-DOCSTART- -X- O O"
_LINES = 5


def recognises(part: Part) -> bool:
    """Tell whether a file begins with a document of CoNLL-2003, or with words and tags."""
    if part.suffix not in FORMAT.suffixes:
        return False
    lines = (line.split() for line in part.peek().split("\n"))
    first = list(islice((cells for cells in lines if cells), _LINES))
    if first and first[0][0] == _DOCUMENT:
        return True
    return bool(first) and all(len(cells) > 1 and TAG.fullmatch(cells[-1]) for cells in first)


def read(source: Source, options: ImportOptions) -> Iterator[Read]:
    """Read each file, document by document."""
    for part in source.parts:
        yield from read_part(part, source.articles, options)


def write(outgoing: Outgoing, options: ExportOptions) -> Iterator[File]:
    """Write a file for each article."""
    for article in outgoing.articles:
        yield File(f"{article.id}.conll", _lines(article))


def _lines(article: ArticleData) -> Iterator[str]:
    yield f"{_EMPTY}\n\n"
    text, chosen = article.text, _chosen(article)
    spans = [mention.span for mention in chosen]
    sentences = sentences_around(text, article.language, spans)
    borders = {*borders_of(spans), *(end for _, end in sentences)}
    grid = Grid(tokens_of(text, borders))
    tags = _tags(chosen, grid)
    ends = {end for _, end in sentences}
    for number, (start, end) in enumerate(grid.tokens):
        yield f"{text[start:end]} _ _ {tags.get(number, 'O')}\n"
        if end in ends:
            yield "\n"


def _chosen(article: ArticleData) -> list[Mention]:
    """Return the mentions that can be written: none of them overlap."""
    found: list[Mention] = []
    for mention in sorted(article.mentions, key=lambda each: (each.span.start, -each.span.end)):
        span = mention.span
        is_free = not found or found[-1].span.end <= span.start
        if is_free and len(span.fragments) == 1 and span.quote.strip() == span.quote:
            found.append(mention)
    return found


def _tags(mentions: list[Mention], grid: Grid) -> dict[int, str]:
    """Return the tags of tokens by number."""
    found: dict[int, str] = {}
    for mention in mentions:
        first, last = grid.covered(mention.span.start, mention.span.end) or (0, -1)
        label = mention.type.replace(" ", "_")
        found |= dict.fromkeys(range(first + 1, last + 1), f"I-{label}")
        found |= {first: f"B-{label}"} if first <= last else {}
    return found
