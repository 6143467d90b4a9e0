"""Which key does what: the defaults of the commands, changed by the user, free of clashes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reader.errors import UsageError
from reader.tui.commands import COMMANDS, CONTEXTS, TYPED, Command, in_context
from reader.tui.layouts import KeyPositions

if TYPE_CHECKING:
    from pathlib import Path

_SHOWN = {
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "space": "Space",
    "backspace": "Backspace",
    "delete": "Del",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
}
_KEPT = frozenset({"f1", "f10", "f11", "ctrl+c"})
"""Keys that terminals and desktops take for themselves, or that copy."""


class Keymap:
    """Finds the command of a key in a context, and the keys of a command.

    Args:
        changes: Keys by command id, in place of the defaults.
        where: What to name in errors: the file the changes come from.

    Raises:
        UsageError: If a command is unknown, a key is not free for commands, or
            two commands that are active together share a key.
    """

    def __init__(
        self, changes: Mapping[str, Sequence[str]] | None = None, where: str = "keys"
    ) -> None:
        given = changes or {}
        _check_ids(given, where)
        self._keys = {c.id: tuple(given.get(c.id, c.keys)) for c in COMMANDS}
        self._found: dict[str, dict[str, Command]] = {}
        for context in CONTEXTS:
            self._found[context] = self._of_context(context, where)
        self._positions = KeyPositions()

    def _of_context(self, context: str, where: str) -> dict[str, Command]:
        taken: dict[str, Command] = {}
        for command in in_context(context):
            for key in self._keys[command.id]:
                _check_key(key, command, context, where)
                other = taken.setdefault(key, command)
                if other is not command:
                    raise UsageError(
                        f"{where}: the key {key!r} is given to both {other.id} and {command.id}; "
                        f"give one of them another key."
                    )
        return taken

    def find(self, context: str, key: str, character: str | None = None) -> Command | None:
        """Return the command that a key press means in a context.

        Args:
            context: One of `CONTEXTS`.
            key: The key's name as Textual has it.
            character: What it types, if it types something.
        """
        commands = self._found[context]
        typed = character if character is not None and character.isprintable() else None
        if typed is None or typed == " ":
            return commands.get("space" if typed == " " else key)
        if context in TYPED or typed in commands:
            return commands.get(typed)
        position = self._positions.us_key(typed)
        return commands.get(position) if position else None

    def typed(self, character: str | None) -> str:
        """Return what a US keyboard types with the key of a character; "" for no character."""
        if not character:
            return ""
        return character if character.isascii() else self._positions.us_key(character) or character

    def keys(self, id: str) -> tuple[str, ...]:
        """Return the keys of a command, the one to show first."""
        return self._keys[id]

    def shown(self, id: str) -> str:
        """Return the first key of a command as people write it; "" when it has none."""
        keys = self._keys[id]
        return show_key(keys[0]) if keys else ""


def show_key(key: str) -> str:
    """Write a key for people: `Enter`, `Ctrl+R`, `←`, `a`."""
    if key in _SHOWN:
        return _SHOWN[key]
    if key.startswith("ctrl+"):
        last = key.removeprefix("ctrl+")
        return "Ctrl+" + (_SHOWN.get(last, last.upper() if len(last) == 1 else last.capitalize()))
    return key


def read_keymap(path: Path) -> Keymap:
    """Read the user's keys: a TOML file with a table `[keys]` of lists by command id.

    A file that is not there means the default keys.

    Raises:
        UsageError: Naming the file and what is wrong in it.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Keymap()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}.") from error
    import tomllib

    try:
        table = tomllib.loads(text).get("keys", {})
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: not TOML: {error}.") from error
    return Keymap(_checked_table(table, path), str(path))


def _checked_table(table: object, path: Path) -> dict[str, list[str]]:
    if not isinstance(table, dict):
        raise UsageError(f"{path}: [keys] should be a table of lists of keys.")
    for id, keys in table.items():
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            raise UsageError(f'{path}: {id} should be a list of keys, such as ["u", "ctrl+u"].')
    return table


def _check_ids(changes: Mapping[str, Sequence[str]], where: str) -> None:
    known = [command.id for command in COMMANDS]
    for id in changes:
        if id not in known:
            from difflib import get_close_matches

            near = get_close_matches(id, known, n=1, cutoff=0)
            raise UsageError(f"{where}: there is no command {id!r}; did you mean {near[0]!r}?")


def _check_key(key: str, command: Command, context: str, where: str) -> None:
    if key in _KEPT or not key:
        raise UsageError(f"{where}: {command.id} cannot have the key {key!r}: it is kept free.")
    if context in TYPED and (len(key) == 1 or key == "space"):
        raise UsageError(
            f"{where}: {command.id} cannot have the key {key!r}: it is needed for typing text."
        )
