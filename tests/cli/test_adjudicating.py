"""`reader adjudicate`: whom it can be begun with, and the list of what was decided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.session import Session
from reader.work.adjudication import Adjudication
from tests.cli.run import run
from tests.cli.test_agreement import folder as folder


def decide(path: Path) -> None:
    session = Session.open(path, "eve")
    ids = {who.name: who.id for who in session.library.people.all()}
    work = Adjudication(session, ids["ann"], ids["bob"])
    (article,) = work.articles()
    work.begin(article)
    borders, only = work.open(article)
    work.decide(borders, "right")
    work.decide(only, "neither")
    session.close()


def test_what_was_decided_is_listed(folder: Path) -> None:
    none = run(folder, "adjudicate", "--list")
    assert (none.code, none.out) == (1, "")
    assert "nothing was decided yet." in none.err
    decide(folder / "annotations.db")
    before = (folder / "annotations.db").read_bytes()
    lines = [line.split("\t") for line in run(folder, "adjudicate", "--list").out.splitlines()]
    assert [line[1:7] + line[8:] for line in lines] == [
        ["24", "32", "mention", "Parscale", "takes bob", "eve", "current"],
        ["36", "43", "mention", "بارسكيل", "neither", "eve", "current"],
    ]
    found = json.loads(run(folder, "adjudicate", "--json", "1").out)
    assert [(each["choice"], each["by"]) for each in found] == [
        ("takes bob", "eve"),
        ("neither", "eve"),
    ]
    assert (folder / "annotations.db").read_bytes() == before
    # It travels with the rest, as notes and as a layer of its own.
    exported = json.loads(run(folder, "export").out)
    notes = [note["text"] for each in exported["articles"] for note in each["notes"]]
    assert sorted(notes) == ["settled: neither", "settled: takes bob"]
    agreed = run(folder, "agreement", "--between", "bob", "settled")
    assert "mention\t1.000\t1.000" in agreed.out


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--between", "ann", "cid"], "there is no annotator cid; known are ann, bob"),
        (["--between", "ann", "ann"], "name two different annotators"),
        (["1"], "ARTICLE only narrows --list"),
        ([], "the interface needs a terminal"),
    ],
)
def test_what_cannot_be_begun(folder: Path, arguments: list[str], line: str) -> None:
    done = run(folder, "adjudicate", *arguments)
    assert (done.code, done.out) == (2, "")
    assert line in done.err
