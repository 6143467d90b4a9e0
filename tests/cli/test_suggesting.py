"""Suggestions from the command line: printed, taken as one action, brought in from a model."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from reader.annotation.model import Entity, KnowledgeLink, Mention, Suggestion
from reader.corpus.loading import load_article
from reader.session import Session
from reader.store.library import Library
from reader.work.suggesting import Suggestions
from tests.cli.run import assert_one_line, run, run_on_terminal

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
NAMES = "Cambridge Analytica\tORG\tكامبريدج أناليتيكا\nTrump\n"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A folder with a library of the seeds, and a gazetteer."""
    with Library(tmp_path / "annotations.db") as library:
        library.add_articles([load_article(seed.read_bytes(), seed.name) for seed in SEEDS])
    (tmp_path / "names.txt").write_text(NAMES)
    return tmp_path


def opened(folder: Path, language: str) -> Session:
    session = Session.open(folder / "annotations.db", "sam")
    (entry,) = [entry for entry in session.articles() if entry.language == language]
    session.open_article(entry.id)
    return session


def mentions(folder: Path) -> list[Mention]:
    with Library(folder / "annotations.db") as library:
        return [record for record in library.records.all() if isinstance(record, Mention)]


def test_names_of_a_gazetteer_with_the_words_around_them(seeds: Path) -> None:
    before = (seeds / "annotations.db").read_bytes()
    done = run(seeds, "suggest", "--gazetteer", "names.txt", "--type", "PER")
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert sum(row[3] == "ORG" for row in rows) == 8 + 18 + 12
    assert {row[4] for row in rows if row[3] == "PER"} == {"Trump"}
    assert all(row[4] in row[7] for row in rows)
    assert f"{len(rows)} suggestions in 3 articles: 38 ORG, " in done.err
    assert "nothing was written" in done.err and done.code == 0
    assert (seeds / "annotations.db").read_bytes() == before


def test_what_is_taken_is_one_action(seeds: Path) -> None:
    (seeds / "one.txt").write_text("Cambridge Analytica\tORG\tكامبريدج أناليتيكا\n")
    done = run(seeds, "suggest", "--gazetteer", "one.txt", "--take", "--annotator", "sam")
    assert "tagged 38 mentions in 3 articles: 38 ORG; one undo takes all" in done.err
    assert {(m.type, m.origin) for m in mentions(seeds)} == {("ORG", "suggested")}
    again = run(seeds, "suggest", "--gazetteer", "one.txt", "--take", "--annotator", "sam")
    assert_one_line(again, "nothing is proposed")
    session = opened(seeds, "en")
    assert session.undo() is not None
    session.close()
    assert mentions(seeds) == []


def test_entities_are_looked_for_and_linked(seeds: Path) -> None:
    session = opened(seeds, "id")
    entity = session.marking.create_entity("Cambridge Analytica", "ORG")
    session.close()
    done = run(seeds, "suggest", "--json", "--annotator", "sam")
    found = json.loads(done.out)
    assert len(found) == 8 + 18
    assert {(each["entity"], each["name"], each["from"]) for each in found} == {
        (entity.id, "Cambridge Analytica", "alias")
    }
    for each in found:
        assert each["excerpt"][slice(*each["mark"])] == each["quote"] == "Cambridge Analytica"
    (seeds / "one.txt").write_text("Cambridge Analytica\tORG\n")
    done = run(seeds, "suggest", "--gazetteer", "one.txt", "--json", "1")
    assert {each["entity"] for each in json.loads(done.out)} == {entity.id}


def test_patterns_of_the_articles_that_are_named(seeds: Path) -> None:
    done = run(seeds, "suggest", "--patterns", "2")
    types = {line.split("\t")[3] for line in done.out.splitlines()}
    assert types == {"DATE", "MONEY"}
    assert len({line.split("\t")[0] for line in done.out.splitlines()}) == 1


def test_finished_articles_only_when_asked_for(seeds: Path) -> None:
    session = opened(seeds, "en")
    session.marking.set_status("done")
    session.close()
    options = ("suggest", "--gazetteer", "names.txt", "--type", "PER", "--annotator", "sam")
    assert " in 2 articles" in run(seeds, *options).err
    assert " in 3 articles" in run(seeds, *options, "--also-finished").err
    assert " in 1 article:" in run(seeds, *options, "2").err


def test_on_a_terminal_with_the_title_and_the_words_set(seeds: Path) -> None:
    done = run_on_terminal(seeds, "suggest", "--gazetteer", "names.txt", "--type", "PER", "3")
    assert "ORG" in done.out and "ﺎﻜﻴﺘﻴﻟﺎﻧﺃ" in done.out
    assert max(len(row) for row in done.out.splitlines() if "\x1b[1;4m" not in row) <= 100


def test_what_is_taken_of_a_gazetteer_is_linked_to_the_entity_it_says(seeds: Path) -> None:
    """Of two rows one is made, with all that the list says; the other is there already."""
    rows = [
        {"name": "Steve Bannon", "type": "PER", "aliases": ["Bannon"], "wikidata": "q3476599"},
        {"name": "Nix, Alexander", "type": "PER", "aliases": ["Alexander Nix", "Nix"]},
    ]
    (seeds / "list.json").write_text(json.dumps(rows), encoding="utf-8")
    session = Session.open(seeds / "annotations.db", "sam")
    session.open_article(session.articles()[0].id)
    nix = session.marking.create_entity("alexander  NIX", "PER")
    options = ("suggest", "--gazetteer", "list.json", "--take", "--annotator", "sam")
    assert run(seeds, *options).code == 0
    known = {e.name: e for e in session.library.entities.all()}
    assert set(known) == {"alexander  NIX", "Steve Bannon"} and known[nix.name] == nix
    bannon = known["Steve Bannon"]
    assert bannon.links == (KnowledgeLink("wikidata", "Q3476599", "confirmed"),)
    assert [alias.text for alias in bannon.aliases] == ["Bannon"]
    linked = {m.span.quote: m.entity for e in (nix, bannon) for m in mentions_of(session, e)}
    assert linked["Steve Bannon"] == linked["Bannon"] == bannon.id
    assert linked["Alexander Nix"] == linked["Nix"] == nix.id
    session.undo()
    assert session.library.entities.all() == (nix,)
    assert mentions_of(session, nix) == ()
    session.close()


def mentions_of(session: Session, entity: Entity) -> tuple[Mention, ...]:
    return session.library.entities.mentions([entity.id])


def test_what_a_gazetteer_proposes_is_kept_for_the_interface(seeds: Path) -> None:
    options = ("suggest", "--gazetteer", "names.txt", "--type", "PER", "1", "--annotator", "sam")
    done = run(seeds, *options, "--keep")
    assert "kept 13 suggestions for the interface." in done.err
    assert mentions(seeds) == []
    again = run(seeds, *options, "--keep")
    assert "kept 0 suggestions for the interface; 13 were there already." in again.err
    session = opened(seeds, "id")
    found = Suggestions(session).here()
    assert Counter(each.type for each in found) == {"ORG": 8, "PER": 5}
    assert {record.model for each in found for record in each.records} == {"names"}
    session.close()
    assert_one_line(run(seeds, *options, "--keep", "--take"), "give one of them", code=2)


def lines(folder: Path, *objects: object) -> Path:
    path = folder / "ner.jsonl"
    path.write_text("\n\n".join(json.dumps(each, ensure_ascii=False) for each in objects))
    return path


def prediction(text: str, quote: str, **more: object) -> dict[str, object]:
    start = text.index(quote)
    return {
        "article": SEEDS[1].name,
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "type": "ORG",
    } | more


def english() -> str:
    return load_article(SEEDS[1].read_bytes(), SEEDS[1].name).text


def test_predictions_come_in_once_and_are_shown_by_score(seeds: Path) -> None:
    text = english()
    lines(
        seeds,
        prediction(text, "The Daily Beast", score=0.9, extra=[1]),
        prediction(text, "WikiLeaks", score=0.3),
        prediction(text, "WikiLeaks", score=0.4),
    )
    done = run(seeds, "suggest", "--import", "ner.jsonl")
    assert done.err == (
        "reader: imported 2 suggestions of “ner” in 1 article; 1 were there already.\n"
    )
    again = run(seeds, "suggest", "--import", "ner.jsonl")
    assert "no new suggestion in ner.jsonl; 3 were there already." in again.err
    done = run(seeds, "suggest", "--json")
    found = [(each["quote"], each["score"], each["from"]) for each in json.loads(done.out)]
    assert sorted(found) == [("The Daily Beast", 0.9, "ner"), ("WikiLeaks", 0.3, "ner")]
    done = run(seeds, "suggest", "--models", "--least", "0.8", "--take")
    assert "tagged 1 mention in 1 article: 1 ORG" in done.err
    assert [m.span.quote for m in mentions(seeds)] == ["The Daily Beast"]
    with Library(seeds / "annotations.db") as library:
        left = [r for r in library.records.all() if isinstance(r, Suggestion)]
    assert [(r.span.quote, r.model) for r in left] == [("WikiLeaks", "ner")]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"article": "none.txt"}, ["line 3", "no article of the library is “none.txt”"]),
        ({"quote": "WikiLeak!"}, ["line 3", "not “WikiLeak!”", "nowhere"]),
        ({"start": 0, "end": 9}, ["line 3", "it stands at", "code points, not bytes"]),
        ({"end": 99999}, ["line 3", "no range of the text, which has 6575 code points"]),
        ({"start": -1}, ["line 3", "start should be a number"]),
        ({"start": True}, ["line 3", "start should be a number"]),
        ({"type": "FIRM"}, ["line 3", "no type “FIRM”; known are", "ORG"]),
        ({"score": 7}, ["line 3", "score should be a number from 0 to 1"]),
        ({"score": float("nan")}, ["line 3", "score should be a number from 0 to 1"]),
        ({"entity": "Nobody"}, ["line 3", "no entity of the library has", "Nobody"]),
        ({"model": "\x1b[31mner"}, ["line 3", "model should be a name", "control"]),
        ({"model": "m" * 201}, ["line 3", "200 characters at most"]),
        ({"quote": 5}, ["line 3", "quote should be a string"]),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_nothing_comes_in(
    seeds: Path, change: dict[str, object], words: list[str]
) -> None:
    text = english()
    lines(seeds, prediction(text, "WikiLeaks"), prediction(text, "WikiLeaks") | change)
    before = (seeds / "annotations.db").read_bytes()
    done = run(seeds, "suggest", "--import", "ner.jsonl")
    assert_one_line(done, "ner.jsonl", "Nothing was imported.", *words)
    assert (seeds / "annotations.db").read_bytes() == before


@pytest.mark.parametrize("line", ["{", "[1]", "[" * 100000, '"a"'])
def test_what_is_no_object_is_told(seeds: Path, line: str) -> None:
    (seeds / "ner.jsonl").write_text(line)
    assert_one_line(run(seeds, "suggest", "--import", "ner.jsonl"), "ner.jsonl: line 1:")


def test_options_that_say_nothing_together_are_refused(seeds: Path) -> None:
    assert_one_line(run(seeds, "suggest", "--model", "x"), "--import", code=2)
    assert_one_line(run(seeds, "suggest", "--type", "PER"), "--gazetteer", code=2)
    lines(seeds)
    done = run(seeds, "suggest", "--import", "ner.jsonl", "--take")
    assert_one_line(done, "--import takes in a file", code=2)
    done = run(seeds, "suggest", "--gazetteer", "names.txt", "--type", "FIRM")
    assert_one_line(done, "no type 'FIRM'", code=2)
    done = run(seeds, "suggest", "--gazetteer", "names.txt")
    assert_one_line(done, "names.txt: line 2", "has no type", code=2)
