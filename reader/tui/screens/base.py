"""What all screens share: commands found by key in the screen's context, footer and notice."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen, Screen

from reader.errors import LibraryBusyError, ReaderError
from reader.tui.commands import Command, Need
from reader.tui.output import RowCompositor
from reader.tui.widgets.key_footer import KeyFooter
from reader.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.jumps import Place
    from reader.tui.widgets.draft_input import DraftInput
    from reader.tui.widgets.line_input import LineInput
    from reader.tui.widgets.rows import RowList

T = TypeVar("T")
A = TypeVar("A")
Verb = Callable[[], Awaitable[Any] | None]


def list_verbs(rows: RowList) -> dict[str, Verb]:
    """Return what the commands of a list do to its rows."""
    return {
        "list.up": lambda: rows.move(-1),
        "list.down": lambda: rows.move(+1),
        "list.page_up": lambda: rows.move_page(-1),
        "list.page_down": lambda: rows.move_page(+1),
        "list.first": lambda: rows.move_to(0),
        "list.last": lambda: rows.move_to(len(rows.rows) - 1),
    }


def needs_met(rows: RowList) -> set[Need]:
    """Return what a list has at hand: a row that can be taken, several of them."""
    met: set[Need] = set()
    if rows.current is not None and rows.current.value is not None:
        met.add("row")
    if len(rows.rows) > 1:
        met.add("several")
    return met


class CommandScreen(Screen[T], inherit_bindings=False):
    """A screen whose keys are commands of the registry.

    Subclasses give `CONTEXT`, `body` and `verbs`; a screen with a line to type
    into names it in `line`.
    """

    CONTEXT: ClassVar[str] = "choice"
    CHROME: ClassVar[int] = 1
    """Rows at the bottom that a notice leaves free."""
    STAYS: ClassVar[bool] = False
    """Whether one stays here when something that stands in an article is undone."""

    DEFAULT_CSS = """
    CommandScreen { layers: base notice; background: $background; color: $foreground; }
    """
    BINDINGS: ClassVar[list[Any]] = []

    def __init__(self) -> None:
        super().__init__()
        self._compositor = RowCompositor(lambda: self.program.profile)
        self.notice: Notice | None = None
        self.footer: KeyFooter | None = None

    @property
    def program(self) -> ReaderApp:
        """The application, with the session."""
        from reader.tui.app import ReaderApp

        assert isinstance(self.app, ReaderApp)
        return self.app

    def compose(self) -> ComposeResult:
        """The screen's own part, with footer and notice below it."""
        yield from self.body()
        self.footer = KeyFooter(self.program.keymap, self.context, self._unsaved)
        yield self.footer
        self.notice = Notice(self.CHROME)
        yield self.notice

    def _unsaved(self) -> int:
        return len(self.program.session.kept.actions)

    def body(self) -> Iterator[Any]:
        """The widgets of the screen."""
        yield from ()

    @property
    def context(self) -> str:
        """Which commands are active now: a key of `CONTEXTS`."""
        return self.CONTEXT

    @property
    def met(self) -> frozenset[Need]:
        """Which needs of commands and hints are met now."""
        return frozenset()

    def spot(self) -> Place | None:
        """Where one is, to come back to; None where that is no place of reading."""
        return None

    @property
    def line(self) -> DraftInput | None:
        """The line or text that is typed into, if there is one."""
        return None

    def verbs(self) -> Mapping[str, Verb]:
        """What the commands of the screen's own scopes do, by command id."""
        return {}

    def command_titles(self) -> dict[str, str]:
        """Titles that say more than the registry's, by command id."""
        return {}

    async def press(self, event: events.Key) -> None:
        """Do what a key means here, or type it into the line."""
        command = self.program.keymap.find(self.context, event.key, event.character)
        if self.line is not None and self._edit(self.line, command, event):
            return
        if command is not None:
            self._hide_notice(event)
            await self.run(command)
        elif event.key == "ctrl+c":
            self.program.notify(f"{self.program.keymap.shown('app.quit')} leaves the program.")

    def take_paste(self, text: str) -> None:
        """Put what the terminal pastes into the line, if there is one."""
        if self.line is not None:
            self.line.paste(text)

    def _edit(self, text: DraftInput, command: Command | None, event: events.Key) -> bool:
        """Edit the text that is typed; False if the key is another command's."""
        from reader.tui.widgets.draft_input import SELECTING, without_shift

        plain = without_shift(event.key) if command is None else None
        selecting = self.program.keymap.find(self.context, plain) if plain else None
        if command is not None and command.scope in ("edit", "lines"):
            text.edit(command.id)
        elif selecting is not None and selecting.id in SELECTING:
            text.edit(selecting.id, select=True)
        elif command is not None or not text.type_in(event):
            return False
        self._hide_notice(event)
        return True

    def _hide_notice(self, event: events.Key) -> None:
        if self.notice is not None:
            self.notice.give_way(event)

    async def on_draft_input_copied(self, event: DraftInput.Copied) -> None:
        """Put what is copied where other programs find it."""
        from reader.tui.verbs.copying import send

        await send(self.program, event.text, "the selection")

    def on_draft_input_trimmed(self, event: DraftInput.Trimmed) -> None:
        """Say what of a paste was not taken."""
        parts = []
        if event.left_out:
            parts.append(f"There was no room for the last {event.left_out:,} characters.")
        if event.controls:
            parts.append(f"Control characters were left out: {event.controls:,}.")
        self.program.notify(" ".join(parts), title="Pasted in part", severity="warning")

    async def run(self, command: Command) -> None:
        """Run a command; an error the user can act on becomes a notice."""
        verb = self.verbs().get(command.id)
        await self.attempt(verb or (lambda: self.program.run_general(command.id)))

    async def attempt(
        self, verb: Verb, given_up: Callable[[], Awaitable[Any]] | None = None
    ) -> None:
        """Do something; an error the user can act on becomes a notice.

        While another program holds the library, the window waits, and all of it is done again.

        Args:
            verb: Does it. What it does before it writes can be done any number of times.
            given_up: Called when the user does not wait any longer.
        """
        kept = self.program.session.kept
        kept.may_wait = not kept.actions
        try:
            await self.do(verb)
        except LibraryBusyError as error:
            if kept.may_wait:
                self.program.wait_with(self, verb, given_up, error)
            else:
                self.refuse(error)
        except ReaderError as error:
            self.refuse(error)
        finally:
            kept.may_wait = False

    async def do(self, verb: Verb) -> None:
        """Do something, and say so if it could not be saved."""
        done = verb()
        if isawaitable(done):
            await done
        self.program.say_what_is_not_saved()

    async def _dispatch_message(self, message: Message) -> None:
        with self.program.reporting():
            await super()._dispatch_message(message)

    def _compositor_refresh(self) -> None:
        """Draw what has changed, when it can be shown; Textual draws it all and throws it away."""
        if self.app._batch_count:
            self._dirty_widgets.add(self)
        else:
            super()._compositor_refresh()

    def refuse(self, error: ReaderError) -> None:
        """Say what could not be done."""
        self.program.report(error)

    def take_news(self, here: bool) -> None:
        """Show what another window or program has changed.

        Args:
            here: Whether it touches the session's open article, or what is shared.
        """

    async def ask(self, overlay: Overlay[A], then: Callable[[A], Awaitable[Any] | None]) -> None:
        """Open an overlay; go on with what it gives, unless it is left with nothing.

        When that has to wait for the library and is given up, the overlay opens as it was.
        """

        async def again() -> None:
            if (same := overlay.again()) is not None:
                await self.ask(same, then)

        async def answered(result: A | None) -> None:
            if result is not None:
                await self.attempt(lambda: then(result), again)

        await self.app.push_screen(overlay, answered)

    def on_row_list_moved(self) -> None:
        """Show the keys of the row that the cursor has come to."""
        self.show_keys()

    def show_keys(self) -> None:
        """Bring the footer up to date with the context."""
        if self.footer is not None:
            self.footer.show(self.context, self.met)


class FilteredScreen(CommandScreen[T], inherit_bindings=False):
    """A list, and a line above it that narrows the list while one types.

    Subclasses give `input`, `rows`, `view` and `look`; a view has a `text`.
    """

    input: LineInput
    rows: RowList

    def __init__(self) -> None:
        super().__init__()
        self.typing = False

    @property
    @abstractmethod
    def view(self) -> Any:
        """How the list is looked at."""

    @abstractmethod
    def look(self, view: Any) -> None:
        """Look at the list otherwise."""

    @property
    def line(self) -> LineInput | None:
        """The line, while one types."""
        return self.input if self.typing else None

    def start_typing(self) -> None:
        """Go from the list to the line."""
        self.typing = self.input.display = True
        self.input.set_value(self.view.text)
        self.input.focus()
        self.turn()

    def stop_typing(self) -> None:
        """Go from the line to the list; the filter stays."""
        self.typing = self.input.display = False
        self.rows.focus()
        self.turn()

    def turn(self) -> None:
        """Show what belongs to the list, or to the line."""
        self.show_keys()

    def drop_typed(self) -> None:
        """Go back to the list without the filter."""
        self.input.set_value("")
        self._filter_by_typed()
        self.stop_typing()

    async def press(self, event: events.Key) -> None:
        """Type, and filter at once: Enter may already be on its way."""
        await super().press(event)
        self._filter_by_typed()

    def on_line_input_changed(self) -> None:
        """Filter after a paste."""
        self._filter_by_typed()

    def _filter_by_typed(self) -> None:
        if self.typing and self.input.value != self.view.text:
            self.look(replace(self.view, text=self.input.value))


class Overlay(CommandScreen[T], ModalScreen[T], inherit_bindings=False):
    """A screen over the lower part of another one, which gives a value or nothing."""

    DEFAULT_CSS = """
    Overlay {
        background: $background 40%;
        &:ansi { background: transparent; }
        & > #box {
            dock: bottom;
            height: auto;
            max-height: 80%;
            background: $surface;
            border-top: solid $primary;
        }
        & RowList { background: $surface; height: auto; max-height: 14; }
        & TextRow { background: $surface; color: $accent; text-style: bold; padding: 0 1; }
        & LineInput { background: $panel; height: 1; padding: 0 1; }
    }
    """

    def compose(self) -> ComposeResult:
        """A box at the bottom, with the keys in its last row."""
        with Vertical(id="box"):
            yield from self.body()
            self.footer = KeyFooter(self.program.keymap, self.context, self._unsaved)
            yield self.footer
        self.notice = Notice(self.CHROME)
        yield self.notice

    def again(self) -> Overlay[T] | None:
        """Return a new overlay that holds what this one held; None where nothing was typed."""
        return None
