"""The list of commands: complete, reachable, and the same in program and docs."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.tui.commands import COMMANDS, CONTEXTS, TYPED, command, in_context
from reader.tui.hints import HINTS
from reader.tui.keys_page import keys_page

_SWALLOWED = ("alt+", "ctrl+shift+", "shift+", "meta+", "super+")
_DOCS = Path(__file__).parents[2] / "docs" / "keys.md"


def test_ids_are_unique() -> None:
    ids = [known.id for known in COMMANDS]
    assert len(ids) == len(set(ids))


def test_every_command_has_a_key_that_arrives_everywhere() -> None:
    for known in COMMANDS:
        plain = [
            key
            for key in known.keys
            if not key.startswith(_SWALLOWED) and not (key[0] == "f" and key[1:].isdigit())
        ]
        assert plain, known.id


def test_keys_of_terminals_and_desktops_stay_unused() -> None:
    used = {key for known in COMMANDS for key in known.keys}
    assert not used & {"f1", "f10", "f11"}
    # They work where the terminal lets them through, and never as the only way.
    assert [known.id for known in COMMANDS if "ctrl+c" in known.keys] == ["edit.copy"]
    assert [known.keys for known in COMMANDS if "ctrl+s" in known.keys] == [("ctrl+s", "ctrl+o")]
    assert command("app.suspend").keys == ("ctrl+z",)


def test_every_scope_is_active_somewhere_and_says_what_it_does() -> None:
    active = {scope for scopes in CONTEXTS.values() for scope in scopes}
    for known in COMMANDS:
        assert known.scope in active, known.id
        assert known.title and known.help.endswith("."), known.id


def test_printable_keys_are_text_where_text_is_typed() -> None:
    for context in TYPED:
        for known in in_context(context):
            assert all(len(key) > 1 and key != "space" for key in known.keys), known.id


@pytest.mark.parametrize("context", CONTEXTS)
def test_hints_name_commands_that_are_active(context: str) -> None:
    active = {known.id for known in in_context(context)}
    for hint in HINTS[context]:
        assert set(hint.commands) <= active, hint


def test_every_command_of_a_screen_does_something() -> None:
    from reader.tui.screens.general import VERBS as GENERAL
    from reader.tui.verbs.claims import VERBS as CLAIM
    from reader.tui.verbs.motions import MOTIONS
    from reader.tui.verbs.placing import VERBS as PLACING
    from reader.tui.verbs.reading import VERBS as READING

    done = {
        "motion": set(MOTIONS),
        "reading": set(READING),
        "claim": {id for id in CLAIM if id.startswith("form.")},
        "place": set(PLACING),
        "pick": {id for id in CLAIM if id.startswith("pick.")},
    }
    for scope, verbs in done.items():
        assert {known.id for known in COMMANDS if known.scope == scope} == verbs, scope
    general = {
        known.id for known in COMMANDS if known.scope in ("app", "overview", "help", "always")
    }
    assert general == set(GENERAL)


def test_docs_hold_the_keys_of_the_program() -> None:
    assert _DOCS.read_text("utf-8") == keys_page()
