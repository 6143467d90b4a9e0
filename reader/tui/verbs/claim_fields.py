"""Changing the fields of a claim that is open, its relations and its notes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from reader.annotation import actions, claim_actions
from reader.annotation.actions import shorten
from reader.annotation.model import Claim, ClaimType, Entity, Note, Relation, Verdict, ref_to
from reader.errors import AnnotationError
from reader.overview.board import Board, BoardView
from reader.tui.screens.ask_line import LineScreen
from reader.tui.screens.board_rows import VERDICTS
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.screens.claim_rows import FIELDS
from reader.tui.screens.search import SearchScreen
from reader.tui.verbs.writing import write
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row
from reader.user.drafts import KeptDraft

if TYPE_CHECKING:
    from reader.tui.screens.claim_sheet import ClaimScreen


async def edit(sheet: ClaimScreen) -> None:
    """Change what is under the cursor."""
    item = sheet.item
    if item is None:
        return
    if item.kind == "field":
        await _edit_field(sheet, claim_of(sheet), item.value)
    elif item.kind == "attribute":
        from reader.tui.verbs.attributes import edit_claim

        await edit_claim(sheet)
    elif item.kind == "relation":
        await _edit_relation(sheet, item.value)
    elif item.kind == "note":
        await _write(sheet, "Note (empty deletes it)", item.value)
    elif item.kind == "mention":
        key = sheet.program.keymap.shown("annotation.edit")
        sheet.program.notify(f"Enter goes to the mention; there {key} changes it.")
    else:
        sheet.program.notify("Remove this evidence, and add it otherwise.")


def claim_of(sheet: ClaimScreen) -> Claim:
    """Return the claim that is open.

    Raises:
        AnnotationError: If it is gone.
    """
    if sheet.claim is None:
        raise AnnotationError("This claim is no longer there.")
    return sheet.claim


async def _edit_field(sheet: ClaimScreen, claim: Claim, name: str) -> None:
    if name in ("type", "verdict"):
        await _choose(sheet, claim, name)
    elif name == "place":
        await _ask_place(sheet, claim)
    elif name == "topic":
        await _ask_topic(sheet, claim)
    elif name == "justification":
        await _write_reasons(sheet, claim)
    else:
        base = 0 if name in ("language", "gloss_language") else None
        question = FIELDS[name] if base is None else f"{FIELDS[name].strip()}: a code as en, ar, fa"
        overlay = LineScreen(question, getattr(claim, name), base=base)
        await sheet.ask(overlay, partial(_set, sheet, claim, name))


def _set(sheet: ClaimScreen, claim: Claim, name: str, value: Any) -> None:
    author = sheet.author()
    fields = {name: value}
    if name == "gloss" and value.strip() and not claim.gloss_language:
        # A gloss is for colleagues who do not read the statement.
        fields["gloss_language"] = "en" if claim.language != "en" else ""
    if name == "gloss" and not value.strip():
        fields["gloss_language"] = ""
    sheet.apply(claim_actions.edit(author, claim, **fields))


async def _choose(sheet: ClaimScreen, claim: Claim, name: str) -> None:
    values = get_args(Verdict if name == "verdict" else ClaimType)
    now_is = getattr(claim, name)
    choices = [
        Choice(f"{VERDICTS.get(value, '●' if value == now_is else ' ')} {value}", value)
        for value in values
    ]
    overlay: ChoiceScreen[str] = ChoiceScreen(f"{FIELDS[name]}, now: {now_is}", choices)
    await sheet.ask(overlay, partial(_set, sheet, claim, name))


async def _ask_topic(sheet: ClaimScreen, claim: Claim) -> None:
    """Type a topic, or take one that other claims have."""
    topics = Board(sheet.session.shown.claims.all()).arranged(BoardView("topic"))
    known = list(dict.fromkeys(s.entry.topic for s in topics if s.entry.topic))

    def find(typed: str) -> Sequence[Row]:
        wanted = typed.strip().casefold()
        same = [topic for topic in known if wanted in topic.casefold()]
        rows = [Row((Cell(topic),), topic) for topic in same]
        if typed.strip() not in same:
            label = f"new: {isolated(typed.strip())}" if typed.strip() else "no topic"
            rows.insert(0, Row((Cell(label, base=0),), typed.strip()))
        return rows

    overlay: SearchScreen[str] = SearchScreen("Topic", find, typed=claim.topic)
    await sheet.ask(overlay, partial(_set, sheet, claim, "topic"))


async def _ask_place(sheet: ClaimScreen, claim: Claim) -> None:
    work = sheet.program.views.entity_work

    def find(typed: str) -> Sequence[Row]:
        rows = [
            Row((Cell(entity.type, "dim", base=0), Cell(entity.name)), entity)
            for entity, *_ in work.propose(typed)
        ]
        return rows if typed.strip() else [Row((Cell("none", "dim", base=0), Cell("")), ""), *rows]

    def made(chosen: Entity | str) -> None:
        _set(sheet, claim, "place", chosen.id if isinstance(chosen, Entity) else None)

    overlay: SearchScreen[Entity | str] = SearchScreen("Where is it so?", find, (8, 0))
    await sheet.ask(overlay, made)


async def _write_reasons(sheet: ClaimScreen, claim: Claim) -> None:
    kept = _kept(sheet, f"justification {claim.id}")

    def save(text: str, again: bool) -> None:
        _set(sheet, claim_of(sheet) if again else claim, "justification", text)

    await write(sheet, "Why the verdict is so", claim.justification, kept, save)


def _kept(sheet: ClaimScreen, about: str) -> KeptDraft:
    return KeptDraft(sheet.session.path, f"{sheet.session.annotator.name} {about}")


async def _edit_relation(sheet: ClaimScreen, relation: Relation) -> None:
    """Say why a relation holds, or how sure it is."""
    sure = "" if relation.confidence is None else f"{relation.confidence:g}"
    choices = [
        Choice("why", _ask_rationale, relation.rationale, key="w"),
        Choice("how sure", _ask_confidence, sure, key="s"),
    ]
    overlay: ChoiceScreen[Callable[[ClaimScreen, Relation], Awaitable[None]]]
    overlay = ChoiceScreen(f"Change of “{relation.type}”", choices)
    await sheet.ask(overlay, lambda chosen: chosen(sheet, relation))


async def _ask_rationale(sheet: ClaimScreen, relation: Relation) -> None:
    kept = _kept(sheet, f"rationale {relation.id}")

    def save(text: str, again: bool) -> None:
        found = sheet.records.get(ref_to(relation)) if again else relation
        now = found if isinstance(found, Relation) else relation
        _set_relation(sheet, now, now.confidence, text)

    await write(sheet, "Why it is so", relation.rationale, kept, save)


async def _ask_confidence(sheet: ClaimScreen, relation: Relation) -> None:
    typed = "" if relation.confidence is None else f"{relation.confidence:g}"

    def save(text: str) -> None:
        _set_relation(sheet, relation, _number(text), relation.rationale)

    await sheet.ask(LineScreen("How sure, from 0 to 1 (empty: not said)", typed, base=0), save)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ".")) if text.strip() else None
    except ValueError as error:
        raise AnnotationError(f"“{shorten(text)}” is no number from 0 to 1.") from error


def _set_relation(
    sheet: ClaimScreen, relation: Relation, confidence: float | None, rationale: str
) -> None:
    made = claim_actions.edit_relation(
        sheet.author(), relation, confidence=confidence, rationale=rationale
    )
    sheet.apply(made)


async def write_note(sheet: ClaimScreen) -> None:
    """Write a note on the claim."""
    await _write(sheet, "Note on the claim", None)


async def _write(sheet: ClaimScreen, question: str, note: Note | None) -> None:
    on = ref_to(claim_of(sheet))
    kept = _kept(sheet, f"note {note.id}" if note else f"new note on {on.kind} {on.id}")

    def save(text: str, again: bool) -> None:
        author = sheet.author()
        found = author.records.get(ref_to(note)) if note is not None and again else note
        if isinstance(found, Note):
            sheet.apply(actions.edit_note(author, found, text))
        elif text.strip():
            sheet.apply(actions.add_note(author, on, text, None))

    await write(sheet, question, note.text if note else "", kept, save)
