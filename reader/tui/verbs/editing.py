"""Notes, and changing or deleting what is there; the status of the article."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, get_args

from reader.annotation import actions
from reader.annotation.actions import shorten
from reader.annotation.model import ClaimMention, Mention, Note, Ref, StatusValue, ref_to
from reader.errors import AnnotationError
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.verbs import claims, tagging
from reader.tui.verbs.targets import (
    KINDS,
    Target,
    called,
    choice_of,
    owner_words,
    spans_at,
    targets,
)
from reader.tui.verbs.writing import write
from reader.tui.widgets.pieces import isolated
from reader.user.drafts import KeptDraft

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen


async def write_note(desk: ReadingScreen) -> None:
    """Write a note on the foremost annotation under the selection, else on the article."""
    spans = spans_at(desk)
    ref = ref_to(spans[0]) if spans else Ref("article", desk.article.id)
    on = called(desk, spans[0]) if spans else "the article"

    kept = _kept(desk, f"new note on {ref.kind} {ref.id}")

    def save(text: str, again: bool) -> None:
        if text.strip():
            desk.session.marking.note(_present(desk, ref) if again else ref, text)
            _say_saved(desk)

    await write(desk, f"Note on {on}", "", kept, save)


async def edit(desk: ReadingScreen) -> None:
    """Change what is under the selection, or a note."""
    await _with_one(
        desk, targets(desk), "Edit what?", "changes", lambda target: _edit(desk, target)
    )


async def _edit(desk: ReadingScreen, target: Target) -> None:
    if isinstance(target, ClaimMention):
        await claims.edit(desk, target)
    elif isinstance(target, Note):
        await _edit_note(desk, target)
    else:
        await _edit_mention(desk, target)


async def _edit_note(desk: ReadingScreen, note: Note) -> None:
    kept = _kept(desk, f"note {note.id}")

    def save(text: str, again: bool) -> None:
        found = desk.session.annotations.get(ref_to(note)) if again else note
        if isinstance(found, Note):
            desk.session.marking.edit_note(found, text)
        elif text.strip():
            desk.session.marking.note(_present(desk, note.on), text)
        _say_saved(desk, gone=not text.strip())

    whose = owner_words(desk, note)
    await write(desk, f"Note{whose} (empty deletes it)", note.text, kept, save)


def _present(desk: ReadingScreen, ref: Ref) -> Ref:
    """Return what a note was on, or the article when that was deleted meanwhile."""
    gone = ref.kind != "article" and desk.session.annotations.get(ref) is None
    return Ref("article", desk.article.id) if gone else ref


def _say_saved(desk: ReadingScreen, *, gone: bool = False) -> None:
    undo = desk.program.keymap.shown("history.undo")
    if gone:
        desk.program.notify(f"{undo} brings it back.", title="Note deleted")
    else:
        edit = desk.program.keymap.shown("annotation.edit")
        desk.program.notify(f"{edit} changes it, {undo} takes it back.", title="Note saved")


def _kept(desk: ReadingScreen, about: str) -> KeptDraft:
    """Where what is typed is kept until it is saved."""
    return KeptDraft(desk.session.path, f"{desk.session.annotator.name} {about}")


async def _edit_mention(desk: ReadingScreen, mention: Mention) -> None:
    entity = desk.annotations.entity(mention.entity)
    quote = isolated(shorten(mention.span.quote))

    def retype() -> Awaitable[None]:
        return tagging.ask_type(
            desk, f"Type of “{quote}”", lambda type: tagging.retag(desk, mention, type)
        )

    def say() -> Awaitable[None]:
        from reader.tui.verbs.attributes import open_form

        return open_form(desk, mention)

    asks = desk.session.schema.attributes_of("mention", mention.type) or mention.attributes
    choices = [
        Choice(f"type: {mention.type}", retype, key="t"),
        Choice(
            "entity:",
            lambda: tagging.link_mention(desk, mention),
            entity.name if entity is not None else "none",
            key="e",
        ),
        *(
            Choice(f"make it a {kind}", _kind_setter(desk, mention, kind), key=key)
            for key, kind in KINDS.items()
            if kind != mention.kind
        ),
        *([Choice("attributes", say, key="a")] if asks else ()),
    ]
    overlay: ChoiceScreen[Callable[[], Awaitable[Any] | None]]
    overlay = ChoiceScreen(f"Edit {called(desk, mention)}", choices)
    await desk.ask(overlay, lambda chosen: chosen())


def _kind_setter(desk: ReadingScreen, mention: Mention, kind: str) -> Callable[[], None]:
    def change() -> None:
        desk.session.apply(actions.edit_mention(desk.session.author, mention, kind=kind))

    return change


async def delete(desk: ReadingScreen) -> None:
    """Delete what is under the selection; a list asks which when there are several."""
    found = targets(desk)
    await _with_one(desk, found, "Delete what?", "goes", lambda target: _delete(desk, target))


def _delete(desk: ReadingScreen, target: Target) -> None:
    words = called(desk, target)
    desk.session.marking.delete(target)
    undo = desk.program.keymap.shown("history.undo")
    desk.program.notify(f"{words}; {undo} brings it back.", title="Deleted")


async def move_borders(desk: ReadingScreen) -> None:
    """Give an annotation that the selection touches the borders of the selection.

    Raises:
        AnnotationError: If nothing is marked here, or only what has these borders.
    """
    ranges, touched = desk.view.selection.ranges, spans_at(desk)
    found = [record for record in touched if record.span.fragments != ranges]
    if touched and not found:
        raise AnnotationError("It has these borders already: change the selection first.")

    def move(record: Mention | ClaimMention) -> None:
        desk.session.marking.move_span(record, ranges)
        desk.view.release_fragments()

    await _with_one(desk, found, "Move the borders of what?", "moves", move)


async def _with_one(
    desk: ReadingScreen,
    found: Sequence[Any],
    question: str,
    happens: str,
    then: Callable[[Any], Awaitable[Any] | None],
) -> None:
    """Go on with the one record found; ask which, or whether it may be another's.

    One's own stand first, also where another has marked just what is selected: what is
    another's is not lost by taking the first. That it is lost for them is said.

    Raises:
        AnnotationError: If none was found.
    """
    if not found:
        raise AnnotationError("Nothing is marked under the selection; n goes to the next mark.")
    own = [target for target in found if not desk.other(target.annotator)]
    others = [target for target in found if desk.other(target.annotator)]
    if len(found) > 1 or others:
        undo = desk.program.keymap.shown("history.undo")
        told = [f"What is by others {happens} for them, too; {undo} takes it back."]
        choices = [choice_of(desk, target) for target in (*own, *others)]
        overlay: ChoiceScreen[Any]
        overlay = ChoiceScreen(question, choices, told=told if others else ())
        await desk.ask(overlay, then)
        return
    done = then(found[0])
    if done is not None:
        await done


def set_status(desk: ReadingScreen, value: StatusValue) -> None:
    """Say how far the annotator is with the article."""
    desk.session.marking.set_status(value)
    desk.program.notify(f"The article is {value}.")


async def choose_status(desk: ReadingScreen) -> None:
    """Choose how far the annotator is with the article."""
    choices = [Choice(value, value) for value in get_args(StatusValue)]
    overlay: ChoiceScreen[StatusValue] = ChoiceScreen("Status of the article", choices)
    await desk.ask(overlay, lambda value: set_status(desk, value))
