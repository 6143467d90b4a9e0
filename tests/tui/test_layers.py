"""Whose marks are shown: in the text, beside it, and in every count."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.claim_marking import ClaimForm
from reader.annotation.layers import Layers, marked_by, signs
from reader.annotation.model import Annotator, Entity, Mention, Note, Ref
from reader.session import Session
from reader.store.library import Library
from reader.tui.screens.layers import LayersScreen
from reader.tui.screens.library import LibraryScreen
from reader.tui.screens.reading import ReadingScreen
from reader.work.renaming import rename
from tests.tui.screens.conftest import ENGLISH, Desk, Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An article in which sam has tagged one name, and noor two, with a claim and a note."""
    shelf = Shelf(tmp_path / "library.db")
    (article,) = shelf.add(ENGLISH)
    with closing(Session.open(shelf.path, "sam")) as sam:
        sam.open_article(article)
        sam.marking.tag([(26, 35)], "PER")
    with closing(Session.open(shelf.path, "noor")) as noor:
        noor.open_article(article)
        mention = noor.marking.tag([(0, 8)], "ORG")
        noor.marking.create_entity("The minister", "ORG", mention)
        noor.marking.tag([(56, 66)], "LOC")
        noor.marking.mark_claim([(26, 35)], ClaimForm(statement="No money was paid."))
        noor.marking.note(Ref("mention", mention.id), "noor's own note")
    return shelf


def here(shelf: Shelf) -> str:
    with closing(Session.open(shelf.path, "sam")) as session:
        return session.articles()[0].id


def reading(desk: Desk) -> ReadingScreen:
    screen = desk.app.screen
    assert isinstance(screen, ReadingScreen)
    return screen


def text(desk: Desk) -> str:
    return " ".join(desk.screen_text().split())


async def test_layers_are_shown_hidden_and_compared(shelf: Shelf) -> None:
    async with shelf.desk(article=here(shelf), size=(120, 30)) as desk:
        assert "Oⁿ" in desk.screen_text(), "the margin says whose it is"
        await desk.press("ctrl+o")
        assert isinstance(desk.app.screen, LayersScreen)
        assert "3 marks" in text(desk)
        await desk.press("down", "space", "escape")
        assert "1 layer hidden" in text(desk)
        assert "Oⁿ" not in desk.screen_text()
        assert [each.type for each in reading(desk).annotations.all(Mention)] == ["PER"]
        await desk.press("G", "p")
        assert reading(desk).view.selection.ranges == ((26, 35),), "motions pass what is hidden"
        await desk.press("ctrl+o", "a", "escape")
        assert "hidden" not in text(desk)
        assert "Oⁿ" in desk.screen_text()
        await desk.press("ctrl+o", "home", "c")
        assert "These are yours: put the cursor on somebody else's marks." in text(desk)
        await desk.press("escape")
        assert "hidden" not in text(desk)
        await desk.press("ctrl+o", "m", "escape")
        assert "only yours" in text(desk)


async def test_a_new_name_shows_at_once_in_an_open_window(shelf: Shelf) -> None:
    async with shelf.desk(article=here(shelf), size=(120, 30)) as desk:
        await desk.press("G", "p", "p", "p")
        assert "Oⁿ" in desk.screen_text() and "by noor" in text(desk)
        with Library(shelf.path) as library:
            rename(library, "noor", "noor", "Ella")
            rename(library, "sam", "sam", "Samira")
        desk.app.watching.look()
        await desk.pilot.pause()
        assert "by noor" not in text(desk) and "by Ella" in text(desk)
        assert "Oⁿ" not in desk.screen_text() and "Oᵉ" in desk.screen_text()
        await desk.press("escape")
        assert isinstance(desk.app.screen, LibraryScreen)
        assert "annotating as Samira" in text(desk)
        await desk.press("H")
        assert "rename annotator “noor” to “Ella”" in text(desk)
        await desk.press("escape", "u")
        assert desk.app.session.annotator.name == "sam"
        desk.app.watching.look()
        await desk.pilot.pause()
        assert "annotating as sam " in text(desk)


async def test_blind_mode_hides_others_everywhere(shelf: Shelf) -> None:
    async with shelf.desk(article=here(shelf), size=(120, 30)) as desk:
        await desk.press("ctrl+o", "b")
        assert "noor" not in text(desk)
        await desk.press("escape")
        desk.app.notify("")
        shown = text(desk)
        assert "blind" in shown
        assert "noor" not in shown
        assert not reading(desk).annotations.all(Note)
        await desk.press("E")
        assert "The minister" in text(desk), "entities are everybody's"
        entries = desk.app.views.entity_work.now().entries
        assert [entry.mentions for entry in entries] == [0]
        await desk.press("escape", "escape")
        assert isinstance(desk.app.screen, LibraryScreen)
        (entry,) = desk.app.screen.entries
        assert (entry.mentions, entry.claims, entry.notes) == (1, 0, 0)
        assert "· blind" in text(desk)
        await desk.press("A")
        assert "Blind mode hides" in text(desk)
        await desk.press("H")
        assert "noor" not in text(desk) and "“Anna Be”" in text(desk), "only what sam did"
        await desk.press("b")
        assert "Blind mode hides" in text(desk)
        # Nothing ends it by the way, and the key that does asks.
        await desk.press("escape", "ctrl+o", "a", "m", "c", "space")
        assert desk.app.session.layers == Layers(blind=True)
        await desk.press("b", "n", "b", "escape")
        assert desk.app.session.layers == Layers(blind=True)
        await desk.press("b", "y", "escape")
        assert isinstance(desk.app.screen, LibraryScreen)
        (entry,) = desk.app.screen.entries
        assert (entry.mentions, entry.claims, entry.notes) == (3, 1, 1)
        await desk.press("H")
        assert "noor" in text(desk)


async def test_how_far_others_are_is_hidden_in_blind_mode_and_suggested_names_count_own_alone(
    shelf: Shelf,
) -> None:
    with closing(Session.open(shelf.path, "noor")) as noor:
        noor.open_article(here(shelf))
        noor.marking.set_status("done")
    async with shelf.desk(size=(120, 30)) as desk:
        assert "1/2" in text(desk)
        await desk.press("ctrl+o", "b", "escape")
        assert "1/2" not in text(desk)
        await desk.press("P")
        assert "noor" not in text(desk)
        await desk.press("escape", "enter", "ctrl+home", "enter", "type:minister")
        assert "The minister" in text(desk) and "×1 here" not in text(desk)


def test_one_layer_alone_is_told_from_the_others() -> None:
    from reader.annotation.spans import make_span

    marks = [
        Mention(f"m{who}", make_span("a", "some text", [(0, 4)]), "PER", who, "", "")
        for who in ("me", "bob")
    ]
    shared = Entity("e", "PER", "Some", "", "bob", "", "bob")
    records = AnnotationSet.of([*marks, shared])
    for layers, kept in (
        (Layers(), ["mbob", "mme"]),
        (Layers(alone=True), ["mme"]),
        (Layers(blind=True), ["mme"]),
        (Layers(frozenset(["me"])), ["mbob"]),
        (Layers(frozenset(["me", "bob"]), blind=True), ["mme"]),
    ):
        seen = layers.seen(records, "me")
        assert [each.id for each in seen.all(Mention)] == kept
        assert seen.entity("e") == shared
    assert Layers().seen(records, "me") is records
    assert marked_by(records, "a") == {"me": 1, "bob": 1}


def test_signs_are_all_different() -> None:
    names = ("Noor", "Nadia", "رنا", "Quentin", "n")
    found = signs(Annotator(str(i), name) for i, name in enumerate(names))
    assert found["0"] == "ⁿ"
    assert found["1"] == "ᵃ"
    assert len(set(found.values())) == len(names)


async def test_commands_take_ones_own_mark_first_and_say_whose_another_is(shelf: Shelf) -> None:
    async with shelf.desk(article=here(shelf), annotator="sam", size=(100, 30)) as desk:
        # noor's ORG stands on “Minister” already.
        await desk.press("o")
        assert "Note on ORG “Minister” by noor" in text(desk)
        await desk.press("escape", "1", "o")
        assert "Note on PER “Minister”" in text(desk)
        assert "by noor" not in text(desk).partition("Note on PER")[2][:40]
        await desk.press("type:mine", "ctrl+s")
    with closing(shelf.session(here(shelf))) as session:
        (note,) = (n for n in session.annotations.all(Note) if n.text == "mine")
        on = session.annotations.get(note.on)
        assert isinstance(on, Mention)
        assert (on.type, on.annotator) == ("PER", session.annotator.id)
