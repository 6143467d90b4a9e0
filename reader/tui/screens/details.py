"""What is known about an article, in a form of lines to type into."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from reader.annotation.actions import shorten
from reader.annotation.details import DetailsForm, edit_details, form_of
from reader.corpus.article import Article, display_title
from reader.errors import ConflictError, DetailsError, ReaderError
from reader.overview.team import Team, part_words
from reader.session import Session
from reader.tui.screens.base import Overlay, Verb
from reader.tui.screens.choice import Choice, ChoiceScreen
from reader.tui.widgets.line_input import LineInput
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.text_row import TextRow
from reader.work.articles import edit_article

_FIELDS = {
    "title": ("Title", "none: the first words of the text stand for it"),
    "publisher": ("Publisher", "who published it"),
    "published": ("Date", "2016-11-08, 2016-11 or 2016"),
    "url": ("URL", "https://…"),
    "language": ("Language", "ar, fa, en-GB; und when not known"),
    "direction": ("Direction", "ltr or rtl; space changes it"),
    "tags": ("Tags", "collections, with commas between them"),
}
_COMMA = ", "
_PEOPLE = 6
"""Rows for those who work on the article, where there is room."""
_FORM = 14
"""Rows that all else and a notice need."""


class DetailsScreen(Overlay[bool]):
    """A line for each detail; Enter saves all of them as one action.

    Gives whether something was changed.

    Args:
        session: Where the article is.
        article: As it is now.
    """

    CONTEXT: ClassVar[str] = "details"
    # Notices stand above the fields, so that the one they are about can be seen.
    CHROME: ClassVar[int] = 8
    DEFAULT_CSS = """
    DetailsScreen {
        & > #box { max-height: 100%; }
        & Horizontal { height: 1; }
        & Horizontal > TextRow { width: 12; color: $reader-dim; text-style: none; }
        & Horizontal > TextRow.-words { width: 1fr; color: $foreground; }
        & Horizontal > TextRow.-here { color: $accent; text-style: bold; }
    }
    """

    def __init__(self, session: Session, article: Article) -> None:
        super().__init__()
        self.session = session
        self.article = article
        self._people_shown = 0
        shown = session.shown
        self._team = Team(
            shown.people.all(),
            session.annotator,
            shown.people.statuses(),
            blind=session.layers.blind,
        )
        self.inputs = {
            name: LineInput(typed, placeholder=_FIELDS[name][1], base=_base(name))
            for name, typed in self._typed(form_of(article)).items()
        }
        self.labels = {name: TextRow(_FIELDS[name][0], base=0) for name in _FIELDS}
        self._given = {name: line.value for name, line in self.inputs.items()}
        """What each line held before anything was typed: not all of a field goes into a line."""

    def body(self) -> Iterator[Any]:
        """The article, and a row a field."""
        title = isolated(shorten(display_title(self.article)[0]))
        yield TextRow(f"Details of “{title}”", base=0)
        for name, line in self.inputs.items():
            yield _FieldRow(self.labels[name], line)
        yield from self._people()

    def _people(self) -> Iterator[Any]:
        """How far everybody is who works on the article, for what there is room."""
        parts = self._team.parts(self.article.id, self._stored(self.article.tags))
        me = self.session.annotator.id
        if all(part.id == me and not part.assigned for part in parts):
            return
        room = max(1, min(_PEOPLE, self.app.size.height - _FORM))
        kept = parts if len(parts) <= room else parts[: room - 1]
        self._people_shown = min(len(parts), room)
        for number, part in enumerate(kept):
            words = f"{isolated(part.name)}: {part_words(part, me)}"
            yield _FieldRow(
                TextRow("" if number else "People", base=0),
                TextRow(words, base=0, classes="-words"),
            )
        if others := parts[len(kept) :]:
            done = sum(part.finished for part in others)
            words = f"{'and ' * bool(kept)}{len(others)} others: {done} finished"
            yield _FieldRow(TextRow("", base=0), TextRow(words, base=0, classes="-words"))

    def _stored(self, tags: Iterable[str]) -> tuple[str, ...]:
        """Return tags as they are stored: people who are known by their ids."""
        ids = {shown: tag for tag, shown in self._team.shown.items()}
        return tuple(dict.fromkeys(ids.get(tag, tag) for tag in tags))

    def _typed(self, form: DetailsForm) -> dict[str, str]:
        """Return the fields of a form as they are typed, people by their names."""
        tags = tuple(map(self._team.collection, form.tags))
        return _typed(replace(form, tags=tags))

    def on_mount(self) -> None:
        """Go to the first line."""
        if self.notice is not None:
            self.notice.styles.margin = (0, 0, self.CHROME + self._people_shown, 0)
        self._go("title")

    @property
    def line(self) -> LineInput:
        """The line with the caret."""
        return self.inputs[self.field]

    @property
    def field(self) -> str:
        """The field with the caret."""
        return next((n for n, line in self.inputs.items() if line is self.focused), "title")

    @property
    def form(self) -> DetailsForm:
        """What is typed; a field whose line is as it was given is as it is stored."""
        typed: dict[str, Any] = {
            name: self._tags(line.value) if name == "tags" else line.value
            for name, line in self.inputs.items()
            if line.value != self._given[name]
        }
        return replace(form_of(self.article), **typed)

    def _tags(self, typed: str) -> tuple[str, ...]:
        """Part what is typed at commas; the Arabic one is what a keyboard of that layout has."""
        parts = typed.replace("،", ",").split(",")
        tags = self._stored(part for one in parts if (part := one.strip()))
        # In another order they are what they were.
        same = set(tags) == set(self._stored(self.article.tags))
        return self.article.tags if same else tags

    @property
    def changed(self) -> bool:
        """Whether something is typed that is not saved."""
        return self.form != form_of(self.article)

    def verbs(self) -> Mapping[str, Verb]:
        """Go from field to field, save, leave."""
        return {
            "details.up": lambda: self._step(-1),
            "details.down": lambda: self._step(+1),
            "details.save": self.save,
            "details.cancel": self._cancel,
        }

    async def press(self, event: events.Key) -> None:
        """Type into a line; what is either of two is changed by a key."""
        if self.field == "direction" and event.key in ("space", "left", "right"):
            other = "ltr" if self.line.value.strip() == "rtl" else "rtl"
            self.line.set_value(other)
        else:
            await super().press(event)

    def on_descendant_focus(self) -> None:
        """Show which field has the caret."""
        for name, label in self.labels.items():
            label.set_class(name == self.field, "-here")

    def save(self) -> None:
        """Save what is typed, and leave; what cannot be right is said, and stays.

        Raises:
            ReaderError: If it cannot be saved.
        """
        try:
            self.dismiss(edit_article(self.session, self.article, self.form))
        except ConflictError:
            self._catch_up()
            raise
        except DetailsError:
            self._go(self._wrong_field())
            raise

    def _catch_up(self) -> None:
        """Show what another has changed meanwhile; what was typed here stays."""
        before, typed = form_of(self.article), self.form
        self.article = self.session.library.articles.read(self.article.id)
        now = self._typed(form_of(self.article))
        for name, line in self.inputs.items():
            if getattr(typed, name) == getattr(before, name):
                line.set_value(now[name])
                self._given[name] = line.value

    def _wrong_field(self) -> str:
        """Return the first field that alone would be refused."""
        form, author = form_of(self.article), self.session.author
        for name in _FIELDS:
            try:
                edit_details(
                    author, self.article, replace(form, **{name: getattr(self.form, name)})
                )
            except ReaderError:
                return name
        return self.field

    def _step(self, by: int) -> None:
        names = list(_FIELDS)
        self._go(names[(names.index(self.field) + by) % len(names)])

    def _go(self, name: str) -> None:
        self.inputs[name].focus()

    async def _cancel(self) -> None:
        if not self.changed:
            self.dismiss(False)
            return
        choices = [
            Choice("save it", self.save, key="s"),
            Choice("drop what was typed", lambda: self.dismiss(False), key="d"),
            Choice("back to the form", None, key="b"),
        ]
        overlay: ChoiceScreen[Callable[[], object]]
        overlay = ChoiceScreen("The details are not saved yet.", choices)
        await self.ask(overlay, _call)


class _FieldRow(Horizontal):
    """The name of a field, and its line."""

    def __init__(self, label: TextRow, line: LineInput | TextRow) -> None:
        super().__init__()
        self._parts = (label, line)

    def compose(self) -> ComposeResult:
        """Side by side."""
        yield from self._parts


def _call(chosen: Callable[[], object]) -> None:
    chosen()


def _base(name: str) -> int | None:
    """Codes and addresses run from left to right; words as they are written."""
    return None if name in ("title", "publisher", "tags") else 0


def _typed(form: DetailsForm) -> dict[str, str]:
    """Return the fields of a form as they are typed."""
    values = ((field.name, getattr(form, field.name)) for field in fields(form))
    return {name: _COMMA.join(v) if isinstance(v, tuple) else v for name, v in values}
