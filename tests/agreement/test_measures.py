"""Known answers: worked examples of the literature, and what must hold for any labels."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.agreement.measures import (
    Overlap,
    cohen_kappa,
    fleiss_kappa,
    krippendorff_alpha,
)


def test_cohens_kappa_of_fifty_proposals() -> None:
    # 20 yes by both, 15 no by both: 0.7 observed, 0.5 by chance.
    pairs = {("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}
    assert cohen_kappa(pairs) == pytest.approx(0.4)


def test_fleiss_kappa_of_ten_subjects_and_fourteen_raters() -> None:
    table = [
        (0, 0, 0, 0, 14),
        (0, 2, 6, 4, 2),
        (0, 0, 3, 5, 6),
        (0, 3, 9, 2, 0),
        (2, 2, 8, 1, 1),
        (7, 7, 0, 0, 0),
        (3, 2, 6, 3, 0),
        (2, 5, 3, 2, 2),
        (6, 5, 2, 1, 0),
        (0, 2, 2, 3, 7),
    ]
    assert fleiss_kappa(dict(enumerate(row)) for row in table) == pytest.approx(0.2099, abs=5e-5)


def test_krippendorffs_alpha_with_missing_judgements() -> None:
    # Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", C: four observers.
    observers = (
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    )
    items = zip(*(line.split() for line in observers), strict=True)
    found = krippendorff_alpha([label for label in item if label != "."] for item in items)
    assert found == pytest.approx(0.743, abs=5e-4)


def test_krippendorffs_alpha_of_two_observers_and_two_values() -> None:
    # Krippendorff 2011, A: ten units, two observers.
    items = ["01", "11", "01", "00", "00", "01", "00", "00", "10", "00"]
    assert krippendorff_alpha(items) == pytest.approx(0.095, abs=5e-4)


def test_spans_are_counted_from_both_sides() -> None:
    found = Overlap(matched=3, left=4, right=6)
    assert (found.recall, found.precision) == (0.75, 0.5)
    assert found.f1 == pytest.approx(0.6)
    assert Overlap(0, 0, 0).f1 is None


@pytest.mark.parametrize("labels", [[], ["x", "x", "x"]])
def test_without_a_choice_nothing_is_said(labels: list[str]) -> None:
    assert cohen_kappa(Counter((label, label) for label in labels)) is None
    assert fleiss_kappa([{label: 2} for label in labels]) is None
    assert krippendorff_alpha([[label, label] for label in labels]) is None


def test_fleiss_kappa_wants_everybodys_judgement() -> None:
    with pytest.raises(ValueError, match="same number of annotators"):
        fleiss_kappa([{"a": 2}, {"a": 3}])


judgements = st.lists(st.tuples(*[st.sampled_from("abc")] * 2), min_size=1, max_size=30)


@given(judgements)
def test_it_is_the_same_from_either_side(items: list[tuple[str, str]]) -> None:
    turned = [(other, one) for one, other in items]
    assert cohen_kappa(Counter(items)) == pytest.approx(cohen_kappa(Counter(turned)))
    assert krippendorff_alpha(items) == pytest.approx(krippendorff_alpha(turned))


@given(judgements)
def test_nothing_is_above_full_agreement(items: list[tuple[str, str]]) -> None:
    same = [(one, one) for one, _ in items]
    for found, full in (
        (cohen_kappa(Counter(items)), cohen_kappa(Counter(same))),
        (krippendorff_alpha(items), krippendorff_alpha(same)),
        (fleiss_kappa(map(Counter, items)), fleiss_kappa(map(Counter, same))),
    ):
        assert found is None or found <= 1
        assert full is None or full == pytest.approx(1)


@given(judgements)
def test_alpha_nears_the_kappa_of_pooled_labels(items: list[tuple[str, str]]) -> None:
    # With two who judged all, alpha is Scott's pi corrected for a small sample.
    alpha, pi = krippendorff_alpha(items), fleiss_kappa(map(Counter, items))
    if alpha is not None and pi is not None:
        size = 2 * len(items)
        assert alpha == pytest.approx(1 - (1 - pi) * (size - 1) / size)
