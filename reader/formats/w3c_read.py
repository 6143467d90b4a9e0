"""Reading Web Annotations: those that `reader export` wrote, and those of others.

Of others: a tag becomes the type of a mention, one without a tag gets its motivation as
type; a comment becomes a note, a link into Wikidata an entity, a link between two
annotations a relation. Positions may count code points, as the standard says, or UTF-16
units, as most clients do; a place by quote alone has to be the only one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from reader.annotation.spans import Range
from reader.errors import FormatError
from reader.formats.document import ArticleData
from reader.formats.format import ImportOptions, Read, Unresolved
from reader.formats.json_values import parse_json
from reader.formats.offsets import CODE_POINTS, UTF_16, Mark, Unit, place, settle_unit, short
from reader.formats.source import Part, Source
from reader.formats.w3c_items import Item, Quote, Target, items_of
from reader.formats.w3c_records import Records
from reader.formats.w3c_terms import ref_of

_CONTEXT = re.compile(r'"@context"\s*:\s*(?:\[[^\]]*)?"https?://www\.w3\.org/ns/anno\.jsonld"')


def recognises(part: Part) -> bool:
    """Tell whether a file has the context of Web Annotations."""
    begin = part.peek()
    return begin.lstrip()[:1] in ("{", "[") and _CONTEXT.search(begin) is not None


def read(source: Source, options: ImportOptions) -> Iterator[Read]:
    """Read each file as a whole."""
    for part in source.parts:
        with part.placed():
            found = _Reading(source, options).read(part.text())
        yield replace(found, shown=part.shown)


class _Reading:
    """One file.

    Args:
        source: What knows the articles.
        options: What whoever imports has said.
    """

    def __init__(self, source: Source, options: ImportOptions) -> None:
        self._known = source.articles
        self._options = options
        self._records = Records(options)
        self._articles: dict[tuple[str, str], ArticleData | None] = {}
        self._unresolved: list[Unresolved] = []

    def read(self, text: str) -> Read:
        """Read the text of a file."""
        if not text.strip():
            raise FormatError("empty; name a file with annotations.")
        items = tuple(items_of(parse_json(text)))
        marks = [item for item in items if item.is_on_text]
        on_text = [item for item in marks if self._article_of(item)]
        if marks and not any(self._articles.values()):
            raise FormatError(
                f"none of its texts is in the library ({short(marks[0].targets[0].iri)}, for "
                "example); add them first with `reader add`, or import them as JSON."
            )
        unit = self._options.offsets or self._settled(on_text)
        rest = [item for item in items if not item.is_on_text and not self._describes(item)]
        for item in on_text:
            self._mark(item, unit)
        for item in rest:
            if (article := self._article(item.targets[0])) is not None:
                self._records.note_on_article(item, article)
        self._bind([item for item in rest if self._article(item.targets[0]) is None])
        return self._records.finish(self._unresolved)

    def _describes(self, item: Item) -> bool:
        """Take what describes a thing above the texts; tell whether it is such."""
        if item.motivation == "linking":
            return self._records.role(item)
        return self._records.about(item) or self._records.evidence(item, None, ())

    def _mark(self, item: Item, unit: Unit) -> None:
        article = self._article(item.targets[0])
        ranges = None if article is None else self._ranges(item, article, unit)
        if article is None or ranges is None:
            return
        if not self._records.evidence(item, article, ranges):
            self._records.mark(item, article, ranges)

    def _bind(self, waiting: list[Item]) -> None:
        """Take comments and links; one may be about another that stands later."""
        take = {True: self._records.relation, False: self._records.note}
        while True:
            left = [item for item in waiting if not take[item.motivation == "linking"](item)]
            if len(left) == len(waiting):
                break
            waiting = left
        for item in waiting:
            self._leave(item, "what it is about is not in the file or was left out")

    def _leave(self, item: Item, reason: str) -> None:
        words = (target.place for target in item.targets)
        quoted = (f"“{short(_words(each))}”" for each in words if each is not None)
        shown = next(quoted, item.motivation or "annotation")
        self._unresolved.append(Unresolved(item.where, shown, reason))

    def _article_of(self, item: Item) -> bool:
        """Tell whether the text of an annotation is known, and say so if it is not."""
        articles = {found.id for t in item.targets if (found := self._article(t)) is not None}
        if len(articles) != 1 or any(self._article(target) is None for target in item.targets):
            name = item.targets[0].iri
            reason = "its targets are in several texts" if len(articles) > 1 else ""
            self._leave(item, reason or f"its text {short(name)} is not in the library")
            return False
        return True

    def _article(self, target: Target) -> ArticleData | None:
        key = target.iri, target.sha256
        if key not in self._articles:
            self._articles[key] = self._found(*key)
        return self._articles[key]

    def _found(self, name: str, sha256: str) -> ArticleData | None:
        known = self._known.with_id(sha256[:16]) if sha256 else None
        if known is not None and known.sha256 == sha256:
            return known
        own = ref_of(name)
        if own is not None:
            return self._known.with_id(own.id) if own.kind == "article" else None
        return self._known.with_name(name) if name else None

    def _settled(self, items: list[Item]) -> Unit:
        marks: dict[str, list[Mark]] = defaultdict(list)
        texts: dict[str, str] = {}
        for item in items:
            for target in item.targets:
                article = self._article(target)
                if article is not None and isinstance(target.place, Mark):
                    texts[article.id] = article.text
                    marks[article.id].append(target.place)
        return settle_unit([(texts[id], marks[id]) for id in texts], (CODE_POINTS, UTF_16))

    def _ranges(self, item: Item, article: ArticleData, unit: Unit) -> list[Range] | None:
        """Return the places of an annotation; without one of them it is left out as a whole."""
        ranges: list[Range] = []
        for target in item.targets:
            found = _range(target, article.text, unit)
            if isinstance(found, str):
                self._leave(item, found)
                return None
            ranges.append(found)
        return ranges


def _words(place: Mark | Quote) -> str:
    if isinstance(place, Quote):
        return place.exact
    return place.quote or f"{place.start}-{place.end}"


def _range(target: Target, text: str, unit: Unit) -> Range | str:
    if target.place is None:
        return target.problem
    if isinstance(target.place, Mark):
        return place(text, [target.place], unit)[0]
    return _only(target.place, text)


def _only(quote: Quote, text: str) -> Range | str:
    """Return the one place where a quote stands between its prefix and its suffix."""
    if not quote.exact:
        return "its quote is empty"
    found = []
    start = text.find(quote.exact)
    while start >= 0:
        end = start + len(quote.exact)
        if text.endswith(quote.prefix, 0, start) and text.startswith(quote.suffix, end):
            found.append((start, end))
        start = text.find(quote.exact, start + 1)
    if len(found) == 1:
        return found[0]
    return f"its quote stands at {len(found)} places" if found else "its quote is not in the text"
