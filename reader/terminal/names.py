"""The names of terminals, and what each is known to do.

A name is what a terminal calls itself, or what it leaves in the environment, in
small letters without its version.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from reader.patterns import pattern
from reader.terminal.answers import Answers
from reader.text.terminals import PLAIN, PROFILES, TerminalProfile

_PROFILES = {
    "apple-terminal": "apple-terminal",
    "iterm2": "iterm2",
    "kitty": "kitty",
    "konsole": "konsole",
    "mintty": "mintty",
    "mlterm": "mlterm",
    "putty": "putty",
    "vte": "vte",
    "wezterm": "wezterm",
}
"""The profiles of terminals that do not show cells as they come."""

_PLAIN = frozenset(
    (
        "alacritty",
        "foot",
        "ghostty",
        "linux",
        "st",
        "urxvt",
        "vscode",
        "windows-terminal",
        "xterm",
        "xterm.js",
    )
)

_ORDERING_ITERM = (3, 7)
"""The first version of iTerm2 that orders rows unless it is told not to."""

_VERSION = pattern(r"([A-Za-z][A-Za-z.]*(?:[ -][A-Za-z]+|2\b)*)[^0-9]*([0-9][0-9.]*)?")

_PROGRAMS = {
    "Apple_Terminal": "apple-terminal",
    "WezTerm": "wezterm",
    "iTerm.app": "iterm2",
    "mintty": "mintty",
}
"""What `TERM_PROGRAM` may say, where that is not the name."""

_VARIABLES = (
    ("KITTY_WINDOW_ID", "kitty"),
    ("KONSOLE_VERSION", "konsole"),
    ("WT_SESSION", "windows-terminal"),
    ("ALACRITTY_WINDOW_ID", "alacritty"),
    ("ALACRITTY_LOG", "alacritty"),
    ("GHOSTTY_RESOURCES_DIR", "ghostty"),
    ("WEZTERM_PANE", "wezterm"),
    ("MLTERM", "mlterm"),
    ("XTERM_VERSION", "xterm"),
    ("VTE_VERSION", "vte"),
)
"""Variables that a terminal sets for its programs, and so for the terminals they start."""

_TERMS = (
    ("xterm-kitty", "kitty"),
    ("xterm-ghostty", "ghostty"),
    ("alacritty", "alacritty"),
    ("foot", "foot"),
    ("konsole", "konsole"),
    ("linux", "linux"),
    ("mintty", "mintty"),
    ("mlterm", "mlterm"),
    ("putty", "putty"),
    ("rxvt", "urxvt"),
    ("st-", "st"),
    ("vte", "vte"),
    ("wezterm", "wezterm"),
)
"""How a `TERM` begins that belongs to one terminal alone."""

_KINDS = {24: "mlterm", 77: "mintty", 83: "screen", 84: "tmux", 85: "urxvt"}
"""First number of the secondary device attributes."""

_PUTTY = (0, 136, 0)
_ALACRITTY = (0, 1)
_WINDOWS = (0, 10, 1)
_VTE = ((61,), (65,))
_MULTIPLEXERS = ("tmux", "screen", "zellij")


def profile_of(name: str, version: str = "") -> TerminalProfile | None:
    """Return what a terminal does; None when that is not known."""
    if name == "iterm2" and version and _numbers(version) < _ORDERING_ITERM:
        return PLAIN
    if name in _PLAIN:
        return PLAIN
    return PROFILES[_PROFILES[name]] if name in _PROFILES else None


def named_by_version(said: str) -> tuple[str, str]:
    """Return name and version out of what XTVERSION gives: `XTerm(379)`, `Konsole 22.12.3`."""
    found = _VERSION.match(said)
    if found is None:
        return "", ""
    return "-".join(found[1].lower().split()).removesuffix("-version"), found[2] or ""


def named_by_answers(answers: Answers) -> str:
    """Return the name by the other answers, or ""."""
    if answers.kind == _PUTTY:
        return "putty"
    if answers.kind == _WINDOWS:
        return "windows-terminal"
    if answers.kind[::2] == _ALACRITTY:
        return "alacritty"
    if answers.kind[:1] in _VTE and answers.ordering in (1, 2):
        return "vte"
    return _KINDS.get(answers.kind[0], "") if answers.kind else ""


def named_by_environment(environment: Mapping[str, str]) -> tuple[str, str]:
    """Return the name by the environment, or "", and what in it says so."""
    term = environment.get("TERM", "")
    for start, name in _TERMS:
        if term.startswith(start):
            return name, "TERM"
    program = environment.get("TERM_PROGRAM", "")
    if program and program not in _MULTIPLEXERS:
        return _PROGRAMS.get(program, program.lower()), "TERM_PROGRAM"
    if environment.get("LC_TERMINAL") == "iTerm2":
        return "iterm2", "LC_TERMINAL"
    for variable, name in _VARIABLES:
        if environment.get(variable):
            return name, variable
    return "", ""


def version_in(environment: Mapping[str, str]) -> str:
    """Return the version of a terminal that tells it in the environment, or ""."""
    return environment.get("TERM_PROGRAM_VERSION") or environment.get("LC_TERMINAL_VERSION") or ""


def multiplexer_in(environment: Mapping[str, str]) -> str:
    """Return the program between us and the terminal, or ""."""
    for name, variable in zip(_MULTIPLEXERS, ("TMUX", "STY", "ZELLIJ"), strict=True):
        if environment.get(variable):
            return name
    # Over ssh the variables stay behind, and TERM comes along.
    start = environment.get("TERM", "").split("-")[0].split(".")[0]
    return start if start in _MULTIPLEXERS else ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall("[0-9]+", version))
