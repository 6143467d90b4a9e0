"""Agreement worked out by hand on one sentence, and what must hold for any two annotators."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.agreement.comparing import alpha, compare, fleiss, several
from reader.agreement.disagreements import disagreements
from reader.agreement.layers import Layer, layer, layers, tokens
from reader.agreement.measures import Overlap
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import Attribution, ClaimMention, Entity, Mention, Record
from reader.annotation.spans import Range, make_span
from reader.corpus.article import RoleRange
from tests.records import make_article

#        0123456789012345678901234567890123456789012
TEXT = "Alexander Nix told Brad Parscale of Cambridge\n\nRead more"
ARTICLE = make_article(TEXT, roles=(RoleRange(0, 45, "body"), RoleRange(47, 56, "boilerplate")))
NIX = Entity("E1", "PER", "Nix", "c", "A", "c", "A")
SAME = Entity("E2", "PER", "Alexander Nix", "c", "A", "c", "A", merged_into="E1")
OTHER = Entity("E3", "PER", "Brad", "c", "A", "c", "A")


def mention(
    who: str, start: int, end: int, type: str = "PER", entity: str | None = None
) -> Mention:
    span = make_span(ARTICLE.id, TEXT, [(start, end)])
    return Mention(f"{who}{start}-{end}{type}", span, type, who, "c", "c", entity=entity)


def claim(who: str, start: int, end: int, **fields: Any) -> ClaimMention:
    span = make_span(ARTICLE.id, TEXT, [(start, end)])
    return ClaimMention(f"{who}c{start}", span, who, "c", "c", **fields)


def attribution(who: str, source: Range, content: Range, **fields: Any) -> Attribution:
    first, last = (make_span(ARTICLE.id, TEXT, [each]) for each in (source, content))
    id = f"{who}a{content[0]}"
    return Attribution(id, ARTICLE.id, who, "c", "c", source=first, content=last, **fields)


def both(*records: Record) -> tuple[Layer, Layer, AnnotationSet]:
    known = AnnotationSet.of((NIX, SAME, OTHER, *records))
    found = layers(known, ARTICLE.id)
    return found.get("A", layer("A")), found.get("B", layer("B")), known


ANN = (
    mention("A", 0, 13, entity="E1"),
    mention("A", 19, 32, entity="E3"),
    mention("A", 36, 45, "ORG"),
    claim("A", 14, 45, epistemic="true-certain", claim="C1"),
    attribution("A", (0, 13), (19, 45)),
)
BOB = (
    mention("B", 0, 13, entity="E2"),
    mention("B", 24, 32, entity="E1"),
    mention("B", 36, 45, "LOC"),
    claim("B", 14, 45, epistemic="unknown", claim="C1"),
    attribution("B", (0, 13), (19, 32), directness="direct"),
)


def test_words_outside_the_boilerplate_are_tokens() -> None:
    assert [TEXT[slice(*each)] for each in tokens(ARTICLE)] == TEXT[:45].split()


def test_what_is_worked_out_by_hand() -> None:
    left, right, known = both(*ANN, *BOB)
    found = compare(left, right, tokens(ARTICLE), known)
    # Nix agrees; Brad shares text only; Cambridge has two types.
    assert found.exact["mention", "PER"] == Overlap(1, 2, 2)
    assert found.partial["mention", "PER"] == Overlap(2, 2, 2)
    assert found.exact["mention", "ORG"] == Overlap(0, 1, 0)
    assert found.exact["mention", "LOC"] == Overlap(0, 0, 1)
    assert found.of_kind("mention") == (Overlap(1, 3, 3), Overlap(2, 3, 3))
    # Alexander, Nix, Parscale PER by both; told, of outside by both; Brad and Cambridge differ.
    assert found.tokens["mention"] == {
        ("PER", "PER"): 3,
        ("", ""): 2,
        ("PER", ""): 1,
        ("ORG", "LOC"): 1,
    }
    # 5 of 7 observed; by chance (4*3 + 2*3 + 0) / 49.
    assert found.kappa("mention") == pytest.approx((5 / 7 - 18 / 49) / (1 - 18 / 49))
    # PER or not: 6 of 7 observed; by chance (4*3 + 3*4) / 49.
    assert found.kappa("mention", "PER") == pytest.approx((6 / 7 - 24 / 49) / (1 - 24 / 49))
    # A merged entity is the one it was merged into.
    assert found.links == Overlap(1, 2, 2)
    assert found.claims == Overlap(1, 1, 1)
    assert found.fields["epistemic"] == {("true-certain", "unknown"): 1}
    assert found.fields["directness"] == {("indirect", "direct"): 1}
    assert found.of_kind("source")[0] == Overlap(1, 1, 1)
    assert found.of_kind("content") == (Overlap(0, 1, 1), Overlap(1, 1, 1))


def test_three_annotators() -> None:
    left, right, _ = both(*ANN, *BOB)
    rows = several([((left, right, left), tokens(ARTICLE))])
    # Five of seven tokens agree; the other two have two of three alike.
    observed = (5 * 1 + 2 * (1 / 3)) / 7
    shares = {"PER": 11, "": 7, "ORG": 2, "LOC": 1}
    expected = sum(n**2 for n in shares.values()) / 21**2
    assert fleiss(rows, "mention") == pytest.approx((observed - expected) / (1 - expected))
    assert fleiss(several([]), "mention") is None
    assert alpha(rows, "mention") == pytest.approx(1 - (1 - observed) * 20 / (21 * (1 - expected)))


def test_every_difference_is_listed() -> None:
    left, right, known = both(*ANN, *BOB, mention("A", 14, 18, "OTHER"))
    found = disagreements(ARTICLE.id, left, right, known)
    assert [(each.start, each.end, each.kind, each.differences) for each in found] == [
        (14, 18, "mention", ("only left",)),
        (14, 45, "claim_mention", ("fields",)),
        (19, 32, "mention", ("borders", "entity")),
        (19, 45, "attribution", ("borders", "fields")),
        (36, 45, "mention", ("type",)),
    ]
    assert [each.fields for each in found] == [(), ("epistemic",), (), ("directness",), ()]
    assert found[0].right is None


ranges = st.tuples(st.integers(0, 40), st.integers(1, 15)).map(lambda p: (p[0], min(45, sum(p))))
mentions = st.lists(st.tuples(ranges, st.sampled_from(["PER", "ORG"])), max_size=8, unique=True)


@given(mentions, mentions)
@settings(max_examples=60, deadline=None)
def test_for_any_two_annotators(one: Any, other: Any) -> None:
    left, right, known = both(
        *(mention("A", place[0], place[1], type) for place, type in one),
        *(mention("B", place[0], place[1], type) for place, type in other),
    )
    words = tokens(ARTICLE)
    there, back = compare(left, right, words, known), compare(right, left, words, known)
    exact, partial = there.of_kind("mention")
    assert exact.matched == len({*one} & {*other})
    assert (exact.left, exact.right) == (len(one), len(other))
    assert exact.matched <= partial.matched <= min(len(one), len(other))
    assert back.of_kind("mention")[0] == Overlap(exact.matched, exact.right, exact.left)
    assert there.kappa("mention") == pytest.approx(back.kappa("mention"))
    assert compare(left, left, words, known).of_kind("mention")[0].f1 in (None, 1.0)
    assert disagreements(ARTICLE.id, left, left, known) == ()
    differing = disagreements(ARTICLE.id, left, right, known)
    assert (differing == ()) == (sorted(one) == sorted(other))
    twice = there + there
    assert twice.of_kind("mention")[0].f1 == exact.f1
