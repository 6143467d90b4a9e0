"""Bytes and variables in, a decision out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.terminal.answers import Answers, Listener, may_ask
from reader.terminal.found import Found, Outer, find, settle
from reader.text.terminals import MODES, PLAIN, PROFILES, VISUAL
from tests.terminals.real import REAL, XTERM, Real

TMUX = b"\x1bP>|tmux 3.3a\x1b\\\x1b[>84;0;0c\x1b[?1;2c"
IN_TMUX = {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0", "TERM_PROGRAM": "tmux"}


def answers_of(data: bytes) -> Answers:
    listener = Listener()
    assert listener.hear(data) == b""
    return listener.answers


@pytest.mark.parametrize("real", REAL.values(), ids=REAL)
def test_each_terminal_is_known_by_its_answers(real: Real) -> None:
    found = find(real.environment, answers_of(real.answers))
    assert (found.name, found.profile.name) == (real.name, real.profile)


@pytest.mark.parametrize("real", REAL.values(), ids=REAL)
def test_variables_of_the_terminal_it_was_started_from_mislead_nobody(real: Real) -> None:
    if real.name == "xterm-256color":
        pytest.skip("nothing is known of it")
    for variable in ("VTE_VERSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION"):
        found = find({variable: "7006"} | real.environment, answers_of(real.answers))
        assert found.profile.name == real.profile, variable


@pytest.mark.parametrize(
    "name",
    [name for name, real in REAL.items() if len(real.environment) > 1 or real.name in "foot urxvt"],
)
def test_a_terminal_that_is_not_asked_is_known_by_the_environment(name: str) -> None:
    found = find(REAL[name].environment)
    assert (found.name, found.profile.name) == (REAL[name].name, REAL[name].profile)


def test_a_terminal_nobody_knows_gets_what_harms_none() -> None:
    assert find({"TERM": "xterm-256color"}).profile is VISUAL
    assert find({}).profile is VISUAL
    assert find({}).name == "unknown"
    assert find({"TERM": "../\x1b[31m"}).name == "31m"


def test_terminal_app_is_not_asked() -> None:
    assert not may_ask({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"})
    found = find({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"})
    assert found.profile.name == "apple-terminal"


@pytest.mark.parametrize("term", ["", "dumb", "linux"])
def test_what_cannot_answer_is_not_asked(term: str) -> None:
    assert not may_ask({"TERM": term})


@pytest.mark.parametrize(
    ("version", "environment", "name", "profile"),
    [
        ("XTerm(379)", XTERM, "tmux.xterm", "plain"),
        ("Konsole 22.12.3", XTERM, "tmux.konsole", "konsole"),
        ("kitty(0.26.5)", {"TERM": "xterm-kitty"}, "tmux.kitty", "kitty"),
        ("", {**XTERM, "VTE_VERSION": "7006"}, "tmux.vte", "vte-implicit"),
        ("mintty 3.7.0", XTERM, "tmux.mintty", "mintty-implicit"),
        ("", XTERM, "tmux.xterm-256color", "plain"),
    ],
)
def test_what_is_behind_tmux_decides(
    version: str, environment: dict[str, str], name: str, profile: str
) -> None:
    found = find(IN_TMUX, answers_of(TMUX), Outer(version, environment))
    assert (found.name, found.profile.name) == (name, profile)
    # tmux keeps what would stop the ordering to itself.
    assert not found.profile.off


def test_a_terminal_started_from_within_tmux_is_not_behind_it() -> None:
    real = REAL["Konsole 22.12.3"]
    found = find(IN_TMUX | real.environment, answers_of(real.answers), Outer("XTerm(379)", XTERM))
    assert (found.name, found.profile.name) == ("konsole", "konsole")


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({"TERM": "screen.xterm-256color", "STY": "1.pts-0", "VTE_VERSION": "7006"}, "screen.vte"),
        ({"TERM": "tmux-256color", "TMUX": "x", "VTE_VERSION": "7006"}, "tmux.vte"),
        ({"TERM": "xterm-256color", "ZELLIJ": "0", "VTE_VERSION": "7006"}, "zellij.vte"),
    ],
)
def test_variables_of_a_multiplexer_are_a_hint(environment: dict[str, str], name: str) -> None:
    found = find(environment)
    assert (found.name, found.profile.name) == (name, "vte-implicit")


def test_over_ssh_the_multiplexer_is_known_by_the_kind_of_terminal() -> None:
    assert find({"TERM": "screen-256color"}).profile.name == "plain"
    assert find({"TERM": "tmux-256color"}).name == "tmux.unknown"


FOUND = Found(PROFILES["konsole"], "konsole", "it calls itself Konsole")


def test_the_user_is_right() -> None:
    assert settle("auto", "default", None, FOUND) == FOUND
    assert settle("auto", "default", "kitty", FOUND).profile == MODES["kitty"]
    assert settle("visual", "--bidi", "kitty", FOUND).profile == VISUAL
    assert settle("vte", "--bidi", None, FOUND).profile is PROFILES["vte"]
    assert settle("off", "--bidi", "kitty", FOUND).profile == MODES["off"]
    # The mode that the terminal has anyway is taken as it has it.
    assert settle("terminal", "--bidi", None, FOUND).profile is PROFILES["konsole"]
    assert settle("visual", "--bidi", None, Found(PLAIN, "xterm", "")).profile is PLAIN


def test_what_was_chosen_in_a_later_version_is_passed_over() -> None:
    assert settle("auto", "default", "holographic", FOUND) == FOUND


def test_in_tmux_what_was_chosen_is_taken_as_it_is_there() -> None:
    found = Found(PLAIN, "tmux.vte", "")
    assert not settle("auto", "default", "visual", found).profile.off


TYPED = st.lists(
    st.sampled_from([b"a", b"q", "ع".encode(), b"\x1b", b"\x1b[A", b"\x1bOP", b"\x1b[200~", b"\r"])
)


@given(TYPED, TYPED, st.sampled_from(sorted(REAL)), st.data())
def test_nothing_typed_is_lost_and_no_answer_is_typed(
    before: list[bytes], after: list[bytes], name: str, data: st.DataObject
) -> None:
    """However the terminal's bytes arrive, in pieces and among keys."""
    answers = REAL[name].answers
    # What is typed before an answer ends before it; a lone Escape would be a part of it.
    typed = b"".join(before).rstrip(b"\x1b")
    stream = typed + answers + b"".join(after)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    listener = Listener()
    heard = b""
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        heard += listener.hear(stream[start:end])
    heard += listener.release()
    assert heard == typed + b"".join(after)
    assert listener.answers == answers_of(answers)


@given(st.binary())
def test_any_bytes_can_be_heard(data: bytes) -> None:
    listener = Listener()
    heard = listener.hear(data) + listener.release()
    assert set(heard) <= set(data)
    assert isinstance(listener.answers, Answers)
