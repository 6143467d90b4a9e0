from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from reader.annotation.codec import encode_record
from reader.annotation.model import Entity, Mention, Record, Ref, details_of, ref_to
from reader.annotation.spans import make_span
from reader.merging.resolve import Resolved
from reader.merging.whole import Whole, fit_together
from tests.records import ENGLISH, make_article

ARTICLE = make_article(ENGLISH)
NIX = Entity("E1", "PER", "Alexander Nix", "c", "A", "c", "A")
MENTION = Mention(
    "M1", make_span(ARTICLE.id, ENGLISH, [(0, 13)]), "PER", "A", "c", "c", entity="E1"
)


def there(record: Record) -> Resolved:
    ref, data = ref_to(record), encode_record(record)
    return Resolved(ref.kind, ref.id, data, data, (f"s-{ref.id}",))


def gone(record: Record) -> Resolved:
    return replace(there(record), after=None)


def fitted(*records: Resolved) -> Whole:
    """Fit records together, in any order: it makes no difference."""
    results = [fit_together(order) for order in permutations(records)]
    assert all(result == results[0] for result in results)
    return results[0]


def test_records_that_fit_are_left_alone() -> None:
    whole = fitted(there(details_of(ARTICLE)), there(NIX), there(MENTION))
    assert set(whole.records.values()) == {details_of(ARTICLE), NIX, MENTION}
    assert (whole.conflicts, whole.missing) == ((), {})


def test_what_is_deleted_and_named_by_nobody_is_gone() -> None:
    whole = fitted(there(details_of(ARTICLE)), gone(NIX))
    assert set(whole.records) == {Ref("article", ARTICLE.id)}


def test_an_entity_deleted_while_another_links_to_it_comes_back() -> None:
    whole = fitted(there(details_of(ARTICLE)), gone(NIX), there(MENTION))
    assert whole.records[Ref("entity", "E1")] == NIX
    (conflict,) = whole.conflicts
    assert (conflict.kind, conflict.record, conflict.field) == ("entity", "E1", "deleted")
    assert [version.step for version in conflict.versions] == ["", "s-E1"]


def test_what_comes_back_brings_back_what_it_names() -> None:
    merged = replace(NIX, merged_into="E2")
    other = replace(NIX, id="E2", name="Nix")
    whole = fitted(there(details_of(ARTICLE)), gone(merged), gone(other), there(MENTION))
    assert {ref.id for ref in whole.records} == {ARTICLE.id, "E1", "E2", "M1"}


def test_two_merged_into_each_other_become_one() -> None:
    one = replace(NIX, merged_into="E2")
    two = replace(NIX, id="E2", merged_into="E3")
    three = replace(NIX, id="E3", merged_into="E2")
    whole = fitted(there(one), there(two), there(three))
    found = {ref.id: record for ref, record in whole.records.items()}
    assert found == {"E1": one, "E2": replace(two, merged_into=None), "E3": three}
    (conflict,) = whole.conflicts
    assert [version.value for version in conflict.versions] == [None, "E3"]


def test_what_nobody_made_is_named_as_missing() -> None:
    whole = fitted(there(MENTION))
    mention = Ref("mention", "M1")
    assert whole.missing == {Ref("article", ARTICLE.id): mention, Ref("entity", "E1"): mention}
