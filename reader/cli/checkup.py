"""What `reader doctor` finds out: versions, the terminal, paths, the library."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

from reader import __version__
from reader.cli.profile import settled_profile
from reader.errors import ReaderError
from reader.user.paths import config_folder, state_folder
from reader.values import dataclass

if TYPE_CHECKING:
    from reader.cli.settings import Settings
    from reader.terminal.found import Found
    from reader.user.state import State

_LIBRARIES = (
    "textual",
    "rich",
    "sqlite-utils",
    "icu4py",
    "wcwidth",
    "python-bidi",
    "arabic-reshaper",
    "langdetect",
    "click",
)
_FONTS = ("fc-list", ":lang=ar:spacing=mono", "family")
_PATIENCE = 5.0
"""Seconds to wait for the list of fonts."""


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found out.

    Attributes:
        versions: By name.
        found: What the terminal was found to be; None where there is none.
        used: What holds for it.
        fonts: Fonts of one width that have Arabic letters; None if that cannot be told.
        places: Paths of configuration, state and library, by name.
        there: Whether there is a library.
        problems: What is wrong with it, a line each.
    """

    versions: dict[str, str]
    found: Found | None
    used: Found | None
    fonts: tuple[str, ...] | None
    places: dict[str, str]
    there: bool
    problems: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """All of it as values of JSON."""
        terminal: dict[str, Any] | None = None
        if self.found is not None and self.used is not None:
            terminal = {
                "name": self.found.name,
                "found": self.found.profile.name,
                "how": self.found.how,
                "used": self.used.profile.name,
                "why": self.used.how,
                "rows": self.used.profile.emitter,
            }
        return {
            "versions": self.versions,
            "terminal": terminal,
            "fonts": None if self.fonts is None else list(self.fonts),
            "paths": self.places,
            "library": {"exists": self.there, "problems": list(self.problems)},
        }


def check(settings: Settings, state: State) -> Checkup:
    """Look at everything."""
    found = _terminal()
    used = None if found is None else settled_profile(settings.bidi, found, state)
    there = os.path.lexists(settings.path)
    places = {
        "configuration": str(config_folder() / "config.toml"),
        "state": str(state_folder()),
        "library": str(settings.path.absolute()),
    }
    problems = _problems(settings) if there else ()
    return Checkup(_versions(), found, used, _fonts(), places, there, problems)


def _terminal() -> Found | None:
    if not sys.stdout.isatty():
        return None
    from reader.terminal.discovery import found_for_printing

    return found_for_printing(os.environ, ask=True)


def _versions() -> dict[str, str]:
    import platform
    from importlib.metadata import PackageNotFoundError, version

    from reader.store.integrity import sqlite_version
    from reader.text.properties import UNICODE_VERSION

    versions = {
        "reader": __version__,
        "Python": platform.python_version(),
        "SQLite": sqlite_version(),
        "Unicode data": UNICODE_VERSION,
        "system": platform.platform(),
    }
    for name in _LIBRARIES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "not installed"
    return versions


def _fonts() -> tuple[str, ...] | None:
    if shutil.which(_FONTS[0]) is None:
        return None
    from subprocess import SubprocessError, run

    try:
        done = run(_FONTS, capture_output=True, text=True, timeout=_PATIENCE, check=True)
    except (OSError, SubprocessError):
        return None
    return tuple(sorted({line.split(",")[0] for line in done.stdout.splitlines() if line}))


def _problems(settings: Settings) -> tuple[str, ...]:
    try:
        with settings.open() as library:
            missing = library.loss(accept=True)
            return (*([missing] if missing else []), *library.problems())
    except ReaderError as error:
        return (error.message,)
