"""Hostile texts in every place a text can be, and the bytes that reach the terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from reader.annotation.changes import Change
from reader.annotation.claim_marking import ClaimForm
from reader.annotation.model import Claim, Ref, ref_to
from reader.corpus.loading import load_article
from reader.session import Session
from reader.store.library import Library
from tests.terminal import Terminal

_PAYLOAD = (
    "H [/ [b] \x1b]0;pwned\x07 \x1b[8;1;1t \x9b2J \x90q \u202eabc\u202c \u2066x\u2069 \u200f\x00"
    " \u061c 👩\u200d👩\u200d👧 e\u0301\u0302\u0303\u0304\u0305\u0306\u0307 \u2028"
    " \ufeff\u00ad $x [@click=app.quit]z[/]"
)
_LONG = "كلمة word " * 3_000
_TERMINALS = [
    {"TERM": "xterm-256color"},
    {"TERM": "linux"},
    {"TERM": "xterm", "NO_COLOR": "1"},
]
# What Textual itself asks for: the shape of the pointer.
_POINTER = re.compile("\x1b\\]22;[a-z-]+\x07")
_FORBIDDEN = re.compile(
    "\x1b\\]|\x1bP|[\x00\x07\x80-\x9f\xad\u061c\u200d-\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)


def make_library(path: Path) -> None:
    """One article with hostile text, entity, claim and notes, all by the annotator `ann`."""
    article = load_article(f"{_PAYLOAD}\n\n{_PAYLOAD} {_LONG}\n".encode(), f"{_PAYLOAD[:9]}.txt")
    with Library(path) as library:
        library.add_articles([article])
    session = Session.open(path, "ann")
    try:
        session.open_article(article.id)
        mention = session.tag([(0, 1)], "PER")
        session.create_entity(_PAYLOAD, "PER", mention)
        session.note(ref_to(mention), _PAYLOAD)
        session.note(Ref("article", article.id), _PAYLOAD)
        session.mark_claim([(0, 40)], ClaimForm(statement="pwned", cue=session.span([(2, 60)])))
        # The interface refuses such a statement; a library of somebody else may have one.
        claim = next(r for r in session.library.records.all() if isinstance(r, Claim))
        change = Change(claim, replace(claim, text=_PAYLOAD))
        author = session.author
        session.library.perform(author.annotator, author.action("claim", [change]))
    finally:
        session.close()


def _shows(words: str, footer: str, rows: list[str]) -> bool:
    return footer in rows[-1] and any(words in row for row in rows)


@pytest.mark.parametrize("environment", _TERMINALS, ids=lambda env: "-".join(env.values()))
def test_no_text_reaches_the_terminal_but_as_letters(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    path = tmp_path / "annotations.db"
    make_library(path)
    # Keys, what they show, and the last row, which is drawn last.
    places = (
        ("\r", "PER", "asdf borders"),
        ("\t", "At the selection", "go there"),
        ("G", "Notes (2)", "go there"),
        ("\t", "At the selection", "asdf borders"),
        ("?", "Tag PER: Person", "leave this page"),
        ("?", "At the selection", "asdf borders"),
        ("\r", "Entity of", "Enter take"),
        ("\x1b", "At the selection", "asdf borders"),
        ("X", "Delete what?", "Enter take"),
        ("\x1b", "At the selection", "asdf borders"),
        ("e", "Edit what?", "Enter take"),
        ("2", "Held as", "Backspace empty"),
        ("s", "stands alone", "Enter take"),
        ("\x1b", "Held as", "Backspace empty"),
        ("\x1b", "At the selection", "asdf borders"),
        ("o", "Note on", "Ctrl+S save"),
        ("\x1b", "At the selection", "asdf borders"),
        (":", "Commands", "Enter take"),
        ("\x1b", "At the selection", "asdf borders"),
        ("c", "Held as", "Backspace empty"),
        ("\r", "At the selection", "asdf borders"),
        ("u", "undone: claim", "asdf borders"),
    )
    assert _walk(path, places, environment) == []


def test_every_list_shows_them_as_letters_too(tmp_path: Path) -> None:
    path = tmp_path / "annotations.db"
    make_library(path)
    library = ("\x1b", "1 article ·", "h unfinished")
    places = (
        ("S", "with a mention", "Tab/p charts"),
        library,
        ("E", "1 of 1 shown", "d duplicates"),
        ("\r", "Names", "f find others"),
        ("\x1b", "1 of 1 shown", "d duplicates"),
        library,
        ("O", "contradicted", "x contradictions"),
        ("\r", "Statement", "r relate"),
        ("\x1b", "contradicted", "x contradictions"),
        library,
        ("H", "newest first", "b annotator"),
        ("\r", "pwned", "Enter take"),
        ("\x1b", "newest first", "b annotator"),
        library,
        ("\\", "Find in all articles", "Tab tag all"),
        ("pwned", "2 hits in 1 article", "Tab tag all"),
        library,
        ("\r", "PER", "asdf borders"),
        ("&", "PER", "& refuse"),
        ("\x0f", "3 marks", "b blind"),
        ("\x1b", "PER", "& refuse"),
    )
    assert _walk(path, places, _TERMINALS[0]) == []


def _walk(
    path: Path, places: tuple[tuple[str, str, str], ...], environment: dict[str, str]
) -> list[str]:
    """Go to each of the places, leave, and return what should not have been sent."""
    with Terminal(["--db", str(path), "--annotator", "ann"], environment=environment) as terminal:
        terminal.wait_for("1 article")
        for keys, shown, footer in places:
            terminal.press(keys)
            terminal.wait(partial(_shows, shown, footer), f"{shown!r} after {keys!r}")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    sent = _POINTER.sub("", terminal.received.decode())
    assert "pwned" in sent
    return [sent[max(0, f.start() - 40) : f.end() + 20] for f in _FORBIDDEN.finditer(sent)]
