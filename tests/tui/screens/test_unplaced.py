"""What a new version has no certain place for, gone through in the interface."""

from __future__ import annotations

from reader.annotation.model import Mention
from reader.corpus.loading import Wishes
from reader.corpus.sources import Source
from reader.session import Session
from reader.tui.screens.pair import PairScreen
from reader.tui.screens.reading import ReadingScreen
from reader.tui.screens.removed import RemovedScreen
from reader.tui.screens.unplaced import UnplacedScreen
from reader.work.additions import Additions
from reader.work.versions import waiting
from tests.tui.screens.conftest import ENGLISH, Shelf

NEW = ENGLISH.replace("Karim Haddad agreed with her later", "a Mr Haddad later agreed")
NEW = NEW.replace("of the ministry told the Daily Post", "said to the paper")


def renewed(shelf: Shelf) -> str:
    """A library with a new version of the English article, two marks of which have no place."""
    (old,) = shelf.add(ENGLISH)
    session = Session.open(shelf.path, "sam")
    session.open_article(old)
    for words in ("Anna Berg", "Daily Post", "Karim Haddad"):
        start = ENGLISH.index(words)
        session.marking.tag(
            [(start, start + len(words))], "ORG" if words == "Daily Post" else "PER"
        )
    additions = Additions(session.library, lambda: session.annotator, Wishes(), told=print)
    path = shelf.path.parent / "0.txt"
    path.write_text(NEW)
    arrivals = list(additions.read(Source(str(path), path)))
    (outcome,) = additions.store(arrivals)  # type: ignore[arg-type]
    session.close()
    assert outcome.what == "version" and outcome.carried is not None
    return outcome.id


async def test_each_is_placed_by_hand_or_let_go(shelf: Shelf) -> None:
    new = renewed(shelf)
    async with shelf.desk(article=new, size=(90, 24)) as desk:
        assert "2 marks of the version before found no certain place" in desk.screen_text()
        await desk.press("ctrl+n")
        assert isinstance(desk.app.screen, UnplacedScreen)
        shown = desk.screen_text()
        assert "2 marks wait for a place" in shown
        assert "ORG" in shown and "told the Daily Post on Monday" in shown
        await desk.press("down", "enter")
        screen = desk.app.screen
        assert isinstance(screen, ReadingScreen) and screen.context == "place"
        assert "Select where PER “Karim Haddad” stands now" in desk.screen_text().replace(
            "\u2068", ""
        ).replace("\u2069", "")
        start = NEW.index("a Mr Haddad")
        screen.view.select(start, start + len("a Mr Haddad"))
        await desk.press("enter")
        assert "1 mark waits for a place" in desk.screen_text()
        await desk.press("x", "u", "enter", "escape")
        assert isinstance(desk.app.screen, UnplacedScreen)
        await desk.press("z", "escape", "ctrl+n")
        assert "Everything that was marked has its place" in desk.screen_text()
    session = shelf.session(new)
    quotes = sorted(mention.span.quote for mention in session.annotations.all(Mention))
    assert quotes == ["Anna Berg", "a Mr Haddad"]
    assert waiting(session.library, new) == ()
    session.close()


async def test_the_version_before_is_read_beside_and_from_the_removed_ones(shelf: Shelf) -> None:
    new = renewed(shelf)
    async with shelf.desk(article=new, size=(100, 24)) as desk:
        await desk.press("ctrl+n", "v")
        assert isinstance(desk.app.screen, PairScreen)
        assert "Karim Haddad" in desk.screen_text() and "Mr Haddad" in desk.screen_text()
    async with shelf.desk() as desk:
        await desk.press("r")
        assert isinstance(desk.app.screen, RemovedScreen)
        assert "older version" in desk.screen_text()
        await desk.press("enter")
        assert isinstance(desk.app.screen, ReadingScreen)
        assert "This is an older version" in desk.screen_text()
        assert "Karim Haddad" in desk.screen_text()


async def test_undo_in_the_library_brings_the_old_version_back(shelf: Shelf) -> None:
    new = renewed(shelf)
    async with shelf.desk(article=new) as desk:
        await desk.press("u")
        assert "1 article" in desk.screen_text()
        assert "in progress    3      0     0" in desk.screen_text()
        await desk.press("U")
        assert "in progress    1      0     2" in desk.screen_text()
