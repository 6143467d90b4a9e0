"""What a format could not hold, each item by name: the facts of an export, compared with the file.

The file is read back by the format's own reader, one article after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from reader.annotation.model import Annotator, Record
from reader.annotation.schema import Schema
from reader.formats.catalogue import BareCatalogue
from reader.formats.document import Document
from reader.formats.facts import Fact, Item, Names, article_facts, shared_facts
from reader.formats.format import Format, ImportOptions, Reading
from reader.formats.offsets import short
from reader.formats.outgoing import Outgoing
from reader.formats.source import Part, Source
from reader.values import dataclass

_NOBODY = Annotator("00000000000000000000000000", "")
_KINDS = {
    "article": "articles",
    "entity": "entities",
    "status": "statuses",
    "claim_mention": "claim mentions",
    "entity_type": "entity types",
    "relation_type": "relation types",
}
_RANK = (
    *("article", "mention", "entity", "attribution", "claim_mention", "claim", "relation", "note"),
    *("suggestion", "refusal", "status", "annotator", "entity_type", "relation_type"),
)


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that an export does not hold.

    Attributes:
        item: Of what; see `reader.formats.facts.Item`.
        field: The field; "" for the item as a whole.
        value: What the field says, as JSON.
        reason: Why, if the format says so.
    """

    item: Item
    field: str
    value: str
    reason: str = ""

    def encode(self) -> dict[str, Any]:
        """Return it as JSON values."""
        start, end = self.item.place or (None, None)
        return {
            "kind": self.item.kind,
            "field": self.field,
            "value": self.value,
            "article": self.item.article,
            "start": start,
            "end": end,
            "words": self.item.words,
            "reason": self.reason,
        }


def read_back(module: Reading, parts: Iterable[Part], outgoing: Outgoing) -> Iterator[Loss]:
    """Read an export, and name what of it did not come back.

    Args:
        module: The format.
        parts: The files that were written.
        outgoing: What was to be written; still in its steady state.

    Raises:
        FormatError: If the format cannot read what it wrote, which is a defect.
    """
    articles = outgoing.articles
    known = BareCatalogue(articles.get, (article.id for article in articles))
    options = ImportOptions(annotator=_NOBODY, moment="", schema=Schema((), ()))
    back = _Comparing(outgoing, module.FORMAT)
    for read in module.read(Source("the export", tuple(parts), known), options):
        yield from back.compare(read.whole())
    yield from back.rest()


def declared(about: Format, outgoing: Outgoing) -> Iterator[Loss]:
    """Name what a format that is only written leaves out, as it says itself."""
    names = _names(outgoing)
    lacking = Lacking(about)
    for article in outgoing.articles:
        yield from _lost(article_facts(article, names), lacking, None)
    yield from _lost(_shared(outgoing.shared(), names), lacking, None)


class Lacking:
    """What a format says it cannot hold, or not in every case.

    Args:
        about: The format.
    """

    def __init__(self, about: Format) -> None:
        self._never = dict(about.lacks)
        self._partly = dict(about.partly)

    def never(self, fact: Fact) -> str | None:
        """Return why a format has no place for such a fact, or None if it has one."""
        return _reason(self._never, fact)

    def partly(self, fact: Fact) -> str:
        """Return why a format has a place for such a fact in some cases only, or ""."""
        return _reason(self._partly, fact) or ""


def _reason(reasons: Mapping[str, str], fact: Fact) -> str | None:
    kind, field = fact.item.kind, fact.field
    names = (kind, f"{kind}.{field}", f"{kind}.*", f"*.{field}") if field else (kind,)
    return next((reasons[name] for name in names if name in reasons), None)


class _Comparing:
    """Facts of an export beside those that were read back.

    Args:
        outgoing: What was to be written.
        about: How it was written.
    """

    def __init__(self, outgoing: Outgoing, about: Format) -> None:
        self._outgoing = outgoing
        self._lacking = Lacking(about)
        self._before, self._after = _names(outgoing), Names()
        self._seen: set[str] = set()
        self._shared: Counter[Hashable] = Counter()

    def compare(self, document: Document) -> Iterator[Loss]:
        """Compare whole articles; what stands above them is compared at the end."""
        self._after.add(document.annotators, _records(document))
        for data in document.articles:
            self._seen.add(data.id)
            before = self._outgoing.articles.get(data.id)
            if before is not None:
                after = Counter(fact.identity for fact in article_facts(data, self._after))
                yield from _lost(article_facts(before, self._before), self._lacking, after)
        self._shared.update(fact.identity for fact in _shared(document, self._after))

    def rest(self) -> Iterator[Loss]:
        """Name the articles that did not come back, and what stands above articles."""
        for data in self._outgoing.articles:
            if data.id not in self._seen:
                facts = article_facts(data, self._before)
                yield from _lost(facts, self._lacking, Counter())
        shared = _shared(self._outgoing.shared(), self._before)
        yield from _lost(shared, self._lacking, self._shared)


def _lost(
    facts: Iterable[Fact], lacking: Lacking, after: Counter[Hashable] | None
) -> Iterator[Loss]:
    """Give the facts that are not among those afterwards; of a lost item, the item alone.

    Args:
        facts: Those before, each item before its fields.
        lacking: What the format says it lacks.
        after: Those afterwards, which are used up; None where nothing is read back.
    """
    whole = False
    for fact in facts:
        if fact.field and whole:
            continue
        reason = lacking.never(fact)
        is_there = after is None or after[fact.identity] > 0
        if after is not None and is_there:
            after[fact.identity] -= 1
        is_lost = reason is not None or not is_there
        if not fact.field:
            whole = is_lost
        if is_lost:
            yield Loss(fact.item, fact.field, fact.value, reason or lacking.partly(fact))


def _names(outgoing: Outgoing) -> Names:
    names = Names()
    names.add(outgoing.annotators, _records(outgoing.shared()))
    return names


def _records(document: Document) -> Iterator[Record]:
    """Give the records above the articles, what others refer to first."""
    yield from document.entities
    yield from document.claims
    yield from document.relations
    yield from sorted(document.notes, key=lambda note: note.on.kind == "note")


def _shared(document: Document, names: Names) -> Iterator[Fact]:
    # Once more: by now the records in articles are known that relations may bind.
    names.add(document.annotators, _records(document))
    return shared_facts(document.schema, document.annotators, _records(document), names)


class _Group(NamedTuple):
    """Losses that are told in one line."""

    kind: str
    size: int
    reason: str
    whole: bool


def summary(losses: Iterable[Loss]) -> list[str]:
    """Return a line for each kind of loss, with how many there are and an example."""
    counts: Counter[tuple[str, str, str]] = Counter()
    examples: dict[tuple[str, str, str], Loss] = {}
    last: dict[tuple[str, str, str], Item] = {}
    for loss in losses:
        key = (loss.item.kind, loss.field, loss.reason)
        # Several values of one field are one loss here, and come one after the other.
        counts[key] += not loss.field or last.get(key) is not loss.item
        last[key] = loss.item
        examples.setdefault(key, loss)
    grouped: dict[_Group, list[tuple[str, str, str]]] = {}
    for key, count in counts.items():
        kind, field, reason = key
        grouped.setdefault(_Group(kind, count, reason, not field), []).append(key)
    ordered = sorted(grouped, key=lambda group: (_rank(group.kind), not group.whole, -group.size))
    return [_told(group, grouped[group], examples[grouped[group][0]]) for group in ordered]


def _rank(kind: str) -> int:
    return _RANK.index(kind) if kind in _RANK else len(_RANK)


def _told(group: _Group, keys: Iterable[tuple[str, str, str]], example: Loss) -> str:
    fields = ", ".join(field for _, field, _ in keys)
    many = f"{group.size} {_plural(group.kind, group.size)}"
    what = many if group.whole else f"{fields} of {many}"
    reason = f": {group.reason}" if group.reason else ""
    return f"lost: {what}, for example {_shown(example)}{reason}"


def _plural(kind: str, count: int) -> str:
    if count == 1:
        return kind.replace("_", " ")
    return _KINDS.get(kind, f"{kind}s")


def _shown(loss: Loss) -> str:
    words = f"“{short(loss.item.words)}”"
    place = "" if loss.item.place is None else f" at {loss.item.place[0]}-{loss.item.place[1]}"
    home = f" in {loss.item.article}" if place else ""
    return words + place + home
