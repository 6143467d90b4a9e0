"""The board of claims, over a library with claims in three articles, one of them removed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotation import actions, claim_actions
from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.changes import Change
from reader.annotation.model import (
    Attribution,
    Claim,
    ClaimMention,
    Entity,
    Note,
    Record,
    Ref,
    Relation,
)
from reader.annotation.schema import DEFAULT_SCHEMA, RelationType
from reader.annotation.schema_changes import renamed_schema
from reader.annotation.schema_reading import Rename
from reader.annotation.spans import make_span
from reader.formats.json_import import import_json
from reader.overview.board import Board, BoardView, articles, claimants, languages, side_of
from reader.session import Session
from reader.store.claims import ClaimEntry, Claims, Link, MadeHere
from reader.store.library import Library
from reader.work.articles import remove_article, restore_article
from reader.work.schema import apply_plan, plan_schema
from tests.records import ANN, make_article, set_schema

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "seeds" / "reference.json"
EN, AR, GONE = (
    make_article("The campaign paid. The firm denies it."),
    make_article("دفعت الحملة المال.", "ar"),
    make_article("It was paid twice."),
)


def claim(id: str, text: str, **fields: Any) -> Claim:
    return replace(Claim(id, text, "en", "t", ANN.id, "t", ANN.id), **fields)


def made(id: str, claim: str, article: Any = EN, **fields: Any) -> ClaimMention:
    span = make_span(article.id, article.text, [(0, 4)])
    return ClaimMention(id, span, ANN.id, "t", "t", claim=claim, **fields)


def relation(id: str, type: str, source: str, target: str, kind: str = "claim") -> Relation:
    return Relation(id, type, Ref(kind, source), Ref(kind, target), ANN.id, "t", "t")


RECORDS: tuple[Record, ...] = (
    Entity("E1", "PER", "Anna", "t", ANN.id, "t", ANN.id, merged_into="E2"),
    Entity("E2", "PER", "Anna Berg", "t", ANN.id, "t", ANN.id),
    Attribution("A1", EN.id, ANN.id, "t", "t", source_entity="E2"),
    claim("C1", "The campaign paid.", topic="money"),
    claim("C2", "دفعت الحملة.", language="ar", gloss="The campaign paid."),
    claim("C3", "The firm worked.", topic="firm"),
    claim("C4", "Only what was removed says so."),
    claim("C5", "Nobody says so yet.", verdict="refuted"),
    made("M1", "C1", claimant="E1", attribution="A1", epistemic="true-certain"),
    made("M2", "C1", claimant="E2"),
    made("M3", "C2", AR),
    made("M4", "C3", polarity="refute"),
    made("M5", "C4", GONE),
    made("M6", "C1", GONE),
    relation("R1", "same as", "C2", "C1"),
    relation("R2", "refutes", "C3", "C2"),
    relation("R3", "backs", "M5", "M1", "claim_mention"),
    Note("N1", Ref("claim_mention", "M3"), "see", ANN.id, "t", "t", article=AR.id),
)


BACKS = RelationType("backs", "backs", "claim_mention", "claim_mention", meaning="supports")
EQUALS = RelationType("equals", "equals", "claim_mention", "claim_mention", meaning="same")
SCHEMA = replace(DEFAULT_SCHEMA, relation_types=(*DEFAULT_SCHEMA.relation_types, BACKS, EQUALS))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.db") as library:
        library.add_articles([EN, AR, GONE])
        set_schema(library, SCHEMA)
        author = Author(ANN, AnnotationSet(), SCHEMA)
        library.perform(ANN, author.action("all", [Change(None, r) for r in RECORDS]))
        remove_article(Session(library, "sam"), library.articles.read(GONE.id))
        yield library


def test_the_list_has_each_claim_with_where_it_is_made(library: Library) -> None:
    entries = {entry.id: entry for entry in library.claims.all().entries}
    assert sorted(entries) == ["C1", "C2", "C3", "C5"]
    one = entries["C1"]
    assert [m.id for m in one.made] == ["M1", "M2"]
    assert (claimants(one), languages(one), articles(one)) == (("E2",), ("en",), 1)
    assert library.claims.all().names == {"E2": "Anna Berg"}
    assert entries["C5"].made == ()


def test_what_is_read_after_a_change_is_what_all_is_read_anew(library: Library) -> None:
    """Each change is made by another window, and taken back after all of them."""
    known: dict[str, Any] = {record.id: record for record in RECORDS}
    library.claims.all()
    session = Session.open(library.path, "sam")
    gone = session.library.articles.read(GONE.id)
    nix = Entity("E3", "PER", "Nix", "t", ANN.id, "t", ANN.id)
    moved = replace(known["M3"], claim="C3", claimant="E3")
    steps: list[tuple[Record | None, Record | None]] = [
        (None, nix),
        (known["E2"], replace(known["E2"], merged_into="E3")),
        (known["M3"], moved),
        (moved, replace(moved, claim=None)),
        (None, claim("C0", "First of all")),
        (None, made("M7", "C0", AR, claimant="E1")),
        (known["C1"], replace(known["C1"], topic="paid", verdict="supported")),
        (known["R2"], None),
        (known["R3"], replace(known["R3"], type="equals")),
        (nix, replace(nix, name="Alexander Nix")),
    ]
    for before, after in steps:
        session.apply(session.author.action("step", [Change(before, after)]))
        _check_anew(library)
    restore_article(session, gone)
    _check_anew(library)
    while session.undo() is not None:
        _check_anew(library)
    session.close()


def _check_anew(library: Library) -> None:
    known = library.claims.all()
    with Library(library.path) as other:
        assert known == other.claims.all()


def test_what_changes_nothing_about_claims_leaves_the_list_as_it_is(library: Library) -> None:
    first = library.claims.all()
    session = Session(library, "sam")
    session.open_article(EN.id)
    session.marking.tag([(0, 3)], "PER")
    assert library.claims.all() is first


def test_what_is_listed_is_read_again_when_something_was_changed(library: Library) -> None:
    first = library.claims.all()
    assert library.claims.all() is first
    about = AnnotationSet.of(library.claims.about("C5"))
    five = about.claim("C5")
    assert five is not None
    library.perform(ANN, claim_actions.delete(Author(ANN, about), five))
    assert "C5" not in {entry.id for entry in library.claims.all().entries}


def test_a_claim_is_read_with_all_that_refers_to_it_also_in_removed_articles(
    library: Library,
) -> None:
    about = AnnotationSet.of(library.claims.about("C1"))
    ids = {kind: set(group) for kind, group in about.records.items() if group}
    assert ids == {
        "claim": {"C1", "C2"},
        "claim_mention": {"M1", "M2", "M5", "M6"},
        "attribution": {"A1"},
        "relation": {"R1", "R3"},
        "entity": {"E1", "E2"},
    }
    assert {note.id for note in AnnotationSet.of(library.claims.about("C2")).all(Note)} == {"N1"}


def test_merging_moves_the_mentions_of_all_articles_and_undo_brings_them_back(
    library: Library,
) -> None:
    before = set(library.records.all())
    about = AnnotationSet.of(library.claims.about("C1", "C2"))
    one, two = about.claim("C1"), about.claim("C2")
    assert one is not None and two is not None
    library.perform(ANN, claim_actions.merge(Author(ANN, about), one, two))
    after = AnnotationSet.of(library.records.all())
    assert {m.id for m in after.all(ClaimMention) if m.claim == "C1"} == {"M1", "M2", "M3", "M6"}
    assert [(r.id, r.target.id) for r in after.all(Relation)] == [("R2", "C1"), ("R3", "M1")]
    assert library.problems() == ()
    library.undo(ANN)
    assert set(library.records.all()) == before


def test_same_claims_stand_together_and_contradictions_reach_all_of_them(library: Library) -> None:
    board = Board(library.claims.all())
    shown = [(s.entry.id, s.cluster, s.place, s.contested) for s in board.arranged(BoardView())]
    assert shown == [
        ("C1", 2, "first", True),
        ("C2", 2, "last", True),
        ("C3", 1, "alone", True),
        ("C5", 1, "alone", False),
    ]
    assert [entry.id for entry in board.cluster("C1")] == ["C1", "C2"]


def test_the_board_goes_by_what_relations_mean_whatever_they_are_called(library: Library) -> None:
    before = Board(library.claims.all()).arranged(BoardView())
    renames = [
        Rename("relation_types", "refutes", "widerlegt"),
        Rename("relation_types", "same as", "gleich"),
    ]
    made = plan_schema(library, renamed_schema(SCHEMA, renames), renames)
    assert [step.partition(" (")[2] for step in made.steps] == ["1 relation)", "1 relation)"]
    apply_plan(library, ANN.name, made)
    assert Board(library.claims.all()).arranged(BoardView()) == before
    plain = tuple(replace(row, meaning="none") for row in made.new.relation_types)
    apply_plan(library, ANN.name, plan_schema(library, replace(made.new, relation_types=plain)))
    shown = Board(library.claims.all()).arranged(BoardView())
    assert {(each.cluster, each.contested) for each in shown} == {(1, False)}
    library.undo(ANN)
    library.undo(ANN)
    assert library.schema() == SCHEMA
    assert Board(library.claims.all()).arranged(BoardView()) == before


@pytest.mark.parametrize(
    ("view", "ids"),
    [
        (BoardView(claimant="E2"), ["C1"]),
        (BoardView(claimant="E2", epistemic="true-certain"), ["C1"]),
        (BoardView(claimant="E2", polarity="refute"), []),
        (BoardView(language="ar"), ["C2"]),
        (BoardView(topic="firm"), ["C3"]),
        (BoardView(verdict="refuted"), ["C5"]),
        (BoardView(contested=True), ["C1", "C2", "C3"]),
        (BoardView(text="PAID campaign"), ["C1", "C2"]),
        (BoardView(text="الحمله"), ["C2"]),
        (BoardView("statement", text="money"), ["C1"]),
        (BoardView("verdict"), ["C5", "C1", "C2", "C3"]),
        (BoardView("topic"), ["C3", "C1", "C2", "C5"]),
    ],
)
def test_claims_are_filtered_and_sorted(library: Library, view: BoardView, ids: list[str]) -> None:
    assert [s.entry.id for s in Board(library.claims.all()).arranged(view)] == ids


def test_what_stands_around_one_claim_is_as_on_the_whole_board(library: Library) -> None:
    whole = Board(library.claims.all())
    for entry in library.claims.all().entries:
        around = Board(library.claims.like(entry.id))
        assert around.cluster(entry.id) == whole.cluster(entry.id)
        assert around.contested(entry.id) == whole.contested(entry.id)
    assert {e.id for e in library.claims.like("C1").entries} == {"C1", "C2", "C3"}
    assert {e.id for e in library.claims.like("C5").entries} == {"C5"}


def test_values_to_filter_by_are_counted_by_claims(library: Library) -> None:
    board = Board(library.claims.all())
    assert board.counts("claimant") == (("E2", 1),)
    assert board.counts("language") == (("en", 2), ("ar", 1))
    assert board.counts("verdict") == (("unchecked", 3), ("refuted", 1))


def test_the_reference_claims_are_as_their_text_says(tmp_path: Path) -> None:
    """Known answers, from the JSON without our code."""
    data = json.loads(REFERENCE.read_bytes())
    with Library(tmp_path / "reference.db") as library:
        import_json(library, [("reference.json", REFERENCE.read_bytes())], "somebody")
        board = Board(library.claims.all())
    mentions = [(m, a["language"]) for a in data["articles"] for m in a["claim_mentions"]]
    assert len(board.entries) == len(data["claims"]) == 117
    assert len(mentions) == sum(len(entry.made) for entry in board.entries)
    by_claim = Counter(m["claim"] for m, _ in mentions)
    assert {entry.id: len(entry.made) for entry in board.entries} == by_claim
    for code in ("id", "en", "ar"):
        ids = {m["claim"] for m, language in mentions if language == code}
        assert {s.entry.id for s in board.arranged(BoardView(language=code))} == ids
    refuting = {
        r[end]["id"]
        for r in data["relations"]
        if r["type"] == "refutes"
        for end in r
        if end in ("source", "target")
    }
    sides: dict[str, set[bool]] = {}
    for m, _ in mentions:
        if m["mode"] in ("asserted", "denied"):
            sides.setdefault(m["claim"], set()).add(m["mode"] == "denied")
    torn = {id for id, taken in sides.items() if len(taken) == 2}
    assert {s.entry.id for s in board.arranged(BoardView(contested=True))} == refuting | torn
    assert len(refuting | torn) == 7


_IDS = st.sampled_from("abcdefgh")
_LINKS = st.lists(
    st.builds(Link, st.sampled_from(["same", "supports", "contradicts"]), _IDS, _IDS), max_size=8
)
_MADE = st.builds(
    MadeHere,
    *(st.just("m"), st.just("A"), st.just("en"), st.just(""), st.just("unknown")),
    st.sampled_from(["affirm", "refute"]),
    st.sampled_from(["asserted", "denied", "questioned"]),
    st.just("no"),
)


@given(_LINKS, st.lists(st.lists(_MADE, max_size=2).map(tuple), min_size=8, max_size=8))
def test_clusters_are_what_same_as_reaches(
    links: list[Link], places: list[tuple[MadeHere, ...]]
) -> None:
    entries = tuple(
        ClaimEntry(id, id, "en", "", "", "event", "unchecked", "t", False, made)
        for id, made in zip("abcdefgh", places, strict=True)
    )
    board = Board(Claims(entries, tuple(links), {}))
    reached = {id: {id} for id in "abcdefgh"}
    for _ in entries:
        for link in links:
            if link.meaning == "same":
                both = reached[link.source] | reached[link.target]
                reached |= dict.fromkeys(both, both)
    for id, ids in reached.items():
        assert {entry.id for entry in board.cluster(id)} == ids
        sides = {side_of(made) for e in entries if e.id in ids for made in e.made}
        against = any(x.meaning == "contradicts" and ids & {x.source, x.target} for x in links)
        assert board.contested(id) == (against or {1, -1} <= sides)
    order = [s.entry.id for s in board.arranged(BoardView())]
    assert sorted(order) == list("abcdefgh")
    for ids in reached.values():
        at = sorted(order.index(id) for id in ids)
        assert at == list(range(at[0], at[0] + len(ids)))


def test_a_deleted_mention_leaves_the_list(library: Library) -> None:
    session = Session(library, "sam")
    session.open_article(AR.id)
    (mention,) = session.annotations.all(ClaimMention)
    session.apply(actions.delete(session.author, mention))
    assert {e.id: len(e.made) for e in library.claims.all().entries}["C2"] == 0
