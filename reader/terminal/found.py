"""The decision: which profile holds for this terminal, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from reader.terminal.answers import Answers
from reader.terminal.names import (
    multiplexer_in,
    named_by_answers,
    named_by_environment,
    named_by_version,
    profile_of,
    version_in,
)
from reader.text.terminals import (
    IMPLICIT,
    MODES,
    ORDERS,
    PLAIN,
    PROFILES,
    VISUAL,
    TerminalProfile,
    in_multiplexer,
)
from reader.values import dataclass

_ALWAYS_ON = 3


@dataclass(frozen=True, slots=True)
class Outer:
    """What is known of the terminal that a multiplexer is shown on.

    Attributes:
        version: What the terminal said to XTVERSION, or "".
        environment: The environment of the multiplexer's client.
    """

    version: str
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """What this terminal is.

    Attributes:
        profile: How it treats right-to-left text.
        name: What the user's answers for it are kept under.
        how: How that is known, in words.
    """

    profile: TerminalProfile
    name: str
    how: str


def find(
    environment: Mapping[str, str], answers: Answers | None = None, outer: Outer | None = None
) -> Found:
    """Decide by what is known.

    Args:
        environment: The environment variables.
        answers: What the terminal answered; None if it was not asked.
        outer: What is behind a multiplexer, if that is known.
    """
    between = _between(environment, answers)
    if not between:
        return _find(environment, answers or Answers())
    if outer is not None:
        behind = _find(outer.environment, Answers(outer.version))
    else:
        # The variables of the terminal in which the multiplexer was started, at best.
        term = {"TERM": "", "TERM_PROGRAM": ""}
        behind = _find({**environment, **term}, Answers())
    known = behind.profile is not VISUAL
    profile = in_multiplexer(behind.profile) if known else PLAIN
    return Found(profile, f"{between}.{behind.name}", f"{between}; behind it, {behind.how}")


def _between(environment: Mapping[str, str], answers: Answers | None) -> str:
    """The multiplexer that we are in, or ""."""
    if answers is not None:
        name = named_by_version(answers.version)[0] or named_by_answers(answers)
        if name in ("tmux", "screen", "zellij"):
            return name
        if name:
            # It was started from within one, whose variables it has inherited.
            return ""
    return multiplexer_in(environment)


def _find(environment: Mapping[str, str], answers: Answers) -> Found:
    name, version = named_by_version(answers.version)
    if name and (profile := profile_of(name, version)) is not None:
        return Found(profile, name, f"it calls itself {answers.version}")
    name = name or named_by_answers(answers)
    if answers.ordering == _ALWAYS_ON:
        return Found(IMPLICIT, _file_name(name or "ordering"), "it cannot stop ordering rows")
    if answers.ordering in (1, 2) and profile_of(name) is None:
        return Found(VISUAL, _file_name(name or "ordering"), "it knows the mode for ordering rows")
    if name and (profile := profile_of(name)) is not None:
        return Found(profile, name, "by its device attributes")
    return _find_by_environment(environment, answers, name)


def _find_by_environment(environment: Mapping[str, str], answers: Answers, name: str) -> Found:
    told, variable = named_by_environment(environment)
    profile = profile_of(told, version_in(environment))
    if told == "vte" and answers.ordering == 0:
        # It knows no such mode: the variable is from a terminal that this one was started in.
        profile = None
    if profile is not None and not name:
        return Found(profile, told, f"the environment: {variable}")
    if answers.ordering in (0, 4):
        profile = PLAIN
    called = name or environment.get("TERM", "")
    return Found(profile or VISUAL, _file_name(called), "nothing it says is known")


def _file_name(name: str) -> str:
    """A name that a file can have."""
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "unknown"


def settle(order: str, origin: str, kept: str | None, found: Found) -> Found:
    """Return what holds for a terminal: what the user says now, has said, or what was found.

    Args:
        order: One of `reader.text.terminals.ORDERS`.
        origin: Who says so, in words.
        kept: The name of the profile that was chosen for this terminal, if one was.
        found: What was found.
    """
    if order != "auto":
        return replace(found, profile=profile_for(order, found.profile), how=origin)
    if kept is not None and kept in ORDERS and kept != "auto":
        chosen = profile_for(kept, found.profile)
        chosen = in_multiplexer(chosen) if "." in found.name else chosen
        return replace(found, profile=chosen, how="chosen for this terminal")
    return found


def profile_for(order: str, found: TerminalProfile) -> TerminalProfile:
    """Return what the user asks for by the name of a mode or a profile.

    Args:
        order: One of `reader.text.terminals.ORDERS`.
        found: What was found; a mode that it has anyway is taken as it has it.
    """
    if order == "auto":
        return found
    if order not in MODES:
        return PROFILES[order]
    mode = MODES[order]
    if order == "off" or mode.emitter != found.emitter:
        return mode
    return found
