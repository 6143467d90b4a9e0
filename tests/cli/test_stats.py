from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.attributes import Attributes, AttributeValue
from reader.annotation.changes import Change
from reader.annotation.model import Attributed, Attribution, Mention
from reader.annotation.schema import AttributeChoice, AttributeType
from reader.store.library import Library
from tests.cli.run import assert_one_line, run, run_on_terminal
from tests.formats.libraries import arabic_article, english_article, id_of
from tests.records import ANN, set_schema

REFERENCE = Path(__file__).parents[2] / "seeds" / "reference.json"
AR, EN = arabic_article().id, english_article().id


def fields(out: str, *about: str) -> list[list[str]]:
    lines = [line.split("\t") for line in out.splitlines()]
    return [line[1:] for line in lines if line[0] in about]


def test_on_a_pipe_lines_of_data_with_tabs(folder: Path) -> None:
    out = run(folder, "stats").out
    # Articles, mentions, claim mentions; sentences, annotated, with a mention, with a claim,
    # which stands in a headline; linked, unlinked, values.
    assert fields(out, "total") == [["2", "11", "1", "2", "2", "2", "0", "4", "7", "0"]]
    assert fields(out, "type") == [["OTHER", "5"], ["PER", "5"], ["ORG", "1"]]
    assert fields(out, "language") == [
        ["ar", "1", "10", "1", "2", "2", "2", "0", "3", "7", "0"],
        ["en", "1", "1", "0", "0", "0", "0", "0", "1", "0", "0"],
    ]
    assert fields(out, "language-type")[-1] == ["en", "PER", "1"]
    (english, arabic) = fields(out, "article")
    assert english[:-1] == [EN, "1", "1", *"00000", "1", "0", "0", "en", "1"]
    assert arabic[:-1] == [AR, "1", "10", "1", "2", "2", "2", "0", "3", "7", "0", "ar", "2"]
    assert arabic[-1].startswith("😊 قال أوباما")
    assert fields(out, "article-type")[0] == [EN, "PER", "1"]


def test_on_a_pipe_entities_claims_and_people(folder: Path) -> None:
    out = run(folder, "stats").out
    # Two mentions of his in Arabic, and one of whom was merged into him.
    assert fields(out, "entity") == [
        [id_of("obama"), "3", "2", "ar en", "PER", "Barack Obama"],
        [id_of("union"), "1", "1", "ar", "ORG", "الاتحاد الأوروبي"],
    ]
    assert fields(out, "unlinked", "values", "claims") == [["7"], ["0"], ["1"]]
    assert fields(out, "claimant") == [[id_of("obama"), "1", "1", "1", "ar", "PER", "Barack Obama"]]
    assert fields(out, "unclaimed") == [["0"]]
    assert fields(out, "polarity") == [["affirm", "0"], ["refute", "1"]]
    assert ["questioned", "1"] in fields(out, "mode")
    assert ["true-uncertain", "1"] in fields(out, "epistemic")
    people = {line[-1]: line[1:-1] for line in fields(out, "annotator")}
    assert people == {
        "سامي": ["11", "0", "2", "0", "0", "0", "0"],
        "Kim": ["0", "1", "1", "1", "0", "0", "0"],
    }


def test_of_some_articles(folder: Path) -> None:
    out = run(folder, "stats", "1").out
    assert fields(out, "total")[0][:3] == ["1", "1", "0"]
    assert [line[0] for line in fields(out, "article")] == [EN]
    assert [line[1:] for line in fields(out, "entity")] == [["1", "1", "en", "PER", "Barack Obama"]]
    # The number is that of `reader list`, not that of the argument.
    assert [line[-2] for line in fields(run(folder, "stats", AR).out, "article")] == ["2"]
    assert_one_line(run(folder, "stats", "9"), "no article is '9'", code=2)


def test_of_a_language_or_of_one_annotator(folder: Path) -> None:
    arabic = run(folder, "stats", "--language", "ar").out
    assert [line[0] for line in fields(arabic, "article")] == [AR]
    assert fields(arabic, "total") == [line[1:] for line in fields(arabic, "language")]
    kim = json.loads(run(folder, "stats", "--by", "Kim", "--json").out)
    assert kim["filters"] == {"articles": [], "language": "", "by": "Kim"}
    assert (kim["total"]["mentions"], kim["total"]["claim_mentions"]) == (0, 1)
    assert (kim["total"]["mentioned"], kim["total"]["annotated"]) == (0, 0)
    assert [one["name"] for one in kim["annotators"]] == ["Kim"]
    assert_one_line(run(folder, "stats", "--language", "fr"), "no article is like that", code=1)
    assert_one_line(run(folder, "stats", "--by", "Eve"), "'Eve'", "Kim", code=2)


def test_as_json_it_says_the_same(folder: Path) -> None:
    found = json.loads(run(folder, "stats", "--json").out)
    assert list(found) == [
        *("filters", "total", "languages", "articles", "entities", "claims", "claimants"),
        *("unclaimed", "polarity", "mode", "epistemic", "attributes", "annotators"),
    ]
    assert found["total"] == {
        "articles": 2,
        "mentions": 11,
        "linked": 4,
        "unlinked": 7,
        "values": 0,
        "claim_mentions": 1,
        "sentences": 2,
        "annotated": 2,
        "mentioned": 2,
        "claimed": 0,
        "types": {"OTHER": 5, "PER": 5, "ORG": 1},
    }
    assert list(found["articles"]) == [EN, AR]
    arabic = found["articles"][AR]
    assert (arabic["number"], arabic["language"]) == (2, "ar")
    assert arabic["title"].startswith("😊 قال أوباما")
    assert arabic.keys() - found["total"].keys() == {"number", "language", "title"}
    assert found["languages"]["ar"].keys() == found["total"].keys()
    assert found["entities"][0] == {
        "id": id_of("obama"),
        "name": "Barack Obama",
        "type": "PER",
        "count": 3,
        "articles": 2,
        "languages": ["ar", "en"],
    }
    assert found["claimants"][0]["claims"] == found["claims"] == 1
    assert found["annotators"][1]["statuses"]["in progress"] == 1
    assert list(json.loads(run(folder, "stats", "2", "--json").out)["articles"]) == [AR]


def test_sentences_can_be_left_out(folder: Path) -> None:
    found = json.loads(run(folder, "stats", "--no-coverage", "--json").out)
    assert found["total"]["sentences"] is found["articles"][AR]["claimed"] is None
    assert found["total"]["mentions"] == 11
    numbers = fields(run(folder, "stats", "--no-coverage").out, "total")[0]
    assert numbers == ["2", "11", "1", *([""] * 4), "4", "7", "0"]
    shown = run_on_terminal(folder, "stats", "--no-coverage", TERM="dumb").out
    assert "sentence" not in shown and "covered" not in shown


def test_on_a_terminal_bars_and_names_as_they_are_read(folder: Path) -> None:
    done = run_on_terminal(folder, "stats", columns=80, TERM="dumb")
    rows = done.out.splitlines()
    assert rows[0] == "2 articles, 11 mentions, 1 claim, 1 claim mention"
    start = rows.index("Of 2 sentences of the bodies") + 1
    assert rows[start : start + 2] == [
        f"2  {'█' * 20}  100%  with a mention",
        f"0  {' ' * 20}  0%    with a claim",
    ]
    start = rows.index("Mentions by type") + 1
    assert rows[start : start + 4] == [f"5  {'█' * 20}  OTHER", f"5  {'█' * 20}  PER", _fifth(), ""]
    (union,) = [row for row in rows if " ORG  " in row]
    assert union.endswith("ﻲﺑﻭﺭﻭﻷﺍ ﺩﺎﺤﺗﻻﺍ")
    assert "Entities by mentions (7 not linked)" in rows
    assert "Claimants by claims (0 without a claimant)" in rows
    assert any(row.startswith("0  ") and row.endswith("ﻲﻣﺎﺳ") for row in rows)
    assert done.code == 0


def _fifth() -> str:
    return f"1  {'█' * 4}{' ' * 16}  ORG"


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_rows_fit_terminals_of_any_width(reference: Path, columns: int) -> None:
    shown = run_on_terminal(reference, "stats", columns=columns, TERM="dumb").out
    rows = shown.splitlines()
    assert max(map(len, rows)) <= columns
    drawn = [row for row in rows if "█" in row or "▏" in row]
    assert len(drawn) > 40
    for chart in shown.split("\n\n")[1:]:
        bars = [row for row in chart.splitlines() if "█" in row or "▏" in row]
        # The bars of a chart begin in the same column, after the counts.
        assert len({len(row) - len(row.lstrip(" 0123456789,")) for row in bars}) == 1
        assert _is_in_order(bars)


def _is_in_order(bars: list[str]) -> bool:
    """Whether a greater count never has a shorter bar."""
    pairs = [(int(row.split()[0]), sum(c in "█▏▎▍▌▋▊▉" for c in row)) for row in bars]
    return all(b >= d for a, b in pairs for c, d in pairs if a >= c)


def test_without_colour_it_is_the_same_text_without_sequences(reference: Path) -> None:
    plain = run_on_terminal(reference, "stats", NO_COLOR="1")
    assert plain.code == 0
    assert "\x1b[38" not in plain.out and "\x1b[48" not in plain.out
    assert "\x1b" not in run(reference, "stats", CLICOLOR_FORCE="1", FORCE_COLOR="1").out


def test_rows_fit_the_terminal_and_give_it_its_order_back(folder: Path) -> None:
    shown = run_on_terminal(folder, "stats", columns=80).out
    assert shown.startswith("\x1b[8l\x1b[K2 articles") and shown.endswith("\x1b[8h")
    logical = run_on_terminal(folder, "--bidi", "off", "stats").out
    assert "\x1b[8" not in logical
    assert "الاتحاد الأوروبي" in logical


def test_what_somebody_wrote_into_the_file_harms_no_terminal(folder: Path) -> None:
    with sqlite3.connect(folder / "annotations.db") as connection:
        for column in ("article.language", "mention.type", "entity.type", "annotator.name"):
            table, name = column.split(".")
            connection.execute(f"UPDATE {table} SET {name} = char(27) || '[2J'")
    connection.close()
    for shown in (run_on_terminal(folder, "stats").out, run(folder, "stats").out):
        assert "[2J" in shown
        assert "\x1b[2J" not in shown


def test_counting_changes_no_byte_of_the_library(folder: Path) -> None:
    before = (folder / "annotations.db").read_bytes()
    assert run(folder, "stats").code == 0
    assert (folder / "annotations.db").read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["annotations.db"]


def test_articles_without_annotations_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The minister said on Monday that it would take a week.\n")
    assert run(tmp_path, "add", "a.txt").code == 0
    numbers = fields(run(tmp_path, "stats").out, "total")[0]
    assert numbers == ["1", "0", "0", "1", "0", "0", "0", "0", "0", "0"]
    shown = run_on_terminal(tmp_path, "stats", TERM="dumb")
    assert shown.code == 0
    first, _, heading, *rest = shown.out.splitlines()
    assert first == "1 article, 0 mentions, 0 claims, 0 claim mentions"
    assert heading == "Of 1 sentence of the bodies"
    assert [row.split() for row in rest] == [
        ["0", "0%", "with", "a", "mention"],
        ["0", "0%", "with", "a", "claim"],
        ["0", "0%", "with", "any", "annotation"],
    ]


def test_without_articles_it_says_so(tmp_path: Path) -> None:
    assert_one_line(run(tmp_path, "stats"), "there is no library here")
    (tmp_path / "annotations.db").touch()
    assert_one_line(run(tmp_path, "stats"), "annotations.db has no articles yet", code=0)
    empty = json.loads(run(tmp_path, "stats", "--json").out)
    assert empty["total"]["articles"] == 0


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reference")
    assert run(folder, "import", REFERENCE).code == 0
    return folder


def test_of_the_shipped_annotations_it_counts_what_their_text_holds(reference: Path) -> None:
    text = json.loads(REFERENCE.read_bytes())
    found = json.loads(run(reference, "stats", "--json").out)
    mentions = [mention for article in text["articles"] for mention in article["mentions"]]
    claims = [claim for article in text["articles"] for claim in article["claim_mentions"]]
    assert found["total"]["mentions"] == len(mentions)
    assert found["total"]["claim_mentions"] == len(claims)
    assert {id: tally["mentions"] for id, tally in found["articles"].items()} == {
        article["id"]: len(article["mentions"]) for article in text["articles"]
    }
    linked = sum(entity["count"] for entity in found["entities"])
    free = [mention["type"] for mention in mentions if mention.get("entity") is None]
    dates = sum(type in ("DATE", "MONEY", "NUMBER") for type in free)
    assert linked == found["total"]["linked"] == len(mentions) - len(free)
    assert found["total"]["values"] == dates
    assert found["total"]["unlinked"] == len(free) - dates
    assert sum(one["count"] for one in found["claimants"]) + found["unclaimed"] == len(claims)
    assert found["claims"] == len({claim["claim"] for claim in claims} - {None})
    for field in ("polarity", "mode", "epistemic"):
        values = [claim[field] for claim in claims]
        assert found[field] == {value: values.count(value) for value in found[field]}
    assert 0 < found["total"]["annotated"] <= found["total"]["sentences"]


def test_what_is_a_value_stays_one_under_another_name_and_in_another_library(
    reference: Path, tmp_path: Path
) -> None:
    there = tmp_path / "there"
    there.mkdir()
    shutil.copy(reference / "annotations.db", tmp_path)
    before = json.loads(run(tmp_path, "stats", "--json").out)["total"]
    renamed = run(tmp_path, "schema").out.replace('name = "DATE"', 'name = "WHEN"\nwas = "DATE"')
    (tmp_path / "types.toml").write_text(renamed)
    assert run(tmp_path, "schema", "apply", "types.toml").code == 0
    after = json.loads(run(tmp_path, "stats", "--json").out)["total"]
    assert after.pop("types")["WHEN"] == before.pop("types")["DATE"] > 0
    assert after == before and before["values"] > 0
    assert run(tmp_path, "export", "-o", "whole.json").code == 0
    assert run(there, "import", tmp_path / "whole.json").code == 0
    taken = json.loads(run(there, "stats", "--json").out)["total"]
    assert taken.pop("types")["WHEN"] > 0 and taken == before
    nothing = run(tmp_path, "schema").out.replace('value = "date"', 'value = "none"')
    (tmp_path / "types.toml").write_text(nothing)
    tried = run(tmp_path, "schema", "apply", "--dry-run", "types.toml")
    assert "change entity type “WHEN”: value" in tried.out.splitlines()
    assert run(tmp_path, "schema", "apply", "types.toml").code == 0
    total = json.loads(run(tmp_path, "stats", "--json").out)["total"]
    assert total["unlinked"] > before["unlinked"] and total["values"] < before["values"]


def test_of_the_shipped_annotations_the_chart_is_cut_and_the_pipe_is_not(reference: Path) -> None:
    entities = fields(run(reference, "stats").out, "entity")
    counts = [int(line[1]) for line in entities]
    assert counts == sorted(counts, reverse=True)
    assert {"Cambridge Analytica", "Donald Trump"} == {line[-1] for line in entities[:2]}
    shown = run_on_terminal(reference, "stats", TERM="dumb").out
    assert f"\n{len(entities) - 10} more; `reader stats | cat` lists all.\n" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_what_attributes_say_is_counted(folder: Path) -> None:
    values = tuple(AttributeChoice(name, name) for name in ("sure", "likely"))
    rows = (
        AttributeType("how", "How", "choices", on=("mention", "attribution"), values=values),
        AttributeType("size", "Size", "number"),
    )
    one: dict[str, AttributeValue] = {"how": ("sure",)}
    both: dict[str, AttributeValue] = {"how": ("sure", "likely"), "size": 2}
    with Library(folder / "annotations.db") as library:
        schema = replace(library.schema(), attributes=rows)
        set_schema(library, schema)
        found = library.records.all()
        mentions = [record for record in found if isinstance(record, Mention)][:2]
        chosen: list[Attributed] = [*mentions, *(r for r in found if isinstance(r, Attribution))]
        changes = [
            Change(record, replace(record, attributes=Attributes.of(each)))
            for record, each in zip(chosen, (both, one, one), strict=True)
        ]
        library.perform(ANN, Author(ANN, AnnotationSet(), schema).action("say", changes))
    out = run(folder, "stats").out
    assert fields(out, "attribute") == [
        *(["how", "sure", "3"], ["how", "likely", "1"], ["size", "2", "1"]),
    ]
    counted = json.loads(run(folder, "stats", "--json").out)["attributes"]
    assert counted == {"how": {"sure": 3, "likely": 1}, "size": {"2": 1}}
