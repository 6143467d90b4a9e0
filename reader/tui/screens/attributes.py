"""The attributes of a record, in a form over the text: each is saved as soon as it is said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from textual import events

from reader.annotation.actions import Author
from reader.annotation.attribute_actions import in_words, say, shown_attributes, typed_value
from reader.annotation.attributes import AttributeValue
from reader.annotation.model import Attributed, Ref, ref_to
from reader.annotation.schema import AttributeChoice, AttributeType
from reader.errors import AnnotationError, ConflictError, ReaderError
from reader.session import Session
from reader.tui.screens.ask_line import LineScreen
from reader.tui.screens.base import Overlay, Verb, list_verbs
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row, RowList
from reader.tui.widgets.text_row import TextRow

_TITLE = 26
"""Columns of the names of attributes."""


class AttributesScreen(Overlay[None]):
    """A row for each attribute: its key, its title, what it says.

    Args:
        session: Where the record is kept.
        ref: The record.
        heading: What it is; may hold the user's text.
        author: Gives who acts, on the record as it is now.
    """

    CONTEXT: ClassVar[str] = "attributes"

    def __init__(
        self, session: Session, ref: Ref, heading: str, author: Callable[[], Author]
    ) -> None:
        super().__init__()
        self.session, self.ref, self.heading, self.author = session, ref, heading, author
        self.rows = RowList((2, _TITLE, 0))
        self.keys: list[str] = []

    def body(self) -> Iterator[Any]:
        """What it is, above the attributes."""
        yield TextRow(self.heading, base=0)
        yield self.rows

    def on_mount(self) -> None:
        """Fill the list."""
        self.refill()
        self.rows.focus()

    @property
    def record(self) -> Attributed:
        """The record as it is now.

        Raises:
            AnnotationError: If it is gone.
        """
        record = self.author().records.get(self.ref)
        if not isinstance(record, Attributed):
            raise AnnotationError("It is no longer there.")
        return record

    def refill(self) -> None:
        """Show what is said now, and keep the row."""
        record = self.record
        shown = shown_attributes(record, self.session.schema)
        self.keys = keys_of(shown)
        rows = [self._row(record, key, a) for key, a in zip(self.keys, shown, strict=True)]
        self.rows.show(rows, self.rows.cursor)

    def _row(self, record: Attributed, key: str, attribute: AttributeType) -> Row:
        value = record.attributes.get(attribute.name)
        missing = "not said yet" if attribute.required else "–"
        text = missing if value is None else in_words(attribute, value)
        base = 0 if value is None or attribute.kind in ("number", "yes-no") else None
        said = Cell(text, "dim" if value is None else "plain", base=base)
        return Row((Cell(key, "strong", base=0), Cell(attribute.title), said), attribute)

    def verbs(self) -> Mapping[str, Verb]:
        """Move, say something, take it away, leave."""
        return list_verbs(self.rows) | {
            "list.accept": self._change,
            "list.cancel": lambda: self.dismiss(None),
            "attributes.change": self._change,
            "attributes.empty": self._empty,
        }

    async def press(self, event: events.Key) -> None:
        """Fill in the attribute whose key is pressed, else do what the key means in lists."""
        pressed = self.program.keymap.typed(event.character)
        if pressed and pressed in self.keys:
            self.rows.move_to(self.keys.index(pressed))
            await self.attempt(self._change)
        else:
            await super().press(event)

    async def on_row_list_taken(self, event: RowList.Taken) -> None:
        """Fill in the attribute that is clicked."""
        await self.attempt(self._change)

    def refuse(self, error: ReaderError) -> None:
        """Say what could not be done; show what another has changed meanwhile."""
        if isinstance(error, ConflictError):
            self.refill()
        super().refuse(error)

    async def _change(self) -> None:
        if self.rows.current is not None:
            attribute: AttributeType = self.rows.current.value
            done = _ASKING[attribute.kind](self, attribute)
            if done is not None:
                await done

    def _empty(self) -> None:
        if self.rows.current is not None:
            self.say(self.rows.current.value, None)

    def said(self, attribute: AttributeType) -> AttributeValue | None:
        """What the record says now."""
        return self.record.attributes.get(attribute.name)

    def say(self, attribute: AttributeType, value: AttributeValue | None) -> None:
        """Save a value at once, as one action."""
        action = say(self.author(), self.record, attribute.name, value)
        if action is not None:
            self.session.apply(action)
        self.refill()


def keys_of(attributes: Sequence[AttributeType]) -> list[str]:
    """Return the key of each attribute: its own letter, else the number of its row up to 9."""
    numbers = (str(n) if n < 10 else "" for n in range(1, len(attributes) + 1))
    return [a.key or number for a, number in zip(attributes, numbers, strict=True)]


def _turn(form: AttributesScreen, attribute: AttributeType) -> None:
    """Go from not said to yes, to no, and round again."""
    following: dict[AttributeValue | None, bool | None] = {None: True, True: False, False: None}
    form.say(attribute, following.get(form.said(attribute)))


def _offered(attribute: AttributeType, said: Sequence[str]) -> list[AttributeChoice]:
    return [value for value in attribute.values if not value.retired or value.name in said]


async def _choose(form: AttributesScreen, attribute: AttributeType) -> None:
    said = form.said(attribute)
    values = _offered(attribute, [said] if isinstance(said, str) else [])
    choices = [
        *(Choice("●" if v.name == said else "○", v.name, v.title or v.name) for v in values),
        Choice("○" if said else "●", "", "not said", key="0"),
    ]
    at = next((i for i, v in enumerate(values) if v.name == said), 0)
    overlay: ChoiceScreen[str] = ChoiceScreen(attribute.title, choices, at)
    await form.ask(overlay, lambda name: form.say(attribute, name or None))


async def _choose_some(form: AttributesScreen, attribute: AttributeType, at: int = 0) -> None:
    """Take values in and leave them out one by one, until the list is left."""
    said = form.said(attribute)
    chosen = said if isinstance(said, tuple) else ()
    values = _offered(attribute, chosen)
    choices = [Choice("■" if v.name in chosen else "□", i, v.title) for i, v in enumerate(values)]

    async def toggle(number: int) -> None:
        names = {*chosen} ^ {values[number].name}
        form.say(attribute, tuple(v.name for v in attribute.values if v.name in names) or None)
        await _choose_some(form, attribute, number)

    overlay: ChoiceScreen[int] = ChoiceScreen(f"{attribute.title} (Esc: done)", choices, at)
    await form.ask(overlay, toggle)


async def _type(form: AttributesScreen, attribute: AttributeType) -> None:
    said = form.said(attribute)
    typed = "" if said is None else in_words(attribute, said)
    base = 0 if attribute.kind == "number" else None
    overlay = LineScreen(f"{attribute.title} (empty: not said)", typed, base=base)
    await form.ask(overlay, lambda text: form.say(attribute, typed_value(attribute, text)))


_ASKING: dict[str, Callable[[AttributesScreen, AttributeType], Awaitable[None] | None]] = {
    "choice": _choose,
    "choices": partial(_choose_some),
    "yes-no": _turn,
    "number": _type,
    "text": _type,
}
"""What fills in an attribute, by what it says."""


def attributes_screen(
    session: Session,
    record: Attributed,
    kind: str,
    quote: str,
    author: Callable[[], Author],
    whose: str = "",
) -> AttributesScreen:
    """Return the form of a record.

    Args:
        session: Where the record is kept.
        record: The record.
        kind: What it is, for the heading.
        quote: Its text.
        author: Gives who acts, on the record as it is now.
        whose: Says whose it is, if it is another's.

    Raises:
        AnnotationError: If the schema has no attributes for it.
    """
    if not shown_attributes(record, session.schema):
        raise AnnotationError(
            f"The schema has no attributes for {kind} “{quote}”; "
            "`reader schema` tells how to add some."
        )
    title = f"Attributes of {kind} “{isolated(quote)}”{whose}"
    return AttributesScreen(session, ref_to(record), title, author)
