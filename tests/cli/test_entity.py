"""`reader entity`: one entity, by id, Wikidata id, or name in any script."""

from __future__ import annotations

import json
from pathlib import Path

from reader.annotation.ids import new_id
from reader.session import Session
from tests.cli.run import assert_one_line, run, run_on_terminal
from tests.formats.libraries import id_of

OBAMA = id_of("obama")


def parts(out: str) -> list[list[str]]:
    return [line.split("\t") for line in out.splitlines()]


def test_an_entity_is_found_by_ids_and_names_of_any_script(folder: Path) -> None:
    for name in (OBAMA, OBAMA.lower(), "q76", "barack obama", "أوباما", "Obama", "Brak Obama"):
        assert parts(run(folder, "entity", name).out)[0][:3] == ["entity", OBAMA, "PER"], name
    # What was merged into it is it.
    done = parts(run(folder, "entity", id_of("merged")).out)
    assert done[0][1] == OBAMA and ["merged", id_of("merged"), "Obama"] in done


def test_lines_say_what_is_known_where_it_is_named_and_what_it_claims(folder: Path) -> None:
    lines = parts(run(folder, "entity", OBAMA).out)
    assert ["link", "wikidata", "Q76", "confirmed"] in lines
    assert ["name", "ar", "Arab", "باراك أوباما"] in lines and ["note", "44th president"] in lines
    mentions = [line for line in lines if line[0] == "mention"]
    found = json.loads(run(folder, "entity", OBAMA, "--json").out)
    assert [m["quote"] for m in found["mentions"]] == [line[5] for line in mentions] != []
    for mention, line in zip(found["mentions"], mentions, strict=True):
        # JSON is exact; lines show no control characters.
        assert mention["quote"] in mention["sentence"] and line[5] in line[6]
    claims = [line for line in lines if line[0] == "claim"]
    assert [c["id"] for c in found["claims"]] == [line[1] for line in claims] != []
    assert all(m["claimant"] == OBAMA for c in found["claims"] for m in c["mentions"])


def test_on_a_terminal_mentions_stand_below_their_articles(folder: Path) -> None:
    out = run_on_terminal(folder, "entity", OBAMA, columns=70).out
    assert "Wikidata: Q76 confirmed" in out and "1 claim" in out
    assert all(len(line) < 200 for line in out.split("\n")) and "mention" in out


def test_a_name_that_fits_none_or_several_says_which_are_near(folder: Path) -> None:
    session = Session.open(folder / "annotations.db", "sam")
    session.open_article(session.articles()[0].id)
    for name in ("Barack Obama Senior", "Michelle Obama"):
        session.marking.create_entity(name, "PER")
    session.close()
    several = run(folder, "entity", "Obama S")
    assert several.code == 0 and "Senior" in several.out
    assert_one_line(run(folder, "entity", "rack O"), "may be", "give more of the name", code=2)
    assert_one_line(run(folder, "entity", "Zbigniew"), "no entity is 'Zbigniew'", code=2)
    assert_one_line(run(folder, "entity", "Zichelle Zama"), "near are “Michelle Obama”", code=2)
    assert_one_line(run(folder, "entity", new_id()), "no entity is", code=2)
