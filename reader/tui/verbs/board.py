"""What the board of claims leads to, and what is done to a claim that is open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reader.annotation import actions, claim_actions
from reader.annotation.actions import shorten
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.ids import now
from reader.annotation.model import (
    Claim,
    ClaimMention,
    Evidence,
    EvidenceStance,
    Ref,
    Relation,
)
from reader.annotation.spans import Span
from reader.errors import AnnotationError
from reader.overview.board import Board, BoardView
from reader.tui.screens.ask_line import LineScreen
from reader.tui.screens.base import CommandScreen
from reader.tui.screens.board import BoardScreen
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.screens.claim_rows import Item
from reader.tui.screens.claim_sheet import ClaimScreen
from reader.tui.screens.search import SearchScreen
from reader.tui.verbs.attributes import edit_claim as edit_attributes
from reader.tui.verbs.claim_fields import claim_of, edit, write_note
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
    board = Board(screen.program.session.shown.claims.all())

    def find(typed: str) -> Sequence[Row]:
        found = (s for s in board.arranged(BoardView(text=typed)) if s.entry.id != without)
        return [
            Row(
                (Cell(f"{len(e.made):>3}", "dim", base=0), Cell(e.text), Cell(e.gloss, "dim")), e.id
            )
            for _, (e, *_rest) in zip(range(100), found, strict=False)
        ]

    def chosen(id: str) -> Any:
        claim = library.records.get(Ref("claim", id))
        if not isinstance(claim, Claim):
            raise AnnotationError("This claim is no longer there.")
        return then(claim)

    gloss = 0 if screen.app.size.width < 100 else 44
    columns = (3, 0, gloss) if gloss else (3, 0)
    overlay: SearchScreen[str] = SearchScreen(question, find, columns, placeholder="type words")
    await screen.ask(overlay, chosen)


async def relate(sheet: ClaimScreen) -> None:
    """Find another claim, and say what joins the two."""
    claim = claim_of(sheet)
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
        sheet.apply(claim_actions.relate(author, *chosen))
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
    claim = claim_of(sheet)
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
    item, claim = sheet.item, claim_of(sheet)
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
        sheet.apply(claim_actions.add_evidence(sheet.author(), claim_of(sheet), made))

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
    "sheet.attributes": edit_attributes,
    "sheet.note": write_note,
    "sheet.delete": delete,
}
"""What the commands of the scope `sheet` do."""
