"""What terminals answer to our questions: recorded from those named with a version."""

from __future__ import annotations

from typing import NamedTuple


class Real(NamedTuple):
    """A terminal.

    Attributes:
        answers: The bytes it sends when it is asked.
        environment: What it puts into the environment.
        name: What it is to be taken for.
        profile: The profile it is to get.
    """

    answers: bytes
    environment: dict[str, str]
    name: str
    profile: str


XTERM = {"TERM": "xterm-256color"}

REAL = {
    "xterm 379": Real(
        b"\x1bP>|XTerm(379)\x1b\\\x1b[8;0$y\x1b[>41;379;0c\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c",
        {"TERM": "xterm", "XTERM_VERSION": "XTerm(379)"},
        "xterm",
        "plain",
    ),
    "VTE 0.70.6": Real(
        b"\x1b[8;1$y\x1b[>65;7006;1c\x1b[?65;1;9c",
        {**XTERM, "VTE_VERSION": "7006"},
        "vte",
        "vte",
    ),
    "VTE 0.80": Real(
        b"\x1bP>|VTE(8000)\x1b\\\x1b[8;1$y\x1b[>61;8000;1c\x1b[?61;1;21;22c", XTERM, "vte", "vte"
    ),
    "Konsole 22.12.3": Real(
        b"\x1bP>|Konsole 22.12.3\x1b\\\x1b[>1;115;0c\x1b[?62;1;4c",
        {**XTERM, "KONSOLE_VERSION": "221203"},
        "konsole",
        "konsole",
    ),
    "kitty 0.26.5": Real(
        b"\x1bP>|kitty(0.26.5)\x1b\\\x1b[8;0$y\x1b[>1;4000;26c\x1b[?62;c",
        {"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"},
        "kitty",
        "kitty",
    ),
    "Alacritty 0.11": Real(
        b"\x1b[>0;1101;1c\x1b[?6c",
        {"TERM": "alacritty", "ALACRITTY_LOG": "/tmp/a.log"},
        "alacritty",
        "plain",
    ),
    "mlterm 3.9.0": Real(
        b"\x1b[8;0$y\x1b[>24;279;0c\x1b[?63;1;2;3;4;6;7;15;18;22;29c",
        {"TERM": "mlterm", "MLTERM": "3.9.0"},
        "mlterm",
        "mlterm",
    ),
    "urxvt 9.30": Real(
        b"\x1b[>85;95;0c\x1b[?1;2c", {"TERM": "rxvt-unicode-256color"}, "urxvt", "plain"
    ),
    "mintty 3.7": Real(
        b"\x1bP>|mintty 3.7.0\x1b\\\x1b[8;1$y\x1b[>77;30700;0c\x1b[?64;1;2;4;6;9;15;21;22;28;29c",
        {**XTERM, "TERM_PROGRAM": "mintty"},
        "mintty",
        "mintty",
    ),
    "WezTerm": Real(
        b"\x1bP>|WezTerm 20240203-110809-5046fc22\x1b\\\x1b[8;1$y\x1b[>1;277;0c\x1b[?65;4;6;18;22c",
        {**XTERM, "TERM_PROGRAM": "WezTerm"},
        "wezterm",
        "wezterm",
    ),
    "iTerm2 3.5": Real(
        b"\x1bP>|iTerm2 3.5.11\x1b\\\x1b[>64;2500;0c\x1b[?64;1;2;4;6;17;18;21;22c",
        {**XTERM, "TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.5.11"},
        "iterm2",
        "plain",
    ),
    "iTerm2 3.7": Real(
        b"\x1bP>|iTerm2 3.7.0beta1\x1b\\\x1b[>64;2500;0c\x1b[?64;1;2;4;6;17;18;21;22c",
        {**XTERM, "TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.7.0beta1"},
        "iterm2",
        "iterm2",
    ),
    "foot 1.13": Real(
        b"\x1bP>|foot(1.13.1)\x1b\\\x1b[8;0$y\x1b[>1;011301;0c\x1b[?62;4;22c",
        {"TERM": "foot"},
        "foot",
        "plain",
    ),
    "PuTTY": Real(b"\x1b[>0;136;0c\x1b[?6c", XTERM, "putty", "putty"),
    "Ghostty 1.1": Real(
        b"\x1bP>|ghostty 1.1.0\x1b\\\x1b[8;0$y\x1b[>1;10;0c\x1b[?62;22c",
        {"TERM": "xterm-ghostty"},
        "ghostty",
        "plain",
    ),
    "Windows Terminal": Real(
        b"\x1b[8;0$y\x1b[>0;10;1c\x1b[?61;4;6;7;14;21;22;23;24;28;32;42c",
        {**XTERM, "WT_SESSION": "9e0c"},
        "windows-terminal",
        "plain",
    ),
    "one that cannot stop": Real(b"\x1b[8;3$y\x1b[?62c", XTERM, "ordering", "implicit"),
    "one that follows the recommendation": Real(
        b"\x1bP>|Nova 1.0\x1b\\\x1b[8;1$y\x1b[?62c", XTERM, "nova", "visual"
    ),
    "one that knows nothing": Real(b"\x1b[?1;2c", XTERM, "xterm-256color", "visual"),
}
"""Terminals that were run here, and others as their documentation or source has them."""
