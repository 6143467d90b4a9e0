"""Four small articles of which everything is counted by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotation.counting import Counting
from reader.annotation.coverage import (
    MARKING,
    Coverage,
    CoverageCount,
    Mark,
    covered,
    percent,
)
from reader.annotation.model import Annotator, Epistemic, Mode, Polarity
from reader.annotation.statistics import (
    ClaimantCount,
    ClaimUse,
    EntityCount,
    EntityName,
    Mentioned,
    Progress,
    Statistics,
    StatisticsView,
    StatusUse,
    Tally,
)

ANN, BOB, EVE = Annotator("1", "ann"), Annotator("2", "bob"), Annotator("3", "eve")
ARTICLES = {"en1": "en", "en2": "en", "ar1": "ar", "nil": "und"}
# A headline fills 0-8; between the sentences is a blank that belongs to none.
EN = ((10, 20), (21, 30), (31, 40), (41, 50))

ENTITIES = {
    "e1": EntityName("PER", "Alexander Nix", None),
    "e2": EntityName("PER", "نيكس", "e3"),
    "e3": EntityName("PER", "A. Nix", "e1"),
    "e4": EntityName("ORG", "Emerdata", None),
    "e5": EntityName("PER", "never mentioned", None),
}
VALUES = frozenset({"DATE", "MONEY"})
MENTIONS: list[Mentioned] = [
    ("en1", "PER", "e1", "1"),
    ("en1", "PER", "e3", "1"),
    ("en1", "ORG", "e4", "1"),
    ("en1", "ORG", None, "1"),  # should name one
    ("ar1", "PER", "e2", "2"),
    ("ar1", "DATE", None, "2"),  # says all by itself
    ("ar1", "MONEY", "e4", "2"),  # an amount may be linked all the same
    ("elsewhere", "PER", "e1", "1"),
]
CLAIMS = [
    ClaimUse("en1", "c1", "e1", "1", "refute", "denied", "false-certain"),
    ClaimUse("ar1", "c1", "e2", "2", "affirm", "denied", "unknown"),
    ClaimUse("ar1", "c2", "e4", "2", "affirm", "asserted", "unknown"),
    ClaimUse("ar1", None, "e4", "2", "affirm", "asserted", "unknown"),
    ClaimUse("ar1", "c2", None, "2", "affirm", "asserted", "unknown"),
    ClaimUse("elsewhere", "c3", "e1", "1", "affirm", "asserted", "unknown"),
]
STATUSES = [
    StatusUse("en1", "1", "done"),
    StatusUse("ar1", "1", "reviewed"),
    StatusUse("ar1", "2", "in progress"),
    StatusUse("elsewhere", "3", "done"),
]


def counted(articles: Mapping[str, str] = ARTICLES, by: str = "") -> Statistics:
    counting = Counting(articles, ENTITIES, VALUES, by)
    counting.add_mentions(MENTIONS[:3])
    counting.add_mentions(MENTIONS[3:])
    counting.add_claims(CLAIMS)
    counting.add_statuses(STATUSES)
    return counting.result((ANN, BOB, EVE))


ALL = counted()


def test_each_article_has_its_mentions_and_claims() -> None:
    assert ALL.articles == {
        "en1": Tally(1, 4, 3, 1, 0, 1, {"ORG": 2, "PER": 2}),
        "en2": Tally(1, 0, 0, 0, 0, 0, {}),
        "ar1": Tally(1, 3, 2, 0, 1, 4, {"DATE": 1, "MONEY": 1, "PER": 1}),
        "nil": Tally(1, 0, 0, 0, 0, 0, {}),
    }
    assert list(ALL.articles) == list(ARTICLES)


def test_languages_and_the_total_add_the_articles_up() -> None:
    assert ALL.languages == {
        "en": Tally(2, 4, 3, 1, 0, 1, {"ORG": 2, "PER": 2}),
        "ar": Tally(1, 3, 2, 0, 1, 4, {"DATE": 1, "MONEY": 1, "PER": 1}),
        "und": Tally(1, 0, 0, 0, 0, 0, {}),
    }
    assert list(ALL.languages) == ["en", "ar", "und"]
    assert ALL.total == Tally(4, 7, 5, 1, 1, 5, {"PER": 3, "ORG": 2, "DATE": 1, "MONEY": 1})
    assert list(ALL.total.types) == ["PER", "ORG", "DATE", "MONEY"]


def test_an_entity_counts_for_all_that_were_merged_into_it() -> None:
    assert ALL.entities == (
        EntityCount("e1", "Alexander Nix", "PER", 3, 2, ("ar", "en")),
        EntityCount("e4", "Emerdata", "ORG", 2, 2, ("ar", "en")),
    )


def test_claimants_have_different_claims_and_places() -> None:
    assert ALL.claims == 2
    assert ALL.claimants == (
        ClaimantCount("e1", "Alexander Nix", "PER", 1, 2, 2, ("ar", "en")),
        ClaimantCount("e4", "Emerdata", "ORG", 1, 2, 1, ("ar",)),
    )
    assert ALL.unclaimed == 1


def test_every_value_of_a_claim_mention_is_listed() -> None:
    assert ALL.polarity == {"affirm": 4, "refute": 1}
    assert ALL.mode == {"asserted": 3, "denied": 2, "questioned": 0, "hypothetical": 0}
    assert ALL.epistemic == {
        "true-certain": 0,
        "true-uncertain": 0,
        "false-certain": 1,
        "false-uncertain": 0,
        "unknown": 4,
    }


def test_the_progress_of_those_who_did_something() -> None:
    rest = {"skipped": 0}
    ann = {"new": 2, "in progress": 0, "done": 1, "reviewed": 1} | rest
    bob = {"new": 3, "in progress": 1, "done": 0, "reviewed": 0} | rest
    assert ALL.annotators == (Progress("1", "ann", 4, 1, ann), Progress("2", "bob", 3, 4, bob))
    assert [one.finished for one in ALL.annotators] == [2, 0]


def test_of_some_articles_or_one_annotator_nothing_else_counts() -> None:
    arabic = counted({"ar1": "ar"})
    assert arabic.total == ALL.articles["ar1"]
    assert [(one.id, one.count) for one in arabic.entities] == [("e1", 1), ("e4", 1)]
    assert [one.statuses["new"] for one in arabic.annotators] == [0, 0]
    ann = counted(by="1")
    assert ann.total == Tally(4, 4, 3, 1, 0, 1, {"ORG": 2, "PER": 2})
    assert [one.name for one in ann.annotators] == ["ann"]
    assert [one.id for one in ann.claimants] == ["e1"]


def test_entities_merged_into_each_other_end_the_search() -> None:
    loop = {"a": EntityName("PER", "A", "b"), "b": EntityName("PER", "B", "a")}
    counting = Counting({"en1": "en"}, loop, VALUES)
    counting.add_mentions([("en1", "PER", "a", "1")])
    assert [one.count for one in counting.result([ANN]).entities] == [1]


def test_of_nothing_there_are_zeros() -> None:
    nothing = Counting({}, {}, VALUES).result(())
    assert nothing.total == Tally(0, 0, 0, 0, 0, 0, {})
    assert nothing.polarity == {"affirm": 0, "refute": 0}
    assert (nothing.languages, nothing.entities, nothing.annotators) == ({}, (), ())


def test_a_view_shows_what_all_its_filters_let_through() -> None:
    assert StatisticsView().shows("a", "en")
    assert StatisticsView(("a", "b"), "en").shows("b", "en")
    assert not StatisticsView(("a", "b"), "en").shows("c", "en")
    assert not StatisticsView(("a",), "ar").shows("a", "en")


def ids(names: str) -> st.SearchStrategy[str]:
    return st.sampled_from(names)


@settings(max_examples=50)
@given(
    st.dictionaries(ids("abcdef"), ids("xyz"), max_size=6),
    st.lists(
        st.tuples(
            ids("abcdefg"), st.sampled_from(["PER", "DATE"]), ids("pqr") | st.none(), ids("12")
        )
    ),
    st.lists(
        st.builds(
            ClaimUse,
            *(ids("abcdefg"), ids("kl") | st.none(), ids("pqr") | st.none(), ids("12")),
            st.sampled_from(get_args(Polarity)),
            st.sampled_from(get_args(Mode)),
            st.sampled_from(get_args(Epistemic)),
        )
    ),
    st.sampled_from(["", "1"]),
)
def test_the_sums_agree_over_the_ways_of_grouping(
    articles: dict[str, str], mentions: list[Mentioned], claims: list[ClaimUse], by: str
) -> None:
    entities = {"p": EntityName("PER", "P", None), "q": EntityName("PER", "Q", "p")}
    counting = Counting(articles, entities, VALUES, by)
    counting.add_mentions(mentions)
    counting.add_claims(claims)
    found = counting.result((ANN, BOB))
    for tally in (found.total, *found.languages.values(), *found.articles.values()):
        assert sum(tally.types.values()) == tally.mentions
        assert tally.linked + tally.unlinked + tally.values == tally.mentions
    for name in ("articles", "mentions", "linked", "unlinked", "values", "claim_mentions"):
        total = getattr(found.total, name)
        for groups in (found.languages, found.articles):
            assert sum(getattr(tally, name) for tally in groups.values()) == total
    assert sum(one.count for one in found.entities) == found.total.linked
    assert sum(one.mentions for one in found.annotators) == found.total.mentions
    made = found.total.claim_mentions
    assert sum(one.count for one in found.claimants) + found.unclaimed == made
    assert sum(one.claim_mentions for one in found.annotators) == made
    for values in (found.polarity, found.mode, found.epistemic):
        assert sum(values.values()) == made


def test_a_sentence_is_covered_by_what_shares_a_code_point_with_it() -> None:
    marks = [
        Mark("mention", 0, 4),  # in the headline: in no sentence
        Mark("mention", 18, 20),  # to the end of the first one
        Mark("mention", 20, 21),  # the blank after it
        Mark("claim", 22, 24),  # in the second
        Mark("claim", 45, 46),  # and, of the same claim, in the fourth
        Mark("cue", 39, 41),  # the last of the third
    ]
    assert covered(EN, marks) == Coverage(1, 4, annotated=4, mentioned=1, claimed=2)
    assert covered(EN, marks[:3]) == Coverage(1, 4, annotated=1, mentioned=1, claimed=0)
    assert covered(EN, [Mark("claim", 12, 32)]) == Coverage(1, 4, 3, 0, 3)
    assert covered((), marks) == Coverage(1, 0, 0, 0, 0)


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.sampled_from(MARKING), st.integers(0, 60), st.integers(1, 30))),
)
def test_coverage_is_what_looking_at_every_pair_finds(drawn: list[tuple[str, int, int]]) -> None:
    marks = [Mark(part, start, start + length) for part, start, length in drawn]

    def touched(parts: Iterable[str]) -> int:
        hits = [m for m in marks if m.part in parts]
        return sum(any(m.start < end and start < m.end for m in hits) for start, end in EN)

    expected = Coverage(1, 4, touched(MARKING), touched(["mention"]), touched(["claim"]))
    assert covered(EN, marks) == expected


def test_coverage_adds_up_as_it_is_read() -> None:
    count = CoverageCount()
    count.add("a", "en", Coverage(1, 4, 3, 2, 1))
    count.add("b", "ar", Coverage(1, 2, 0, 0, 0))
    count.add("c", "en", Coverage(1, 0, 0, 0, 0))
    assert count.total == Coverage(3, 6, 3, 2, 1)
    assert count.languages == {"en": Coverage(2, 4, 3, 2, 1), "ar": Coverage(1, 2, 0, 0, 0)}
    assert count.articles["b"] == Coverage(1, 2, 0, 0, 0)


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, "0%"),
        (0, 9, "0%"),
        (1, 1000, "<1%"),
        (1, 3, "33%"),
        (999, 1000, ">99%"),
        (9, 9, "100%"),
    ],
)
def test_only_all_is_all_and_only_nothing_is_nothing(part: int, whole: int, said: str) -> None:
    assert percent(part, whole) == said
