"""A file of settings: TOML, every name and value in it checked, each error with its line."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reader.errors import UsageError
from reader.preferences.settings import BY_NAME, SETTINGS, SHORT_THEMES, Setting, Value
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A file of settings as TOML has it, and the lines where they stand."""

    path: Path
    table: dict[str, Any]
    lines: dict[tuple[str, ...], int]

    @classmethod
    def read(cls, path: Path) -> TomlFile:
        """Read a file; one that is not there is empty.

        Raises:
            UsageError: If it cannot be read, or is not TOML.
        """
        if path.exists() and not path.is_file() and not path.samefile(os.devnull):
            # A pipe would be waited for without end.
            raise UsageError(f"{path}: it cannot be read: it is not a file.")
        try:
            text = path.read_text("utf-8-sig")
        except (FileNotFoundError, NotADirectoryError):
            return cls(path, {}, {})
        except UnicodeDecodeError as error:
            raise UsageError(f"{path}: it is not UTF-8; save it as UTF-8.") from error
        except OSError as error:
            raise UsageError(f"{path}: it cannot be read: {error.strerror}.") from error
        import tomllib

        from reader.preferences.lines import lines_of

        try:
            return cls(path, tomllib.loads(text), lines_of(text))
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise UsageError(f"{path}{_line(error, text)}: it is not TOML: {error}.") from error

    def place(self, *name: str) -> str:
        """Return file and line of what stands under a name, or of the table it is in."""
        for length in range(len(name), 0, -1):
            if line := self.lines.get(name[:length]):
                return f"{self.path}, line {line}"
        return str(self.path)

    def require(self, known: set[str]) -> None:
        """Refuse what may not stand at the top of the file."""
        for name, value in self.table.items():
            if name in known:
                continue
            what = "table" if isinstance(value, dict) else "setting"
            shown = f"[{name}]" if what == "table" else repr(name)
            raise UsageError(
                f"{self.place(name)}: there is no {what} {shown}; {_nearest(name, what)}"
            )

    def values(self) -> Iterator[tuple[str, Value]]:
        """Give the settings that are set, each checked."""
        for top, value in self.table.items():
            if top == "keys":
                continue
            if top in BY_NAME:
                yield top, self._checked(BY_NAME[top], value, (top,))
                continue
            if not isinstance(value, dict):
                raise UsageError(f"{self.place(top)}: {top} should be a table: [{top}].")
            for last, each in value.items():
                name = f"{top}.{last}"
                if name not in BY_NAME:
                    raise UsageError(
                        f"{self.place(top, last)}: there is no setting {last!r} in [{top}]; "
                        f"{_nearest(name, 'setting')}"
                    )
                yield name, self._checked(BY_NAME[name], each, (top, last))

    def _checked(self, setting: Setting, value: object, name: tuple[str, ...]) -> Value:
        if not setting.holds(value):
            meant = _meant(value, setting.words)
            raise UsageError(
                f"{self.place(*name)}: {setting.name} cannot be {_shown(value)}; "
                f"{meant}it should be {setting.allowed}."
            )
        assert isinstance(value, str | int | bool)
        return SHORT_THEMES.get(str(value), value) if setting.name == "looks.theme" else value

    def keys(self) -> dict[str, tuple[str, ...]]:
        """Return the keys of commands, by command id."""
        table = self.table.get("keys", {})
        if not isinstance(table, dict):
            raise UsageError(f"{self.place('keys')}: [keys] should be a table of lists of keys.")
        return dict(self._key_lists(table, ()))

    def _key_lists(
        self, table: dict[str, Any], above: tuple[str, ...]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        for name, keys in table.items():
            id = (*above, name)
            if isinstance(keys, dict):
                # `claim.mark = …` without quotation marks is a table in a table.
                yield from self._key_lists(keys, id)
            elif isinstance(keys, list) and all(isinstance(key, str) for key in keys):
                yield ".".join(id), tuple(keys)
            else:
                raise UsageError(
                    f"{self.place('keys', '.'.join(id))}: {'.'.join(id)} should be a list of "
                    'keys, such as ["u", "ctrl+u"].'
                )


def _line(error: Exception, text: str) -> str:
    """The line of a mistake in the syntax, which is told for all but the last one."""
    found = re.search(r"at line (\d+)", str(error))
    return f", line {found[1] if found else len(text.splitlines())}"


def _meant(value: object, words: tuple[str, ...]) -> str:
    """Suggest the word that looks like a value, if one does, as a part of a sentence."""
    from difflib import get_close_matches

    near = get_close_matches(value, words, n=1) if isinstance(value, str) else []
    return f'did you mean "{near[0]}"? ' if near else ""


def _nearest(name: str, what: str) -> str:
    """Suggest what was meant, as the end of a sentence."""
    from difflib import get_close_matches

    tables = tuple(dict.fromkeys(s.name.partition(".")[0] for s in SETTINGS if "." in s.name))
    known = (*tables, "keys") if what == "table" else tuple(BY_NAME)
    last = name.rpartition(".")[2]
    same = [each for each in known if each.rpartition(".")[2] == last]
    found = (same or get_close_matches(name, known, n=1, cutoff=0))[0]
    if what == "table":
        return f"did you mean [{found}]?"
    table, _, setting = found.rpartition(".")
    if table == name.rpartition(".")[0]:
        return f"did you mean {setting!r}?"
    place = f"in [{table}]" if table else "above the first table"
    if setting == last:
        return f"it belongs {place}."
    return f"did you mean {setting!r} {place}?"


def _shown(value: object) -> str:
    """Write a value as it stands in the file, as far as that is short."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value[:60]}"'
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    return str(value)[:60]
