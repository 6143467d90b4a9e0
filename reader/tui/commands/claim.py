"""Commands of the claim form, of the board of claims, and of a claim that is open."""

from __future__ import annotations

from collections.abc import Iterator

from reader.tui.commands.model import Command, rows


def claim_form() -> Iterator[Command]:
    """Yield those of the form."""
    yield from rows(
        "claim",
        "Claim form",
        ("form.statement", "s", "Statement…", "Type the normalised claim, or find one to link."),
        ("form.claimant", "w", "Claimant…", "Type to find the entity that claims it."),
        (
            "form.affiliation",
            "a",
            "Speaks for…",
            "Type to find whom the claimant speaks for: a party, a company, a state.",
        ),
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


def board() -> Iterator[Command]:
    """Yield those of the board of claims."""
    yield from rows(
        "board",
        "Board of claims",
        (
            "board.sort",
            "s",
            "Sort",
            "By number of mentions, topic, statement, verdict, last change in turn.",
        ),
        ("board.filter", "f /", "Filter by words…", "Show only claims with what you type."),
        ("board.claimant", "w", "Filter by claimant…", "Show only what one of them claims."),
        ("board.topic", "t", "Filter by topic…", "Show only the claims on a topic."),
        ("board.language", "l", "Filter by language…", "Show only claims made in a language."),
        ("board.verdict", "v", "Filter by verdict…", "Show only the claims with a verdict."),
        (
            "board.status",
            "c",
            "Filter by status…",
            "Show only claims that are made in a certain way: held as, polarity, mode, check.",
        ),
        ("board.contested", "x", "Contradictions only", "Hide or show what nothing contradicts."),
    )
    yield from rows(
        "board_filter",
        "While typing words of claims",
        ("board_filter.up", "up", "Row above", "Go to the claim above."),
        ("board_filter.down", "down", "Row below", "Go to the claim below."),
        ("board_filter.accept", "enter", "Keep the filter", "Go to the list; the filter stays."),
        ("board_filter.cancel", "escape", "All words", "Go to the list, whatever the words."),
    )


def sheet() -> Iterator[Command]:
    """Yield those of a claim that is open."""
    yield from rows(
        "sheet",
        "An open claim",
        (
            "sheet.edit",
            "e space",
            "Change it…",
            "Change the field, relation or note under the cursor.",
        ),
        (
            "sheet.evidence",
            "a",
            "Add evidence…",
            "Put what is selected in the article, or the address of a page, beside the claim.",
        ),
        ("sheet.relate", "r", "Relate…", "Type to find another claim, and say what joins them."),
        ("sheet.merge", "m", "Merge…", "Make this and another claim one, with all they have."),
        (
            "sheet.attributes",
            "t ctrl+t",
            "Attributes…",
            "Say what the schema asks of the relation or mention under the cursor, or the claim.",
        ),
        ("sheet.note", "o", "Write a note…", "Write a note on the claim."),
        (
            "sheet.delete",
            "X delete backspace",
            "Delete…",
            "Delete the evidence, relation or note under the cursor, else a claim without any.",
        ),
    )
