"""The tour on the screen: a copy of an article to try things on, and what to try above it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, ClassVar

from textual.strip import Strip
from textual.widget import Widget

from reader.corpus.article import Article
from reader.session import Changed, Session
from reader.store.library import Library
from reader.tui.commands import Command
from reader.tui.screens.reading import ReadingScreen
from reader.tui.tour import END, END_SHORT, STEPS, Seen, article_for_tour
from reader.tui.widgets.pieces import paragraph_strips

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

_COMMAND = re.compile(r"\{([a-z._]+)\}")


class TourPanel(Widget):
    """Which step it is, and what to do, in three rows."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"tour--title"}
    DEFAULT_CSS = """
    TourPanel {
        height: 3;
        background: $panel;
        color: $foreground;
        & > .tour--title { background: $panel; color: $accent; text-style: bold; }
        &:nocolor { text-style: reverse; }
        &:ansi { text-style: reverse; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.titles: tuple[str, ...] = ("",)
        self.texts: tuple[str, ...] = ("",)

    def show(self, titles: tuple[str, ...], texts: tuple[str, ...]) -> None:
        """Show another step, in the first of some wordings that there is room for."""
        self.titles, self.texts = titles, texts
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the title, or a row of what to do."""
        plain, width = self.rich_style, max(1, self.size.width - 2)
        style = self.get_component_rich_style("tour--title") if y == 0 else plain
        wordings, room = (self.titles, 1) if y == 0 else (self.texts, 2)
        laid_out = (paragraph_strips(words, width, style, 0) for words in wordings)
        rows = next((rows for rows in laid_out if len(rows) <= room), [])
        rows = rows or paragraph_strips(wordings[-1], width, style, 0)
        row = rows[max(0, y - 1)] if y <= len(rows) else Strip.blank(width, plain)
        return Strip.join([Strip.blank(1, plain), row]).adjust_cell_length(width + 2, plain)


class TourScreen(ReadingScreen):
    """An article of a library of its own, which goes when the screen goes.

    Args:
        article: The article of that library.
        session: The session on it, which the program has while the tour lasts.
        folder: Where that library is.
    """

    def __init__(self, article: Article, session: Session, folder: TemporaryDirectory[str]) -> None:
        super().__init__(article)
        self.copy = session
        self.folder = folder
        self.step = 0
        self.panel_above = TourPanel()

    def body(self) -> Iterator[Any]:
        """What to do, above everything else."""
        yield self.panel_above
        yield from super().body()

    def on_mount(self) -> None:
        """Begin with the first step, in place of what the program was busy with."""
        program = self.program
        self._before = program.session, program.last_tag, program.last_query
        program.session, program.last_tag, program.last_query = self.copy, None, ""
        super().on_mount()
        self._show_step()

    def on_unmount(self) -> None:
        """Give the program its library back; nothing of the copy is left."""
        super().on_unmount()
        self._give_back()
        self.copy.close()
        self.folder.cleanup()

    def _give_back(self) -> None:
        program = self.program
        program.session, program.last_tag, program.last_query = self._before

    @property
    def session(self) -> Session:
        """The session on the copy."""
        return self.copy

    def keep_position(self) -> None:
        """Leave alone where the article itself was left."""

    async def run(self, command: Command) -> None:
        """Run a command, and see whether it was what to do."""
        await super().run(command)
        self._saw(Seen(command.id))

    def _on_changed(self, changed: Changed) -> None:
        super()._on_changed(changed)
        made = tuple(change.after for change in changed.changes if change.after is not None)
        self._saw(Seen(made=made))

    def on_screen_resume(self) -> None:
        """See what was looked for, when the line for it has closed."""
        if self.is_mounted:
            self._saw(Seen(query=self.program.last_query))

    def _saw(self, seen: Seen) -> None:
        if self.step < len(STEPS) and STEPS[self.step].done(seen):
            self.step += 1
            self._show_step()

    def _show_step(self) -> None:
        leave = self._with_keys("{article.leave} leaves")
        if self.step == len(STEPS):
            texts = self._with_keys(END), self._with_keys(END_SHORT)
            self.panel_above.show((f"Tour: the end · {leave}",), texts)
            return
        step = STEPS[self.step]
        done = f"{STEPS[self.step - 1].title}: done. " if self.step else ""
        title = f"Tour, {self.step + 1} of {len(STEPS)}: {step.title} · {leave}"
        texts = self._with_keys(step.text), self._with_keys(step.short)
        self.panel_above.show((done + title, title), texts)

    def _with_keys(self, text: str) -> str:
        return _COMMAND.sub(lambda found: self.program.keymap.shown(found[1]), text)

    def leave(self) -> Awaitable[Any] | None:
        """Leave the tour for the library, which reads its list anew."""
        self._give_back()
        return self.program.navigation.show_library()


async def start_tour(app: ReaderApp) -> None:
    """Start the tour on a copy of an article; say what is missing in an empty library."""
    if any(isinstance(screen, TourScreen) for screen in app.screen_stack):
        app.notify("This is the tour; the rows at the top say what to do next.")
        return
    id = article_for_tour(app.session.articles())
    if id is None:
        app.notify("The tour needs an article: leave, and add one with `reader add FILE`.")
        return
    await app.navigation.show_library()
    article = app.session.library.articles.read(id)
    folder = TemporaryDirectory(prefix="reader-tour-")
    path = Path(folder.name) / "tour.db"
    with Library(path) as library:
        # Of who changed it, and of other versions, the copy knows nothing.
        alone = replace(article, replaces=None, updated=None, updated_by=None)
        library.add_articles([alone])
    session = Session.open(path, app.session.annotator.name)
    await app.push_screen(TourScreen(session.open_article(id), session, folder))
