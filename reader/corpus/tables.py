"""Tables of articles: CSV with a header, and JSON Lines, an article in each row.

Which column is what is told by options, or by the usual names. The text of a
column is stored as it is. A row that is wrong is told, and the others are read.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any
from urllib.parse import quote

from reader.corpus.decoding import refuse_unfit
from reader.corpus.manuscript import (
    LANGUAGE_CODE,
    Manuscript,
    date_of,
    digest_of,
    language_of,
    one_line,
    place_of_title,
    url_of,
)
from reader.corpus.streamed import Lines
from reader.errors import ArticleError, UsageError
from reader.values import dataclass

FIELDS = ("text", "title", "date", "url", "publisher", "language", "tags", "id")
"""What a column can be."""

_USUAL: Mapping[str, tuple[str, ...]] = {
    "text": (
        *("text", "body", "content", "article", "articletext", "articlebody", "fulltext"),
        *("maintext", "bodytext", "plaintext", "rawtext", "story", "document", "isi", "teks"),
        *("konten", "النص", "المحتوى", "متن"),
    ),
    "title": ("title", "headline", "heading", "judul", "العنوان", "عنوان"),
    "date": (
        *("date", "published", "publisheddate", "datepublished", "publishdate", "pubdate"),
        *("publishedat", "publicationdate", "datetime", "timestamp", "tanggal", "التاريخ", "تاريخ"),
    ),
    "url": ("url", "link", "articleurl", "sourceurl", "canonicalurl", "uri", "href", "الرابط"),
    "publisher": (
        *("publisher", "source", "site", "sitename", "outlet", "domain", "newspaper", "media"),
        *("sourcedomain", "المصدر", "sumber"),
    ),
    "language": ("language", "lang", "locale", "languagecode", "bahasa", "اللغة"),
    "tags": ("tags", "collection", "collections"),
    "id": ("id", "articleid", "docid", "documentid", "guid", "uid", "uuid"),
}
_DELIMITERS = (",", ";", "\t", "|")
#: What spreadsheets write above the header to name the delimiter.
_SEPARATOR = re.compile(r"sep=([^\w\s]|\t)\r?\n", re.IGNORECASE)
#: Rows by which the delimiter is told.
_SAMPLE = 20
_LARGEST_FIELD = (1 << 31) - 1
_TAG = 64

Columns = Mapping[str, str]
Row = tuple[int, bytes, Mapping[str, Any]]
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Table:
    """A file of rows and how to read it.

    Attributes:
        lines: Its text.
        source: Its name, for messages.
        columns: Names of columns that were given, by what they are.
        told: Is told once which columns were taken for what.
        language: A code for all rows, or the name of a column; None to look for one.
    """

    lines: Lines
    source: str
    columns: Columns
    told: Told
    language: str | None = None


def read_csv(table: Table) -> Iterator[Manuscript | ArticleError]:
    """Read an article from each row, or what is wrong with it.

    Raises:
        ArticleError: If the file has no header with a column of texts.
    """
    # A whole article is one field.
    csv.field_size_limit(_LARGEST_FIELD)
    delimiter = _delimiter(table)
    with table.lines.open("") as file:
        lines = _Lines(file)
        if _separator(table):
            next(lines)
        rows = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            header = [name.strip() for name in next(rows, [])]
        except csv.Error as error:
            raise ArticleError(f"{table.source}: line 1: {error}; repair the header") from None
        chosen = _chosen(table, header)
        _refuse_twice(table, header, chosen)
        lines.taken()
        yield from _manuscripts(table, _csv_rows(table, rows, lines, header), chosen)


def _refuse_twice(table: Table, header: Sequence[str], chosen: Columns) -> None:
    """Refuse two columns of one name where it matters which of them is meant."""
    for name in chosen.values():
        if header.count(name) > 1:
            raise ArticleError(
                f"{table.source}: line 1: {header.count(name)} columns are called {name!r}; "
                "give each a name of its own"
            )


def read_jsonl(table: Table) -> Iterator[Manuscript | ArticleError]:
    """Read an article from each line, or from each object of one JSON array.

    Raises:
        ArticleError: If the first object has no field that may be a text.
    """
    rows = _json_rows(table)
    first = next(rows, None)
    while isinstance(first, ArticleError):
        yield first
        first = next(rows, None)
    if first is None:
        raise ArticleError(f"{table.source}: no JSON object in it; each line holds an article")
    chosen = _chosen(table, _names(first[2]))

    def again() -> Iterator[Row | ArticleError]:
        yield first
        yield from rows

    yield from _manuscripts(table, again(), chosen)


def _manuscripts(
    table: Table, rows: Iterable[Row | ArticleError], columns: Columns
) -> Iterator[Manuscript | ArticleError]:
    seen: set[str] = set()
    for row in rows:
        if isinstance(row, ArticleError):
            yield row
            continue
        try:
            found = _manuscript(table, row, columns)
        except ArticleError as error:
            yield error
            continue
        if found.tracked and found.part in seen:
            # A name that two rows have names none of them.
            found = replace(found, part=f"#line={row[0]}", tracked=False)
        if found.tracked:
            seen.add(found.part)
        yield found


def _manuscript(table: Table, row: Row, columns: Columns) -> Manuscript:
    number, raw, values = row
    place = f"{table.source}: line {number}"
    text = _at(values, columns["text"])
    if not isinstance(text, str):
        raise ArticleError(f"{place}: its {columns['text']!r} is no text; put the article's there")
    refuse_unfit(text, place)
    told = {name: _written(_at(values, columns[name])) for name in columns if name != "text"}
    for value in told.values():
        refuse_surrogates(value, place)
    title, published, url = (told.get(name, "") for name in ("title", "date", "url"))
    date, id = date_of(published), told.get("id", "")
    doubt = f"line {number}: its date {published[:40]!r} is not understood and left out"
    return Manuscript(
        text=text,
        encoding=table.lines.encoding,
        bom=table.lines.bom,
        digest=digest_of(raw),
        part=f"#id={quote(id, safe='')}" if id else f"#line={number}",
        title=title,
        title_span=place_of_title(text, title),
        published=date,
        publisher=told.get("publisher", ""),
        url=url_of(url),
        language=_language(table, columns, told),
        tags=_tags(_at(values, columns["tags"])) if "tags" in columns else (),
        doubts=(doubt,) if published and not date else (),
        # Rows come and go: what stands on a line now may be another article.
        tracked=bool(id),
    )


def _language(table: Table, columns: Columns, told: Mapping[str, str]) -> str:
    code = table.language
    by_column = code is None or columns.get("language") == code
    return language_of(told.get("language", "")) if by_column else str(code)


def refuse_surrogates(value: str, place: str) -> None:
    """Refuse half a surrogate pair, which escapes of JSON can write."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise ArticleError(f"{place}: a lone surrogate in it; replace it") from None


def _tags(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else _written(value).split(",")
    return tuple(dict.fromkeys(tag for item in items if (tag := _written(item)[:_TAG])))


def _written(value: Any) -> str:
    """A value as one line; what is no single value is none."""
    if value is None or isinstance(value, list | dict | bool):
        return ""
    return one_line(str(value))


def _at(values: Mapping[str, Any], name: str) -> Any:
    """The value of a column; `meta.url` is the `url` of what is in `meta`."""
    if name in values:
        return values[name]
    found: Any = values
    for key in name.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _names(values: Mapping[str, Any]) -> list[str]:
    """The names of an object's values, and of those one level below."""
    below = (
        f"{name}.{inner}"
        for name, value in values.items()
        if isinstance(value, dict)
        for inner in value
    )
    return [*values, *below]


def _chosen(table: Table, names: Sequence[str]) -> Columns:
    """Which column is what: those that were given, else those with a usual name."""
    for what, name in table.columns.items():
        if name not in names:
            raise ArticleError(
                f"{table.source}: there is no column {name!r} for --{what}; it has {_listed(names)}"
            )
    chosen = dict(table.columns)
    if table.language is not None and table.language in names:
        chosen["language"] = table.language
    elif table.language is not None and not LANGUAGE_CODE.fullmatch(table.language):
        raise UsageError(
            f"{table.language!r} is neither a language code nor a column of {table.source}"
        )
    taken = set(chosen.values())
    for what in FIELDS:
        free = {_plain(name): name for name in reversed(names) if name not in taken}
        usual = next((free[name] for name in _USUAL[what] if name in free), None)
        if what not in chosen and usual is not None:
            chosen[what] = usual
            taken.add(usual)
    if "text" not in chosen:
        raise ArticleError(
            f"{table.source}: which column holds the text? Name it with --text; "
            f"it has {_listed(names)}"
        )
    named = {*table.columns.values(), table.language}
    if guessed := [what for what in chosen if chosen[what] not in named]:
        what = ", ".join(f"{name} from {chosen[name]!r}" for name in guessed)
        table.told(f"{table.source}: taken by the names of the columns: {what}")
    return chosen


def _plain(name: str) -> str:
    bare = name.rsplit(".", 1)[-1]
    return "".join(char for char in bare.casefold() if char.isalnum())


def _listed(names: Sequence[str]) -> str:
    shown = [repr(name[:40]) for name in names[:12]]
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return (", ".join(shown) + more) if shown else "no columns"


class _Lines:
    """The lines of a text one by one, with those that were taken since it was last asked."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._taken: list[str] = []
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._taken.append(line)
        return line

    def taken(self) -> tuple[int, str]:
        """Return the number of the first line that was taken, and all of them."""
        first, raw = self.number + 1, "".join(self._taken)
        self.number += len(self._taken)
        self._taken.clear()
        return first, raw


def _csv_rows(
    table: Table, rows: Iterator[list[str]], lines: _Lines, header: Sequence[str]
) -> Iterator[Row | ArticleError]:
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            first, _ = lines.taken()
            yield ArticleError(
                f"{table.source}: line {first}: {error}; repair the quotes there "
                "(what follows was not read)"
            )
            return
        number, raw = lines.taken()
        if row is None:
            return
        if len(row) == len(header):
            yield number, raw.encode("utf-8"), dict(zip(header, row, strict=True))
        elif row:
            yield ArticleError(
                f"{table.source}: line {number}: {len(row)} fields, where the header has "
                f"{len(header)}; put what has delimiters in it in quotes"
            )


def _separator(table: Table) -> str:
    """The delimiter that the first line names, or ""."""
    with table.lines.open("") as file:
        told = _SEPARATOR.match(file.readline())
    return told[1] if told else ""


def _delimiter(table: Table) -> str:
    """The delimiter that gives most columns, alike in the first rows."""
    if told := _separator(table):
        return told
    if table.source.lower().endswith(".tsv"):
        return "\t"
    wanted = set(table.columns.values())

    def merit(delimiter: str) -> tuple[bool, float, int]:
        with table.lines.open("") as file:
            sample = csv.reader(file, delimiter=delimiter)
            try:
                rows = [row for row, _ in zip(sample, range(_SAMPLE), strict=False) if row]
                first, *others = rows
            except (csv.Error, ValueError):
                return False, 0.0, 0
        alike = sum(len(row) == len(first) for row in others) / max(1, len(others))
        names = {name.strip() for name in first}
        return wanted <= names, alike if len(first) > 1 else 0.0, len(first)

    return max(_DELIMITERS, key=merit)


def _json_rows(table: Table) -> Iterator[Row | ArticleError]:
    with table.lines.open("\n") as file:
        numbered = ((number, line) for number, line in enumerate(file, 1) if line.strip())
        first = next(numbered, (0, ""))
        if first[1].lstrip().startswith("["):
            yield from _array_rows(table)
            return
        for number, line in chain((first,) if first[0] else (), numbered):
            value = _parsed(line, f"{table.source}: line {number}")
            is_row = isinstance(value, dict)
            yield (number, line.strip().encode("utf-8"), value) if is_row else value


def _array_rows(table: Table) -> Iterator[Row | ArticleError]:
    with table.lines.open("\n") as file:
        values = _parsed(file.read(), table.source, whole=True)
    if isinstance(values, ArticleError):
        raise values
    for number, value in enumerate(values, 1):
        if isinstance(value, dict):
            yield number, json.dumps(value, sort_keys=True).encode("ascii"), value
        else:
            yield ArticleError(f"{table.source}: [{number - 1}] is no object; it is left out")


def _parsed(text: str, place: str, *, whole: bool = False) -> Any:
    """A JSON value, or what is wrong with it."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        why = error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__
        return ArticleError(f"{place}: no JSON ({why}); repair it")
    if not isinstance(value, list if whole else dict):
        return ArticleError(f"{place}: no JSON object; write an article as one, with its text")
    return value
