"""The rows of a claim that is open: its fields, evidence, mentions, relations and notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.attribute_actions import in_words
from reader.annotation.model import (
    Attributed,
    Claim,
    ClaimMention,
    Ref,
    Relation,
    ref_to,
)
from reader.annotation.rules import unsaid
from reader.annotation.schema import Schema
from reader.annotation.spans import Span
from reader.overview.quotes import Quotes
from reader.tui.screens.board_rows import VERDICTS
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row

FIELDS = {
    "text": "Statement",
    "language": "Language",
    "gloss": "Gloss",
    "gloss_language": "  language",
    "topic": "Topic",
    "type": "Type",
    "time": "Time",
    "place": "Place",
    "verdict": "Verdict",
    "justification": "Because",
}
"""The fields of a claim, as they are called."""

_AGAINST = {"supports": "+ supports", "refutes": "- refutes", "context": "  context"}


class Item(NamedTuple):
    """What a row of an open claim stands for.

    Attributes:
        kind: `field`, `attribute`, `evidence`, `mention`, `relation`, `note`.
        value: The name of the field or attribute, or the record.
    """

    kind: str
    value: Any


class ClaimRows:
    """Makes the rows of a claim.

    Args:
        claim: The claim.
        records: All that is known about it.
        schema: For the words of relations.
        quotes: Gives the sentences of mentions and evidence.
    """

    def __init__(
        self, claim: Claim, records: AnnotationSet, schema: Schema, quotes: Quotes
    ) -> None:
        self.claim, self.records, self.schema, self.quotes = claim, records, schema, quotes

    def rows(self) -> Iterator[Row]:
        """All rows; those of one mention, piece of evidence or relation have one value."""
        yield from self._fields()
        yield from self._evidence()
        yield from self._mentions()
        yield from self._relations()
        for note in self.records.notes_on(ref_to(self.claim)):
            yield _row("Note", note.text, Item("note", note))

    def _fields(self) -> Iterator[Row]:
        for name, label in FIELDS.items():
            value = str(getattr(self.claim, name) or "")
            if name == "place":
                place = self.records.entity(self.claim.place)
                value = place.name if place is not None else ""
            elif name == "verdict":
                value = f"{VERDICTS[self.claim.verdict]} {value}"
            lines = value.split("\n") if name == "justification" else [value]
            for number, line in enumerate(lines):
                row = _row("" if number else label, line or "–", Item("field", name))
                yield row if line else _dimmed(row)
        for title, said in self._said(self.claim):
            yield _row(title, said, Item("attribute", title))

    def _said(self, record: Attributed) -> Iterator[tuple[str, str]]:
        """Give what attributes say of a record, and what they ought to say."""
        for name, value in record.attributes:
            attribute = self.schema.attribute(name)
            yield name if attribute is None else attribute.title, in_words(attribute, value)
        yield from ((missing.title, "not said yet") for missing in unsaid(record, self.schema))

    def _all_said(self, record: Attributed) -> str:
        return ", ".join(f"{title}: {isolated(said)}" for title, said in self._said(record))

    def _evidence(self) -> Iterator[Row]:
        if self.claim.evidence:
            yield _heading(f"Evidence ({len(self.claim.evidence)})")
        for evidence in self.claim.evidence:
            item, sign = Item("evidence", evidence), _AGAINST[evidence.stance]
            if evidence.span is None:
                when = f" ({evidence.accessed})" if evidence.accessed else ""
                yield _row(sign, f"{evidence.url}{when}", item, base=0)
            else:
                yield self._quoted(sign, evidence.span, item)
                yield _more(self._title(evidence.span.article), item, None)
            if evidence.note:
                yield _more(evidence.note, item, None)

    def present(self) -> tuple[ClaimMention, ...]:
        """Return the mentions in articles that are not removed, by article and place."""
        mine = [m for m in self.records.all(ClaimMention) if m.claim == self.claim.id]
        found = [m for m in mine if not self.quotes.article(m.span.article).removed]

        def place(mention: ClaimMention) -> tuple[str, str, int]:
            article = self.quotes.article(mention.span.article)
            return article.added, article.id, mention.span.start

        return tuple(sorted(found, key=place))

    def _mentions(self) -> Iterator[Row]:
        mentions = self.present()
        articles = len({m.span.article for m in mentions})
        counted = f"{len(mentions)} in {articles} article{'s' * (articles != 1)}"
        yield _heading(f"Mentions ({counted})" if mentions else "No mentions")
        article = ""
        for mention in mentions:
            if mention.span.article != article:
                article = mention.span.article
                language = self.quotes.article(article).language
                cells = (Cell(f" {language}", "dim", base=0), Cell(self._title(article), "dim"))
                yield Row(cells, heading=True)
            yield from self._mention(mention)

    def _mention(self, mention: ClaimMention) -> Iterator[Row]:
        item = Item("mention", mention)
        yield self._quoted(_stance(mention), mention.span, item)
        how = f"{mention.polarity}, {mention.mode}, held {mention.epistemic}"
        yield _more(f"{how}, check: {mention.check_worthy}", item)
        attribution = self.records.attribution(mention.attribution)
        said = (self._all_said(record) for record in (mention, attribution) if record is not None)
        for line in filter(None, (self._by(mention), *said)):
            yield _more(line, item)
        for note in self.records.notes_on(ref_to(mention)):
            yield _more(f"note: {isolated(note.text)}", item)

    def _by(self, mention: ClaimMention) -> str:
        """Who claims it, for whom, and the words of the text that say so."""
        claimant = self.records.entity(mention.claimant)
        affiliation = self.records.entity(mention.affiliation)
        attribution = self.records.attribution(mention.attribution)
        parts = [f"claimant {isolated(claimant.name)}"] if claimant is not None else []
        if affiliation is not None:
            parts.append(f"for {isolated(affiliation.name)}")
        for role in ("source", "cue"):
            span: Span | None = getattr(attribution, role, None)
            if span is not None:
                parts.append(f"{role} “{isolated(span.quote)}”")
        return ", ".join(parts)

    def _relations(self) -> Iterator[Row]:
        mine = {ref_to(self.claim)} | {
            ref_to(m) for m in self.records.all(ClaimMention) if m.claim == self.claim.id
        }
        found = [r for r in self.records.all(Relation) if mine & {r.source, r.target}]
        if found:
            yield _heading(f"Relations ({len(found)})")
        for relation in found:
            item = Item("relation", relation)
            outward = relation.source in mine
            other = relation.target if outward else relation.source
            yield _row(self._word(relation, outward), self._wording(other), item)
            sure = "" if relation.confidence is None else f"{relation.confidence:.0%} sure"
            why = ": ".join(part for part in (sure, isolated(relation.rationale)) if len(part) > 2)
            for line in filter(None, (why, self._all_said(relation))):
                yield _more(line, item)

    def _word(self, relation: Relation, outward: bool) -> str:
        kind = self.schema.relation_type(relation.type)
        symmetric = kind is not None and kind.symmetric
        way = "↔" if symmetric else "→" if outward else "←"
        return f"{way} {relation.type}"

    def _wording(self, ref: Ref) -> str:
        record = self.records.get(ref)
        if isinstance(record, Claim):
            return record.text
        return record.span.quote if isinstance(record, ClaimMention) else ref.kind

    def _quoted(self, label: str, span: Span, item: Item) -> Row:
        quote = self.quotes.sentence(span)
        return _row(label, quote.text, item, base=quote.base, marks=quote.marks)

    def _title(self, article: str) -> str:
        title, is_opening = self.quotes.title(article)
        return f"“{title}…" if is_opening else title


def _stance(mention: ClaimMention) -> str:
    return {"affirm": "  affirms", "refute": "- refutes"}[mention.polarity]


def _heading(text: str) -> Row:
    return Row((Cell("", base=0), Cell(text, base=0)), heading=True)


def _row(label: str, text: str, item: Item, base: int | None = None, marks: Any = ()) -> Row:
    return Row((Cell(label, "dim", base=0), Cell(text, base=base, marks=marks)), item)


def _more(text: str, item: Item, base: int | None = 0) -> Row:
    """A row that goes on with the one before."""
    return Row((Cell("", base=0), Cell(text, "dim", base=base)), item, more=True)


def _dimmed(row: Row) -> Row:
    label, text = row.cells
    return replace(row, cells=(label, replace(text, look="dim")))
