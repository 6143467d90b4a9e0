"""Our coefficients of agreement beside those of the field's own tools, on random labels."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from reader.agreement.measures import cohen_kappa, krippendorff_alpha

krippendorff = pytest.importorskip("krippendorff")
metrics = pytest.importorskip("sklearn.metrics")

LABELS = ("", "PER", "ORG", "LOC", "DATE")


@pytest.mark.parametrize("seed", range(20))
def test_cohens_kappa_is_that_of_scikit_learn(seed: int) -> None:
    chance = random.Random(seed)
    known = LABELS[: chance.randint(2, len(LABELS))]
    left = [chance.choice(known) for _ in range(chance.randint(20, 200))]
    right = [label if chance.random() < 0.6 else chance.choice(known) for label in left]
    ours = cohen_kappa(Counter(zip(left, right, strict=True)))
    assert ours == pytest.approx(metrics.cohen_kappa_score(left, right))


@pytest.mark.parametrize("seed", range(20))
def test_alpha_is_that_of_krippendorff(seed: int) -> None:
    """With labels missing, as when not everybody has annotated everything."""
    chance = random.Random(seed)
    known = LABELS[: chance.randint(2, len(LABELS))]
    units: list[list[str]] = []
    table: list[list[float]] = []
    for _ in range(chance.randint(20, 120)):
        usual = chance.choice(known)
        row = [usual if chance.random() < 0.6 else chance.choice(known) for _ in range(4)]
        there = [chance.random() < 0.8 for _ in row]
        units.append([label for label, is_there in zip(row, there, strict=True) if is_there])
        table.append(
            [
                known.index(label) if is_there else float("nan")
                for label, is_there in zip(row, there, strict=True)
            ]
        )
    by_annotator = [list(column) for column in zip(*table, strict=True)]
    theirs = krippendorff.alpha(by_annotator, level_of_measurement="nominal")
    assert krippendorff_alpha(units) == pytest.approx(theirs)
