"""The form of a claim, beside the text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.claim_marking import ClaimForm
from reader.annotation.model import (
    CheckWorthy,
    ClaimMention,
    Epistemic,
    Mode,
    Polarity,
    SourceKind,
)
from reader.annotation.spans import Span
from reader.tui.keymap import Keymap
from reader.tui.widgets.rows import Cell, Row, RowList, wrapped

CHOICES: dict[str, tuple[str, tuple[str, ...]]] = {
    "form.epistemic": ("epistemic", get_args(Epistemic)),
    "form.polarity": ("polarity", get_args(Polarity)),
    "form.mode": ("mode", get_args(Mode)),
    "form.check": ("check_worthy", get_args(CheckWorthy)),
    "form.kind": ("source_kind", get_args(SourceKind)),
}
"""Fields with a choice, by the command that changes them: attribute and values."""

_EMPTY: dict[str, dict[str, Any]] = {
    "form.statement": {"claim": None, "statement": ""},
    "form.claimant": {"claimant": None},
    "form.affiliation": {"affiliation": None},
    "form.source": {"source": None},
    "form.cue": {"cue": None},
}

_LABELS = {
    "form.statement": "Statement",
    "form.claimant": "Claimant",
    "form.affiliation": "Speaks for",
    "form.source": "Source",
    "form.cue": "Cue",
    "form.epistemic": "Held as",
    "form.polarity": "Polarity",
    "form.mode": "Mode",
    "form.check": "Check it",
    "form.kind": "Source is",
}


def form_of(mention: ClaimMention, records: AnnotationSet) -> ClaimForm:
    """Return the form as a claim mention fills it in."""
    claim = records.claim(mention.claim)
    attribution = records.attribution(mention.attribution)
    form = ClaimForm(
        claim=mention.claim,
        statement=claim.text if claim is not None else "",
        claimant=mention.claimant,
        affiliation=mention.affiliation,
        epistemic=mention.epistemic,
        polarity=mention.polarity,
        mode=mention.mode,
        check_worthy=mention.check_worthy,
    )
    if attribution is None:
        return form
    return replace(
        form,
        source=attribution.source,
        cue=attribution.cue,
        source_kind=attribution.source_kind,
    )


class ClaimPanel(RowList):
    """One row a field, each with the key that changes it.

    Args:
        keymap: For the keys to show.
        span: Where the claim stands in the article.
        form: What is filled in at first.
        mention: The claim mention that is edited; None for a new one.
    """

    def __init__(
        self,
        keymap: Keymap,
        span: Span,
        form: ClaimForm,
        mention: ClaimMention | None,
    ) -> None:
        super().__init__((2, 10, 0), id="claim-panel")
        self.keymap = keymap
        self.ranges = span.fragments
        self.quote = span.quote
        self._records = AnnotationSet()
        self.first = form
        self.form = form
        self.mention = mention

    @property
    def field(self) -> str:
        """The command of the field under the cursor."""
        row = self.current
        return row.value if row is not None else "form.statement"

    @property
    def changed(self) -> bool:
        """Whether something was filled in that is not saved."""
        return self.form != self.first

    def fill(self, records: AnnotationSet, **fields: Any) -> None:
        """Change fields of the form and show it."""
        self.form = replace(self.form, **fields)
        self._records = records
        title = "New claim" if self.mention is None else "Claim"
        rows = [Row((Cell(""), Cell(title, base=0), Cell(self.quote, "strong")), heading=True)]
        for field in _LABELS:
            rows += wrapped(self._row(field, records), 2, self.room(2))
        self.show(rows, self.cursor)

    def on_resize(self) -> None:
        """Break long texts anew."""
        super().on_resize()
        self.fill(self._records)

    def turn(self, field: str, step: int, records: AnnotationSet) -> None:
        """Take the next value of a field with a choice, or the one before."""
        name, values = CHOICES[field]
        now = values.index(getattr(self.form, name))
        self._go(field)
        self.fill(records, **{name: values[(now + step) % len(values)]})

    def empty(self, field: str, records: AnnotationSet) -> None:
        """Empty a field, or set it back to its first value."""
        if field in CHOICES:
            name = CHOICES[field][0]
            self.fill(records, **{name: getattr(ClaimForm(), name)})
        else:
            self.fill(records, **_EMPTY[field])

    def _go(self, field: str) -> None:
        self.move_to(next(i for i, row in enumerate(self.rows) if row.value == field))

    def _row(self, field: str, records: AnnotationSet) -> Row:
        value = self._value(field, records)
        cells = (
            Cell(self.keymap.shown(field), "strong", base=0),
            Cell(_LABELS[field], base=0),
            Cell(value or "–", "plain" if value else "dim"),
        )
        return Row(cells, field)

    @property
    def _no_source(self) -> bool:
        """Whether there is no source, nor anything that was said of its kind."""
        return self.form.source is None and self.form.source_kind == ClaimForm().source_kind

    def _value(self, field: str, records: AnnotationSet) -> str:
        if field == "form.kind" and self._no_source:
            return ""
        if field in CHOICES:
            return str(getattr(self.form, CHOICES[field][0]))
        if field == "form.statement":
            return self.form.statement
        if field in ("form.claimant", "form.affiliation"):
            entity = records.entity(getattr(self.form, field.removeprefix("form.")))
            return entity.name if entity is not None else ""
        span = self.form.source if field == "form.source" else self.form.cue
        return span.quote if span is not None else ""
