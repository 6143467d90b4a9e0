"""Articles assigned to annotators by their ids, whatever these are called now or later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reader.annotation.assignments import by_id, own_tags, shown_tags, tag_of
from reader.annotation.changes import Action, Change
from reader.annotation.details import edit_details, form_of
from reader.annotation.ids import new_id, now
from reader.annotation.model import Annotator, Ref
from reader.errors import DetailsError, UsageError
from reader.overview.team import Team, part_words
from reader.session import Session
from reader.store.library import Library
from reader.work.assigning import assign, assignee
from tests.records import ARABIC, ENGLISH, make_article


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two articles; ann and نور have begun the first, ann is done with it."""
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles(
            [make_article(ENGLISH), make_article(ARABIC, "ar", added="2026-01-02T00:00:00Z")]
        )
    for name in ("ann", "نور"):
        session = Session.open(path, name)
        session.open_article(session.articles()[0].id)
        session.marking.tag([(0, 13)], "PER")
        if name == "ann":
            session.marking.set_status("done")
        session.close()
    return path


@pytest.fixture
def lead(path: Path) -> Iterator[Session]:
    session = Session.open(path, "lead")
    yield session
    session.close()


def assigned(session: Session, *names: str, take_back: bool = False) -> frozenset[str]:
    articles = [session.library.articles.read(entry.id) for entry in session.articles()]
    people = [assignee(session, name) for name in names]
    return assign(session, articles, people, take_back=take_back)


def team(session: Session) -> Team:
    library = session.library
    return Team(library.people.all(), session.annotator, library.people.statuses())


def ids(session: Session) -> dict[str, str]:
    return {who.name: who.id for who in session.library.people.all()}


def renamed(library: Library, who: Annotator) -> None:
    """What an import does that brings another name of somebody known."""
    known = library.records.get(Ref("annotator", who.id))
    library.take_in((), (), who, Action(new_id(), who.id, "", (Change(known, who),), now()))


def test_an_assignment_survives_a_new_name_and_one_undo_takes_all_back(lead: Session) -> None:
    assert len(assigned(lead, "ann", "نور")) == 2
    assert assigned(lead, "ann") == frozenset()
    ann, noor = ids(lead)["ann"], ids(lead)["نور"]
    assert lead.articles()[0].tags == (tag_of(ann), tag_of(noor))
    renamed(lead.library, Annotator(ann, "anna"))
    first, second = lead.articles()
    assert team(lead).assignees(first) == ("anna", "نور")
    assert [team(lead).progress(each) for each in (first, second)] == ["1/2", "0/2"]
    told = [part_words(part, ann) for part in team(lead).parts(first.id, first.tags)]
    assert told == ["you, done, assigned", "in progress, assigned"]
    changed = lead.undo()
    assert changed is not None and changed.what == "undone: assign 2 articles to ann, نور"
    assert [entry.tags for entry in lead.articles()] == [(), ()]


def test_names_of_an_older_library_count_and_become_ids(lead: Session) -> None:
    first = lead.library.articles.read(lead.articles()[0].id)
    action = edit_details(
        lead.author, first, replace(form_of(first), tags=("x", "@ann", "@new one"))
    )
    assert action is not None
    lead.apply(action)
    entry = lead.articles()[0]
    ann = ids(lead)["ann"]
    assert entry.tags == ("x", tag_of(ann), "@new one")
    assert team(lead).assignees(entry) == ("ann", "new one")
    assert own_tags(Annotator(ann, "ann")) & {*entry.tags}
    assigned(lead, "نور")
    assert tag_of(ann) in lead.library.articles.read(entry.id).tags
    assigned(lead, "ann", take_back=True)
    assert team(lead).assignees(lead.articles()[0]) == ("نور", "new one")


def test_who_has_no_id_yet_is_kept_by_name_until_then(lead: Session, path: Path) -> None:
    someone = assignee(lead, " new one ")
    assert (someone.tag, someone.known) == ("@new one", False)
    assigned(lead, "new one")
    fresh = Session.open(path, "new one")
    assert all(own_tags(fresh.annotator) & {*entry.tags} for entry in fresh.articles())
    fresh.open_article(fresh.articles()[1].id)
    fresh.marking.set_status("in progress")
    assert fresh.articles()[1].tags == (tag_of(fresh.annotator.id),)
    fresh.close()


def test_who_assigns_may_be_meant_and_two_of_one_name_are_told_apart(lead: Session) -> None:
    assert assignee(lead, "lead").tag == tag_of(lead.annotator.id)
    twin = Annotator(new_id(), "ann")
    lead.library.take_in([twin], (), twin, Action(new_id(), twin.id, "", (), now()))
    with pytest.raises(UsageError, match="beginning of an id to --to"):
        assignee(lead, "ann")
    assert assignee(lead, twin.id).tag == tag_of(twin.id)
    people = [Annotator("01K5A8QWERTYASDFGHZXCVB124", "ann"), Annotator("01K5A9Q", "ann")]
    assert [*shown_tags(people).values()] == ["@ann 01K5A8QWER", "@ann 01K5A9Q"]
    assert by_id(["@ann", "@01K5A9Q"], people) == ("@01K5A8QWERTYASDFGHZXCVB124", "@01K5A9Q")


@pytest.mark.parametrize(
    ("name", "words"),
    [("", "empty"), ("  ", "empty"), ("a\nb", "one line"), ("a, b", "comma"), ("x" * 500, "--to")],
)
def test_what_can_be_no_name_is_refused_as_such(lead: Session, name: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as refused:
        assignee(lead, name)
    assert "\n" not in refused.value.message and refused.value.message.startswith("--to")


def test_an_assignment_to_nobody_is_no_tag(lead: Session) -> None:
    article = lead.library.articles.read(lead.articles()[0].id)
    with pytest.raises(DetailsError, match="names nobody"):
        edit_details(lead.author, article, replace(form_of(article), tags=("@",)))


def test_assignments_go_from_library_to_library(lead: Session, path: Path) -> None:
    assigned(lead, "ann")
    with Library(path.with_name("other.db")) as other:
        other.exchange.take_in(lead.library.exchange.tell(other.exchange.known()))
        assert [e.tags for e in other.articles.listed("")] == [e.tags for e in lead.articles()]
        assert {who.name for who in other.people.all()} >= {"ann", "lead"}
