"""What the program remembers from run to run: where each article was left, and how it looks.

Everything remembered is a small JSON file of its own in the user's state folder, replaced
whole: windows that are open together do not undo what another one keeps, and a program that
is killed leaves the old file or the new one. Positions are found by the digest of an article's
text, so they hold in every copy of a library. Nothing here is worth an error: what cannot be
read or written is told once, and the program goes on without it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

from reader.errors import ReaderError
from reader.values import dataclass

MOST_ARTICLES = 1000
"""Articles that are remembered; beyond them the ones left longest ago are forgotten."""

_FORGOTTEN_AT_ONCE = 100
_MOST_BASES = 1000
"""Base directions that are remembered for an article."""

TEXT_WIDTHS = range(20, 201)
"""Columns that a row of text may have at most."""

LINE_SPACINGS = range(1, 4)
"""Rows from one row of text to the next."""

LookValue = str | int | bool


@dataclass(frozen=True, slots=True)
class Position:
    """Where an article was left, in code points.

    Attributes:
        start: First one that is selected.
        end: One past the last one that is selected.
        top: First one of the row at the top of the view.
    """

    start: int = 0
    end: int = 0
    top: int = 0


@dataclass(frozen=True, slots=True)
class Looks:
    """How articles look, as the user has it.

    Attributes:
        theme: Name of the theme.
        text_width: Most columns of a row of text, one of `TEXT_WIDTHS`.
        line_spacing: One of `LINE_SPACINGS`; 1 leaves no row blank.
        dim: Whether all but the sentence of the selection is dimmed.
        inspector: Whether the list of annotations is shown; None where there is room.
        suggestions: Whether what is proposed shows in the text.
    """

    theme: str = "reader-dark"
    text_width: int = 80
    line_spacing: int = 1
    dim: bool = False
    inspector: bool | None = None
    suggestions: bool = False

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Looks:
        """Return the looks with some values, by name, and the defaults for the others."""
        return cls(**values)


_LOOKS: dict[str, Callable[[Any], bool]] = {
    "theme": lambda value: isinstance(value, str),
    "text_width": lambda value: type(value) is int and value in TEXT_WIDTHS,
    "line_spacing": lambda value: type(value) is int and value in LINE_SPACINGS,
    "dim": lambda value: isinstance(value, bool),
    "inspector": lambda value: isinstance(value, bool),
    "suggestions": lambda value: isinstance(value, bool),
    "tour": lambda value: isinstance(value, str),
}


class State:
    """What is remembered in a folder; read when it is asked for, written by `flush`.

    Args:
        folder: The user's state folder; None remembers for this run only.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._known: dict[str, dict[str, Any]] = {}
        self._changed: dict[str, dict[str, Any]] = {}
        self._warned = False
        self._warning = ""
        self.when_pending: Callable[[], object] = lambda: None
        """Called when something is to be written that was not before."""

    @property
    def lasts(self) -> bool:
        """Whether anything is remembered beyond this run."""
        return self._folder is not None

    @property
    def pending(self) -> bool:
        """Whether something is not written yet."""
        return bool(self._changed)

    def take_warning(self) -> str:
        """Return what the user should know of this folder, once; "" for nothing."""
        warning, self._warning = self._warning, ""
        return warning

    def looks(self) -> dict[str, LookValue]:
        """Return the looks that were chosen earlier, by the names that `Looks` has for them."""
        found = {field.name: self._look(field.name) for field in fields(Looks)}
        return {name: value for name, value in found.items() if value is not None}

    def keep_look(self, name: str, value: LookValue) -> None:
        """Remember a look by its name in `Looks`."""
        self._keep(f"looks/{name}", {"value": value})

    @property
    def tour_seen(self) -> bool:
        """Whether the tour was offered already."""
        return self._look("tour") is not None

    def keep_tour_seen(self) -> None:
        """Remember that the tour was offered."""
        self._keep("looks/tour", {"value": "seen"})

    def terminal(self, name: str) -> str | None:
        """Return the name of the profile that was chosen for a terminal, if one was."""
        kept: str | None = self._read(f"terminals/{name}").get("profile")
        return kept

    def keep_terminal(self, name: str, profile: str) -> None:
        """Remember the profile that was chosen for a terminal.

        Args:
            name: Of the terminal: small letters, digits, `-` and `.`.
            profile: The name of the profile.
        """
        self._keep(f"terminals/{name}", {"profile": profile})

    def position(self, article: str) -> Position | None:
        """Return where an article was left; None when that is not known."""
        kept = self._read(_place(article)).get("position")
        return None if kept is None else Position(*kept)

    def keep_position(self, article: str, position: Position) -> None:
        """Remember where an article was left."""
        kept = [position.start, position.end, position.top]
        self._keep(_place(article), {"position": kept})

    def bases(self, article: str) -> dict[int, int]:
        """Return the base levels (0 or 1) that were chosen, by the start of the paragraph."""
        kept = self._read(_place(article)).get("bases", {})
        return {int(start): base for start, base in kept.items()}

    def keep_bases(self, article: str, bases: Mapping[int, int]) -> None:
        """Remember base levels (0 or 1) of paragraphs, in place of those of before."""
        kept = {str(start): base for start, base in list(bases.items())[-_MOST_BASES:]}
        self._keep(_place(article), {"bases": kept})

    def flush(self) -> None:
        """Write what has changed."""
        changed, self._changed = self._changed, {}
        if self._folder is None:
            return
        for name, values in changed.items():
            try:
                self._write(self._folder / f"{name}.json", values)
            except OSError as error:
                self._warn(
                    f"{error.filename or self._folder}: {error.strerror}; positions and "
                    "looks are not remembered."
                )

    def _look(self, name: str) -> Any:
        return self._read(f"looks/{name}").get("value")

    def _keep(self, name: str, values: dict[str, Any]) -> None:
        known = self._read(name)
        if any(known.get(key) != value for key, value in values.items()):
            known.update(values)
            self._changed.setdefault(name, {}).update(values)
            self.when_pending()

    def _read(self, name: str) -> dict[str, Any]:
        """Return what is kept under a name; what this run knows of it counts more."""
        if name not in self._known:
            self._known[name] = {} if self._folder is None else self._load(self._folder, name)
        return self._known[name]

    def _load(self, folder: Path, name: str) -> dict[str, Any]:
        path = folder / f"{name}.json"
        try:
            kept = _parsed(path.read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except OSError as error:
            self._warn(f"{path}: {error.strerror}; what was remembered there is not used.")
            return {}
        if kept is not None and _fits(name, kept):
            return kept
        self._set_aside(path)
        return {}

    def _set_aside(self, path: Path) -> None:
        """Keep a broken file under another name, so that a new one can take its place."""
        aside = path.with_suffix(".broken")
        try:
            os.replace(path, aside)
        except OSError:
            self._warn(f"{path}: it is damaged, and what was remembered there is not used.")
        else:
            self._warn(f"{path}: it was damaged; it is now {aside.name}, and a new one is begun.")

    def _write(self, path: Path, values: dict[str, Any]) -> None:
        """Replace a file by one with these values; others that are in it stay."""
        import json

        try:
            there = _parsed(path.read_bytes()) or {}
        except FileNotFoundError:
            there = {}
            self._make_room(path.parent)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(there | values), "utf-8")
        os.replace(part, path)

    def _make_room(self, folder: Path) -> None:
        """Make a folder, or forget the oldest of too many articles in it."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.scandir(folder) as entries:
            paths = [entry.path for entry in entries]
        if len(paths) < MOST_ARTICLES:
            return
        dated = sorted((_changed_at(path), path) for path in paths)
        for _, path in dated[: len(dated) - MOST_ARTICLES + _FORGOTTEN_AT_ONCE]:
            # Another window may be tidying up as well.
            with suppress(FileNotFoundError):
                os.unlink(path)

    def _warn(self, message: str) -> None:
        if not self._warned:
            # A path can hold anything; errors write it so that it can be shown.
            self._warning = ReaderError(message).message
        self._warned = True


def _parsed(data: bytes) -> dict[str, Any] | None:
    """Return the table in a JSON file; None when it holds anything else."""
    import json

    try:
        kept = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return kept if isinstance(kept, dict) else None


def _fits(name: str, kept: dict[str, Any]) -> bool:
    """Tell whether a file holds what this program writes under a name."""
    folder, _, last = name.partition("/")
    if folder == "articles":
        return _is_article(kept)
    if folder == "terminals":
        return isinstance(kept.get("profile"), str)
    return "value" in kept and _LOOKS[last](kept["value"])


def _is_article(kept: dict[str, Any]) -> bool:
    position, bases = kept.get("position"), kept.get("bases", {})
    return (position is None or _is_position(position)) and (
        isinstance(bases, dict)
        and all(start.isdecimal() and start.isascii() and len(start) < 20 for start in bases)
        and all(type(base) is int and base in (0, 1) for base in bases.values())
    )


def _is_position(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 3
        and all(type(each) is int and each >= 0 for each in value)
        and value[0] <= value[1]
    )


def _place(article: str) -> str:
    """Return the name an article is kept under: its id, if a file can be called that."""
    if article.isascii() and article.isalnum() and len(article) < 100:
        return f"articles/{article}"
    import hashlib

    return f"articles/{hashlib.sha256(article.encode()).hexdigest()}"


def _changed_at(path: str) -> float:
    try:
        return os.stat(path).st_mtime
    except OSError:
        return 0.0
