"""Two articles side by side: choosing the second, and linking what stands in the two."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from reader.annotation import actions, claim_actions
from reader.annotation.actions import shorten
from reader.annotation.annotation_set import Placed
from reader.annotation.model import Claim, ClaimMention, Mention, Record, Ref
from reader.errors import AnnotationError, UsageError
from reader.text.fold import fold
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.screens.pair import PairScreen
from reader.tui.screens.search import SearchScreen
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row

if TYPE_CHECKING:
    from reader.annotation.schema import RelationType
    from reader.session import ArticleEntry
    from reader.tui.screens.reading import ReadingScreen

_TOLD = 60
"""Code points of a statement in a notice."""
R = TypeVar("R", Mention, ClaimMention)
_Verb = Callable[[], Awaitable[Any] | None]


async def open_beside(desk: ReadingScreen) -> None:
    """Choose a second article; where two show, link what is selected in them."""
    if isinstance(desk, PairScreen):
        await _link(desk)
    else:
        await _choose(desk)


async def _choose(desk: ReadingScreen) -> None:
    """Find the second article by words of its title; the last one, and those that name the same."""
    program, here = desk.program, desk.article.id
    entries = {e.id: e for e in program.session.articles() if e.id != here}
    if not entries:
        raise UsageError("There is no other article in the library.")
    shared = dict(program.session.shown.articles.sharing_entities(here))
    last = program.last_beside
    order = sorted(entries, key=lambda id: (id != last, -shared.get(id, 0)))

    def find(typed: str) -> Sequence[Row]:
        words = fold(typed).split()
        found = (entries[id] for id in order)
        named = (e for e in found if all(word in fold(e.title) for word in words))
        return [_row(e, shared.get(e.id, 0)) for e, _ in zip(named, range(200), strict=False)]

    question = "Which article beside this one? Those that name the same entities first"
    overlay: SearchScreen[str] = SearchScreen(question, find, (3, 0, 8))
    await desk.ask(overlay, lambda id: program.navigation.open_pair(desk.article, id))


def _row(entry: ArticleEntry, shared: int) -> Row:
    title = f"“{entry.title}…" if entry.title_marked else entry.title
    base = int(entry.direction == "rtl")
    same = f"{shared:,} same" if shared else ""
    cells = (Cell(entry.language, "dim", base=0), Cell(title, base=base))
    return Row((*cells, Cell(f"{same:>8}", "dim", base=0)), entry.id)


async def _link(desk: PairScreen) -> None:
    """Offer what joins the selection here with that in the other article."""
    choices = [*_relations(desk), *_shared(desk)]
    told = _about(desk) if choices else [_why_nothing(desk)]
    places = desk.places_beside()
    if places:
        many = f"{len(places):,} place{'s' * (len(places) != 1)}"
        choices.append(Choice("next place of it there", lambda: _next(desk), many, "n"))
    other = isolated(shorten(desk.beside.split.view.selected_text()))
    choices += [
        Choice("another article beside", lambda: _choose(desk), "", "o"),
        Choice(
            "this article alone",
            lambda: desk.program.navigation.open_article(desk.article.id),
            "",
            "x",
        ),
    ]
    overlay: ChoiceScreen[_Verb]
    question = f"“{isolated(shorten(desk.view.selected_text()))}” here, “{other}” there"
    overlay = ChoiceScreen(question, choices, told=told)
    await desk.ask(overlay, lambda verb: verb())


def _claims(desk: PairScreen) -> tuple[ClaimMention, ClaimMention] | None:
    """Return the foremost claim mentions here and there, if there is one on both sides."""
    here = _first(desk.here(), ClaimMention)
    there = _first(desk.foremost_in(desk.beside.split.view), ClaimMention)
    return None if here is None or there is None else (here, there)


def _names(desk: PairScreen) -> tuple[Mention, Mention] | None:
    """Return the foremost mentions here and there, if there is one on both sides."""
    here = _first(desk.here(), Mention)
    there = _first(desk.foremost_in(desk.beside.split.view), Mention)
    return None if here is None or there is None else (here, there)


def _about(desk: PairScreen) -> Sequence[str]:
    """Say which claims are meant: several may lie under a selection."""
    claims = _claims(desk)
    if claims is None:
        return ()
    sides = zip(("this", "that"), claims, strict=True)
    return [f"{side} claim: {isolated(_stated(desk, claim))}" for side, claim in sides]


def _why_nothing(desk: PairScreen) -> str:
    """Say why nothing joins the two selections."""
    names = _names(desk)
    same = None if names is None else desk.annotations.entity(names[0].entity)
    if same is not None:
        return f"Both are {isolated(same.name)} already."
    return "Nothing to link: select in both a claim, or a name that one has linked."


def _stated(desk: PairScreen, record: Record | None) -> str:
    """Return the statement of a claim, or of what is claimed; else its words."""
    if isinstance(record, ClaimMention):
        claim = _claim(desk, record)
        return claim.text if isinstance(claim, Claim) else record.span.quote
    return record.text if isinstance(record, Claim) else ""


def _next(desk: PairScreen) -> None:
    """Select its next place in the other article, after the last the first; keys go there."""
    places = desk.places_beside()
    at = desk.beside.split.view.selection.start
    after = next((span for span in places if span.start > at), places[0])
    desk.mark_spot()
    desk.change_sides()
    desk.go_to(after.fragments)


def _first(placed: Sequence[Placed], cls: type[R]) -> R | None:
    return next((p.record for p in placed if isinstance(p.record, cls)), None)


def _relations(desk: PairScreen) -> list[Choice]:
    """What may join the claims under the two selections, as the schema has it."""
    claims = _claims(desk)
    if claims is None:
        return []
    here, there = claims
    schema, choices = desk.session.schema, []
    ends = [("claim", _claim(desk, here), _claim(desk, there)), ("claim_mention", here, there)]
    for kind, one, other in ends:
        for type in claim_actions.allowed_types(schema, kind, kind):
            choices.append(_relation(desk, f"this {type.title} that", type, one, other))
            if not type.symmetric:
                choices.append(_relation(desk, f"that {type.title} this", type, other, one))
    numbered = [
        Choice(c.label, c.value, key=str(i) if i < 10 else "") for i, c in enumerate(choices, 1)
    ]
    return [*numbered, Choice("that is a mention of this claim", lambda: _join(desk), "", "c")]


def _claim(desk: PairScreen, mention: ClaimMention) -> Record | None:
    return desk.annotations.claim(mention.claim)


def _relation(
    desk: PairScreen,
    label: str,
    type: RelationType,
    source: Record | None,
    target: Record | None,
) -> Choice:
    def make() -> None:
        if source is None or target is None:
            raise AnnotationError("A claim has no statement yet: e gives it one.")
        author = desk.session.author
        desk.session.apply(claim_actions.relate(author, type.name, source, target))
        ends = [f"“{isolated(shorten(_stated(desk, each), _TOLD))}”" for each in (source, target)]
        desk.program.notify(f"{ends[0]} {type.title} {ends[1]}.", title="Linked")

    return Choice(label, make)


def _join(desk: PairScreen) -> None:
    """Make the claim mention there one of the claim here."""
    claims = _claims(desk)
    if claims is None or (claim := claims[0].claim) is None:
        raise AnnotationError("The claim here has no statement yet: e gives it one.")
    here, there = claims
    if here.claim == there.claim:
        raise AnnotationError("They are mentions of one claim already.")
    desk.session.apply(claim_actions.move_mention(desk.session.author, there, claim))
    stated = isolated(shorten(_stated(desk, here), _TOLD))
    desk.program.notify(f"Both are mentions of one claim now: “{stated}”.", title="Linked")


def _shared(desk: PairScreen) -> list[Choice]:
    """What makes the mentions under the two selections mentions of one entity."""
    names = _names(desk)
    if names is None or not (names[0].entity or names[1].entity):
        return []
    here, there = names
    records = desk.annotations
    one, other = records.entity(here.entity), records.entity(there.entity)
    if one == other:
        return []
    choices = []
    if one is not None:
        choices.append(_same_entity(desk, there, one.id, desk.beside.article.language, "e"))
    if other is not None:
        key = "e" if one is None else "f"
        choices.append(_same_entity(desk, here, other.id, desk.article.language, key))
    return choices


def _same_entity(
    desk: PairScreen, mention: Mention, entity: str, language: str, key: str
) -> Choice:
    def make() -> None:
        known = desk.annotations.get(Ref("entity", entity))
        author = desk.session.author.on([*desk.annotations])
        assert known is not None
        desk.session.apply(actions.link_and_learn(author, mention, known, language))  # type: ignore[arg-type]

    name = getattr(desk.annotations.get(Ref("entity", entity)), "name", "")
    side = "there" if mention.span.article == desk.beside.article.id else "here"
    return Choice(f"“{isolated(shorten(mention.span.quote, 22))}” {side} is", make, name, key)
