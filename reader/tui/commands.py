"""Every command of the interface: the one list that keys, palette, footer, help and docs come from.

A command belongs to a *scope*; a *context* (a screen in a certain state) is a
list of scopes that are active together. Keys are written as characters
(`a`, `?`, `U`) or as names (`enter`, `ctrl+r`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Scope = Literal[
    "always",
    "help",
    "app",
    "rows",
    "library",
    "filter",
    "motion",
    "reading",
    "inspector",
    "pick",
    "claim",
    "search",
    "prompt",
    "keys",
]
Need = Literal["", "annotation", "pinned"]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can do.

    Attributes:
        id: Stable name, for key files and tests: `subject.verb`.
        title: A few words, for palette and help.
        help: One sentence: what it does, to what.
        keys: Default keys, the one to show first.
        scope: Where it works.
        group: Heading in help and docs.
        needs: What must be at hand: an annotation under the selection, a
            pinned fragment; "" for nothing.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    scope: Scope
    group: str
    needs: Need = ""


CONTEXTS: dict[str, tuple[Scope, ...]] = {
    "library": ("library", "rows", "app", "help", "always"),
    "filter": ("filter", "always"),
    "reading": ("reading", "motion", "app", "help", "always"),
    "inspector": ("inspector", "rows", "app", "help", "always"),
    "pick": ("pick", "motion", "help", "always"),
    "claim": ("claim", "help", "always"),
    "choice": ("rows", "always"),
    "keys": ("keys", "rows", "always"),
    "search": ("search", "always"),
    "prompt": ("prompt", "always"),
}
"""Scopes that are active together. No key may stand twice in one context."""

TYPED = ("filter", "search", "prompt")
"""Contexts with a line to type into: printable keys are text there, never commands."""

PALETTE: tuple[Scope, ...] = ("library", "reading", "motion", "app", "help", "always")
"""Scopes whose commands the palette offers, where their context is the present one."""

_Row = tuple[str, str, str, str] | tuple[str, str, str, str, Need]


def _rows(scope: Scope, group: str, *rows: _Row) -> Iterator[Command]:
    """Make commands of rows: id, keys parted by blanks, title, help, and what they need."""
    for id, keys, title, text, *needs in rows:
        need: Need = needs[0] if needs else ""
        yield Command(id, title, text, tuple(keys.split()), scope, group, need)


def _commands() -> Iterator[Command]:
    yield from _library()
    yield from _shelf()
    yield from _motions()
    yield from _borders()
    yield from _annotating()
    yield from _finding()
    yield from _article()
    yield from _claim_form()
    yield from _general()


def _library() -> Iterator[Command]:
    yield from _rows(
        "rows",
        "Lists",
        ("list.up", "up k", "Row up", "Go to the row above."),
        ("list.down", "down j", "Row down", "Go to the row below."),
        ("list.page_up", "pageup K", "Page up", "Go one page up in the list."),
        ("list.page_down", "pagedown J", "Page down", "Go one page down in the list."),
        ("list.first", "home g", "First row", "Go to the first row."),
        ("list.last", "end G", "Last row", "Go to the last row."),
        ("list.accept", "enter", "Take the row", "Open or take the row."),
        ("list.cancel", "escape", "Back", "Close the list and go back."),
    )
    yield from _rows(
        "search",
        "While typing to search",
        ("search.up", "up", "Proposal above", "Go to the proposal above."),
        ("search.down", "down", "Proposal below", "Go to the proposal below."),
        ("search.accept", "enter", "Take the proposal", "Take the proposal that is marked."),
        ("search.cancel", "escape", "Back", "Close, nothing is taken."),
    )
    yield from _rows(
        "prompt",
        "While typing a line",
        ("prompt.accept", "enter", "Save the line", "Save what is typed."),
        ("prompt.cancel", "escape", "Back", "Close, nothing is saved."),
    )


def _shelf() -> Iterator[Command]:
    yield from _rows(
        "library",
        "Library",
        (
            "library.sort",
            "s",
            "Sort",
            "By day added, title, language, status, annotations in turn.",
        ),
        ("library.filter", "f", "Filter by title…", "Show only titles with what you type."),
        ("library.language", "l", "Filter by language…", "Show only the articles of a language."),
        ("library.unfinished", "h", "Unfinished only", "Hide or show what you have finished."),
    )
    yield from _rows(
        "filter",
        "While typing a part of the title",
        ("filter.up", "up", "Row above", "Go to the article above."),
        ("filter.down", "down", "Row below", "Go to the article below."),
        ("filter.accept", "enter", "Keep the filter", "Go to the list; the filter stays."),
        ("filter.cancel", "escape", "All titles", "Go to the list; all titles show again."),
    )


def _motions() -> Iterator[Command]:
    yield from _rows(
        "motion",
        "Move the selection",
        ("go.left", "left h", "Left", "Select what stands to the left, as seen."),
        ("go.right", "right l", "Right", "Select what stands to the right, as seen."),
        ("go.up", "up k", "Row up", "Go one row up."),
        ("go.down", "down j", "Row down", "Go one row down."),
        ("go.word_next", "w ctrl+right", "Next word", "Select the next word in reading order."),
        ("go.word_back", "b ctrl+left", "Word before", "Select the word before."),
        ("go.sentence_next", ".", "Next sentence", "Select the next sentence."),
        ("go.sentence_back", ",", "Sentence before", "Select the sentence before."),
        ("go.paragraph_next", "} '", "Next paragraph", "Select the next paragraph."),
        ("go.paragraph_back", "{ ;", "Paragraph before", "Select the paragraph before."),
        ("go.row_start", "home ^", "Row start", "Go to where the row begins to be read."),
        ("go.row_end", "end $", "Row end", "Go to where the row ends."),
        ("go.page_down", "pagedown space J", "Page down", "Go one page down."),
        ("go.page_up", "pageup K", "Page up", "Go one page up."),
        ("go.first", "g ctrl+home", "Start of the article", "Go to the start of the article."),
        ("go.last", "G ctrl+end", "End of the article", "Go to the end of the article."),
        ("go.annotation_next", "n", "Next annotation", "Select the next annotation."),
        ("go.annotation_back", "p", "Annotation before", "Select the annotation before."),
    )


def _borders() -> Iterator[Command]:
    places = (
        ("start_out", "Begin earlier", "Move the start of the selection back"),
        ("start_in", "Begin later", "Move the start of the selection on"),
        ("end_in", "End earlier", "Move the end of the selection back"),
        ("end_out", "End later", "Move the end of the selection on"),
    )
    units = (
        ("word", "word", ("a", "s", "d", "f")),
        ("cluster", "letter", ("A", "S", "D <", "F >")),
        ("sentence", "sentence", ("+", "_", "-", "=")),
    )
    group = "Borders of the selection"
    for unit, by, keys in units:
        for (place, title, text), key in zip(places, keys, strict=True):
            row = (f"edge.{place}_{unit}", key, f"{title} by a {by}", f"{text} by a {by}.")
            yield from _rows("motion", group, row)
    yield from _rows(
        "motion",
        group,
        ("select.widen", "x", "Widen", "From word to sentence to paragraph."),
        ("select.narrow", "z", "Narrow", "From paragraph to sentence to word."),
        ("select.pin", "v", "Pin fragment", "Keep the selection as a fragment, select another."),
        ("select.unpin", "V", "Drop fragments", "Drop the pinned fragments.", "pinned"),
    )


def _annotating() -> Iterator[Command]:
    group = "Annotate the selection"
    for digit in "123456789":
        text = f"Tag the selection with the entity type on key {digit}."
        yield from _rows("reading", group, (f"tag.{digit}", digit, f"Tag with type {digit}", text))
    yield from _rows(
        "reading",
        group,
        ("tag.choose", "0", "Tag with a type…", "Choose the entity type from a list."),
        ("tag.repeat", "r", "Repeat the last tag", "Tag with the same type and entity again."),
        (
            "entity.link",
            "enter",
            "Link to an entity…",
            "Type to find the entity of the selection, or make a new one; tags it too.",
        ),
        ("entity.unlink", "y", "Unlink", "Take the entity off the mention.", "annotation"),
        ("claim.mark", "c", "Mark a claim…", "Mark the selection as a claim and fill in its form."),
        (
            "note.write",
            "o",
            "Write a note…",
            "On the annotation under the selection, else on the article.",
        ),
        ("annotation.edit", "e", "Edit…", "Change what is under the selection, or a note."),
        (
            "annotation.move",
            "m",
            "Move the borders here",
            "Give the annotation under the selection the borders of the selection.",
            "annotation",
        ),
        (
            "annotation.delete",
            "backspace delete X",
            "Delete…",
            "Delete the annotation under the selection, or a note.",
        ),
    )


def _finding() -> Iterator[Command]:
    yield from _rows(
        "reading",
        "Find in the article",
        ("find.open", "/", "Find…", "Find words, without minding harakat, accents, quotes, case."),
        ("find.next", ")", "Next hit", "Select the next hit of the last search."),
        ("find.back", "(", "Hit before", "Select the hit before."),
        ("find.tag_all", "H", "Tag all hits…", "Show the hits of the last search and tag them."),
    )


def _article() -> Iterator[Command]:
    yield from _rows(
        "reading",
        "Article",
        ("status.done", "Y", "Article is done", "Mark the article as done."),
        ("status.skip", "N", "Skip the article", "Mark the article as skipped."),
        ("status.choose", "t", "Status…", "Choose how far you are with the article."),
        ("view.inspector", "i", "Inspector", "Show or hide the list of annotations."),
        ("view.focus", "tab", "To the inspector", "Go from the text to the list of annotations."),
        ("article.leave", "escape", "Back", "Drop pinned fragments, or go back to the library."),
    )
    yield from _rows(
        "inspector",
        "Inspector",
        ("inspector.leave", "tab i", "To the text", "Go back to the text."),
    )
    yield from _rows(
        "pick",
        "While picking a part in the text",
        ("pick.accept", "enter", "Take it", "Take the selection."),
        ("pick.cancel", "escape", "Back", "Go back to the form, nothing is taken."),
    )


def _claim_form() -> Iterator[Command]:
    yield from _rows(
        "claim",
        "Claim form",
        ("form.statement", "s", "Statement…", "Type the normalised claim, or find one to link."),
        ("form.claimant", "w", "Claimant…", "Type to find the entity that claims it."),
        ("form.source", "o", "Source…", "Select in the text who is named as the source."),
        ("form.cue", "c", "Cue…", "Select in the text the word that attributes."),
        ("form.epistemic", "e", "Claimant holds it", "Next: how far the claimant holds it true."),
        ("form.polarity", "p", "Polarity", "Next: does the sentence affirm or refute the claim."),
        ("form.mode", "m", "Mode", "Next: asserted, denied, questioned, hypothetical."),
        ("form.check", "k", "Check-worthy", "Next: is the claim worth a check."),
        ("form.kind", "n", "Kind of source", "Next: named, unnamed, journalist, document, none."),
        ("form.up", "up", "Field above", "Go to the field above."),
        ("form.down", "down tab", "Field below", "Go to the field below."),
        ("form.next", "right space", "Next value", "Change or fill in the field."),
        ("form.back", "left", "Value before", "Take the value before, in a field with a choice."),
        ("form.clear", "backspace delete", "Empty the field", "Empty the field."),
        ("form.save", "enter", "Save", "Save the claim with all fields."),
        ("form.cancel", "escape", "Back", "Close the form; asks when something was filled in."),
    )


def _general() -> Iterator[Command]:
    yield from _rows(
        "app",
        "Program",
        ("history.undo", "u", "Undo", "Take back your last action, also after a restart."),
        ("history.redo", "U ctrl+r", "Redo", "Do again what was undone last."),
        (
            "article.next",
            "W",
            "Next unfinished article",
            "Open the next article of the list that you have not finished.",
        ),
        ("app.palette", ": ctrl+p", "All commands…", "Find a command by its name."),
        ("app.theme", "T", "Light or dark", "Change between the dark and the light theme."),
        ("app.quit", "q ctrl+q", "Quit", "Leave the program; everything is saved already."),
    )
    yield from _rows("help", "Program", ("app.help", "?", "Help", "Show all keys."))
    yield from _rows(
        "keys", "On the page of keys", ("keys.leave", "? q", "Leave this page", "Go back.")
    )
    yield from _rows(
        "always", "Program", ("app.suspend", "ctrl+z", "Suspend", "Go to the shell; `fg` returns.")
    )


COMMANDS: tuple[Command, ...] = tuple(_commands())


def command(id: str) -> Command:
    """Return a command by its id.

    Raises:
        KeyError: If there is none.
    """
    for known in COMMANDS:
        if known.id == id:
            return known
    raise KeyError(id)


def in_context(context: str) -> tuple[Command, ...]:
    """Return the commands that are active in a context, those of nearer scopes first."""
    return tuple(c for scope in CONTEXTS[context] for c in COMMANDS if c.scope == scope)
