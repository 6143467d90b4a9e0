"""`reader agreement`: two annotators on one article, counted by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.session import Session
from reader.store.library import Library
from tests.cli.run import run
from tests.records import make_article

#       0123456789012345678901234567890123456789
TEXT = "Alexander Nix told Brad Parscale of بارسكيل."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library in which Ann and Bob agree on Nix, and on part of Parscale."""
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles([make_article(TEXT), make_article("Nobody reads this.")])
    for name, start in (("ann", 19), ("bob", 24)):
        session = Session.open(path, name)
        session.open_article(session.articles()[0].id)
        session.marking.tag([(0, 13)], "PER")
        session.marking.tag([(start, 32)], "PER")
        if name == "ann":
            session.marking.tag([(36, 43)], "PER")
        session.close()
    return tmp_path


def test_the_numbers_are_those_worked_out_by_hand(folder: Path) -> None:
    done = run(folder, "agreement")
    assert done.code == 0, done.err
    rows = [line.split("\t") for line in done.out.splitlines()]
    # Exactly: 1 of 3 and 2. By overlap: 2 of 3 and 2. Of seven words five are alike, and
    # chance makes (5*3 + 2*4) / 49 of them.
    kappa = f"{(5 / 7 - 23 / 49) / (1 - 23 / 49):.3f}"
    assert rows[:3] == [
        ["ann, bob", "exact", "overlap", "kappa", "left", "right"],
        ["mention", "0.400", "0.800", kappa, "3", "2"],
        ["mention PER", "0.400", "0.800", kappa, "3", "2"],
    ]
    assert rows[3][0] == "all annotators"
    assert rows[4][0] == "mention"


def test_every_difference_has_a_line(folder: Path) -> None:
    done = run(folder, "agreement", "--list", "--between", "bob", "ann")
    lines = [line.split("\t")[1:] for line in done.out.splitlines()]
    assert lines == [
        ["19", "32", "mention", "borders", "PER “Parscale”", "PER “Brad Parscale”"],
        ["36", "43", "mention", "only right", "–", "PER “بارسكيل”"],
    ]


def test_json_has_all_of_it(folder: Path) -> None:
    found = json.loads(run(folder, "agreement", "--json").out)
    assert [who["name"] for who in found["annotators"]] == ["ann", "bob"]
    (pair,) = found["pairs"]
    (spans,) = pair["all_articles"]["spans"]
    assert spans["exact"] == {"matched": 1, "left": 3, "right": 2, "f1": 0.4}
    assert pair["all_articles"]["confusion"]["mention"] == [
        ["", "", 2],
        ["PER", "", 2],
        ["PER", "PER", 3],
    ]
    assert len(pair["disagreements"]) == 2
    assert len(pair["articles"]) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["--between", "ann", "cid"], 2, "cid has annotated none of the articles; known are ann"),
        (["--between", "ann", "ann"], 2, "name two different annotators"),
        (["2"], 1, "no article has been annotated by two people"),
        (["--both-done"], 1, "no article has been annotated by two people"),
    ],
)
def test_what_cannot_be_compared(folder: Path, arguments: list[str], code: int, line: str) -> None:
    done = run(folder, "agreement", *arguments)
    assert (done.code, done.out) == (code, "")
    assert line in done.err
