from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from reader.formats.document import Document
from reader.formats.format import Format, ImportOptions, Read, Reading
from reader.formats.loss import Loss, declared, read_back, summary
from reader.formats.outgoing import Outgoing
from reader.formats.source import Source
from tests.formats.fixture import HEBREW, SCHEMA, document, hebrew_article
from tests.formats.libraries import id_of

FORMAT = Format(name="lossy", title="T", suffixes=(".x",), media="text/plain", offsets="none")


def lossy(change: Any, **about: Any) -> list[Loss]:
    """What is lost by a format that changes what it reads."""
    held = document()

    def read(source: Source, options: ImportOptions) -> Iterator[Read]:
        yield Read(document=change(held))

    module = SimpleNamespace(FORMAT=replace(FORMAT, **about), read=read)
    return list(read_back(cast(Reading, module), (), Outgoing.of_document(held)))


def without(name: str, id: str) -> Any:
    """Leave one record of the Hebrew article out."""

    def change(held: Document) -> Document:
        *others, last = held.articles
        kept = tuple(record for record in getattr(last, name) if record.id != id_of(id))
        fewer: dict[str, Any] = {name: kept}
        return replace(held, articles=(*others, replace(last, **fewer)))

    return change


def test_nothing_is_lost_where_all_comes_back() -> None:
    assert lossy(lambda held: held) == []
    # Nor by another order, or by what comes on top.
    assert lossy(lambda held: replace(held, articles=held.articles[::-1])) == []


def test_a_lost_mention_is_named_with_its_words_and_place_and_its_fields_are_not() -> None:
    losses = lossy(without("mentions", "city"))
    assert [(loss.item.kind, loss.field) for loss in losses] == [
        ("mention", ""),
        # What refers to it is no longer the same.
        ("note", ""),
        ("relation", ""),
    ]
    start = HEBREW.index("ירושלים")
    assert losses[0].encode() == {
        "kind": "mention",
        "field": "",
        "value": "",
        "article": hebrew_article().id,
        "start": start,
        "end": start + 7,
        "words": "ירושלים",
        "reason": "",
    }


def test_one_of_two_alike_is_missed_too() -> None:
    losses = lossy(without("mentions", "twice"))
    assert ("mention", "") in [(loss.item.kind, loss.field) for loss in losses]


def test_a_field_that_says_something_else_is_named() -> None:
    def change(held: Document) -> Document:
        first, *others = held.entities
        return replace(held, entities=(replace(first, note="", aliases=first.aliases[:1]), *others))

    losses = lossy(change)
    assert [(loss.item.words, loss.field) for loss in losses] == [
        ("Barack Obama", "aliases"),
        ("Barack Obama", "aliases"),
        ("Barack Obama", "note"),
    ]
    assert losses[2].value == '"44th president"'


def test_a_type_that_does_not_come_back_is_named() -> None:
    fewer = replace(SCHEMA, relation_types=SCHEMA.relation_types[:-1])
    (loss,) = lossy(lambda held: replace(held, schema=fewer))
    assert (loss.item.kind, loss.item.words) == ("relation_type", "born in")


def test_an_article_that_does_not_come_back_is_named_with_all_in_it() -> None:
    losses = lossy(lambda held: replace(held, articles=held.articles[:-1]))
    named = [loss.item.kind for loss in losses]
    assert named.count("article") == 1
    assert named.count("mention") == 5


def test_what_the_format_says_it_lacks_is_lost_even_where_it_comes_back() -> None:
    losses = lossy(lambda held: held, lacks=(("*.created", "it keeps no times"), ("claim", "no")))
    assert {(loss.field, loss.reason) for loss in losses} == {
        ("created", "it keeps no times"),
        ("", "no"),
    }
    lines = summary(losses)
    assert lines[-1].startswith("lost: ")
    assert "lost: 2 claims, for example “Obama spoke to the UN.”: no" in lines


def test_a_summary_has_a_line_for_each_kind_with_a_count_and_an_example() -> None:
    losses = lossy(without("mentions", "city"), partly=(("mention", "no cities"),))
    place = f"at {HEBREW.index('ירושלים')}-{HEBREW.index('ירושלים') + 7}"
    assert summary(losses)[0] == (
        f"lost: 1 mention, for example “ירושלים” {place} in {hebrew_article().id}: no cities"
    )
    assert summary([]) == []


def test_a_format_that_is_only_written_names_what_it_says() -> None:
    about = replace(FORMAT, lacks=(("relation", "a table has none"), ("mention.kind", "no column")))
    losses = list(declared(about, Outgoing.of_document(document())))
    assert {(loss.item.kind, loss.field) for loss in losses} == {
        ("relation", ""),
        ("mention", "kind"),
    }
    assert len(losses) == 2 + 3
