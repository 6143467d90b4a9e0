"""A summary to read: claims by topic, with who makes them, where, and what speaks for them.

All that anybody wrote stands between isolates (UAX #9: FSI, PDI), so that a name
of the other direction leaves its line in order, and so that no line begins with it:
what makes a list or a heading of a line is then harmless. What is markup within a
line is escaped; an embedding or override, or a control character, is shown by its
code point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reader.annotation.model import Claim, ClaimMention, Evidence, Ref, Relation
from reader.annotation.wikidata import confirmed
from reader.formats.format import ExportOptions, File, Format
from reader.formats.html_markup import picture
from reader.formats.offsets import short
from reader.formats.outgoing import Outgoing
from reader.formats.report import Known, attributes_told, heading, language_name

_SUMMARY = "a summary is of claims"
_SIGNED = "a summary tells who, and not when it was written down"
FORMAT = Format(
    name="markdown",
    title="Summary of claims (Markdown)",
    suffixes=(".md",),
    media="text/markdown",
    offsets="none",
    reads=False,
    lacks=(
        *((kind, _SUMMARY) for kind in ("mention", "attribution", "status", "note")),
        *((kind, _SUMMARY) for kind in ("suggestion", "refusal", "relation_type", "attribute")),
        ("entity_type", _SUMMARY),
        ("article", "its title, language, publisher, date and sources are there"),
        ("entity", "claimants and places are there by name and Wikidata id"),
        ("relation", "those between claims are there"),
        ("annotator", "a summary names who marked a place"),
        ("*.id", "a summary has numbers of its own"),
        *((f"*.{name}", _SIGNED) for name in ("created", "created_by", "updated", "updated_by")),
        ("claim_mention.origin", "a summary does not say how a mark came about"),
        ("claim_mention.attribution", "attributions are not held"),
        ("claim.evidence", "its words are there, without their place"),
    ),
    notes="For people: in a text editor, a wiki, or turned into a document. It is not read.",
)
_WORDS = 300
"""Characters of a passage that are shown."""
_BLANKS = re.compile(r"\s+")
_MARKUP = re.compile(r"[\\`*_\[\]<>&~|$#^=+{}@!]|(?<=\w):(?=[\w/])|(?<=[wW]{3})\.")
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ADDRESS = re.compile(r"https?://[^\s<>\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+", re.I)


class _Made(NamedTuple):
    """A place where a claim is made."""

    article: int
    language: str
    mention: ClaimMention


def write(outgoing: Outgoing, options: ExportOptions) -> Iterator[File]:
    """Write one summary."""
    yield File("claims.md", _Summary(outgoing))


def plain(text: str) -> str:
    """Return words that anybody wrote as Markdown (CommonMark, GFM) that shows them, isolated."""
    line = _BLANKS.sub(" ", text).strip()
    escaped = _MARKUP.sub(lambda found: "\\" + found[0], line)
    return f"\u2068{_HIDDEN.sub(lambda found: picture(found[0]), escaped)}\u2069"


class _Summary:
    """The portions of a summary.

    Args:
        outgoing: What is written.
    """

    def __init__(self, outgoing: Outgoing) -> None:
        self._outgoing, self._known = outgoing, Known(outgoing)
        self._places: dict[str | None, list[_Made]] = {}

    def __iter__(self) -> Iterator[str]:
        articles = list(self._articles())
        yield "# Claims\n"
        topic: str | None = None
        for id, number in sorted(self._known.numbers.items(), key=lambda item: item[1]):
            claim = self._known.claims[id]
            if claim.topic != topic:
                topic = claim.topic
                yield f"\n## {plain(topic) if topic else 'No topic'}\n"
            yield from self._claim(claim, number)
        if loose := self._places.get(None):
            yield "\n## Of no claim yet\n\n"
            for made in loose:
                yield f"- {self._made(made)}\n"
        yield "\n# Articles\n\n"
        yield from articles

    def _articles(self) -> Iterator[str]:
        """Give a line for each article, and learn the claims made in it."""
        for number, data in enumerate(self._outgoing.articles, 1):
            for mention in data.claim_mentions:
                id = mention.claim if self._known.claim(mention.claim) else None
                self._places.setdefault(id, []).append(_Made(number, data.language, mention))
            title = heading(data)
            about = (*map(plain, title.about), *map(_address, data.sources))
            told = ", ".join((plain(title.title), plain(language_name(title.language)), *about))
            yield f"{number}. {told}\n"

    def _claim(self, claim: Claim, number: int) -> Iterator[str]:
        yield f"\n### {number}. {plain(claim.text)}\n\n"
        if claim.gloss:
            yield f"{plain(claim.gloss)}\n\n"
        yield f"- Verdict: **{claim.verdict}**{_after(': ', claim.justification)}\n"
        time = plain(claim.time) if claim.time else ""
        said = plain(attributes_told(claim.attributes)) if claim.attributes else ""
        languages = " and ".join(
            plain(language_name(code)) for code in (claim.language, claim.gloss_language) if code
        )
        place = self._name(claim.place)
        yield f"- {', '.join(filter(None, (claim.type, languages, time, place, said)))}\n"
        found = self._places.get(claim.id, [])
        names = dict.fromkeys(self._name(made.mention.claimant) for made in found)
        if told := ", ".join(filter(None, names)):
            yield f"- Claimed by {told}\n"
        for made in found:
            yield f"- {self._made(made)}\n"
        for item in claim.evidence:
            yield f"- Evidence, {item.stance}: {_evidence(item)}\n"
        for relation in self._known.relations(Ref("claim", claim.id)):
            yield from self._relation(relation, claim)

    def _made(self, made: _Made) -> str:
        mention = made.mention
        quote = plain(short(" … ".join(mention.span.quotes), _WORDS))
        of = self._name(mention.affiliation)
        who = " of ".join(filter(None, (self._name(mention.claimant), of)))
        worthy = mention.check_worthy
        parts = (
            who,
            f"{mention.mode}, {mention.polarity}, believed {mention.epistemic}",
            "" if worthy == "undecided" else f"check-worthy: {worthy}",
            plain(attributes_told(mention.attributes)) if mention.attributes else "",
            f"marked by {plain(self._known.person(mention.annotator))}",
        )
        return f"Article {made.article}: “{quote}” ({'; '.join(filter(None, parts))})"

    def _relation(self, relation: Relation, claim: Claim) -> Iterator[str]:
        is_source = relation.source == Ref("claim", claim.id)
        other = self._known.claim((relation.target if is_source else relation.source).id)
        if other is None:
            return
        title = plain(self._known.relation_title(relation.type))
        number = self._known.numbers[other.id]
        sure = "" if relation.confidence is None else f" (confidence {relation.confidence})"
        this, that = "this", f"claim {number} {plain(other.text)}"
        ends = (this, that) if is_source else (that, this)
        why = _after(": ", relation.rationale)
        yield f"- Relation: {ends[0]} {title} {ends[1]}{sure}{why}\n"

    def _name(self, id: str | None) -> str:
        entity = self._known.entity(id)
        if entity is None:
            return ""
        item = confirmed(entity)
        return f"{plain(entity.name)} ({plain(item)})" if item else plain(entity.name)


def _after(sign: str, text: str) -> str:
    return f"{sign}{plain(text)}" if text else ""


def _evidence(item: Evidence) -> str:
    quote = f"“{plain(short(item.span.quote, _WORDS))}”" if item.span else ""
    seen = f"(seen {plain(item.accessed)})" if item.accessed else ""
    note = plain(item.note) if item.note else ""
    return " ".join(filter(None, (quote, _address(item.url) if item.url else "", seen, note)))


def _address(text: str) -> str:
    """Return a web address as a link; any other source as words."""
    return f"<{text}>" if _ADDRESS.fullmatch(text) else plain(text)
