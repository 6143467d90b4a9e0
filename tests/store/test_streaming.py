"""What is read of records without making them has to be what they say."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from reader.annotation.attributes import Attributes
from reader.annotation.codec import encode_record
from reader.annotation.model import (
    ClaimMention,
    Mention,
    Record,
    Refusal,
    Relation,
    Suggestion,
    article_of,
    kind_of,
    ref_to,
)
from reader.annotation.references import people
from reader.annotation.schema import (
    ATTRIBUTED,
    DEFAULT_SCHEMA,
    AttributeChoice,
    AttributeType,
)
from reader.formats.format import ExportOptions
from reader.formats.outgoing import Outgoing
from reader.formats.registry import writer_of
from reader.store.library import Library
from reader.store.streaming import KINDS_IN_ARTICLES
from reader.store.survey import Survey
from tests.formats.libraries import KIM, TIME, Contents, build, contents, hard_cases
from tests.records import set_schema

SCHEMA = replace(
    DEFAULT_SCHEMA,
    attributes=(
        AttributeType("a", "a", "yes-no", ATTRIBUTED),
        AttributeType("b", "b", "choices", ATTRIBUTED, (), (AttributeChoice("x", "x"),)),
    ),
)
_SLOW = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def all_said() -> Contents:
    """The hard cases, some of which have what others leave out."""
    hard = hard_cases()
    entity = next(record.id for record in hard.records if kind_of(record) == "entity")
    said = Attributes.of({"a": True, "b": ("x",)})
    records: list[Record] = []
    for record in hard.records:
        if isinstance(record, ClaimMention):
            record = replace(record, affiliation=entity, attributes=said)
        elif isinstance(record, Mention) and record.span.start % 2:
            record = replace(record, attributes=said)
        records.append(record)
    return replace(hard, records=tuple(records))


def test_the_values_are_those_of_the_records(tmp_path: Path) -> None:
    for number, held in enumerate((hard_cases(), all_said())):
        path = tmp_path / f"{number}.db"
        with Library(path) as library:
            set_schema(library, SCHEMA)
        with Library(build(path, held)) as library:
            kinds = library.records.kinds()
            assert set(kinds) <= set(KINDS_IN_ARTICLES)
            for article in held.articles:
                expected = [
                    {"record": kind} | encode_record(record)
                    for kind in kinds
                    for record in sorted(held.records, key=lambda each: str(each.id))
                    if kind_of(record) == kind and article_of(record) == article.id
                ]
                found = list(library.records.encoded(article.id, kinds))
                assert found == expected
                # The fields stand in the order in which the codec writes them.
                assert [list(each) for each in found] == [list(each) for each in expected]


@_SLOW
@given(contents())
def test_any_library_is_written_as_its_records_would_be(drawn: Contents) -> None:
    module = writer_of("jsonl")
    with tempfile.TemporaryDirectory() as folder:
        path = build(Path(folder, "a.db"), drawn)
        with Library(path) as library, library.steady():
            outgoing = Outgoing.of_library(library, removed=True)
            (straight,) = module.write(outgoing, ExportOptions())
            again = Outgoing.of_document(outgoing.document())
            (made,) = module.write(again, ExportOptions())
            assert "".join(map(str, straight.portions)) == "".join(map(str, made.portions))


@_SLOW
@given(contents())
def test_a_survey_tells_what_the_records_name(drawn: Contents) -> None:
    gone = {article.id for article in drawn.articles if article.removed}
    with tempfile.TemporaryDirectory() as folder:
        path = build(Path(folder, "a.db"), drawn)
        with Library(path) as library:
            for removed in (True, False):
                counted = [
                    record
                    for record in library.records.all()
                    if article_of(record) is not None
                    and (removed or article_of(record) not in gone)
                ]
                assert library.records.survey(removed=removed) == surveyed(counted, library)


def surveyed(counted: list[Record], library: Library) -> Survey:
    relations = [r for r in library.records.all() if isinstance(r, Relation)]
    ends = {end for relation in relations for end in (relation.source, relation.target)}
    typed = (r for r in counted if isinstance(r, Mention | Suggestion | Refusal))
    return Survey(
        frozenset(id for record in counted for _, id in people(record)),
        frozenset(record.type for record in typed),
        frozenset(ends & {ref_to(record) for record in counted}),
    )


def test_of_removed_articles_the_ends_of_relations_do_not_count(tmp_path: Path) -> None:
    hard = hard_cases()
    one = next(record for record in hard.records if isinstance(record, Mention))
    two = next(record for record in hard.records if isinstance(record, ClaimMention))
    relation = Relation("R", "related", ref_to(one), ref_to(two), KIM.id, TIME, TIME)
    for removed in (False, True):
        articles = tuple(replace(each, removed=removed) for each in hard.articles)
        held = replace(hard, articles=articles, records=(*hard.records, relation))
        with Library(build(tmp_path / f"{removed}.db", held)) as library:
            found = library.records.survey(removed=False)
            assert found.ends == (frozenset() if removed else {ref_to(one), ref_to(two)})
            assert library.records.survey(removed=True).ends == {ref_to(one), ref_to(two)}
