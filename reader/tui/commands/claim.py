"""Commands of the claim form."""

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
