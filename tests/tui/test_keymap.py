"""Keys and commands: by character, by position on other keyboards, as the user changes them."""

from __future__ import annotations

import pytest

from reader.errors import UsageError
from reader.tui.commands import CONTEXTS, in_context
from reader.tui.keymap import Keymap, show_key


def _id(keymap: Keymap, context: str, key: str, character: str | None = None) -> str | None:
    found = keymap.find(context, key, character)
    return found.id if found is not None else None


def test_letters_are_found_by_character_and_others_by_name() -> None:
    keymap = Keymap()
    assert _id(keymap, "reading", "u", "u") == "history.undo"
    assert _id(keymap, "reading", "upper_u", "U") == "history.redo"
    assert _id(keymap, "reading", "question_mark", "?") == "app.help"
    assert _id(keymap, "reading", "enter", "\r") == "entity.link"
    assert _id(keymap, "reading", "space", " ") == "go.page_down"
    assert _id(keymap, "reading", "f5") is None


@pytest.mark.parametrize(
    ("character", "command"),
    [
        ("ش", "edge.start_out_word"),  # the A key, Arabic and Persian
        ("ؤ", "claim.mark"),  # C, Arabic
        ("ע", "go.first"),  # G, Hebrew
        ("ב", "claim.mark"),  # C, Hebrew
        ("١", "tag.1"),
        ("۹", "tag.9"),
        ("؟", "app.help"),
        ("\u0650", "edge.start_out_cluster"),  # Shift+A, Arabic: a vowel sign
        ("ج", "view.narrower"),  # [, Arabic and Persian
        ("د", "view.wider"),  # ], Arabic
        ("چ", "view.wider"),  # ], Persian
        ("\u0651", "app.themes"),  # ~, Arabic: a doubling sign
        ("…", "view.spacing"),  # |, Arabic
        ("\u066b", "count.begin"),  # #, Persian: a decimal separator
        ("\ufdfc", "go.row_end"),  # $, Persian: a rial sign
    ],
)
def test_keys_match_by_position_on_other_keyboards(character: str, command: str) -> None:
    assert _id(Keymap(), "reading", "some_name", character) == command


def test_the_last_telling_letter_decides_between_arabic_and_persian() -> None:
    keymap = Keymap()
    assert _id(keymap, "reading", "x", "ز") == "go.sentence_next"  # the full stop's key
    assert _id(keymap, "reading", "x", "ی") == "edge.end_in_word"  # D, on Persian keyboards only
    assert _id(keymap, "reading", "x", "ز") == "claim.mark"  # C
    assert _id(keymap, "reading", "x", "ى") == "go.annotation_next"  # N, on Arabic ones only
    assert _id(keymap, "reading", "x", "ز") == "go.sentence_next"


def test_letters_are_text_where_text_is_typed() -> None:
    keymap = Keymap()
    assert _id(keymap, "search", "u", "u") is None
    assert _id(keymap, "note", "x", "ش") is None
    assert _id(keymap, "note", "enter", "\r") == "edit.break"


@pytest.mark.parametrize("context", CONTEXTS)
def test_no_key_has_two_commands_by_itself(context: str) -> None:
    keymap = Keymap()
    for command in in_context(context):
        for key in command.keys:
            assert _id(keymap, context, key) == command.id


def test_a_clash_is_refused_naming_both() -> None:
    with pytest.raises(UsageError, match=r"'u'.*claim\.mark.*history\.undo"):
        Keymap({"claim.mark": ["u"]})


def test_the_same_key_may_serve_two_places() -> None:
    keymap = Keymap({"form.cue": ["u"]})
    assert _id(keymap, "claim", "u", "u") == "form.cue"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"claim.markk": ["c"]}, "did you mean 'claim.mark'"),
        ({"claim.mark": ["f10"]}, "'f10'"),
        ({"search.accept": ["x"]}, "typing text"),
        ({"note.save": ["space"]}, "typing text"),
        ({"claim.mark": ["ctlr+k"]}, r"'ctlr\+k' of claim.mark .* did you mean 'ctrl\+k'\?"),
        ({"claim.mark": ["pgup"]}, "did you mean 'pageup'"),
        ({"claim.mark": ["question_mark"]}, r"is written '\?'"),
        ({"claim.mark": ["shift+a"]}, "is written 'A'"),
        ({"claim.mark": ["alt+K"]}, "is written 'alt\\+shift\\+k'"),
        ({"claim.mark": ["ctrl+."]}, "is written 'ctrl\\+full_stop'"),
        ({"claim.mark": ["ctrl++"]}, "is written 'ctrl\\+plus'"),
        ({"claim.mark": ["Hello"]}, "is the name of no key; take a letter"),
        ({"claim.mark": ["\x1b"]}, "is the name of no key"),
        ({"claim.mark": [" "]}, "is the name of no key"),
    ],
)
def test_other_mistakes_are_refused(changes: dict[str, list[str]], named: str) -> None:
    with pytest.raises(UsageError, match=named):
        Keymap(changes)


def test_a_mistake_is_named_with_its_place() -> None:
    with pytest.raises(UsageError, match=r"^line of claim\.mark: the key 'u' is given to both"):
        Keymap({"claim.mark": ["u"], "note.write": ["Ö"]}, lambda id: f"line of {id}")


def test_keys_are_changed_and_taken_away() -> None:
    keymap = Keymap({"claim.mark": ["ctrl+k", "Ö"], "note.write": []})
    assert _id(keymap, "reading", "c", "c") is None
    assert _id(keymap, "reading", "ctrl+k") == "claim.mark"
    assert keymap.shown("claim.mark") == "Ctrl+K"
    assert _id(keymap, "reading", "o", "o") is None and keymap.shown("note.write") == ""


def test_keys_are_written_for_people() -> None:
    assert [show_key(key) for key in ("left", "enter", "ctrl+r", "a")] == [
        "←",
        "Enter",
        "Ctrl+R",
        "a",
    ]


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("a", "a"),
        ("+", "+"),
        ("ctrl+r", "Ctrl+R"),
        ("ctrl+left", "Ctrl+←"),
        ("ctrl+shift+left", "Ctrl+Shift+←"),
        ("alt+backspace", "Alt+Backspace"),
        ("ctrl+underscore", "Ctrl+_"),
        ("ctrl+@", "Ctrl+@"),
        ("ctrl+space", "Ctrl+Space"),
    ],
)
def test_keys_are_written_as_people_do(key: str, shown: str) -> None:
    assert show_key(key) == shown


@pytest.mark.parametrize(
    "key", ["Ö", "ctrl+plus", "ש", "f5", "ctrl+shift+left", "alt+k", "ctrl+full_stop", "shift+f3"]
)
def test_these_names_are_keys(key: str) -> None:
    assert _id(Keymap({"claim.mark": [key]}), "reading", key) == "claim.mark"


def test_every_key_of_the_program_itself_could_be_set() -> None:
    from reader.tui.commands import COMMANDS
    from reader.tui.key_names import fault

    assert {key: fault(key) for each in COMMANDS for key in each.keys if fault(key)} == {}
