"""Commands that move the selection and its borders."""

from __future__ import annotations

from collections.abc import Iterator

from reader.tui.commands.model import Command, rows


def motions() -> Iterator[Command]:
    """Yield those that move the selection."""
    yield from rows(
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


def borders() -> Iterator[Command]:
    """Yield those that move one border, widen, narrow and pin."""
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
            yield from rows("motion", group, row)
    yield from rows(
        "motion",
        group,
        ("select.widen", "x", "Widen", "From word to sentence to paragraph."),
        ("select.narrow", "z", "Narrow", "From paragraph to sentence to word."),
        ("select.pin", "v", "Pin fragment", "Keep the selection as a fragment, select another."),
        ("select.unpin", "V", "Drop fragments", "Drop the pinned fragments.", "pinned"),
    )
