from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.annotation.claim_marking import ClaimForm
from reader.annotation.model import ClaimMention, Entity, Mention, Note, Ref, ref_to
from reader.errors import ConflictError, LibraryError, UsageError
from reader.session import Changed, Session
from reader.store.library import Library
from reader.work.articles import remove_article
from tests.records import ARABIC, ENGLISH, make_article

EN = make_article(ENGLISH)
AR = make_article(ARABIC, "ar")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles([EN, AR])
    return path


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    session = Session.open(path, "ann")
    session.open_article(EN.id)
    yield session
    session.close()


def test_a_tag_is_on_disk_before_subscribers_hear_of_it(session: Session) -> None:
    heard: list[tuple[str, int]] = []

    def listen(changed: Changed) -> None:
        with Library(session.path) as other:
            heard.append((changed.what, len(other.records.around(EN.id))))

    end = session.subscribe(listen)
    session.marking.tag([(0, 13)], "PER")
    session.undo()
    end()
    session.redo()
    assert heard == [("tag PER “Alexander Nix”", 2), ("undone: tag PER “Alexander Nix”", 0)]


def test_tagging_all_hits_is_one_action(session: Session) -> None:
    session.marking.tag([(0, 13)], "PER")
    assert session.marking.tag_all([[(0, 13)], [(19, 33)], [(36, 38)]], "PER") == 2
    with Library(session.path) as other:
        stored = [r for r in other.records.around(EN.id) if isinstance(r, Mention)]
    assert sorted((m.span.quote, m.origin) for m in stored) == [
        ("Alexander Nix", "manual"),
        ("He", "propagated"),
        ("Julian Assange", "propagated"),
    ]
    session.undo()
    assert [m.span.quote for m in session.annotations.all(Mention)] == ["Alexander Nix"]
    session.redo()
    assert len(session.annotations.all(Mention)) == 3


def test_an_entity_made_for_a_mention_is_found_from_another_article(session: Session) -> None:
    mention = session.marking.tag([(0, 13)], "PER")
    entity = session.marking.create_entity("Alexander Nix", "PER", mention)
    session.open_article(AR.id)
    assert session.finding.find_entities("nix") == (entity,)
    other = session.marking.tag([(4, 7)], "PER")
    session.marking.link(other, entity)
    learned = session.finding.find_entities("مات")[0]
    assert [(alias.text, alias.language) for alias in learned.aliases] == [("مات", "ar")]
    assert [m.entity for m in session.annotations.all(Mention)] == [entity.id]


def test_opening_and_closing_writes_nothing(path: Path) -> None:
    before = path.read_bytes()
    session = Session.open(path, "ann")
    session.open_article(EN.id)
    assert session.sentences()
    session.close()
    assert path.read_bytes() == before


def test_the_list_counts_and_knows_the_status_of_the_annotator(session: Session) -> None:
    session.marking.tag([(0, 13)], "PER")
    session.marking.mark_claim([(36, 63)], ClaimForm(statement="He paid."))
    session.marking.note(Ref("article", EN.id), "check")
    session.marking.set_status("done")
    entry = session.articles()[0]
    assert (entry.mentions, entry.claims, entry.notes, entry.status) == (1, 1, 1, "done")
    other = Session.open(session.path, "bob")
    assert [entry.status for entry in other.articles()] == ["new", "new"]
    other.close()


def test_undo_reaches_an_article_that_is_not_open(session: Session) -> None:
    session.marking.tag([(0, 13)], "PER")
    session.open_article(AR.id)
    undone = session.undo()
    assert undone is not None
    assert undone.place is not None
    assert (undone.place.article, undone.place.start) == (EN.id, 0)
    assert session.annotations.all(Mention) == ()
    session.open_article(EN.id)
    assert session.annotations.all(Mention) == ()


def test_after_a_conflict_the_session_sees_what_is_there(session: Session) -> None:
    mention = session.marking.tag([(0, 13)], "PER")
    rival = Session.open(session.path, "bob")
    rival.open_article(EN.id)
    rival.marking.delete(mention)
    with pytest.raises(ConflictError, match="deleted meanwhile"):
        session.marking.retag(mention, "ORG")
    assert session.annotations.all(Mention) == ()
    rival.close()


def test_an_undo_that_another_stands_in_the_way_of_shows_what_is_there(session: Session) -> None:
    mention = session.marking.tag([(0, 13)], "PER")
    rival = Session.open(session.path, "bob")
    rival.open_article(EN.id)
    note = rival.marking.note(ref_to(mention), "Who?")
    with pytest.raises(ConflictError, match="Something else refers to this"):
        session.undo()
    assert session.annotations.notes_on(ref_to(mention)) == (note,)
    rival.undo()
    assert session.undo() is not None
    with pytest.raises(ConflictError, match="Something else refers to this"):
        rival.redo()
    assert rival.annotations.all(Mention) == ()
    rival.close()


def test_two_windows_of_one_annotator_can_both_begin_an_article(session: Session) -> None:
    second = Session.open(session.path, "ann")
    second.open_article(EN.id)
    session.marking.tag([(0, 13)], "PER")
    second.marking.tag([(19, 33)], "PER")
    second.close()
    assert len(session.library.records.around(EN.id)) == 3
    assert session.library.people.all() == (session.annotator,)


def test_two_windows_of_one_annotator_do_not_tag_the_same_twice(session: Session) -> None:
    session.marking.tag([(36, 38)], "PER")
    other = Session.open(session.path, "ann")
    other.open_article(EN.id)
    session.marking.tag([(0, 13)], "PER")
    with pytest.raises(ConflictError, match="“Alexander Nix” was tagged PER meanwhile"):
        other.marking.tag_all([[(0, 13)], [(19, 33)]], "PER")
    other.marking.tag([(0, 13)], "ORG")
    assert other.marking.tag_all([[(0, 13)], [(19, 33)]], "PER") == 1
    other.close()


def test_a_claim_is_edited_and_deleted_with_its_notes(session: Session) -> None:
    mention = session.marking.mark_claim([(36, 63)], ClaimForm(statement="He paid.", mode="denied"))
    session.marking.note(ref_to(mention), "who?")
    claim = session.finding.find_claims("paid")[0]
    session.marking.edit_claim(
        mention, ClaimForm(claim=claim.id, statement="He paid.", mode="asserted")
    )
    changed = session.annotations.all(ClaimMention)[0]
    assert (changed.mode, changed.claim) == ("asserted", claim.id)
    session.marking.delete(changed)
    assert session.annotations.all(Note) == ()
    session.undo()
    assert len(session.annotations.all(Note)) == 1


def test_notes_on_entities_are_shared(session: Session) -> None:
    entity = session.marking.create_entity("Nix", "PER")
    session.marking.note(ref_to(entity), "ملاحظة")
    session.open_article(AR.id)
    assert [note.text for note in session.annotations.notes_on(ref_to(entity))] == ["ملاحظة"]
    assert session.annotations.all(Entity) == (entity,)


def test_a_failed_write_changes_nothing_on_the_screen(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.path.rename(session.path.with_name("moved.db"))
    session.path.mkdir()
    with pytest.raises(LibraryError, match="it was moved, deleted or replaced"):
        session.marking.tag([(0, 13)], "PER")
    assert session.annotations.all(Mention) == ()


def test_a_verb_without_an_article_is_refused(path: Path) -> None:
    session = Session.open(path, "ann")
    with pytest.raises(UsageError, match="No article is open"):
        session.marking.tag([(0, 1)], "PER")
    session.close()


def test_mentions_in_other_articles_are_counted_unless_these_are_removed(session: Session) -> None:
    nix = session.marking.create_entity(
        "Alexander Nix", "PER", session.marking.tag([(0, 13)], "PER")
    )
    session.marking.link(session.marking.tag([(36, 38)], "PER"), nix)
    assert session.finding.mentions_elsewhere(nix.id) == (0, 0)
    session.open_article(AR.id)
    assert session.finding.mentions_elsewhere(nix.id) == (2, 1)
    remove_article(session, EN)
    assert session.finding.mentions_elsewhere(nix.id) == (0, 0)
