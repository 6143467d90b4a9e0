"""A table of claims: a row for each place where one is made, or one for a claim made nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from reader.annotation.model import Claim, ClaimMention, Evidence
from reader.formats.csv_table import (
    ARTICLE,
    NOT_IN_A_TABLE,
    SPAN,
    Names,
    article_cells,
    attributes_cell,
    span_cells,
    table,
)
from reader.formats.format import ExportOptions, File, Format
from reader.formats.offsets import short
from reader.formats.outgoing import Outgoing

FORMAT = Format(
    name="csv-claims",
    title="Table of claims (CSV)",
    suffixes=(".csv",),
    media="text/csv",
    offsets="code points",
    reads=False,
    lacks=(
        *NOT_IN_A_TABLE,
        ("mention", "csv-mentions is the table of mentions"),
        ("claim.evidence", "it is there in short, without its place"),
        ("claim_mention.attribution", "attributions are not held"),
    ),
    notes="For spreadsheets; --bom for those that take a file without it for another encoding. "
    "It is not read: a table cannot say all that a claim is.",
)
_CLAIM = (
    *("claim", "statement", "claim_language", "gloss", "gloss_language", "topic", "claim_type"),
    *("verdict", "justification", "time", "place", "evidence", "claim_created", "claim_created_by"),
    *("claim_updated", "claim_updated_by", "claim_attributes"),
)
_PLACE = (
    *("claim_mention", *ARTICLE, *SPAN, "claimant", "claimant_name", "claimant_wikidata"),
    *("affiliation", "epistemic", "polarity", "mode", "check_worthy"),
    *("annotator", "origin", "created", "updated", "attributes"),
)
HEADER = (*_CLAIM, *_PLACE)
_NO_CLAIM = ("",) * len(_CLAIM)
_NO_PLACE = ("",) * len(_PLACE)
_WORDS = 200
"""Characters of the words of an article that a piece of evidence shows."""


def write(outgoing: Outgoing, options: ExportOptions) -> Iterator[File]:
    """Write one table, row by row."""
    yield File("claims.csv", table(HEADER, _rows(outgoing), options))


def _rows(outgoing: Outgoing) -> Iterator[tuple[str, ...]]:
    names = Names(outgoing)
    claims = {claim.id: _claim_cells(claim, names) for claim in outgoing.claims}
    made: set[str] = set()
    for article in outgoing.articles:
        about = article_cells(article)
        for place in article.claim_mentions:
            made.add(place.claim or "")
            claim = claims.get(place.claim or "", (place.claim or "", *_NO_CLAIM[1:]))
            yield (*claim, *_place_cells(place, about, names))
    for id, cells in claims.items():
        if id not in made:
            yield (*cells, *_NO_PLACE)


def _claim_cells(claim: Claim, names: Names) -> tuple[str, ...]:
    return (
        *(claim.id, claim.text, claim.language, claim.gloss, claim.gloss_language, claim.topic),
        *(claim.type, claim.verdict, claim.justification, claim.time),
        names.entity(claim.place)[1],
        " | ".join(map(_evidence, claim.evidence)),
        *(claim.created, names.person(claim.created_by)),
        *(claim.updated, names.person(claim.updated_by)),
        attributes_cell(claim.attributes),
    )


def _evidence(item: Evidence) -> str:
    """Return a piece of evidence in short."""
    quote = "" if item.span is None else f"“{short(item.span.quote, _WORDS)}”"
    seen = f"({item.accessed})" if item.accessed else ""
    return " ".join(filter(None, (f"{item.stance}:", quote, item.url, seen, item.note)))


def _place_cells(place: ClaimMention, about: tuple[str, ...], names: Names) -> tuple[str, ...]:
    return (
        *(place.id, *about, *span_cells(place.span)),
        *(*names.entity(place.claimant), names.entity(place.affiliation)[1]),
        *(place.epistemic, place.polarity, place.mode, place.check_worthy),
        *(names.person(place.annotator), place.origin, place.created, place.updated),
        attributes_cell(place.attributes),
    )
