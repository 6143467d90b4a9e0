"""Commands in blind mode: they show one's own marks, or say in one line why they do not run."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from reader.annotation.model import Ref
from reader.session import Session
from reader.store.library import Library
from tests.cli.run import Run, assert_one_line, run, run_on_terminal
from tests.records import ENGLISH, make_article

BLIND = ("--annotator", "ann", "--blind")
NIX, ASSANGE = "Alexander Nix", "Julian Assange"


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Ann has tagged one name, bob another with an entity and a note; he is done."""
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles([make_article(ENGLISH)])
    for name, quote in (("ann", NIX), ("bob", ASSANGE)):
        with closing(Session.open(path, name)) as session:
            session.open_article(session.articles()[0].id)
            start = ENGLISH.index(quote)
            mention = session.marking.tag([(start, start + len(quote))], "PER")
            if name == "bob":
                session.marking.create_entity("The publisher", "PER", mention)
                session.marking.note(Ref("mention", mention.id), "bob thinks so")
                session.marking.set_status("done")
    return tmp_path


def test_what_is_shown_and_exported_is_ones_own(shared: Path) -> None:
    before = (shared / "annotations.db").read_bytes()
    (entry,) = json.loads(run(shared, "list", "--json", *BLIND).out)
    assert (entry["mentions"], entry["notes"], entry["status"]) == (1, 0, "in progress")
    assert [each["name"] for each in entry["annotators"]] == ["ann"]
    (row,) = run(shared, "list", *BLIND).out.splitlines()
    assert row.endswith("\t\t1\t0\t0")
    marks = run(shared, "show", "1", *BLIND).out.splitlines()[-1:]
    assert marks == [f"1\tmention\tPER\t0\t13\t{NIX}\t"]
    shown = run_on_terminal(shared, "show", "1", *BLIND, columns=100).out
    assert "The publisher" not in shown
    (entity,) = json.loads(run(shared, "entities", "--json", *BLIND).out)
    assert (entity["name"], entity["mentions"]) == ("The publisher", 0)
    data = json.loads(run(shared, "export", *BLIND).out)
    told = json.dumps(data)
    assert "bob thinks so" not in told and '"done"' not in told
    assert len(data["articles"][0]["mentions"]) == 1
    counted = json.loads(run(shared, "stats", "--json", "--no-coverage", *BLIND).out)
    everything = json.loads(run(shared, "stats", "--json", "--no-coverage").out)
    assert counted != everything
    (you,) = json.loads(run(shared, "annotators", "--json", *BLIND).out)
    assert you["name"] == "ann"
    assert "bob" not in run(shared, "history", *BLIND).out
    assert (shared / "annotations.db").read_bytes() == before


@pytest.mark.parametrize(
    "command",
    [
        ("agreement",),
        ("conflicts",),
        ("adjudicate", "--list"),
        ("history", "--by", "bob"),
        ("history", "--back-to", "X"),
    ],
)
def test_what_only_shows_others_says_why_it_does_not(
    shared: Path, command: tuple[str, ...]
) -> None:
    done = run(shared, *command, "--annotator", "ann", READER_BLIND="true")
    assert_one_line(done, "blind mode", "READER_BLIND", "--no-blind", code=2)
    seeing = run(shared, *command, "--no-blind", READER_BLIND="true")
    assert "blind" not in seeing.err


def test_the_configuration_holds_for_commands_until_one_is_told_otherwise(shared: Path) -> None:
    config = shared / "config" / "bidi-reader"
    config.mkdir(parents=True)
    (config / "config.toml").write_text("blind = true\n")

    def ran(*arguments: str) -> Run:
        there = str(shared / "config")
        return run(shared, *arguments, "--annotator", "ann", XDG_CONFIG_HOME=there)

    assert f"\t{ASSANGE}\t" not in ran("show", "1").out
    assert f"\t{ASSANGE}\t" in ran("show", "1", "--no-blind").out
    # What carries the library elsewhere carries all of it.
    assert ran("sync", "folder").code == 0
    assert any("bob thinks so" in each.read_text() for each in (shared / "folder").rglob("*.jsonl"))
    assert_one_line(run(shared, "list", READER_BLIND="maybe"), "READER_BLIND", "true", code=2)
