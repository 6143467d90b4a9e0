"""The tour: what to try, one thing at a time, and how it is seen that it was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from reader.annotation.model import ClaimMention, Mention
from reader.values import dataclass

if TYPE_CHECKING:
    from reader.annotation.model import Record
    from reader.store.articles import ArticleEntry


@dataclass(frozen=True, slots=True)
class Seen:
    """What happened in the tour.

    Attributes:
        command: Id of the command that was run, or "".
        made: Records that were made or changed.
        query: What was looked for last, or "".
    """

    command: str = ""
    made: tuple[Record, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    Attributes:
        title: In a word.
        text: What to do; ids of commands in braces stand for their keys.
        short: The same in two rows of the narrowest terminal.
        done: Tells whether what happened was it.
    """

    title: str
    text: str
    short: str
    done: Callable[[Seen], bool]


def _has(records: Iterable[Record], kind: type, linked: bool = False) -> bool:
    return any(isinstance(r, kind) and (not linked or getattr(r, "entity", None)) for r in records)


STEPS: tuple[Step, ...] = (
    Step(
        "Move",
        "A word is always selected. The arrows move it as you see it, {go.word_next} and "
        "{go.word_back} in reading order. Go to a name.",
        "Arrows, {go.word_next} and {go.word_back} move the word. Go to a name.",
        lambda seen: seen.command.startswith("go."),
    ),
    Step(
        "Widen",
        "{select.widen} widens the selection to the sentence, {select.narrow} narrows it again; "
        "{edge.end_out_word} takes in one word more. Press {select.widen}.",
        "{select.widen} selects the whole sentence. Press {select.widen}.",
        lambda seen: seen.command == "select.widen",
    ),
    Step(
        "Tag",
        "{select.narrow} goes back to the word. On a name, press a digit: 1 is a person, 2 an "
        "organisation, 3 a place. The row below the text has them all.",
        "{select.narrow} goes back to the word. On a name, press a digit: 1 is a person.",
        lambda seen: _has(seen.made, Mention),
    ),
    Step(
        "Link",
        "Say who that is: {entity.link}, type some letters of the name, and {search.accept} takes "
        "the proposal that is marked, or makes a new entity.",
        "Say who it is: {entity.link}, some letters of the name, then {search.accept}.",
        lambda seen: _has(seen.made, Mention, linked=True),
    ),
    Step(
        "Claim",
        "{go.sentence_next} selects a sentence. {claim.mark} marks it as a claim and opens its "
        "form; {form.save} saves it, filled in or not.",
        "{go.sentence_next} selects a sentence, {claim.mark} marks a claim, {form.save} saves "
        "its form.",
        lambda seen: _has(seen.made, ClaimMention),
    ),
    Step(
        "Undo",
        "Everything is saved the moment you see it. {history.undo} takes the last action back, "
        "{history.redo} does it again. Press {history.undo}.",
        "{history.undo} takes the last action back, {history.redo} redoes it. "
        "Press {history.undo}.",
        lambda seen: seen.command == "history.undo",
    ),
    Step(
        "Search",
        "{find.open} finds words, without minding vowel signs or capitals. Type a part of one, "
        "then {search.accept}; {find.next} goes to the next hit.",
        "{find.open} finds words: type a part of one, then {search.accept}. {find.next} goes on.",
        lambda seen: bool(seen.query),
    ),
    Step(
        "Help",
        "{app.help} shows all keys of the place you are in, {app.palette} finds any command by "
        "its name. Press {app.help}.",
        "{app.help} shows all keys, {app.palette} finds any command. Press {app.help}.",
        lambda seen: seen.command == "app.help",
    ),
)

END = (
    "That was all. Nothing of it is kept: this was a copy. {article.leave} leaves the tour; "
    "{app.tour} starts it again."
)
END_SHORT = "Nothing of it is kept: this was a copy. {app.tour} starts it again."


def article_for_tour(entries: Iterable[ArticleEntry]) -> str | None:
    """Return the id of the first Arabic article, else of the first one; None without articles."""
    all_entries = list(entries)
    arabic = [entry.id for entry in all_entries if entry.language == "ar"]
    return next(iter([*arabic, *(entry.id for entry in all_entries)]), None)
