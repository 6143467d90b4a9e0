"""`reader entity`: one entity, with every place that names it and the claims it makes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_fields, print_json

if TYPE_CHECKING:
    from reader.annotation.model import Entity, Mention
    from reader.overview.quotes import Quotes
    from reader.store.claims import ClaimEntry
    from reader.store.library import Library
    from reader.work.entities import Entities

_INDENT = "  "


class _Known(NamedTuple):
    """What is shown of an entity."""

    entity: Entity
    absorbed: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[ClaimEntry, ...]


@click.command("entity")
@click.argument("name", metavar="NAME|ID")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@shared_options
@click.pass_obj
def command(settings: Settings, name: str, as_json: bool) -> None:
    """Show one entity: names, links, mentions in their sentences, claims it makes.

    NAME is one of its names, or a part of one, in any of the scripts; ID is
    its id or the beginning of it, or its Wikidata id. One that was merged into
    another shows that one.

    On a pipe one line for each thing known, with tabs; the first field says
    what it is: `entity` (id, type, name, `retired` or nothing), `name`
    (language, script, name), `link` (base, id, status), `note`, `merged` (id,
    name), `mention` (article, start, end, type, words, sentence, title), `claim`
    (id, verdict, mentions of it by this entity, statement, gloss).

    \b
    Examples:
      reader entity "Cambridge Analytica"
      reader entity ترامب
      reader entity Q22686 --json | jq '.mentions[].sentence'
    """
    from reader.cli.entity_names import find_entity
    from reader.overview.quotes import Quotes
    from reader.work.entities import Entities

    with settings.reading() as library:
        now = Entities(library)
        known = _known(library, now, find_entity(now, name, str(library.path)))
        quotes = Quotes(library)
        if as_json:
            print_json(_as_json(known, quotes))
            return
        output = Output.here(settings.bidi)
        (_print_page if output.is_terminal else _print_lines)(known, quotes, output)


def _known(library: Library, now: Entities, entity: Entity) -> _Known:
    claims = tuple(
        entry
        for entry in library.claims.all().entries
        if any(made.claimant == entity.id for made in entry.made)
    )
    return _Known(entity, now.absorbed(entity), now.mentions(entity), claims)


def _as_json(known: _Known, quotes: Quotes) -> dict[str, Any]:
    from reader.annotation.codec import encode_record

    mentions = [_mention_as_json(each, quotes) for each in known.mentions]
    claims = [_claim_as_json(each, known.entity.id) for each in known.claims]
    merged = [{"id": each.id, "name": each.name} for each in known.absorbed]
    parts = {"merged": merged, "mentions": mentions, "claims": claims}
    return encode_record(known.entity) | parts


def _mention_as_json(mention: Mention, quotes: Quotes) -> dict[str, Any]:
    span = mention.span
    return {
        "id": mention.id,
        "article": span.article,
        "title": _title(quotes, mention),
        "language": quotes.article(span.article).language,
        "start": span.start,
        "end": span.end,
        "quote": span.quote,
        "type": mention.type,
        "kind": mention.kind,
        "annotator": mention.annotator,
        "sentence": quotes.sentence(span).text,
    }


def _claim_as_json(claim: ClaimEntry, claimant: str) -> dict[str, Any]:
    return {
        "id": claim.id,
        "statement": claim.text,
        "language": claim.language,
        "gloss": claim.gloss,
        "topic": claim.topic,
        "verdict": claim.verdict,
        "mentions": [made._asdict() for made in claim.made if made.claimant == claimant],
    }


def _title(quotes: Quotes, mention: Mention) -> str:
    return quotes.title(mention.span.article)[0]


def _print_lines(known: _Known, quotes: Quotes, output: Output) -> None:
    entity = known.entity
    print_fields("entity", entity.id, entity.type, entity.name, "retired" * entity.retired)
    for alias in entity.aliases:
        print_fields("name", alias.language, alias.script, alias.text)
    for link in entity.links:
        print_fields("link", link.base, link.id, link.status)
    if entity.note:
        print_fields("note", entity.note)
    for other in known.absorbed:
        print_fields("merged", other.id, other.name)
    for each in known.mentions:
        span = each.span
        place = (span.article, span.start, span.end, each.type, span.quote)
        print_fields("mention", *place, quotes.sentence(span).text, _title(quotes, each))
    for claim in known.claims:
        count = _made(claim, entity)
        print_fields("claim", claim.id, claim.verdict, count, claim.text, claim.gloss)


def _made(claim: ClaimEntry, entity: Entity) -> int:
    return sum(made.claimant == entity.id for made in claim.made)


def _print_page(known: _Known, quotes: Quotes, output: Output) -> None:
    from reader.annotation.wikidata import links_of, said

    entity = known.entity
    with output.explicit():
        _row(output, f"{entity.type}{' (retired)' * entity.retired}  ", entity.name, bold=True)
        for alias in entity.aliases:
            _row(output, f"{_INDENT}{alias.language or '··':<4}", alias.text)
        if links_of(entity):
            _row(output, f"{_INDENT}Wikidata: ", f"{said(entity)} {links_of(entity)[0].status}")
        for line in entity.note.splitlines():
            _row(output, f"{_INDENT}Note: ", line)
        for other in known.absorbed:
            _row(output, f"{_INDENT}Merged into it: ", other.name)
        _print_mentions(known.mentions, quotes, output)
        if known.claims:
            output.row("")
            output.row(output.styled(_counted(len(known.claims), "claim"), "1"))
        for claim in known.claims:
            _row(output, f"{_INDENT}{_made(claim, entity):>3}  ", claim.text)


def _print_mentions(mentions: Sequence[Mention], quotes: Quotes, output: Output) -> None:
    for article, found in groupby(mentions, key=lambda each: each.span.article):
        here = list(found)
        title, _ = quotes.title(article)
        output.row("")
        head = f"{article[:8]}  {_counted(len(here), 'mention')}  "
        output.row(output.styled(head, "1") + output.marked(title, (), output.width - len(head)))
        for each in here:
            quote = quotes.sentence(each.span).excerpt()
            room = output.width - len(_INDENT)
            output.row(_INDENT + output.marked(quote.text, quote.marks, room, quote.base))


def _row(output: Output, head: str, text: str, *, bold: bool = False) -> None:
    from reader.text.emit import safe_text

    shown = safe_text(head)
    rest = output.marked(" ".join(text.split()), (), output.width - len(shown))
    output.row((output.styled(shown, "1") if bold else shown) + rest)


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"
