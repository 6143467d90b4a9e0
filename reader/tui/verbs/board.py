"""What the board of claims leads to, and what is done to a claim that is open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from reader.annotation import actions, claim_actions, lookup
from reader.annotation.actions import shorten
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.ids import now
from reader.annotation.model import (
    Claim,
    ClaimMention,
    ClaimType,
    Entity,
    Evidence,
    EvidenceStance,
    Note,
    Ref,
    Relation,
    Verdict,
    ref_to,
)
from reader.annotation.spans import Span
from reader.board import Board, BoardView
from reader.drafts import KeptDraft
from reader.errors import AnnotationError
from reader.tui.screens.ask_line import LineScreen
from reader.tui.screens.base import CommandScreen
from reader.tui.screens.board import BoardScreen
from reader.tui.screens.board_rows import VERDICTS
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.screens.claim_rows import FIELDS, Item
from reader.tui.screens.claim_sheet import ClaimScreen
from reader.tui.screens.note import NoteScreen
from reader.tui.screens.search import SearchScreen
from reader.tui.verbs.jumping import to_span
from reader.tui.verbs.targets import spans_at
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

_STANCES: dict[EvidenceStance, str] = {
    "supports": "speaks for the claim",
    "refutes": "speaks against it",
    "context": "belongs to it, for neither side",
}


async def show(app: ReaderApp) -> None:
    """Show the board, with the cursor on the claim under the selection, if there is one."""
    from reader.tui.screens.reading import ReadingScreen

    if any(isinstance(screen, BoardScreen) for screen in app.screen_stack):
        while not isinstance(app.screen, BoardScreen):
            await app.pop_screen()
        return
    screen = app.screen
    under = spans_at(screen) if isinstance(screen, ReadingScreen) else []
    claims = (record.claim for record in under if isinstance(record, ClaimMention))
    await app.push_screen(BoardScreen(next(claims, None)))


async def open_claim(app: ReaderApp, claim: str, row: int = 0) -> None:
    """Show a claim over the board."""
    await show(app)
    await app.push_screen(ClaimScreen(claim, row))


async def take(sheet: ClaimScreen) -> None:
    """Go on from the row under the cursor: to the text, to another claim, into a field."""
    item = sheet.item
    if item is None:
        return
    if item.kind == "mention" or (item.kind == "evidence" and item.value.span is not None):
        await to_span(sheet, item.value.span)
    elif item.kind == "relation":
        await _go_to_other(sheet, item.value)
    else:
        await edit(sheet)


async def _go_to_other(sheet: ClaimScreen, relation: Relation) -> None:
    """Open the claim at the other end of a relation."""
    mine = sheet.spot().claim
    ends = [_claim_at(sheet.records, ref) for ref in (relation.source, relation.target)]
    other = next((id for id in reversed(ends) if id not in (None, mine)), None)
    if other is None:
        sheet.program.notify("The other end of this relation is no claim.")
    else:
        sheet.open(other)


def _claim_at(records: AnnotationSet, ref: Ref) -> str | None:
    record = records.get(ref)
    if isinstance(record, ClaimMention):
        return record.claim
    return record.id if isinstance(record, Claim) else None


async def edit(sheet: ClaimScreen) -> None:
    """Change what is under the cursor."""
    item = sheet.item
    if item is None:
        return
    if item.kind == "field":
        await _edit_field(sheet, _claim(sheet), item.value)
    elif item.kind == "relation":
        await _edit_relation(sheet, item.value)
    elif item.kind == "note":
        await _write(sheet, "Note (empty deletes it)", item.value)
    elif item.kind == "mention":
        key = sheet.program.keymap.shown("annotation.edit")
        sheet.program.notify(f"Enter goes to the mention; there {key} changes it.")
    else:
        sheet.program.notify("Remove this evidence, and add it otherwise.")


def _claim(sheet: ClaimScreen) -> Claim:
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
    topics = Board(sheet.session.library.claims()).arranged(BoardView("topic"))
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
    records = AnnotationSet.of(sheet.session.library.shared_records())

    def find(typed: str) -> Sequence[Row]:
        rows = [
            Row((Cell(entity.type, "dim", base=0), Cell(entity.name)), entity)
            for entity in lookup.find_entities(records, typed)
        ]
        return rows if typed.strip() else [Row((Cell("none", "dim", base=0), Cell("")), ""), *rows]

    def made(chosen: Entity | str) -> None:
        _set(sheet, claim, "place", chosen.id if isinstance(chosen, Entity) else None)

    overlay: SearchScreen[Entity | str] = SearchScreen("Where is it so?", find, (8, 0))
    await sheet.ask(overlay, made)


async def _write_reasons(sheet: ClaimScreen, claim: Claim) -> None:
    kept = _kept(sheet, f"justification {claim.id}")

    def save(text: str) -> None:
        _set(sheet, claim, "justification", text)
        kept.forget()

    await sheet.ask(NoteScreen("Why the verdict is so", claim.justification, kept), save)


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

    def save(text: str) -> None:
        _set_relation(sheet, relation, relation.confidence, text)
        kept.forget()

    await sheet.ask(NoteScreen("Why it is so", relation.rationale, kept), save)


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
    on = ref_to(_claim(sheet))
    kept = _kept(sheet, f"note {note.id}" if note else f"new note on {on.kind} {on.id}")

    def save(text: str) -> None:
        author = sheet.author()
        if note is not None:
            sheet.apply(actions.edit_note(author, note, text))
        elif text.strip():
            sheet.apply(actions.add_note(author, on, text, None))
        kept.forget()

    await sheet.ask(NoteScreen(question, note.text if note else "", kept), save)


async def ask_claim(
    screen: CommandScreen[Any], question: str, then: Callable[[Claim], Any], without: str = ""
) -> None:
    """Find a claim by typing, in all articles.

    Args:
        screen: Where.
        question: What is asked.
        then: Gets the claim.
        without: Id of a claim that is not offered.
    """
    library = screen.program.session.library
    board = Board(library.claims())

    def find(typed: str) -> Sequence[Row]:
        found = (s for s in board.arranged(BoardView(text=typed)) if s.entry.id != without)
        return [
            Row(
                (Cell(f"{len(e.made):>3}", "dim", base=0), Cell(e.text), Cell(e.gloss, "dim")), e.id
            )
            for _, (e, *_rest) in zip(range(100), found, strict=False)
        ]

    def chosen(id: str) -> Any:
        claim = library.record(Ref("claim", id))
        if not isinstance(claim, Claim):
            raise AnnotationError("This claim is no longer there.")
        return then(claim)

    gloss = 0 if screen.app.size.width < 100 else 44
    columns = (3, 0, gloss) if gloss else (3, 0)
    overlay: SearchScreen[str] = SearchScreen(question, find, columns, placeholder="type words")
    await screen.ask(overlay, chosen)


async def relate(sheet: ClaimScreen) -> None:
    """Find another claim, and say what joins the two."""
    claim = _claim(sheet)
    await ask_claim(
        sheet, "Related to which claim?", lambda other: _ask_type(sheet, claim, other), claim.id
    )


async def _ask_type(sheet: ClaimScreen, claim: Claim, other: Claim) -> None:
    choices = []
    for kind in claim_actions.allowed_types(sheet.session.schema, "claim", "claim"):
        choices.append(Choice(f"this {kind.title} the other", (kind.name, claim, other)))
        if not kind.symmetric:
            choices.append(Choice(f"the other {kind.title} this", (kind.name, other, claim)))
    if not choices:
        raise AnnotationError("The schema has no relation between claims.")
    question = f"This claim, and “{isolated(shorten(other.text))}”"
    overlay: ChoiceScreen[tuple[str, Claim, Claim]] = ChoiceScreen(question, choices)

    def make(chosen: tuple[str, Claim, Claim]) -> None:
        author = sheet.author(other.id)
        sheet.apply(claim_actions.relate(author, sheet.session.schema, *chosen))
        _go_to_new(sheet)

    await sheet.ask(overlay, make)


def _go_to_new(sheet: ClaimScreen) -> None:
    """Put the cursor on the newest relation, and say what more can be said of it."""
    rows = [(r.value.value.id, i) for i, r in enumerate(sheet.rows.rows) if _is_relation(r)]
    if rows:
        sheet.rows.move_to(max(rows)[1])
    key = sheet.program.keymap.shown("sheet.edit")
    sheet.program.notify(f"Related. {key} says why, and how sure that is.")


def _is_relation(row: Row) -> bool:
    return isinstance(row.value, Item) and row.value.kind == "relation" and not row.more


async def merge(sheet: ClaimScreen) -> None:
    """Find another claim, and make one of both."""
    claim = _claim(sheet)
    question = "Merge which claim into this one?"
    await ask_claim(sheet, question, lambda other: _confirm_merge(sheet, claim, other), claim.id)


async def _confirm_merge(sheet: ClaimScreen, claim: Claim, other: Claim) -> None:
    author = sheet.author(other.id)
    merged = claim_actions.merge(author, claim, other)
    moved = sum(m.claim == other.id for m in author.records.all(ClaimMention))
    what = f"{moved:,} mention{'s' * (moved != 1)} and all else of it come here"
    choices = [Choice("merge", True, what, key="y"), Choice("leave them two", None, key="n")]
    question = f"Merge “{isolated(shorten(other.text))}” into this claim?"
    overlay: ChoiceScreen[bool] = ChoiceScreen(question, choices)
    await sheet.ask(overlay, lambda _: sheet.apply(merged))


async def delete(sheet: ClaimScreen) -> None:
    """Delete what is under the cursor; on a field, the claim itself."""
    item, claim = sheet.item, _claim(sheet)
    author = sheet.author()
    undo = sheet.program.keymap.shown("history.undo")
    if item is not None and item.kind == "mention":
        raise AnnotationError("A mention is deleted in its text: Enter goes there.")
    if item is not None and item.kind == "evidence":
        sheet.apply(claim_actions.remove_evidence(author, claim, item.value))
    elif item is not None and item.kind in ("relation", "note"):
        sheet.apply(actions.delete(author, item.value))
    else:
        sheet.apply(claim_actions.delete(author, claim))
    sheet.program.notify(f"{undo} brings it back.", title="Deleted")


async def add_evidence(sheet: ClaimScreen) -> None:
    """Put the words selected in the article below, or a page, beside the claim."""
    span = _selected(sheet)
    if span is None:
        await _ask_address(sheet)
        return
    quote = isolated(shorten(span.quote))
    choices = [
        Choice(
            "the selection", lambda: _weigh(sheet, quote, Evidence("context", span)), quote, "s"
        ),
        Choice("a page", lambda: _ask_address(sheet), "https://…", "p"),
    ]
    overlay: ChoiceScreen[Callable[[], Awaitable[None]]]
    overlay = ChoiceScreen("What is the evidence?", choices)
    await sheet.ask(overlay, lambda chosen: chosen())


def _selected(sheet: ClaimScreen) -> Span | None:
    """Return what is selected in the article that the board was opened from."""
    from reader.tui.screens.reading import ReadingScreen

    beneath = (s for s in sheet.app.screen_stack if isinstance(s, ReadingScreen))
    return next((desk.span() for desk in beneath), None)


async def _ask_address(sheet: ClaimScreen) -> None:
    async def typed(url: str) -> None:
        await _weigh(sheet, shorten(url), Evidence("context", url=url, accessed=now()[:10]))

    overlay = LineScreen("Address of a page", placeholder="https://…", base=0)
    await sheet.ask(overlay, typed)


async def _weigh(sheet: ClaimScreen, shown: str, evidence: Evidence) -> None:
    """Ask whether evidence speaks for or against the claim, and add it."""

    def make(stance: EvidenceStance) -> None:
        made = replace(evidence, stance=stance)
        sheet.apply(claim_actions.add_evidence(sheet.author(), _claim(sheet), made))

    await _ask_stance(sheet, f"What does “{shown}” do?", make)


async def _ask_stance(
    screen: CommandScreen[Any], question: str, then: Callable[[EvidenceStance], None]
) -> None:
    keys = {"supports": "s", "refutes": "r", "context": "c"}
    choices = [Choice(stance, stance, told, keys[stance]) for stance, told in _STANCES.items()]
    overlay: ChoiceScreen[EvidenceStance] = ChoiceScreen(question, choices)
    await screen.ask(overlay, then)


VERBS: dict[str, Callable[[ClaimScreen], Awaitable[Any]]] = {
    "list.accept": take,
    "sheet.edit": edit,
    "sheet.evidence": add_evidence,
    "sheet.relate": relate,
    "sheet.merge": merge,
    "sheet.note": write_note,
    "sheet.delete": delete,
}
"""What the commands of the scope `sheet` do."""
