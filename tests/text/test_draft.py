"""Editing a text: against a model that only knows slices and clusters."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.breaking import clusters
from reader.text.draft import MOST_IN_NOTE, Draft, cluster_end, cluster_start, many_lines, one_line

texts = st.text(
    st.sampled_from("ab لاب\u064e1(.)👩\u200d🏽e\u0301🇸🇦\nक\u094dष\u200f각"), max_size=14
)
Key = Callable[[Draft], Draft]
EDITS: dict[str, Key] = {
    "backspace": Draft.backspace,
    "delete": Draft.delete,
    "delete word": Draft.delete_word,
    "delete to start": Draft.delete_to_start,
    "delete to end": Draft.delete_to_end,
    "cut": Draft.cut,
    "yank": Draft.yank,
    "type ب": lambda draft: draft.insert("ب"),
    "type x": lambda draft: draft.insert("x"),
    "type blank": lambda draft: draft.insert(" "),
    "type a flag's half": lambda draft: draft.insert("🇸"),
    "type a mark": lambda draft: draft.insert("\u0301"),
    "type a joiner": lambda draft: draft.insert("\u200d"),
    "break": lambda draft: draft.insert("\n"),
    "paste": lambda draft: draft.insert("yes\r\nنعم"),
}
MOTIONS: dict[str, Key] = {
    "mark": Draft.mark,
    "select all": Draft.select_all,
    "copy": Draft.copied,
    "word back": lambda draft: draft.to(draft.word_before(draft.caret)),
    "word on": lambda draft: draft.to(draft.word_after(draft.caret), select=True),
    **{f"to {at}": (lambda draft, at=at: draft.to(at)) for at in (-1, 0, 3, 7, 99)},  # type: ignore[misc]
    **{
        f"select to {at}": (lambda draft, at=at: draft.to(at, select=True))  # type: ignore[misc]
        for at in (0, 2, 5, 99)
    },
}
keys = st.lists(st.sampled_from([*EDITS, *MOTIONS]), max_size=25)


def start(text: str, several: bool = True) -> Draft:
    return Draft(several=several, most=MOST_IN_NOTE).insert(text)


def boundaries(text: str) -> set[int]:
    return {0, *(end for _, end in clusters(text))}


def press(draft: Draft, name: str) -> Draft:
    return {**EDITS, **MOTIONS}[name](draft)


@given(texts)
def test_clusters_found_near_a_place_are_those_of_the_whole_text(text: str) -> None:
    for first, last in clusters(text):
        for offset in range(first, last):
            assert (cluster_start(text, offset), cluster_end(text, offset)) == (first, last)
    assert cluster_start(text, len(text)) == cluster_end(text, len(text)) == len(text)


@pytest.mark.parametrize("row", ["🇸🇦" * 300, "a" + "\u0301" * 500, "👩\u200d" * 200 + "👩"])
def test_long_clusters_and_rows_of_flags_are_looked_at_whole(row: str) -> None:
    text = f"x{row}y"
    for first, last in clusters(text)[::37]:
        assert (cluster_start(text, last - 1), cluster_end(text, first)) == (first, last)


@given(texts, keys)
def test_caret_and_selection_never_part_a_cluster(text: str, names: list[str]) -> None:
    draft = start(text)
    for name in names:
        before, draft = draft, press(draft, name)
        assert draft.text == draft.clean(draft.text)
        # Backspace parts a letter from its last mark; the caret is never inside.
        assert draft.caret in boundaries(draft.text), name
        assert 0 <= draft.selection[0] <= draft.selection[1] <= len(draft.text)
        if name in MOTIONS:
            assert draft.text == before.text
            assert draft.selection[0] in boundaries(draft.text)


@given(texts, keys)
def test_an_edit_changes_what_is_selected_or_beside_the_caret(text: str, names: list[str]) -> None:
    draft = start(text)
    for name in names:
        before, draft = draft, press(draft, name)
        first, last = before.selection
        head, tail = before.text[:first], before.text[last:]
        if name.startswith(("type", "paste", "yank", "break")):
            put = {"paste": "yes\nنعم", "yank": before.killed, "break": "\n"}
            added = put.get(name, draft.text[first : len(draft.text) - len(tail)])
            assert draft.text == (head + added + tail if added else before.text)
        elif before.selected and name in EDITS:
            assert draft.text == head + tail
        elif name == "delete":
            assert draft.text == head + before.text[cluster_end(before.text, first) :]
        elif name.startswith(("backspace", "delete word", "delete to start")):
            assert draft.text.endswith(tail)
            assert head.startswith(draft.text[: len(draft.text) - len(tail)])
        if name in ("cut", "delete to end") and draft.text != before.text:
            assert before.text[first : first + len(draft.killed)] == draft.killed


@given(texts, keys)
def test_undo_gives_back_each_text_and_redo_the_last_one(text: str, names: list[str]) -> None:
    draft = first = start(text)
    stood = {draft.text}
    for name in names:
        draft = press(draft, name)
        stood.add(draft.text)
    last, undone = draft.text, 0
    while draft.can_undo:
        draft, undone = draft.undo(), undone + 1
        assert draft.text in stood | {""}
        assert 0 <= draft.caret <= len(draft.text)
        assert undone <= len(names) + 1
    assert draft.text == ""
    for _ in range(undone):
        draft = draft.redo()
    assert draft.text == last
    assert draft.redo() == draft
    assert first.text == start(text).text


def test_words_typed_letter_by_letter_are_undone_word_by_word() -> None:
    draft = Draft()
    for char in "قال Trump no":
        draft = draft.insert(char)
    seen = []
    while draft.can_undo:
        draft = draft.undo()
        seen.append(draft.text)
    assert seen == ["قال Trump", "قال", ""]


def test_undo_selects_again_what_was_typed_over() -> None:
    draft = start("one two").select(0, 3).insert("x")
    assert draft.text == "x two"
    assert draft.undo().selected == "one"
    again = draft.undo().redo()
    assert (again.text, again.caret, again.selected) == ("x two", 1, "")


def test_a_motion_ends_what_is_undone_together() -> None:
    draft = start("").insert("a").insert("b").to(0).insert("c")
    assert draft.undo().text == "ab"
    assert draft.undo().undo().text == ""
    gone = start("abcd").to(4).backspace().backspace()
    assert gone.undo().text == "abcd"
    assert start("abcd").to(1).delete().delete().undo().text == "abcd"


def test_the_mark_selects_without_shift() -> None:
    draft = start("one two").to(0).mark().to(3)
    assert draft.selected == "one"
    assert draft.cut().text == " two"
    assert draft.mark().selected == ""
    assert draft.cut().to(4).yank().text == " twoone"


@pytest.mark.parametrize(
    ("text", "line", "lines"),
    [
        ("a\nb\r\nc\td", "a b c d", "a\nb\nc d"),
        ("a\x00\x1b[31mb\x7f", "a[31mb", "a[31mb"),
        ("می\u200cروم", "می\u200cروم", "می\u200cروم"),
        ("a\ud800b", "ab", "ab"),
        ("a\u2028b\u2029c\x85d\re", "a b c d e", "a b\nc\nd\ne"),
    ],
)
def test_a_draft_has_no_controls(text: str, line: str, lines: str) -> None:
    assert (one_line(text), many_lines(text)) == (line, lines)
    assert Draft().insert(text).text == line
    assert start(text).text == lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("باب", "با"),
        ("بَّ", "بَ"),  # the mark typed last
        ("بَ", "ب"),
        ("لا", "ل"),  # one letter of a lam-alef
        ("e\u0301", "e"),
        ("a👩\u200d🏽", "a"),
        ("a🇸🇦", "a"),
        ("a\n", "a"),
        ("", ""),
    ],
)
def test_backspace_takes_back_what_was_typed_last(text: str, expected: str) -> None:
    assert start(text).backspace().text == expected


def test_delete_takes_the_whole_cluster_under_the_caret() -> None:
    assert start("بَّا").to(0).delete().text == "ا"
    assert start("لا").to(0).delete().text == "ا"
    assert start("ab").delete().text == "ab"


def test_words_are_passed_and_cut() -> None:
    draft = start("قال ترامب\nyes")
    assert draft.word_before(13) == 10
    assert draft.word_before(10) == 4
    assert draft.word_after(0) == 3
    assert draft.word_after(9) == 13
    assert draft.delete_word().text == "قال ترامب\n"
    assert draft.delete_word().delete_word().text == "قال "
    assert draft.delete_word().yank() == draft.delete_word().insert("yes")
    assert draft.word_at(5) == (4, 9)
    assert draft.to(4).delete_to_start().text == "ترامب\nyes"
    assert draft.to(4).delete_to_end().text == "قال \nyes"
    assert draft.to(9).delete_to_end().text == "قال ترامبyes"
    assert draft.to(10).delete_to_start().text == "قال ترامبyes"


def test_words_in_a_long_line_are_those_of_the_line() -> None:
    text = "word " * 3000 + "x" * 9000 + " end"
    draft = start(text)
    assert draft.word_before(len(text) - 4) == 15000
    assert draft.word_after(15000) == 24000
    assert draft.word_after(7002) == 7004
    assert draft.word_before(7002) == 7000


def test_what_finds_no_room_is_left_out_between_clusters() -> None:
    draft = Draft(most=5).insert("abcd").insert("e\u0301f")
    assert draft.text == "abcd"
    assert draft.room() == 1
    assert draft.insert("éf").text == "abcdé"
