"""Commands while something is typed: in a line, and in a note of several lines."""

from __future__ import annotations

from collections.abc import Iterator

from reader.tui.commands.model import Command, rows


def typing() -> Iterator[Command]:
    """Yield those of every text that is typed."""
    group = "While typing"
    yield from rows(
        "edit",
        group,
        ("edit.left", "left", "Left", "Go left, as seen; with Shift, or a mark set, select."),
        ("edit.right", "right", "Right", "Go right, as seen; with Shift or a mark, select."),
        ("edit.word_left", "ctrl+left alt+left", "Word left", "Go over the word on the left."),
        ("edit.word_right", "ctrl+right alt+right", "Word right", "Go over the word on the right."),
        ("edit.row_start", "home ctrl+a", "Row start", "Go to where the row begins to be read."),
        ("edit.row_end", "end ctrl+e", "Row end", "Go to where the row ends."),
        ("edit.mark", "ctrl+g ctrl+@ ctrl+space", "Set a mark", "Select with every motion now."),
        ("edit.select_all", "ctrl+l", "Select all", "Select all that is typed."),
        ("edit.copy", "ctrl+c", "Copy", "Copy what is selected."),
        ("edit.cut", "ctrl+x", "Cut", "Cut what is selected."),
        ("edit.paste", "ctrl+v ctrl+y", "Put in", "Put in what was cut or copied last."),
        (
            "edit.undo",
            "ctrl+t ctrl+underscore ctrl+slash",
            "Take back",
            "Take back what was typed or deleted last.",
        ),
        ("edit.redo", "ctrl+r", "Do again", "Do again what was taken back last."),
        ("edit.backspace", "backspace ctrl+h", "Delete back", "Delete what was typed last."),
        ("edit.delete", "delete ctrl+d", "Delete on", "Delete what stands after the caret."),
        (
            "edit.delete_word",
            "ctrl+w alt+backspace ctrl+backspace",
            "Cut word",
            "Cut back to the beginning of the word.",
        ),
        ("edit.delete_to_start", "ctrl+u", "Cut to the start", "Cut the line before the caret."),
        ("edit.delete_to_end", "ctrl+k", "Cut to the end", "Cut the line after the caret."),
    )


def note() -> Iterator[Command]:
    """Yield those of the editor of notes."""
    yield from rows(
        "lines",
        "In several lines",
        ("edit.break", "enter ctrl+j shift+enter", "New line", "Begin a new line."),
        ("edit.up", "up", "Row up", "Go one row up, in the same column."),
        ("edit.down", "down", "Row down", "Go one row down, in the same column."),
        ("edit.page_up", "pageup", "Page up", "Go one page up."),
        ("edit.page_down", "pagedown", "Page down", "Go one page down."),
        ("edit.first", "ctrl+home", "Start of the text", "Go to the start of the text."),
        ("edit.last", "ctrl+end", "End of the text", "Go to the end of the text."),
    )
    yield from rows(
        "note",
        "While writing a note",
        ("note.save", "ctrl+s ctrl+o", "Save", "Save the note and close it."),
        (
            "note.leave",
            "escape tab",
            "Save, drop or go on…",
            "Close the note; asks when something was typed: Enter saves.",
        ),
    )
