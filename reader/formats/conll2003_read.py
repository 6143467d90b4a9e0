"""From columns of words and tags to mentions in articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from reader.annotation.ids import derived_id
from reader.annotation.model import Mention
from reader.annotation.spans import Range
from reader.errors import FormatError
from reader.formats.catalogue import Catalogue
from reader.formats.document import Document
from reader.formats.format import ImportOptions, Read
from reader.formats.labels import Labels
from reader.formats.landing import Landing, land
from reader.formats.offsets import short
from reader.formats.rebuilding import places_of
from reader.formats.source import Part

TAG = re.compile(r"O|([BIESLU])-(\S+)")
"""A tag of IOB1, IOB2, BIOES or BILOU."""

_DOCUMENT = "-DOCSTART-"
_ENDS, _BEGINS = "ESLU", "BSU"
_CURE = "correct it, or give the file another name, then a text is built of its words."


class _Row(NamedTuple):
    """A line with a word: its number, the word, the other columns."""

    line: int
    word: str
    cells: tuple[str, ...]


class _Marked(NamedTuple):
    """A mention: its label, the numbers of its first and last word, and its line."""

    label: str
    first: int
    last: int
    line: int


_Sentences = list[list[_Row]]


def read_part(part: Part, articles: Catalogue, options: ImportOptions) -> Iterator[Read]:
    """Read a file.

    Raises:
        FormatError: Naming the file and the line.
    """
    labels = Labels(options.schema, options.labels)
    with part.placed():
        documents = [each for each in _documents(part) if each]
        if not documents:
            raise FormatError("there is no word in it; name a file of words and tags.")
        is_nested = all(TAG.fullmatch(row.cells[0]) for row in _rows(documents))
        if not is_nested:
            _check_columns(documents)
    built = 0
    for number, sentences in enumerate(documents, 1):
        name = part.name if len(documents) == 1 else f"{part.name}#{number}"
        with part.placed():
            found = list(_marked(sentences, is_nested))
            landing, places = _landing(sentences, name, articles, is_alone=len(documents) == 1)
            read = _read(found, places, landing, labels, options)
        built += landing[1]
        yield replace(read, shown=part.shown)
    if built:
        yield Read(document=Document(labels.schema), notices=(_told(built),), shown=part.shown)


def _told(built: int) -> str:
    many = "1 text was" if built == 1 else f"{built} texts were"
    return (
        f"{many} built of the words, with a blank between them, because no article of the library "
        "has the name of the file."
    )


def _rows(documents: Iterable[_Sentences]) -> Iterator[_Row]:
    return (row for sentences in documents for rows in sentences for row in rows)


def _documents(part: Part) -> Iterator[_Sentences]:
    """Give the documents of a file, each as sentences of rows."""
    sentences: _Sentences = [[]]
    for line, text in part.numbered():
        cells = _cells(text)
        if not cells:
            sentences += [[]] if sentences[-1] else []
        elif cells[0] == _DOCUMENT:
            yield [rows for rows in sentences if rows]
            sentences = [[]]
        elif len(cells) == 1:
            raise FormatError(
                f"line {line}: “{short(cells[0])}” has no tag; write one after it, for example O."
            )
        else:
            sentences[-1].append(_Row(line, cells[0], tuple(cells[1:])))
    yield [rows for rows in sentences if rows]


def _cells(line: str) -> list[str]:
    if "\t" in line.strip():
        return [cell.strip() for cell in line.strip().split("\t") if cell.strip()]
    return line.split()


def _check_columns(documents: Iterable[_Sentences]) -> None:
    """Refuse lines with another number of columns than the first: which is the tag is not sure."""
    wanted = 0
    for row in _rows(documents):
        wanted = wanted or len(row.cells)
        if len(row.cells) != wanted:
            raise FormatError(
                f"line {row.line}: {len(row.cells) + 1} columns, but those before have "
                f"{wanted + 1}; all lines need as many."
            )


def _landing(
    sentences: _Sentences, name: str, articles: Catalogue, *, is_alone: bool
) -> tuple[tuple[Landing, bool], list[Range]]:
    """Return the article of a document, whether its text was built, and the places of its words."""
    words = [(row.line, row.word) for rows in sentences for row in rows]
    known = articles.with_name(name) if is_alone else None
    if known is not None:
        return (Landing(known, known.text), False), places_of(known.text, known.id, words, _CURE)
    text = "\n".join(" ".join(row.word for row in rows) for rows in sentences)
    is_known = articles.with_text(text) is not None
    landing = land(articles, text, name)
    return (landing, not is_known), places_of(text, landing.article.id, words, _CURE)


def _marked(sentences: _Sentences, is_nested: bool) -> Iterator[_Marked]:
    """Give the mentions, sentence by sentence: none goes on in the next."""
    number = 0
    for rows in sentences:
        going: dict[str, list[_Marked]] = {}
        for row in rows:
            yield from _step(row, number, row.cells if is_nested else row.cells[-1:], going)
            number += 1
        yield from (each for marks in going.values() for each in marks)


def _step(
    row: _Row, number: int, cells: Iterable[str], going: dict[str, list[_Marked]]
) -> Iterator[_Marked]:
    """Take the tags of a word; give the mentions that end before it or with it.

    Args:
        row: The line.
        number: The number of the word.
        cells: Its tags.
        going: The mentions by label that reach to the word before; changed.
    """
    tags = Counter(_parsed(cell, row.line) for cell in cells if cell != "O")
    for label in {*going, *(label for _, label in tags)}:
        before, after = going.pop(label, []), list[_Marked]()
        # What goes on comes before what begins.
        for prefix in (each for each in "IELBSU" for _ in range(tags[each, label])):
            is_new = prefix in _BEGINS or not before
            begun = _Marked(label, number, number, row.line)
            each = begun if is_new else before.pop(0)._replace(last=number)
            if prefix in _ENDS:
                yield each
            else:
                after.append(each)
        yield from before
        if after:
            going[label] = after


def _parsed(cell: str, line: int) -> tuple[str, str]:
    found = TAG.fullmatch(cell)
    if found is None:
        raise FormatError(
            f"line {line}: “{short(cell)}” is no tag; write O, or B- or I- and a label."
        )
    return found[1], found[2]


def _read(
    found: list[_Marked],
    places: list[Range],
    landing: tuple[Landing, bool],
    labels: Labels,
    options: ImportOptions,
) -> Read:
    article = landing[0].article
    moment = options.moment
    own: dict[str, Any] = {"annotator": options.annotator.id, "created": moment, "updated": moment}
    mentions, rows = [], {}
    found = sorted(found, key=lambda each: (each.first, each.last, each.label))
    spans = landing[0].spans([[(places[each.first][0], places[each.last][1])] for each in found])
    for number, (each, span) in enumerate(zip(found, spans, strict=True)):
        type = _type(labels, each)
        id = derived_id("conll2003", article.id, str(span.fragments), each.label, str(number))
        mentions.append(Mention(id, span, type, **own, origin="imported"))
        rows[f"articles[0].mentions[{number}]"] = f"line {each.line}"
    article = replace(article, mentions=tuple(mentions))
    document = Document(labels.schema, (options.annotator,), (article,))
    return Read(document=document, places=rows)


def _type(labels: Labels, marked: _Marked) -> str:
    blank = marked.label.replace("_", " ")
    known = labels.schema.entity_type
    label = blank if known(marked.label) is None and known(blank) else marked.label
    try:
        return labels.entity_type(label)
    except FormatError as error:
        raise FormatError(f"line {marked.line}: {error.message}") from error
