"""What the board of claims says: its head, its columns, and a row for each claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.overview.board import (
    Board,
    BoardView,
    Place,
    ShownClaim,
    articles,
    claimants,
    languages,
)
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row

_NARROW, _WIDE, _WIDEST = 70, 110, 150
"""Columns from which a row has room for more."""

VERDICTS = {
    "unchecked": "·",
    "supported": "✓",
    "refuted": "✗",
    "conflicting": "±",
    "not enough evidence": "?",
}
"""Signs of the verdicts."""

CONTESTED = "≠"
"""The sign of what is contradicted."""

_TOGETHER: dict[Place, str] = {"alone": " ", "first": "┌", "middle": "│", "last": "└"}
_SORTED = {
    "mentions": "mentions, most first",
    "topic": "topic",
    "statement": "statement",
    "verdict": "verdict",
    "changed": "last change",
}
_FIELDS = {
    "claimant": "claimant",
    "topic": "topic",
    "language": "language",
    "verdict": "verdict",
    "epistemic": "held",
    "polarity": "polarity",
    "mode": "mode",
    "check_worthy": "check",
}


def columns(width: int) -> tuple[int, ...]:
    """Signs, statement, then how often it is made; claimants, languages, topic, gloss with room."""
    if width < _NARROW:
        return (3, 0, 4)
    if width < _WIDE:
        return (3, 0, 16, 8, 5)
    if width < _WIDEST:
        return (3, 0, 20, 9, 5, 5, 16)
    return (3, 0, 24, 11, 5, 5, 20, max(30, width // 4))


def titles(width: int) -> Row:
    """Return the titles of the columns."""
    if width < _NARROW:
        names: tuple[str, ...] = ("", "Claim", "Ment")
    else:
        names = ("", "Claim", "Claimants", "Made in", " Ment", " Arts", "Topic", "Gloss")
    return Row(
        tuple(Cell(name, "dim", base=0) for name in names)[: len(columns(width))], None, True
    )


def claim_row(shown: ShownClaim, board: Board, width: int) -> Row:
    """Return the row of a claim."""
    entry, made = shown.entry, len(shown.entry.made)
    signs = f"{together(shown)}{CONTESTED if shown.contested else ' '}{VERDICTS[entry.verdict]}"
    count = Cell(f"{made:>{4 if width < _NARROW else 5}}", "plain" if made else "dim", base=0)
    cells = [Cell(signs, "strong", base=0), Cell(entry.text)]
    if width < _NARROW:
        return Row((*cells, count), entry.id)
    cells += [
        Cell(", ".join(isolated(board.names[id]) for id in claimants(entry)), base=0),
        Cell(" ".join(languages(entry)), base=0),
        count,
        Cell(f"{articles(entry):>5}", "dim", base=0),
        Cell(entry.topic, "dim"),
        Cell(entry.gloss, "dim"),
    ]
    return Row(tuple(cells[: len(columns(width))]), entry.id)


def together(shown: ShownClaim) -> str:
    """Return the sign that binds claims that say the same; a filter may hide the others."""
    return "╶" if shown.place == "alone" and shown.cluster > 1 else _TOGETHER[shown.place]


def head_words(board: Board) -> str:
    """Say how many claims there are, and how many are contradicted."""
    claims, mentions, contested = len(board.entries), board.mentions, board.contradicted
    return (
        f" {claims:,} claim{'s' * (claims != 1)} · {mentions:,} mention{'s' * (mentions != 1)}"
        f" · {CONTESTED} {contested:,} contradicted"
    )


def shown_words(view: BoardView, board: Board, shown: int) -> str:
    """Say how the claims are sorted, and which are shown and why."""
    words = f" sorted by {_SORTED[view.sort]}"
    if not view.filtered:
        return words
    told = [f"{name} {_value(board, f, view)}" for f, name in _FIELDS.items() if getattr(view, f)]
    if view.contested:
        told.append("contradicted")
    if view.text.strip():
        told.append(f"with “{isolated(view.text.strip())}”")
    return f" {shown:,} of {len(board.entries):,} shown: {', '.join(told)} ·{words}"


def _value(board: Board, field: str, view: BoardView) -> str:
    value = str(getattr(view, field))
    return isolated(board.names.get(value, value)) if field == "claimant" else isolated(value)


def foot_words(shown: ShownClaim, board: Board) -> Sequence[str]:
    """Return three rows about the claim under the cursor: statement, gloss, who and how."""
    entry = shown.entry
    names = ", ".join(isolated(board.names[id]) for id in claimants(entry)) or "nobody named"
    how = [name for name in ("epistemic", "polarity", "mode", "check_worthy") if entry.made]
    values = (" or ".join(sorted({getattr(made, name) for made in entry.made})) for name in how)
    same = f"one of {shown.cluster} that say the same" if shown.cluster > 1 else ""
    parts = ("contradicted" if shown.contested else "", same, entry.verdict, names, *values)
    return entry.text, entry.gloss, " · ".join(part for part in parts if part)


def empty_rows() -> Iterator[Row]:
    """What stands in place of the board of a library without claims."""
    yield Row((Cell("There are no claims yet.", base=0),))
    yield Row((Cell("In an article, select what is claimed and press c.", base=0),))
