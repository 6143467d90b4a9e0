"""Three small articles of which everything is counted by hand."""

from __future__ import annotations

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import (
    Annotator,
    Attribution,
    Claim,
    ClaimMention,
    Entity,
    Mention,
    Note,
    Record,
    Ref,
    Status,
    status_id,
)
from reader.annotation.spans import Range, Span
from reader.annotation.statistics import (
    Body,
    EntityCount,
    Progress,
    Statistics,
    Tally,
    count_annotations,
)

ANN, BOB, EVE = Annotator("1", "ann"), Annotator("2", "bob"), Annotator("3", "eve")
# A headline fills 0-8; between the sentences is a blank that belongs to none.
EN = Body("en1", "en", ((10, 20), (21, 30), (31, 40), (41, 50)))
EN2 = Body("en2", "en", ((0, 5),))
AR = Body("ar1", "ar", ((0, 10), (11, 20)))
NIL = Body("nil", "und", ())


def span(article: str, *fragments: Range) -> Span:
    start, end = fragments[0][0], fragments[-1][1]
    return Span(article, fragments, "x" * (end - start))


def mention(
    id: str, article: str, *at: Range, type: str = "PER", entity: str | None = None, by: str = "1"
) -> Mention:
    return Mention(id, span(article, *at), type, by, "t", "t", entity=entity)


def entity(id: str, name: str, type: str = "PER", merged_into: str | None = None) -> Entity:
    return Entity(id, type, name, "t", "1", "t", "1", merged_into=merged_into)


RECORDS: list[Record] = [
    entity("e1", "Alexander Nix"),
    entity("e2", "نيكس", merged_into="e3"),
    entity("e3", "A. Nix", merged_into="e1"),
    entity("e4", "Emerdata", "ORG"),
    entity("e5", "never mentioned"),
    Claim("c1", "He paid.", "en", "t", "1", "t", "1"),
    mention("m1", "en1", (0, 4), entity="e1"),  # in the headline: in no sentence
    mention("m2", "en1", (10, 14), entity="e3"),  # first sentence
    mention("m3", "en1", (18, 20), type="ORG", entity="e4"),  # first sentence, to its end
    mention("m4", "en1", (20, 21), type="ORG", entity="e4"),  # the blank after it
    mention("m5", "ar1", (11, 13), entity="e2", by="2"),  # second sentence
    mention("m6", "ar1", (12, 13), type="DATE", by="2"),
    mention("gone", "elsewhere", (0, 1), entity="e1"),
    # From the second sentence to the fourth, without the third.
    ClaimMention(
        *("q1", span("en1", (22, 24), (45, 46)), "1", "t", "t"),
        claim="c1",
        claimant="e1",
        polarity="refute",
        mode="denied",
        epistemic="false-certain",
    ),
    ClaimMention("q2", span("ar1", (11, 20)), "2", "t", "t", claimant="e2", mode="denied"),
    ClaimMention("q3", span("ar1", (11, 20)), "2", "t", "t"),
    # The cue alone makes the only sentence of the other English article annotated.
    Attribution("a1", "en2", "2", "t", "t", cue=span("en2", (4, 6))),
    Note("n1", Ref("article", "en2"), "text", "3", "t", "t", article="en2"),
    Status(status_id("en1", "1"), "en1", "1", "done", "t"),
    Status(status_id("ar1", "1"), "ar1", "1", "reviewed", "t"),
    Status(status_id("ar1", "2"), "ar1", "2", "in progress", "t"),
    Status(status_id("elsewhere", "3"), "elsewhere", "3", "done", "t"),
]


def counted(*bodies: Body) -> Statistics:
    return count_annotations(AnnotationSet.of(RECORDS), bodies, (ANN, BOB, EVE))


ALL = counted(EN, EN2, AR, NIL)


def test_each_article_has_its_mentions_claims_and_annotated_sentences() -> None:
    assert ALL.articles == {
        "en1": Tally(1, 4, 1, 4, 3, {"ORG": 2, "PER": 2}),
        "en2": Tally(1, 0, 0, 1, 1, {}),
        "ar1": Tally(1, 2, 2, 2, 1, {"DATE": 1, "PER": 1}),
        "nil": Tally(1, 0, 0, 0, 0, {}),
    }
    assert list(ALL.articles) == ["en1", "en2", "ar1", "nil"]


def test_languages_and_the_total_add_the_articles_up() -> None:
    assert ALL.languages == {
        "en": Tally(2, 4, 1, 5, 4, {"ORG": 2, "PER": 2}),
        "ar": Tally(1, 2, 2, 2, 1, {"DATE": 1, "PER": 1}),
        "und": Tally(1, 0, 0, 0, 0, {}),
    }
    assert list(ALL.languages) == ["en", "ar", "und"]
    assert ALL.total == Tally(4, 6, 3, 7, 5, {"PER": 3, "ORG": 2, "DATE": 1})
    assert list(ALL.total.types) == ["PER", "ORG", "DATE"]


def test_coverage_is_a_share_and_0_without_sentences() -> None:
    assert ALL.articles["en1"].coverage == 0.75
    assert ALL.articles["nil"].coverage == 0


def test_an_entity_counts_for_all_that_were_merged_into_it() -> None:
    assert ALL.entities == (
        EntityCount("e1", "Alexander Nix", "PER", 3, 2, ("ar", "en")),
        EntityCount("e4", "Emerdata", "ORG", 2, 1, ("en",)),
    )
    assert ALL.unlinked == 1


def test_claimants_are_counted_likewise() -> None:
    assert ALL.claimants == (EntityCount("e1", "Alexander Nix", "PER", 2, 2, ("ar", "en")),)
    assert ALL.unclaimed == 1


def test_every_value_of_a_claim_mention_is_listed() -> None:
    assert ALL.polarity == {"affirm": 2, "refute": 1}
    assert ALL.mode == {"asserted": 1, "denied": 2, "questioned": 0, "hypothetical": 0}
    assert ALL.epistemic == {
        "true-certain": 0,
        "true-uncertain": 0,
        "false-certain": 1,
        "false-uncertain": 0,
        "unknown": 2,
    }


def test_the_progress_of_those_who_did_something() -> None:
    rest = {"skipped": 0}
    ann = {"new": 2, "in progress": 0, "done": 1, "reviewed": 1} | rest
    bob = {"new": 3, "in progress": 1, "done": 0, "reviewed": 0} | rest
    assert ALL.annotators == (Progress("1", "ann", 4, 1, ann), Progress("2", "bob", 2, 2, bob))
    assert [one.finished for one in ALL.annotators] == [2, 0]


def test_of_some_articles_nothing_else_counts() -> None:
    arabic = counted(AR)
    assert arabic.total == Tally(1, 2, 2, 2, 1, {"DATE": 1, "PER": 1})
    assert [(one.id, one.count, one.articles) for one in arabic.entities] == [("e1", 1, 1)]
    assert [one.statuses["new"] for one in arabic.annotators] == [0, 0]


def test_entities_merged_into_each_other_end_the_search() -> None:
    records: list[Record] = [
        entity("a", "A", merged_into="b"),
        entity("b", "B", merged_into="a"),
        mention("m", "en1", (0, 1), entity="a"),
    ]
    found = count_annotations(AnnotationSet.of(records), [EN], [ANN])
    assert [one.count for one in found.entities] == [1]


def test_of_nothing_there_are_zeros() -> None:
    nothing = count_annotations(AnnotationSet(), (), ())
    assert nothing.total == Tally(0, 0, 0, 0, 0, {})
    assert nothing.polarity == {"affirm": 0, "refute": 0}
    assert (nothing.languages, nothing.entities, nothing.annotators) == ({}, (), ())
