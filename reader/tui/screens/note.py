"""Writing a text of several lines over the article: a note."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping
from typing import Any, ClassVar

from textual.timer import Timer

from reader.tui.screens.base import Overlay, Verb
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.widgets.note_editor import NoteEditor
from reader.tui.widgets.text_row import TextRow
from reader.user.drafts import KeptDraft

_PAUSE = 1.0
"""Seconds after the first unsaved key until the text is kept."""


class NoteScreen(Overlay[str]):
    """A question and an editor to type the answer into; nothing typed is lost silently.

    Args:
        question: What is to be typed; may hold the user's text.
        text: What the editor holds at first.
        kept: Where to keep what is typed until it is saved; None to keep it nowhere.
        typed: What was typed already, and could not be saved.
    """

    CONTEXT: ClassVar[str] = "note"
    DEFAULT_CSS = """
    NoteScreen {
        & > #box { height: 60%; min-height: 7; max-height: 20; }
        & NoteEditor { background: $panel; margin: 0 1; }
    }
    """

    def __init__(
        self,
        question: str,
        text: str = "",
        kept: KeptDraft | None = None,
        typed: str | None = None,
    ) -> None:
        super().__init__()
        self.question = question
        self.kept = kept
        self.first = NoteEditor(text).value
        found = kept.read() if kept is not None and typed is None else None
        self.taken_up = found is not None and found != self.first
        self.editor = NoteEditor(found if found is not None and self.taken_up else typed or text)
        self._timer: Timer | None = None

    def body(self) -> Iterator[Any]:
        """The question above the editor, which says so if it holds what was never saved."""
        unsaved = "  (as it was when the program ended, not saved yet)" if self.taken_up else ""
        yield TextRow(self.question + unsaved, base=0)
        yield self.editor

    def on_mount(self) -> None:
        """Go to the editor."""
        self.editor.focus()

    def on_unmount(self) -> None:
        """Keep what the program is ended over."""
        if self._timer is not None:
            self._keep()

    @property
    def line(self) -> NoteEditor:
        """Where the text is typed."""
        return self.editor

    @property
    def changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.editor.value != self.first

    def again(self) -> NoteScreen:
        """The same question, with what is typed."""
        return NoteScreen(self.question, self.first, self.kept, self.editor.value)

    def verbs(self) -> Mapping[str, Verb]:
        """Save or leave."""
        return {"note.save": self._save, "note.leave": self._leave}

    def on_note_editor_changed(self) -> None:
        """Keep the text soon."""
        if self.kept is not None and self._timer is None:
            self._timer = self.set_timer(_PAUSE, self._keep)

    def _keep(self) -> None:
        self._stop_timer()
        if self.kept is None:
            return
        if self.changed:
            self.kept.keep(self.editor.value)
        else:
            self.kept.forget()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _save(self) -> None:
        # What is kept goes only when the note is stored: that may still be refused.
        if self._timer is not None:
            self._keep()
        self.dismiss(self.editor.value)

    def _drop(self) -> None:
        self._stop_timer()
        if self.kept is not None:
            self.kept.forget()
        self.dismiss(None)

    def _leave(self) -> Awaitable[Any] | None:
        """Close what is unchanged; ask what to do with the rest."""
        if not self.changed:
            self._drop()
            return None
        choices = [
            Choice("save", self._save, key="s"),
            Choice("drop what was typed", self._drop, key="d"),
            Choice("go on writing", lambda: None, key="g"),
        ]
        overlay: ChoiceScreen[Verb] = ChoiceScreen("The text is not saved.", choices)
        return self.ask(overlay, lambda verb: verb())
